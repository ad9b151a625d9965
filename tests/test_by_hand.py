"""What may be written by hand: no receivable and no payable, but for opening balances."""

from pathlib import Path

import pytest

from boconsole.errors import NotAllowedError
from boconsole.invoices import checking as documents
from boconsole.ledger import checking, entering, entries, importing, recurring
from boconsole.ledger.entering import LineError
from boconsole.ledger.errors import ControlAccountError, OpeningError
from boconsole.ledger.typing import typed
from boconsole.session import Session
from tests.books import DAY, draft, enter, held
from tests.people import add_agent
from tests.trade import bill, invoice, open_trade, pay

OWED = ("Assets:Receivable  10.00 USD", "Income:Sales")


@pytest.fixture
def trade(session: Session) -> Session:
    open_trade(session)
    return session


@pytest.mark.parametrize("account", ["Assets:Receivable", "Liabilities:Payable"])
def test_typed_entry_books_no_control_account(trade: Session, account: str) -> None:
    with pytest.raises(ControlAccountError, match=f"{account} is booked by invoices, bills"):
        draft(trade, f"{account}  10.00 USD", "Income:Sales")
    made = draft(trade, "Assets:Bank  10.00 USD", "Income:Sales")
    with pytest.raises(ControlAccountError):
        entries.edit(trade, made, typed(DAY, "Something", [f"{account}  10 USD", "Income:Sales"]))

    assert entries.get(trade, made.number) == made


def test_form_points_at_the_line(trade: Session) -> None:
    lines = "Assets:Bank  4 USD\nExpenses:Rent  6 USD\nAssets:Receivable"

    with pytest.raises(LineError, match="Assets:Receivable is booked by") as refused:
        entering.save(trade, {"date": DAY, "lines": lines}, None, 0, post=True)

    assert (refused.value.line, refused.value.part) == (3, "account")


def test_draft_of_before_is_not_posted(trade: Session) -> None:
    from boconsole.ledger import accounts
    from boconsole.ledger.accounts import NewAccount

    made = draft(trade, "Assets:Cash  10.00 USD", "Income:Sales")
    cash = accounts.find("Assets:Cash")
    accounts.change(trade, cash, NewAccount(cash.path, cash.code, cash.kind, "receivable"))

    with pytest.raises(ControlAccountError):
        entries.post(trade, made)


def test_template_books_no_control_account(trade: Session) -> None:
    with pytest.raises(ControlAccountError):
        recurring.save_template(trade, "Owed", OWED)


def test_virtual_line_moves_no_balance_and_may_stand_there(trade: Session) -> None:
    made = enter(trade, "(Assets:Receivable)  10.00 USD", "Assets:Bank  1 USD", "Income:Sales")

    assert made.state == "posted"


def test_documents_and_payments_book_them(trade: Session) -> None:
    pay(trade, "60.00", invoice(trade, "100.00"))
    bill(trade, "30.00")

    assert held(trade, "role:receivable or role:payable") == {
        "Assets:Receivable": "40.00 USD",
        "Liabilities:Payable": "-30.00 USD",
    }


def test_opening_balance_books_them_and_the_proof_names_it(trade: Session) -> None:
    made = enter(trade, "Assets:Receivable  10.00 USD", "Equity:Capital", kind="opening")

    assert (made.state, made.head.kind) == ("posted", "opening")
    found = checking.check(trade, (documents.faults,)).faults
    assert {fault.kind for fault in found} == {"control"}
    entries.reverse(trade, made)
    assert held(trade) == {}


def test_opening_balance_books_no_result_and_needs_a_right(trade: Session) -> None:
    with pytest.raises(OpeningError, match="not Income:Sales"):
        enter(trade, *OWED, kind="opening")
    with pytest.raises(NotAllowedError):
        enter(
            add_agent(trade, "ann", ("approver",)), "Assets:Receivable  1 USD", "Equity:Capital",
            kind="opening",
        )  # fmt: skip


def test_imported_journal_books_them_and_is_reversed(trade: Session, tmp_path: Path) -> None:
    path = tmp_path / "old.journal"
    path.write_text("2026-05-02 Old\n    Assets:Receivable  10.00 USD\n    Income:Sales\n", "utf-8")

    importing.import_journal(trade, path)
    entries.reverse(trade, entries.get(trade, "JNL-2026-00001"))

    assert held(trade) == {}
