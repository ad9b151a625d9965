"""Closing months while something of them waits, and exceptions from lock dates."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from boconsole.closing import months, overview, points
from boconsole.closing.months import WaitingDocumentsError
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.invoices import drafting, paying, worth
from boconsole.ledger import exceptions, limits, periods
from boconsole.ledger.errors import PeriodClosedError, YearStateError
from boconsole.session import Session
from db import audit as trail
from db.ledger import charts
from tests.banks import take_rows
from tests.books import draft, enter, sale
from tests.people import add_agent
from tests.trade import invoice, line, new, open_trade, pay

APRIL = date(2026, 4, 2)


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


def states(session: Session) -> dict[str, str]:
    return {f"{row.starts:%Y-%m}": row.state for row in periods.periods(session)}


# Closing


def test_month_with_a_draft_of_a_document_is_not_closed(trade: Session) -> None:
    waiting = drafting.prepare(trade, new(line("10.00"), day=APRIL))

    with pytest.raises(WaitingDocumentsError, match=rf"Invoice #{waiting.head.id} \(2026-04-01"):
        months.close_month(trade, "2026-04")
    months.close_month(trade, "2026-03")
    with pytest.raises(WaitingDocumentsError):
        months.close_year(trade, "2026")

    assert (states(trade)["2026-03"], states(trade)["2026-04"]) == ("closed", "open")


def test_month_with_an_unapproved_payment_is_not_closed(trade: Session) -> None:
    made = invoice(trade, "900.00", day=APRIL)
    limits.put(trade, "500")
    waiting = pay(trade, "900.00", made, day=APRIL)

    with pytest.raises(WaitingDocumentsError, match=f"Payment #{waiting.id}"):
        months.close_month(trade, "2026-04")
    paying.delete(trade, waiting)
    months.close_month(trade, "2026-04")

    assert states(trade)["2026-04"] == "closed"


def test_month_with_an_unapproved_undoing_is_not_closed(trade: Session) -> None:
    from boconsole.invoices import undoing

    paid = pay(trade, "900.00", invoice(trade, "900.00", day=APRIL), day=APRIL)
    limits.put(trade, "500")
    undoing.undo(trade, paid, "wrong customer", date(2026, 4, 30))

    with pytest.raises(WaitingDocumentsError, match=f"Undoing of payment #{paid.id}"):
        months.close_month(trade, "2026-04")


def test_many_waiting_documents_are_not_all_named(trade: Session) -> None:
    for _number in range(7):
        drafting.prepare(trade, new(line("10.00"), day=APRIL))

    with pytest.raises(WaitingDocumentsError, match=r"Invoice #5, … \("):
        months.close_month(trade, "2026-04")


def test_month_with_a_draft_of_an_entry_is_not_closed(trade: Session) -> None:
    draft(trade, "Assets:Bank  1 USD", "Income:Sales", day=APRIL)

    with pytest.raises(YearStateError, match="1 drafts"):
        months.close_month(trade, "2026-04")


def test_month_without_entries_is_closed(trade: Session) -> None:
    months.close_month(trade, "2026-04")

    assert states(trade)["2026-04"] == "closed"
    with pytest.raises(PeriodClosedError):
        sale(trade, day=APRIL)


@pytest.mark.parametrize("name", ["2027-01", "2026-13", "0000-00", "1999-99", "April"])
def test_month_that_is_none_or_not_begun_is_not_made(local_session: Session, name: str) -> None:
    with pytest.raises((NotFoundError, PeriodClosedError)):
        months.close_month(local_session, name)

    assert periods.periods(local_session) == []


# Exceptions


def test_exception_is_listed_until_it_is_withdrawn(trade: Session) -> None:
    add_agent(trade, "joel", ("accountant",))
    periods.set_lock(trade, "purchases", APRIL)
    until = trade.now() + timedelta(hours=2)
    made = exceptions.allow(trade, "purchases", "joel", until, "late bill")

    assert exceptions.running(trade) == [made]
    assert made[1:] == ("purchases", "joel", until, "late bill", trade.user.login)
    exceptions.withdraw(trade, made.id)
    with pytest.raises(NotFoundError):
        exceptions.withdraw(trade, made.id)

    assert exceptions.running(trade) == []
    told = trail.select_history("period", made.id, 10)
    assert [each.action for each in told] == ["period.except", "period.withdraw"]


def test_withdrawn_exception_lets_nobody_in(trade: Session) -> None:
    periods.set_lock(trade, "ledger", APRIL)
    made = exceptions.allow(
        trade, "ledger", "everybody", trade.now() + timedelta(hours=2), "late bill"
    )
    booked = sale(trade, day=APRIL)

    exceptions.withdraw(trade, made.id)

    assert booked.state == "posted"
    with pytest.raises(PeriodClosedError):
        sale(trade, day=APRIL)


def test_exception_needs_a_right_a_person_a_reason_and_an_end(local_session: Session) -> None:
    soon = local_session.now() + timedelta(hours=1)
    clerk = add_agent(local_session, "joel", ("accountant",))

    with pytest.raises(NotAllowedError):
        exceptions.allow(clerk, "ledger", "joel", soon, "why")
    with pytest.raises(NotFoundError, match="nobody"):
        exceptions.allow(local_session, "ledger", "nobody", soon, "why")
    with pytest.raises(InvalidChangeError, match="reason"):
        exceptions.allow(local_session, "ledger", "joel", soon, " ")
    with pytest.raises(InvalidChangeError, match="past"):
        exceptions.allow(local_session, "ledger", "joel", local_session.now(), "why")
    with pytest.raises(InvalidChangeError, match="31 days"):
        exceptions.allow(local_session, "ledger", "joel", soon + timedelta(days=31), "why")
    with pytest.raises(InvalidChangeError, match="hard lock has no exception"):
        exceptions.allow(local_session, "hard", "joel", soon, "why")


# The list


def open_points(session: Session, name: str) -> dict[str, tuple[str, ...]]:
    found = points.of(session, months.span(session, name))
    return {point.name: point.causes for point in found if not point.holds}


def test_list_names_what_waits_in_every_feature(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    known = {name: worth.known_commodity(name).id for name in ("EUR", "CHF", "USD")}
    charts.put_rates([(known["EUR"], known["USD"], 20260331, "1.1")])
    sold = drafting.prepare(trade, new(line("10.00"), day=APRIL))
    bought = drafting.prepare(trade, new(line("9.00", account="5100"), kind="bill", day=APRIL))
    enter(trade, "Assets:Cash  1 EUR @ 1.1 USD", "Assets:Bank", day=APRIL)
    enter(trade, "Assets:Cash  1 CHF @ 1.1 USD", "Assets:Bank", day=APRIL)
    odd = enter(trade, "Assets:Receivable  1 USD", "Equity:Capital", day=APRIL, kind="opening")
    limits.put(trade, "100")
    large = draft(trade, "Assets:Bank  200 USD", "Income:Sales", day=APRIL)

    found = open_points(trade, "2026-04")

    assert found["invoices"] == (f"Invoice #{sold.head.id}",)
    assert found["bills"] == (f"Bill #{bought.head.id}",)
    assert found["drafts"] == found["unapproved"] == (large.number,)
    assert found["controls"] == (odd.number,)
    assert found["rates"] == ("CHF", "EUR")
    assert "payments" not in found
    assert open_points(trade, "2026-03").keys() & {"invoices", "bills", "drafts", "rates"} == set()
    assert open_points(trade, "2026")["drafts"] == (large.number,)


def test_list_counts_bank_lines_nobody_dealt_with(trade: Session, tmp_path: Path) -> None:
    sale(trade)
    take_rows(trade, tmp_path, "2026-05-02;10.00;One;a", "2026-05-03;11.00;Two;b",
              "2026-06-01;1.00;Later;c")  # fmt: skip

    found = {point.name: point for point in points.of(trade, months.span(trade, "2026-05"))}

    assert found["bank"].causes == ("Assets:Bank (2)",)
    assert found["bank"].number == 2


def test_list_is_read_without_making_anything(local_session: Session) -> None:
    with pytest.raises(NotFoundError):
        months.span(local_session, "2026-04")

    assert periods.years(local_session) == []


# The room


def test_room_tells_results_of_months_and_years_before_their_closing(trade: Session) -> None:
    sale(trade, "300.00", date(2025, 12, 1))
    sale(trade, "100.00", APRIL)
    enter(trade, "Expenses:Rent  130.00 USD", "Assets:Bank", day=date(2026, 3, 1))
    drafting.prepare(trade, new(line("10.00"), day=APRIL))
    draft(trade, "Assets:Bank  1 USD", "Income:Sales", day=APRIL)
    months.close_year(trade, "2025")

    found = {row.name: row for row in overview.counted(overview.rows(trade))}

    assert [row.name for row in overview.rows(trade) if row.kind == "year"] == ["2026", "2025"]
    assert {name: told(found[name]) for name in ("2025", "2025-12", "2026", "2026-03")} == {
        "2025": ("closed", 2, 0, [300_00]), "2025-12": ("closed", 2, 0, [300_00]),
        "2026": ("open", 2, 2, [-30_00]), "2026-03": ("open", 1, 0, [-130_00]),
    }  # fmt: skip
    assert told(found["2026-04"]) == ("open", 1, 2, [100_00])


def told(row: overview.Row) -> tuple[str, int, int, list[int]]:
    return row.state, row.entries, row.drafts, [each.amount for each in row.earned]


def test_room_begins_at_the_month_to_close(trade: Session) -> None:
    sale(trade, day=date(2026, 2, 3))
    sale(trade, day=APRIL)
    months.close_month(trade, "2026-02")

    found = overview.next_to_close(overview.rows(trade))

    assert found is not None
    assert found.name == "2026-03"


def test_room_tells_locks_and_exceptions(local_session: Session) -> None:
    periods.set_lock(local_session, "sales", APRIL)
    made = exceptions.allow(
        local_session, "sales", "everybody", local_session.now() + timedelta(hours=1), "late"
    )

    found = overview.rows(local_session)

    assert {row.name: row.ends for row in found if row.kind == "lock"} == {
        "ledger": None, "tax": None, "sales": APRIL, "purchases": None, "payroll": None,
        "hard": None,
    }  # fmt: skip
    assert [row.exception for row in found if row.kind == "exception"] == [made]
    assert len({row.key for row in found}) == len(found)
