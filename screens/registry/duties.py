"""The duties of all contracts, the nearest first; Enter opens the contract."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from boconsole.filters import Area
from boconsole.filters.remembering import remembered
from boconsole.language import N_, _
from boconsole.registry import agreements, contract_area, obligations, reading, words
from boconsole.registry.contracts import ObligationRow
from screens.actions import FIND, of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.lists import View
from screens.paged import Paged
from screens.query_lists import QueryListScreen
from screens.registry import facts
from screens.registry.rooms import AREA, DUTIES, InRooms, Kept
from screens.widgets.columns import Column

VIEWS = (
    View(N_("Due in 30 days"), "due:<=30d sort:due"),
    View(N_("Theirs"), "side:theirs sort:due"),
    View(N_("Closed duties"), "state:done,dropped sort:-due"),
)


class DutiesScreen(Kept, InRooms, QueryListScreen[ObligationRow]):
    """What is open, by day."""

    TITLE = "Duties"
    ROOM = DUTIES
    AREA = AREA
    FEATURE = "obligation"
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature("duty", "state"),
        Action("duty.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )

    def columns(self) -> Sequence[Column[ObligationRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = reading.today(self.session)
        return (
            Column("due", N_("Due"), 10, lambda row: facts.until(
                row.due_on, today, over=row.state != "open"), sort="due"),
            Column("title", N_("Duty"), 22, lambda row: Cell(safe(row.title)), grow=3,
                   sort="title"),
            Column("state", N_("State"), 8,
                   lambda row: Cell(_(words.OBLIGATION_STATES[row.state]))),
            Column("side", N_("Whose"), 10, lambda row: Cell(_(words.SIDES[row.side]))),
            Column("owner", N_("Owner"), 9, lambda row: Cell(safe(row.owner), "muted"),
                   priority=1),
            Column("contract", N_("Contract"), 9,
                   lambda row: Cell(words.contract_number(row.contract_id), "info"),
                   sort="contract"),
            Column("of", N_("Of"), 18, lambda row: Cell(safe(row.contract), "muted"), grow=2,
                   priority=2),
            Column("every", N_("Again after"), 11,
                   lambda row: Cell(words.span(row.every_months) or "-", "muted"), priority=3),
        )  # fmt: skip

    def source(self, query: str) -> Paged[ObligationRow]:
        """Return where the rows of a query come from."""
        return Paged(agreements.DUTIES, self.session, query)

    def read_area(self) -> Area:
        """Return what queries may say about duties."""
        return remembered(contract_area.duty_area(self.session))

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No duty is open. D on a contract adds one.")

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again: ids of contracts are not those of duties."""
        if event.feature == facts.CONTRACT:
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    def open_row(self, row: ObligationRow) -> None:
        """Open the contract."""
        from screens.registry.contract import ContractScreen

        self.app.push_screen(ContractScreen(row.contract_id))

    def action_state(self) -> None:
        """Choose whether the duty under the cursor is met or dropped."""
        row = self.row
        if row is None:
            return
        why = "" if row.state == "open" else _("it is closed already")
        choices = [Choice("done", _("It is met"), "m", reason=why),
                   Choice("dropped", _("Drop it"), "d", reason=why)]  # fmt: skip

        def take(chosen: str | None) -> None:
            if chosen:
                work = partial(obligations.close, self.session, row, dropped=chosen == "dropped")
                self.change(work, said=_("The duty is closed."), feature=facts.CONTRACT,
                            touched=[row.contract_id])  # fmt: skip

        self.app.push_screen(MenuDialog(row.title, choices), take)
