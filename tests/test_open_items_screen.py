"""Open items and statements of account on the screen, by real keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from boconsole.invoices import worth
from boconsole.session import Session
from screens.ledger.account import AccountScreen
from screens.ledger.invoice import DocumentScreen
from screens.ledger.open_items import OpenItemsScreen
from screens.ledger.payment import PaymentScreen
from tests.bookkeeping import desk, typed_in
from tests.desks import LARGE, SMALL, press, quiet, shown
from tests.trade import bill, invoice, open_trade, pay, state

JUNE = date(2026, 6, 1)


@pytest.fixture
def trade(local_session: Session) -> Session:
    """Customers owe USD since March and EUR, one credit is left, and a supplier gets 70."""
    open_trade(local_session)
    worth.set_reporting(local_session, "USD")
    pay(local_session, "40.00",
        invoice(local_session, "1100.00", day=date(2026, 3, 1), due=date(2026, 3, 20)))  # fmt: skip
    invoice(local_session, "30.00")
    invoice(local_session, "200.00", currency="EUR", rate="1.10")
    bill(local_session, "70.00")
    return local_session


async def opened(pilot: Pilot[None]) -> OpenItemsScreen:
    await quiet(pilot)
    await typed_in(pilot, ":", " view Open items", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, OpenItemsScreen)
    return screen


def words(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines()]


async def test_contacts_unfold_to_items_and_these_to_their_document(
    trade: Session, tmp_path: Path
) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        folded = shown(app)
        await press(pilot, "j", "enter", "j")
        unfolded = shown(app)
        await press(pilot, "enter")
        document = app.screen
        await press(pilot, "escape")
        back = app.screen
        await press(pilot, "escape")
        again = shown(app)

    assert "Receivables by age" in folded.splitlines()[0]
    assert "at the end of 2026-05-04 · proved" in folded.splitlines()[1]
    assert ["+", "Acme", "30.00", "-", "1,060.00", "-", "-", "1,090.00", "USD"] in words(folded)
    assert ["Control", "account", "1,090.00", "USD"] in words(folded)
    assert "INV-2026-00001 2026-03-20" in unfolded
    assert isinstance(document, DocumentScreen)
    assert isinstance(back, OpenItemsScreen)
    assert "INV-2026-00001" not in again


async def test_day_side_and_book_value_are_on_keys(trade: Session, tmp_path: Path) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        screen = await opened(pilot)
        await press(pilot, "$")
        valued = shown(app)
        await press(pilot, "$", "<", "<")
        march = shown(app)
        await typed_in(pilot, "d", "ctrl+u", " 2026-13", "enter")
        wrong = shown(app)
        await typed_in(pilot, "ctrl+u", " 2026-06-01", "enter", "i")
        payable = shown(app)
        place = screen.place()
        await typed_in(pilot, "v", "1", "[")
        back = shown(app)

    assert "at book value" in valued
    assert ["Open", "items", "1,310.00", "USD"] in words(valued)
    assert "at the end of 2026-03-31" in march
    assert "1,100.00 USD" in march
    assert "is no period such as" in wrong
    assert "Payables by age" in payable
    assert "70.00 USD" in payable
    assert place.query == "payable 2026-06-01"
    assert "Payables by age" in back.splitlines()[0]


async def test_marked_items_are_paid_in_one_payment(trade: Session, tmp_path: Path) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "space", "space", "n")
        refused = shown(app)
        await press(pilot, "escape", "g", "j", "enter", "j", "space", "space", "n")
        form = shown(app)
        await press(pilot, "ctrl+s")
        paid = app.screen
        await press(pilot, "q")
        after = shown(app)

    assert "One payment is for one contact in one currency" in refused
    assert "The amount is 1,090.00 USD." in form
    assert isinstance(paid, PaymentScreen)
    assert "1,090.00" not in after
    assert "200.00 EUR" in after


async def test_statement_of_account_opens_from_a_contact_and_is_exported(
    trade: Session, tmp_path: Path
) -> None:
    path = tmp_path / "acme.csv"
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "j", "S")
        screen, text = app.screen, shown(app)
        await typed_in(pilot, "d", "ctrl+u", " 2026-05", "enter")
        may = shown(app)
        await typed_in(pilot, "x", "ctrl+u")
        await typed_in(pilot, f" {path}", "enter")
        said = shown(app)
        await press(pilot, "g", "j", "enter")
        opened_document = app.screen

    assert isinstance(screen, AccountScreen)
    assert ["2026-05-04", "RCP-2026-00001", "Payment", "received", "-40.00", "1,060.00",
            "USD"] in words(text)  # fmt: skip
    assert ["2026-05-04", "Balance", "1,090.00", "USD"] in words(text)
    assert "as a customer · proved" in text
    assert ["2026-05-01", "Balance", "before", "1,100.00", "USD"] in words(may)
    assert "are in" in said
    assert "1090.00" in path.read_text("utf-8-sig")
    assert isinstance(opened_document, DocumentScreen | PaymentScreen)


async def test_aged_list_is_exported_as_it_is_shown(trade: Session, tmp_path: Path) -> None:
    path = tmp_path / "aged.csv"
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "z")
        await typed_in(pilot, "x", "ctrl+u")
        await typed_in(pilot, f" {path}", "enter")

    rows = path.read_text("utf-8-sig").splitlines()
    assert rows[1].startswith("Acme,,,EUR,200.00")
    assert any(row.startswith("Acme,INV-2026-00001,2026-03-20,USD") for row in rows)
    assert state(trade, invoice(trade, "1.00"))[0] == "issued"
