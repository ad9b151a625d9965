"""Statements by name, with all that can be chosen about one; for doors that show any of them."""

from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_
from boconsole.ledger.statements import periods
from boconsole.ledger.statements.periods import Period
from boconsole.ledger.statements.shapes import Statement
from boconsole.ledger.statements.spans import BESIDE, BUDGET, COMPARISONS
from boconsole.session import Session

TRIAL, POSITION, RESULT = "trial-balance", "balance-sheet", "income-statement"
CASH, EQUITY = "cash-flow", "equity-changes"
TITLES = {
    TRIAL: N_("Trial balance"),
    POSITION: N_("Balance sheet"),
    RESULT: N_("Income statement"),
    CASH: N_("Cash-flow statement"),
    EQUITY: N_("Changes in equity"),
}
CHOICES = {
    TRIAL: ("none", BUDGET),
    POSITION: BESIDE,
    RESULT: BESIDE,
    CASH: COMPARISONS,
}
"""What can stand beside a statement; those that are not here stand alone."""
METHODS = ("direct", "indirect")
IN = "in:"
"""Begins the word of the currency that all is converted to."""


class Asked(NamedTuple):
    """What is asked for.

    Attributes:
        name: One of `TITLES`.
        period: Its days; None for the latest month.
        compare: What stands beside it; counts where `CHOICES` has it.
        method: Of the cash flow.
        currency: Convert all to it; empty for the commodities of the books.
    """

    name: str
    period: Period | None = None
    compare: str = "none"
    method: str = METHODS[0]
    currency: str = ""

    @property
    def compared(self) -> str:
        """What stands beside it: `compare`, where this statement can."""
        return self.compare if self.compare in CHOICES.get(self.name, ()) else "none"

    @property
    def words(self) -> str:
        """Period, comparison and method as words that `read` takes; what is usual is left out."""
        found = [periods.name(self.period)] if self.period else []
        if self.compared != "none":
            found.append(self.compared)
        if self.name == CASH and self.method != METHODS[0]:
            found.append(self.method)
        if self.currency:
            found.append(f"{IN}{self.currency}")
        return " ".join(found)


def read(name: str, words: str) -> Asked:
    """Return what words ask for: `2026-03 previous indirect in:USD`, in any order.

    Raises:
        InvalidChangeError: A word is no period, comparison or method.
    """
    asked = Asked(name)
    for word in words.split():
        if word in BESIDE:
            asked = asked._replace(compare=word)
        elif word in METHODS:
            asked = asked._replace(method=word)
        elif word.startswith(IN):
            asked = asked._replace(currency=word.removeprefix(IN))
        else:
            asked = asked._replace(period=periods.read(word))
    return asked


def make(session: Session, asked: Asked) -> tuple[Asked, Statement]:
    """Return a statement, and what was asked for with its period filled in.

    Raises:
        InvalidChangeError: There is no such statement, comparison or method.
        NotAllowedError: The reader may not see the books.
    """
    period = asked.period or periods.latest(session)
    asked = asked._replace(period=period)
    return asked, _made(session, asked, period)


def _made(session: Session, asked: Asked, period: Period) -> Statement:
    """Return the statement; each module is imported when it is first asked for."""
    from boconsole.ledger.statements import cash, equity, performance, position, trial

    currency = asked.currency
    if asked.name == TRIAL:
        return trial.trial_balance(session, *period, compare=asked.compared, currency=currency)
    if asked.name == POSITION:
        return position.balance_sheet(
            session, period.ends, compare=asked.compared, currency=currency
        )
    if asked.name == RESULT:
        return performance.income_statement(
            session, *period, compare=asked.compared, currency=currency
        )
    if asked.name == CASH:
        return cash.cash_flow(
            session, *period, method=asked.method, compare=asked.compared, currency=currency
        )
    if asked.name == EQUITY:
        return equity.equity_changes(session, *period, currency=currency)
    raise InvalidChangeError("statement", asked.name)
