"""What accounts are planned to have, by month, beside what they had."""

from collections.abc import Sequence

from db import connection


def put(rows: Sequence[tuple[int, int, int, int]]) -> None:
    """Keep plans: account, commodity, month (202611) and amount in smallest units."""
    connection.executemany(
        "INSERT INTO budget_line (account_id, commodity_id, month, amount) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (account_id, commodity_id, month) DO UPDATE SET amount = excluded.amount",
        rows,
    )


def remove(account_id: int, commodity_id: int, first: int, last: int) -> None:
    """Forget the plans of an account from one month to another, both included."""
    connection.execute(
        "DELETE FROM budget_line WHERE account_id = ? AND commodity_id = ? "
        "AND month BETWEEN ? AND ?",
        (account_id, commodity_id, first, last),
    )


def select_sums(first: int, last: int) -> list[tuple[int, int, int, int]]:
    """Return account, commodity, plan and actual from one month to another, both included.

    Accounts that are planned somewhere in these months are there, also where nothing happened;
    lines of closing entries are left out.
    """
    rows = connection.fetch(
        "SELECT b.account_id, b.commodity_id, sum(b.amount), coalesce((SELECT sum(m.amount) "
        "FROM balance_month m WHERE m.account_id = b.account_id "
        "AND m.commodity_id = b.commodity_id AND m.kind = 0 AND m.month BETWEEN ? AND ?), 0) "
        "- coalesce((SELECT sum(p.amount) FROM journal_entry e JOIN posting p ON p.entry_id = e.id "
        "WHERE e.kind = 'closing' AND e.state = 'posted' AND p.account_id = b.account_id "
        "AND p.commodity_id = b.commodity_id AND e.dated / 100 BETWEEN ? AND ?), 0) "
        "FROM budget_line b WHERE b.month BETWEEN ? AND ? GROUP BY b.account_id, b.commodity_id",
        (first, last, first, last, first, last),
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]
