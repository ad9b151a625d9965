"""The log of changes to machines: what was put in, replaced or taken out, over all assets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType
from rich.text import Text

from boconsole.assets.inventory import changes
from boconsole.assets.inventory.changes import ChangeRow
from boconsole.assets.inventory.parts import KIND_TITLES
from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from screens import asset_facts, asset_rooms
from screens.actions import FIND
from screens.cells import Cell, moment, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.places import Place
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column

VIEWS = (
    View(N_("The last 30 days"), "date:>-30d"),
    View(N_("Memory and disks"), "kind:memory,disk"),
    View(N_("Interfaces and addresses"), "kind:interface,address"),
)


class UpgradesScreen(asset_rooms.InRooms, QueryListScreen[ChangeRow]):
    """Changes to machines, the newest first."""

    TITLE = "Upgrades"
    ROOM = asset_rooms.UPGRADES
    AREA = asset_rooms.AREA
    FEATURE = "asset_change"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("upgrade.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    def columns(self) -> Sequence[Column[ChangeRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("date", N_("When"), 16,
                   lambda row: Cell(moment(row.at.astimezone(self.session.zone)))),
            Column("asset", N_("Tag"), 9, lambda row: Cell(safe(row.tag), "info")),
            Column("kind", N_("Kind"), 10, lambda row: Cell(_(KIND_TITLES[row.kind]))),
            Column("component", N_("Component"), 12, lambda row: Cell(safe(row.component)),
                   grow=1),
            Column("old", N_("Before"), 12, lambda row: Cell(safe(row.old) or "-", "muted"),
                   grow=2, priority=1),
            Column("new", N_("After"), 14, lambda row: Cell(safe(row.new) or "-"), grow=2),
            Column("by", N_("By"), 8, lambda row: Cell(safe(row.who), "muted"), priority=2),
        )  # fmt: skip

    def source(self, query: str) -> Paged[ChangeRow]:
        """Return where the rows of a query come from."""
        return Paged(changes, self.session, query)

    def read_area(self) -> Area:
        """Return what queries may say about changes."""
        return changes.remembered_area()

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def _columns_of(self, view: str) -> str:
        return f"{self.ROOM}.columns.{view}"

    @property
    def _history(self) -> str:
        return f"{self.ROOM}.history"

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing was changed so; I on an asset compares it with its machine.")

    def preview(self, row: ChangeRow) -> RenderableType:
        """Return a change at length."""
        title = f"{row.tag} {_(KIND_TITLES[row.kind])} {row.component}"
        lines = [Text(safe(title), "bold"), Text(f"- {safe(row.old)}"), Text(f"+ {safe(row.new)}")]
        return Text("\n").join(lines)

    def open_row(self, row: ChangeRow) -> None:
        """Go to the asset."""
        self.app.call_later(self.app.go, Place(self.AREA, record=row.tag))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when assets changed: their ids are not those of lines."""
        if event.feature == asset_facts.FEATURE:
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    def export_work(self, path: str, rows: Sequence[ChangeRow] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""
        query = self.query_text

        def work() -> str:
            count = changes.export(self.session, query, Path(path), rows)
            return ngettext("{n} line is in {path}.", "{n} lines are in {path}.", count).format(
                n=grouped(count), path=path
            )

        return work
