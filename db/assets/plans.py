"""Plans of service and when they are due: one function for each statement."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.assets.plan_rows import CalendarRow, DueRow, FinishedRow, PlanLoad, PlanRow
from db.assets.plan_sql import IS_FOR, OF_KIND, UNSPREAD
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError, where
from db.conditions import Changed, Compare, Condition, Selection, Was, Words
from db.fields import day_of, number_of
from db.keyset import Key, Source
from db.listing import Listing

NEXT = "(SELECT min(d.next_on) FROM service_due d WHERE d.plan_id = t.id)"
TARGET = (
    "coalesce(a.tag, g.name, trim(coalesce(m.manufacturer, '') || ' ' || coalesce(m.name, '')))"
)
LINES = (
    "t.id, t.version, t.name, t.asset_id, t.model_id, t.category_id, t.every, t.starts_on, "
    "t.after_done, t.lead_days, t.counter, t.count_every, t.count_lead, t.ticket, t.active, "
    f"{TARGET}, {NEXT}, (SELECT count(*) FROM service_due d WHERE d.plan_id = t.id), "
    "(SELECT count(*) FROM service_due d WHERE d.plan_id = t.id AND d.ticket_id IS NOT NULL)"
)
JOINS = (
    "JOIN service_plan t ON t.id = p.id LEFT JOIN asset a ON a.id = t.asset_id "
    "LEFT JOIN asset_model m ON m.id = t.model_id "
    "LEFT JOIN asset_category g ON g.id = t.category_id"
)
DUE = (
    "SELECT d.id, d.version, d.plan_id, p.name, d.asset_id, a.tag, a.name, d.next_on, "
    "d.next_count, d.notice_on, d.ticket_id, d.done_on, d.done_count, p.every, p.starts_on, "
    "p.after_done, p.lead_days, p.counter, p.count_every, p.count_lead, p.ticket, c.value "
    "FROM service_due d JOIN service_plan p ON p.id = d.plan_id JOIN asset a ON a.id = d.asset_id "
    "LEFT JOIN asset_counter c ON c.asset_id = d.asset_id AND c.counter = p.counter"
)

MOST = 1_000_000_000


def _day(value: int | None) -> date | None:
    return None if value is None else day_of(value)


# Plans


def insert(load: PlanLoad) -> int:
    """Add a plan; returns its id."""
    marks = ", ".join("?" * len(load))
    rows = connection.fetch(
        f"INSERT INTO service_plan ({', '.join(load._fields)}, version, active, spread_at) "
        f"VALUES ({marks}, 1, ?, 0) RETURNING id",
        (*load, True),
    )
    return int(rows[0][0])


def update(plan_id: int, version: int, load: PlanLoad) -> bool:
    """Write a plan anew; False when it changed in the meantime."""
    named = ", ".join(f"{field} = ?" for field in load._fields)
    cursor = connection.execute(
        f"UPDATE service_plan SET {named}, spread_at = 0, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (*load, plan_id, version),
    )
    return bool(cursor.rowcount)


def set_active(plan_id: int, version: int, active: bool) -> bool:
    """Stop a plan, or take it up again; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE service_plan SET active = ?, spread_at = 0, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (active, plan_id, version),
    )
    return bool(cursor.rowcount)


def find(plan_id: int) -> PlanRow | None:
    """Return a plan."""
    rows = connection.fetch(f"SELECT {LINES} FROM (SELECT ? AS id) p {JOINS}", (plan_id,))
    return _plans(rows)[0] if rows else None


def _plans(rows: Sequence[tuple[Any, ...]]) -> list[PlanRow]:
    return [
        PlanRow._make(row)._replace(
            starts_on=day_of(row[7]), after_done=bool(row[8]), active=bool(row[14]),
            next_on=_day(row[16]),
        )
        for row in rows
    ]  # fmt: skip


# When they are due


def select_new(plan_id: int) -> list[tuple[int, int | None]]:
    """Return the assets of a plan that it has no day for yet, and what their counter shows."""
    return connection.fetch(
        "SELECT a.id, c.value FROM service_plan p JOIN asset a "
        f"ON p.asset_id = a.id OR ({OF_KIND}) LEFT JOIN asset_counter c "
        "ON c.asset_id = a.id AND c.counter = p.counter WHERE p.id = ? AND NOT EXISTS "
        "(SELECT 1 FROM service_due d "
        "WHERE d.plan_id = p.id AND d.asset_id = a.id) ORDER BY a.id",
        (plan_id,),
    )


def select_unspread() -> list[int]:
    """Return active plans of kinds that a lately changed asset may have come under."""
    rows = connection.fetch(f"SELECT p.id FROM service_plan p WHERE {UNSPREAD} ORDER BY p.id")
    return [row[0] for row in rows]


