"""The statement of account of a contact: documents and payments with what is owed after each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import on
from textual.content import Content

from boconsole.invoices import account_statement, sheets
from boconsole.invoices.account_statement import AccountStatement
from boconsole.invoices.words import Side
from boconsole.language import N_, _
from boconsole.ledger import reading
from boconsole.ledger.statements import periods
from boconsole.ledger.statements.periods import YEAR, Period
from boconsole.ledger.statements.shapes import Statement
from boconsole.session import Session
from screens.actions import SHOW
from screens.cells import safe
from screens.dialogs import PromptDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import aged_lines, facts, invoice_facts, payment_facts
from screens.ledger.documents import open_document
from screens.ledger.laid_out import LaidOutScreen
from screens.ledger.sheet_files import ask_for_file, problem, writing
from screens.ledger.statement_lines import Line
from screens.prose import block, toned
from screens.widgets.bars import Heading
from screens.widgets.preview import Preview


class AccountScreen(LaidOutScreen):
    """The statement of one contact.

    Args:
        contact: Its name.
        side: As a customer or as a supplier.
        period: First and last day.
        valued: At book value.
    """

    FEATURE = payment_facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("account-statement.step-back", N_("The period before"), ("<",), LIST, SHOW, rank=3,
               short=N_("before")),
        Action("account-statement.step-on", N_("The next period"), (">",), LIST, SHOW, rank=4,
               short=N_("after")),
        Action("account-statement.year-back", N_("The same a year before"), ("{",), LIST, SHOW),
        Action("account-statement.year-on", N_("The same a year later"), ("}",), LIST, SHOW),
        Action("account-statement.period", N_("Type the period"), ("d",), LIST, SHOW, rank=5,
               short=N_("period"),
               help=N_("Such as 2026-03, 2026, 2026-q1 or 2026-01..2026-05.")),
        Action("account-statement.turn", N_("As a customer or as a supplier"), ("i",), LIST, SHOW,
               rank=6, short=N_("side")),
        Action("account-statement.convert", N_("At book value or not"), ("$",), LIST, SHOW),
    )  # fmt: skip

    def __init__(self, contact: str, side: Side, period: Period, valued: bool = False) -> None:
        self.contact = contact
        self.side: Side = side
        self.period = period
        self.valued = valued
        self.made: AccountStatement | None = None
        super().__init__()

    # Making

    def read_again(self) -> None:
        """Make the statement again; what is shown stays until it is there."""
        starts, ends = self.period
        work = partial(account_statement.make, self.session, self.contact, self.side, starts, ends,
                       valued=self.valued)  # fmt: skip
        self.load(work, self._take, group="account")

    def _take(self, made: AccountStatement) -> None:
        first = self.made is None
        self.made = made
        self.statement = aged_lines.account_columns(made)
        self._unwrapped = aged_lines.account(made)
        self.lay_out()
        if first:
            self.table.action_bottom()
        self.refresh_bindings()

    def told(self, statement: Statement, missing: Sequence[str]) -> Content:
        """Return the days and the side."""
        del statement
        side = _("as a customer") if self.side == "receivable" else _("as a supplier")
        told = [periods.name(self.period), side]
        if self.valued:
            told.append(_("at book value"))
        if self.made is not None and self.made.cut:
            told.append(_("There are more lines; shorten the period."))
        return aged_lines.above(told, self.made is None or self.made.holds, missing)

    def heading(self) -> Heading:
        """Return whose statement."""
        return super().heading()._replace(view=safe(self.contact), filter="", number="")

    def preview(self, row: Line) -> RenderableType:
        """Return the entry of a line; reads."""
        told = aged_lines.of_line(self.made, row) if self.made else None
        if told is None:
            return toned((row.title.strip(), "strong"))
        whole = reading.whole(self.session, str(told.entry_id))
        return block(facts.picture(whole, self.query_one(Preview).room, self.session))

    @on(RecordsChanged)
    def follow(self, event: RecordsChanged) -> None:
        """Make it again when documents changed; the list itself follows payments."""
        if event.feature == invoice_facts.FEATURE and self.is_current:
            self.read_again()

    # Choosing

    def action_step_back(self) -> None:
        """Go to the period before."""
        self._move(periods.stepped(self.period, -1))

    def action_step_on(self) -> None:
        """Go to the next period."""
        self._move(periods.stepped(self.period, 1))

    def action_year_back(self) -> None:
        """Go a year back."""
        self._move(periods.later(self.period, -YEAR))

    def action_year_on(self) -> None:
        """Go a year on."""
        self._move(periods.later(self.period, YEAR))

    def _move(self, period: Period) -> None:
        self.period = period
        self.read_again()

    def action_period(self) -> None:
        """Ask for the days."""
        prompt = PromptDialog(_("Which period? (2026-03, 2026, 2026-q1, 2026-01..2026-05)"),
                              periods.name(self.period), check=problem)  # fmt: skip

        def take(text: str | None) -> None:
            if text:
                self._move(periods.read(text))

        self.app.push_screen(prompt, take)

    def action_turn(self) -> None:
        """Show the other side."""
        self.side = "payable" if self.side == "receivable" else "receivable"
        self.read_again()

    def action_convert(self) -> None:
        """Show book values, or no longer."""
        self.valued = not self.valued
        self.read_again()

    # Going

    def open_row(self, row: Line) -> None:
        """Open a document or payment."""
        told = aged_lines.of_line(self.made, row) if self.made else None
        if told is None:
            self.app.say(_("This line is a sum; the others are documents and payments."))
        else:
            open_document(self, told.number, told.entry_id)

    # Files

    def copy_text(self, row: Line) -> str:
        """Return a line as text to copy."""
        amounts = [row.amount(key) for key in ("movement", aged_lines.TOTAL)]
        return "\t".join((row.name or row.title.strip(), *amounts, row.commodity))

    def action_export(self) -> None:
        """Ask for a file and write the statement into it."""
        name = "-".join(self.contact.lower().split())
        name = "".join(letter for letter in name if letter.isalnum() or letter == "-")
        ask_for_file(self, f"{name or 'account'}-{periods.name(self.period)}.pdf", self._export)

    def export_work(self, path: str, rows: Sequence[Line] | None) -> Callable[[], str] | None:
        """Return the operation that writes the statement."""
        del rows
        if self.made is None:
            return None
        return writing(self.session, path, partial(sheets.of_statement, self.made))


def this_year(session: Session) -> Period:
    """Return the days of this year up to today."""
    today = session.now().astimezone(session.zone).date()
    return Period(today.replace(month=1, day=1), today)
