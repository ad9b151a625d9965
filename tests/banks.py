"""Bank accounts for tests: statements as tables, and lines found by what they say."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
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
from tests.books import enter, open_books

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


ROWS = (
    "2026-05-04;100.00;PT MAJU 4711-9;A1", "2026-05-05;-2.50;ADMIN FEE;A2",
    "2026-05-06;60.00;Transfer;A3", "2026-05-07;40.00;Transfer;A4",
)  # fmt: skip


def build(session: Session, folder: Path) -> None:
    """Keep books of a bank with four lines that lead to 197.50, and three entries."""
    open_books(session)
    take_rows(session, folder, *ROWS, opening=Decimal(0), closing=Decimal("197.50"))
    for amount, about, day in (
        ("100.00", "Voucher 4711-9", 4), ("60.00", "One of May", 6), ("60.00", "Another of May", 8),
    ):  # fmt: skip
        wanted = (f"Assets:Bank  {amount} USD", "Income:Sales")
        enter(session, *wanted, day=date(2026, 5, day), about=about)


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
