"""Making, showing and changing single tickets.

Each command answers with the ticket as it is afterwards.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from boconsole.doors import files, ticket_records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.text import clean_line
from boconsole.tickets.fields import EMPTY
from boconsole.tickets.rows import File, NewTicket, Ref
from boconsole.tickets.words import field_name, number, parse_number
from db import connection

if TYPE_CHECKING:
    from boconsole.session import Session

PARTS = (
    "kind", "impact", "urgency", "priority", "priority_reason", "requester", "organisation",
    "queue", "assignee", "category", "due",
)  # fmt: skip
SEVERAL = ("tags", "watchers")


def new(call: Call) -> Answer:
    """Make a ticket."""
    from boconsole.tickets import creating

    words = call.words
    fields: dict[str, object] = dict(parse_assignments(words.changes))
    fields |= {part: getattr(words, part) for part in PARTS if getattr(words, part) is not None}
    fields |= {part: ",".join(given) for part in SEVERAL if (given := getattr(words, part))}
    body = files.read_stdin() if words.body == "-" else words.body
    attached = tuple(read_files(words.attach, call.settings.attachment_limit))
    if words.subject is None and words.template is None:
        raise InvalidChangeError("subject", _("is missing; give --subject, or a --template"))
    session = call.session()
    start = _template(session, words.template) if words.template else NewTicket("")
    wanted = NewTicket(
        start.subject if words.subject is None else words.subject,
        start.body if body is None else body,
        {**start.fields, **fields},
        "cli",
        attached,
    )
    with connection.transaction():
        notes = _add_lists(session, fields)
        made = creating.create(session, wanted)
    return shown(session, made.id, notes)


def _template(session: "Session", name: str) -> NewTicket:
    from boconsole.tickets import templates

    return templates.new_from(templates.find(session, name))


def show(call: Call) -> Answer:
    """Show a whole ticket."""
    ticket_id = parse_number(call.words.number)
    session = call.session()
    return whole(session, ticket_id)


def next_ticket(call: Call) -> Answer:
    """Show the most urgent ticket that waits for the one who asks."""
    from boconsole.tickets import reading

    session = call.session()
    line = reading.next_ticket(session)
    if line is None:
        return Answer(None, _("Nothing waits for you."))
    return whole(session, line.id)


def state(call: Call) -> Answer:
    """Change the state."""
    from boconsole.tickets import changing

    seen = ref(call)
    session = call.session()
    changing.set_state(
        session,
        [seen],
        call.words.state,
        until=call.words.until,
        resolution=call.words.resolution or "",
    )
    return shown(session, seen.id)


def assign(call: Call) -> Answer:
    """Hand a ticket to somebody, or to nobody."""
    from boconsole.tickets import changing

    seen = ref(call)
    who = call.words.who.strip()
    session = call.session()
    changing.assign(session, [seen], None if who.lower() in EMPTY else who)
    return shown(session, seen.id)


def edit(call: Call) -> Answer:
    """Change fields."""
    from boconsole.tickets import changing

    seen = ref(call)
    changes: dict[str, object] = dict(parse_assignments(call.words.changes))
    session = call.session()
    with connection.transaction():
        notes = _add_lists(session, changes)
        changing.edit(session, [seen], changes)
    return shown(session, seen.id, notes)


def _add_lists(session: "Session", fields: Mapping[str, object]) -> tuple[str, ...]:
    """Add a queue, category or organisation that is new, for those who may set up such lists.

    Returns:
        A sentence for each that was added, so that a misspelling is seen.
    """
    if not session.may("ticket.configure"):
        return ()
    from boconsole.tickets import setting_up
    from db.tickets import names

    notes = []
    given = {field_name(key): value for key, value in fields.items()}
    for field, find, add in (
        ("queue", names.queue_id, setting_up.add_queue),
        ("category", names.category_id, setting_up.add_category),
        ("organisation", names.organisation_id, setting_up.add_organisation),
    ):
        name = clean_line(str(given.get(field) or ""), field=field)
        if field == "category":
            name = " / ".join(part.strip() for part in name.split("/"))
        if name not in EMPTY and find(name) is None:
            add(session, name)
            notes.append(_("{name} is a new {field}.").format(name=name, field=field))
    return tuple(notes)


def reply(call: Call) -> Answer:
    """Answer the requester, or leave a note."""
    from boconsole.tickets import replying
    from boconsole.tickets.fields import minutes

    ticket_id = parse_number(call.words.number)
    spent = minutes("minutes", call.words.minutes) if call.words.minutes is not None else 0
    attached = read_files(call.words.attach, call.settings.attachment_limit)
    text = files.read_stdin() if call.words.text in (None, "-") else call.words.text
    session = call.session()
    if call.words.from_requester:
        _check_of_requester(call)
        replying.receive(session, Ref(ticket_id), text, files=attached)
        return shown(session, ticket_id)
    replying.reply(
        session,
        Ref(ticket_id),
        text,
        internal=call.words.internal,
        minutes=spent,
        state=call.words.state or "",
        files=attached,
    )
    return shown(session, ticket_id)


def _check_of_requester(call: Call) -> None:
    for option in ("internal", "minutes", "state"):
        if getattr(call.words, option):
            raise InvalidChangeError(
                option, _("does not go with --from-requester; give one of them")
            )


def tag(call: Call) -> Answer:
    """Add tags, and take away those behind a dash."""
    from boconsole.tickets import changing

    seen = ref(call)
    words = [word for given in call.words.tags for word in given.split(",") if word]
    session = call.session()
    changing.change_tags(
        session,
        [seen],
        add=[word.removeprefix("+") for word in words if not word.startswith("-")],
        remove=[word[1:] for word in words if word.startswith("-")],
    )
    return shown(session, seen.id)


def watch(call: Call) -> Answer:
    """Let somebody hear of every change of a ticket."""
    return _watch(call, on=True)


def unwatch(call: Call) -> Answer:
    """Let somebody hear no more of a ticket."""
    return _watch(call, on=False)


def _watch(call: Call, *, on: bool) -> Answer:
    from boconsole.tickets import changing

    seen = ref(call)
    session = call.session()
    if call.words.who == "me":
        changing.watch(session, [seen], on=on)
    else:
        mark = "+" if on else "-"
        changing.edit(session, [seen], {"watchers": f"{mark}{call.words.who}"})
    return shown(session, seen.id)


def undo(call: Call) -> Answer:
    """Take the last change of the one who asks back."""
    from boconsole.tickets import undoing

    session = call.session()
    done = undoing.undo_last(session)
    numbers = [number(ticket.id) for ticket in done.tickets]
    return Answer(
        {"operation": done.operation, "tickets": numbers},
        _("Undone: {numbers}.").format(numbers=", ".join(numbers)),
    )


def ref(call: Call) -> Ref:
    """Return the ticket that the call names, at the version it must still have."""
    wanted = getattr(call.words, "if_version", None)
    if wanted is not None and not (wanted.isdecimal() and 0 < int(wanted) < 2**31):
        raise InvalidChangeError(
            "if-version", _("{wanted!r} is not a version number").format(wanted=wanted[:20])
        )
    return Ref(parse_number(call.words.number), int(wanted or 0))


def parse_assignments(words: Sequence[str]) -> dict[str, str]:
    """Return `field=value` words as a mapping.

    Raises:
        InvalidChangeError: A word has no `=`, or a field comes twice.
    """
    changes: dict[str, str] = {}
    for word in words:
        field, equals, value = word.partition("=")
        field = field.strip()
        if not equals or not field:
            raise InvalidChangeError(
                "changes", _("{word!r} is not of the form field=value").format(word=word[:40])
            )
        if field in changes:
            raise InvalidChangeError(field, _("is given twice; give it once"))
        changes[field] = value
    return changes


def read_files(names: Sequence[str], limit: int) -> list[File]:
    """Return files to attach.

    Raises:
        AttachmentTooLargeError: One has more than `limit` bytes.
    """
    from boconsole.filing import AttachmentTooLargeError

    attached = []
    for name in names:
        size = files.size(name)
        if size > limit:
            raise AttachmentTooLargeError(Path(name).name, size, limit)
        attached.append(File(Path(name).name, files.read_bytes(name)))
    return attached


def shown(session: "Session", ticket_id: int, notes: tuple[str, ...] = ()) -> Answer:
    """Answer with a ticket after a change: the record for programs, a line for people."""
    record = ticket_records.read_record(session, ticket_id)
    return Answer(record, lambda: ticket_records.summary(record), notes)


def whole(session: "Session", ticket_id: int) -> Answer:
    """Answer with everything that is known of a ticket."""
    record = ticket_records.read_record(session, ticket_id)
    return Answer(record, lambda: ticket_records.page_text(record, session.zone))
