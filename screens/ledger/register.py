"""The register of an account: its lines in order of day, with what it held after each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType

from boconsole.language import N_, _
from boconsole.ledger import reading
from boconsole.ledger.balances import RegisterRow
from boconsole.ledger.reading import AccountRow
from screens.actions import GO
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.ledger import facts, rooms
from screens.ledger.sources import RegisterSource
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class RegisterScreen(rooms.InRooms, ListScreen[RegisterRow]):
    """Lines of one account and those below it, the last one first seen.

    Args:
        account: Whose.
    """

    TITLE = "Register"
    AREA = facts.AREA
    FEATURE = facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("account.entries", N_("Show its entries in the journal"), ("J",), LIST, GO,
               rank=13, short=N_("journal")),
    )  # fmt: skip

    def __init__(self, account: AccountRow) -> None:
        super().__init__()
        self.account = account

    def heading(self) -> Heading:
        """Return the account."""
        return super().heading()._replace(view=safe(self.account.path))

    def columns(self) -> Sequence[Column[RegisterRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.line.dated))),
            Column("number", N_("Number"), 14, lambda row: Cell(row.number, "info"), priority=1),
            Column("about", N_("Payee and description"), 18,
                   lambda row: Cell(facts.title(row.line.payee, row.line.description)), grow=3),
            Column("account", N_("Account"), 18, lambda row: Cell(safe(row.account), "muted"),
                   grow=1, priority=2),
            Column("amount", N_("Amount"), 20, lambda row: Cell(facts.amount(row)), align="right"),
            Column("balance", N_("Balance"), 20, lambda row: Cell(facts.balance(row)),
                   align="right"),
        )  # fmt: skip

    def source(self, query: str) -> RegisterSource:
        """Return where the lines come from."""
        del query
        return RegisterSource(self.session, self.account)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing is booked on this account; q goes back.")

    def show_query(self, query: str) -> None:
        """Show the lines from the last one on."""
        super().show_query(query)
        self.table.action_bottom()

    def preview(self, row: RegisterRow) -> RenderableType:
        """Return the entry of a line beside the list; reads."""
        room = self.query_one(Preview).room
        whole = reading.whole(self.session, str(row.line.entry_id))
        return block(facts.picture(whole, room, self.session))

    def why_not(self, action: Action) -> str:
        """Say what a register cannot do: a sum that runs needs every line, in order."""
        if action.id in ("list.filter", "list.sort"):
            return _("A register shows every line in order; J filters its entries in the journal.")
        return super().why_not(action)

    # Going

    def open_row(self, row: RegisterRow) -> None:
        """Open the entry of a line."""
        from screens.ledger.entry import EntryScreen

        self.app.push_screen(EntryScreen(row.line.entry_id))

    def action_entries(self) -> None:
        """Show the entries of the account in the journal."""
        query = rooms.of_account(self.account.path)
        self.app.call_later(self.app.go, Place(self.AREA, query=query))
