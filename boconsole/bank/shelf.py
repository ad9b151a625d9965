"""Open lines of the books laid out so that those near a bank line are found at once; pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter

from db.bank.rows import BankLineRow, BookLineRow

WINDOW = 14
"""Days between bank and books."""
NEAREST = 30
"""Book lines, the nearest by date, among which sums are looked for."""


class Shelf:
    """Book lines by amount and by day.

    Args:
        books: Open lines of the books.
    """

    def __init__(self, books: Iterable[BookLineRow]) -> None:
        self._amounts: dict[int, list[BookLineRow]] = {}
        self._days: dict[date, list[BookLineRow]] = {}
        for book in sorted(books, key=attrgetter("dated", "id")):
            self._amounts.setdefault(book.amount, []).append(book)
            self._days.setdefault(book.dated, []).append(book)

    def equal(self, line: BankLineRow) -> Sequence[BookLineRow]:
        """Return the lines of the same amount within the window."""
        found = self._amounts.get(line.amount, [])
        window = timedelta(days=WINDOW)
        first = bisect_left(found, line.dated - window, key=attrgetter("dated"))
        last = bisect_right(found, line.dated + window, key=attrgetter("dated"))
        return found[first:last]

    def nearest(self, line: BankLineRow) -> list[BookLineRow]:
        """Return the nearest lines within the window, those entered first first."""
        found: list[BookLineRow] = []
        for days in around(line.dated):
            here = merge(*(self._days.get(day, ()) for day in days), key=attrgetter("id"))
            found += islice(here, NEAREST - len(found))
            if len(found) >= NEAREST:
                break
        return found


def around(day: date) -> Iterable[tuple[date, ...]]:
    """Yield the days of the window, the nearest first: both sides of each distance together."""
    yield (day,)
    for distance in range(1, WINDOW + 1):
        step = timedelta(days=distance)
        yield (day - step, day + step)
