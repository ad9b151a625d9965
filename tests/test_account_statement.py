"""Aged lists and statements of account: sums, running balances, and that the books agree."""

from dataclasses import replace
from datetime import date

import pytest

from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.invoices import account_statement, aged_list, undoing, worth
from boconsole.ledger import entries
from boconsole.ledger.typing import typed
from boconsole.session import Session
from tests.trade import MAY, bill, credited, invoice, open_trade, pay

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 15)


@pytest.fixture
def trade(session: Session) -> Session:
    """Two currencies valued in USD: an invoice partly paid, one in EUR, a credit, a bill."""
    open_trade(session)
    worth.set_reporting(session, "USD")
    pay(session, "40.00", invoice(session, "100.00", due=date(2026, 5, 20)))
    invoice(session, "200.00", currency="EUR", rate="1.10", day=JUNE, due=JULY)
    pay(session, "15.00", invoice(session, "5.00"), day=JUNE, reference="BCA 9")
    bill(session, "70.00", due=MAY)
    return session


def test_contacts_have_a_line_for_each_currency_and_the_books_agree(trade: Session) -> None:
    made = aged_list.make(trade, "receivable", JULY)

    assert [(each.partner, each.commodity, each.buckets) for each in made.contacts] == [
        ("Acme", "EUR", (200_00, 0, 0, 0, 0)),
        ("Acme", "USD", (0, 0, 50_00, 0, 0)),
    ]
    assert made.proofs == (
        aged_list.Proof("EUR", 2, 200_00, 200_00),
        aged_list.Proof("USD", 2, 50_00, 50_00),
    )


def test_items_tell_number_due_day_and_whether_they_can_be_paid(trade: Session) -> None:
    pay(trade, "500.00", day=JUNE)
    usd = aged_list.make(trade, "receivable", JUNE).contacts[1]

    assert [(each.number, each.amount, each.payable) for each in usd.items] == [
        ("RCP-2026-00002", -10_00, False),
        ("RCP-2026-00003", -440_00, False),
    ]
    assert usd.buckets == (-450_00, 0, 0, 0, 0)


def test_book_value_is_in_the_reporting_currency_and_agrees_too(trade: Session) -> None:
    made = aged_list.make(trade, "receivable", JULY, valued=True)

    assert [(each.commodity, sum(each.buckets)) for each in made.contacts] == [("USD", 270_00)]
    assert [(proof.open, proof.booked) for proof in made.proofs] == [(270_00, 270_00)]


def test_payables_are_positive_and_earlier_days_are_as_they_were(trade: Session) -> None:
    payable = aged_list.make(trade, "payable", JUNE)
    before = aged_list.make(trade, "receivable", date(2026, 5, 3))
    may = aged_list.make(trade, "receivable", MAY)

    assert payable.totals == (("USD", 2, (0, 70_00, 0, 0, 0)),)
    assert (payable.holds, may.holds, before.contacts, before.proofs) == (True, True, (), ())
    assert may.totals == (("USD", 2, (65_00, 0, 0, 0, 0)),)


def test_opening_balance_without_a_document_breaks_the_proof(trade: Session) -> None:
    lines = ("Assets:Receivable  3.00 USD", "Equity:Capital")
    entries.enter(trade, typed(JUNE, "Opening", lines), kind="opening")

    made = aged_list.make(trade, "receivable", JULY)

    assert not made.holds
    assert made.proofs[1] == aged_list.Proof("USD", 2, 50_00, 53_00)


def test_side_is_one_of_two(trade: Session) -> None:
    with pytest.raises(InvalidChangeError, match="receivable, payable"):
        aged_list.side_of("both")
    with pytest.raises(NotAllowedError):
        aged_list.make(replace(trade, permissions=frozenset()), "payable", MAY)


def test_statement_runs_from_what_was_owed_to_what_is_open(trade: Session) -> None:
    made = account_statement.make(trade, "Acme", "receivable", JUNE, JULY)
    eur, usd = made.accounts

    assert (usd.opening, usd.closing, usd.open, made.holds) == (65_00, 50_00, 50_00, True)
    assert [(each.number, each.text, each.debit, each.credit, each.balance)
            for each in usd.lines] == [
        ("RCP-2026-00002", "Payment received BCA 9", 0, 15_00, 50_00)
    ]  # fmt: skip
    assert [(each.number, each.due, each.balance) for each in eur.lines] == [
        ("INV-2026-00002", JULY, 200_00)
    ]
    assert usd.buckets == (0, 0, 50_00, 0, 0)


def test_statement_from_the_beginning_tells_everything(trade: Session) -> None:
    usd = account_statement.make(trade, "Acme", "receivable", None, JULY).accounts[1]

    assert usd.opening == 0
    assert [each.balance for each in usd.lines] == [100_00, 60_00, 65_00, 50_00]


def test_suppliers_are_owed_what_was_billed_less_what_was_paid(trade: Session) -> None:
    pay(trade, "20.00", kind="out", side="payable", day=JUNE)

    (usd,) = account_statement.make(trade, "Paper Mill", "payable", None, JULY).accounts

    assert [(each.text, each.debit, each.credit, each.balance) for each in usd.lines] == [
        ("Bill", 0, 70_00, 70_00),
        ("Payment made", 20_00, 0, 50_00),
    ]


def test_undoing_and_credit_notes_are_told_and_the_balance_holds(trade: Session) -> None:
    made = invoice(trade, "30.00", day=JUNE)
    undoing.undo(trade, pay(trade, "30.00", made, day=JUNE), "bounced", JULY)
    credited(trade, made, JULY)

    found = account_statement.make(trade, "Acme", "receivable", JULY, JULY)

    assert [each.text for each in found.accounts[1].lines] == [
        "Undone: Payment received", "Credit note",
    ]  # fmt: skip
    assert found.holds


def test_book_values_tell_differences_of_rates(trade: Session) -> None:
    pay(trade, "100.00", currency="EUR", rate="1.30", day=JULY, account="1100", kind="out")
    later = invoice(trade, "50.00", currency="EUR", rate="1.20", day=JULY)
    paid = pay(trade, "300.00", currency="EUR", rate="1.25", day=JULY)
    invoice(trade, "40.00", currency="EUR", rate="1.00", day=JULY)

    found = account_statement.make(trade, "Acme", "receivable", JUNE, JULY, valued=True)

    assert later.number
    assert paid.gain
    assert found.holds
    assert [each.commodity for each in found.accounts] == ["USD"]


def test_set_off_at_another_rate_is_a_line_of_its_own(trade: Session) -> None:
    pay(trade, "200.00", currency="EUR", rate="1.25", day=JULY)
    pay(trade, "30.00", currency="EUR", rate="1.25", day=JULY)
    later = invoice(trade, "30.00", currency="EUR", rate="1.50", day=JULY)
    pay(trade, "30.00", later, currency="EUR", kind="offset", account="", day=JULY)

    found = account_statement.make(trade, "Acme", "receivable", JULY, JULY, valued=True)
    amounts = account_statement.make(trade, "Acme", "receivable", JULY, JULY)
    after = account_statement.make(
        trade, "Acme", "receivable", date(2026, 7, 16), date(2026, 7, 20), valued=True
    )

    assert [each.credit for each in found.accounts[0].lines if each.due is None][-1] == 7_50
    assert (found.holds, amounts.holds, after.holds) == (True, True, True)
    assert after.accounts[0].opening == found.accounts[0].closing


def test_unknown_contact_is_refused_with_similar_ones(trade: Session) -> None:
    with pytest.raises(NotFoundError, match="similar: Acme"):
        account_statement.make(trade, "Acne", "receivable", None, JULY)
