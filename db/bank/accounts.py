"""Bank accounts, their statements, and what was learned, as they are stored."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.bank.rows import BankRow, RuleRow, StatementLoad, StatementRow
from db.fields import day_of, number_of

BANK = (
    "SELECT b.id, b.account_id, a.path, b.commodity_id, c.code, c.precision, b.number, "
    "b.table_map, b.version FROM bank_account b JOIN ledger_account a ON a.id = b.account_id "
    "JOIN commodity c ON c.id = b.commodity_id"
)
STATEMENT = (
    "SELECT id, bank_id, name, sha256, at, starts, opening, closing, closing_on, added, seen, kind "
    "FROM bank_statement"
)
INSERT_STATEMENT = (
    f"INSERT INTO bank_statement (id, {', '.join(StatementLoad._fields)}) "
    f"VALUES (?, {', '.join('?' * len(StatementLoad._fields))})"
)


def select_banks() -> list[BankRow]:
    """Return all bank accounts by path."""
    return [BankRow(*row) for row in connection.fetch(f"{BANK} ORDER BY a.path")]


def find_bank(account_id: int) -> BankRow | None:
    """Return the bank account of an account of the books."""
    rows = connection.fetch(f"{BANK} WHERE b.account_id = ?", (account_id,))
    return BankRow(*rows[0]) if rows else None


def get_bank(bank_id: int) -> BankRow | None:
    """Return a bank account."""
    rows = connection.fetch(f"{BANK} WHERE b.id = ?", (bank_id,))
    return BankRow(*rows[0]) if rows else None


def insert_bank(bank_id: int, account_id: int, commodity_id: int) -> None:
    """Add a bank account."""
    connection.execute(
        "INSERT INTO bank_account (id, account_id, commodity_id, number, table_map, version) "
        "VALUES (?, ?, ?, '', '', 1)",
        (bank_id, account_id, commodity_id),
    )


def update_bank(bank: BankRow) -> bool:
    """Write number and map of a bank account; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE bank_account SET number = ?, table_map = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (bank.number, bank.table_map, bank.id, bank.version),
    )
    return bool(cursor.rowcount)


def insert_statement(statement_id: int, load: StatementLoad) -> None:
    """Add a statement."""
    connection.execute(INSERT_STATEMENT, (statement_id, *load))


def find_statement(bank_id: int, sha256: str) -> StatementRow | None:
    """Return the statement that a file was taken as."""
    rows = connection.fetch(
        f"{STATEMENT} WHERE bank_id = ? AND sha256 = ? ORDER BY id", (bank_id, sha256)
    )
    return _statement(rows[0]) if rows else None


def last_balance(bank_id: int, at: date) -> StatementRow | None:
    """Return the last statement that tells a balance up to a day."""
    rows = connection.fetch(
        f"{STATEMENT} WHERE bank_id = ? AND closing IS NOT NULL AND closing_on <= ? "
        "ORDER BY closing_on DESC, id DESC LIMIT 1",
        (bank_id, number_of(at)),
    )
    return _statement(rows[0]) if rows else None


def last_statement(bank_id: int) -> StatementRow | None:
    """Return the statement that came in last."""
    rows = connection.fetch(f"{STATEMENT} WHERE bank_id = ? ORDER BY id DESC LIMIT 1", (bank_id,))
    return _statement(rows[0]) if rows else None


def select_statements(bank_ids: Sequence[int]) -> list[StatementRow]:
    """Return the statements of some accounts in the order in which they came."""
    marks = ", ".join("?" * len(bank_ids)) or "NULL"
    rows = connection.fetch(f"{STATEMENT} WHERE bank_id IN ({marks}) ORDER BY id", bank_ids)
    return [_statement(row) for row in rows]


def delete_statement(statement_id: int) -> None:
    """Remove a statement whose lines are gone."""
    connection.execute("DELETE FROM bank_statement WHERE id = ?", (statement_id,))


def _statement(row: tuple[Any, ...]) -> StatementRow:
    return StatementRow(*row)._replace(
        at=datetime.fromtimestamp(row[4], UTC),
        starts=day_of(row[5]) if row[5] else None,
        closing_on=day_of(row[8]) if row[8] else None,
    )


def select_rules(bank_id: int) -> list[RuleRow]:
    """Return what was learned, the most used first."""
    rows = connection.fetch(
        "SELECT r.id, r.pattern, r.account_id, a.path, r.uses FROM bank_rule r "
        "JOIN ledger_account a ON a.id = r.account_id WHERE r.bank_id = ? "
        "ORDER BY r.uses DESC, r.pattern, a.path",
        (bank_id,),
    )
    return [RuleRow(*row) for row in rows]


def find_rules(bank_id: int, pattern: str) -> list[RuleRow]:
    """Return what was learned of one text, the most used first."""
    rows = connection.fetch(
        "SELECT r.id, r.pattern, r.account_id, a.path, r.uses FROM bank_rule r "
        "JOIN ledger_account a ON a.id = r.account_id WHERE r.bank_id = ? AND r.pattern = ? "
        "ORDER BY r.uses DESC, a.path",
        (bank_id, pattern),
    )
    return [RuleRow(*row) for row in rows]


def count_rules(bank_id: int, counts: Mapping[tuple[str, int], int]) -> None:
    """Count uses more or less of what was learned, by text and account; at nothing it goes."""
    for (pattern, account_id), by in sorted(counts.items()):
        connection.execute(
            "INSERT INTO bank_rule (bank_id, pattern, account_id, uses) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (bank_id, pattern, account_id) "
            "DO UPDATE SET uses = bank_rule.uses + excluded.uses",
            (bank_id, pattern, account_id, by),
        )
        if by < 0:
            connection.execute(
                "DELETE FROM bank_rule WHERE bank_id = ? AND pattern = ? AND account_id = ? "
                "AND uses <= 0",
                (bank_id, pattern, account_id),
            )
