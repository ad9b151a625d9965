"""Leave by command: asked for, decided, counted."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext

if TYPE_CHECKING:
    from boconsole.leave.counting import Wish
    from boconsole.leave.deciding import Ref
    from boconsole.leave.reading import Balance, Request
    from boconsole.session import Session
    from db.leave.rows import RequestRow


def _wish(call: Call, session: "Session") -> "Wish":
    from boconsole.leave import typing

    words = call.words
    return typing.wish(session, words.first, words.last, words.hours,
                       from_noon=words.from_noon, to_noon=words.to_noon)  # fmt: skip


def _told(session: "Session", row: "RequestRow", sentence: str) -> Answer:
    from boconsole.leave import exporting, reading

    found = reading.get(session, str(row.id))
    state = reading.state_title(found.state)
    told = sentence.format(number=found.number, state=state, amount=_amount(found))
    return Answer(exporting.request(found, days=True), told)


def _amount(found: "Request") -> str:
    from boconsole.leave.explaining import amount

    return amount(found.quantity, found.unit)


def request(call: Call) -> Answer:
    """Ask for leave, or tell what it would take."""
    from boconsole.leave import asking
    from boconsole.staff import finding

    session, words = call.session(), call.words
    person = finding.by_word(session, words.person)
    wish = _wish(call, session)
    if words.preview:
        return _preview(session, person.id, words.type, wish)
    row = asking.request(session, person.id, words.type, wish, words.note, draft=words.draft)
    return _told(session, row, _("{number} is {state}: {amount}."))


def _preview(session: "Session", employee_id: int, code: str, wish: "Wish") -> Answer:
    from boconsole.leave import asking, exporting, quantities

    found = asking.preview(session, employee_id, code, wish)
    value = {
        "amount": quantities.plain(found.total), "problem": found.problem or None,
        "before": None if found.before is None else quantities.plain(found.before),
        "after": None if found.after is None else quantities.plain(found.after),
        "days": [exporting.counted(each) for each in found.days],
    }  # fmt: skip

    def text() -> str:
        rows = [(str(each.day), quantities.plain(each.quantity), each.off or
                 (_("free") if each.rest else "")) for each in found.days]  # fmt: skip
        return output.table((_("Day"), _("Takes"), _("Why")), rows, right=frozenset((1,)))

    notes = (found.problem,) if found.problem else ()
    return Answer(value, text, notes, 1 if found.problem else 0)


def change(call: Call) -> Answer:
    """Change a request."""
    from boconsole.leave import asking, reading

    session, words = call.session(), call.words
    old = reading.get(session, words.number).row
    note = old.note if words.note is None else words.note
    row = asking.change(
        session, old.id, old.version, words.type or old.code, _wish(call, session), note
    )
    return _told(session, row, _("{number} is {state}: {amount}."))


def submit(call: Call) -> Answer:
    """Ask for what was a draft."""
    from boconsole.leave import asking, reading

    session = call.session()
    old = reading.get(session, call.words.number).row
    row = asking.submit(session, old.id, old.version)
    return _told(session, row, _("{number} is {state}: {amount}."))


def withdraw(call: Call) -> Answer:
    """Take back a request."""
    from boconsole.leave import asking, reading

    session = call.session()
    old = reading.get(session, call.words.number).row
    row = asking.withdraw(session, old.id, old.version, call.words.reason)
    return _told(session, row, _("{number} is {state}."))


def approve(call: Call) -> Answer:
    """Approve requests."""
    from boconsole.leave import deciding

    return _decide(call, deciding.approve)


def reject(call: Call) -> Answer:
    """Reject requests."""
    from boconsole.leave import deciding

    return _decide(call, lambda session, refs: deciding.reject(session, refs, call.words.reason))


def _decide(call: Call, work: "Callable[[Session, Sequence[Ref]], list[RequestRow]]") -> Answer:
    from boconsole.leave import exporting, reading

    session = call.session()
    refs = [reading.get(session, number).ref for number in call.words.numbers]
    found = [reading.get(session, str(row.id)) for row in work(session, refs)]
    told = ngettext("{n} request is {state}.", "{n} requests are {state}.", len(found))
    return Answer([exporting.request(each) for each in found], told.format(
        n=len(found), state=reading.state_title(found[0].state)))  # fmt: skip


def undo(call: Call) -> Answer:
    """Take one's last decision back."""
    from boconsole.leave import exporting, reading, undoing

    session = call.session()
    found = [reading.get(session, str(row.id)) for row in undoing.undo_last(session)]
    told = _("{numbers}: the decision is taken back.").format(
        numbers=", ".join(each.number for each in found)
    )
    return Answer([exporting.request(each) for each in found], told)


