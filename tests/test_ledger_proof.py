"""The proof of the books finds whatever was changed behind their back."""

from datetime import date

import pytest

from boconsole.errors import NotAllowedError
from boconsole.ledger import checking, entries, rebuilding
from boconsole.ledger.errors import RebuildError
from boconsole.session import Session
from db import audit as trail
from db import connection
from db.ledger import balances as stored
from tests.books import enter, faults, open_books, sale
from tests.people import add_agent


@pytest.fixture(scope="module")
def four_entries(one_database: tuple[str, Session]) -> None:
    _url, session = one_database
    open_books(session)
    for day in (1, 2, 3):
        sale(session, f"{day}.00", date(2026, 5, day))
    enter(session, "Expenses:Rent  7.00 USD", "Assets:Bank", day=date(2026, 6, 1))


@pytest.fixture
def books(four_entries: None, passing_session: Session) -> Session:
    """The books with the four entries; what a test does to them is taken back."""
    return passing_session


def tamper(*statements: str) -> None:
    """Change what is stored as somebody with the file in his hands could."""
    if connection.engine() == "sqlite":
        for table, verb in (("journal_entry", "change"), ("journal_entry", "delete"),
                            ("posting", "change"), ("posting", "delete")):  # fmt: skip
            connection.execute(f"DROP TRIGGER {table}_no_{verb}")
    else:
        for table in ("journal_entry", "posting"):
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in statements:
        connection.execute(statement)


def test_sound_books_have_no_fault(books: Session) -> None:
    proof = checking.check(books)

    assert (proof.entries, proof.lines, proof.faults) == (4, 8, ())


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE posting SET amount = amount + 1, value = value + 1 WHERE id = 3", "seal"),
        ("UPDATE posting SET label = 'other' WHERE id = 3", "seal"),
        ("UPDATE journal_entry SET description = 'other' WHERE number = 2", "seal"),
        ("UPDATE journal_entry SET posted_by = 99 WHERE number = 2", "seal"),
        ("UPDATE journal_entry SET number = 9 WHERE number = 4", "numbering"),
        ("UPDATE ledger_series SET last_number = 5", "numbering"),
        ("UPDATE posting SET value = value + 1 WHERE id = 3", "balance"),
        ("UPDATE posting SET dated = 20260502 WHERE id = 1", "lines"),
        ("UPDATE posting SET posted = false WHERE id = 1", "lines"),
        ("UPDATE journal_entry SET dated = 20270101 WHERE number = 1", "period"),
        ("UPDATE balance_day SET amount = amount + 1 WHERE dated = 20260502", "kept day"),
        ("UPDATE balance_month SET value = value - 1 WHERE month = 202606", "kept month"),
        ("DELETE FROM balance_month WHERE month = 202606", "kept month"),
    ],
)
def test_each_change_behind_the_back_is_found(books: Session, statement: str, kind: str) -> None:
    tamper(statement)

    assert kind in faults(checking.check(books).faults)


def test_first_broken_entry_is_named(books: Session) -> None:
    tamper(
        "UPDATE journal_entry SET description = 'a' WHERE number = 2",
        "UPDATE journal_entry SET description = 'b' WHERE number = 3",
    )

    seals = [fault.where for fault in checking.check(books).faults if fault.kind == "seal"]

    assert seals == ["JNL-2026-00002"]


def test_entry_taken_out_whole_is_missed(books: Session) -> None:
    tamper(
        "DELETE FROM posting WHERE entry_id = (SELECT id FROM journal_entry WHERE number = 2)",
        "DELETE FROM journal_entry WHERE number = 2",
    )
    stored.rebuild()

    assert faults(checking.check(books).faults) == ["numbering"]


def test_last_entry_taken_out_whole_is_missed(books: Session) -> None:
    tamper(
        "DELETE FROM posting WHERE entry_id = (SELECT id FROM journal_entry WHERE number = 4)",
        "DELETE FROM journal_entry WHERE number = 4",
    )
    stored.rebuild()

    assert faults(checking.check(books).faults) == ["numbering"]


def test_entry_smuggled_in_is_found(books: Session) -> None:
    made = entries.get(books, "JNL-2026-00001")
    connection.execute(
        "INSERT INTO posting (entry_id, position, account_id, commodity_id, amount, value, "
        "value_commodity_id, kind, dated, posted, label, details) "
        "SELECT entry_id, position + 10, account_id, commodity_id, amount, value, "
        "value_commodity_id, kind, dated, posted, label, details FROM posting WHERE entry_id = ?",
        (made.head.id,),
    )

    assert "seal" in faults(checking.check(books).faults)


def test_balances_computed_anew_are_the_same(books: Session) -> None:
    before = stored.select_at(date(2026, 12, 31))
    connection.execute("DELETE FROM balance_day")

    wrong = rebuilding.rebuild(books)

    assert wrong > 0
    assert stored.select_at(date(2026, 12, 31)) == before
    assert checking.check(books).faults == ()
    last = trail.select_history("ledger", 0, 10)[-1]
    assert (last.action, last.changes) == ("ledger.rebuild", f'{{"wrong_balances":[{wrong},0]}}')
    assert rebuilding.rebuild(books) == 0


def test_balances_are_not_computed_from_lines_that_were_changed(books: Session) -> None:
    tamper("UPDATE posting SET amount = amount + 1, value = value + 1 WHERE position = 1")

    with pytest.raises(RebuildError, match="JNL-2026-00001 or one of its lines was changed"):
        rebuilding.rebuild(books)
    with pytest.raises(NotAllowedError):
        rebuilding.rebuild(add_agent(books, "joel", ("accountant",)))

    assert "kept day" in faults(checking.check(books).faults)
