"""Budgets, and what came of them."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.ledger import budgets, closing
from boconsole.ledger.budgets import report
from boconsole.ledger.errors import UnknownAccountError, UnknownCommodityError
from boconsole.ledger.planning import plan
from boconsole.money import PrecisionError
from boconsole.session import Session
from tests.books import enter, open_books, sale
from tests.people import add_agent


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    return session


def told(session: Session, span: str, until: str = "") -> list[tuple[str, str, str, str]]:
    return [
        (each.account.name, each.text(each.planned), each.text(each.actual), each.text(each.left))
        for each in report(session, span, until)
    ]


def test_plan_stands_against_what_came(books: Session) -> None:
    plan(books, "Rent", "2026-05", Decimal("500"), "USD")
    plan(books, "Sales", "2026-05", Decimal("1000"), "USD")
    enter(books, "Expenses:Rent  520.00 USD", "Assets:Bank", day=date(2026, 5, 31))
    enter(books, "Expenses:Rent  1.00 USD", "Assets:Bank", day=date(2026, 6, 1))
    sale(books, "250.50", date(2026, 5, 4))

    assert told(books, "2026-05") == [
        ("Rent", "500.00", "520.00", "-20.00"),
        ("Sales", "1000.00", "250.50", "749.50"),
    ]
    assert [budgets.share(each) for each in report(books, "2026-05")] == ["104 %", "25 %"]


def test_year_is_spread_without_losing_a_cent(books: Session) -> None:
    plan(books, "Rent", "2026", Decimal("1000.00"), "USD")

    months = [told(books, f"2026-{month:02}")[0][1] for month in range(1, 13)]

    assert months == ["83.34"] * 4 + ["83.33"] * 8
    assert told(books, "2026") == [("Rent", "1000.00", "0.00", "1000.00")]
    assert told(books, "2026-01", "2026-03") == [("Rent", "250.02", "0.00", "250.02")]


def test_later_plan_takes_the_place_of_an_earlier_one(books: Session) -> None:
    plan(books, "Rent", "2026", Decimal("1200"), "USD")
    plan(books, "Rent", "2026-02", Decimal("50"), "USD")
    plan(books, "Rent", "2026-03", Decimal("0"), "USD")

    assert told(books, "2026") == [("Rent", "1050.00", "0.00", "1050.00")]
    assert told(books, "2026-03") == []


def test_closing_a_year_changes_no_comparison(books: Session) -> None:
    plan(books, "Rent", "2026-12", Decimal("500"), "USD")
    enter(books, "Expenses:Rent  400.00 USD", "Assets:Bank", day=date(2026, 12, 31))

    closing.close(books, "2026")

    assert told(books, "2026-12") == [("Rent", "500.00", "400.00", "100.00")]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("Rant", "2026-05", Decimal(1), "USD"), UnknownAccountError),
        (("Rent", "2026-05", Decimal(1), "GOLD"), UnknownCommodityError),
        (("Rent", "2026-05", Decimal("1.001"), "USD"), PrecisionError),
        (("Rent", "2026-13", Decimal(1), "USD"), InvalidChangeError),
        (("Rent", "May", Decimal(1), "USD"), InvalidChangeError),
    ],
)
def test_plan_that_cannot_be_is_refused(
    books: Session, words: tuple[str, str, Decimal, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        plan(books, *words)

    assert report(books, "2026") == []


def test_only_accountants_plan(books: Session) -> None:
    with pytest.raises(NotAllowedError):
        plan(add_agent(books, "joel", ("executive",)), "Rent", "2026", Decimal(1), "USD")
