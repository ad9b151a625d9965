"""The plans of service: what is done again and again, for what, and when it is next due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.assets.service import plan_list, plans, reading
from boconsole.assets.service.reading import DueRow, PlanRow
from boconsole.filters import Area
from boconsole.language import N_, _
from screens import asset_rooms, service_forms
from screens.actions import CHANGE, FIND, of_feature
from screens.asset_facts import FEATURE as ASSET
from screens.asset_facts import today
from screens.asset_work import counted, span
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.prose import block, toned
from screens.query_lists import QueryListScreen
from screens.registers import number
from screens.ticket_facts import number as ticket_number
from screens.widgets.columns import Column

FEATURE = "plan"
MOST = 30
"""Assets of a plan that its menu and preview name."""
VIEWS = (
    View(N_("Due today"), "is:due sort:next"),
    View(N_("The next 30 days"), "next:<30d sort:next"),
    View(N_("A ticket is open"), "is:open"),
    View(N_("Stopped plans"), "is:stopped"),
)
NEW, EDIT, STATE = of_feature(FEATURE, "new", "edit", "state")


class PlansScreen(asset_rooms.InRooms, QueryListScreen[PlanRow]):
    """Plans by name, without those that are stopped."""

    TITLE = "Plans"
    ROOM = asset_rooms.PLANS
    AREA = asset_rooms.AREA
    FEATURE = plans.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW, EDIT, STATE,
        Action("plan.work", N_("Note that it is done"), ("w",), LIST, CHANGE, rank=14,
               short=N_("done")),
        Action("plan.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[PlanRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Plan"), 22, lambda row: Cell(safe(row.name)), grow=2, sort="name"),
            Column("target", N_("For"), 12, _target, grow=1),
            Column("every", N_("Every"), 14, lambda row: Cell(safe(span(row)), "muted")),
            Column("next", N_("Next"), 10, self._next, sort="next"),
            Column("assets", N_("Assets"), 6, lambda row: number(row.assets), align="right",
                   priority=1),
            Column("open", N_("Tickets"), 7,
                   lambda row: number(row.open, "info" if row.open else ""), align="right"),
            Column("ahead", N_("Ahead"), 6, lambda row: Cell(f"{row.lead_days}d", "muted"),
                   align="right", priority=2),
        )  # fmt: skip

    def _next(self, row: PlanRow) -> Cell:
        if not row.active:
            return Cell(_("stopped"), "muted")
        if row.next_on is None:
            return Cell(_("by count") if row.counter else "", "muted")
        return Cell(str(row.next_on), "bad" if row.next_on < today(self.session) else "")

    def source(self, query: str) -> Paged[PlanRow]:
        """Return where the rows of a query come from."""
        return Paged(plan_list, self.session, query)

    def read_area(self) -> Area:
        """Return what queries may say about plans."""
        return plan_list.remembered_area(self.session)

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
        return _("No plan of service. n plans what is done again and again.")

    def preview(self, row: PlanRow) -> RenderableType:
        """Return a plan with its assets; reads."""
        dues = reading.dues_of_plan(self.session, row.id)[:MOST]
        return block([
            toned((safe(row.name), "strong")), toned((_state(row), "muted")),
            *(toned((f"{safe(due.tag)} ", "info"), (_when(due), "")) for due in dues),
        ])  # fmt: skip

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when work was done: the ids are those of assets."""
        if event.feature in (ASSET, self.FEATURE):
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    # Going

    def open_row(self, row: PlanRow) -> None:
        """Open the work on its asset, or choose one of its assets."""
        self._of_dues(row, self._open)

    def _open(self, due: DueRow) -> None:
        from screens.asset import AssetScreen

        self.app.push_screen(AssetScreen(due.asset_id, tab="work"))

    def _of_dues(self, row: PlanRow, then: Callable[[DueRow], object]) -> None:
        def show(dues: Sequence[DueRow]) -> None:
            if not dues:
                self.app.say(_("No asset comes under this plan yet."))
            elif len(dues) == 1:
                then(dues[0])
            else:
                choices = [
                    Choice(str(place), f"{due.tag} {due.asset}  {_when(due)}")
                    for place, due in enumerate(dues[:MOST])
                ]

                def take(chosen: str | None) -> None:
                    if chosen:
                        then(dues[int(chosen)])

                dialog = MenuDialog(_("Assets of {name}").format(name=row.name), choices)
                self.app.push_screen(dialog, take)

        self.load(partial(reading.dues_of_plan, self.session, row.id), show, group="ask")

    # Changing

    def changed(self, _answer: object = None) -> None:
        """Show the list anew."""
        self.table.refresh_rows()
        self.show_preview(again=True)

    def action_new(self) -> None:
        """Open the form of a new plan."""
        self.app.push_screen(service_forms.plan_form(self.session, self.changed))

    def action_edit(self) -> None:
        """Open the form of the plan under the cursor."""
        if (row := self.row) is not None:
            self.app.push_screen(service_forms.edit_plan_form(self.session, row, self.changed))

    def action_work(self) -> None:
        """Ask which asset it is done for, then what was done."""
        if (row := self.row) is not None:
            self._of_dues(row, lambda due: self.app.push_screen(
                service_forms.done_form(self.session, due, self.changed)))  # fmt: skip

    def action_state(self) -> None:
        """Stop the plan, or take it up again."""
        if (row := self.row) is None:
            return
        told = _("{name} is stopped; s takes it up again.")
        if not row.active:
            told = _("{name} is followed again.")
        self.change(
            partial(plans.set_active, self.session, row, active=not row.active),
            said=told.format(name=row.name), feature=self.FEATURE, touched=[row.id],
            done=self.changed,
        )  # fmt: skip


def _target(row: PlanRow) -> Cell:
    return Cell(safe(row.target), "info" if row.target_kind == "asset" else "")


def _state(row: PlanRow) -> str:
    after = _("counted from the work done") if row.after_done else _("by the calendar")
    told = _("every {span}, {after}").format(span=safe(span(row)), after=after)
    return told if row.active else ", ".join((told, _("stopped")))


def _when(due: DueRow) -> str:
    parts = [str(due.next_on)] if due.next_on else []
    parts += [counted(due)] if due.next_count is not None else []
    parts += [ticket_number(due.ticket_id)] if due.ticket_id else []
    return "  ".join(parts)
