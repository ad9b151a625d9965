"""The list of assets: its columns, its views, and what its keys start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.assets import area, changing, reading
from boconsole.assets.reading import AssetLine
from boconsole.assets.writing import Ref
from boconsole.filters import Area
from boconsole.language import N_, _, grouped, ngettext
from screens import asset_facts, asset_forms, asset_rooms, rooms
from screens.actions import FIND, LIST_ACTIONS
from screens.asset_acts import AssetActs, Seen, asset_actions
from screens.asset_facts import FEATURE
from screens.bulk_typed import BulkTypedScreen
from screens.cells import Cell, instant, safe
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.places import Place
from screens.prose import block
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

VIEWS = (
    View(N_("Overdue"), "is:overdue sort:expected"),
    View(N_("In stock"), "state:in_stock"),
    View(N_("Handed out"), "is:held"),
    View(N_("In repair"), "state:in_repair"),
    View(N_("Warranty ends soon"), "is:expiring sort:warranty"),
    View(N_("Past end of life"), "is:old sort:end"),
    View(N_("Not accepted yet"), "is:unaccepted"),
    View(N_("Lost or gone"), "state:inactive"),
)


class AssetsScreen(asset_rooms.InRooms, BulkTypedScreen[AssetLine], AssetActs):
    """Assets by tag, without those that are lost or gone."""

    TITLE = "Assets"
    ROOM = asset_rooms.ASSETS
    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        *asset_actions(LIST),
        replace(next(each for each in LIST_ACTIONS if each.id == "list.views"), rank=9),
        Action("asset.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )
    PARTS = (
        "screens.asset:AssetScreen", "screens.asset_inventory:InventoryScreen",
        *(room.screen for room in asset_rooms.ROOMS if room.screen),
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[AssetLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        now = asset_facts.today(self.session)
        return (
            Column("tag", N_("Tag"), 9, lambda row: Cell(safe(row.tag), "info"), sort="tag"),
            Column("name", N_("Name"), 18, lambda row: Cell(safe(row.name)), grow=3, sort="name"),
            Column("state", N_("State"), 11, lambda row: asset_facts.state_word(row.state),
                   sort="state"),
            Column("holder", N_("With"), 14, asset_facts.holder, grow=2),
            Column("expected", N_("Return"), 13,
                   lambda row: asset_facts.due(row.expected_on, now), priority=1,
                   sort="expected"),
            Column("category", N_("Category"), 12, lambda row: Cell(safe(row.category)), grow=1,
                   priority=4, sort="category"),
            Column("place", N_("Place"), 16, lambda row: Cell(safe(row.place), "muted"), grow=2,
                   priority=3, sort="place"),
            Column("serial", N_("Serial"), 14, lambda row: Cell(safe(row.serial), "muted"),
                   priority=5),
            Column("warranty", N_("Warranty"), 12,
                   lambda row: asset_facts.end(row.warranty_on, now), priority=2,
                   sort="warranty"),
            Column("end", N_("End of life"), 12,
                   lambda row: asset_facts.end(row.end_of_life_on, now), priority=8, sort="end"),
            Column("host", N_("Host"), 14, lambda row: Cell(safe(row.host)), priority=7),
            Column("model", N_("Model"), 18, lambda row: Cell(safe(row.model), "muted"),
                   priority=6),
            Column("updated", N_("Updated"), 10, self._updated, align="right", priority=9,
                   sort="updated"),
        )  # fmt: skip

    def _updated(self, row: AssetLine) -> Cell:
        return Cell(instant(row.updated_at, self.session.now(), self.session.zone))

    def source(self, query: str) -> Paged[AssetLine]:
        """Return where the rows of a query come from."""
        return Paged(reading, self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No asset matches. n adds one, esc clears the filter, v has the views.")

    def preview(self, row: AssetLine) -> RenderableType:
        """Return an asset beside the list; reads."""
        room = self.query_one(Preview).room
        return block(asset_facts.picture(reading.get(self.session, row.id), room, self.session))

    def read_area(self) -> Area:
        """Return what queries may say about assets."""
        return area.remembered_area(self.session)

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [*self.HOUSE.first_views(), *(View(_(view.name), view.query) for view in VIEWS)]

    def show_view(self, name: str) -> None:
        """Show all assets again, go to a room, or show a view."""
        room = self.HOUSE.named(name)
        if room is not None and room.id == self.ROOM:
            BulkTypedScreen.show_view(self, name)
        else:
            super().show_view(name)

    # Going

    async def show_place(self, place: Place) -> None:
        """Show a place again, in the room that it belongs to."""
        room = self.HOUSE.lying_over(place)
        if room is not None and room.id != self.ROOM:
            await rooms.show(self.app, room, place)
        else:
            await super().show_place(place)

    def open_row(self, row: AssetLine) -> None:
        """Open an asset."""
        self._open(Ref(row.id))

    def open_number(self, number: str) -> None:
        """Open an asset by its tag, serial number, host name or address."""
        self.load(partial(reading.find, self.session, number), self._open, group="open")

    def _open(self, ref: Ref) -> None:
        from screens.asset import AssetScreen

        self.app.push_screen(AssetScreen(ref.id, self))

    def made(self, ref: Ref) -> None:
        """Open a new asset."""
        super().made(ref)
        self._open(ref)

    # Changing

    def with_seen(self, then: Callable[[Sequence[Seen]], object]) -> None:
        """Act on the marked assets, else on the one under the cursor."""

        def take(rows: Sequence[AssetLine]) -> None:
            then([Seen(row.id, row.version, row.tag, row.state, bool(row.holder_kind))
                  for row in rows])  # fmt: skip

        self.with_chosen(take)

    def undo_work(self) -> Callable[[], str]:
        """Return what takes back the last operation of this person."""
        return self.taken_back

    def changed(self, _answer: object = None) -> None:
        """Clear the marks once an operation on them is done."""
        self.table.clear_marks()
        self.table.refresh_rows()
        self.show_preview(again=True)

    def find_bulk(self, query: str, given: Mapping[str, str]) -> Sequence[Ref]:
        """Return the assets that match, once the change is possible."""
        found = reading.refs(self.session, query)
        changing.check_edit(self.session, found, given)
        return found

    def bulk_question(self, number: int) -> str:
        """Return the question."""
        return ngettext("Set {changes} on {n} asset?", "Set {changes} on {n} assets?", number)

    def change_bulk(self, found: Sequence[Ref], given: Mapping[str, str]) -> None:
        """Change them."""
        self.change(
            partial(changing.edit, self.session, found, given), said=asset_forms.told,
            feature=FEATURE, touched=[ref.id for ref in found], done=self.changed,
        )  # fmt: skip

    def copy_text(self, row: AssetLine) -> str:
        """Return the tag to copy."""
        return row.tag

    def export_work(self, path: str, rows: Sequence[AssetLine] | None) -> Callable[[], str] | None:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text
        if rows is not None:
            query = "any tag:" + ",".join(f'"{row.tag}"' for row in rows)

        def work() -> str:
            from boconsole.assets import exporting

            form = exporting.form_of(path)
            count = exporting.export_assets(self.session, query, Path(path), form)
            return ngettext("{n} asset is in {path}.", "{n} assets are in {path}.", count).format(
                n=grouped(count), path=path
            )

        return work
