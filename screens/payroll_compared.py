"""What differs between two months of pay, person by person, each difference with its cause."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from boconsole.language import N_, _
from boconsole.payroll import comparing, words
from boconsole.payroll.comparing import Before, Difference
from boconsole.payroll.reading import RunRow
from screens import staff_rooms
from screens.cells import Cell, safe
from screens.ledger.facts import money
from screens.payroll_facts import FEATURE, amount
from screens.payroll_rooms import RUNS
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class ComparedScreen(staff_rooms.InRooms, RegisterScreen[tuple[int, Difference]]):
    """Differences from the month before, by name.

    Args:
        run: The later one.
    """

    TITLE = "Compared pay"
    ROOM = RUNS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE

    def __init__(self, run: RunRow) -> None:
        self.run_row = run
        self.before: Before | None = None
        super().__init__()

    def heading(self) -> Heading:
        """Return the two runs and what the whole changed by."""
        now, before = self.run_row, self.before
        told = _("{number} {month}: nothing before it").format(number=now.number, month=now.title)
        if before is not None:
            told = _("{month} against {before}: {change} {code} paid out").format(
                month=now.title, before=before.month, code=safe(now.currency),
                change=money(now.net - before.net, now.digits),
            )  # fmt: skip
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[tuple[int, Difference]]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        digits = self.run_row.digits
        return (
            Column("name", N_("Name"), 14, lambda each: Cell(safe(each[1].person)), grow=1),
            Column("what", N_("What"), 16, _what, grow=1),
            Column("before", N_("Before"), 13, lambda each: amount(each[1].before, digits),
                   align="right", priority=2),
            Column("now", N_("Now"), 13, lambda each: amount(each[1].now, digits),
                   align="right", priority=1),
            Column("change", N_("Change"), 13, lambda each: amount(each[1].change, digits,
                   "good" if each[1].change > 0 else "bad"), align="right"),
            Column("cause", N_("Cause"), 30, lambda each: Cell(safe(each[1].cause)), grow=3),
        )  # fmt: skip

    def read_rows(self) -> Sequence[tuple[int, Difference]]:
        """Return the differences; blocks."""
        self.before, found = comparing.compare(self.session, self.run_row)
        self.app.call_later(self.show_status)
        return list(enumerate(found, 1))

    def key_of(self, row: tuple[int, Difference]) -> int:
        """Return the place."""
        return row[0]

    def open_row(self, row: tuple[int, Difference]) -> None:
        """Say the whole cause."""
        self.app.say(f"{row[1].person}: {row[1].cause}")

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing differs from the month before.")

    def preview(self, row: tuple[int, Difference]) -> RenderableType:
        """Return a difference with its cause."""
        room, each = self.query_one(Preview).room, row[1]
        lines = wrapped(toned((safe(f"{each.person}: {words.line_name(each.name)}"), "strong")),
                        room)  # fmt: skip
        lines += wrapped(toned((safe(each.cause), "")), room)
        return block(lines)


def _what(each: tuple[int, Difference]) -> Cell:
    tone = "strong" if each[1].code == comparing.NET else ""
    return Cell(safe(words.line_name(each[1].name)), tone)
