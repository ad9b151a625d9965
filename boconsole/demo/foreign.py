"""The dollars of the demo: an account at the bank, and rates; last month's end is not revalued."""

from datetime import date, timedelta

from boconsole.ledger import accounts, entries, rating
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.typing import typed
from boconsole.moments import add_months
from boconsole.session import Session

ACCOUNT = NewAccount("Aset:Bank Valas", "1112", role="cash")
RATES = ("16180", "16240", "16315", "16290")
"""Of a dollar in rupiah, at the ends of the months before this one."""


def keep(session: Session, today: date) -> None:
    """Buy dollars, sell some of them, and keep the rates of month ends."""
    accounts.add(session, [ACCOUNT])
    month = today.replace(day=1)
    bought, sold = add_months(month, -len(RATES)), add_months(month, -1)
    for day, about, lines in (
        (bought.replace(day=5), "Beli dolar", ("1112  6000 USD @ 16200 IDR", "1111")),
        (sold.replace(day=10), "Jual dolar", ("1111", "1112  -1500 USD @ 16305 IDR")),
    ):
        entries.enter(session, typed(day, about, lines, payee="Bank Nusa"))
    for number, rate in enumerate(RATES, 1):
        end = add_months(bought, number) - timedelta(days=1)
        rating.put(session, "USD", "IDR", rate, end)
