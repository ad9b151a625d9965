"""Overtime by command: asked for, decided, and told to pay."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.language import _, ngettext

if TYPE_CHECKING:
    from boconsole.leave.deciding import Ref
    from boconsole.leave.overtime import Overtime, OvertimeRow
    from boconsole.session import Session


def _answer(session: "Session", rows: "Sequence[OvertimeRow]") -> Answer:
    from boconsole.leave import exporting, overtime, reading, words

    found = [overtime.get(session, str(row.id)) for row in rows]
    told = ngettext("{numbers} is {state}.", "{numbers} are {state}.", len(found)).format(
        numbers=", ".join(words.overtime_number(row.id) for row in rows),
        state=reading.state_title(rows[0].state),
    )
    return Answer([exporting.overtime(each) for each in found], told)


def request(call: Call) -> Answer:
    """Ask for overtime."""
    from boconsole.leave import overtime, typing
    from boconsole.staff import finding

    session, words = call.session(), call.words
    person = finding.by_word(session, words.person)
    day, minutes = typing.day(session, words.day, "day"), typing.minutes(words.hours)
    return _answer(session, [overtime.request(session, person.id, day, minutes, words.note)])


def approve(call: Call) -> Answer:
    """Approve overtime."""
    from boconsole.leave import overtime

    return _decide(call, overtime.approve)


def reject(call: Call) -> Answer:
    """Reject overtime."""
    from boconsole.leave import overtime

    return _decide(call, lambda session, refs: overtime.reject(session, refs, call.words.reason))


def _decide(call: Call, work: "Callable[[Session, Sequence[Ref]], list[OvertimeRow]]") -> Answer:
    from boconsole.leave import overtime

    session = call.session()
    refs = [overtime.get(session, number).ref for number in call.words.numbers]
    return _answer(session, work(session, refs))


def withdraw(call: Call) -> Answer:
    """Take back overtime."""
    from boconsole.leave import overtime

    session = call.session()
    ref = overtime.get(session, call.words.number).ref
    return _answer(session, [overtime.withdraw(session, ref, call.words.reason)])


def list_overtime(call: Call) -> Answer:
    """List overtime of a month."""
    from datetime import timedelta

    from boconsole.leave import exporting, overtime, reading, typing, words
    from boconsole.leave.granting import add_months
    from boconsole.staff import finding

    session, typed = call.session(), call.words
    first = typing.month(session, typed.month)
    person = finding.by_word(session, typed.person).id if typed.person else None
    if typed.waiting:
        found: list[Overtime] = overtime.waiting(session)
    else:
        found = overtime.listed(session, first, add_months(first, 1) - timedelta(days=1), person)

    def text() -> str:
        rows = [
            (each.number, str(each.row.day), each.row.employee, str(each.row.minutes),
             _(words.DAY_KINDS[each.kind]), reading.state_title(each.row.state), each.row.note)
            for each in found
        ]  # fmt: skip
        headings = (_("Number"), _("Day"), _("Name"), _("Minutes"), _("Kind"), _("State"),
                    _("Note"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((3,))) if rows else _("Nothing.")

    return Answer([exporting.overtime(each) for each in found], text)


def hours(call: Call) -> Answer:
    """Tell approved hours of a month by the kind of day."""
    from boconsole.leave import exporting, overtime, typing, words
    from boconsole.staff import words as staff

    session = call.session()
    found = overtime.overtime_hours(session, typing.month(session, call.words.month))
    days = [(one, each) for one, mine in sorted(found.items()) for each in mine]

    def text() -> str:
        rows = [(staff.number(one), str(each.day), _(words.DAY_KINDS[each.kind]),
                 str(each.minutes)) for one, each in days]  # fmt: skip
        headings = (_("Person"), _("Day"), _("Kind"), _("Minutes"))
        return output.table(headings, rows, right=frozenset((3,))) if rows else _("Nothing.")

    return Answer([exporting.overtime_day(*each) for each in days], text)
