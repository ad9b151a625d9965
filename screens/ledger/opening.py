"""The commands that open a statement, typed after `:` in every room of the books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boconsole.ledger.statements import asking
from screens.actions import GO
from screens.keys import LIST, Action
from screens.ledger import rooms

STATEMENTS = tuple(
    Action(f"statement.{name}", title, (), LIST, GO) for name, title in asking.TITLES.items()
)


class OpensStatements(rooms.InRooms):
    """Answers the commands."""

    ACTIONS: ClassVar[Sequence[Action]] = STATEMENTS

    def open_statement(self, name: str) -> None:
        """Go to a statement."""
        rooms.enter(self.app, rooms.ROOMS_BY_ID[name])

    def action_trial_balance(self) -> None:
        """Open the trial balance."""
        self.open_statement(asking.TRIAL)

    def action_balance_sheet(self) -> None:
        """Open the balance sheet."""
        self.open_statement(asking.POSITION)

    def action_income_statement(self) -> None:
        """Open the income statement."""
        self.open_statement(asking.RESULT)

    def action_cash_flow(self) -> None:
        """Open the cash-flow statement."""
        self.open_statement(asking.CASH)

    def action_equity_changes(self) -> None:
        """Open the changes in equity."""
        self.open_statement(asking.EQUITY)
