"""What must not be found in the books."""

from db import connection

MOST = 100
"""Faults of one kind that are told at most."""


def count_posted() -> tuple[int, int]:
    """Return how many entries and lines are posted."""
    rows = connection.fetch(
        "SELECT (SELECT count(*) FROM journal_entry WHERE state = 'posted'), "
        "(SELECT count(*) FROM posting WHERE posted)"
    )
    return int(rows[0][0]), int(rows[0][1])


def select_unbalanced() -> list[tuple[int, str, int, int]]:
    """Return entry, commodity, its digits and what is over, of posted entries."""
    rows = connection.fetch(
        "SELECT s.entry_id, c.code, c.precision, s.rest FROM ("
        "SELECT entry_id, value_commodity_id, kind, sum(value) AS rest FROM posting "
        "WHERE posted AND kind < 2 GROUP BY entry_id, value_commodity_id, kind "
        "HAVING sum(value) <> 0 LIMIT ?) s JOIN commodity c ON c.id = s.value_commodity_id "
        "ORDER BY s.entry_id",
        (MOST,),
    )
    return [(row[0], row[1], row[2], int(row[3])) for row in rows]


def select_unbalanced_between(starts: int, ends: int) -> list[int]:
    """Return posted entries of two days and those between them that do not balance."""
    rows = connection.fetch(
        "SELECT p.entry_id FROM journal_entry e JOIN posting p ON p.entry_id = e.id "
        "WHERE e.dated BETWEEN ? AND ? AND p.posted AND p.kind < 2 "
        "GROUP BY p.entry_id, p.value_commodity_id, p.kind HAVING sum(p.value) <> 0 "
        "ORDER BY p.entry_id LIMIT ?",
        (starts, ends, MOST),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def select_unnumbered() -> list[int]:
    """Return posted entries that no chain of seals can have: without number, year or series."""
    rows = connection.fetch(
        "SELECT e.id FROM journal_entry e WHERE e.state = 'posted' AND (e.number IS NULL "
        "OR e.number < 1 OR e.year_id IS NULL OR NOT EXISTS (SELECT 1 FROM ledger_series s "
        "WHERE s.code = e.series AND s.year_id = e.year_id)) ORDER BY e.id LIMIT ?",
        (MOST,),
    )
    return [row[0] for row in rows]


def select_thin() -> list[int]:
    """Return posted entries with fewer than two lines; journals may have such, and nothing else."""
    rows = connection.fetch(
        "SELECT e.id FROM journal_entry e LEFT JOIN posting p ON p.entry_id = e.id "
        "WHERE e.state = 'posted' AND e.kind <> 'import' "
        "GROUP BY e.id HAVING count(p.id) < 2 ORDER BY e.id LIMIT ?",
        (MOST,),
    )
    return [row[0] for row in rows]


def select_outside() -> list[int]:
    """Return posted entries whose day does not lie in exactly one period of their year."""
    rows = connection.fetch(
        "SELECT e.id FROM journal_entry e LEFT JOIN period p ON p.year_id = e.year_id "
        "AND e.dated BETWEEN p.starts AND p.ends "
        "WHERE e.state = 'posted' GROUP BY e.id HAVING count(p.id) <> 1 ORDER BY e.id LIMIT ?",
        (MOST,),
    )
    return [row[0] for row in rows]


def select_torn() -> list[int]:
    """Return entries whose lines have another day or state."""
    rows = connection.fetch(
        "SELECT DISTINCT e.id FROM posting p JOIN journal_entry e ON e.id = p.entry_id "
        "WHERE p.dated <> e.dated OR p.posted <> (e.state = 'posted') ORDER BY e.id LIMIT ?",
        (MOST,),
    )
    return [row[0] for row in rows]


def select_used(first: int, last: int) -> set[int]:
    """Return the accounts that have lines in some months, 202601 to 202611."""
    rows = connection.fetch(
        "SELECT DISTINCT account_id FROM balance_month WHERE month BETWEEN ? AND ?", (first, last)
    )
    return {row[0] for row in rows}
