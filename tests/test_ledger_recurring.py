"""Entries from templates, and entries that come back by themselves."""

from datetime import date

import pytest

from boconsole.doors import chores
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.ledger import accounts, checking, limits, periods, recurring
from boconsole.ledger.errors import UnknownAccountError
from boconsole.session import Session
from db import connection
from tests.books import DAY, held, open_books, sale

RENT = ("Expenses:Rent  500.00 USD", "Assets:Bank")


@pytest.fixture
def books(session: Session) -> Session:
    open_books(session)
    recurring.save_template(session, "Rent", RENT, payee="Landlord", description="Office rent")
    return session


def days(session: Session) -> list[str]:
    rows = connection.fetch("SELECT dated, state FROM journal_entry ORDER BY dated, id")
    return [f"{dated} {state}" for dated, state in rows]


def test_template_makes_an_entry_of_any_day(books: Session) -> None:
    entry = recurring.find_template(books, "rent").entry(DAY)

    assert (entry.payee, entry.description, len(entry.lines)) == ("Landlord", "Office rent", 2)


def test_template_that_cannot_be_booked_is_refused(books: Session) -> None:
    with pytest.raises(UnknownAccountError):
        recurring.save_template(books, "Bad", ("Expenses:Rant  1.00 USD", "Assets:Bank"))
    with pytest.raises(InvalidChangeError):
        recurring.save_template(books, "Bad", ("Expenses:Rent  1.00 USD",))

    assert [template.name for template in recurring.templates(books)] == ["Rent"]


def test_pause_is_caught_up_whole_and_once(books: Session) -> None:
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 1, 31), posts=True)

    first, again = recurring.run_due(books), recurring.run_due(books)

    assert (first, again) == (4, 0)
    assert days(books) == [
        "20260131 posted", "20260228 posted", "20260331 posted", "20260430 posted"
    ]  # fmt: skip
    assert held(books, "rent") == {"Expenses:Rent": "2000.00 USD"}
    assert checking.check(books).faults == ()


def test_draft_waits_for_somebody(books: Session) -> None:
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 5, 1))

    recurring.run_due(books)

    assert days(books) == ["20260501 draft"]


def test_next_ones_are_told_before(books: Session) -> None:
    recurring.save_template(books, "Loan", ("Liabilities:Loan  9.00 USD", "Assets:Bank"))
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 5, 31))
    recurring.recur(books, "Loan", "Loan", "2w", date(2026, 6, 1), ends=date(2026, 6, 20))

    told = [(each.day, each.recurrence) for each in recurring.coming(books, date(2026, 7, 31))]

    assert told == [
        (date(2026, 5, 31), "Rent"),
        (date(2026, 6, 1), "Loan"),
        (date(2026, 6, 15), "Loan"),
        (date(2026, 6, 30), "Rent"),
        (date(2026, 7, 31), "Rent"),
    ]


def test_entry_of_a_closed_month_waits(books: Session) -> None:
    sale(books, day=date(2026, 4, 2))
    april = next(row for row in periods.periods(books) if row.starts == date(2026, 4, 1))
    periods.close_period(books, april)
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 4, 15), posts=True)

    assert recurring.run_due(books) == 0
    april = next(row for row in periods.periods(books) if row.starts == date(2026, 4, 1))
    periods.reopen_period(books, april, "rent")
    assert recurring.run_due(books) == 1


def test_entry_above_the_threshold_is_left_as_a_draft(books: Session) -> None:
    limits.put(books, "100")
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 5, 1), posts=True)

    assert (recurring.run_due(books), days(books)) == (1, ["20260501 draft"])


def test_stopped_recurrence_makes_nothing(books: Session) -> None:
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 1, 1))
    recurring.stop(books, "Rent")

    assert recurring.run_due(books) == 0
    with pytest.raises(NotFoundError):
        recurring.stop(books, "Rent")


def test_one_that_cannot_be_made_holds_up_no_other(books: Session) -> None:
    recurring.save_template(books, "Gone", ("Expenses:Supplies  1.00 USD", "Assets:Bank"))
    recurring.recur(books, "A", "Gone", "1mo", date(2026, 5, 1))
    recurring.recur(books, "B", "Rent", "1mo", date(2026, 5, 1))
    supplies = accounts.find("Expenses:Supplies")
    accounts.change(books, supplies, accounts.NewAccount(supplies.path, closed_on=date(2026, 1, 1)))

    assert recurring.run_due(books) == 1


@pytest.mark.parametrize(
    ("every", "starts", "ends"),
    [("monthly", DAY, None), ("0mo", DAY, None), ("1mo", DAY, date(2026, 5, 3))],
)
def test_recurrence_that_cannot_be_is_refused(
    books: Session, every: str, starts: date, ends: date | None
) -> None:
    with pytest.raises(InvalidChangeError):
        recurring.recur(books, "Rent", "Rent", every, starts, ends=ends)


def test_whoever_comes_in_after_its_last_day_still_finds_it_made(books: Session) -> None:
    recurring.recur(books, "Rent", "Rent", "1mo", date(2026, 3, 5), ends=date(2026, 4, 5))

    first, again = chores.run(books), chores.run(books)

    assert (first, again) == (2, 0)
    assert days(books) == ["20260305 draft", "20260405 draft"]


def test_next_one_out_of_the_calendar_is_not_waited_for(books: Session) -> None:
    recurring.recur(books, "Rent", "Rent", "999y", date(2026, 5, 1))
    connection.execute("UPDATE entry_recurrence SET done = 9")

    assert chores.run(books) == 0
