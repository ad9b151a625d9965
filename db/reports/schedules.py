"""Schedules of reports: one function for each statement."""

from datetime import UTC, datetime
from typing import NamedTuple

from db import connection


class ScheduleRow(NamedTuple):
    """A report that is run by itself; the meaning of each column stands in `db.reports.tables`."""

    id: int
    version: int
    name: str
    user_id: int
    report: str
    parameters: str
    form: str
    every: str
    at_minute: int
    zone: str
    folder: str
    address: str
    next_at: datetime
    last_at: datetime | None
    last_word: str
    failed: bool
    active: bool
    mail_id: int | None = None
    mail_state: str = ""
    """What became of that message: a state of the outbox, and what the other side said."""
    mail_reason: str = ""


COLUMNS = ScheduleRow._fields[:-2]
SELECT = (
    f"SELECT {', '.join(f's.{name}' for name in COLUMNS)}, coalesce(o.state, ''), "
    "coalesce(o.reason, '') FROM report_schedule s LEFT JOIN mail_outbox o ON o.id = s.mail_id"
)


def _rows(where: str, *params: object) -> list[ScheduleRow]:
    found = [ScheduleRow._make(row) for row in connection.fetch(f"{SELECT} {where}", params)]
    return [
        row._replace(
            next_at=_instant(row.next_at),
            last_at=None if row.last_at is None else _instant(row.last_at),
            failed=bool(row.failed),
            active=bool(row.active),
        )
        for row in found
    ]


def _instant(seconds: object) -> datetime:
    return datetime.fromtimestamp(int(str(seconds)), UTC)


def select_of(user_id: int) -> list[ScheduleRow]:
    """Return the schedules of an account, by name."""
    return _rows("WHERE s.user_id = ? ORDER BY s.name, s.id", user_id)


def select_due(user_id: int, now: datetime) -> list[ScheduleRow]:
    """Return the schedules of an account whose time has come, the longest waiting first."""
    return _rows("WHERE s.user_id = ? AND s.active AND s.next_at <= ? ORDER BY s.next_at, s.id",
                 user_id, int(now.timestamp()))  # fmt: skip


def find(name: str) -> ScheduleRow | None:
    """Return the schedule of a name."""
    found = _rows("WHERE s.name = ?", name)
    return found[0] if found else None


def insert(row: ScheduleRow) -> int:
    """Add a schedule; its id is given by the database and returned."""
    values = [_stored(value) for value in row[1 : len(COLUMNS)]]
    rows = connection.fetch(
        f"INSERT INTO report_schedule ({', '.join(COLUMNS[1:])}) "
        f"VALUES ({', '.join('?' * len(values))}) RETURNING id",
        values,
    )
    return int(rows[0][0])


def _stored(value: object) -> object:
    return int(value.timestamp()) if isinstance(value, datetime) else value


def take(schedule_id: int, version: int, next_at: datetime) -> bool:
    """Move a schedule to its next time; answers whether nobody else has."""
    cursor = connection.execute(
        "UPDATE report_schedule SET next_at = ?, version = version + 1 "
        "WHERE id = ? AND version = ? AND active",
        (int(next_at.timestamp()), schedule_id, version),
    )
    return bool(cursor.rowcount)


def note(
    schedule_id: int, at: datetime, word: str, failed: bool, mail_id: int | None = None
) -> None:
    """Keep what became of a schedule the last time, and the mail that it made."""
    connection.execute(
        "UPDATE report_schedule SET last_at = ?, last_word = ?, failed = ?, mail_id = ? "
        "WHERE id = ?",
        (int(at.timestamp()), word, failed, mail_id, schedule_id),
    )


def update(row: ScheduleRow) -> bool:
    """Write what a schedule is to do; answers whether it still had that version."""
    names = ("name", "report", "parameters", "form", "every", "at_minute", "zone", "folder",
             "address", "next_at", "active")  # fmt: skip
    cursor = connection.execute(
        f"UPDATE report_schedule SET {', '.join(f'{name} = ?' for name in names)}, "
        "version = version + 1 WHERE id = ? AND version = ?",
        (*(_stored(getattr(row, name)) for name in names), row.id, row.version),
    )
    return bool(cursor.rowcount)


def delete(schedule_id: int, version: int) -> bool:
    """Remove a schedule; answers whether it still had that version."""
    cursor = connection.execute(
        "DELETE FROM report_schedule WHERE id = ? AND version = ?", (schedule_id, version)
    )
    return bool(cursor.rowcount)
