"""The way of documents by command: submitted, approved, refused, superseded, withdrawn."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from boconsole.doors import registry_records as records
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.registry.reading import Document
    from boconsole.session import Session
    from boconsole.tickets.rows import Ref


def submit(call: Call) -> Answer:
    """Hand drafts over to reviewers."""
    from boconsole.registry import reviewing

    words = call.words
    return _each(
        call, lambda session, seen: reviewing.submit(session, seen, words.reviewers,
                                                     in_order=words.in_order),
    )  # fmt: skip


def approve(call: Call) -> Answer:
    """Approve documents."""
    from boconsole.registry import reviewing

    return _each(call, lambda session, seen: reviewing.approve(session, seen, call.words.comment))


def refuse(call: Call) -> Answer:
    """Give documents back."""
    from boconsole.registry import reviewing

    return _each(call, lambda session, seen: reviewing.refuse(session, seen, call.words.reason))


def take_back(call: Call) -> Answer:
    """Take documents back from a review, or into use again."""
    from boconsole.registry import reviewing

    return _each(call, reviewing.take_back)


def withdraw(call: Call) -> Answer:
    """Take documents out of use."""
    from boconsole.registry import reviewing

    return _each(call, lambda session, seen: reviewing.withdraw(session, seen, call.words.reason))


def supersede(call: Call) -> Answer:
    """Say that another document takes the place of one."""
    from boconsole.doors.commands.documents import told_of
    from boconsole.registry import reading, reviewing

    session = call.session()
    row = reading.get(session, call.words.number).row
    done = reviewing.supersede(session, row, reading.get(session, call.words.by).id)
    return told_of(done, _("{number} is superseded."))


def waiting(call: Call) -> Answer:
    """List what waits for an approval of the one who asks."""
    from boconsole.doors.commands.documents import table
    from boconsole.registry import reading

    page = reading.list_page(call.session(), "is:waiting", limit=1_000)
    return Answer([records.document(row) for row in page.rows], lambda: table(page.rows))


def _each(call: Call, work: "Callable[[Session, Sequence[Ref]], Sequence[Document]]") -> Answer:
    from boconsole.registry import reading
    from boconsole.registry.words import STATES
    from boconsole.tickets.rows import Ref

    session = call.session()
    seen = [Ref(reading.get(session, number).id) for number in call.words.numbers]
    done = work(session, seen)
    told = "\n".join(
        _("{number} is {state}.").format(number=each.number, state=_(STATES[each.row.state]))
        for each in done
    )
    return Answer([records.document(each.row) for each in done], told)
