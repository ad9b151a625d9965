"""Payments of documents recorded for bank lines: found by number and amount, matched at once."""

from decimal import Decimal
from pathlib import Path

import pytest

from boconsole.bank import accepting, billing, creating, matching
from boconsole.bank.errors import MatchError
from boconsole.errors import InvalidChangeError
from boconsole.invoices import paying, reading
from boconsole.invoices.words import payment_number
from boconsole.ledger import accounts, limits
from boconsole.session import Session
from tests import trade
from tests.banks import line_of, reconciled, take_rows


@pytest.fixture
def dealings(session: Session) -> Session:
    """Books with customers and suppliers."""
    trade.open_trade(session)
    return session


def test_payment_of_a_named_invoice_is_recorded_and_matched(
    dealings: Session, tmp_path: Path
) -> None:
    found = trade.invoice(dealings, "100.00")
    trade.invoice(dealings, "70.00")
    take_rows(dealings, tmp_path, f"2026-05-09;100.00;Acme 00002 {found.number};T5")
    line = line_of("Acme")

    named = billing.named(dealings, line)
    offered = [bill.number for bill in billing.offered(dealings, line, "")]
    typed = [bill.number for bill in billing.offered(dealings, line, "acm")]
    done = creating.pay(dealings, line, billing.payment_of(dealings, line, named))

    assert (named, offered, len(typed)) == ([found.number], [found.number], 2)
    assert billing.said(done) == "Payment RCP-2026-00001 is posted and matched."
    assert reading.get(dealings, found.number).head.open == 0
    assert (line_of("Acme").state, reconciled(dealings).settled_books) == ("matched", 100_00)


def test_bill_is_paid_by_money_that_goes_out(dealings: Session, tmp_path: Path) -> None:
    found = trade.bill(dealings, "80.00")
    take_rows(dealings, tmp_path, "2026-05-09;-80.00;Paper;T5")
    line = line_of("Paper")

    offered = [bill.number for bill in billing.offered(dealings, line, "")]
    new = billing.payment_of(dealings, line, [], partner="Paper Mill")
    done = creating.pay(dealings, line, new)

    assert offered == [found.number]
    assert (new.kind, new.side, new.amount) == ("out", "payable", Decimal("80.00"))
    assert done[1] is not None
    assert reading.get(dealings, found.number).head.open == 0


def test_payment_that_waits_for_an_approval_leaves_the_line_open(
    dealings: Session, tmp_path: Path
) -> None:
    found = trade.invoice(dealings, "100.00")
    take_rows(dealings, tmp_path, "2026-05-09;100.00;Acme;T5")
    limits.put(dealings, "50")
    line = line_of("Acme")

    made, match = creating.pay(dealings, line, billing.payment_of(dealings, line, [found.number]))

    waits = line_of("Acme")
    with pytest.raises(MatchError, match="waits for"):
        creating.create(dealings, waits, ["Income:Sales"])
    with pytest.raises(MatchError, match="waits for"):
        creating.pay(dealings, waits, billing.payment_of(dealings, waits, [found.number]))

    assert (made.state, match, waits.state) == ("draft", None, "open")
    assert matching.waits_for(waits) == payment_number(made)
    assert accepting.accept(dealings, accounts.find("Assets:Bank")) == []
    assert "waits for the approval" in billing.said((made, match))
    paying.delete(dealings, made)
    limits.put(dealings, "")
    assert line_of("Acme").waits is None
    assert creating.create(dealings, line_of("Acme"), ["Income:Sales"])[1].line.state == "matched"


def test_what_cannot_be_one_payment_is_refused(dealings: Session, tmp_path: Path) -> None:
    sold, bought = trade.invoice(dealings, "50.00"), trade.bill(dealings, "50.00")
    take_rows(dealings, tmp_path, "2026-05-09;100.00;Acme;T5")
    line = line_of("Acme")

    with pytest.raises(MatchError):
        billing.payment_of(dealings, line, [sold.number, bought.number])
    with pytest.raises(InvalidChangeError):
        billing.payment_of(dealings, line, [])