def stand_in(call: Call) -> Answer:
    """Let somebody decide in the place of a manager, end it, or list who does."""
    from boconsole.leave import deciding, typing
    from boconsole.staff import finding

    session, words = call.session(), call.words
    if words.end:
        deciding.end_stand_in(session, typing.whole(words.end, "end"))
    elif words.who:
        if not words.first:
            raise InvalidChangeError("first", _("is needed"))
        manager, other = (finding.by_word(session, word) for word in (words.manager, words.who))
        first = typing.day(session, words.first, "first")
        last = typing.day(session, words.last, "last") if words.last else first
        deciding.stand_in(session, manager.id, other.id, first, last)
    found = deciding.stand_ins(session)
    value = [{"id": row.id, "manager": row.manager, "stand_in": row.stand_in,
              "first": str(row.first), "last": str(row.last)} for row in found]  # fmt: skip
    rows = [tuple(str(cell) for cell in each.values()) for each in value]
    headings = (_("Number"), _("Manager"), _("Stand-in"), _("From"), _("To"))
    return Answer(value, lambda: output.table(headings, rows) if rows else _("Nothing."))


def list_requests(call: Call) -> Answer:
    """List requests."""
    from boconsole.leave import exporting, reading, words
    from boconsole.staff import finding

    session, typed = call.session(), call.words
    if typed.state and typed.state not in words.STATES:
        raise InvalidChangeError("state", _("{text!r} is none of {words}").format(
            text=typed.state[:20], words=", ".join(words.STATES)))  # fmt: skip
    if typed.waiting:
        found = reading.waiting(session)
    elif typed.person:
        found = reading.of_person(session, finding.by_word(session, typed.person).id)
    else:
        found = reading.seen(session)
    found = [each for each in found if typed.state in ("", each.state)]

    def text() -> str:
        rows = [
            (each.number, each.row.employee, each.row.title, str(each.row.first),
             str(each.row.last), _amount(each), reading.state_title(each.state),
             each.row.decided_by or "-")
            for each in found
        ]  # fmt: skip
        headings = (_("Number"), _("Name"), _("Type"), _("First"), _("Last"), _("Takes"),
                    _("State"), _("Decided by"))  # fmt: skip
        return output.table(headings, rows, right=frozenset((5,))) if rows else _("Nothing.")

    return Answer([exporting.request(each) for each in found], text)


def show(call: Call) -> Answer:
    """Show a request, day by day."""
    from boconsole.leave import exporting, quantities, reading

    found = reading.get(call.session(), call.words.number)
    value = exporting.request(found, days=True)

    def text() -> str:
        facts = [(name.replace("_", " "), str(cell)) for name, cell in value.items()
                 if name != "days" and cell not in ("", None, False, 0)]  # fmt: skip
        rows = [(str(each.day), quantities.plain(each.quantity), each.off or
                 (_("free") if each.rest else "")) for each in found.days]  # fmt: skip
        days = output.table((_("Day"), _("Takes"), _("Why")), rows, right=frozenset((1,)))
        return "\n\n".join(filter(None, (output.pairs(facts), days if rows else "")))

    return Answer(value, text)


def balance(call: Call) -> Answer:
    """Tell what is left, line by line."""
    from boconsole.leave import exporting, reading, typing
    from boconsole.staff import finding

    session, words = call.session(), call.words
    person = finding.by_word(session, words.who)
    on = typing.day(session, words.at, "at") if words.at else None
    found = reading.balances_of(session, person.id, on)

    def text() -> str:
        return "\n\n".join(_explained(each) for each in found) or _("Nothing.")

    return Answer([exporting.balance(each) for each in found], text)


def _explained(found: "Balance") -> str:
    from boconsole.leave import quantities, reading, words
    from boconsole.leave.explaining import amount

    unit = found.rule.unit
    rows = [
        (str(line.on), _(words.KINDS[line.kind]), quantities.shown(line.change),
         quantities.shown(line.balance), reading.explained(line, unit))
        for line in found.lines
    ]  # fmt: skip
    headings = (_("Day"), _("What"), _("Change"), _("Left"), _("Why"))
    told = _("{title}: {left} left, {planned} planned, {asked} asked for, {free} free").format(
        title=found.kind.title, left=amount(found.left, unit),
        planned=quantities.shown(found.planned), asked=quantities.shown(found.asked),
        free=quantities.shown(found.free),
    )  # fmt: skip
    return f"{told}\n{output.table(headings, rows, right=frozenset((2, 3)))}"


def calendar(call: Call) -> Answer:
    """Show who is away in a month."""
    from boconsole.leave import exporting, team, typing

    session = call.session()
    found = team.month(session, typing.month(session, call.words.month))

    def text() -> str:
        width = max([len(member.name) for member in found.members], default=0)
        days = range(1, found.last.day + 1)
        lines = [" " * width + "  " + "".join(f"{day:>2} " for day in days).rstrip()]
        for member in found.members:
            cells = "".join(f" {team.mark(cell)} " for cell in member.cells)
            lines.append(f"{member.name:<{width}}  {cells}".rstrip())
        named = [f"{letter} {title}" for letter, title in found.letters.items()]
        off = [f"{day:%d} {name}" for day, name in found.holidays.items()]
        return "\n".join([*lines, "", *named, *off]).rstrip()

    return Answer(exporting.month(found), text)
