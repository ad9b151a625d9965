"""Books for tests: a small chart, and entries that are typed."""

from collections.abc import Sequence
from datetime import date

from boconsole.ledger import accounts, entries
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.typing import typed
from boconsole.session import Session

CHART = (
    NewAccount("Assets:Bank", "1100", role="cash"),
    NewAccount("Assets:Cash", "1000", role="cash"),
    NewAccount("Assets:Receivable", "1200", role="receivable"),
    NewAccount("Assets:Equipment", "1500", cash_flow="investing"),
    NewAccount("Liabilities:Loan", "2500", cash_flow="financing"),
    NewAccount("Equity:Capital", "3000", cash_flow="financing"),
    NewAccount("Income:Sales", "4000"),
    NewAccount("Expenses:Rent", "5000"),
    NewAccount("Expenses:Supplies", "5100"),
)
DAY = date(2026, 5, 4)


def open_books(session: Session) -> None:
    """Make the chart."""
    accounts.add(session, CHART)


def enter(
    session: Session,
    *lines: str,
    day: date = DAY,
    about: str = "Something",
    kind: str = "normal",
) -> JournalEntry:
    """Post an entry of lines such as `Assets:Bank  12.50 USD`."""
    return entries.enter(session, typed(day, about, lines), kind=kind)


def draft(session: Session, *lines: str, day: date = DAY, about: str = "Something") -> JournalEntry:
    """Prepare an entry."""
    return entries.draft(session, typed(day, about, lines))


def sale(session: Session, amount: str = "100.00", day: date = DAY) -> JournalEntry:
    """Post a sale paid into the bank, in USD."""
    return enter(session, f"Assets:Bank  {amount} USD", "Income:Sales", day=day, about="Sale")


def held(session: Session, query: str = "", at: date | None = None) -> dict[str, str]:
    """Return what accounts hold, as `12.50 USD`, several commodities joined by commas."""
    from boconsole.ledger import balances

    found: dict[str, str] = {}
    for each in balances.balances(session, query, at):
        told = f"{each.text} {each.commodity.code}"
        before = found.get(each.account.path)
        found[each.account.path] = f"{before}, {told}" if before else told
    return found


def faults(proof: Sequence[object]) -> list[str]:
    """Return the kinds of faults."""
    return [fault.kind for fault in proof]  # type: ignore[attr-defined]  # Fault
