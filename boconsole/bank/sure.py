"""Which of many open bank lines can be matched without a doubt; pure.

What is found is what `proposing.propose` calls certain, without making every proposal: only
book lines that a bank's text names are looked at.
"""

from collections.abc import Callable, Iterable, Sequence

from boconsole.bank.proposing import (
    Proposal,
    claims_of,
    match_of,
    references_of,
    sums_of,
)
from boconsole.bank.references import hits, key_of
from boconsole.bank.shelf import Shelf
from db.bank.rows import BankLineRow, BookLineRow

EVERY = 200
"""Lines between two words about how far it is."""


class _Index:
    """Book lines by the numbers that name them."""

    def __init__(self, books: Iterable[BookLineRow]) -> None:
        self._found: dict[str, list[tuple[frozenset[int], int]]] = {}
        for book in books:
            for reference in references_of(book):
                key, breaks = key_of(reference)
                self._found.setdefault(key, []).append((breaks, book.id))

    def named_in(self, line: BankLineRow) -> set[int]:
        """Return the book lines that a bank line names."""
        text = " | ".join((line.name, line.memo, line.reference))
        return {
            book_id
            for key, cuts in hits(text, self._found)
            for breaks, book_id in self._found[key]
            if cuts <= breaks
        }


def certain(
    bank: Sequence[BankLineRow],
    books: Sequence[BookLineRow],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Proposal]:
    """Return the matches that are certain, at most one for each bank line, in order.

    Args:
        bank: Open lines of the bank.
        books: Open lines of the books.
        progress: Told now and then how many bank lines were looked at, of how many.
    """
    shelf, index = Shelf(books), _Index(books)
    found: list[Proposal] = []
    for place, line in enumerate(bank):
        if place % EVERY == 0:
            progress(place, len(bank))
        if named := index.named_in(line):
            ways = _ways(line, shelf, named)
            if len(ways) == 1:
                found.append(match_of(line, ways[0], (), {})._replace(certain=True))
    claims = claims_of(found)
    return [way for way in found if all(claims[book.id] == 1 for book in way.lines)]


def _ways(line: BankLineRow, shelf: Shelf, named: set[int]) -> list[tuple[BookLineRow, ...]]:
    """Return how the named book lines make the amount: one alone, or else two or three."""
    ones: list[tuple[BookLineRow, ...]] = [
        (book,) for book in shelf.equal(line) if book.id in named
    ]
    if ones:
        return ones
    near = [book for book in shelf.nearest(line) if book.id in named]
    return list(sums_of(line, near)) if len(near) > 1 else []
