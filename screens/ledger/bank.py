"""The bank accounts: what came in, what is open, and how bank and books stand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual import on
from textual.content import Content

from boconsole.bank import desk
from boconsole.bank.desk import BankRow, Overview
from boconsole.errors import NotFoundError
from boconsole.language import N_, _
from screens.actions import CHANGE
from screens.cells import Cell, moment, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.ledger import bank_facts, facts, rooms
from screens.ledger.bank_acts import ImportsStatements
from screens.ledger.bank_sources import BankSource
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

NAMED = 26


class BankScreen(rooms.InRooms, ListScreen[Overview], ImportsStatements):
    """One row for each bank account, and for each account that could be one."""

    TITLE = "Bank"
    ROOM = rooms.BANK
    AREA = facts.AREA
    FEATURE = "bank_account"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("bank.import", N_("Import a statement"), ("I",), LIST, CHANGE, rank=10,
               short=N_("import"), help=N_("OFX, QFX, or a table (CSV) with a map.")),
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[Overview]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("account", N_("Account"), 16, _named, grow=1),
            Column("open", N_("Open"), 6, _open, align="right"),
            Column("books", N_("Books"), 16, lambda row: _amount(row, "books"), align="right"),
            Column("statement", N_("Bank statement"), 16, lambda row: _amount(row, "statement"),
                   align="right"),
            Column("difference", N_("Difference"), 14, lambda row: _amount(row, "difference"),
                   align="right"),
            Column("commodity", N_("Cur."), 4,
                   lambda row: Cell(safe(row.bank.commodity) if row.bank else ""), priority=1,
                   name=N_("Currency")),
            Column("on", N_("Balance of"), 10, _told_on, priority=2),
            Column("last", N_("Last statement"), 18, _last, grow=1, priority=3),
        )  # fmt: skip

    def source(self, query: str) -> BankSource:
        """Return where the rows come from."""
        del query
        return BankSource(self.session)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No account has the role cash; the setup of accounts gives it.")

    def preview(self, row: Overview) -> RenderableType:
        """Return how an account stands; reads."""
        room = self.query_one(Preview).room
        lines = [toned((safe(row.account.path), "strong")), Content("")]
        if row.bank is None or row.standing is None:
            return block([*lines, toned(_("No statement was imported; I imports the first."))])
        lines += bank_facts.proof(row.bank, row.standing, room)
        if (last := row.standing.last) is not None:
            there = last.at.astimezone(self.session.zone)
            words = _("{file}, {when}: {added} new, {seen} were there").format(
                file=last.name, when=moment(there), added=last.added, seen=last.seen
            )
            lines += [Content(""), toned(safe(words))]
        return block(lines)

    @on(RecordsChanged)
    def balances_changed(self, event: RecordsChanged) -> None:
        """Read everything again: what changed are lines and entries, not rows of this list."""
        if event.feature in bank_facts.FEATURES:
            self.records_changed(RecordsChanged(self.FEATURE, ()))

    def why_not(self, action: Action) -> str:
        """Say what this list cannot do."""
        if action.id in ("list.filter", "list.sort"):
            return _("All accounts are shown, in order of their names.")
        return super().why_not(action)

    # Going

    def open_row(self, row: Overview) -> None:
        """Open the reconciliation."""
        if row.bank is None:
            self.app.say(_("No statement of it was imported yet; I imports the first."))
        else:
            self.open_bank(row.bank)

    def open_bank(self, bank: BankRow, query: str = "") -> None:
        """Open the reconciliation of an account."""
        from screens.ledger.reconcile import ReconcileScreen

        screen = ReconcileScreen(bank, query)
        self.app.push_screen(screen)
        self.app.places.visit(screen.place())

    def action_import(self) -> None:
        """Ask for a file for the account under the cursor."""
        if (row := self.row) is not None:
            self.ask_for_file(row.account, row.bank)

    def place(self) -> Place:
        """Return the accounts."""
        return Place(self.AREA, view=rooms.BANK)

    async def show_place(self, place: Place) -> None:
        """Open the reconciliation that a place names."""
        if path := place.view:
            found = partial(_bank_of, self, path)
            self.load(found, lambda bank: self.open_bank(bank, place.query), group="open")


def _bank_of(screen: BankScreen, path: str) -> BankRow:
    for row in desk.overview(screen.session):
        if row.account.path == path and row.bank is not None:
            return row.bank
    raise NotFoundError(_("bank account {id}").format(id=path))


def _named(row: Overview) -> Cell:
    tone = "" if row.bank else "muted"
    return Cell(bank_facts.tail(safe(row.account.path), NAMED), tone)


def _open(row: Overview) -> Cell:
    if row.standing is None:
        return Cell("-", "muted")
    number = row.standing.open[0] + row.standing.doubtful[0]
    return Cell(str(number), "warn" if number else "good")


def _amount(row: Overview, name: str) -> Cell:
    if row.bank is None or row.standing is None:
        return Cell("-", "muted")
    amount = getattr(row.standing, name)
    tone = "warn" if name == "difference" and amount else ""
    return Cell(facts.money(amount, row.bank.precision), tone)


def _told_on(row: Overview) -> Cell:
    told = row.standing.told if row.standing else None
    return Cell(str(told.closing_on) if told else "-")


def _last(row: Overview) -> Cell:
    last = row.standing.last if row.standing else None
    return Cell(safe(last.name) if last else "-", "muted")
