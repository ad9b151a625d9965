"""Lines of accounts in order of day, a page at a time, with what came before each page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from db import connection
from db.fields import day_of, number_of

if TYPE_CHECKING:
    from db.conditions import Condition


class RegisterLine(NamedTuple):
    """A posted line of an account, with the head of its entry; amounts in smallest units."""

    id: int
    entry_id: int
    dated: date
    series: str
    year: str
    number: int
    description: str
    payee: str
    account_id: int
    commodity: str
    precision: int
    amount: int
    label: str


COLUMNS = (
    "p.id, p.entry_id, p.dated, e.series, y.name, e.number, e.description, e.payee, p.account_id, "
    "c.code, c.precision, p.amount, p.label"
)
JOINS = (
    "JOIN posting p ON p.id = f.id JOIN journal_entry e ON e.id = p.entry_id "
    "JOIN fiscal_year y ON y.id = e.year_id JOIN commodity c ON c.id = p.commodity_id"
)


def page(
    account_ids: Sequence[int],
    after: tuple[int, int] | None,
    limit: int,
    *,
    starts: date | None = None,
    ends: date | None = None,
    backwards: bool = False,
    lines: Condition | None = None,
) -> list[RegisterLine]:
    """Return lines of some accounts in order of day and id.

    Args:
        account_ids: Of which accounts.
        after: Day (as a number) and id of the line before the page (behind it, backwards).
        limit: At most so many.
        starts: First day.
        ends: Last day.
        backwards: Read towards the start; the answer is in order all the same.
        lines: Of those, the ones with such tags or links.
    """
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    terms, params = [f"account_id IN ({marks})", "posted"], list(account_ids)
    sign, way = ("<", "DESC") if backwards else (">", "ASC")
    if after is not None:
        terms.append(f"(dated, id) {sign} (?, ?)")
        params += after
    bounds, days = _between(starts, ends)
    terms, params = [*terms, *bounds], [*params, *days]
    if lines is not None:
        from db.ledger import dimension_sums

        test = dimension_sums.lines(lines)
        terms, params = [*terms, test.text], [*params, *test.params]
    rows = connection.fetch(
        f"SELECT {COLUMNS} FROM (SELECT id FROM posting p WHERE {' AND '.join(terms)} "
        f"ORDER BY dated {way}, id {way} LIMIT ?) f {JOINS} ORDER BY p.dated, p.id",
        (*params, limit),
    )
    return [RegisterLine(*row[:2], day_of(row[2]), *row[3:]) for row in rows]  # type: ignore[call-arg]  # in order


def sums_before(account_ids: Sequence[int], dated: int, line_id: int) -> dict[str, int]:
    """Return what some accounts held before a line, by commodity, in smallest units."""
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    mine = f"account_id IN ({marks})"
    month = dated // 100
    rows = connection.fetch(
        "SELECT c.code, sum(s.amount) FROM ("
        f"SELECT commodity_id, amount FROM balance_month WHERE {mine} AND month < ? UNION ALL "
        "SELECT commodity_id, amount FROM balance_day "
        f"WHERE {mine} AND dated >= ? AND dated < ? UNION ALL "
        f"SELECT commodity_id, amount FROM posting WHERE {mine} AND posted AND dated = ? AND id < ?"
        ") s JOIN commodity c ON c.id = s.commodity_id GROUP BY c.code",
        (*account_ids, month, *account_ids, month * 100, dated, *account_ids, dated, line_id),
    )
    return {code: int(total) for code, total in rows}


def count(
    account_ids: Sequence[int], cap: int, *, starts: date | None = None, ends: date | None = None
) -> int:
    """Return how many posted lines some accounts have between two days, at most `cap` + 1."""
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    bounds, days = _between(starts, ends)
    terms = " AND ".join((f"account_id IN ({marks})", "posted", *bounds))
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM posting WHERE {terms} LIMIT ?) n",
        (*account_ids, *days, cap + 1),
    )
    return int(rows[0][0])


def _between(starts: date | None, ends: date | None) -> tuple[list[str], list[int]]:
    """Return the terms for days, both included, and what they compare with."""
    terms, params = [], []
    for sign, day in ((">=", starts), ("<=", ends)):
        if day is not None:
            terms.append(f"dated {sign} ?")
            params.append(number_of(day))
    return terms, params


def place_of(line_id: int) -> tuple[int, int] | None:
    """Return the day, as a number, and the id of a posted line."""
    rows = connection.fetch("SELECT dated, id FROM posting WHERE id = ? AND posted", (line_id,))
    return (rows[0][0], rows[0][1]) if rows else None
