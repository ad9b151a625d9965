"""Counters, readings and entries of work: one function for each statement."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from db import connection
from db.fields import day_of, number_of


class CounterRow(NamedTuple):
    """What a counter of an asset last showed."""

    counter: str
    value: int
    read_on: date


class ReadingRow(NamedTuple):
    """A counter as it was read; `reason` says why it shows less than before."""

    id: int
    counter: str
    value: int
    read_on: date
    reason: str
    who: str


class WorkLoad(NamedTuple):
    """An entry of work as it is written."""

    asset_id: int
    done_on: date
    kind: str
    who: str
    what: str
    minutes: int | None
    ticket_id: int | None
    plan_id: int | None
    user_id: int | None
    at: datetime


class WorkRow(NamedTuple):
    """An entry of work as it is read; `written_by` is the login of who wrote it."""

    id: int
    asset_id: int
    done_on: date
    kind: str
    who: str
    what: str
    minutes: int | None
    ticket_id: int | None
    written_by: str
    at: datetime


def find_counter(asset_id: int, counter: str) -> CounterRow | None:
    """Return what a counter of an asset last showed."""
    return next((row for row in select_counters(asset_id) if row.counter == counter), None)


def select_counters(asset_id: int) -> list[CounterRow]:
    """Return what the counters of an asset last showed, by name."""
    rows = connection.fetch(
        "SELECT counter, value, read_on FROM asset_counter WHERE asset_id = ? ORDER BY counter",
        (asset_id,),
    )
    return [CounterRow(row[0], row[1], day_of(row[2])) for row in rows]


def put_counter(asset_id: int, row: CounterRow) -> None:
    """Write what a counter shows now."""
    connection.execute(
        "INSERT INTO asset_counter (asset_id, counter, value, read_on) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (asset_id, counter) DO UPDATE SET value = excluded.value, "
        "read_on = excluded.read_on",
        (asset_id, row.counter, row.value, number_of(row.read_on)),
    )


def insert_reading(
    asset_id: int, row: CounterRow, reason: str, user_id: int | None, at: datetime
) -> None:
    """Add a reading."""
    connection.execute(
        "INSERT INTO asset_reading (asset_id, counter, value, read_on, reason, user_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (asset_id, row.counter, row.value, number_of(row.read_on), reason, user_id,
         int(at.timestamp())),
    )  # fmt: skip


def select_readings(asset_id: int, limit: int) -> list[ReadingRow]:
    """Return the readings of an asset, the latest first."""
    rows = connection.fetch(
        "SELECT r.id, r.counter, r.value, r.read_on, r.reason, coalesce(u.login, '') "
        "FROM asset_reading r LEFT JOIN user_account u ON u.id = r.user_id "
        "WHERE r.asset_id = ? ORDER BY r.id DESC LIMIT ?",
        (asset_id, limit),
    )
    return [ReadingRow._make(row)._replace(read_on=day_of(row[3])) for row in rows]


def select_counter_names(start: str, limit: int) -> Sequence[str]:
    """Return names of counters that start so."""
    rows = connection.fetch(
        "SELECT DISTINCT counter FROM asset_counter WHERE counter LIKE ? ORDER BY counter LIMIT ?",
        (f"{start}%", limit),
    )
    return [row[0] for row in rows]


def insert_work(load: WorkLoad) -> int:
    """Add an entry; returns its id."""
    values = load._replace(done_on=number_of(load.done_on), at=int(load.at.timestamp()))  # type: ignore[arg-type]  # as stored
    rows = connection.fetch(
        f"INSERT INTO asset_work ({', '.join(load._fields)}) "
        f"VALUES ({', '.join('?' * len(load))}) RETURNING id",
        values,
    )
    return int(rows[0][0])


def delete_work(work_id: int) -> bool:
    """Take an entry away; False when there is none."""
    return bool(connection.execute("DELETE FROM asset_work WHERE id = ?", (work_id,)).rowcount)


WORK = (
    "SELECT w.id, w.asset_id, w.done_on, w.kind, w.who, w.what, w.minutes, w.ticket_id, "
    "coalesce(u.login, ''), w.at FROM asset_work w LEFT JOIN user_account u ON u.id = w.user_id"
)


def select_work(asset_id: int, limit: int) -> list[WorkRow]:
    """Return the entries of an asset, the latest first."""
    rows = connection.fetch(
        f"{WORK} WHERE w.asset_id = ? ORDER BY w.done_on DESC, w.id DESC LIMIT ?",
        (asset_id, limit),
    )
    return [
        WorkRow._make(row)._replace(done_on=day_of(row[2]), at=datetime.fromtimestamp(row[9], UTC))
        for row in rows
    ]
