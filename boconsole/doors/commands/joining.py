"""Tickets that belong together: merging, parting, splitting, linking."""

from boconsole.doors.calls import Call
from boconsole.doors.commands.tickets import shown
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.tickets.rows import Ref
from boconsole.tickets.words import parse_number


def merge(call: Call) -> Answer:
    """Make one ticket part of another; answers with the other."""
    from boconsole.tickets import merging

    source, into = parse_number(call.words.source), parse_number(call.words.into)
    session = call.session()
    merging.merge(session, Ref(source), Ref(into))
    return shown(session, into)


def unmerge(call: Call) -> Answer:
    """Part a merged ticket again."""
    from boconsole.tickets import merging

    ticket_id = parse_number(call.words.number)
    session = call.session()
    merging.unmerge(session, Ref(ticket_id))
    return shown(session, ticket_id)


def split(call: Call) -> Answer:
    """Make a ticket of some messages of another; answers with the new one."""
    from boconsole.tickets import merging

    ticket_id = parse_number(call.words.number)
    words = [word.strip() for word in call.words.messages.split(",")]
    if not all(word.isdecimal() and len(word) < 10 for word in words):
        raise InvalidChangeError(
            "messages",
            _("{messages!r} is no list of message ids such as 107,108").format(
                messages=call.words.messages[:40]
            ),
        )
    session = call.session()
    made = merging.split(session, Ref(ticket_id), [int(word) for word in words], call.words.subject)
    return shown(session, made.id)


def link(call: Call) -> Answer:
    """Link two tickets."""
    from boconsole.tickets import linking

    ticket_id, other = parse_number(call.words.number), parse_number(call.words.other)
    session = call.session()
    linking.link(session, ticket_id, call.words.kind, other)
    return shown(session, ticket_id)


def unlink(call: Call) -> Answer:
    """Take a link away."""
    from boconsole.tickets import linking

    ticket_id, other = parse_number(call.words.number), parse_number(call.words.other)
    session = call.session()
    linking.unlink(session, ticket_id, call.words.kind, other)
    return shown(session, ticket_id)
