"""The register of an account in the days of a statement; esc goes back to its row."""

from __future__ import annotations

from boconsole.ledger.reading import AccountRow
from boconsole.ledger.registers import Days
from boconsole.ledger.statements import periods
from boconsole.ledger.statements.periods import Period
from screens.ledger.register import RegisterScreen
from screens.ledger.sources import RegisterSource
from screens.widgets.bars import Heading


class StatementRegisterScreen(RegisterScreen):
    """Lines of some days; balances count what was booked before them.

    Args:
        account: Whose.
        days: Which; without a first one, all up to the last.
    """

    def __init__(self, account: AccountRow, days: Days) -> None:
        super().__init__(account)
        self.days = days

    def source(self, query: str) -> RegisterSource:
        """Return where the lines come from."""
        del query
        return RegisterSource(self.session, self.account, self.days)

    def heading(self) -> Heading:
        """Return the account and the days."""
        return super().heading()._replace(filter=days_text(self.days))


def days_text(days: Days) -> str:
    """Return days as a statement's period is written; `..2026-05-31` has no first one."""
    if days.ends is None:
        return ""
    return f"..{days.ends}" if days.starts is None else periods.name(Period(days.starts, days.ends))
