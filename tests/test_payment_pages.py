"""Lists of payments: what queries find, pages, and one payment with what it settled."""

from dataclasses import replace
from datetime import date

import pytest

from boconsole.errors import NotAllowedError, QuerySyntaxError
from boconsole.invoices import paying, payments, undoing, worth
from boconsole.ledger import limits
from boconsole.session import Session
from tests.people import add_agent
from tests.trade import bill, credited, invoice, open_trade, pay

JUNE = date(2026, 6, 1)
FOUND: dict[str, list[int]] = {
    "": [1, 2, 3, 4, 5],
    "kind:in": [1, 2, 4],
    "kind:out": [3],
    "payable": [3],
    "contact:acme": [1, 2, 4, 5],
    'contact:"Paper Mill"': [3],
    "contact:mill": [3],
    "number:1": [1, 3],
    "RCP-2026-00002": [2],
    "date:>=2026-06-01": [2, 5],
    "amount:>70": [2],
    "amount:40": [1],
    "amount:>39.995 amount:<40.005": [1],
    "amount:5..70": [1, 3, 4, 5],
    "account:cash": [3],
    "no:account": [5],
    "currency:usd state:posted": [1, 2, 3, 5],
    "is:undone": [4],
    "is:credit": [2],
    "ref:bca": [1],
    "77": [1],
    "paper": [3],
    "nothing": [],
    "is:gain": [],
    "me -kind:in": [3, 5],
    "kind:out or is:undone": [3, 4],
}


@pytest.fixture
def trade(session: Session) -> Session:
    """Seven payments: two of customers, one credit, one bill, one set-off, one undone."""
    open_trade(session)
    pay(session, "40.00", invoice(session, "100.00"), reference="BCA 77")
    pay(session, "150.00", invoice(session, "100.00"), day=JUNE)
    pay(session, "70.00", bill(session, "70.00"), kind="out", side="payable", account="1000")
    undoing.undo(session, pay(session, "5.00"), "bounced", JUNE)
    pay(session, "20.00", invoice(session, "80.00"), kind="offset", account="", day=JUNE)
    return session


def found(session: Session, query: str) -> list[int]:
    return sorted(row.id for row in payments.list_page(session, query).rows)


def test_queries_find_payments(trade: Session) -> None:
    assert {query: found(trade, query) for query in FOUND} == FOUND
    assert {query: payments.count(trade, query).number for query in FOUND} == {
        query: len(ids) for query, ids in FOUND.items()
    }


def test_unknown_contact_is_refused_where_it_stands(trade: Session) -> None:
    with pytest.raises(QuerySyntaxError, match="no contact 'nobody'"):
        payments.list_page(trade, "contact:nobody")


def test_pages_go_on_and_back_without_a_gap(trade: Session) -> None:
    first = payments.list_page(trade, "", limit=2)
    second = payments.list_page(trade, "", first.cursors[-1], 2)
    back = payments.list_page(trade, "", second.cursors[0], 2, backwards=True)
    around = payments.page_around(trade, "", 4, 3)

    assert [row.id for row in first.rows] == [5, 2]
    assert [row.id for row in second.rows] == [4, 3]
    assert (first.more, second.more, back.rows) == (True, True, first.rows)
    assert around is not None
    assert [row.id for row in around.rows] == [2, 4, 3]


def test_line_says_what_was_left_over(trade: Session) -> None:
    rows = {row.id: row for row in payments.list_page(trade, "").rows}

    assert (rows[2].left, rows[1].left) == (30_00, 0)
    assert (payments.number_of(rows[2]), payments.number_of(rows[5])) == ("RCP-2026-00002", "#5")
    assert (rows[3].account, rows[3].partner) == ("Assets:Cash", "Paper Mill")


def test_payment_tells_what_it_settled_and_who_used_its_credit(trade: Session) -> None:
    paid = payments.whole(trade, 2)
    set_off = payments.whole(trade, 5)
    undone = payments.whole(trade, 4)

    assert [(each.number, each.amount, each.own) for each in paid.settled] == [
        ("INV-2026-00002", 100_00, True),
        ("INV-2026-00003", 20_00, False),
    ]
    assert (paid.left, paid.standing) == (30_00, "posted")
    assert [(each.number, each.source) for each in set_off.settled] == [
        ("INV-2026-00003", "RCP-2026-00002")
    ]
    assert [each.undone_on for each in undone.settled] == [JUNE]
    assert (undone.standing, len(undone.entries)) == ("undone", 2)


def test_gain_is_told_with_its_currency(session: Session) -> None:
    open_trade(session)
    worth.set_reporting(session, "USD")
    made = invoice(session, "400.00", currency="EUR", rate="1/1.20")

    paid = pay(session, "400.00", made, currency="EUR", rate="1/1.10")

    assert payments.whole(session, paid.id).gain == "30.31 USD"
    assert found(session, "is:gain") == [paid.id]


def test_what_waits_is_found_by_those_who_may_approve_it(session: Session) -> None:
    open_trade(session)
    made = invoice(session, "100.00")
    old = pay(session, "90.00", invoice(session, "90.00"))
    limits.put(session, "50")
    waits = pay(session, "100.00", made)
    undoing.undo(session, old, "bounced")
    kim = add_agent(session, "kim", ("accountant", "approver"))

    assert found(session, "is:waiting") == [old.id, waits.id]
    assert (found(session, "is:approvable"), found(kim, "is:approvable")) == (
        [], [old.id, waits.id],
    )  # fmt: skip
    paying.approve(kim, waits)

    assert found(session, "is:waiting") == [old.id]
    assert payments.whole(session, waits.id).standing == "approved"
    assert payments.whole(session, old.id).standing == "undo-waits"
    assert found(replace(kim, permissions=frozenset({"payment.read"})), "is:approvable") == []


def test_credit_note_paid_back_stands_among_what_was_settled(session: Session) -> None:
    open_trade(session)
    made = invoice(session, "100.00")
    pay(session, "100.00", made)
    note = credited(session, made)

    back = pay(session, "100.00", note, kind="out")

    assert [each.number for each in payments.whole(session, back.id).settled] == [note.number]


def test_payments_are_private(trade: Session) -> None:
    stranger = replace(trade, permissions=frozenset())

    with pytest.raises(NotAllowedError):
        payments.list_page(stranger, "")
    with pytest.raises(NotAllowedError):
        payments.whole(stranger, 1)
