"""The repairs: what is away, where, what it cost, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.assets.service import repair_list, repairs
from boconsole.assets.service.repairs import RepairRow
from boconsole.assets.service.words import RESULT_TITLES
from boconsole.filters import Area
from boconsole.fixed_assets.words import asset_number
from boconsole.language import N_, _
from boconsole.session import Session
from screens import asset_rooms, service_forms
from screens.actions import CHANGE, FIND, of_feature
from screens.asset_facts import FEATURE as ASSET
from screens.asset_facts import money
from screens.cells import Cell, safe, safe_block
from screens.dialogs import ConfirmDialog
from screens.following import RecordsChanged
from screens.forms import FormScreen
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.prose import block, toned, wrapped
from screens.query_lists import QueryListScreen
from screens.ticket_facts import number
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = "repair"
VIEWS = (
    View(N_("Away now"), "is:away sort:sent"),
    View(N_("Back without a bill"), "is:unbilled"),
    View(N_("Paid by warranty"), "is:warranty"),
    View(N_("Capitalised"), "is:capitalised"),
)
Make = Callable[[Session, RepairRow, Mapping[str, object], Callable[[object], None]], FormScreen]
NEW, EDIT = of_feature(FEATURE, "new", "edit")


class RepairsScreen(asset_rooms.InRooms, QueryListScreen[RepairRow]):
    """Repairs, the latest first."""

    TITLE = "Repairs"
    ROOM = asset_rooms.REPAIRS
    AREA = asset_rooms.AREA
    FEATURE = "asset_repair"
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW, EDIT,
        Action("repair.bring-back", N_("Take back from repair"), ("b",), LIST, CHANGE, rank=12,
               short=N_("take back")),
        Action("repair.capitalise", N_("Capitalise its cost"), ("P",), LIST, CHANGE, rank=15,
               short=N_("capitalise"),
               help=N_("The register of fixed assets takes it over as a part.")),
        Action("repair.remove", N_("Take away what was noted wrongly"), ("D",), LIST, CHANGE),
        Action("repair.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[RepairRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("tag", N_("Tag"), 9, lambda row: Cell(safe(row.tag), "info")),
            Column("name", N_("Name"), 14, lambda row: Cell(safe(row.asset)), grow=1, priority=3),
            Column("what", N_("What is broken"), 26, lambda row: Cell(safe(row.description)),
                   grow=2),
            Column("sent", N_("Sent"), 10, lambda row: Cell(str(row.sent_on)), sort="sent"),
            Column("returned", N_("Back"), 10, _back, sort="returned"),
            Column("supplier", N_("Supplier"), 14, lambda row: Cell(safe(row.supplier), "muted"),
                   grow=1, priority=1),
            Column("cost", N_("Costs"), 14, _cost, align="right"),
            Column("result", N_("Result"), 13,
                   lambda row: Cell(_(RESULT_TITLES[row.result]) if row.result else ""),
                   priority=2),
        )  # fmt: skip

    def source(self, query: str) -> Paged[RepairRow]:
        """Return where the rows of a query come from."""
        return Paged(repair_list, self.session, query)

    def read_area(self) -> Area:
        """Return what queries may say about repairs."""
        return repair_list.remembered_area(self.session)

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
        return _("No repair matches. n sends an asset to be repaired, v has the views.")

    def preview(self, row: RepairRow) -> RenderableType:
        """Return a repair at length; reads its bill."""
        room = self.query_one(Preview).room
        lines = wrapped(toned((f"{safe(row.tag)} {safe(row.asset)}", "strong")), room)
        pays = _("the warranty pays") if row.warranty else ""
        taken = asset_number(row.fixed_asset_id) if row.fixed_asset_id else ""
        for label, text in (
            (N_("What is broken"), safe(row.description)), (N_("Supplier"), safe(row.supplier)),
            (N_("Sent"), str(row.sent_on)), (N_("Back"), str(row.returned_on or _("away"))),
            (N_("Costs"), money(repairs.cost_of(row))), (N_("Invoice"), repairs.bill_of(row)),
            (N_("Warranty"), pays), (N_("Fixed asset"), taken),
            (N_("Ticket"), number(row.ticket_id) if row.ticket_id else ""),
            (N_("Note"), safe_block(row.note)),
        ):  # fmt: skip
            if text:
                lines += wrapped(toned((f"{_(label)}: ", "muted"), (text, "")), room)
        return block(lines)

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when assets changed: their ids are not those of repairs."""
        if event.feature == ASSET:
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    # Going and changing

    def open_row(self, row: RepairRow) -> None:
        """Open the work on the asset."""
        from screens.asset import AssetScreen

        self.app.push_screen(AssetScreen(row.asset_id, tab="work"))

    def changed(self, _answer: object = None) -> None:
        """Show the list anew."""
        self.table.refresh_rows()
        self.show_preview(again=True)

    def action_new(self) -> None:
        """Ask which asset is sent, and why."""
        self.app.push_screen(service_forms.send_form(self.session, "", self.changed))

    def action_edit(self) -> None:
        """Open the form of the repair under the cursor."""
        if (row := self.row) is not None:
            self._form(service_forms.edit_repair_form, row)

    def action_bring_back(self) -> None:
        """Open the form that takes the asset back."""
        if (row := self.row) is None:
            return
        if row.returned_on is not None:
            self.app.say(_("{tag} is back already.").format(tag=row.tag))
            return
        self._form(service_forms.back_form, row)

    def action_capitalise(self) -> None:
        """Open the form that gives the cost to the register."""
        if (row := self.row) is None:
            return
        if why := repairs.why_not_capitalised(row):
            self.app.say(why)
            return
        self._form(service_forms.capitalise_form, row)

    def _form(self, make: Make, row: RepairRow) -> None:
        """Read what is written of a repair, and open a form of it."""

        def show(words: Mapping[str, object]) -> None:
            self.app.push_screen(make(self.session, row, words, self.changed))

        self.load(partial(repairs.words_of, row), show, group="ask")

    def action_remove(self) -> None:
        """Ask, then take the repair away."""
        if (row := self.row) is None:
            return

        def act(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(repairs.withdraw, self.session, row), feature=ASSET,
                    touched=[row.asset_id], done=self.changed,
                    said=_("The repair of {tag} is taken away.").format(tag=row.tag),
                )  # fmt: skip

        question = _("Take the repair of {tag} away, as if it never was?").format(tag=row.tag)
        self.app.push_screen(ConfirmDialog(question), act)


def _back(row: RepairRow) -> Cell:
    return Cell(str(row.returned_on)) if row.returned_on else Cell(_("away"), "warn")


def _cost(row: RepairRow) -> Cell:
    if row.warranty and row.cost is None:
        return Cell(_("warranty"), "good")
    return Cell(money(repairs.cost_of(row)), "info" if row.fixed_asset_id else "")
