"""A pay run: its people with what each earns, and the way into each line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from boconsole.language import N_, _, grouped, ngettext
from boconsole.payroll import asking, bank_file, reading, slips
from boconsole.payroll.reading import RunRow, Slip, SlipRow
from screens import staff_rooms
from screens.actions import SHOW
from screens.cells import Cell, safe
from screens.file_prompts import ask_file
from screens.keys import LIST, Action
from screens.ledger.facts import money
from screens.payroll import COMPARE, STATE, ask_state, compare
from screens.payroll_facts import FEATURE, STATES, amount
from screens.payroll_rooms import RUNS
from screens.places import Place
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

SLIPS = Action(f"{FEATURE}.slips", N_("Write the pay slips as PDF"), ("w",), LIST, SHOW, rank=13,
               short=N_("slips"))  # fmt: skip


class PayRunScreen(staff_rooms.InRooms, RegisterScreen[SlipRow]):
    """The people of a run, by name.

    Args:
        run: As it was read.
    """

    TITLE = "Pay run"
    ROOM = RUNS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    REGISTER = asking.SLIPS
    ACTIONS: ClassVar[Sequence[Action]] = (STATE, COMPARE, SLIPS)

    def __init__(self, run: RunRow) -> None:
        self.run_row = run
        super().__init__()

    def heading(self) -> Heading:
        """Return the run, its state and what it comes to."""
        row = self.run_row
        told = _("{number} {month} {state}, {net} {code} for {n} people").format(
            number=row.number, month=row.title, state=_(STATES[row.state].word),
            net=money(row.net, row.digits), code=safe(row.currency), n=grouped(row.people),
        )  # fmt: skip
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[SlipRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        digits = self.run_row.digits
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info"),
                   sort="number"),
            Column("name", N_("Name"), 18, lambda row: Cell(safe(row.name)), grow=2,
                   sort="name"),
            Column("department", N_("Department"), 12,
                   lambda row: Cell(safe(row.department), "muted"), grow=1, priority=3,
                   sort="department"),
            Column("status", N_("Status"), 8, lambda row: Cell(safe(row.status)), priority=2,
                   sort="status"),
            Column("earned", N_("Earned"), 14, lambda row: amount(row.earned, digits),
                   align="right", sort="earned"),
            Column("rate", N_("Rate"), 6, _rate, align="right", priority=4),
            Column("tax", N_("Tax"), 13, lambda row: amount(row.tax, digits),
                   align="right", sort="tax"),
            Column("net", N_("Paid out"), 14, lambda row: amount(row.net, digits, "strong"),
                   align="right", sort="net"),
            Column("cost", N_("Cost"), 14, lambda row: amount(row.cost, digits), align="right",
                   priority=5),
        )  # fmt: skip

    def read_rows(self) -> Sequence[SlipRow]:
        """Return the slips, and the run as it is now; blocks."""
        self.run_row = reading.find(self.session, self.run_row.number)
        self.app.call_later(self.show_status)
        return reading.slips(self.session, self.run_row)

    def key_of(self, row: SlipRow) -> int:
        """Return who it is."""
        return row.employee_id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody is so; esc shows all.")

    def open_row(self, row: SlipRow) -> None:
        """Open the lines of a person."""
        work = partial(reading.slip, self.session, self.run_row, row.employee_id)
        self.load(work, self._show, group="open")

    def _show(self, slip: Slip) -> None:
        from screens.payroll_lines import PayLinesScreen

        self.app.push_screen(PayLinesScreen(slip))

    def place(self) -> Place:
        """Return the run."""
        return Place(self.AREA, record=self.run_row.number)

    def action_state(self) -> None:
        """Approve, book, pay or drop this run."""
        ask_state(self, self.run_row, self._moved)

    def _moved(self, row: RunRow) -> None:
        self.run_row = row
        self.table.refresh_rows()

    def action_compare(self) -> None:
        """Show what differs from the month before."""
        compare(self, self.run_row)

    def action_slips(self) -> None:
        """Ask for a folder, and write the slips of all people into it."""
        title = _("The pay slips into which folder?")
        ask_file(self, title, f"slips-{self.run_row.title}", self._slips_work)

    def _slips_work(self, path: str) -> Callable[[], str]:
        def write() -> str:
            done = len(slips.write_all(self.session, self.run_row, Path(path)))
            told = ngettext("{n} pay slip is in {path}.", "{n} pay slips are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return write

    def action_export(self) -> None:
        """Ask for the file that tells the bank whom to pay, and write it."""
        title = _("For the bank: which file? (.csv, or .xml of ISO 20022)")
        ask_file(self, title, f"{self.run_row.number}.csv", self._file_work)

    def export_work(self, path: str, rows: Sequence[SlipRow] | None) -> Callable[[], str] | None:
        """Return the operation that writes the file for the bank."""
        del rows
        return self._file_work(path)

    def _file_work(self, path: str) -> Callable[[], str]:
        def write() -> str:
            done = bank_file.write(self.session, self.run_row, Path(path))
            told = ngettext("{n} payment is in {path}.", "{n} payments are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return write


def _rate(row: SlipRow) -> Cell:
    return Cell(f"{row.rate} %" if row.rate else "-", "" if row.rate else "muted")
