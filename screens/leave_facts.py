"""How leave looks: the states of requests, amounts, and a request to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from boconsole.language import DAYS, N_, _
from boconsole.leave import explaining, quantities, reading, undoing, words
from boconsole.leave.balances import Line
from boconsole.leave.reading import Balance, Request
from boconsole.session import Session
from screens.cells import Cell, Look, fit, moment, safe
from screens.ledger.facts import LABEL
from screens.prose import toned, wrapped

FEATURE = words.FEATURE
STATES = {
    words.DRAFT: Look("D", words.STATES[words.DRAFT], "muted"),
    words.REQUESTED: Look("R", words.STATES[words.REQUESTED], "warn"),
    words.APPROVED: Look("A", words.STATES[words.APPROVED], "good"),
    words.TAKEN: Look("T", words.STATES[words.TAKEN], ""),
    words.REJECTED: Look("X", words.STATES[words.REJECTED], "bad"),
    words.WITHDRAWN: Look("W", words.STATES[words.WITHDRAWN], "muted"),
    words.REPLACED: Look("P", words.STATES[words.REPLACED], "muted"),
}


def state_word(state: str) -> Cell:
    """Return letter and word of a state: `R requested`."""
    look = STATES[state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def takes(request: Request) -> Cell:
    """Return what a request takes: `2.5 days`."""
    return Cell(explaining.amount(request.quantity, request.unit))


def span(request: Request) -> str:
    """Return the days of a request, with the halves that count."""
    row, noon = request.row, _("noon")
    first = f"{row.first} {noon}" if row.from_noon else str(row.first)
    last = f"{row.last} {noon}" if row.to_noon else str(row.last)
    return first if row.first == row.last and not row.to_noon else f"{first} – {last}"


def left(balances: Sequence[Balance]) -> str:
    """Return in a few words what is left of each type: `Annual leave 12, 5 free`."""
    told = []
    for each in balances:
        text = f"{safe(each.kind.title)} {quantities.shown(each.left)}"
        if each.free != each.left:
            text += ", " + _("{n} free").format(n=quantities.shown(each.free))
        told.append(text)
    return "; ".join(told)


def picture(request: Request, room: int, balances: Sequence[Balance] = ()) -> list[Content]:
    """Return a request to read: its facts, its days, and the balance that it takes from."""
    title = f"{request.number} {safe(request.row.employee)}: {safe(request.row.title)}"
    lines = wrapped(toned((title, "strong")), room)
    for label, cell in _facts(request):
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            lines += wrapped(toned(cell), room, first, " " * LABEL)
    if days := _days(request, room):
        lines += [Content(""), *days]
    for each in balances:
        if each.kind.id == request.row.type_id:
            lines += [Content(""), *balance_lines(each, room, last=8)]
    return lines


def _facts(request: Request) -> Iterator[tuple[str, Cell]]:
    row = request.row
    yield N_("State"), state_word(request.state)
    yield N_("Days"), Cell(span(request))
    yield N_("Takes"), takes(request)
    yield N_("Note"), Cell(safe(row.note))
    yield N_("Asked by"), Cell(f"{safe(row.asked_by)}, {moment(row.asked_at)}")
    if row.decided_at is not None:
        yield N_("Decided by"), Cell(f"{safe(row.decided_by)}, {moment(row.decided_at)}")
    yield N_("Reason"), Cell(safe(row.reason))
    if row.replaces:
        yield N_("In place of"), Cell(words.number(row.replaces), "info")


def _days(request: Request, room: int) -> list[Content]:
    """Return the days that take nothing with their reasons, and how many take something."""
    found = []
    for each in request.days:
        if (each.off and not each.quantity) or each.quantity % quantities.ONE:
            day = f"{_(DAYS[each.day.weekday()])} {each.day}"
            told = safe(each.off) if each.off else quantities.shown(each.quantity)
            found += wrapped(toned((f"{day}  ", "muted"), (told, "")), room)
    return found


def balance_lines(balance: Balance, room: int, last: int = 0) -> list[Content]:
    """Return the ledger of a type, the last lines of it where it is long."""
    told = _("{title}: {left} left, {planned} planned, {asked} asked for, {free} free").format(
        title=safe(balance.kind.title), left=explaining.amount(balance.left, balance.rule.unit),
        planned=quantities.shown(balance.planned), asked=quantities.shown(balance.asked),
        free=quantities.shown(balance.free),
    )  # fmt: skip
    lines = wrapped(toned((told, "strong")), room)
    shown = balance.lines[-last:] if last else balance.lines
    for line in shown:
        head = toned((f"{line.on} ", "muted"), f"{_change(line):>6} {_left(line):>6}  ")
        lines += wrapped(toned((_why(line, balance), "")), room, head, " " * 26)
    return lines


def _change(line: Line) -> str:
    return (
        quantities.shown(line.change) if line.change <= 0 else f"+{quantities.shown(line.change)}"
    )


def _left(line: Line) -> str:
    return quantities.shown(line.balance)


def _why(line: Line, balance: Balance) -> str:
    return f"{_(words.KINDS[line.kind])}: {safe(reading.explained(line, balance.rule.unit))}"


def taken_back(session: Session) -> str:
    """Take one's last decision back; returns what to say."""
    numbers = ", ".join(words.number(row.id) for row in undoing.undo_last(session)[:3])
    return _("{numbers}: the decision is taken back.").format(numbers=numbers)
