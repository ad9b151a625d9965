"""Lines and entries by their tags and links: as conditions, as sums, and as what is offered.

A line has what stands at it and what stands at its entry (position 0), as in hledger.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import connection
from db.compiling import LIKE_SPECIAL, Sql
from db.conditions import All, AnyOf, Compare, Condition, Not
from db.fields import number_of
from db.ledger.dimensions import RECORDS, TAG, key_of
from db.ledger.rows import BalanceRow

LINKS = "link"
"""Stands for links of every kind where they are summed and offered."""


USED = "EXISTS (SELECT 1 FROM entry_dimension x WHERE x.dimension_id = d.id)"
"""Leaves out what stood in drafts that were changed or deleted."""


class ValueSum(NamedTuple):
    """What lines of one value add to an account, in smallest units."""

    value: str
    account_id: int
    commodity_id: int
    amount: int


# Finding


def asked(field: str) -> bool:
    """Return whether a field of a condition is a tag or a link."""
    return field in ("tag", "link", *RECORDS) or field.startswith(TAG)


def _named(condition: Compare) -> Sql:
    """Return the test of `dimension` rows (as `d`) that a condition on one field means."""
    field, operator = condition.field, condition.operator
    if operator == "empty":
        values: tuple[object, ...] = ()
    else:
        values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    marks = ", ".join("?" * len(values))
    if field == "tag":
        return _tags(values) if operator != "empty" else Sql("d.kind = 'tag'")
    params: tuple[object, ...] = ()
    if field == "link":
        test = "d.kind = 'link'"
    elif field.startswith(TAG):
        test, params = "d.kind = 'tag' AND d.name_key = ?", (key_of(field.removeprefix(TAG)),)
    else:
        test, params = "d.name_key = ?", (field,)
    if operator == "empty":
        return Sql(test, params)
    return Sql(f"{test} AND d.value_key IN ({marks or 'NULL'})", (*params, *values))


def _tags(values: Sequence[object]) -> Sql:
    """Return the test of `name` or `name=value`."""
    pieces, params = [], []
    for value in values:
        name, equals, wanted = str(value).partition("=")
        pieces.append("d.name_key = ?")
        params.append(str(value))
        if equals:
            pieces.append("(d.name_key = ? AND d.value_key = ?)")
            params += [name, wanted]
    return Sql(f"d.kind = 'tag' AND ({' OR '.join(pieces) or '1 = 0'})", tuple(params))


def entry_ids(condition: Compare) -> Sql:
    """Return a statement of the ids of entries that have what a condition asks for."""
    test = _named(condition)
    return Sql(
        "SELECT x.entry_id FROM dimension d JOIN entry_dimension x ON x.dimension_id = d.id "
        f"WHERE {test.text}",
        test.params,
    )


def of_entry(condition: Compare) -> Sql:
    """Return the same as a test of the entry `t`."""
    test = _named(condition)
    return Sql(
        "EXISTS (SELECT 1 FROM entry_dimension x JOIN dimension d ON d.id = x.dimension_id "
        f"WHERE x.entry_id = t.id AND {test.text})",
        test.params,
    )


def lines(condition: Condition) -> Sql:
    """Return the test of the posting `p` that a condition on tags and links means."""
    match condition:
        case Compare():
            test = _named(condition)
            inside = (
                "p.id IN (SELECT q.id FROM dimension d "
                "JOIN entry_dimension x ON x.dimension_id = d.id "
                "JOIN posting q ON q.entry_id = x.entry_id "
                f"AND (x.position = 0 OR x.position = q.position) WHERE {test.text})"
            )
            return Sql(f"NOT {inside}" if condition.operator == "empty" else inside, test.params)
        case All(parts):
            return _joined(parts, " AND ", "1 = 1")
        case AnyOf(parts):
            return _joined(parts, " OR ", "1 = 0")
        case Not(part):
            inner = lines(part)
            return Sql(f"NOT ({inner.text})", inner.params)
    raise ValueError(condition)


def _joined(parts: Sequence[Condition], glue: str, nothing: str) -> Sql:
    pieces = [lines(part) for part in parts]
    text = glue.join(piece.text for piece in pieces)
    return Sql(f"({text})" if pieces else nothing, tuple(p for one in pieces for p in one.params))


# Summing


def select_sums(
    wanted: Condition, starts: date | None, ends: date, *, most: int = 2, closings: bool = True
) -> list[tuple[int, BalanceRow]]:
    """Return month (such as 202611) and what lines of it add to each account.

    Args:
        wanted: Which lines.
        starts: First day.
        ends: Last day.
        most: The highest kind of line that counts; 0 for real ones alone.
        closings: Count entries that close years.
    """
    test = lines(wanted)
    closed = "" if closings else (
        "AND p.entry_id NOT IN (SELECT id FROM journal_entry WHERE series = 'CLS') "
    )  # fmt: skip
    rows = connection.fetch(
        "SELECT p.dated / 100, p.account_id, p.commodity_id, p.value_commodity_id, sum(p.amount), "
        f"sum(p.value) FROM posting p WHERE {test.text} AND p.posted AND p.kind <= ? "
        f"AND p.dated BETWEEN ? AND ? {closed}"
        "GROUP BY p.dated / 100, p.account_id, p.commodity_id, p.value_commodity_id "
        "ORDER BY 1, 2, 3, 4",
        (*test.params, most, number_of(starts) if starts else 0, number_of(ends)),
    )
    return [(row[0], BalanceRow(row[1], row[2], row[3], int(row[4]), int(row[5]))) for row in rows]


def select_at(wanted: Condition, day: date, *, memo: bool) -> list[BalanceRow]:
    """Return what such lines add to every account until a day, as `balances.select_at`."""
    sums: dict[tuple[int, int, int], BalanceRow] = {}
    for _month, row in select_sums(wanted, None, day, most=2 if memo else 0):
        before = sums.get(row[:3], row._replace(amount=0, value=0))
        sums[row[:3]] = row._replace(
            amount=before.amount + row.amount, value=before.value + row.value
        )
    return [row for row in sums.values() if row.amount or row.value]


def select_before(
    wanted: Condition, account_ids: Sequence[int], dated: int, line_id: int
) -> dict[str, int]:
    """Return what such lines of some accounts add up to before a line, by commodity."""
    test = lines(wanted)
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    rows = connection.fetch(
        "SELECT c.code, sum(p.amount) FROM posting p JOIN commodity c ON c.id = p.commodity_id "
        f"WHERE {test.text} AND p.account_id IN ({marks}) AND p.posted "
        "AND (p.dated, p.id) < (?, ?) GROUP BY c.code",
        (*test.params, *account_ids, dated, line_id),
    )
    return {code: int(total) for code, total in rows}


def select_breakdown(name: str, starts: date | None, ends: date) -> list[ValueSum]:
    """Return what lines add to income and expense accounts, by their value of a tag or link.

    A line with several values counts once, under the first: its own before its entry's. Entries
    that close years are left out.

    Args:
        name: The key of a tag's name or of what links name; `link` stands for all links.
        starts: First day.
        ends: Last day.
    """
    test = "d.kind = 'link' AND ? = 'link'" if name == LINKS else "d.name_key = ?"
    rows = connection.fetch(
        "SELECT min(v.value), l.account_id, l.commodity_id, sum(l.amount) FROM ("
        "SELECT q.account_id, q.commodity_id, q.amount, d.id AS dimension_id, row_number() OVER "
        "(PARTITION BY q.id ORDER BY CASE WHEN x.position = 0 THEN 1 ELSE 0 END, x.id) AS place "
        "FROM dimension d JOIN entry_dimension x ON x.dimension_id = d.id "
        "JOIN posting q ON q.entry_id = x.entry_id "
        "AND (x.position = 0 OR x.position = q.position) "
        "JOIN ledger_account a ON a.id = q.account_id AND a.kind IN ('income', 'expense') "
        f"WHERE {test} AND q.posted AND q.kind < 2 AND q.dated BETWEEN ? AND ? "
        "AND q.entry_id NOT IN (SELECT id FROM journal_entry WHERE series = 'CLS')"
        ") l JOIN dimension v ON v.id = l.dimension_id WHERE l.place = 1 "
        "GROUP BY v.value_key, l.account_id, l.commodity_id ORDER BY v.value_key, 2, 3",
        (name, number_of(starts) if starts else 0, number_of(ends)),
    )
    return [ValueSum(row[0], row[1], row[2], int(row[3])) for row in rows]


# Offering


def select_names() -> list[tuple[str, str, int]]:
    """Return kind and name of what is in use, and how many values it has."""
    rows = connection.fetch(
        f"SELECT kind, min(name), count(*) FROM dimension d WHERE {USED} "
        "GROUP BY kind, name_key ORDER BY kind DESC, name_key"
    )
    return [(row[0], row[1], int(row[2])) for row in rows]


def is_used(name: str) -> bool:
    """Return whether there is a tag, or a link to a record, of a key."""
    return bool(connection.fetch("SELECT 1 FROM dimension WHERE name_key = ? LIMIT 1", (name,)))


def list_names(start: str, limit: int) -> list[str]:
    """Return names of tags that start so."""
    rows = connection.fetch(
        "SELECT min(name) FROM dimension WHERE kind = 'tag' AND name_key LIKE ? ESCAPE '\\' "
        "GROUP BY name_key ORDER BY name_key LIMIT ?",
        (_start(start), limit),
    )
    return [row[0] for row in rows]


def list_values(name: str, start: str, limit: int) -> list[str]:
    """Return values of a tag (or links, by what they name) that start so, the newest first."""
    test = "kind = 'link' AND ? = 'link'" if name == LINKS else "name_key = ?"
    rows = connection.fetch(
        f"SELECT value FROM dimension WHERE {test} AND value <> '' "
        "AND value_key LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?",
        (key_of(name), _start(start), limit),
    )
    return list(dict.fromkeys(row[0] for row in rows))


def _start(text: str) -> str:
    return text.casefold().translate(LIKE_SPECIAL) + "%"


def select_latest(kind: str, limit: int) -> list[tuple[str, str]]:
    """Return names and values of tags or links in use, the newest first."""
    rows = connection.fetch(
        f"SELECT name, value FROM dimension d WHERE kind = ? AND {USED} ORDER BY id DESC LIMIT ?",
        (kind, limit),
    )
    return [(row[0], row[1]) for row in rows]
