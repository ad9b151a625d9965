"""Fiscal years, their months, locks and settings as they are stored."""

from datetime import UTC, date, datetime

from db import connection
from db.fields import day_of, number_of
from db.ledger.rows import ExceptionRow, PeriodRow, YearRow

YEAR = "id, name, starts, ends, state, closing_id, version"
PERIOD = (
    "SELECT p.id, p.year_id, p.starts, p.ends, p.state, y.state, p.version "
    "FROM period p JOIN fiscal_year y ON y.id = p.year_id"
)


def select_years() -> list[YearRow]:
    """Return all fiscal years, the earliest first."""
    rows = connection.fetch(f"SELECT {YEAR} FROM fiscal_year ORDER BY starts")
    return [YearRow(row[0], row[1], day_of(row[2]), day_of(row[3]), *row[4:]) for row in rows]


def select_year_name(year_id: int) -> str:
    """Return the name of a fiscal year."""
    return str(connection.fetch("SELECT name FROM fiscal_year WHERE id = ?", (year_id,))[0][0])


def insert_year(name: str, starts: date, ends: date) -> int | None:
    """Add a fiscal year; None when somebody else just did."""
    rows = connection.fetch(
        "INSERT INTO fiscal_year (name, starts, ends, state, version) "
        "VALUES (?, ?, ?, 'open', 1) ON CONFLICT DO NOTHING RETURNING id",
        (name, number_of(starts), number_of(ends)),
    )
    return int(rows[0][0]) if rows else None


def insert_period(year_id: int, starts: date, ends: date) -> None:
    """Add a month to a fiscal year."""
    connection.execute(
        "INSERT INTO period (year_id, starts, ends, state, version) VALUES (?, ?, ?, 'open', 1)",
        (year_id, number_of(starts), number_of(ends)),
    )


def set_year_state(year: YearRow, state: str, closing_id: int | None) -> bool:
    """Change the state of a year; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE fiscal_year SET state = ?, closing_id = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (state, closing_id, year.id, year.version),
    )
    return bool(cursor.rowcount)


def select_periods() -> list[PeriodRow]:
    """Return all periods in order."""
    return [_period(row) for row in connection.fetch(f"{PERIOD} ORDER BY p.starts")]


def find_period(day: date) -> PeriodRow | None:
    """Return the period of a day."""
    number = number_of(day)
    rows = connection.fetch(
        f"{PERIOD} WHERE p.starts <= ? ORDER BY p.starts DESC LIMIT 1", (number,)
    )
    return _period(rows[0]) if rows and rows[0][3] >= number else None


def set_period_state(period: PeriodRow, state: str) -> bool:
    """Change the state of a period; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE period SET state = ?, version = version + 1 WHERE id = ? AND version = ?",
        (state, period.id, period.version),
    )
    return bool(cursor.rowcount)


def select_locks() -> dict[str, date]:
    """Return the last locked day of each part of the books that has one."""
    rows = connection.fetch("SELECT part, through FROM ledger_lock ORDER BY part")
    return {part: day_of(through) for part, through in rows}


def put_lock(part: str, through: date) -> None:
    """Set the last locked day of a part."""
    connection.execute(
        "INSERT INTO ledger_lock (part, through) VALUES (?, ?) "
        "ON CONFLICT (part) DO UPDATE SET through = excluded.through",
        (part, number_of(through)),
    )


def insert_exception(
    part: str, user_id: int | None, until: datetime, reason: str, granted_by: int
) -> int:
    """Let somebody book before a lock for some time; returns its id."""
    rows = connection.fetch(
        "INSERT INTO lock_exception (part, user_id, until, reason, granted_by) "
        "VALUES (?, ?, ?, ?, ?) RETURNING id",
        (part, user_id, int(until.timestamp()), reason, granted_by),
    )
    return int(rows[0][0])


def has_exception(part: str, user_id: int, now: datetime) -> bool:
    """Return whether a person may book before the lock of a part now."""
    return bool(
        connection.fetch(
            "SELECT 1 FROM lock_exception WHERE part = ? AND until > ? AND revoked_at IS NULL "
            "AND (user_id IS NULL OR user_id = ?) LIMIT 1",
            (part, int(now.timestamp()), user_id),
        )
    )


def select_exceptions(now: datetime) -> list[ExceptionRow]:
    """Return the exceptions that run at an instant, the first to end first."""
    rows = connection.fetch(
        "SELECT x.id, x.part, coalesce(u.login, ''), x.until, x.reason, coalesce(g.login, '') "
        "FROM lock_exception x LEFT JOIN user_account u ON u.id = x.user_id "
        "LEFT JOIN user_account g ON g.id = x.granted_by "
        "WHERE x.until > ? AND x.revoked_at IS NULL ORDER BY x.until, x.id",
        (int(now.timestamp()),),
    )
    return [
        ExceptionRow(row[0], row[1], row[2], datetime.fromtimestamp(row[3], UTC), row[4], row[5])
        for row in rows
    ]


def revoke_exception(exception_id: int, now: datetime) -> None:
    """End an exception."""
    connection.execute(
        "UPDATE lock_exception SET revoked_at = ? WHERE id = ?",
        (int(now.timestamp()), exception_id),
    )


def select_settings() -> dict[str, str]:
    """Return the choices made for the books."""
    return dict(connection.fetch("SELECT name, value FROM ledger_setting ORDER BY name"))


def put_setting(name: str, value: str) -> None:
    """Make a choice for the books."""
    connection.execute(
        "INSERT INTO ledger_setting (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def _period(row: tuple[int, ...]) -> PeriodRow:
    return PeriodRow(row[0], row[1], day_of(row[2]), day_of(row[3]), *row[4:])  # type: ignore[arg-type]  # as above
