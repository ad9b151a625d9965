"""One person's pay of a month, line by line from gross to net, each with rule and source."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from boconsole.language import N_, _
from boconsole.payroll import citing, words
from boconsole.payroll.reading import Slip
from boconsole.payroll.rules.lines import Kind, Line
from screens import staff_rooms
from screens.cells import Cell, Look, safe
from screens.ledger.facts import money
from screens.payroll_facts import FEATURE, KINDS, SUM, amount, look_word
from screens.payroll_rooms import RUNS
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

ORDER: tuple[Kind, ...] = ("earning", "deduction", "tax", "benefit", "employer", "working")
ASIDE = ORDER[3:]
"""Kinds of lines that change nothing of what is paid out."""
NET = "net"


class PayLinesScreen(staff_rooms.InRooms, RegisterScreen[tuple[int, Line]]):
    """The lines of a slip in their order.

    Args:
        slip: As it was read.
    """

    TITLE = "Pay slip"
    ROOM = RUNS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE

    def __init__(self, slip: Slip) -> None:
        self.slip = slip
        super().__init__()

    def heading(self) -> Heading:
        """Return the person, the month and what is paid out."""
        run, row = self.slip.run, self.slip.row
        told = _("{name}, {month}: {net} {code} paid out").format(
            name=safe(row.name), month=run.title, net=money(row.net, run.digits),
            code=safe(run.currency),
        )  # fmt: skip
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[tuple[int, Line]]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        digits = self.slip.run.digits
        return (
            Column("kind", N_("Kind"), 15, lambda each: look_word(_look(each[1]))),
            Column("name", N_("What"), 16,
                   lambda each: Cell(safe(words.line_name(each[1].name))), grow=1),
            Column("base", N_("Base"), 13,
                   lambda each: amount(each[1].base or None, digits, "muted"), align="right"),
            Column("rate", N_("Rate"), 8, lambda each: Cell(safe(each[1].rate), "muted"),
                   align="right"),
            Column("amount", N_("Amount"), 14,
                   lambda each: amount(each[1].amount, digits,
                                       "strong" if each[1].code == NET else ""),
                   align="right"),
            Column("source", N_("Source"), 20,
                   lambda each: Cell(safe(citing.source(each[1].source)), "muted"),
                   grow=3, priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[tuple[int, Line]]:
        """Return the lines: earned, kept and withheld, what is paid out, and then the rest."""
        lines = sorted(self.slip.lines, key=lambda line: ORDER.index(line.kind))
        aside = next((at for at, line in enumerate(lines) if line.kind in ASIDE), len(lines))
        lines.insert(aside, Line("working", NET, N_("Paid out"), 0, "", self.slip.row.net))
        return list(enumerate(lines, 1))

    def key_of(self, row: tuple[int, Line]) -> int:
        """Return the place of a line."""
        return row[0]

    def open_row(self, row: tuple[int, Line]) -> None:
        """Say where the rule of a line stands."""
        line = row[1]
        self.app.say(_("{name}: {rules}, {source}").format(
            name=words.line_name(line.name), rules=self.slip.row.rules,
            source=citing.source(line.source) or _("no rule"),
        ))  # fmt: skip

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("There is no line.")

    def preview(self, row: tuple[int, Line]) -> RenderableType:
        """Return a line with its rule."""
        room, line = self.query_one(Preview).room, row[1]
        digits = self.slip.run.digits
        lines = wrapped(toned((safe(words.line_name(line.name)), "strong")), room)
        if line.base:
            told = f"{money(line.base, digits)} × {safe(line.rate)}"
            lines += wrapped(toned((told, "")), room)
        lines += wrapped(toned((money(line.amount, digits), "strong")), room)
        told = f"{self.slip.row.rules}: {citing.source(line.source)}"
        lines += wrapped(toned((safe(told), "muted")), room)
        return block(lines)

    def place(self) -> Place:
        """Return the run."""
        return Place(self.AREA, record=self.slip.run.number)


def _look(line: Line) -> Look:
    return SUM if line.code == NET else KINDS[line.kind]
