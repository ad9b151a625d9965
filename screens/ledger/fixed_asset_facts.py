"""What fixed assets look like: states, amounts, an asset to read, rows that are in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from textual.content import Content

from boconsole.fixed_assets import words
from boconsole.fixed_assets.reading import Asset, Line
from boconsole.fixed_assets.taxing import Year
from boconsole.language import N_, _
from boconsole.ledger.reading import Count
from screens.cells import Cell, Look, fit, safe
from screens.ledger.facts import LABEL, money
from screens.ledger.sources import Rows
from screens.prose import toned, wrapped
from screens.widgets.window import Around

RowT = TypeVar("RowT")
FEATURE = "fixed_asset"
YEAR = 5
STATES = {
    words.WAITING: Look("A", N_("waiting"), "warn"),
    words.IN_USE: Look("U", N_("in use"), ""),
    words.WORN: Look("D", N_("depreciated"), "info"),
    words.GONE: Look("G", N_("disposed"), "muted"),
    words.WITHDRAWN: Look("W", N_("withdrawn"), "muted"),
}
LINE_STATES = {
    "planned": Look("-", N_("planned"), "muted"),
    "waiting": Look("A", N_("waiting"), "warn"),
    "posted": Look("P", N_("posted"), ""),
    "reversed": Look("R", N_("reversed"), "muted"),
}


def state_word(asset: Asset) -> Cell:
    """Return letter and word of the state of an asset: `U in use`."""
    look = STATES[asset.state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def line_word(line: Line) -> Cell:
    """Return letter and word of the state of a line of its schedule: `P posted`."""
    look = LINE_STATES[line.state]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def amount(asset: Asset, minor: int) -> str:
    """Return an amount of an asset with its currency."""
    return f"{money(minor, asset.row.precision)} {safe(asset.row.commodity)}"


def picture(asset: Asset, room: int) -> list[Content]:
    """Return an asset to read."""
    lines = wrapped(toned((safe(f"{asset.number} {asset.row.name}"), "strong")), room)
    for label, cell in _facts(asset):
        if cell.text:
            first = toned((fit(_(label), LABEL), "muted"))
            lines += wrapped(toned(cell), room, first, " " * LABEL)
    return lines


def _facts(asset: Asset) -> Iterator[tuple[str, Cell]]:
    row = asset.row
    yield N_("State"), state_word(asset)
    yield N_("Class"), Cell(safe(row.class_name))
    yield N_("Acquired"), Cell(str(row.acquired_on))
    yield N_("In use"), Cell(str(row.in_use_on))
    yield N_("Disposed"), Cell(str(row.disposed_on or ""))
    yield N_("Cost"), Cell(amount(asset, row.paid))
    yield N_("Revalued"), Cell(str(row.revalued_on or ""))
    yield N_("Value then"), Cell(amount(asset, row.cost) if row.revalued_on else "")
    yield N_("Surplus"), Cell(amount(asset, row.surplus) if row.surplus else "")
    yield N_("Written down"), Cell(amount(asset, row.lost) if row.lost else "")
    yield N_("Residual value"), Cell(amount(asset, row.residual) if row.residual else "")
    yield N_("Accumulated"), Cell(amount(asset, row.accumulated))
    yield N_("Book value"), Cell(amount(asset, asset.book), "strong")
    yield N_("Method"), Cell(_(words.METHOD_TITLES[row.method]))
    if row.method != "none":
        yield N_("Useful life"), Cell(_("{months} months").format(months=row.months))
        yield N_("Convention"), Cell(_(words.CONVENTION_TITLES[row.convention]))
    yield N_("Note"), Cell(safe(row.note))


def beside_tax(asset: Asset, years: Sequence[Year], room: int) -> list[Content]:
    """Return depreciation by year, of the books beside the tax law; nothing where none is known."""
    if not years:
        return []
    wide = max(8, (room - YEAR) // 2)
    digits = asset.row.precision
    told = [("", _("Books"), _("Tax law"))]
    told += [(str(each.year), money(each.book, digits), money(each.fiscal, digits))
             for each in years]  # fmt: skip
    lines = [toned(("", "")), toned((_("Depreciation"), "strong"))]
    lines += [toned((fit(year, YEAR), "muted"), (book.rjust(wide), ""), (fiscal.rjust(wide), ""))
              for year, book, fiscal in told]  # fmt: skip
    return lines


class Step(NamedTuple):
    """A line of a schedule at its place, counted from 1."""

    place: int
    line: Line


class ReadRows(Generic[RowT]):
    """Rows of a list that is small enough to be read whole.

    Args:
        read: Reads them, in order.
        key: Returns the id of a row.
    """

    def __init__(self, read: Callable[[], Sequence[RowT]], key: Callable[[RowT], int]) -> None:
        self._read = read
        self.key = key

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[RowT]:
        """Return at most `limit` rows next to a place."""
        rows = self._read()
        places = {str(self.key(row)): place for place, row in enumerate(rows)}
        if backwards:
            stop = places.get(after, len(rows)) if after else len(rows)
            start = max(0, stop - limit)
            return self._rows(rows[start:stop], more=start > 0)
        start = places.get(after, -1) + 1 if after else 0
        return self._rows(rows[start : start + limit], more=start + limit < len(rows))

    def _rows(self, rows: Sequence[RowT], *, more: bool) -> Rows[RowT]:
        ends = (str(self.key(rows[0])), str(self.key(rows[-1]))) if rows else ("", "")
        return Rows(rows, *ends, more)

    def count(self) -> Count:
        """Return how many rows there are."""
        return Count(len(self._read()), capped=False)

    def around(self, record: int, limit: int) -> Around[RowT] | None:
        """Return rows with one amidst them, or None where it is not there."""
        rows = self._read()
        place = next((at for at, row in enumerate(rows) if self.key(row) == record), None)
        if place is None:
            return None
        start = max(0, place - limit // 2)
        part = rows[start : start + limit]
        first, last = str(self.key(part[0])), str(self.key(part[-1]))
        return Around(part, first, last, start > 0, start + limit < len(rows))
