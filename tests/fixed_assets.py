"""Fixed assets for tests: a class of computers on accounts of their own, and ways to act."""

from datetime import date
from decimal import Decimal

from boconsole.fixed_assets import acquiring, checking, classes, depreciating
from boconsole.fixed_assets.acquiring import NewAsset, Source
from boconsole.fixed_assets.classes import NewClass
from boconsole.fixed_assets.reading import Asset
from boconsole.ledger import accounts
from boconsole.ledger import checking as books
from boconsole.ledger.accounts import NewAccount
from boconsole.session import Session
from tests.books import open_books

COST, WORN = "Assets:Computers", "Assets:Depreciation of Computers"
WEAR, RESULT = "Expenses:Depreciation", "Income:Disposals"
CHART = (
    NewAccount(COST, cash_flow="investing"),
    NewAccount(WORN, cash_flow="investing"),
    NewAccount(WEAR, cash_flow="none"),
    NewAccount(RESULT, cash_flow="none"),
    NewAccount("Assets:Sold", cash_flow="investing"),
)
COMPUTERS = NewClass("Computers", COST, WORN, WEAR, RESULT, months=48)
JANUARY = date(2026, 1, 15)


def open_register(session: Session) -> None:
    """Make the chart and the class."""
    open_books(session)
    accounts.add(session, CHART)
    classes.put(session, COMPUTERS)


def buy(
    session: Session, cost: str = "4800", day: date = JANUARY, name: str = "Server",
    against: str = "Assets:Bank", **terms: object,
) -> Asset:  # fmt: skip
    """Buy an asset in USD."""
    new = NewAsset(name, "Computers", day, Decimal(cost), "USD")._replace(**terms)
    return acquiring.acquire(session, new, Source(against=against))


def build(session: Session) -> None:
    """Buy three assets, and depreciate them up to March."""
    open_register(session)
    buy(session)
    buy(session, "32500", date(2026, 2, 10), "Delivery van")
    buy(session, "1199.99", date(2026, 3, 2), "Laptop", residual=Decimal(100))
    depreciating.depreciate(session, date(2026, 3, 1))


def faults(session: Session) -> list[str]:
    """Return what the proof of books and register finds, as sentences."""
    return [fault.reason for fault in books.check(session, (checking.faults,)).faults]
