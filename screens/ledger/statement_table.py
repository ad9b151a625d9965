"""The table of a statement: a list whose rows are all in memory, so that it answers at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple, TypeVar

from boconsole.ledger.reading import Count
from screens.ledger.statement_lines import Line
from screens.widgets.columns import Column, Columns
from screens.widgets.record_table import RecordTable
from screens.widgets.window import Around

AnswerT = TypeVar("AnswerT")


class Lines(NamedTuple):
    """Some lines, and their places in the statement."""

    rows: Sequence[Line]
    first: str
    last: str
    more: bool


class LinesSource:
    """The lines of a statement.

    Args:
        lines: In order.
        ids: The number of each place; new places are added, so that one keeps its number.
    """

    def __init__(self, lines: Sequence[Line], ids: dict[tuple[str, ...], int]) -> None:
        self._lines = lines
        self._ids = ids

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Lines:
        """Return at most `limit` lines next to a place."""
        if backwards:
            stop = int(after) if after else len(self._lines)
            start = max(0, stop - limit)
            return self._cut(start, stop, more=start > 0)
        start = int(after) + 1 if after else 0
        return self._cut(start, start + limit, more=start + limit < len(self._lines))

    def count(self) -> Count:
        """Return how many lines there are."""
        return Count(len(self._lines), capped=False)

    def around(self, record: int, limit: int) -> Around[Line] | None:
        """Return lines with one amidst them, or None when it is not there."""
        places = [place for place, line in enumerate(self._lines) if self.key(line) == record]
        if not places:
            return None
        start = max(0, places[0] - limit // 2)
        found = self._cut(start, start + limit, more=start + limit < len(self._lines))
        return Around(found.rows, found.first, found.last, start > 0, found.more)

    def key(self, row: Line) -> int:
        """Return the number of a line."""
        return self._ids.setdefault(row.place, len(self._ids) + 1)

    def _cut(self, start: int, stop: int, *, more: bool) -> Lines:
        rows = self._lines[start:stop]
        return Lines(rows, str(start), str(start + len(rows) - 1), more)


class StatementTable(RecordTable[Line]):
    """Shows other columns and lines in one turn.

    Args:
        columns: The first ones.
        again: Makes the statement again, when records changed.
    """

    def __init__(
        self, columns: Sequence[Column[Line]], again: Callable[[], None], *, empty: str
    ) -> None:
        super().__init__(columns, empty=empty, id="table")
        self._again = again

    def _ask(self, work: Callable[[], AnswerT], answer: Callable[[AnswerT], None]) -> None:
        answer(work())

    def refresh_rows(self, ids: Collection[int] = ()) -> None:
        """Have the statement made again."""
        del ids
        self._again()

    def show_lines(self, columns: Columns[Line], source: LinesSource) -> None:
        """Show other lines; the cursor stays on its line, at its height where there is room."""
        self.columns = columns
        self.listing.show(source)
        self.lay_out()
