"""Bank accounts for tests: statements as tables, and lines found by what they say."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from boconsole.bank import importing, matching, reconciling
from boconsole.bank.choosing import Choices
from boconsole.bank.importing import Imported
from boconsole.bank.reading import maps
from boconsole.ledger import accounts
from boconsole.session import Session
from db.bank import lines
from db.bank.rows import BankLineRow, BankRow

MAP = maps.map_of(
    "map.toml",
    {"currency": "USD",
     "columns": {"date": "date", "amount": "amount", "memo": "text", "id": "id"}},
)  # fmt: skip


def take(
    session: Session, path: Path, *, account: str = "Assets:Bank", dry_run: bool = False,
    **choices: Any,
) -> Imported:  # fmt: skip
    """Import a file into an account."""
    found = accounts.find(account)
    return importing.import_statement(session, path, found, Choices(**choices), dry_run=dry_run)


def take_rows(session: Session, folder: Path, *rows: str, **choices: Any) -> Imported:
    """Import a table whose rows are `2026-05-04;100.00;text;id`; the id may be missing."""
    path = folder / "bank.csv"
    body = "".join(f"{row}{';' * (3 - row.count(';'))}\n" for row in rows)
    path.write_text(f"date;amount;text;id\n{body}", "utf-8")
    return take(session, path, table_map=MAP, **choices)


def the_bank(account: str = "Assets:Bank") -> BankRow:
    """Return the bank account."""
    return reconciling.find_bank(accounts.find(account))


def all_lines(state: str = "") -> list[BankLineRow]:
    """Return the lines of Assets:Bank."""
    return lines.select_lines([the_bank().id], state)


def line_of(text: str) -> BankLineRow:
    """Return the one line that says something."""
    found = [line for line in all_lines() if text in matching.text_of(line)]
    assert len(found) == 1, (text, found)
    return found[0]


def match(session: Session, text: str, numbers: Sequence[str]) -> matching.Matched:
    """Match a line with entries."""
    return matching.match(session, line_of(text), matching.books_of(session, the_bank(), numbers))


def reconciled(session: Session, at: Any = None) -> reconciling.Reconciliation:
    """Reconcile Assets:Bank, and assert what always holds."""
    found = reconciling.reconcile(session, accounts.find("Assets:Bank"), at)
    assert found.settled_bank == found.settled_books
    assert found.lines - found.open_bank_sum == found.settled_bank
    assert found.books - found.open_books_sum == found.settled_books
    assert found.unequal == ()
    return found
