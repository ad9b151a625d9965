"""A balance explained: every line of the ledger of a type, with the reason of each number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.console import RenderableType
from textual import on

from boconsole.language import N_, _
from boconsole.leave import quantities, reading, words
from boconsole.leave.balances import Line
from boconsole.leave.explaining import amount
from boconsole.leave.reading import Balance
from boconsole.staff import finding
from screens import leave_facts, staff_rooms
from screens.actions import SHOW
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.places import Place
from screens.prose import block
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class Entry(NamedTuple):
    """A line at its place, counted from 1."""

    place: int
    line: Line


class BalanceScreen(RegisterScreen[Entry]):
    """The ledger of one type of one person, the oldest line first.

    Args:
        employee_id: Of whom; 0 for oneself.
        code: Of the type; "" for the first one that counts a balance.
    """

    TITLE = "Balance"
    AREA = staff_rooms.AREA
    FEATURE = "leave_balance"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("leave.next-tab", N_("Next type of leave"), ("tab",), LIST, SHOW, rank=11,
               short=N_("next type")),
    )  # fmt: skip

    def __init__(self, employee_id: int, code: str = "") -> None:
        super().__init__()
        self._employee_id, self._code = employee_id, code
        self._balances: list[Balance] = []
        self._name = ""

    # What it shows

    @property
    def _balance(self) -> Balance | None:
        codes = [each.kind.code for each in self._balances]
        if not codes:
            return None
        return self._balances[codes.index(self._code) if self._code in codes else 0]

    def heading(self) -> Heading:
        """Return whose, and what is left."""
        found, shown = super().heading(), self._balance
        if shown is None:
            return found._replace(view=_("Balance"))
        told = f"{safe(self._name)}: {safe(shown.kind.title)}"
        unit = shown.rule.unit
        left = _("{left} left, {free} free").format(
            left=amount(shown.left, unit), free=quantities.shown(shown.free)
        )
        return found._replace(view=told, number=left)

    def columns(self) -> Sequence[Column[Entry]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.line.on))),
            Column("what", N_("What"), 12, lambda row: Cell(_(words.KINDS[row.line.kind]))),
            Column("change", N_("Change"), 9, _change, align="right"),
            Column("left", N_("Left"), 7, lambda row: Cell(quantities.shown(row.line.balance)),
                   align="right"),
            Column("why", N_("Why"), 30, self._why, grow=1),
        )  # fmt: skip

    def _why(self, row: Entry) -> Cell:
        unit = self._balance.rule.unit if self._balance else "days"
        return Cell(safe(reading.explained(row.line, unit)), "bad" if row.line.short else "")

    def read_rows(self) -> Sequence[Entry]:
        """Return the lines; blocks."""
        if not self._employee_id:
            self._employee_id = finding.own(self.session).id
        self._name = finding.again(self._employee_id).name
        self._balances = reading.balances_of(self.session, self._employee_id)
        shown = self._balance
        return [Entry(place, line) for place, line in enumerate(shown.lines, 1)] if shown else []

    def key_of(self, row: Entry) -> int:
        """Return the place."""
        return row.place

    def empty_text(self) -> str:
        """Return what an empty ledger says."""
        return _("Nothing was granted or taken yet; q goes back.")

    def preview(self, row: Entry) -> RenderableType:
        """Return a line with its whole reason."""
        shown = self._balance
        if shown is None:
            return block([])
        only = shown._replace(lines=(row.line,))
        return block(leave_facts.balance_lines(only, self.query_one(Preview).room))

    def why_not(self, action: Action) -> str:
        """Say what a ledger cannot do."""
        if action.id == "leave.next-tab" and len(self._balances) < 2:
            return _("No other type of leave counts a balance.")
        return super().why_not(action)

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read everything again: ids of requests are no places of lines."""
        if event.feature == leave_facts.FEATURE:
            self.records_changed(RecordsChanged(self.FEATURE, ()))

    def place(self) -> Place:
        """Return the room it was opened from."""
        return Place(self.AREA, view="leave")

    # Going

    def open_row(self, row: Entry) -> None:
        """Open the request of days taken."""
        from screens.leave_request import LeaveRequestScreen

        if row.line.key:
            self.app.push_screen(LeaveRequestScreen(row.line.key))
        else:
            self.app.say(safe(reading.explained(row.line)))

    def action_next_tab(self) -> None:
        """Show the ledger of the next type."""
        codes = [each.kind.code for each in self._balances]
        shown = self._balance
        if shown is not None:
            self._code = codes[(codes.index(shown.kind.code) + 1) % len(codes)]
            self.show_query("")


def _change(row: Entry) -> Cell:
    change = row.line.change
    if change > 0:
        return Cell(f"+{quantities.shown(change)}", "good")
    return Cell(quantities.shown(change), "" if change else "muted")
