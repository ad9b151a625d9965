"""A statement on the screen: any of them, its days and comparison changed by a key each.

It is made in the worker thread; the last good one stays until the next is there. Folding and
moving use what is in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from rich.console import RenderableType
from textual.content import Content

from boconsole.errors import InvalidChangeError
from boconsole.language import _, ngettext
from boconsole.ledger import accounts, registers
from boconsole.ledger.statements import asking, exporting, periods
from boconsole.ledger.statements.asking import Asked
from boconsole.ledger.statements.periods import YEAR, Period
from boconsole.ledger.statements.shapes import Statement
from screens.cells import safe
from screens.dialogs import PromptDialog
from screens.keys import Action
from screens.ledger import facts, rooms, statement_keys, statement_lines
from screens.ledger.explaining_keys import ExplainsNumbers
from screens.ledger.laid_out import LaidOutScreen
from screens.ledger.opening import STATEMENTS, OpensStatements
from screens.ledger.rooms import Room
from screens.ledger.statement_keys import STATEMENT_KEYS
from screens.ledger.statement_lines import Line
from screens.places import Place
from screens.prose import block, toned
from screens.widgets.bars import Heading
from screens.widgets.preview import Preview

LAST = 20
"""Lines of the register that the preview shows."""


class Made(NamedTuple):
    """A statement and its lines, with some of them folded."""

    asked: Asked
    statement: Statement
    folded: frozenset[str]
    lines: Sequence[Line]


class StatementsScreen(OpensStatements, ExplainsNumbers, LaidOutScreen):
    """One statement.

    Args:
        name: One of `asking.TITLES`.
        words: What `asking.read` takes.
    """

    ACTIONS: ClassVar[Sequence[Action]] = (*STATEMENT_KEYS, *STATEMENTS)

    def __init__(self, name: str, words: str = "") -> None:
        self.asked = asking.read(name, words)
        self.shown = self.asked
        self.folded: set[str] = set()
        super().__init__()

    @classmethod
    def for_room(cls, room: Room, query: str) -> StatementsScreen:
        """Return a statement of the days that a query names."""
        return cls(room.id, query)

    # What it shows

    def heading(self) -> Heading:
        """Return which statement."""
        title = _(asking.TITLES[self.shown.name])
        return super().heading()._replace(view=title, filter="", number="")

    # Making

    def ask(self, asked: Asked) -> None:
        """Make another statement; what is shown stays until it is there."""
        self.asked = asked
        folded = frozenset(self.folded)

        def work() -> Made:
            told, statement = asking.make(self.session, asked)
            return Made(told, statement, folded, statement_lines.lines(statement, folded))

        self.load(work, self._take, group="statement")

    def read_again(self) -> None:
        """Make it again."""
        self.ask(self.asked)

    def _take(self, made: Made) -> None:
        self.asked = self.shown = made.asked
        self.statement = made.statement
        self.view = _(asking.TITLES[self.shown.name])
        if self.is_current:
            self.app.places.visit(self.place())
        if made.folded == self.folded:
            self._unwrapped = made.lines
            self.lay_out()
        else:
            self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        """Draw the statement anew after something was folded."""
        if self.statement is None:
            return
        self._unwrapped = statement_lines.lines(self.statement, self.folded)
        self.lay_out()

    def told(self, statement: Statement, missing: Sequence[str]) -> Content:
        """Return the days and what else was chosen."""
        return statement_keys.days_line(self.shown, statement, missing)

    def preview(self, row: Line) -> RenderableType:
        """Return the last lines behind an account's amount; reads."""
        room = self.query_one(Preview).room
        if not row.path:
            return toned((row.title.strip(), "strong"))
        days = self._behind()
        found = registers.page(
            self.session, accounts.find(row.path), "", LAST, backwards=True, days=days
        )
        head = toned((safe(row.path), "strong"))
        return block([head, Content(""), *(facts.register_line(one, room) for one in found.rows)])

    # Choosing

    def action_step_back(self) -> None:
        """Go to the period before."""
        self._move(lambda period: periods.stepped(period, -1))

    def action_step_on(self) -> None:
        """Go to the next period."""
        self._move(lambda period: periods.stepped(period, 1))

    def action_year_back(self) -> None:
        """Go a year back."""
        self._move(lambda period: periods.later(period, -YEAR))

    def action_year_on(self) -> None:
        """Go a year on."""
        self._move(lambda period: periods.later(period, YEAR))

    def _move(self, change: Callable[[Period], Period]) -> None:
        if self.asked.period is not None:
            self.ask(self.asked._replace(period=change(self.asked.period)))

    def action_period(self) -> None:
        """Ask for the days."""
        shown = periods.name(self.asked.period) if self.asked.period else ""
        prompt = PromptDialog(_("Which period? (2026-03, 2026, 2026-q1, 2026-01..2026-05)"),
                              shown, check=_problem)  # fmt: skip

        def take(text: str | None) -> None:
            if text:
                self.ask(self.asked._replace(period=periods.read(text)))

        self.app.push_screen(prompt, take)

    def action_compare(self) -> None:
        """Compare with nothing, the period before, the year before, the budget, in turn."""
        choices = asking.CHOICES[self.asked.name]
        self.ask(self.asked._replace(compare=_next(choices, self.asked.compared)))

    def action_turn(self) -> None:
        """Change between the direct and the indirect method."""
        self.ask(self.asked._replace(method=_next(asking.METHODS, self.asked.method)))

    def action_convert(self) -> None:
        """Convert to the reporting currency, or no longer."""
        from boconsole.invoices import worth

        def take(code: str) -> None:
            if code:
                self.ask(self.asked._replace(currency=code))
            else:
                self.app.say(_("No reporting currency is chosen; the setup has it."), "warning")

        if self.asked.currency:
            self.ask(self.asked._replace(currency=""))
        else:
            self.load(worth.chosen_reporting, take, group="ask")

    # Folding

    def action_unfold(self) -> None:
        """Show what is below."""
        if (row := self.row) is not None and row.key in self.folded:
            self.folded.discard(row.key)
            self._show()

    def action_fold(self) -> None:
        """Hide what is below, or go to what stands above."""
        if (row := self.row) is None:
            return
        if row.fold == "-" and row.key:
            self.folded.add(row.key)
            self._show()
        else:
            self._go_above(row)

    def _go_above(self, row: Line) -> None:
        """Put the cursor on the nearest line before that others stand below."""
        before = self.lines[: self.lines.index(row)]
        for line in reversed(before):
            if line.fold and line.depth < max(row.depth, 0):
                self.table.jump_to(self.source("").key(line))
                return

    def action_fold_all(self) -> None:
        """Show the sums of the sections alone, or everything again."""
        if self.folded:
            self.folded.clear()
        elif self.statement is not None:
            self.folded |= statement_lines.depths(self.statement, -1)
        self._show()

    def action_fold_deeper(self) -> None:
        """Hide all that is deeper than this row, in every section."""
        if (row := self.row) is not None and self.statement is not None:
            self.folded = statement_lines.depths(self.statement, max(row.depth, 0))
            self._show()

    # Going

    def _behind(self) -> registers.Days:
        """Return the days whose lines make the amounts: up to a day for what is held on it."""
        assert self.shown.period is not None
        starts, ends = self.shown.period
        return registers.Days(None if self.shown.name == asking.POSITION else starts, ends)

    def open_row(self, row: Line) -> None:
        """Open the register of an account in the days shown."""
        if not row.path:
            self.app.say(_("Only an account has a register; this line is a sum of others."))
            return
        days = self._behind()

        def show(account: Any) -> None:  # Any: an account, a row of the records
            from screens.ledger.statement_register import StatementRegisterScreen

            self.app.push_screen(StatementRegisterScreen(account, days))

        self.load(partial(accounts.find, row.path), show, group="open")

    def show_view(self, name: str) -> None:
        """Show another statement of the same days, or go to another room."""
        room = rooms.named(name)
        if room is not None and room.id in asking.TITLES:
            self.open_statement(room.id)
        else:
            super().show_view(name)

    def open_statement(self, name: str) -> None:
        """Show another statement here, of the same days."""
        self.ask(self.asked._replace(name=name))

    def place(self) -> Place:
        """Return this statement and its days."""
        return Place(self.AREA, query=self.shown.words, view=self.shown.name)

    # Files

    def copy_text(self, row: Line) -> str:
        """Return a line as text to copy, its name without the signs of the tree."""
        shown = [column.key for column in self.statement.columns] if self.statement else []
        amounts = [row.amount(key) for key in shown]
        share = [statement_lines.share(self.statement, row)] if self.statement else []
        told = (row.name or row.title.strip(), *amounts, row.commodity, *share)
        return "\t".join(told).rstrip("\t ")

    def action_export(self) -> None:
        """Ask for a file and write what is shown into it."""
        words = self.shown.words.replace(" ", "-").replace(asking.IN, "")
        name = f"{self.shown.name}-{words}.csv"
        prompt = PromptDialog(_("Export to which file? (.csv, .xlsx or .pdf)"), name)
        self.app.push_screen(prompt, lambda path: self._export(path) if path else None)

    def export_work(self, path: str, rows: Sequence[Line] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown, or the marked lines."""
        statement = self.statement
        if statement is None:
            return None
        chosen = [row for row in self._unwrapped if rows is None or row in rows]
        told = [
            exporting.Told(safe(row.section), row.name or row.title.strip(), row.commodity,
                           row.precision, row.amounts, statement_lines.bare(row),
                           statement_lines.steps(row), row.kind, row.more)
            for row in chosen if row.kind != "blank"
        ]  # fmt: skip

        def work() -> str:
            exporting.write(self.session, Path(path), statement, told, spreadsheet=True)
            text = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", len(told))
            return text.format(n=len(told), path=path)

        return work


def _problem(text: str) -> str:
    try:
        periods.read(text)
    except InvalidChangeError as error:
        return error.reason
    return ""


def _next(choices: Sequence[str], current: str) -> str:
    return choices[(choices.index(current) + 1) % len(choices)]
