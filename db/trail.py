"""The audit trail as a list: pages and counts of a selection, at the cost of a page.

Lines stand in the order of their numbers, and in that of their instants where a query names
instants. Of the conditions on actor, action, kind and record the rarest is where a search starts,
if it is rare enough; the others are tested line by line.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError, where
from db.conditions import (
    All,
    AnyOf,
    Changed,
    Compare,
    Condition,
    Not,
    Selection,
    Was,
    Words,
    conjuncts,
)
from db.keyset import Key, Source
from db.listing import Listing, Page
from db.rows import AuditRow

TrailPage = Page[AuditRow]
RARE = 5_000
"""Lines up to which a condition is a place to start from."""
READ = (
    "e.id, e.operation, e.at, e.actor, e.origin, e.action, e.feature, e.record_id, e.version, "
    "e.changes, e.undoes"
)
COLUMNS = {
    "line": Column("t.id"),
    "operation": Column("t.operation", loose="(t.operation + 0)"),
    "at": Column("t.at", loose="(t.at + 0)"),
    "actor": Column("t.actor_id", loose="(t.actor_id + 0)"),
    "action": Column("t.action", loose="(t.action || '')"),
    "feature": Column("t.feature", loose="(t.feature || '')"),
    "origin": Column("t.origin"),
    "changes": Column("t.changes"),
}
STARTS = ("actor", "action", "feature", "record", "operation")
LOOSE = "loose "
"""Before the name of a field that is tested line by line."""


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    known = COLUMNS.get(name.removeprefix(LOOSE))
    if known is None:
        raise UnknownColumnError(name)
    return known._replace(sql=known.loose) if name.startswith(LOOSE) else known


def own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of records (`feature/id`) and of words in what was changed."""
    if isinstance(condition, Words):
        like = "LIKE" if connection.engine() == "sqlite" else "ILIKE"
        texts = (*condition.words, *condition.phrases)
        params = tuple(f"%{text.translate(LIKE_SPECIAL)}%" for text in texts)
        return Sql(
            " AND ".join([f"t.changes {like} ? ESCAPE '\\'"] * len(texts)) or "1 = 1", params
        )
    if condition.field.removeprefix(LOOSE) != "record":
        return None
    is_loose = condition.field.startswith(LOOSE)
    pair = "((t.feature || ''), t.record_id + 0)" if is_loose else "(t.feature, t.record_id)"
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    pairs = [part for value in values for part in _record(str(value))]
    test = " OR ".join([f"{pair} = (?, ?)"] * len(values))
    return Sql(f"({test})" if len(values) != 1 else test, tuple(pairs))


def _record(text: str) -> tuple[str | int, ...]:
    feature, _slash, number = text.partition("/")
    return feature, int(number)


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the trail is the past")


MAP = Map(column, _never, _never, own)


def _where(condition: Condition) -> Sql:
    """Return the SQL of a condition with one place to start at."""
    parts = conjuncts(condition)
    counts = {
        part: _count(part)
        for part in parts
        if isinstance(part, Compare) and part.field in STARTS and part.operator in ("=", "in")
    }
    start = min(counts, key=lambda part: counts[part], default=None)
    rare = start is not None and counts[start] <= RARE
    timed = any(isinstance(part, Compare) and part.field == "at" for part in parts)
    alone = not rare and not timed and len(counts) == 1 and start and start.operator == "="
    keep = start if rare or alone else None

    def change(part: Compare) -> Compare:
        stays = part == keep or part.field not in (*STARTS, "at")
        if stays or (part.field == "at" and not rare):
            return part
        return part._replace(field=LOOSE + part.field)

    return where(All(tuple(_changed(part, change) for part in parts)), MAP)


def _changed(part: Condition, change: Callable[[Compare], Compare]) -> Condition:
    match part:
        case Compare():
            return change(part)
        case Not(inner):
            return Not(_changed(inner, lambda one: change(one._replace())))
        case All(inner):
            return All(tuple(_changed(one, change) for one in inner))
        case AnyOf(inner):
            return AnyOf(tuple(_changed(one, change) for one in inner))
    return part


def _count(part: Compare) -> int:
    """Return how many lines a condition names, counted to a little over `RARE`."""
    found = where(part, MAP)
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM audit_entry t WHERE {found.text} LIMIT ?) n",
        (*found.params, RARE + 1),
    )
    return int(rows[0][0])


def _keys(selection: Selection) -> tuple[Key, ...]:
    order = selection.order[0] if selection.order else None
    down = order is None or order.descending
    line = Key("line", "t.id", down)
    if (order.field if order else "") == "at" or (order is None and _is_timed(selection.where)):
        return (Key("at", "t.at", down), line)
    return (line,)


def _is_timed(condition: Condition) -> bool:
    return any(isinstance(one, Compare) and one.field == "at" for one in conjuncts(condition))


def rows_of(rows: Sequence[tuple[Any, ...]]) -> list[AuditRow]:
    """Return lines of the columns of `READ`."""
    return [AuditRow(row[0], row[1], datetime.fromtimestamp(row[2], UTC), *row[3:]) for row in rows]


TRAIL = Listing(
    Source("audit_entry t", READ, "JOIN audit_entry e ON e.id = p.id"), _where, _keys, rows_of
)
page, page_around, count = TRAIL.page, TRAIL.page_around, TRAIL.count


def find(line_id: int) -> AuditRow | None:
    """Return one line."""
    rows = connection.fetch(f"SELECT {READ} FROM audit_entry e WHERE e.id = ?", (line_id,))
    return rows_of(rows)[0] if rows else None


def select_distinct(name: str) -> list[str]:
    """Return every action or kind of record in the trail, hopping along the index."""
    found: list[str] = []
    last = ""
    while rows := connection.fetch(
        f"SELECT {name} FROM audit_entry WHERE {name} > ? ORDER BY {name} LIMIT 1", (last,)
    ):
        last = rows[0][0]
        found.append(last)
    return found


def select_people(ids: Sequence[int]) -> dict[int, str]:
    """Return the logins of accounts, active or not."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(f"SELECT id, login FROM user_account WHERE id IN ({marks})", ids)
    return {row[0]: row[1] for row in rows}


def select_logins(start: str, limit: int) -> list[str]:
    """Return logins of accounts, active or not, that start so."""
    rows = connection.fetch(
        "SELECT login FROM user_account WHERE login LIKE ? ESCAPE '\\' ORDER BY login LIMIT ?",
        (start.translate(LIKE_SPECIAL) + "%", limit),
    )
    return [row[0] for row in rows]
