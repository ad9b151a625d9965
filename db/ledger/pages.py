"""Lists of journal entries: pages and counts of a selection, each at the cost of a page."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from db import compiling, connection
from db.compiling import Sql
from db.conditions import Compare, Condition, Not, Order, Selection, conjuncts
from db.fields import day_of
from db.keyset import Key, Source
from db.ledger.dimension_sums import asked
from db.ledger.journal import MAP, ON_LINES, REVERSAL, REVERSED, gathered, stated
from db.listing import Listing, Page

GATHERED = 20_000
"""Matches up to which their ids are gathered before the list is read."""
NEWEST = (Order("date", descending=True),)
LINES = (
    "t.id, t.version, t.state, t.kind, t.series, coalesce(y.name, ''), t.number, t.dated, t.code, "
    "t.payee, t.description, coalesce(u.login, ''), t.prepared_by, t.approved_by, t.reverses_id, "
    "r.id"
)
JOINS = (
    "JOIN journal_entry t ON t.id = p.id LEFT JOIN fiscal_year y ON y.id = t.year_id "
    "LEFT JOIN user_account u ON u.id = t.prepared_by "
    "LEFT JOIN journal_entry r ON r.reverses_id = t.id AND r.state = 'posted'"
)


class Sum(NamedTuple):
    """The debits of an entry in one commodity, in smallest units."""

    commodity: str
    precision: int
    amount: int


class JournalLine(NamedTuple):
    """An entry on one line of a list."""

    id: int
    version: int
    stored: str
    kind: str
    series: str
    year: str
    sequence: int | None
    dated: date
    code: str
    payee: str
    description: str
    preparer: str
    prepared_by: int
    approved_by: int | None
    reverses_id: int | None
    reversed_by: int | None
    sums: tuple[Sum, ...] = ()

    @property
    def state(self) -> str:
        """`draft`, `posted` or `reversed`."""
        return "reversed" if self.reversed_by else self.stored


JournalPage = Page[JournalLine]


def select_recent(limit: int) -> list[tuple[int, str, str, str]]:
    """Return id, kind, payee and description of the newest entries."""
    rows = connection.fetch(
        "SELECT id, kind, payee, description FROM journal_entry "
        "ORDER BY dated DESC, id DESC LIMIT ?",
        (limit,),
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _where(condition: Condition) -> Sql:
    wanted = stated(condition)
    return compiling.where(wanted, MAP, _many(conjuncts(wanted)))


def _many(parts: Sequence[Condition]) -> frozenset[Condition]:
    """Return the conditions on lines that match many entries."""
    asked = [part.part if isinstance(part, Not) else part for part in parts]
    return frozenset(
        part
        for part in asked
        if isinstance(part, Compare) and _is_gathered(part) and _matches_many(part)
    )


def _is_gathered(part: Compare) -> bool:
    return part.field in ON_LINES or (asked(part.field) and part.operator != "empty")


def _matches_many(part: Compare) -> bool:
    found = gathered(part)
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, GATHERED + 1)
    )
    return int(rows[0][0]) > GATHERED


def _keys(selection: Selection) -> tuple[Key, ...]:
    """Return the keys of an order; a number is its year, series and place, which drafts lack.

    Where a condition leaves few entries, their order is sorted instead of walked.
    """
    keys: list[Key] = []
    few = any(part in (REVERSED, REVERSAL) for part in conjuncts(stated(selection.where)))
    for order in selection.order or NEWEST:
        down = order.descending
        if order.field == "date":
            keys.append(Key("date", "t.dated + 0" if few else "t.dated", down))
        else:
            keys += [
                Key("year", "t.year_id", down, nullable=True),
                Key("series", "t.series", down, zero=""),
                Key("number", "t.number", down, nullable=True, hangs=True),
            ]
    return (*keys, Key("id", "t.id", keys[0].descending))


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[JournalLine]:
    sums: dict[int, list[Sum]] = {}
    ids = [row[0] for row in rows]
    marks = ", ".join("?" * len(ids)) or "NULL"
    for entry_id, *told in connection.fetch(
        "SELECT p.entry_id, c.code, c.precision, sum(p.value) FROM posting p "
        "JOIN commodity c ON c.id = p.value_commodity_id "
        f"WHERE p.entry_id IN ({marks}) AND p.value > 0 AND p.kind < 2 "
        "GROUP BY p.entry_id, c.code, c.precision ORDER BY p.entry_id, c.code",
        ids,
    ):
        sums.setdefault(entry_id, []).append(Sum(told[0], told[1], int(told[2])))
    return [
        JournalLine._make((*row[:7], day_of(row[7]), *row[8:], tuple(sums.get(row[0], ()))))
        for row in rows
    ]


ENTRIES = Listing(Source("journal_entry t", LINES, JOINS), _where, _keys, _lines)
page, page_around, count = ENTRIES.page, ENTRIES.page_around, ENTRIES.count
