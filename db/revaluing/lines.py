"""Revaluations as they are stored, and the accounts that take them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import connection
from db.fields import number_of
from db.revaluing.foreign import HeldRow

MOST = 100
"""Faults of one kind that are told at most."""


class LineLoad(NamedTuple):
    """By how much an entry revalues a balance (`item_id` None) or an open item."""

    entry_id: int
    dated: int
    account_id: int
    commodity_id: int
    value_commodity_id: int
    item_id: int | None
    amount: int
    before: int
    difference: int


def insert(rows: Sequence[LineLoad]) -> None:
    """Add what an entry revalues."""
    connection.executemany(
        "INSERT INTO revaluation_line (entry_id, dated, account_id, commodity_id, "
        "value_commodity_id, item_id, amount, before, difference) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def select_done(day: date) -> list[HeldRow]:
    """Return by how much posted entries of a day revalue each balance and item, as its value."""
    rows = connection.fetch(
        "SELECT l.account_id, l.commodity_id, l.value_commodity_id, coalesce(l.item_id, 0), 0, "
        "sum(l.difference) FROM revaluation_line l JOIN journal_entry e ON e.id = l.entry_id "
        "WHERE l.dated = ? AND e.state = 'posted' "
        "GROUP BY l.account_id, l.commodity_id, l.value_commodity_id, coalesce(l.item_id, 0)",
        (number_of(day),),
    )
    return [HeldRow(*(int(each) for each in row)) for row in rows]


def select_entries(day: date, state: str) -> list[int]:
    """Return the entries in a state that revalue on a day, by id."""
    rows = connection.fetch(
        "SELECT DISTINCT l.entry_id FROM revaluation_line l "
        "JOIN journal_entry e ON e.id = l.entry_id WHERE l.dated = ? AND e.state = ? ORDER BY 1",
        (number_of(day), state),
    )
    return [row[0] for row in rows]


def select_accounts() -> dict[int, int | None]:
    """Return the accounts that are marked or were revalued, with those that take it."""
    rows = connection.fetch("SELECT account_id, adjustment_id FROM revalued_account ORDER BY 1")
    return {row[0]: row[1] for row in rows}


def put_account(account_id: int, adjustment_id: int | None) -> None:
    """Let an account be revalued, and say which account takes it."""
    connection.execute(
        "INSERT INTO revalued_account (account_id, adjustment_id) VALUES (?, ?) "
        "ON CONFLICT (account_id) DO UPDATE SET adjustment_id = excluded.adjustment_id",
        (account_id, adjustment_id),
    )


def remove_account(account_id: int) -> None:
    """Let an account no more be revalued by its mark."""
    connection.execute("DELETE FROM revalued_account WHERE account_id = ?", (account_id,))


def select_torn() -> list[int]:
    """Return posted entries that gain and lose something else than what they revalue."""
    rows = connection.fetch(
        "SELECT m.entry_id FROM ("
        "SELECT l.entry_id, l.value_commodity_id, abs(l.difference) AS value "
        "FROM revaluation_line l JOIN journal_entry e ON e.id = l.entry_id "
        "WHERE e.state = 'posted' UNION ALL "
        "SELECT p.entry_id, p.value_commodity_id, -p.value FROM posting p "
        "JOIN journal_entry e ON e.id = p.entry_id "
        "WHERE e.kind = 'revaluation' AND e.state = 'posted' AND p.value > 0"
        ") m GROUP BY m.entry_id, m.value_commodity_id HAVING sum(m.value) <> 0 "
        "ORDER BY m.entry_id LIMIT ?",
        (MOST,),
    )
    return [row[0] for row in rows]


def select_unturned() -> list[int]:
    """Return posted revaluations without their opposite on a later day."""
    rows = connection.fetch(
        "SELECT e.id FROM journal_entry e WHERE e.kind = 'revaluation' AND e.state = 'posted' "
        "AND NOT EXISTS (SELECT 1 FROM journal_entry r WHERE r.reverses_id = e.id "
        "AND r.state = 'posted' AND r.dated > e.dated) ORDER BY e.id LIMIT ?",
        (MOST,),
    )
    return [row[0] for row in rows]
