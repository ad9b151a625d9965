"""The fixed assets of the books: what they cost, what wore off, what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.errors import QuerySyntaxError
from boconsole.fixed_assets import matching, reading
from boconsole.fixed_assets.reading import Asset
from boconsole.language import N_, _, grouped, ngettext
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.ledger import facts, fixed_asset_facts, rooms
from screens.ledger.fixed_asset_facts import FEATURE, ReadRows, amount
from screens.lists import ListScreen, View
from screens.prose import block
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

VIEWS = (
    View(N_("Disposed assets"), "state:disposed"),
    View(N_("All assets"), "state:any"),
)
NEW, EDIT = of_feature(FEATURE, "new", "edit")
DISPOSE = Action("fixed_asset.remove", N_("Sell or scrap"), ("D",), LIST, CHANGE, rank=13,
                 short=N_("sell/scrap"))  # fmt: skip
REVALUE = Action("fixed_asset.revalue", N_("Revalue"), ("W",), LIST, CHANGE, rank=15,
                 short=N_("revalue"), help=N_("Shows the entry while it is typed."))  # fmt: skip


class FixedAssetsScreen(rooms.InRooms, ListScreen[Asset]):
    """Assets in use, unless the filter names another state."""

    TITLE = "Fixed assets"
    ROOM = rooms.FIXED_ASSETS
    AREA = facts.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW,
        EDIT,
        Action("fixed_asset.post", N_("Depreciate a month"), ("P",), LIST, CHANGE, rank=12,
               short=N_("depreciate"), help=N_("Shows first what it would book.")),
        DISPOSE,
        REVALUE,
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[Asset]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info")),
            Column("name", N_("Name"), 14, lambda row: Cell(safe(row.row.name)), grow=3),
            Column("class", N_("Class"), 10, lambda row: Cell(safe(row.row.class_name), "muted"),
                   grow=1, priority=3),
            Column("in-use", N_("In use"), 10, lambda row: Cell(str(row.row.in_use_on)),
                   priority=4),
            Column("cost", N_("Cost"), 16,
                   lambda row: Cell(facts.money(row.row.cost, row.row.precision)), align="right",
                   priority=1),
            Column("accumulated", N_("Accumulated"), 16,
                   lambda row: Cell(facts.money(row.row.accumulated, row.row.precision)),
                   align="right", priority=2),
            Column("book", N_("Book value"), 18, lambda row: Cell(amount(row, row.book)),
                   align="right"),
            Column("state", N_("State"), 13, fixed_asset_facts.state_word),
        )  # fmt: skip

    def source(self, query: str) -> ReadRows[Asset]:
        """Return where the rows of a query come from."""
        return ReadRows(partial(self._read, query), lambda asset: asset.row.id)

    def _read(self, query: str) -> list[Asset]:
        wanted = matching.matcher(query)
        return [asset for asset in reading.assets(self.session) if wanted(asset)]

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No fixed asset is here. n takes one in, esc clears the filter, v has the views.")

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        try:
            matching.matcher(query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        return None

    def why_not(self, action: Action) -> str:
        """Say what this list cannot do."""
        if action.id == "list.sort":
            return _("Fixed assets stand in order of their numbers.")
        return super().why_not(action)

    def views(self) -> Sequence[View]:
        """Return the views of what is usually left out."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def preview(self, row: Asset) -> RenderableType:
        """Return an asset beside the list."""
        return block(fixed_asset_facts.picture(row, self.query_one(Preview).room))

    def export_work(self, path: str, rows: Sequence[Asset] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text

        def work() -> str:
            from boconsole.fixed_assets import exporting

            chosen = self._read(query) if rows is None else rows
            done = exporting.export(self.session, Path(path), chosen)
            told = ngettext("{n} asset is in {path}.", "{n} assets are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return work

    # Going

    def open_row(self, row: Asset) -> None:
        """Open the schedule of an asset."""
        self._open(row)

    def open_number(self, number: str) -> None:
        """Open an asset by its number, as typed after `:`."""
        self.load(partial(reading.get, self.session, number), self._open, group="open")

    def _open(self, asset: Asset) -> None:
        from screens.ledger.fixed_asset import FixedAssetScreen

        self.app.push_screen(FixedAssetScreen(asset))

    # Changing

    def action_new(self) -> None:
        """Open the form of a new asset."""
        from screens.ledger import fixed_asset_forms

        fixed_asset_forms.open_new(self, self._open)

    def action_edit(self) -> None:
        """Open the form of new estimates."""
        from screens.ledger import fixed_asset_forms

        if (row := self.row) is not None:
            self.app.push_screen(
                fixed_asset_forms.change_form(self.session, row, lambda _asset: None)
            )

    def action_post(self) -> None:
        """Show what a month's depreciation would book."""
        from screens.ledger.fixed_asset_run import DepreciationScreen

        self.app.push_screen(DepreciationScreen())

    def action_remove(self) -> None:
        """Open the form of a disposal."""
        from screens.ledger import fixed_asset_forms

        if (row := self.row) is not None:
            self.app.push_screen(
                fixed_asset_forms.dispose_form(self.session, row, lambda _entries: None)
            )

    def action_revalue(self) -> None:
        """Open the form of a revaluation."""
        from screens.ledger.fixed_asset_value import value_form

        if (row := self.row) is not None:
            self.app.push_screen(value_form(self.session, row, lambda _entry: None))