def set_spread(plan_id: int, at: datetime) -> None:
    """Remember when a plan's assets were looked for."""
    connection.execute(
        "UPDATE service_plan SET spread_at = ? WHERE id = ?", (int(at.timestamp()), plan_id)
    )


def set_all_spread(at: datetime) -> None:
    """Remember that the assets of all plans were looked for, so that the next look is short."""
    connection.execute("UPDATE service_plan SET spread_at = ? WHERE active", (int(at.timestamp()),))


def insert_dues(
    plan_id: int, dues: Sequence[tuple[int, date | None, int | None, date | None]]
) -> None:
    """Say of assets when a plan is first due: day, count, and from when on a ticket is opened."""
    connection.executemany(
        "INSERT INTO service_due (version, plan_id, asset_id, next_on, next_count, notice_on) "
        "VALUES (1, ?, ?, ?, ?, ?)",
        [(plan_id, each[0], *_stored(each[1], each[2], each[3])) for each in dues],
    )


def _stored(
    next_on: date | None, next_count: int | None, notice_on: date | None
) -> tuple[int | None, ...]:
    return (
        number_of(next_on) if next_on else None, next_count,
        number_of(notice_on) if notice_on else None,
    )  # fmt: skip


def move(row: DueRow, next_on: date | None, next_count: int | None, notice_on: date | None) -> bool:
    """Say anew when a plan is due; False when that changed in the meantime."""
    cursor = connection.execute(
        "UPDATE service_due SET next_on = ?, next_count = ?, notice_on = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (*_stored(next_on, next_count, notice_on), row.id, row.version),
    )
    return bool(cursor.rowcount)


def finish(
    row: DueRow, done_on: date, done_count: int | None, next_on: date | None,
    next_count: int | None, notice_on: date | None,
) -> bool:  # fmt: skip
    """Say that it is done and when it is due next; False when that changed in the meantime."""
    cursor = connection.execute(
        "UPDATE service_due SET done_on = ?, done_count = ?, next_on = ?, next_count = ?, "
        "notice_on = ?, ticket_id = NULL, version = version + 1 WHERE id = ? AND version = ?",
        (number_of(done_on), done_count, *_stored(next_on, next_count, notice_on), row.id,
         row.version),
    )  # fmt: skip
    return bool(cursor.rowcount)


def claim(row: DueRow) -> bool:
    """Take it on oneself to open the ticket; False when another did."""
    cursor = connection.execute(
        "UPDATE service_due SET notice_on = NULL, version = version + 1 "
        "WHERE id = ? AND version = ? AND notice_on IS NOT NULL AND ticket_id IS NULL",
        (row.id, row.version),
    )
    return bool(cursor.rowcount)


def set_ticket(due_id: int, ticket_id: int) -> None:
    """Remember the ticket that was opened."""
    connection.execute("UPDATE service_due SET ticket_id = ? WHERE id = ?", (ticket_id, due_id))


def select_to_open(today: date, limit: int) -> list[DueRow]:
    """Return what a ticket is to be opened for."""
    return _dues(
        f"{DUE} WHERE d.notice_on <= ? AND d.ticket_id IS NULL AND p.active AND {IS_FOR} "
        "ORDER BY d.notice_on, d.id LIMIT ?",
        (number_of(today), limit),
    )


def select_finished(limit: int) -> list[FinishedRow]:
    """Return what is done by its ticket."""
    rows = connection.fetch(
        "SELECT d.id, k.id, coalesce(k.resolved_at, k.closed_at, k.updated_at), "
        "coalesce(u.name, ''), k.minutes_spent FROM service_due d "
        "JOIN ticket k ON k.id = d.ticket_id LEFT JOIN user_account u ON u.id = k.assignee_id "
        "WHERE k.state IN ('resolved', 'closed') ORDER BY d.id LIMIT ?",
        (limit,),
    )
    return [
        FinishedRow(row[0], row[1], datetime.fromtimestamp(row[2], UTC), *row[3:]) for row in rows
    ]


def follow_merged() -> None:
    """Take the ticket that another was merged into in its place."""
    connection.execute(
        "UPDATE service_due SET version = version + 1, ticket_id = (SELECT k.merged_into_id "
        "FROM ticket k WHERE k.id = service_due.ticket_id) WHERE ticket_id IN "
        "(SELECT k.id FROM ticket k WHERE k.state = 'merged' AND k.merged_into_id IS NOT NULL "
        "AND k.id IN (SELECT ticket_id FROM service_due WHERE ticket_id IS NOT NULL))"
    )


