"""The tabs of a card: what other areas know of a person or an organisation.

An area enters itself in `PROVIDERS` by the name of a function that answers with its tabs; a
module that is not there leaves no tab.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

from boconsole.contacts.reading import Card
from boconsole.contacts.words import Kind
from boconsole.language import N_, _
from boconsole.session import Session
from screens.areas import named
from screens.cells import Cell, fit
from screens.places import Place
from screens.prose import STYLES

PROVIDERS = (
    "screens.contacts.members:tabs",
    "screens.contacts.ticket_tab:tabs",
    "screens.contacts.document_tab:tabs",
    "screens.contacts.paper_tab:tabs",
    "screens.contacts.asset_tab:tabs",
    "screens.contacts.licence_tab:tabs",
)
FACTS, NOTES = "facts", "notes"
MOST = 100
"""Rows that a tab shows at most."""


class TabRow(NamedTuple):
    """A line of a tab and the place that Enter goes to."""

    cells: tuple[Cell, ...]
    place: Place


class Rows(NamedTuple):
    """What a tab shows.

    Attributes:
        headings: One for each column, marked with `N_`.
        right: Columns that are aligned right.
        lines: At most `MOST`.
        head: A line above them, such as a sum; may be empty.
        empty: What is said where there is nothing.
        all: Where the whole list is.
        drops: Columns that are left out where there is no room, the first one first.
    """

    headings: tuple[str, ...]
    lines: Sequence[TabRow]
    empty: str
    all: Place
    right: frozenset[int] = frozenset()
    head: str = ""
    more: bool = False
    drops: tuple[int, ...] = ()


class CardTab(NamedTuple):
    """One tab.

    Attributes:
        id: Its word.
        title: Its name, marked with `N_`.
        read: Reads its rows; None for a text that the card has itself.
        kinds: Of which cards.
        permission: That it takes to see it.
    """

    id: str
    title: str
    read: Callable[[Session, Card], Rows] | None = None
    kinds: tuple[Kind, ...] = ("contact", "organisation")
    permission: str = "contact.read"


def tabs_of(session: Session, kind: Kind) -> list[CardTab]:
    """Return the tabs that a card of a kind has for somebody, in order."""
    found = [CardTab(FACTS, N_("Facts"))]
    for place in PROVIDERS:
        if find_spec(place.partition(":")[0]) is not None:
            found += named(place)()
    found.append(CardTab(NOTES, N_("Notes")))
    return [each for each in found if kind in each.kinds and session.may(each.permission)]


GAP, LEAST = 2, 4


class Laid:
    """The rows of a tab in columns of a width: some are left out, then the widest gives way."""

    def __init__(self, rows: Rows, room: int) -> None:
        table = [[_(title) for title in rows.headings],
                 *([cell.text for cell in row.cells] for row in rows.lines)]  # fmt: skip
        self._widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
        self._right = rows.right
        self._shown = list(range(len(rows.headings)))
        for column in rows.drops:
            if self._needed() > room:
                self._shown.remove(column)
        while self._needed() > room and (widest := self._widest()) is not None:
            self._widths[widest] -= 1

    def _needed(self) -> int:
        return sum(self._widths[each] + GAP for each in self._shown) - GAP

    def _widest(self) -> int | None:
        found = max(self._shown, key=lambda each: self._widths[each])
        return found if self._widths[found] > LEAST else None

    def laid_out(self, cells: Sequence[Cell]) -> Content:
        """Return one line."""
        parts: list[tuple[str, str]] = []
        for each in self._shown:
            text = fit(cells[each].text, self._widths[each], right=each in self._right)
            parts += [(text, STYLES[cells[each].tone]), (" " * GAP, "")]
        return Content.assemble(*parts[:-1])
