"""The lines of Home: texts of what was read, and where each of them leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from boconsole.home.blocks import BLOCKS
from boconsole.home.lists import LISTS
from boconsole.home.looking import Block, Figure
from boconsole.home.rows import Item
from boconsole.language import _, grouped
from boconsole.session import Session
from boconsole.tickets.reading import Count
from boconsole.tickets.rows import TicketLine
from screens import cells
from screens.cells import Cell, fit
from screens.places import Place
from screens.prose import toned

NAME, NUMBER = 24, 8
WIDE, LEFT = 100, 52


class Line(NamedTuple):
    """A line of Home.

    Attributes:
        block: The block that it belongs to.
        place: What Enter opens.
        ticket: The ticket that Enter opens.
        side: Whether it stands at the right where there is room.
        stands: Whether the cursor stands on it although it leads nowhere.
    """

    text: Content
    block: str = ""
    place: Place | None = None
    ticket: int = 0
    side: bool = False
    stands: bool = False


def lay_out(
    order: Sequence[str], seen: dict[str, Block], width: int, session: Session
) -> list[Line]:
    """Return the lines in the order the cursor walks them: the left column, then the right."""
    room = max(width - 5 - (LEFT if width >= WIDE else 0), 40)
    lines = [line for name in order for line in _block(name, seen.get(name), room, session)]
    if width < WIDE:
        return lines
    return [one for one in lines if not one.side] + [one for one in lines if one.side]


def _block(name: str, block: Block | None, room: int, session: Session) -> list[Line]:
    made = BLOCKS[name]
    found: list[Line] = []
    if block is None:
        found = [Line(toned("  ", (_("reading…"), "muted")))]
    else:
        found += [_figure(one) for one in block.figures]
        found += [_item(one, room, session) for one in block.items]
    if not found:
        told = _(made.empty) if made.empty else "-"
        found = [Line(toned("  ", (told, "muted")), stands=True)]
    lines = [Line(toned((_(made.title), "strong"))), *found, Line(Content(""))]
    return [line._replace(block=name, side=made.side) for line in lines]


def _figure(one: Figure) -> Line:
    listed, trend = LISTS[one.listed], one.trend
    value, title = counted(one.tally), _(one.title)
    if trend and trend.amount:
        from screens.ledger.facts import money

        value = money(trend.amount.amount, trend.amount.precision)
        title = f"{title}, {trend.amount.commodity}"
    name = fit(cells.safe(title), max(NAME + NUMBER - len(value) - 1, 1))
    text = toned("  ", name, " ", (value, one.tone if one.tally.number else "muted"))
    if trend:
        text = text + toned(" ", (cells.sparkline(trend.values), "muted"))
    return Line(text, place=Place(listed.area, query=one.query, view=listed.room))


def _item(one: Item, room: int, session: Session) -> Line:
    if one.ticket is not None:
        return _due(one.ticket, room, session)
    if one.at is not None:
        at = fit(cells.instant(one.at, session.now(), session.zone), 10)
        text = toned("  ", (at, "muted"), fit(cells.safe(one.text), room - 10))
    else:
        text = _record(one, room)
    place = Place(one.area, view=one.view, record=one.record) if one.area else None
    return Line(text, place=place, ticket=one.ticket_id)


def _record(one: Item, room: int) -> Content:
    day, wide = str(one.day or ""), max((room - 26) // 2, 10)
    about = fit(cells.safe(one.about), room - 24 - wide)
    return toned(
        "  ", (fit(cells.safe(one.number), 11), "info"), (fit(day, 11), one.tone),
        fit(cells.safe(one.text), wide), " ", (about.rstrip(), one.tone or "muted"),
    )  # fmt: skip


def _due(row: TicketLine, room: int, session: Session) -> Line:
    from screens.ticket_facts import number

    left = cells.countdown(row.sla_due_at, session.now(), warn_at=row.sla_warn_at)
    text = toned(
        "  ", (fit(number(row.id), 10), "info"), cells.priority(row.priority), " ",
        fit(cells.safe(row.subject), room - 35), " ",
        fit(cells.safe(row.assignee or "-"), 11),
        Cell(fit(left.text, 11, right=True), left.tone),
    )  # fmt: skip
    return Line(text, ticket=row.id)


def counted(count: Count) -> str:
    """Return a count, with a plus when there are more."""
    return f"{grouped(count.number)}{'+' if count.capped else ''}"


def leads(line: Line) -> bool:
    """Return whether the cursor stands on a line: Enter goes somewhere, or its block is empty."""
    return bool(line.ticket) or line.place is not None or line.stands


def same(line: Line, other: Line) -> bool:
    """Return whether two lines of a block lead to the same place."""
    mine = (line.block, line.ticket, line.place)
    return leads(line) and mine == (other.block, other.ticket, other.place)
