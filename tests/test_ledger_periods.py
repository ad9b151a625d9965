"""Fiscal years, months, locks and closings."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.ledger import (
    accounts,
    checking,
    checklist,
    closing,
    entries,
    exceptions,
    periods,
    recurring,
)
from boconsole.ledger.accounts import NewAccount
from boconsole.ledger.errors import PeriodClosedError, ReversalError, YearStateError
from boconsole.session import Session
from db.ledger.rows import PeriodRow
from tests.books import draft, enter, held, open_books, sale
from tests.people import add_agent


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    return session


def month(session: Session, name: str) -> PeriodRow:
    return next(row for row in periods.periods(session) if f"{row.starts:%Y-%m}" == name)


@pytest.mark.parametrize(
    ("start", "step", "count", "last"),
    [
        (date(2026, 1, 1), 1, 12, date(2026, 12, 31)),
        (date(2026, 1, 1), 3, 4, date(2026, 12, 31)),
        (date(2026, 1, 1), 5, 3, date(2026, 12, 31)),
        (date(2026, 4, 6), 1, 12, date(2027, 4, 5)),
        (date(2026, 4, 6), 3, 4, date(2027, 4, 5)),
        (date(2026, 4, 6), 5, 3, date(2027, 4, 5)),
    ],
)
def test_periods_fill_their_year(start: date, step: int, count: int, last: date) -> None:
    """Source: Tryton, modules/account/tests/test_module.py, test_fiscalyear_create_periods."""
    found = periods.months_of(start, step)

    assert (len(found), found[0][0], found[-1][1]) == (count, start, last)
    assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(found))


def test_years_are_made_without_gaps(books: Session) -> None:
    sale(books, day=date(2026, 5, 4))
    sale(books, day=date(2023, 2, 28))

    assert [year.name for year in periods.years(books)] == ["2023", "2024", "2025", "2026"]
    assert len(periods.periods(books)) == 48


def test_fiscal_year_starts_when_it_was_chosen(books: Session) -> None:
    periods.set_fiscal_start(books, "4")
    sale(books, day=date(2026, 3, 31))

    year = periods.years(books)[0]

    assert (year.name, year.starts, year.ends) == ("2025/26", date(2025, 4, 1), date(2026, 3, 31))
    with pytest.raises(YearStateError):
        periods.set_fiscal_start(books, "1")


def test_far_away_day_is_a_slip(books: Session) -> None:
    sale(books)

    with pytest.raises(PeriodClosedError):
        sale(books, day=date(2226, 5, 4))


def test_closed_month_takes_nothing_until_it_is_reopened(books: Session) -> None:
    sale(books, day=date(2026, 4, 30))
    periods.close_period(books, month(books, "2026-04"))

    with pytest.raises(PeriodClosedError, match="closed"):
        sale(books, day=date(2026, 4, 30))
    periods.reopen_period(books, month(books, "2026-04"), "late invoice")

    assert sale(books, day=date(2026, 4, 30)).state == "posted"


def test_month_with_a_draft_is_not_closed(books: Session) -> None:
    sale(books, day=date(2026, 4, 1))
    waiting = draft(books, "Assets:Bank  1 USD", "Income:Sales", day=date(2026, 4, 2))

    with pytest.raises(YearStateError, match="1 drafts"):
        periods.close_period(books, month(books, "2026-04"))
    entries.delete(books, waiting)
    periods.close_period(books, month(books, "2026-04"))

    assert month(books, "2026-04").state == "closed"


def test_reopening_needs_a_right_and_a_reason(books: Session) -> None:
    sale(books, day=date(2026, 4, 1))
    periods.close_period(books, month(books, "2026-04"))

    with pytest.raises(NotAllowedError):
        periods.reopen_period(
            add_agent(books, "joel", ("accountant",)), month(books, "2026-04"), "why"
        )
    with pytest.raises(InvalidChangeError):
        periods.reopen_period(books, month(books, "2026-04"), " ")


# Closing a year


def test_closing_moves_the_result_to_retained_earnings(books: Session) -> None:
    sale(books, "300.00", date(2026, 3, 1))
    enter(books, "Expenses:Rent  120.00 USD", "Assets:Bank", day=date(2026, 4, 1))

    done = closing.close(books, "2026")

    assert done.number == "CLS-2026-00001"
    assert held(books) == {
        "Assets:Bank": "180.00 USD",
        "Equity:Retained Earnings": "-180.00 USD",
    }
    assert entries.get(books, done.number).head.dated == date(2026, 12, 31)
    assert checking.check(books).faults == ()


def test_open_spend_withdraw_lend_then_close(books: Session) -> None:
    """Source: hledger/test/close.test (open 120, spend 5, withdraw 20, lend 25)."""
    enter(books, "Assets:Bank  120 USD", "Equity:Capital", day=date(2026, 1, 1))
    enter(books, "Expenses:Supplies  5 USD", "Assets:Bank", day=date(2026, 1, 2))
    enter(books, "Assets:Cash  20 USD", "Assets:Bank", day=date(2026, 1, 3))
    enter(books, "Liabilities:Loan  25 USD", "Assets:Bank", day=date(2026, 1, 4))
    enter(books, "Assets:Bank  10 USD", "Assets:Cash", day=date(2026, 1, 5))

    closing.close(books, "2026")

    assert held(books) == {
        "Assets:Bank": "80.00 USD",
        "Assets:Cash": "10.00 USD",
        "Equity:Capital": "-120.00 USD",
        "Equity:Retained Earnings": "5.00 USD",
        "Liabilities:Loan": "25.00 USD",
    }


def test_closed_year_takes_nothing(books: Session) -> None:
    sale(books)
    closing.close(books, "2026")

    with pytest.raises(PeriodClosedError):
        sale(books)
    with pytest.raises(YearStateError):
        closing.close(books, "2026")
    with pytest.raises(ReversalError):
        entries.reverse(books, entries.get(books, "CLS-2026-00001"))


def test_reopened_year_is_as_it_was(books: Session) -> None:
    sale(books)
    before = held(books)
    closing.close(books, "2026")

    closing.reopen(books, "2026", "a bill came late")

    assert held(books) == before
    assert sale(books, "1.00").state == "posted"
    assert closing.close(books, "2026").number == "CLS-2026-00003"
    assert checking.check(books).faults == ()


def test_years_are_closed_in_order_and_opened_backwards(books: Session) -> None:
    sale(books, day=date(2025, 1, 1))
    sale(books, day=date(2026, 1, 1))

    with pytest.raises(YearStateError, match="2025 is still open"):
        closing.close(books, "2026")
    closing.close(books, "2025")
    closing.close(books, "2026")
    with pytest.raises(YearStateError, match="2026 is closed too"):
        closing.reopen(books, "2025", "why")


def test_locked_year_stays_locked(books: Session) -> None:
    sale(books)
    closing.close(books, "2026")

    periods.lock_year(books, periods.find_year("2026"))

    with pytest.raises(YearStateError, match="locked"):
        closing.reopen(books, "2026", "why")


def test_nothing_is_booked_before_the_closed_beginning(books: Session) -> None:
    sale(books)
    closing.close(books, "2026")

    with pytest.raises(PeriodClosedError, match="begin with the closed year"):
        sale(books, day=date(2025, 5, 4))


def test_marked_account_takes_the_result(books: Session) -> None:
    accounts.add(books, [NewAccount("Equity:Laba Ditahan", kind="equity", role="retained")])
    sale(books)

    closing.close(books, "2026")

    assert held(books, "kind:equity") == {"Equity:Laba Ditahan": "-100.00 USD"}


# Locks


def test_lock_date_keeps_entries_out(books: Session) -> None:
    periods.set_lock(books, "ledger", date(2026, 4, 30))

    with pytest.raises(PeriodClosedError, match="locked through 2026-04-30"):
        sale(books, day=date(2026, 4, 30))

    assert sale(books, day=date(2026, 5, 1)).state == "posted"


def test_exception_lasts_its_time_for_its_person(books: Session) -> None:
    periods.set_lock(books, "ledger", date(2026, 4, 30))
    joel = add_agent(books, "joel", ("accountant",))
    exceptions.allow(books, "ledger", "joel", books.now() + timedelta(hours=1), "late bill")

    assert sale(joel, day=date(2026, 4, 30)).state == "posted"
    with pytest.raises(PeriodClosedError):
        sale(books, day=date(2026, 4, 30))
    books.clock.advance(hours=2)  # type: ignore[attr-defined]  # the standing clock
    with pytest.raises(PeriodClosedError):
        sale(joel, day=date(2026, 4, 30))


def test_hard_lock_only_moves_forward_and_has_no_exception(books: Session) -> None:
    periods.set_lock(books, "hard", date(2026, 4, 30))

    with pytest.raises(InvalidChangeError, match="never moves back"):
        periods.set_lock(books, "hard", date(2026, 4, 29))
    with pytest.raises(InvalidChangeError):
        exceptions.allow(books, "hard", "joel", books.now() + timedelta(hours=1), "why")
    with pytest.raises(PeriodClosedError):
        sale(books, day=date(2026, 4, 1))


# The list before a month is closed


def open_points(session: Session, name: str) -> dict[str, tuple[str, ...]]:
    found = checklist.points(session, month(session, name))
    return {point.name: point.causes for point in found if not point.holds}


def test_list_names_what_holds_a_month_up(books: Session) -> None:
    for account in accounts.chart(books):
        new = NewAccount(account.path, kind=account.kind, role=account.role, cash_flow="operating")
        accounts.change(books, account, new)
    accounts.add(books, [NewAccount("Suspense")])
    recurring.save_template(books, "Rent", ("Expenses:Rent  5.00 USD", "Assets:Bank"))
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 4, 30))
    sale(books, day=date(2026, 2, 28))
    sale(books, day=date(2026, 3, 31))
    waiting = draft(books, "Assets:Bank  1 USD", "Income:Sales", day=date(2026, 4, 2))
    enter(books, "Suspense  1.00 USD", "Assets:Bank", day=date(2026, 4, 3))

    assert open_points(books, "2026-04") == {
        "earlier": ("2026-02", "2026-03"),
        "drafts": (waiting.number,),
        "recurring": ("Rent 2026-04-30",),
        "classified": ("Suspense",),
    }
    assert open_points(books, "2026-01") == {}
