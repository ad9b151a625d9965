"""Entries that the register took over stay while it needs them."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole.fixed_assets import acquiring, classes
from boconsole.fixed_assets.acquiring import NewAsset, Source
from boconsole.invoices import issuing
from boconsole.ledger import accounts, entries, vouching
from boconsole.ledger.errors import ReversalError
from boconsole.session import Session
from tests import trade
from tests.books import enter
from tests.fixed_assets import CHART, COMPUTERS, COST, faults, open_register

JAN = date(2026, 1, 1)
LAPTOP = NewAsset("Laptop", "computers", JAN)


def test_an_entry_that_was_taken_over_is_reversed_once_its_asset_is_withdrawn(
    session: Session,
) -> None:
    open_register(session)
    bill = enter(session, f"{COST}  3000 USD", "Liabilities:Loan", day=JAN)
    first = acquiring.acquire(
        session, LAPTOP._replace(cost=Decimal(1000)), Source(entry=bill.number)
    )
    second = acquiring.acquire(session, LAPTOP, Source(entry=bill.number))

    with pytest.raises(ReversalError, match="is the cost of FA-0001, FA-0002 in the register"):
        entries.reverse(session, bill)
    with pytest.raises(ReversalError, match="FA-0001, FA-0002"):
        vouching.reverse(session, bill, JAN, "void", (session.user.id, None, None))
    before = faults(session)
    acquiring.withdraw(session, first, "typed twice")
    with pytest.raises(ReversalError, match="is the cost of FA-0002 in"):
        entries.reverse(session, bill)
    acquiring.withdraw(session, second, "typed twice")
    entries.reverse(session, bill)

    assert before == faults(session) == []


def test_a_bill_is_credited_but_for_what_a_fixed_asset_has_its_cost_from(session: Session) -> None:
    trade.open_trade(session)
    accounts.add(session, CHART)
    classes.put(session, COMPUTERS)
    lines = (trade.line("3000", account=COST), trade.line("90", account="5100"))
    bill = trade.issued(session, *lines, kind="bill")
    asset = acquiring.acquire(session, LAPTOP, Source(entry=bill.number))

    with pytest.raises(ReversalError, match="is the cost of FA-0001 in the register"):
        trade.credited(session, bill)
    note = trade.new(lines[1], kind="bill-credit")
    issuing.issue(session, issuing.credit(session, bill, note))
    before = faults(session)
    acquiring.withdraw(session, asset, "sent back")
    note = trade.new(lines[0], kind="bill-credit")
    issuing.issue(session, issuing.credit(session, bill, note))

    assert before == faults(session) == []
