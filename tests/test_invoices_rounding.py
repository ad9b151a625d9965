"""Totals that coins can pay."""

import pytest

from boconsole.errors import BoconsoleError
from boconsole.invoices import cash_rounding, drafting, issuing
from boconsole.invoices.cash_rounding import Coin
from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.errors import ControlError
from boconsole.session import Session
from tests.books import held
from tests.trade import bill, credited, invoice, issued, line, new, open_trade, state


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    accounts.add(session, [NewAccount("Expenses:Rounding", "5950", role="rounding")])
    return session


@pytest.mark.parametrize(
    ("direction", "total", "expected"),
    [
        ("up", 42_06, 42_10), ("nearest", 42_06, 42_05), ("down", 42_06, 42_05),
        ("nearest", 42_07, 42_05), ("nearest", 42_08, 42_10), ("down", 42_09, 42_05),
        ("up", 42_05, 42_05), ("down", 0, 0),
    ],
)  # fmt: skip
def test_total_goes_where_the_setting_says(direction: str, total: int, expected: int) -> None:
    coin = Coin("USD", 5, direction)  # type: ignore[arg-type]  # a direction

    assert total + cash_rounding.difference(total, coin) == expected


def test_difference_is_a_line_on_its_account(trade: Session) -> None:
    """Source: Tryton, modules/account_cash_rounding/tests/: 42.06 becomes 42.10."""
    cash_rounding.set_coins(trade, "USD 0.05 up")

    made = invoice(trade, "42.06")

    assert (made.head.total, made.lines[-1].net) == (42_10, 4)
    assert held(trade) == {
        "Assets:Receivable": "42.10 USD",
        "Expenses:Rounding": "-0.04 USD",
        "Income:Sales": "-42.06 USD",
    }
    note = credited(trade, made)
    assert (note.head.total, len(note.lines)) == (42_10, 2)
    assert state(trade, made) == ("cancelled", 0)
    assert held(trade) == {}


def test_draft_is_rounded_anew_when_it_changes(trade: Session) -> None:
    cash_rounding.set_coins(trade, "USD 0.05 nearest")
    made = drafting.prepare(trade, new(line("42.06")))

    changed = drafting.edit(trade, made, new(line("42.08"), *issuing.mirrored(made)[1:]))

    assert [each.net for each in changed.lines] == [42_08, 2]


def test_tax_is_not_rounded_with_the_total(trade: Session) -> None:
    cash_rounding.set_coins(trade, "USD 0.05 nearest")

    made = issued(trade, line("42.06", "T10"))

    assert (made.head.tax, made.head.total) == (4_21, 46_25)


def test_bills_and_other_currencies_are_left_alone(trade: Session) -> None:
    cash_rounding.set_coins(trade, "CHF 0.05 up")

    assert bill(trade, "42.06").head.total == 42_06
    assert invoice(trade, "42.06").head.total == 42_06


def test_rounding_needs_its_account(local_session: Session) -> None:
    open_trade(local_session)
    cash_rounding.set_coins(local_session, "USD 0.05 up")

    with pytest.raises(ControlError, match="role rounding"):
        invoice(local_session, "42.06")


@pytest.mark.parametrize(
    "text", ["USD", "USD 0.05", "USD 0.05 sideways", "USD 0 up", "USD -1 up", "USD x up",
             "USD 0.001 up", "QQQ 1 up", "USD 1/30 up"],
)  # fmt: skip
def test_setting_that_cannot_be_read_is_refused(trade: Session, text: str) -> None:
    with pytest.raises(BoconsoleError):
        cash_rounding.set_coins(trade, text)
