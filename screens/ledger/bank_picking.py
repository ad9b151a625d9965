"""Choosing entries of the books for a bank line."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.widgets import Input, OptionList

from boconsole.bank import matching
from boconsole.bank.desk import BookLineRow
from screens.picking import PickDialog


class EntryPick(PickDialog):
    """Chooses entries; enter takes the line under the cursor where none is marked."""

    @on(Input.Submitted)
    def _take_line(self, event: Input.Submitted) -> None:
        if self._several and not self._marked and not event.value.strip():
            here = self.query_one(OptionList).highlighted
            if here is not None and self._shown:
                event.stop()
                event.prevent_default()
                self.dismiss((self._shown[here].value,))


def by_number(books: Sequence[BookLineRow]) -> dict[str, BookLineRow]:
    """Return lines of the books by the number of their entry, further ones of it with a mark."""
    found: dict[str, BookLineRow] = {}
    for book in books:
        key = matching.number_of(book)
        while key in found:
            key += "'"
        found[key] = book
    return found
