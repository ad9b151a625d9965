"""The inbox of an approver: everything of the books that waits, whichever feature it belongs to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from boconsole import approvals
from boconsole.errors import NotAllowedError, StaleRecordError
from boconsole.invoices import drafting, issuing, payments, undoing, worth
from boconsole.ledger import limits
from boconsole.ledger.approvals import Waiting
from boconsole.ledger.errors import ApprovalError
from boconsole.session import Session
from db import connection
from tests.books import draft, open_books
from tests.people import add_agent
from tests.trade import bill, invoice, line, new, open_trade, pay


@pytest.fixture
def trade(session: Session) -> Session:
    """Books with a threshold of 500, and one record of every kind of kim's that waits."""
    open_trade(session)
    owed, origin = invoice(session, "900.00"), bill(session, "800.00", reference="B1")
    paid = pay(session, "700.00", invoice(session, "700.00"))
    limits.put(session, "500")
    kim = add_agent(session, "kim", ("accountant",))
    add_agent(session, "siti", ("approver",))
    draft(kim, "Assets:Equipment  7200 USD", "Liabilities:Loan", day=date(2026, 5, 2))
    drafting.prepare(kim, new(line("600.00"), day=date(2026, 5, 3)))
    drafting.prepare(kim, new(line("499.00"), day=date(2026, 5, 3)))
    drafting.prepare(kim, new(line("600.00", account="5100"), kind="bill", reference="B2",
                              day=date(2026, 5, 5)))  # fmt: skip
    issuing.credit(kim, origin, new(line("800.00", account="5100"), day=date(2026, 5, 7),
                                    partner="Paper Mill"))  # fmt: skip
    pay(kim, "900.00", owed, day=date(2026, 5, 4))
    undoing.undo(kim, paid, "bounced", date(2026, 5, 6))
    return session


def told(found: list[Waiting]) -> list[tuple[str, str]]:
    return [(row.kind, row.number) for row in found]


def test_all_that_waits_is_in_one_list_the_oldest_first(trade: Session) -> None:
    found = approvals.waiting(trade)

    kinds = ["entry", "invoice", "payment", "bill", "undoing", "bill-credit"]
    assert [row.kind for row in found] == kinds
    assert [row.dated for row in found] == sorted(row.dated for row in found)
    assert {row.preparer for row in found} == {"kim"}
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


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("kim paper", ["bill", "bill-credit"]),
        ("BOUNCED", ["undoing"]),
        ("900.00 usd", ["payment"]),
        ("you 05-02", ["entry"]),
        ("nobody", []),
    ],
)
def test_words_narrow_the_list(trade: Session, words: str, kinds: list[str]) -> None:
    assert [row.kind for row in approvals.waiting(trade, words)] == kinds


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

    small = ("SCAN u ", "SCAN ledger_setting", "SCAN p")
    assert {step for step in steps if step.startswith("SCAN") and not step.startswith(small)} == {
        "SCAN journal_entry USING INDEX journal_entry_draft",
        "SCAN i USING INDEX invoice_draft",
        "SCAN w USING INDEX payment_waiting",
        "SCAN w USING INDEX payment_undoing",
    }
