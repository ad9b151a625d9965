"""Entries that the register took over stay while it needs them."""

from datetime import date
from decimal import Decimal

import pytest

from boconsole.fixed_assets import acquiring
from boconsole.fixed_assets.acquiring import NewAsset, Source
from boconsole.ledger import entries, vouching
from boconsole.ledger.errors import ReversalError
from boconsole.session import Session
from tests.books import enter
from tests.fixed_assets import COST, faults, open_register

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
