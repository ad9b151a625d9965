"""What must not be found between the register and the accounts."""

from db import connection
from db.fixed_assets.register import POSTED

MOST = 100
"""Entries of one account that are told at most."""
REGISTER = f"""
    SELECT k.cost_id AS account_id, f.commodity_id, m.entry_id, m.dated, m.kind, m.cost AS value
    FROM fixed_asset_movement m JOIN fixed_asset f ON f.id = m.asset_id
    JOIN fixed_asset_class k ON k.id = f.asset_class_id
    LEFT JOIN journal_entry j ON j.id = m.entry_id WHERE {POSTED}
    UNION ALL
    SELECT k.accumulated_id, f.commodity_id, m.entry_id, m.dated, m.kind, -m.accumulated
    FROM fixed_asset_movement m JOIN fixed_asset f ON f.id = m.asset_id
    JOIN fixed_asset_class k ON k.id = f.asset_class_id
    LEFT JOIN journal_entry j ON j.id = m.entry_id WHERE {POSTED}
    UNION ALL
    SELECT k.surplus_id, f.commodity_id, m.entry_id, m.dated, m.kind, -m.surplus
    FROM fixed_asset_movement m JOIN fixed_asset f ON f.id = m.asset_id
    JOIN fixed_asset_class k ON k.id = f.asset_class_id
    LEFT JOIN journal_entry j ON j.id = m.entry_id WHERE m.surplus <> 0 AND {POSTED}
"""
ACCOUNTS = (
    "(SELECT cost_id FROM fixed_asset_class UNION SELECT accumulated_id FROM fixed_asset_class "
    "UNION SELECT surplus_id FROM fixed_asset_class WHERE surplus_id IS NOT NULL)"
)
DIFFERENT = f"""
    SELECT s.account_id, s.commodity_id, sum(s.booked), sum(s.registered) FROM (
    SELECT account_id, value_commodity_id AS commodity_id, value AS booked, 0 AS registered
    FROM balance_month WHERE kind = 0 AND account_id IN {ACCOUNTS}
    UNION ALL SELECT account_id, commodity_id, 0, value FROM ({REGISTER}) r
    ) s GROUP BY s.account_id, s.commodity_id HAVING sum(s.booked) <> sum(s.registered)
    ORDER BY s.account_id, s.commodity_id
"""
UNEXPLAINED = f"""
    SELECT s.entry_id, sum(s.value) FROM (
    SELECT entry_id, value, dated FROM posting
    WHERE posted AND kind = 0 AND account_id = ? AND value_commodity_id = ?
    UNION ALL SELECT entry_id, -value, dated FROM ({REGISTER}) r
    WHERE entry_id IS NOT NULL AND account_id = ? AND commodity_id = ?
    ) s WHERE s.dated > coalesce((SELECT max(dated) FROM ({REGISTER}) o
    WHERE o.entry_id IS NULL AND o.kind = 'acquisition' AND o.account_id = ?
    AND o.commodity_id = ?), 0)
    GROUP BY s.entry_id HAVING sum(s.value) <> 0 ORDER BY s.entry_id LIMIT ?
"""


def select_different() -> list[tuple[int, int, int, int]]:
    """Return account, commodity, balance of the books and sum of the register that differ."""
    rows = connection.fetch(DIFFERENT)
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


def select_unexplained(account_id: int, commodity_id: int) -> list[tuple[int, int]]:
    """Return entries that move an account by more or less than the register says, and by what.

    What was booked up to the day on which the register took over older assets is left out.
    """
    key = (account_id, commodity_id)
    rows = connection.fetch(UNEXPLAINED, (*key, *key, *key, MOST))
    return [(row[0], int(row[1])) for row in rows]
