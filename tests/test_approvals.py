"""The inbox of an approver: everything of the books that waits, whichever feature it belongs to."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from boconsole import approvals
from boconsole.doors.main import main
from boconsole.errors import NotAllowedError, StaleRecordError
from boconsole.invoices import drafting, payments, worth
from boconsole.ledger import limits
from boconsole.ledger.approvals import Waiting
from boconsole.ledger.errors import ApprovalError
from boconsole.session import Session
from db import connection
from screens.ledger.invoice import DocumentScreen
from screens.ledger.payment import PaymentScreen
from screens.widgets.bars import NoticeLine
from tests.bookkeeping import desk, typed_in
from tests.books import draft, open_books
from tests.consoles import line as line_of
from tests.dealings import waiting
from tests.desks import LARGE, SMALL, quiet, shown
from tests.people import add_agent
from tests.trade import line, new, open_trade, pay


@pytest.fixture
def trade(session: Session) -> Session:
    """Books in which a record of every kind waits for an approval."""
    open_trade(session)
    waiting(session)
    return session


def told(found: list[Waiting]) -> list[tuple[str, str]]:
    return [(row.kind, row.number) for row in found]


def test_all_that_waits_is_in_one_list_the_oldest_first(trade: Session) -> None:
    found = approvals.waiting(trade)

    kinds = ["entry", "invoice", "payment", "bill", "undoing", "bill-credit"]
    assert [row.kind for row in found] == kinds
    assert [row.dated for row in found] == sorted(row.dated for row in found)
    assert {row.preparer for row in found} == {"lea"}
    assert {row.approvers for row in found} == {tuple(sorted(("siti", trade.user.login)))}
    assert [f"{row.sums[0].amount} {row.sums[0].commodity}" for row in found] == [
        "720000 USD", "60000 USD", "90000 USD", "60000 USD", "70000 USD", "80000 USD",
    ]  # fmt: skip
    assert found[4].about == "bounced"


def test_list_is_emptied_as_records_are_approved(trade: Session) -> None:
    found = approvals.waiting(trade)
    siti = add_agent(trade, "sri", ("approver",))

    approvals.approve(siti, found[:2])
    left = approvals.waiting(trade)
    approvals.approve(siti, left)

    assert told(left) == told(found)[2:]
    assert approvals.waiting(trade) == []
    undone = payments.whole(trade, found[4].id)
    assert undone.standing == "undo-approved"


def test_records_of_all_kinds_are_approved_together_or_not_at_all(trade: Session) -> None:
    mine = drafting.prepare(trade, new(line("600.00"), day=date(2026, 5, 9)))
    found = approvals.waiting(trade)

    with pytest.raises(ApprovalError, match=rf"You prepared Invoice #{mine.head.id};"):
        approvals.approve(trade, found)

    assert told(approvals.waiting(trade)) == told(found)


def test_who_wrote_a_document_is_none_who_may_approve_it(trade: Session) -> None:
    mia = add_agent(trade, "mia", ("admin",))
    mine = drafting.prepare(mia, new(line("600.00"), day=date(2026, 5, 9)))
    drafting.edit(trade, mine, new(line("700.00"), day=date(2026, 5, 9)))

    row = next(each for each in approvals.waiting(trade) if each.id == mine.head.id
               and each.kind == "invoice")  # fmt: skip

    assert (row.preparer, row.approvers) == (trade.user.login, ("siti",))


def test_own_payment_is_named_with_its_kind(trade: Session) -> None:
    own = pay(trade, "600.00", day=date(2026, 5, 9))
    found = [row for row in approvals.waiting(trade) if row.number == f"Payment #{own.id}"]

    with pytest.raises(ApprovalError, match=rf"You prepared Payment #{own.id};"):
        approvals.approve(trade, found)


def test_record_that_changed_meanwhile_is_named(trade: Session) -> None:
    seen = next(row for row in approvals.waiting(trade) if row.kind == "bill")
    approvals.approve(trade, [seen])

    with pytest.raises(StaleRecordError, match=rf"Bill #{seen.id} was changed"):
        approvals.approve(trade, [seen])


def test_nobody_approves_without_the_right_of_the_kind(trade: Session) -> None:
    kim = add_agent(trade, "joel", ("accountant",))

    for row in approvals.waiting(trade):
        with pytest.raises(NotAllowedError):
            approvals.approve(kim, [row])


def test_what_one_may_not_read_is_left_out(trade: Session) -> None:
    reader = replace(trade, permissions=frozenset({"ledger.read", "payment.read"}))

    kinds = [row.kind for row in approvals.waiting(reader)]

    assert kinds == ["entry", "payment", "undoing"]


NARROWED = {
    "lea paper": ["bill", "bill-credit"],
    "BOUNCED": ["undoing"],
    "900.00 usd": ["payment"],
    "7,200.00 7200.00 server": ["entry"],
    "you 05-02": ["entry"],
    "nobody": [],
}


def test_words_narrow_the_list(trade: Session) -> None:
    found = {words: [row.kind for row in approvals.waiting(trade, words)] for words in NARROWED}

    assert found == NARROWED


def test_you_is_no_part_of_a_word(trade: Session) -> None:
    drafting.prepare(trade, new(line("900.00"), reference="Youth fund"))

    assert "Youth fund" not in [row.about for row in approvals.waiting(trade, "you")]
    assert [row.about for row in approvals.waiting(trade, "youth")] == ["Youth fund"]


def test_document_that_cannot_be_booked_waits_by_its_own_total(trade: Session) -> None:
    before = len(approvals.waiting(trade))
    connection.execute("UPDATE ledger_account SET role = '' WHERE role = 'payable'")

    assert len(approvals.waiting(trade)) == before


def test_without_a_threshold_only_asked_undoings_wait(trade: Session) -> None:
    limits.put(trade, "")

    assert [row.kind for row in approvals.waiting(trade)] == ["undoing"]


def test_draft_is_measured_in_the_reporting_currency(trade: Session) -> None:
    worth.set_reporting(trade, "USD")
    day = date(2026, 5, 8)
    for total in ("400.00", "460.00"):
        drafting.prepare(
            trade, new(line(total), day=day, currency="EUR", rate="1.10")
        )  # fmt: skip

    late = [row for row in approvals.waiting(trade) if row.dated == day]

    assert [row.sums[0].amount for row in late] == [46000]


def test_reading_walks_what_is_left_as_a_draft_alone(
    local_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = connection.fetch
    steps: list[str] = []
    open_books(local_session)
    limits.put(local_session, "500")
    draft(local_session, "Assets:Equipment  7200 USD", "Liabilities:Loan")

    def watched(sql: str, params: Sequence[object] = ()) -> list[tuple[object, ...]]:
        steps.extend(row[3] for row in fetch(f"EXPLAIN QUERY PLAN {sql}", params))
        return fetch(sql, params)

    monkeypatch.setattr(connection, "fetch", watched)
    approvals.waiting(local_session)

    small = ("SCAN u ", "SCAN ledger_setting", "SCAN own_role", "SCAN p")
    assert {step for step in steps if step.startswith("SCAN") and not step.startswith(small)} == {
        "SCAN journal_entry USING INDEX journal_entry_draft",
        "SCAN i USING INDEX invoice_draft",
        "SCAN w USING INDEX payment_waiting",
        "SCAN w USING INDEX payment_undoing",
        "SCAN r USING INDEX document_review_open",
    }


# On the screen


async def test_approver_works_the_list_off(dealings: Session, tmp_path: Path) -> None:
    waiting(dealings)
    app = desk(dealings, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " approvals", "enter")
        first = shown(app).splitlines()
        await typed_in(pilot, "A")
        one = line_of(app, NoticeLine).strip()
        await typed_in(pilot, "*", "A")
        own = line_of(app, NoticeLine).strip()
        await typed_in(pilot, "escape", "/", " is:draft")
        term = shown(app)
        await typed_in(pilot, "ctrl+u", " you", "enter", "*", "A")
        others = line_of(app, NoticeLine).strip()
        emptied = shown(app)

    assert first[0].startswith(" Ledger · Approvals · 1 of 7")
    assert [row[2:17].strip() for row in first[2:9]] == [
        "DRF-13", "Invoice #6", "Invoice #12", "Payment #4", "Bill #14", "RCP-2026-00003",
        "Credit #15",
    ]  # fmt: skip
    assert first[3].split()[-2:] == ["root", "siti"]
    assert first[4].split()[-3:] == ["lea", "you,", "siti"]
    assert one == "DRF-13 is approved."
    assert own == "Error: You prepared Invoice #6; somebody else has to approve it."
    assert "plain words alone are looked for here" in term
    assert others == "5 records are approved."
    assert "Nothing waits for an approval" in emptied
    assert [row.number for row in approvals.waiting(dealings)] == ["Invoice #6"]


async def test_record_opens_on_its_own_page_and_is_approved_there(
    dealings: Session, tmp_path: Path
) -> None:
    waiting(dealings)
    app = desk(dealings, tmp_path)
    pages: list[object] = []
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " approvals", "enter")
        for keys in ("", "j"), ("j", "j"):
            await typed_in(pilot, *filter(None, keys), "enter")
            pages.append(type(app.screen))
            await typed_in(pilot, "escape")
        await typed_in(pilot, "j")
        beside = shown(app)
        await typed_in(pilot, "enter", "A", "escape")
        left = shown(app)

    assert pages == [DocumentScreen, PaymentScreen]
    assert "Bill #14 | Paper Mill" in beside
    assert "of 6" in left.splitlines()[0]
    assert "Bill #14" not in left


def test_command_prints_the_same_list(
    dealings: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    waiting(dealings)
    connection.close_database()
    monkeypatch.setenv("BOCONSOLE_USER", "siti")
    listing = ("--database", f"sqlite:///{tmp_path}/dealings.sqlite", "ledger", "approvals")

    code = main([*listing, "you", "paper", "--json"])
    found = json.loads(capsys.readouterr().out)
    main([*listing])
    table = capsys.readouterr().out

    assert code == 0
    assert [row["kind"] for row in found] == ["bill", "bill-credit"]
    assert found[0]["sums"] == [{"amount": "600.00", "commodity": "USD"}]
    assert found[0]["may_approve"] == ["root", "siti"]
    assert "Undoing of payment" in table
