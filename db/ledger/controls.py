"""What an auditor asks of all entries between two days, in aggregates."""

from datetime import date
from typing import NamedTuple

from db import connection
from db.fields import day_of, number_of

NAMES = "e.id, e.series, coalesce(y.name, ''), e.number"
ENTRIES = "journal_entry e LEFT JOIN fiscal_year y ON y.id = e.year_id"
BETWEEN = "e.state = 'posted' AND e.dated BETWEEN ? AND ?"


class Named(NamedTuple):
    """An entry by what makes its number."""

    id: int
    series: str
    year: str
    number: int | None


def select_twins(starts: date, ends: date, limit: int) -> list[tuple[date, str, list[int]]]:
    """Return day, description and ids of entries of one day that say and weigh the same.

    Reversals and what they reverse are left out.
    """
    gather = "group_concat(id)" if connection.engine() == "sqlite" else "string_agg(id::text, ',')"
    rows = connection.fetch(
        f"SELECT dated, description, {gather} FROM ("
        "SELECT e.id AS id, e.dated AS dated, e.payee AS payee, e.description AS description, "
        "sum(CASE WHEN p.value > 0 THEN p.value ELSE 0 END) AS total, "
        "sum(p.account_id * abs(p.amount)) AS shape, count(*) AS lines "
        "FROM journal_entry e JOIN posting p ON p.entry_id = e.id "
        f"WHERE {BETWEEN} AND e.kind IN ('normal', 'import') AND p.kind = 0 AND NOT EXISTS "
        "(SELECT 1 FROM journal_entry r WHERE r.reverses_id = e.id) "
        "GROUP BY e.id, e.dated, e.payee, e.description) s "
        "GROUP BY dated, payee, description, total, shape, lines HAVING count(*) > 1 "
        "ORDER BY dated, description LIMIT ?",
        (number_of(starts), number_of(ends), limit),
    )
    return [(day_of(row[0]), row[1], sorted(map(int, row[2].split(",")))) for row in rows]


def select_self_approved(starts: date, ends: date, limit: int) -> list[Named]:
    """Return entries that were approved by who prepared them."""
    return _named("e.approved_by = e.prepared_by", starts, ends, limit)


def select_unapproved(starts: date, ends: date) -> list[tuple[int, date]]:
    """Return id and day of entries that were posted without an approval, imports left out."""
    rows = connection.fetch(
        f"SELECT e.id, e.dated FROM journal_entry e WHERE {BETWEEN} AND e.approved_by IS NULL "
        "AND e.kind IN ('normal', 'reversal', 'opening') ORDER BY e.dated, e.id",
        (number_of(starts), number_of(ends)),
    )
    return [(row[0], day_of(row[1])) for row in rows]


def select_round(starts: date, ends: date, units: int, limit: int) -> list[Named]:
    """Return entries whose debits are a multiple of so many whole units, the latest first."""
    rows = connection.fetch(
        f"SELECT {NAMES} FROM (SELECT p.entry_id AS id, sum(p.value) AS total, "
        "max(c.precision) AS digits FROM posting p "
        "JOIN journal_entry e ON e.id = p.entry_id "
        "JOIN commodity c ON c.id = p.value_commodity_id "
        f"WHERE {BETWEEN} AND e.kind = 'normal' AND p.value > 0 AND p.kind = 0 "
        "GROUP BY p.entry_id, p.value_commodity_id) s "
        f"JOIN journal_entry e ON e.id = s.id LEFT JOIN fiscal_year y ON y.id = e.year_id "
        "WHERE s.digits <= 9 AND s.total % (CAST(? AS bigint) * CASE s.digits WHEN 0 THEN 1 "
        "WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 WHEN 4 THEN 10000 WHEN 5 THEN 100000 "
        "WHEN 6 THEN 1000000 WHEN 7 THEN 10000000 WHEN 8 THEN 100000000 ELSE 1000000000 END) = 0 "
        "ORDER BY e.dated DESC, e.id DESC LIMIT ?",
        (number_of(starts), number_of(ends), units, limit),
    )
    return [Named(*row) for row in rows]


def count_by_day(starts: date, ends: date) -> list[tuple[date, int]]:
    """Return how many entries each day has."""
    rows = connection.fetch(
        f"SELECT e.dated, count(*) FROM journal_entry e WHERE {BETWEEN} AND e.kind = 'normal' "
        "GROUP BY e.dated ORDER BY e.dated",
        (number_of(starts), number_of(ends)),
    )
    return [(day_of(row[0]), int(row[1])) for row in rows]


def select_of_day(day: date, limit: int) -> list[Named]:
    """Return the entries of a day."""
    return _named("e.kind = 'normal'", day, day, limit)


def count_first_digits(starts: date, ends: date) -> dict[int, int]:
    """Return how often each digit, 1 to 9, leads a debit."""
    rows = connection.fetch(
        "SELECT substr(CAST(p.value AS text), 1, 1), count(*) FROM posting p "
        "WHERE p.posted AND p.kind = 0 AND p.value > 0 AND p.dated BETWEEN ? AND ? "
        "GROUP BY substr(CAST(p.value AS text), 1, 1)",
        (number_of(starts), number_of(ends)),
    )
    return {int(digit): int(count) for digit, count in rows}


def select_last_days() -> dict[int, date]:
    """Return the last month, by its first day, in which each account had a line."""
    rows = connection.fetch("SELECT account_id, max(month) FROM balance_month GROUP BY account_id")
    return {row[0]: day_of(row[1] * 100 + 1) for row in rows}


def _named(condition: str, starts: date, ends: date, limit: int) -> list[Named]:
    rows = connection.fetch(
        f"SELECT {NAMES} FROM {ENTRIES} WHERE {BETWEEN} AND {condition} "
        "ORDER BY e.dated DESC, e.id DESC LIMIT ?",
        (number_of(starts), number_of(ends), limit),
    )
    return [Named(*row) for row in rows]
