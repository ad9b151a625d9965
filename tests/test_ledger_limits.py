"""Sums above which an approval is needed, by commodity and converted at the day's rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.invoices import worth
from boconsole.ledger import approvals, approving, controls, entries, limits, reading
from boconsole.ledger.errors import ApprovalError, UnknownCommodityError
from boconsole.ledger.limits import Limit
from boconsole.ledger.typing import typed
from boconsole.session import Session
from db import audit as trail
from db.fields import number_of
from db.ledger import charts
from tests.books import DAY, draft, enter, open_books, sale
from tests.people import add_agent
from tests.trade import bill, open_trade, pay


@pytest.fixture
def books(session: Session) -> Session:
    """Books kept in USD, with rates of EUR and IDR that change in May."""
    open_books(session)
    worth.set_reporting(session, "USD")
    rate(session, "EUR", "1.10", date(2026, 1, 1))
    rate(session, "EUR", "1.30", date(2026, 5, 5))
    rate(session, "USD", "16000", date(2026, 1, 1), "IDR")
    return session


def rate(session: Session, code: str, text: str, day: date, quote: str = "USD") -> None:
    known = {name: worth.known_commodity(name).id for name in (code, quote)}
    charts.put_rates([(known[code], known[quote], number_of(day), text)])


def needs(session: Session, amount: str, day: date = DAY) -> bool:
    made = draft(session, f"Assets:Cash  {amount}", "Equity:Capital", day=day)
    return approving.needs_approval(made.postings, day)


def test_others_are_converted_at_the_rate_of_the_day(books: Session) -> None:
    limits.put(books, "10000")
    edges = ("10000.00 USD", "10000.01 USD", "160000000 IDR", "160000001 IDR", "9090.90 EUR",
             "9090.91 EUR", "10000 CHF", "10001 CHF")  # fmt: skip

    assert [needs(books, amount) for amount in edges] == [False, True] * 4


def test_rate_is_that_of_the_day_of_the_entry(books: Session) -> None:
    limits.put(books, "10000")

    assert not needs(books, "8000 EUR", date(2026, 5, 4))
    assert needs(books, "8000 EUR", date(2026, 5, 5))


def test_rate_kept_for_the_occasion_lowers_nothing(books: Session) -> None:
    limits.put(books, "10000")
    rate(books, "EUR", "0.0001", DAY)

    assert needs(books, "100000 EUR")
    assert needs(books, "100000 EUR", DAY + timedelta(30))
    assert not needs(books, "8000 EUR")


def test_commodity_has_a_sum_of_its_own(books: Session) -> None:
    limits.put(books, "10000")
    limits.put(books, "500000000", "IDR")
    limits.put(books, "0", "EUR")

    assert not needs(books, "500000000 IDR")
    assert needs(books, "500000001 IDR")
    assert needs(books, "0.01 EUR")
    assert not needs(books, "10000 USD")


def test_own_sum_asks_where_no_general_one_is(books: Session) -> None:
    limits.put(books, "100", "IDR")

    assert needs(books, "101 IDR")
    assert not needs(books, "99999999 USD")
    limits.put(books, "", "IDR")
    assert not needs(books, "101 IDR")
    assert limits.listed(books) == [Limit("", None)]


def test_sum_of_the_reporting_currency_counts_for_what_is_converted(books: Session) -> None:
    limits.put(books, "10000")
    limits.put(books, "1000", "USD")

    assert needs(books, "1000 EUR")


def test_without_reporting_currency_whole_units_count(local_session: Session) -> None:
    open_books(local_session)
    limits.put(local_session, "10000")

    assert needs(local_session, "10001 IDR")
    assert not needs(local_session, "10000 EUR")


def test_refusal_list_and_control_name_the_sum(books: Session) -> None:
    sale(books, "700.00")
    limits.put(books, "500")
    waiting = draft(books, "Assets:Cash  1000 EUR", "Equity:Capital")

    with pytest.raises(ApprovalError, match="above 500 USD and needs"):
        enter(books, "Assets:Cash  1000 EUR", "Equity:Capital")
    found = reading.list_page(books, "is:unapproved").rows
    told = controls.run(books, DAY, DAY)

    assert [reading.number_of(row) for row in found] == [waiting.number]
    assert [row.reason for row in told if row.test == "unapproved"] == [
        "JNL-2026-00001 is above 500 USD and was posted without an approval"
    ]


def test_own_and_approved_drafts_are_not_for_me(books: Session) -> None:
    limits.put(books, "500")
    ani = add_agent(books, "ani", ("admin",))
    draft(books, "Assets:Cash  600 USD", "Equity:Capital")
    theirs = draft(ani, "Assets:Cash  600 USD", "Equity:Capital")

    assert [row.id for row in reading.list_page(books, "is:approvable").rows] == [theirs.head.id]
    approving.approve(books, theirs)
    assert reading.count(books, "is:approvable").number == 0
    assert reading.count(books, "is:unapproved").number == 1


def test_payment_in_another_currency_waits_by_its_worth(session: Session) -> None:
    open_trade(session)
    worth.set_reporting(session, "USD")
    rate(session, "EUR", "1.10", date(2026, 1, 1))
    made = bill(session, "950.00", currency="EUR")
    limits.put(session, "1000")

    waiting = pay(session, "950.00", made, kind="out", side="payable", currency="EUR")

    assert waiting.state == "draft"


def test_sums_are_chosen_with_a_right_and_audited(books: Session) -> None:
    limits.put(books, "150000000", "IDR")

    with pytest.raises(NotAllowedError):
        limits.put(add_agent(books, "joel", ("accountant",)), "1", "IDR")
    for wrong in ("-1", "much", "NaN", "Infinity"):
        with pytest.raises(InvalidChangeError):
            limits.put(books, wrong, "IDR")
    with pytest.raises(UnknownCommodityError):
        limits.put(books, "1", "MARS")

    assert limits.listed(books) == [Limit("", None), Limit("IDR", Decimal(150_000_000))]
    last = trail.select_history("ledger", 0, 10)[-1]
    assert (last.action, last.changes) == (
        "ledger.set", '{"approval_threshold:IDR":["","150000000"]}'
    )  # fmt: skip


def test_sum_is_told_with_all_its_digits(local_session: Session) -> None:
    open_books(local_session)

    assert [limits.put(local_session, text).text for text in ("1e5", "-0", "0.5")] == [
        "100000", "0", "0.5",
    ]  # fmt: skip
    for text in ("1e999", "1e-999", "-1", "NaN"):
        with pytest.raises(InvalidChangeError, match="is no sum"):
            limits.put(local_session, text)


def test_who_wrote_a_draft_is_none_who_may_approve_it(books: Session) -> None:
    limits.put(books, "500")
    ani = add_agent(books, "ani", ("admin",))
    add_agent(books, "budi", ("approver",))
    add_agent(books, "joel", ("accountant",))
    made = draft(ani, "Assets:Cash  600 USD", "Equity:Capital")
    with_root = {"ani", "budi", books.user.login}
    assert {login for _id, login in approving.holders()} == with_root

    before = approvals.waiting(books)[0]
    entries.edit(books, made, typed(DAY, "Else", ["Assets:Cash  700 USD", "Equity:Capital"]))
    after = approvals.waiting(books)

    assert set(before.approvers) == with_root - {"ani"}
    assert [(row.preparer, row.approvers) for row in after] == [(books.user.login, ("budi",))]
    assert reading.whole(books, made.number).approvers == ["budi"]
