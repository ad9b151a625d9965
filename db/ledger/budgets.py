"""What accounts are planned to have, by month, beside what they had.

Amounts have the sign of lines: income is negative.
"""

from collections.abc import Sequence
from typing import NamedTuple

from db import connection

AT_ONCE = 500
CLOSED = (
    "FROM fiscal_year y CROSS JOIN journal_entry e CROSS JOIN posting p "
    "WHERE e.year_id = y.id AND e.series = 'CLS' AND e.state = 'posted' AND p.entry_id = e.id "
    "AND p.kind < 2"
)
"""Lines that close years: by the few entries of each year, never by the lines of an account."""
SPENT = (
    "coalesce((SELECT sum(m.amount) FROM balance_month m WHERE m.account_id = {of}.account_id "
    "AND m.commodity_id = {of}.commodity_id AND m.kind < 2 AND m.month BETWEEN ? AND ?), 0) "
    f"- coalesce((SELECT sum(p.amount) {CLOSED} AND p.account_id = {{of}}.account_id "
    "AND p.commodity_id = {of}.commodity_id AND e.dated / 100 BETWEEN ? AND ?), 0)"
)


class PlanLine(NamedTuple):
    """What an account is planned to have, or had, of a commodity in a month (202611)."""

    account_id: int
    commodity_id: int
    month: int
    amount: int


def put(rows: Sequence[tuple[int, int, int, int]]) -> None:
    """Keep plans: account, commodity, month (202611) and amount in smallest units."""
    connection.executemany(
        "INSERT INTO budget_line (account_id, commodity_id, month, amount) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (account_id, commodity_id, month) DO UPDATE SET amount = excluded.amount",
        rows,
    )


def remove(rows: Sequence[tuple[int, int, int]]) -> None:
    """Forget plans: account, commodity and month of each."""
    connection.executemany(
        "DELETE FROM budget_line WHERE account_id = ? AND commodity_id = ? AND month = ?", rows
    )


def select_sums(first: int, last: int) -> list[tuple[int, int, int, int]]:
    """Return account, commodity, plan and actual from one month to another, both included.

    Accounts that are planned somewhere in these months are there, also where nothing happened;
    lines of closing entries are left out.
    """
    rows = connection.fetch(
        f"SELECT b.account_id, b.commodity_id, sum(b.amount), {SPENT.format(of='b')} "
        "FROM budget_line b WHERE b.month BETWEEN ? AND ? GROUP BY b.account_id, b.commodity_id",
        (first, last, first, last, first, last),
    )
    return [(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


def select_plans(first: int, last: int, account_ids: Sequence[int] | None = None) -> list[PlanLine]:
    """Return the plans from one month to another, of some accounts or of all."""
    found: list[PlanLine] = []
    for mine, ids in _parts("account_id", account_ids):
        rows = connection.fetch(
            "SELECT account_id, commodity_id, month, amount FROM budget_line "
            f"WHERE {mine}month BETWEEN ? AND ? ORDER BY account_id, commodity_id, month",
            (*ids, first, last),
        )
        found += [PlanLine(*row) for row in rows]
    return found


def select_planned(first: int, last: int) -> list[tuple[int, int]]:
    """Return account and commodity of what is planned somewhere in these months."""
    rows = connection.fetch(
        "SELECT DISTINCT b.account_id, b.commodity_id, c.code FROM budget_line b "
        "JOIN commodity c ON c.id = b.commodity_id WHERE b.month BETWEEN ? AND ? "
        "ORDER BY b.account_id, c.code",
        (first, last),
    )
    return [(row[0], row[1]) for row in rows]


def select_actuals(
    first: int, last: int, account_ids: Sequence[int] | None = None
) -> list[PlanLine]:
    """Return what months added to accounts, lines of closing entries left out."""
    sums: dict[tuple[int, int, int], int] = {}
    for mine, ids in _parts("account_id", account_ids):
        rows = connection.fetch(
            "SELECT account_id, commodity_id, month, sum(amount) FROM balance_month "
            f"WHERE {mine}kind < 2 AND month BETWEEN ? AND ? "
            "GROUP BY account_id, commodity_id, month",
            (*ids, first, last),
        )
        sums |= {(row[0], row[1], row[2]): int(row[3]) for row in rows}
    for mine, ids in _parts("p.account_id", account_ids):
        rows = connection.fetch(
            f"SELECT p.account_id, p.commodity_id, e.dated / 100, sum(p.amount) {CLOSED} "
            f"AND {mine}e.dated / 100 BETWEEN ? AND ? "
            "GROUP BY p.account_id, p.commodity_id, e.dated / 100",
            (*ids, first, last),
        )
        for account_id, commodity_id, month, amount in rows:
            key = (account_id, commodity_id, month)
            sums[key] = sums.get(key, 0) - int(amount)
    return [PlanLine(*key, amount) for key, amount in sorted(sums.items()) if amount]


def _parts(name: str, account_ids: Sequence[int] | None) -> list[tuple[str, tuple[int, ...]]]:
    """Return a term for the accounts and its values, so many at once as a statement takes."""
    if account_ids is None:
        return [("", ())]
    parts = [account_ids[at : at + AT_ONCE] for at in range(0, len(account_ids), AT_ONCE)]
    return [(f"{name} IN ({', '.join('?' * len(part))}) AND ", tuple(part)) for part in parts]


def select_limits(account_ids: Sequence[int], first: int, last: int) -> list[PlanLine]:
    """Return the plans of those of some accounts that are expenses."""
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    rows = connection.fetch(
        "SELECT b.account_id, b.commodity_id, b.month, b.amount FROM budget_line b "
        "JOIN ledger_account a ON a.id = b.account_id AND a.kind = 'expense' "
        f"WHERE b.account_id IN ({marks}) AND b.month BETWEEN ? AND ?",
        (*account_ids, first, last),
    )
    return [PlanLine(*row) for row in rows]


def select_rules() -> dict[int, str]:
    """Return what happens where a budget is passed, by account that says so."""
    return dict(connection.fetch("SELECT account_id, mode FROM budget_rule ORDER BY account_id"))


def set_rule(account_id: int, mode: str) -> None:
    """Say what happens where the budget of an account is passed; "" for the usual."""
    connection.execute("DELETE FROM budget_rule WHERE account_id = ?", (account_id,))
    if mode:
        connection.execute(
            "INSERT INTO budget_rule (account_id, mode) VALUES (?, ?)", (account_id, mode)
        )
