"""Groups, accounts, rules and items of pay: one function for each statement."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.payroll.rows import GroupRow, ItemRow

GROUP = "SELECT id, version, name, rules, prorate, details FROM pay_group"
ITEM = (
    "SELECT i.id, i.version, i.employee_id, coalesce(e.name, ''), i.pay_group, i.code, i.name, "
    "i.kind, i.amount, i.digits, i.percent, i.hours, i.day_kind, i.taxable, i.irregular, i.fixed, "
    "i.prorated, i.note, i.starts_on, i.ends_on FROM pay_item i "
    "LEFT JOIN employee e ON e.id = i.employee_id"
)


def select_groups() -> list[GroupRow]:
    """Return the groups by name."""
    return [GroupRow(*row) for row in connection.fetch(f"{GROUP} ORDER BY name")]


def put_group(name: str, rules: str, prorate: str, details: str) -> None:
    """Add a group or change it."""
    connection.execute(
        "INSERT INTO pay_group (name, rules, prorate, details, version) VALUES (?, ?, ?, ?, 1) "
        "ON CONFLICT (name) DO UPDATE SET rules = excluded.rules, prorate = excluded.prorate, "
        "details = excluded.details, version = pay_group.version + 1",
        (name, rules, prorate, details),
    )


def select_accounts() -> dict[str, tuple[int, str]]:
    """Return id and path of the account of each key."""
    rows = connection.fetch(
        "SELECT p.key, p.account_id, a.path FROM pay_account p "
        "JOIN ledger_account a ON a.id = p.account_id ORDER BY p.key"
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def put_account(key: str, account_id: int) -> None:
    """Say where a kind or code of lines is booked."""
    connection.execute(
        "INSERT INTO pay_account (key, account_id) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET account_id = excluded.account_id",
        (key, account_id),
    )


def select_rules() -> dict[str, str]:
    """Return the rules that were loaded, as their files stood, by name."""
    return dict(connection.fetch("SELECT name, text FROM pay_rules ORDER BY name"))


def put_rules(name: str, text: str, at: int, by: int) -> None:
    """Keep a set of rules, in the place of one of the same name."""
    connection.execute(
        "INSERT INTO pay_rules (name, text, loaded_at, loaded_by) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET text = excluded.text, loaded_at = excluded.loaded_at, "
        "loaded_by = excluded.loaded_by",
        (name, text, at, by),
    )


# Items


def _item(row: tuple[Any, ...]) -> ItemRow:
    values = list(row)
    for place in (13, 14, 15, 16):
        values[place] = bool(row[place])
    values[18] = day_of(row[18])
    values[19] = None if row[19] is None else day_of(row[19])
    return ItemRow(*values)


def select_items(first: date | None = None, last: date | None = None) -> list[ItemRow]:
    """Return items that were not withdrawn, those that hold on one of the days, or all."""
    where, params = "i.withdrawn_at IS NULL", ()
    if first is not None and last is not None:
        where += " AND i.starts_on <= ? AND (i.ends_on IS NULL OR i.ends_on >= ?)"
        params = (number_of(last), number_of(first))  # type: ignore[assignment]  # two numbers
    rows = connection.fetch(f"{ITEM} WHERE {where} ORDER BY i.starts_on, i.id", params)
    return [_item(row) for row in rows]


def find_item(item_id: int) -> ItemRow | None:
    """Return an item that was not withdrawn."""
    rows = connection.fetch(f"{ITEM} WHERE i.id = ? AND i.withdrawn_at IS NULL", (item_id,))
    return _item(rows[0]) if rows else None


def insert_item(values: Mapping[str, object]) -> int:
    """Add an item; returns the id."""
    stored = {
        name: number_of(value) if isinstance(value, date) else value
        for name, value in values.items()
    }
    rows = connection.fetch(
        f"INSERT INTO pay_item ({', '.join(stored)}, version) "
        f"VALUES ({', '.join('?' * len(stored))}, 1) RETURNING id",
        tuple(stored.values()),
    )
    return int(rows[0][0])


def end_item(item_id: int, version: int, last: date) -> bool:
    """Let an item end on a day; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE pay_item SET ends_on = ?, version = version + 1 WHERE id = ? AND version = ?",
        (number_of(last), item_id, version),
    )
    return bool(cursor.rowcount)


def withdraw_item(item_id: int, version: int, at: int) -> bool:
    """Take an item back; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE pay_item SET withdrawn_at = ?, version = version + 1 WHERE id = ? AND version = ? "
        "AND withdrawn_at IS NULL",
        (at, item_id, version),
    )
    return bool(cursor.rowcount)
