"""Budgets that an entry passes: told, and refused where the budget says so."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole.ledger import (
    budget_hints,
    closing,
    entering,
    entries,
    periods,
    planning,
    spending,
)
from boconsole.ledger.entering import Typed
from boconsole.ledger.spending import OverBudgetError
from boconsole.session import Session
from tests import trade
from tests.books import DAY, draft, enter, open_books


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    planning.plan(session, "Rent", "2026", Decimal("1200.00"), "USD")
    return session


def told(session: Session, number: str) -> list[tuple[str, int, int, int, int]]:
    entry = entries.get(session, number)
    found = spending.of_entry(session, entry.head, entry.postings)
    return [(each.span, each.budget, each.used, each.entry, each.over) for each in found]


def test_draft_and_posted_entry_are_told_alike(books: Session) -> None:
    enter(books, "Expenses:Rent  60.00 USD", "Assets:Bank")
    made = draft(books, "Expenses:Rent  50.00 USD", "Assets:Bank")

    before = told(books, made.number)
    posted = entries.post(books, made)

    assert before == [("2026-05", 100_00, 60_00, 50_00, 10_00)]
    assert told(books, posted.number) == before


def test_year_is_looked_at_too(books: Session) -> None:
    enter(books, "Expenses:Rent  1150.00 USD", "Assets:Bank", day=date(2026, 1, 5))
    made = draft(books, "Expenses:Rent  90.00 USD", "Assets:Bank", day=date(2026, 2, 5))

    assert told(books, made.number) == [
        ("2026-01..2026-12", 1200_00, 1150_00, 90_00, 40_00),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ("Expenses:Rent  100.00 USD", "Assets:Bank"),
        ("Expenses:Supplies  900.00 USD", "Assets:Bank"),
        ("Expenses:Rent  500.00 EUR", "Assets:Bank"),
        ("Assets:Bank  500.00 USD", "Expenses:Rent"),
        ("Expenses:Rent  500.00 USD", "Expenses:Rent  -450.00 USD", "Assets:Bank"),
        ("Expenses:Rent  50.00 USD", "(Expenses:Rent)  500.00 USD", "Assets:Bank"),
    ],
)
def test_what_passes_no_budget_is_not_told(books: Session, lines: tuple[str, ...]) -> None:
    assert told(books, draft(books, *lines).number) == []


def test_budget_that_blocks_refuses_and_one_that_warns_does_not(books: Session) -> None:
    lines = ("Expenses:Rent  100.01 USD", "Assets:Bank")
    enter(books, *lines)
    planning.set_mode(books, "Rent", "block")
    made = draft(books, *lines, day=date(2026, 6, 1))

    with pytest.raises(OverBudgetError, match=r"Expenses:Rent.*2026-06 by 0.01 USD.*book less"):
        entries.post(books, made)

    assert entries.get(books, made.number).head.state == "draft"
    planning.set_mode(books, "Rent", "warn")
    assert entries.post(books, made).state == "posted"


def test_reversals_and_closing_are_never_blocked(books: Session) -> None:
    back = enter(books, "Assets:Bank  500.00 USD", "Expenses:Rent")
    planning.set_mode(books, "Rent", "block")

    entries.reverse(books, back, dated=date(2026, 6, 1))
    closing.close(books, "2026")

    assert entries.get(books, back.number).state == "reversed"


def test_fiscal_year_that_begins_in_april_counts_its_own_months(session: Session) -> None:
    periods.set_fiscal_start(session, "4")
    open_books(session)
    planning.plan(session, "Rent", "2026-03", Decimal(100), "USD")
    planning.plan(session, "Rent", "2026-04", Decimal(100), "USD")
    enter(session, "Expenses:Rent  90 USD", "Assets:Bank", day=date(2026, 3, 31))
    made = draft(session, "Expenses:Rent  101 USD", "Assets:Bank", day=date(2026, 4, 1))

    assert told(session, made.number) == [
        ("2026-04", 100_00, 0, 101_00, 1_00),
        ("2026-04..2027-03", 100_00, 0, 101_00, 1_00),
    ]  # fmt: skip


def test_typed_lines_are_told_before_they_are_kept(books: Session) -> None:
    choices = entering.read_choices(books)
    enter(books, "Expenses:Rent  60.00 USD", "Assets:Bank")

    def over(*lines: tuple[str, str]) -> tuple[str, ...]:
        return budget_hints.of_typed(books, choices, DAY, [Typed(*line) for line in lines])

    assert "by 10.00 USD" in over(("5000", "50 USD ; trip: Rome"), ("1100", ""))[0]
    assert "by 10.00 USD" in over(("rent", ""), ("Assets:Bank", "-50 USD"))[0]
    assert over(("5000", "40 USD"), ("1100", "")) == ()
    assert over(("5000", "50x"), ("nowhere", "9999 USD"), ("", "")) == ()


def test_bill_is_held_against_the_budget_when_it_is_issued(session: Session) -> None:
    trade.open_trade(session)
    planning.plan(session, "Supplies", "2026-05", Decimal("50.00"), "USD")
    taken = trade.bill(session, "60.00")

    over = budget_hints.of_document(session, taken.head.entry_id)

    assert "Expenses:Supplies is over its budget for 2026-05 by 10.00 USD" in over[0]
    planning.set_mode(session, "Supplies", "block")
    with pytest.raises(OverBudgetError):
        trade.bill(session, "1.00")
