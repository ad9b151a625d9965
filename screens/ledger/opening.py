"""The words that, typed in a statement, show another one of the same days.

Elsewhere they lead to the rooms of that name, which begin with the latest month.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boconsole.ledger.statements import asking
from screens.actions import GO
from screens.keys import LIST, Action

STATEMENTS = tuple(
    Action(f"statement.{name}", title, (), LIST, GO) for name, title in asking.TITLES.items()
)


class OpensStatements:
    """Answers the words."""

    ACTIONS: ClassVar[Sequence[Action]] = STATEMENTS

    def open_statement(self, name: str) -> None:
        """Show another statement of the same days."""
        raise NotImplementedError

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
