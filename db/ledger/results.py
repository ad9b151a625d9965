"""What months earned and hold: results from kept sums, and entries counted to a limit."""

from typing import NamedTuple

from db import connection

RESULT = "a.kind IN ('income', 'expense')"


class Earned(NamedTuple):
    """What a month earned in one commodity, in smallest units; a loss is negative."""

    month: int
    commodity: str
    precision: int
    amount: int


def select_earned() -> list[Earned]:
    """Return what each month earned before the closing of its year, months without nothing."""
    rows = connection.fetch(
        "SELECT month, code, digits, -sum(value) FROM ("
        "SELECT m.month AS month, c.code AS code, c.precision AS digits, m.value AS value "
        "FROM balance_month m JOIN ledger_account a ON a.id = m.account_id "
        f"JOIN commodity c ON c.id = m.value_commodity_id WHERE m.kind = 0 AND {RESULT} "
        "UNION ALL SELECT p.dated / 100, c.code, c.precision, -p.value FROM fiscal_year y "
        "JOIN journal_entry e ON e.year_id = y.id AND e.series = 'CLS' AND e.state = 'posted' "
        "JOIN posting p ON p.entry_id = e.id JOIN ledger_account a ON a.id = p.account_id "
        f"JOIN commodity c ON c.id = p.value_commodity_id WHERE p.kind = 0 AND {RESULT}"
        ") moved GROUP BY month, code, digits HAVING sum(value) <> 0 ORDER BY month, code"
    )
    return [Earned(row[0], row[1], row[2], int(row[3])) for row in rows]


def count_entries(starts: int, ends: int, limit: int) -> int:
    """Return how many entries, drafts too, two days and those between them have, to a limit."""
    rows = connection.fetch(
        "SELECT count(*) FROM (SELECT 1 FROM journal_entry WHERE dated BETWEEN ? AND ? LIMIT ?) e",
        (starts, ends, limit),
    )
    return int(rows[0][0])


def count_drafts() -> dict[int, int]:
    """Return how many drafts of entries each month has."""
    rows = connection.fetch(
        "SELECT dated / 100, count(*) FROM journal_entry WHERE state = 'draft' GROUP BY dated / 100"
    )
    return {int(month): int(count) for month, count in rows}
