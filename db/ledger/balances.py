"""Kept balances: a sum for each account, commodity and month, and one for each day.

What an account holds on a day is the sum of the months before and of the days of that month.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from db import connection
from db.fields import number_of
from db.ledger.rows import BalanceLoad, BalanceRow
from db.loading import insert_rows

KEY = "account_id, commodity_id, value_commodity_id, kind"
INSERT = f"INSERT INTO balance_{{unit}} ({KEY}, {{column}}, amount, value) VALUES"
ADD = (
    f"ON CONFLICT ({KEY}, {{column}}) DO UPDATE SET "
    "amount = balance_{unit}.amount + excluded.amount, "
    "value = balance_{unit}.value + excluded.value"
)
GROUP = "account_id, commodity_id, value_commodity_id"
AT = (
    f"SELECT {GROUP}, sum(amount), sum(value) FROM (SELECT {GROUP}, sum(amount) AS amount, "
    f"sum(value) AS value FROM balance_month WHERE month <= ? {{real}} GROUP BY {GROUP} UNION ALL "
    f"SELECT {GROUP}, {{sign}}sum(amount), {{sign}}sum(value) FROM balance_day "
    f"WHERE dated BETWEEN ? AND ? {{real}} GROUP BY {GROUP}) lines GROUP BY {GROUP} "
    "HAVING sum(amount) <> 0 OR sum(value) <> 0 ORDER BY 1, 2, 3"
)
"""Months and days are summed each for themselves, in the order of their index."""
FROM_LINES = (
    "SELECT account_id, commodity_id, value_commodity_id, kind, {when}, sum(amount), sum(value) "
    "FROM posting WHERE posted GROUP BY account_id, commodity_id, value_commodity_id, kind, {when}"
)


PACKED = "commodity_id * 4294967296 + value_commodity_id * 4 + kind"
"""What a line is in, as one number: most accounts have one such on a day."""
EQUAL = (
    "SELECT count(*), count(*) FILTER (WHERE k.amount = l.amount AND k.value = l.value), "
    "(SELECT count(*) FROM {table}) FROM ({lines}) l LEFT JOIN {table} k ON {on}"
)
DAYS = EQUAL.format(
    table="balance_day",
    lines=f"SELECT account_id, dated, min({PACKED}) AS least, max({PACKED}) AS most, "
    "sum(amount) AS amount, sum(value) AS value FROM posting WHERE posted "
    "GROUP BY account_id, dated",
    on="l.least = l.most AND k.account_id = l.account_id "
    "AND k.commodity_id = l.least / 4294967296 "
    "AND k.value_commodity_id = l.least % 4294967296 / 4 "
    "AND k.kind = l.least % 4 AND k.dated = l.dated",
)
MONTHS = EQUAL.format(
    table="balance_month",
    lines=f"SELECT {KEY}, dated / 100 AS month, sum(amount) AS amount, sum(value) AS value "
    f"FROM balance_day GROUP BY {KEY}, dated / 100",
    on=" AND ".join(f"k.{name} = l.{name}" for name in (*KEY.split(", "), "month")),
)
"""Groups of lines, those whose sum is kept as it is, and all kept sums: equal where all holds."""


def add(rows: Sequence[BalanceLoad]) -> None:
    """Add lines of one transaction to the sums, in an order that all writers share."""
    days: dict[tuple[int, ...], tuple[int, int]] = {}
    months: dict[tuple[int, ...], tuple[int, int]] = {}
    none = (0, 0)
    for account, commodity, worth, kind, dated, amount, value in rows:
        day: tuple[int, ...] = (account, commodity, worth, kind, dated)
        before = days.get(day, none)
        days[day] = (before[0] + amount, before[1] + value)
    for day, (amount, value) in days.items():
        month = (*day[:4], day[4] // 100)
        before = months.get(month, none)
        months[month] = (before[0] + amount, before[1] + value)
    _put("day", "dated", days)
    _put("month", "month", months)


def _put(unit: str, column: str, sums: dict[tuple[int, ...], tuple[int, int]]) -> None:
    insert_rows(
        INSERT.format(unit=unit, column=column),
        "(?, ?, ?, ?, ?, ?, ?)",
        [(*key, *sums[key]) for key in sorted(sums)],
        ADD.format(unit=unit, column=column),
    )


def select_at(day: date, *, memo: bool = True) -> list[BalanceRow]:
    """Return what every account holds at the end of a day; sums of zero are left out.

    Args:
        day: The last day counted.
        memo: Count virtual lines too.
    """
    month, days, sign = until(day)
    statement = AT.format(real="" if memo else "AND kind = 0", sign="" if sign > 0 else "-")
    rows = connection.fetch(statement, (month, *days))
    return [BalanceRow(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]


def until(day: date) -> tuple[int, tuple[int, int], int]:
    """Return the last month to count up to a day, and the days to add (1) or take off (-1).

    The shorter side of its month is read.
    """
    month, left = number_of(day) // 100, monthrange(day.year, day.month)[1] - day.day
    if day.day <= left:
        return month - 1, (month * 100 + 1, number_of(day)), 1
    return month, (number_of(day) + 1, month * 100 + 31 if left else 0), -1


def select_account_at(account_ids: Sequence[int], day: date) -> list[BalanceRow]:
    """Return what some accounts hold at the end of a day, as `select_at`."""
    number = number_of(day)
    month = number // 100
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    mine = f"account_id IN ({marks})"
    rows = connection.fetch(
        "SELECT account_id, commodity_id, value_commodity_id, sum(amount), sum(value) FROM ("
        f"SELECT {KEY}, amount, value FROM balance_month WHERE {mine} AND month < ? UNION ALL "
        f"SELECT {KEY}, amount, value FROM balance_day WHERE {mine} AND dated BETWEEN ? AND ?"
        ") lines GROUP BY account_id, commodity_id, value_commodity_id ORDER BY 1, 2, 3",
        (*account_ids, month, *account_ids, month * 100, number),
    )
    return [BalanceRow(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]


def select_by_month(first: int, last: int) -> list[tuple[int, int, int, int]]:
    """Return account, commodity, month and what it added, up to a month.

    Months are numbers such as 202605; all before the first count as month 0.
    """
    rows = connection.fetch(
        "SELECT account_id, commodity_id, CASE WHEN month < ? THEN 0 ELSE month END, sum(amount) "
        "FROM balance_month WHERE month <= ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        (first, last),
    )
    return [(row[0], row[1], row[2], int(row[3])) for row in rows]


def select_habits() -> list[tuple[int, str]]:
    """Return each account with the commodity that it was last booked in."""
    rows = connection.fetch(
        "SELECT d.account_id, c.code FROM (SELECT account_id, max(month) AS month "
        "FROM balance_month GROUP BY account_id) m JOIN balance_day d "
        "ON d.account_id = m.account_id AND d.dated > m.month * 100 "
        "JOIN commodity c ON c.id = d.commodity_id ORDER BY d.account_id, d.dated, c.id"
    )
    return list(dict(rows).items())


def rebuild() -> None:
    """Compute all sums anew from the posted lines, as after a large import."""
    connection.execute("DELETE FROM balance_day")
    connection.execute("DELETE FROM balance_month")
    connection.execute(
        f"INSERT INTO balance_day ({KEY}, dated, amount, value) " + FROM_LINES.format(when="dated")
    )
    connection.execute(
        f"INSERT INTO balance_month ({KEY}, month, amount, value) "
        f"SELECT {KEY}, dated / 100, sum(amount), sum(value) FROM balance_day "
        f"GROUP BY {KEY}, dated / 100"
    )


def differences() -> list[tuple[str, tuple[int, ...], tuple[int, int], tuple[int, int]]]:
    """Compare the sums with the posted lines.

    Where each day of an account is in one commodity, and nothing differs, the database compares
    them alone, in the order of the register; else they are compared one by one.

    Returns:
        For each that differs: `day` or `month`, its key (account, commodity, value commodity,
        kind, day or month), amount and value as kept, and as the lines say.
    """
    if all(len(set(connection.fetch(statement)[0])) == 1 for statement in (DAYS, MONTHS)):
        return []
    found = []
    lines = {tuple(row[:5]): (int(row[5]), int(row[6])) for row in _derived()}
    found += _compare("day", _kept("balance_day", "dated"), lines)
    months: dict[tuple[int, ...], tuple[int, int]] = {}
    for key, (amount, value) in lines.items():
        month = (*key[:4], key[4] // 100)
        before = months.get(month, (0, 0))
        months[month] = (before[0] + amount, before[1] + value)
    return found + _compare("month", _kept("balance_month", "month"), months)


def _derived() -> list[tuple[int, ...]]:
    return connection.fetch(FROM_LINES.format(when="dated"))


def _kept(table: str, column: str) -> dict[tuple[int, ...], tuple[int, int]]:
    rows = connection.fetch(f"SELECT {KEY}, {column}, amount, value FROM {table}")
    return {tuple(row[:5]): (row[5], row[6]) for row in rows}


def _compare(
    unit: str,
    kept: dict[tuple[int, ...], tuple[int, int]],
    wanted: dict[tuple[int, ...], tuple[int, int]],
) -> list[tuple[str, tuple[int, ...], tuple[int, int], tuple[int, int]]]:
    return [
        (unit, key, kept.get(key, (0, 0)), wanted.get(key, (0, 0)))
        for key in sorted(kept.keys() | wanted.keys())
        if kept.get(key, (0, 0)) != wanted.get(key, (0, 0))
    ]
