"""What waits for one's decision: leave and overtime of the people below, or of all for HR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from rich.console import RenderableType
from textual import on

from boconsole.language import N_, _, ngettext
from boconsole.leave import deciding, overtime, quantities, reading, telling, words
from boconsole.leave.overtime import Overtime
from boconsole.leave.reading import Request
from screens import leave_facts, leave_rooms, staff_rooms
from screens.actions import CHANGE, SHOW
from screens.cells import Cell, safe
from screens.dialogs import PromptDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.leave_acts import needed
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FOLLOWED = (leave_facts.FEATURE, overtime.FEATURE)


class Waits(NamedTuple):
    """A request of leave, or overtime; one of them is None."""

    leave: Request | None
    overtime: Overtime | None

    @property
    def number(self) -> str:
        """Of the record."""
        found = self.leave or self.overtime
        return found.number if found else ""

    @property
    def name(self) -> str:
        """Of the person."""
        found = self.leave or self.overtime
        return found.row.employee if found else ""

    @property
    def first(self) -> date:
        """The first day."""
        if self.leave is not None:
            return self.leave.row.first
        return self.overtime.row.day if self.overtime else date.min


class LeaveApprovalsScreen(staff_rooms.InRooms, RegisterScreen[Waits]):
    """What waits, the nearest day first."""

    TITLE = "Leave to decide"
    ROOM = leave_rooms.APPROVALS
    AREA = staff_rooms.AREA
    FEATURE = "leave_approval"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("leave_approval.approve", N_("Approve"), ("A",), LIST, CHANGE, rank=11,
               short=N_("approve"), help=N_("The marked ones, or this one.")),
        Action("leave_approval.reject", N_("Reject"), ("X",), LIST, CHANGE, rank=12,
               short=N_("reject"), help=N_("Asks for the reason, which the person reads.")),
        Action("leave_approval.explain", N_("Explain the balance"), ("E",), LIST, SHOW, rank=13,
               short=N_("balance")),
    )  # fmt: skip

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes the last decision about leave back."""
        return partial(leave_facts.taken_back, self.session)

    # What it shows

    def columns(self) -> Sequence[Column[Waits]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info")),
            Column("name", N_("Name"), 16, lambda row: Cell(safe(row.name)), grow=1),
            Column("what", N_("What"), 14, _what, grow=1),
            Column("days", N_("Days"), 24, _days),
            Column("takes", N_("Takes"), 9, _takes, align="right"),
            Column("note", N_("Note"), 16, _note, grow=2, priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Waits]:
        """Return what may be decided; blocks."""
        found = [Waits(each, None) for each in reading.waiting(self.session)]
        found += [Waits(None, each) for each in overtime.waiting(self.session)]
        return sorted(found, key=lambda each: (each.first, each.number))

    def key_of(self, row: Waits) -> int:
        """Return a number that no other row has."""
        if row.leave is not None:
            return row.leave.row.id * 2
        return row.overtime.row.id * 2 + 1 if row.overtime else 0

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing waits for your decision. v has the other rooms.")

    def preview(self, row: Waits) -> RenderableType:
        """Return a request beside the list, with the balance that it takes from."""
        room = self.query_one(Preview).room
        if row.leave is not None:
            found = reading.balances_to_decide(self.session, row.leave)
            return block(leave_facts.picture(row.leave, room, found))
        if row.overtime is None:
            return block([])
        each = row.overtime
        title = toned((f"{each.number} {safe(each.row.employee)}", "strong"))
        return block([
            *wrapped(title, room), toned(f"{each.row.day}, {_(words.DAY_KINDS[each.kind])}"),
            toned(_hours(each)), *wrapped(toned((safe(each.row.note), "")), room),
        ])  # fmt: skip

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Read everything again when leave or overtime was changed."""
        if event.feature in FOLLOWED:
            self.records_changed(RecordsChanged(self.FEATURE, ()))

    # Going

    def open_row(self, row: Waits) -> None:
        """Open a request; overtime has told everything here."""
        from screens.leave_request import LeaveRequestScreen

        if row.leave is not None:
            self.app.push_screen(LeaveRequestScreen(row.leave.row.id))
        elif row.overtime is not None:
            self.app.say(f"{row.number} {safe(row.name)}: {safe(row.overtime.row.note)}")

    def open_number(self, number: str) -> None:
        """Tell of overtime by its number, as typed after `:` or chosen from the news."""

        def read() -> Overtime:
            found = overtime.get(self.session, number)
            telling.mark_read(self.session, found.row.id, overtime.FEATURE)
            return found

        def tell(found: Overtime) -> None:
            row, state = found.row, reading.state_title(found.row.state)
            by = f" ({safe(row.decided_by)})" if row.decided_by else ""
            self.app.say(
                f"{found.number} {safe(row.employee)}, {row.day}, {_hours(found)}: {state}{by}"
            )

        self.load(read, tell, group="open")

    # Deciding

    def action_approve(self) -> None:
        """Approve the marked requests, else the one under the cursor."""

        def approve(rows: Sequence[Waits]) -> None:
            said = _("{number} is approved.") if len(rows) == 1 else _("{n} requests are approved.")
            self._decide(rows, partial(_approve, self, rows), said)

        self.with_chosen(approve)

    def action_reject(self) -> None:
        """Ask for the reason, then reject."""

        def ask(rows: Sequence[Waits]) -> None:
            if not rows:
                self.app.say(_("Nothing waits here."))
                return
            title = ngettext("Why is {number} rejected?", "Why are {n} requests rejected?",
                             len(rows)).format(number=rows[0].number, n=len(rows))  # fmt: skip
            said = ngettext("{number} is rejected.", "{n} requests are rejected.", len(rows))

            def reject(reason: str | None) -> None:
                if reason is not None:
                    self._decide(rows, partial(_reject, self, rows, reason), said)

            self.app.push_screen(PromptDialog(title, check=needed), reject)

        self.with_chosen(ask)

    def action_explain(self) -> None:
        """Show the balance of the person under the cursor."""
        from screens.leave_balance import BalanceScreen

        row = self.row
        if row is not None and row.leave is not None:
            self.app.push_screen(BalanceScreen(row.leave.row.employee_id, row.leave.row.code))

    def _decide(self, rows: Sequence[Waits], work: Callable[[], object], said: str) -> None:
        if not rows:
            self.app.say(_("Nothing waits here."))
            return

        def done(_answer: object) -> None:
            self.table.clear_marks()
            self.app.following.spread(overtime.FEATURE, frozenset())

        self.change(work, said=said.format(number=rows[0].number, n=len(rows)),
                    feature=leave_facts.FEATURE, done=done)  # fmt: skip


def _approve(screen: LeaveApprovalsScreen, rows: Sequence[Waits]) -> None:
    from boconsole.leave import together

    together.approve(screen.session, *_refs(rows))


def _reject(screen: LeaveApprovalsScreen, rows: Sequence[Waits], reason: str) -> None:
    from boconsole.leave import together

    together.reject(screen.session, *_refs(rows), reason)


def _refs(rows: Sequence[Waits]) -> tuple[list[deciding.Ref], list[deciding.Ref]]:
    return ([each.leave.ref for each in rows if each.leave],
            [each.overtime.ref for each in rows if each.overtime])  # fmt: skip


def _what(row: Waits) -> Cell:
    if row.leave is not None:
        return Cell(safe(row.leave.row.title))
    kind = row.overtime.kind if row.overtime else "workday"
    return Cell(_("Overtime, {kind}").format(kind=_(words.DAY_KINDS[kind])))


def _days(row: Waits) -> Cell:
    return Cell(leave_facts.span(row.leave) if row.leave else str(row.first))


def _takes(row: Waits) -> Cell:
    if row.leave is not None:
        return leave_facts.takes(row.leave)
    return Cell(_hours(row.overtime) if row.overtime else "")


def _hours(each: Overtime) -> str:
    from boconsole.leave.explaining import amount

    return amount(quantities.from_minutes(each.row.minutes), "hours")


def _note(row: Waits) -> Cell:
    found = row.leave or row.overtime
    return Cell(safe(found.row.note) if found else "", "muted")
