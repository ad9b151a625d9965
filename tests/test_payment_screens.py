"""Payments on the screen, by real keys: list, form, four eyes, undoing, jumps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from boconsole.invoices import payments, undoing
from boconsole.ledger import limits
from boconsole.session import Session
from screens.ledger.entry import EntryScreen
from screens.ledger.payment import PaymentScreen
from screens.ledger.payment_form import PaymentFormScreen
from screens.ledger.payments import PaymentsScreen
from tests.bookkeeping import desk, typed_in
from tests.desks import LARGE, SMALL, press, quiet, shown
from tests.people import add_agent
from tests.trade import invoice, open_trade, pay, state


@pytest.fixture
def trade(local_session: Session) -> Session:
    open_trade(local_session)
    pay(local_session, "40.00", invoice(local_session, "100.00"), reference="BCA 77")
    pay(local_session, "130.00", invoice(local_session, "110.00"), day=date(2026, 5, 6))
    return local_session


async def opened(pilot: Pilot[None]) -> PaymentsScreen:
    await quiet(pilot)
    await typed_in(pilot, ":", " view Payments", "enter")
    screen = pilot.app.screen
    assert isinstance(screen, PaymentsScreen)
    return screen


async def test_list_shows_payments_and_what_is_left_beside_a_preview(
    trade: Session, tmp_path: Path
) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await opened(pilot)
        first = shown(app).splitlines()
        await typed_in(pilot, "/", " ref:bca", "enter")
        filtered = shown(app)
        await typed_in(pilot, "escape", "/", " contact:nob")
        wrong = shown(app)

    assert first[0].startswith(" Ledger · Payments · 1 of 2")
    assert "RCP-2026-00002" in first[2]
    assert "130.00 USD" in first[2]
    assert any("Left over       20.00 USD" in line for line in first)
    assert any("INV-2026-00002  due 2026-06-03" in line for line in first)
    assert "1 of 1" in filtered.splitlines()[0]
    assert "RCP-2026-00002" not in filtered
    assert "there is no contact 'nob'" in wrong


async def test_payment_opens_its_entry_and_comes_back(trade: Session, tmp_path: Path) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        page = shown(app)
        await press(pilot, "L", "1")
        entry = app.screen
        await press(pilot, "q", "J")
        other = shown(app)
        await press(pilot, "H")
        history = shown(app)

    assert "Received from a customer | Acme" in page
    assert "Left over       20.00 USD" in page
    assert isinstance(entry, EntryScreen)
    assert "RCP-2026-00001" in other.splitlines()[0]
    assert "payment.post" in history


async def test_marked_payments_are_exported_and_the_contact_has_a_statement(
    trade: Session, tmp_path: Path
) -> None:
    path = tmp_path / "payments.csv"
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, "space", "x", "ctrl+u", f" {path}", "enter")
        await press(pilot, "escape", "S")
        statement = shown(app)

    rows = path.read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("RCP-2026-00002,2026-05-06,in,Acme,posted,Assets:Bank,,USD,130.00")
    assert "2026-01-01..2026-05-04 · as a customer · proved" in statement


async def test_number_is_opened_from_the_command_line(trade: Session, tmp_path: Path) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " RCP-2026-00001", "enter")
        screen, text = app.screen, shown(app)

    assert isinstance(screen, PaymentScreen)
    assert "Settles" in text


async def test_form_goes_over_the_oldest_and_keeps_the_rest_as_a_credit(
    trade: Session, tmp_path: Path
) -> None:
    late = invoice(trade, "30.00", due=date(2026, 7, 1))
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, "n", "tab", " Ac", "down", "enter", "tab", "tab", "tab", " 1,100 USD")
        await pilot.pause(0.3)
        await quiet(pilot)
        offered = shown(app)
        await press(pilot, "tab", "=")
        taken = shown(app)
        await press(pilot, "ctrl+n")
        spread = shown(app)
        await press(pilot, "ctrl+s")
        made = app.screen

    assert "INV-2026-00001   due 2026-06-03                60.00 USD" in offered
    assert "Nothing is named: the oldest due is settled first." in offered
    assert "Settles 60.00 USD; 1,040.00 USD stays as a credit." in taken
    assert "Settles 90.00 USD; 1,010.00 USD stays as a credit." in spread
    assert isinstance(made, PaymentScreen)
    assert payments.whole(trade, made.payment_id).left == 1_010_00
    assert state(trade, late) == ("paid", 0)


async def test_form_takes_what_is_open_with_one_key_and_says_what_is_wrong(
    trade: Session, tmp_path: Path
) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, "n", "ctrl+s")
        empty = shown(app)
        await typed_in(pilot, " Acme")
        await pilot.pause(0.3)
        await quiet(pilot)
        await typed_in(pilot, *["tab"] * 4, "=")
        taken = shown(app)
        await typed_in(pilot, "ctrl+u", " 75", "ctrl+s")
        screen, refused = app.screen, shown(app)

    assert "! is needed" in empty
    assert "The amount is 60.00 USD." in taken
    assert "Only 60.00 USD is open of what Acme is to settle." in refused
    assert isinstance(screen, PaymentFormScreen)


async def test_payment_above_the_threshold_needs_another_pair_of_eyes(
    trade: Session, tmp_path: Path
) -> None:
    limits.put(trade, "50")
    kim = add_agent(trade, "kim", ("accountant",))
    waits = pay(kim, "60.00")
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, ":", " view To approve", "enter")
        found = shown(app)
        await press(pilot, "A", "y")
        gone = shown(app)
        await typed_in(pilot, ":", " view Waiting payments", "enter", "escape", "/", " is:draft",
                       "enter", "P")  # fmt: skip
        own = shown(app)

    assert "W waits" in found
    assert f"#{waits.id}" in found
    assert "is approved; P posts it" in gone
    assert "No payment matches" in gone
    assert payments.whole(trade, waits.id).standing == "posted"
    assert "Payment RCP-2026-00003 is posted." in own


async def test_undoing_asks_for_a_reason_and_opens_what_was_settled(
    trade: Session, tmp_path: Path
) -> None:
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "j", "enter", "R", "ctrl+s")
        asked = shown(app)
        await typed_in(pilot, " bounced", "ctrl+s")
        done = shown(app)
        await press(pilot, "R")
        again = shown(app)

    assert "Undo RCP-2026-00001" in asked
    assert "! is needed" in asked
    assert "U undone" in done
    assert "Reason          bounced" in done
    assert "Only a posted payment can be undone" in again


async def test_asked_undoing_is_approved_from_the_list(trade: Session, tmp_path: Path) -> None:
    limits.put(trade, "10")
    kim = add_agent(trade, "kim", ("accountant",))
    undoing.undo(kim, payments_row(trade, 1), "bounced")
    app = desk(trade, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot)
        await typed_in(pilot, ":", " view To approve", "enter")
        waiting = shown(app)
        await press(pilot, "A", "y")

    assert "w undoing" in waiting
    assert payments.whole(trade, 1).standing == "undo-approved"


def payments_row(session: Session, payment_id: int) -> payments.PaymentRow:
    return payments.whole(session, payment_id).row
