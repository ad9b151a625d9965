"""Who is there twice: pairs with the reason; Enter shows what a merge would keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType

from boconsole.contacts import duplicates, reading, words
from boconsole.contacts.duplicates import REASONS, Named, Twin
from boconsole.contacts.words import Kind
from boconsole.language import N_, _
from screens.actions import CHANGE
from screens.cells import Cell, safe
from screens.contacts import facts, merging, rooms
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger.fixed_asset_facts import ReadRows
from screens.lists import ListScreen
from screens.prose import block, toned
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class TwinsScreen(rooms.InRooms, ListScreen[Twin]):
    """Pairs of people that may be one."""

    TITLE = "Duplicates"
    AREA = rooms.AREA
    FEATURE = "contact"
    ROOM = rooms.TWINS
    KIND: ClassVar[Kind] = "contact"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("contact.merge", N_("Merge into another"), ("M",), LIST, CHANGE, rank=18,
               short=N_("merge")),
        Action("contact.swap", N_("Let the other one stay"), ("S",), LIST, CHANGE, rank=19,
               short=N_("swap")),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._found: list[Twin] = []
        self._swapped: set[tuple[int, int]] = set()

    def columns(self) -> Sequence[Column[Twin]]:
        """Return the columns."""
        return (
            Column("stays", N_("Stays"), 24, lambda row: self._named(row, stays=True), grow=1),
            Column("goes", N_("Goes"), 24, lambda row: self._named(row, stays=False), grow=1),
            Column("reason", N_("Because of"), 20, _reasons),
        )

    def _named(self, row: Twin, *, stays: bool) -> Cell:
        first, other = self._pair(row)
        one = first if stays else other
        number = words.number(self.KIND, one.id)
        return Cell(f"{number} {safe(one.name)}", "strong" if stays else "")

    def _pair(self, row: Twin) -> tuple[Named, Named]:
        if (row.stays.id, row.goes.id) in self._swapped:
            return row.goes, row.stays
        return row.stays, row.goes

    def source(self, query: str) -> ReadRows[Twin]:
        """Return where the pairs come from: read once, and again when something changed."""
        del query
        return ReadRows(self._read, lambda row: row.id)

    def _read(self) -> list[Twin]:
        if not self._found:
            self._found = duplicates.find(self.session, self.KIND)
        return self._found

    def records_changed(self, event: RecordsChanged) -> None:
        """Look for pairs again."""
        if event.feature == self.FEATURE:
            self._found = []
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    def action_refresh(self) -> None:
        """Look for pairs again."""
        self._found = []
        super().action_refresh()

    def preview(self, row: Twin) -> RenderableType:
        """Return both cards, one under the other; reads."""
        room = self.query_one(Preview).room
        lines = []
        for one in self._pair(row):
            card = reading.card(self.session, self.KIND, one.id)
            lines += [*facts.picture(card, room, self.session), toned("")]
        return block(lines)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody is here twice, as far as mail, number and name tell; q goes back.")

    def why_not(self, action: Action) -> str:
        """Say what pairs cannot do."""
        if action.id in ("list.filter", "list.sort"):
            return _("This list is shown whole, in its own order.")
        return super().why_not(action)

    def open_row(self, row: Twin) -> None:
        """Show what a merge would keep."""
        stays, goes = self._pair(row)
        merging.open_preview(self, self.KIND, goes.id, stays.id, self._merged)

    def action_merge(self) -> None:
        """Show what a merge would keep."""
        if (row := self.row) is not None:
            self.open_row(row)

    def action_swap(self) -> None:
        """Let the other one stay."""
        if (row := self.row) is not None:
            self._swapped ^= {(row.stays.id, row.goes.id)}
            self.table.refresh_rows()
            self.show_preview(again=True)

    def _merged(self, _answer: object) -> None:
        self._found = []
        self.table.refresh_rows()
        self.show_preview(again=True)


class TwinPlacesScreen(TwinsScreen):
    """Pairs of organisations that may be one."""

    FEATURE = "organisation"
    ROOM = rooms.TWIN_PLACES
    KIND = "organisation"


def _reasons(row: Twin) -> Cell:
    return Cell(", ".join(_(REASONS[reason]) for reason in row.reasons), "info")
