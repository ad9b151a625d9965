"""Sums and lines that statements are made of.

Sums come from the kept balances, for whole months and the days at the edges; lines are read
only by account or by entry. Lines that are not balanced (kind 2) are never counted.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from db import connection
from db.fields import day_of, number_of
from db.ledger.balances import until
from db.ledger.rows import BalanceRow

SUM = "account_id, commodity_id, value_commodity_id"
LINE = "p.account_id, p.commodity_id, p.value_commodity_id"
# The few closings are found by their series: `+` keeps SQLite from reading all entries of the days.
CLOSINGS = (
    f"SELECT p.dated / 100, {LINE}, sum(p.amount), sum(p.value) FROM journal_entry e "
    "JOIN posting p ON p.entry_id = e.id AND p.kind < 2 "
    "WHERE e.year_id IN (SELECT id FROM fiscal_year) AND e.series = 'CLS' "
    "AND e.state = 'posted' AND +e.dated BETWEEN ? AND ? "
    f"GROUP BY p.dated / 100, {LINE} ORDER BY 1, 2, 3, 4"
)


class MonthSum(NamedTuple):
    """What the lines of a month (such as 202611) add to an account."""

    month: int
    sum: BalanceRow


class EntryLine(NamedTuple):
    """A line that is looked at together with the others of its entry and kind."""

    entry_id: int
    kind: int
    month: int
    sum: BalanceRow


class ListedLine(NamedTuple):
    """A posted line of an account with the head of its entry, in smallest units."""

    entry_id: int
    dated: date
    series: str
    year: str
    number: int
    payee: str
    description: str
    commodity: str
    amount: int
    value_commodity: str
    value: int
    label: str


def select_extent() -> tuple[date, date] | None:
    """Return the first and the last day with a posted line."""
    first, last = connection.fetch(
        "SELECT (SELECT min(dated) FROM balance_day), (SELECT max(dated) FROM balance_day)"
    )[0]
    return (day_of(first), day_of(last)) if first is not None else None


def select_span(starts: date | None, ends: date) -> list[BalanceRow]:
    """Return what lines add to every account from a day (or the beginning) to another."""
    return [row.sum for row in _select(SUM, "0", starts, ends)]


def select_by_month(starts: date | None, ends: date) -> list[MonthSum]:
    """Return the same for each month, of which the first and the last may be cut."""
    return _select(f"{SUM}, {{month}}", "{month}", starts, ends)


def _select(group: str, month: str, starts: date | None, ends: date) -> list[MonthSum]:
    found: dict[tuple[int, ...], list[int]] = {}
    for table, name, span, sign in _parts(starts, ends):
        unit = "month" if table == "month" else "dated / 100"
        rows = connection.fetch(
            f"SELECT {month.format(month=unit)}, {SUM}, sum(amount), sum(value) "
            f"FROM balance_{table} WHERE kind < 2 AND {name} BETWEEN ? AND ? "
            f"GROUP BY {group.format(month=unit)}",
            span,
        )
        for *key, amount, value in rows:
            sums = found.setdefault(tuple(key), [0, 0])
            sums[0] += sign * int(amount)
            sums[1] += sign * int(value)
    return [
        MonthSum(key[0], BalanceRow(key[1], key[2], key[3], *sums))
        for key, sums in sorted(found.items())
        if sums[0] or sums[1]
    ]


def _parts(starts: date | None, ends: date) -> list[tuple[str, str, tuple[int, int], int]]:
    """Return table, column, span and sign of the kept sums that make up some days."""
    last, tail, tail_sign = until(ends)
    first, head, head_sign = 0, (1, 0), 1
    if starts is not None and starts > date.min:
        first, head, head_sign = until(starts - timedelta(days=1))
    parts = [
        ("month", "month", (first + 1, last), 1),
        ("day", "dated", tail, tail_sign),
        ("day", "dated", head, -head_sign),
    ]
    return [part for part in parts if part[2][0] <= part[2][1]]


def select_closings(starts: date | None, ends: date) -> list[MonthSum]:
    """Return what entries that close years, and their reversals, add to accounts, by month."""
    span = (number_of(starts or date.min), number_of(ends))
    return [_month_sum(row) for row in connection.fetch(CLOSINGS, span)]


def select_counter_sums(cash: Sequence[int], starts: date, ends: date) -> list[MonthSum]:
    """Return, by month and account, the lines opposite to those of some accounts.

    Args:
        cash: The accounts, none of which a closing touches; their own lines are left out.
        starts: First day.
        ends: Last day.
    """
    marks = ", ".join("?" * len(cash)) or "NULL"
    rows = connection.fetch(
        f"SELECT p.dated / 100, {LINE}, sum(p.amount), sum(p.value) FROM ("
        f"SELECT DISTINCT entry_id, kind FROM posting WHERE account_id IN ({marks}) AND posted "
        "AND kind < 2 AND dated BETWEEN ? AND ?) c "
        "JOIN posting p ON p.entry_id = c.entry_id AND p.kind = c.kind "
        f"WHERE p.account_id NOT IN ({marks}) GROUP BY p.dated / 100, {LINE} ORDER BY 1, 2, 3, 4",
        (*cash, number_of(starts), number_of(ends), *cash),
    )
    return [_month_sum(row) for row in rows]


def _month_sum(row: Sequence[int]) -> MonthSum:
    return MonthSum(row[0], BalanceRow(row[1], row[2], row[3], int(row[4]), int(row[5])))


def select_beside(account_ids: Sequence[int], starts: date, ends: date) -> list[EntryLine]:
    """Return all lines of the entries that touch some accounts, closings left out, by entry."""
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT p.entry_id, p.kind, p.dated / 100, {LINE}, p.amount, p.value FROM ("
        f"SELECT DISTINCT entry_id, kind FROM posting WHERE account_id IN ({marks}) AND posted "
        "AND kind < 2 AND dated BETWEEN ? AND ?) c "
        "JOIN posting p ON p.entry_id = c.entry_id AND p.kind = c.kind "
        "JOIN journal_entry e ON e.id = c.entry_id AND e.series <> 'CLS' "
        "ORDER BY p.entry_id, p.kind, p.position",
        (*account_ids, number_of(starts), number_of(ends)),
    )
    return [EntryLine(row[0], row[1], row[2], BalanceRow(*row[3:8])) for row in rows]


def select_lines(account_id: int, starts: date, ends: date, limit: int) -> list[ListedLine]:
    """Return at most `limit` lines of an account between two days, by day and id."""
    rows = connection.fetch(
        "SELECT p.entry_id, p.dated, e.series, y.name, e.number, e.payee, e.description, c.code, "
        "p.amount, v.code, p.value, p.label FROM posting p "
        "JOIN journal_entry e ON e.id = p.entry_id JOIN fiscal_year y ON y.id = e.year_id "
        "JOIN commodity c ON c.id = p.commodity_id JOIN commodity v ON v.id = p.value_commodity_id "
        "WHERE p.account_id = ? AND p.posted AND p.kind < 2 AND p.dated BETWEEN ? AND ? "
        "ORDER BY p.dated, p.id LIMIT ?",
        (account_id, number_of(starts), number_of(ends), limit),
    )
    return [ListedLine(row[0], day_of(row[1]), *row[2:]) for row in rows]


def select_rates(day: date) -> list[tuple[str, str, date, str]]:
    """Return commodity, quote, day and worth of the last rate of each pair up to a day."""
    rows = connection.fetch(
        "SELECT c.code, q.code, r.dated, r.worth FROM ("
        "SELECT commodity_id, quote_id, max(dated) AS dated FROM commodity_rate WHERE dated <= ? "
        "GROUP BY commodity_id, quote_id) f JOIN commodity_rate r "
        "ON r.commodity_id = f.commodity_id AND r.quote_id = f.quote_id AND r.dated = f.dated "
        "JOIN commodity c ON c.id = r.commodity_id JOIN commodity q ON q.id = r.quote_id "
        "ORDER BY c.code, q.code",
        (number_of(day),),
    )
    return [(row[0], row[1], day_of(row[2]), row[3]) for row in rows]