def find_due(due_id: int) -> DueRow | None:
    """Return when a plan is due for an asset."""
    found = _dues(f"{DUE} WHERE d.id = ?", (due_id,))
    return found[0] if found else None


def select_dues(plan_id: int, limit: int = MOST) -> list[DueRow]:
    """Return for the assets of a plan when it is due, the nearest first."""
    return _dues(f"{DUE} WHERE d.plan_id = ? ORDER BY d.next_on, d.id LIMIT ?", (plan_id, limit))


def select_of_asset(asset_id: int) -> list[DueRow]:
    """Return when the plans for an asset are due."""
    return _dues(
        f"{DUE} WHERE d.asset_id = ? AND p.active AND {IS_FOR} ORDER BY d.next_on, p.name, d.id",
        (asset_id,),
    )


def select_between(first: date, last: date) -> list[CalendarRow]:
    """Return what is due from one day to another, by plan and day."""
    rows = connection.fetch(
        "SELECT d.next_on, p.name, p.every, count(*), min(a.tag), min(a.name), min(d.ticket_id) "
        "FROM service_due d JOIN service_plan p ON p.id = d.plan_id "
        f"JOIN asset a ON a.id = d.asset_id WHERE d.next_on BETWEEN ? AND ? AND p.active "
        f"AND {IS_FOR} GROUP BY d.next_on, p.id, p.name, p.every ORDER BY d.next_on, p.id",
        (number_of(first), number_of(last)),
    )
    return [CalendarRow._make(row)._replace(day=day_of(row[0])) for row in rows]


def _dues(statement: str, params: tuple[object, ...]) -> list[DueRow]:
    return [
        DueRow._make(row)._replace(
            next_on=_day(row[7]), notice_on=_day(row[9]), done_on=_day(row[11]),
            starts_on=day_of(row[14]), after_done=bool(row[15]),
        )
        for row in connection.fetch(statement, params)
    ]  # fmt: skip


# Lists

FIELDS = {
    "id": Column("t.id"),
    "active": Column("t.active"),
    "name": Column("t.name", zero=""),
    "asset": Column("r.asset_id", False, "service_due r", "r.plan_id", "t.id"),
    "model": Column("t.model_id", True),
    "category": Column("t.category_id", True),
    "counter": Column("t.counter", zero=""),
    "next": Column(NEXT, True),
    "due": Column("r.next_on", False, "service_due r", "r.plan_id", "t.id"),
    "ticket": Column("r.ticket_id", False, "service_due r", "r.plan_id", "t.id"),
}


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in FIELDS:
        raise UnknownColumnError(name)
    return FIELDS[name]


def own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of words, which are looked for in names."""
    return like(condition, ("t.name", "t.ticket"))


def like(condition: Compare | Words, texts: Sequence[str]) -> Sql | None:
    """Return the SQL of words that are looked for as parts of texts."""
    if not isinstance(condition, Words):
        return None
    sign = "LIKE" if connection.engine() == "sqlite" else "ILIKE"
    wanted = (*condition.words, *condition.phrases)
    piece = " OR ".join(f"{text} {sign} ? ESCAPE '\\'" for text in texts)
    params = [f"%{word.translate(LIKE_SPECIAL)}%" for word in wanted for _text in texts]
    return Sql(" AND ".join([f"({piece})"] * len(wanted)) or "1 = 1", tuple(params))


def never(_condition: Was | Changed) -> Sql:
    """Refuse what asks for the past."""
    raise UnknownColumnError("this list has no past")


MAP = Map(column, never, never, own)


def _where(condition: Condition) -> Sql:
    return where(condition, MAP)


def _keys(selection: Selection) -> tuple[Key, ...]:
    keys = [
        Key(order.field, FIELDS[order.field].sql, order.descending,
            nullable=order.field == "next", zero="" if order.field == "name" else 0)
        for order in selection.order if order.field in ("name", "next")
    ] or [Key("name", "t.name", zero="")]  # fmt: skip
    return (*keys, Key("id", "t.id", keys[-1].descending))


PLANS = Listing(Source("service_plan t", LINES, JOINS), _where, _keys, _plans)
page, page_around, count = PLANS.page, PLANS.page_around, PLANS.count


def find_named(name: str) -> list[int]:
    """Return the plans of a name, whatever its case; those that are followed first."""
    rows = connection.fetch(
        "SELECT id FROM service_plan WHERE lower(name) = lower(?) ORDER BY active DESC, id LIMIT 3",
        (name,),
    )
    return [row[0] for row in rows]


def find_due_of(plan_id: int, asset_id: int) -> DueRow | None:
    """Return when a plan is due for one asset."""
    found = _dues(f"{DUE} WHERE d.plan_id = ? AND d.asset_id = ?", (plan_id, asset_id))
    return found[0] if found else None
