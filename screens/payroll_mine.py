"""One's own pay slips: every month that was posted, and each line of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.payroll import reading, slips, tax_papers
from boconsole.payroll.reading import Slip
from screens import staff_rooms
from screens.actions import SHOW
from screens.cells import Cell, safe
from screens.file_prompts import ask_file
from screens.keys import LIST, Action
from screens.payroll_facts import FEATURE, STATES, amount, look_word
from screens.payroll_rooms import MINE
from screens.registers import RegisterScreen
from screens.widgets.columns import Column

CERTIFICATE = Action(f"{FEATURE}.certificate", N_("Write the year's tax certificate as PDF"),
                     ("w",), LIST, SHOW, rank=13, short=N_("tax certificate"))  # fmt: skip


class MyPayScreen(staff_rooms.InRooms, RegisterScreen[Slip]):
    """Own slips, the newest first."""

    TITLE = "My pay slips"
    ROOM = MINE
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (CERTIFICATE,)

    def columns(self) -> Sequence[Column[Slip]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda each: Cell(each.run.number, "info")),
            Column("month", N_("Month"), 7, lambda each: Cell(each.run.title)),
            Column("state", N_("State"), 12, lambda each: look_word(STATES[each.run.state]),
                   priority=1),
            Column("earned", N_("Earned"), 14,
                   lambda each: amount(each.row.earned, each.run.digits), align="right"),
            Column("tax", N_("Tax"), 12,
                   lambda each: amount(each.row.tax, each.run.digits), align="right"),
            Column("net", N_("Paid out"), 14,
                   lambda each: amount(each.row.net, each.run.digits, "strong"), align="right"),
            Column("code", "", 3, lambda each: Cell(safe(each.run.currency), "muted")),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Slip]:
        """Return one's own slips; blocks."""
        return reading.own(self.session)

    def key_of(self, row: Slip) -> int:
        """Return the id of the run."""
        return row.run.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No pay slip of yours yet; they come once a month is posted.")

    def open_row(self, row: Slip) -> None:
        """Open the lines of a slip."""
        from screens.payroll_lines import PayLinesScreen

        self.app.push_screen(PayLinesScreen(row))

    def action_certificate(self) -> None:
        """Ask for the file of the certificate of a slip's year, and write it."""
        if (slip := self.row) is not None:
            year = slip.run.month // 100
            title = _("The tax certificate as which file? (.pdf)")
            ask_file(self, title, f"BPA1-{year}.pdf", partial(self._certificate_work, year))

    def _certificate_work(self, year: int, path: str) -> Callable[[], str]:
        def write() -> str:
            tax_papers.write_own(self.session, year, Path(path))
            return _("The tax certificate of {year} is in {path}.").format(year=year, path=path)

        return write

    def action_export(self) -> None:
        """Ask for the file of a slip, and write it."""
        if (slip := self.row) is not None:
            title = _("The pay slip as which file? (.pdf)")
            ask_file(self, title, f"{slip.run.number}.pdf", partial(self._file_work, slip))

    def export_work(self, path: str, rows: Sequence[Slip] | None) -> Callable[[], str] | None:
        """Return the operation that writes the slip under the cursor, or marked, as PDF."""
        return self._file_work(rows[0] if rows else self.row, path)

    def _file_work(self, chosen: Slip | None, path: str) -> Callable[[], str]:
        def write() -> str:
            number = chosen.run.number if chosen else ""
            slip = slips.write_own(self.session, number, Path(path))
            return _("The pay slip of {month} is in {path}.").format(
                month=slip.run.title, path=path
            )

        return write
