"""The posted lines behind a number of a statement: their sums, and a page of them.

Sums are read from the lines themselves, never from the kept balances, and apart from the page.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from db import connection
from db.fields import day_of, number_of

ALL, OPEN, CLOSING, COUNTER, PICKED = "all", "open", "closing", "counter", "picked"
CLOSED = (
    "(SELECT e.id FROM fiscal_year y CROSS JOIN journal_entry e "
    "WHERE e.year_id = y.id AND e.series = 'CLS')"
)
AT_ONCE = 400


class Lines(NamedTuple):
    """Which lines of accounts count.

    Attributes:
        which: `all`; `open` without entries that close years; `closing` those alone; `counter`
            those of entries with a line of `cash`; `picked` those of `entries`.
        cash: Accounts.
        entries: Entry and kind of its lines.
    """

    which: str
    cash: tuple[int, ...] = ()
    entries: tuple[tuple[int, int], ...] = ()


class LineSum(NamedTuple):
    """What lines add to an account, in smallest units, and how many they are."""

    account_id: int
    commodity: str
    value_commodity: str
    amount: int
    value: int
    number: int


class Line(NamedTuple):
    """A posted line with the head of its entry."""

    id: int
    entry_id: int
    dated: date
    series: str
    year: str
    number: int
    payee: str
    description: str
    label: str
    commodity: str
    amount: int
    value_commodity: str
    value: int


class Wanted(NamedTuple):
    """Lines of accounts between two days, without a first one from the beginning."""

    account_ids: tuple[int, ...]
    lines: Lines
    starts: date | None
    ends: date


def select_sums(wanted: Wanted) -> list[LineSum]:
    """Return what lines add to accounts, by account and commodities."""
    codes: dict[int, str] = dict(connection.fetch("SELECT id, code FROM commodity"))
    found: dict[tuple[int, str, str], list[int]] = {}
    for term, params in _terms(wanted):
        rows = connection.fetch(
            "SELECT p.account_id, p.commodity_id, p.value_commodity_id, sum(p.amount), "
            f"sum(p.value), count(*) FROM posting p WHERE {term} "
            "GROUP BY p.account_id, p.commodity_id, p.value_commodity_id",
            params,
        )
        for account_id, code, value_code, *numbers in rows:
            sums = found.setdefault((account_id, codes[code], codes[value_code]), [0, 0, 0])
            for place, number in enumerate(numbers):
                sums[place] += int(number)
    return [LineSum(*key, *sums) for key, sums in sorted(found.items())]


def page(
    wanted: Wanted, half: str, code: str, after: tuple[int, int] | None, limit: int,
    *, backwards: bool = False,
) -> list[Line]:  # fmt: skip
    """Return at most `limit` lines in order of day and id.

    Args:
        wanted: Of which accounts, entries and days.
        half: `amounts` or `values`: which of a line's commodities is `code`.
        code: Of the commodity.
        after: Day (as a number) and id of the line before the page (behind it, backwards).
        limit: At most so many.
        backwards: Read towards the start; the answer is in order all the same.
    """
    name = "commodity_id" if half == "amounts" else "value_commodity_id"
    sign, way = ("<", "DESC") if backwards else (">", "ASC")
    more, params = f" AND p.{name} = (SELECT id FROM commodity WHERE code = ?)", [code]
    place: list[int] = []
    if after is not None:
        more += f" AND (p.dated, p.id) {sign} (?, ?)"
        place, day = list(after), day_of(after[0])
        wanted = (
            wanted._replace(ends=min(wanted.ends, day)) if backwards
            else wanted._replace(starts=max(wanted.starts or day, day))
        )  # fmt: skip
    ids: list[tuple[int, int]] = []
    for term, values in _terms(wanted):
        rows = connection.fetch(
            f"SELECT p.dated, p.id FROM posting p WHERE {term}{more} "
            f"ORDER BY p.dated {way}, p.id {way} LIMIT ?",
            (*values, *params, *place, limit),
        )
        ids += [(row[0], row[1]) for row in rows]
    ids.sort(reverse=backwards)
    return _lines([line_id for _dated, line_id in ids[:limit]])


def _lines(ids: Sequence[int]) -> list[Line]:
    found: list[Line] = []
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        rows = connection.fetch(
            "SELECT p.id, p.entry_id, p.dated, e.series, y.name, e.number, e.payee, "
            "e.description, p.label, c.code, p.amount, v.code, p.value FROM posting p "
            "JOIN journal_entry e ON e.id = p.entry_id JOIN fiscal_year y ON y.id = e.year_id "
            "JOIN commodity c ON c.id = p.commodity_id "
            "JOIN commodity v ON v.id = p.value_commodity_id "
            f"WHERE p.id IN ({', '.join('?' * len(part))})",
            part,
        )
        found += [Line(row[0], row[1], day_of(row[2]), *row[3:]) for row in rows]
    return sorted(found, key=lambda line: (line.dated, line.id))


def _terms(wanted: Wanted) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield conditions and their values; several where more is named than a statement takes."""
    kind, lines = wanted.lines.which, wanted.lines
    days = (number_of(wanted.starts or date.min), number_of(wanted.ends))
    for start in range(0, len(wanted.account_ids), AT_ONCE):
        ids = wanted.account_ids[start : start + AT_ONCE]
        term = (
            f"p.account_id IN ({', '.join('?' * len(ids))}) AND p.posted AND p.kind < 2 "
            "AND p.dated BETWEEN ? AND ?"
        )
        if kind == PICKED:
            for first in range(0, len(lines.entries), AT_ONCE):
                pairs = lines.entries[first : first + AT_ONCE]
                marks = ", ".join(["(?, ?)"] * len(pairs))
                flat = [number for pair in pairs for number in pair]
                yield f"{term} AND (p.entry_id, p.kind) IN (VALUES {marks})", (*ids, *days, *flat)
        elif kind == COUNTER:
            marks = ", ".join("?" * len(lines.cash)) or "NULL"
            counter = (
                "EXISTS (SELECT 1 FROM posting o WHERE o.entry_id = p.entry_id "
                f"AND o.kind = p.kind AND o.account_id IN ({marks}))"
            )
            yield f"{term} AND {counter}", (*ids, *days, *lines.cash)
        elif kind == ALL:
            yield term, (*ids, *days)
        else:
            no = "NOT " if kind == OPEN else ""
            yield f"{term} AND p.entry_id {no}IN {CLOSED}", (*ids, *days)
