"""One fixed asset: what happened to it, and the depreciation that is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole import audit
from boconsole.fixed_assets import reading, taxing, words
from boconsole.fixed_assets.reading import Asset
from boconsole.fixed_assets.taxing import Year
from boconsole.language import N_, _
from screens.actions import CHANGE, SHOW, of_feature
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import facts, fixed_asset_facts, rooms
from screens.ledger.fixed_asset_facts import FEATURE, ReadRows, Step
from screens.ledger.fixed_assets import DISPOSE, REVALUE
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

EDIT = of_feature(FEATURE, "edit")[0]


class FixedAssetScreen(rooms.InRooms, ListScreen[Step]):
    """The schedule of an asset.

    Args:
        asset: As it was read.
    """

    TITLE = "Fixed asset"
    ROOM = rooms.FIXED_ASSETS
    AREA = facts.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        EDIT,
        DISPOSE,
        REVALUE,
        Action("fixed_asset.reverse", N_("Take back"), ("R",), LIST, CHANGE, rank=14,
               short=N_("take back"),
               help=N_("The entry under the cursor: posts its opposite for all its assets.")),
        Action("fixed_asset.history", N_("What happened to it"), ("H",), LIST, SHOW, rank=20,
               short=N_("history")),
    )  # fmt: skip

    def __init__(self, asset: Asset) -> None:
        super().__init__()
        self.asset = asset
        self.years: Sequence[Year] = ()

    # What it shows

    def heading(self) -> Heading:
        """Return the asset and its state."""
        asset = self.asset
        state = fixed_asset_facts.state_word(asset).text
        told = f"{asset.number} {safe(asset.row.name)}, {state}"
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[Step]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.line.day))),
            Column("month", N_("Month"), 7, lambda row: Cell(row.line.month), priority=2),
            Column("what", N_("What"), 13,
                   lambda row: Cell(_(words.KIND_TITLES[row.line.kind])), grow=1),
            Column("amount", N_("Amount"), 16, lambda row: self._money(row.line.amount),
                   align="right"),
            Column("accumulated", N_("Accumulated"), 16,
                   lambda row: self._money(row.line.accumulated), align="right", priority=3),
            Column("book", N_("Book value"), 16, lambda row: self._money(row.line.book),
                   align="right"),
            Column("state", N_("State"), 13, lambda row: fixed_asset_facts.line_word(row.line)),
            Column("entry", N_("Entry"), 14, lambda row: Cell(row.line.entry, "info"),
                   priority=1),
        )  # fmt: skip

    def _money(self, minor: int) -> Cell:
        return Cell(facts.money(minor, self.asset.row.precision))

    def source(self, query: str) -> ReadRows[Step]:
        """Return where the lines come from."""
        del query
        return ReadRows(self._read, lambda step: step.place)

    def _read(self) -> list[Step]:
        self.asset = reading.again(self.asset.row.id)
        self.years = taxing.of_class(self.asset)
        lines = reading.history(self.session, self.asset)
        return [Step(place, line) for place, line in enumerate(lines, 1)]

    def empty_text(self) -> str:
        """Return what an empty schedule says."""
        return _("Nothing is booked on this asset any more; q goes back.")

    def preview(self, row: Step) -> RenderableType:
        """Return the asset beside its schedule."""
        del row
        room = self.query_one(Preview).room
        told = fixed_asset_facts.picture(self.asset, room)
        return block(told + fixed_asset_facts.beside_tax(self.asset, self.years, room))

    def why_not(self, action: Action) -> str:
        """Say what a schedule cannot do."""
        if action.id in ("list.filter", "list.sort"):
            return _("A schedule shows every period in order.")
        return super().why_not(action)

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again: ids of assets are no places of lines."""
        if event.feature == FEATURE:
            super().records_changed(RecordsChanged(FEATURE, ()))

    def place(self) -> Place:
        """Return the asset."""
        return Place(self.AREA, record=self.asset.number)

    # Going and changing

    def open_row(self, row: Step) -> None:
        """Open the entry of a line."""
        from screens.ledger.entry import EntryScreen

        if row.line.entry_id is None:
            self.app.say(_("This line has no entry yet."))
        else:
            self.app.push_screen(EntryScreen(row.line.entry_id))

    def action_edit(self) -> None:
        """Open the form of new estimates."""
        from screens.ledger import fixed_asset_forms

        form = fixed_asset_forms.change_form(self.session, self.asset, self._again)
        self.app.push_screen(form)

    def action_remove(self) -> None:
        """Open the form of a disposal."""
        from screens.ledger import fixed_asset_forms

        form = fixed_asset_forms.dispose_form(self.session, self.asset, self._again)
        self.app.push_screen(form)

    def action_revalue(self) -> None:
        """Open the form of a revaluation."""
        from screens.ledger.fixed_asset_value import value_form

        self.app.push_screen(value_form(self.session, self.asset, self._again))

    def action_reverse(self) -> None:
        """Open the form that takes the entry under the cursor back."""
        from screens.ledger import fixed_asset_forms

        if (row := self.row) is None or row.line.entry_id is None:
            self.app.say(_("This line has no entry yet."))
            return
        form = fixed_asset_forms.reverse_form(self.session, row.line.entry, self._again)
        self.app.push_screen(form)

    def action_history(self) -> None:
        """Show who did what to the asset."""
        from screens.ledger.histories import show_history

        trail = partial(audit.history, self.session, FEATURE, self.asset.row.id)
        show_history(self, self.asset.number, trail)

    def _again(self, _done: object) -> None:
        self.load(partial(reading.again, self.asset.row.id), self._take, group="again")

    def _take(self, asset: Asset) -> None:
        self.asset = asset
        self.table.refresh_rows()
        self.show_preview(again=True)
        self.show_status()
