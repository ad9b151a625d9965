"""Accounts and commodities as they are stored."""

from collections.abc import Sequence
from datetime import date

from db import connection
from db.fields import day_of, number_of
from db.ledger.rows import AccountRow, CommodityRow
from db.loading import insert_rows, reserve_ids

ACCOUNT = "id, parent_id, code, name, path, kind, role, cash_flow, opened_on, closed_on, version"
COMMODITY = "id, code, precision, version"


def select_commodities() -> list[CommodityRow]:
    """Return all commodities by code."""
    rows = connection.fetch(f"SELECT {COMMODITY} FROM commodity ORDER BY code")
    return [CommodityRow(*row) for row in rows]


def insert_commodity(code: str, precision: int) -> int:
    """Add a commodity; returns its id."""
    rows = connection.fetch(
        "INSERT INTO commodity (code, precision, version) VALUES (?, ?, 1) RETURNING id",
        (code, precision),
    )
    return int(rows[0][0])


def set_precision(commodity_id: int, precision: int) -> None:
    """Change the digits of a commodity that no line has yet."""
    connection.execute(
        "UPDATE commodity SET precision = ?, version = version + 1 WHERE id = ?",
        (precision, commodity_id),
    )


def has_lines(commodity_id: int) -> bool:
    """Return whether any line, draft or posted, or any pay of staff is in a commodity."""
    marks = ("commodity_id = ? OR value_commodity_id = ?", "commodity_id = ?", "commodity_id = ?")
    return any(
        connection.fetch(f"SELECT 1 FROM {table} WHERE {mark} LIMIT 1",
                         (commodity_id,) * mark.count("?"))
        for table, mark in zip(("posting", "employee_salary", "employee_part"), marks, strict=True)
    )  # fmt: skip


def select_accounts() -> list[AccountRow]:
    """Return the whole chart by path."""
    rows = connection.fetch(f"SELECT {ACCOUNT} FROM ledger_account ORDER BY path")
    return [_account(row) for row in rows]


def find_accounts(path: str, code: str) -> list[AccountRow]:
    """Return the accounts of a path or of a code."""
    rows = connection.fetch(
        f"SELECT {ACCOUNT} FROM ledger_account WHERE path = ? OR (code = ? AND code <> '') "
        "ORDER BY path",
        (path, code),
    )
    return [_account(row) for row in rows]


def select_accounts_of(account_ids: Sequence[int]) -> list[AccountRow]:
    """Return some accounts by path."""
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT {ACCOUNT} FROM ledger_account WHERE id IN ({marks}) ORDER BY path", account_ids
    )
    return [_account(row) for row in rows]


def select_role(role: str) -> list[AccountRow]:
    """Return the accounts with a role, by path."""
    rows = connection.fetch(
        f"SELECT {ACCOUNT} FROM ledger_account WHERE role = ? ORDER BY path", (role,)
    )
    return [_account(row) for row in rows]


def insert_accounts(accounts: Sequence[AccountRow]) -> list[int]:
    """Add accounts, parents first; ids that are 0 are given, and returned in order.

    A parent that is added in the same call is named by minus its place, counted from 1.
    """
    ids = list(reserve_ids("ledger_account", len(accounts)))
    rows = [
        (
            ids[place], _parent(account.parent_id, ids), account.code, account.name, account.path,
            account.kind, account.role, account.cash_flow,
            number_of(account.opened_on) if account.opened_on else None,
            number_of(account.closed_on) if account.closed_on else None, 1,
        )
        for place, account in enumerate(accounts)
    ]  # fmt: skip
    marks = f"({', '.join('?' * len(AccountRow._fields))})"
    insert_rows(f"INSERT INTO ledger_account ({ACCOUNT}) VALUES", marks, rows)
    return ids


def update_account(account: AccountRow) -> bool:
    """Write what can change of an account; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE ledger_account SET code = ?, name = ?, path = ?, kind = ?, role = ?, "
        "cash_flow = ?, opened_on = ?, closed_on = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (
            account.code, account.name, account.path, account.kind, account.role,
            account.cash_flow, number_of(account.opened_on) if account.opened_on else None,
            number_of(account.closed_on) if account.closed_on else None, account.id,
            account.version,
        ),
    )  # fmt: skip
    return bool(cursor.rowcount)


def _parent(parent_id: int | None, ids: Sequence[int]) -> int | None:
    return ids[-parent_id - 1] if parent_id is not None and parent_id < 0 else parent_id


def _account(row: tuple[object, ...]) -> AccountRow:
    opened, closed = row[8], row[9]
    found = AccountRow(*row)  # type: ignore[arg-type]  # the driver's values, in order
    return found._replace(
        opened_on=day_of(int(str(opened))) if opened is not None else None,
        closed_on=day_of(int(str(closed))) if closed is not None else None,
    )


def put_rates(rates: Sequence[tuple[int, int, int, str]]) -> None:
    """Keep rates: commodity, the commodity it is worth, day as a number, exact decimal."""
    connection.executemany(
        "INSERT INTO commodity_rate (commodity_id, quote_id, dated, worth) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (commodity_id, quote_id, dated) DO UPDATE SET worth = excluded.worth",
        rates,
    )


def select_rates() -> list[tuple[str, str, date, str]]:
    """Return commodity, quote, day and worth of all rates, by day."""
    rows = connection.fetch(
        "SELECT c.code, q.code, r.dated, r.worth FROM commodity_rate r "
        "JOIN commodity c ON c.id = r.commodity_id JOIN commodity q ON q.id = r.quote_id "
        "ORDER BY r.dated, c.code, q.code"
    )
    return [(row[0], row[1], day_of(row[2]), row[3]) for row in rows]


def find_import(sha256: str) -> tuple[str, int] | None:
    """Return name and number of entries of a file that was imported before."""
    rows = connection.fetch("SELECT name, entries FROM ledger_import WHERE sha256 = ?", (sha256,))
    return (rows[0][0], rows[0][1]) if rows else None


def insert_import(sha256: str, name: str, at: int, entries: int) -> int:
    """Remember a file that was imported; returns its id."""
    rows = connection.fetch(
        "INSERT INTO ledger_import (sha256, name, at, entries) VALUES (?, ?, ?, ?) RETURNING id",
        (sha256, name, at, entries),
    )
    return int(rows[0][0])
