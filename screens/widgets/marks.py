"""Which records of a list are marked: some of them, or all that match but some."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """The marked records.

    Attributes:
        ids: The marked ones; with `everything`, the ones that are not.
        everything: All that the query matches, also those never read.
    """

    ids: frozenset[int] = frozenset()
    everything: bool = False

    def __contains__(self, record: int) -> bool:
        return (record in self.ids) != self.everything

    def __bool__(self) -> bool:
        return self.everything or bool(self.ids)

    def turned(self, record: int) -> Marks:
        """Return the marks with one record marked, or no longer."""
        return Marks(self.ids ^ {record}, self.everything)

    def number(self, total: int) -> int:
        """Return how many are marked, of `total` that match."""
        return max(0, total - len(self.ids)) if self.everything else len(self.ids)
