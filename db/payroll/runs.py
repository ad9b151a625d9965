"""Pay runs and their slips: one function for each statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.loading import CHUNK, reserve_ids
from db.payroll.rows import PastRow, RunRow, SlipRow

RUN = (
    "SELECT r.id, r.version, r.month, r.pay_group, r.kind, r.corrects_id, r.reason, r.state, "
    "r.currency, r.digits, r.pay_on, r.people, r.earned, r.tax, r.net, r.cost, r.seal, "
    "r.prepared_by, r.prepared_at, r.approved_by, r.approved_at, r.entry_id, r.payment_entry_id, "
    "r.paid_on, coalesce(p.login, ''), coalesce(a.login, '') FROM pay_run r "
    "LEFT JOIN user_account p ON p.id = r.prepared_by "
    "LEFT JOIN user_account a ON a.id = r.approved_by"
)
SLIP = (
    "SELECT s.id, s.run_id, s.employee_id, s.name, s.title, s.department, s.cost_centre, s.rules, "
    "s.status, s.category, s.rate, s.earned, s.gross, s.regular, s.tax, s.borne, s.pension, "
    "s.zakat, s.net, s.cost, s.facts, s.lines FROM pay_slip s"
)
COUNTED = "('approved', 'posted', 'paid')"
"""States of runs that later months of the year count."""


def _run(row: tuple[Any, ...]) -> RunRow:
    values = list(row)
    values[10] = day_of(row[10])
    values[18] = datetime.fromtimestamp(row[18], UTC)
    values[20] = None if row[20] is None else datetime.fromtimestamp(row[20], UTC)
    values[23] = None if row[23] is None else day_of(row[23])
    return RunRow(*values)


def find(run_id: int) -> RunRow | None:
    """Return a run."""
    rows = connection.fetch(f"{RUN} WHERE r.id = ?", (run_id,))
    return _run(rows[0]) if rows else None


def select_all(limit: int = 500) -> list[RunRow]:
    """Return runs that were not dropped, the newest month first."""
    rows = connection.fetch(
        f"{RUN} WHERE r.state <> 'dropped' ORDER BY r.month DESC, r.id DESC LIMIT ?", (limit,)
    )
    return [_run(row) for row in rows]


def select_of_month(month: int) -> list[RunRow]:
    """Return the runs of a month that were not dropped, by id."""
    rows = connection.fetch(
        f"{RUN} WHERE r.month = ? AND r.state <> 'dropped' ORDER BY r.id", (month,)
    )
    return [_run(row) for row in rows]


def select_before(month: int, pay_group: str) -> list[RunRow]:
    """Return the regular runs of the last month before one in which a group was paid.

    By itself, or with everybody; where it never was, of the last month.

    Args:
        month: The later one, such as 202602.
        pay_group: Empty for all groups.
    """
    rows = connection.fetch(
        f"{RUN} WHERE r.month < ? AND r.kind = 'regular' AND r.state <> 'dropped' "
        "ORDER BY r.month DESC, r.id",
        (month,),
    )
    every = [_run(row) for row in rows]
    likely = [row for row in every if not pay_group or row.pay_group in (pay_group, "")]
    return [row for row in every if row.month == (likely or every)[0].month]


def select_open_before(month: int) -> list[RunRow]:
    """Return the drafts of earlier months of the same year."""
    rows = connection.fetch(
        f"{RUN} WHERE r.month < ? AND r.month >= ? AND r.state = 'draft' ORDER BY r.month, r.id",
        (month, month // 100 * 100),
    )
    return [_run(row) for row in rows]


def insert(values: Mapping[str, object]) -> int:
    """Add a run; returns the id."""
    stored = {name: _stored(value) for name, value in values.items()}
    rows = connection.fetch(
        f"INSERT INTO pay_run ({', '.join(stored)}, version) "
        f"VALUES ({', '.join('?' * len(stored))}, 1) RETURNING id",
        tuple(stored.values()),
    )
    return int(rows[0][0])


def update(run_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write columns of a run; False when it changed in the meantime."""
    named = ", ".join(f"{column} = ?" for column in values)
    cursor = connection.execute(
        f"UPDATE pay_run SET {named}, version = version + 1 WHERE id = ? AND version = ?",
        (*(_stored(value) for value in values.values()), run_id, version),
    )
    return bool(cursor.rowcount)


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return number_of(value) if isinstance(value, date) else value


# Slips


def insert_slips(rows: Sequence[SlipRow]) -> None:
    """Add slips of a run; their ids are given here."""
    ids = reserve_ids("pay_slip", len(rows))
    marks = ", ".join("?" * len(SlipRow._fields))
    connection.executemany(
        f"INSERT INTO pay_slip ({', '.join(SlipRow._fields)}) VALUES ({marks})",
        ((slip_id, *row[1:]) for slip_id, row in zip(ids, rows, strict=True)),
    )


def delete_slips(run_id: int) -> None:
    """Take the slips of a run away."""
    connection.execute("DELETE FROM pay_slip WHERE run_id = ?", (run_id,))


def select_slips(run_id: int) -> list[SlipRow]:
    """Return the slips of a run by name."""
    rows = connection.fetch(f"{SLIP} WHERE s.run_id = ? ORDER BY s.name, s.employee_id", (run_id,))
    return [SlipRow(*row) for row in rows]


def find_slip(run_id: int, employee_id: int) -> SlipRow | None:
    """Return the slip of one person in a run."""
    rows = connection.fetch(
        f"{SLIP} WHERE s.run_id = ? AND s.employee_id = ?", (run_id, employee_id)
    )
    return SlipRow(*rows[0]) if rows else None


def select_slips_of(employee_id: int) -> list[tuple[RunRow, SlipRow]]:
    """Return the slips of a person in runs that are posted or paid, the newest first."""
    slips = [
        SlipRow(*row)
        for row in connection.fetch(
            f"{SLIP} JOIN pay_run r ON r.id = s.run_id WHERE s.employee_id = ? "
            "AND r.state IN ('posted', 'paid') AND r.kind <> 'opening' "
            "ORDER BY r.month DESC, s.run_id DESC",
            (employee_id,),
        )
    ]
    runs = {run.id: run for run in _some({slip.run_id for slip in slips})}
    return [(runs[slip.run_id], slip) for slip in slips]


def _some(ids: Iterable[int]) -> list[RunRow]:
    found: list[RunRow] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        part = tuple(wanted[start : start + CHUNK])
        marks = ", ".join("?" * len(part))
        found += [_run(row) for row in connection.fetch(f"{RUN} WHERE r.id IN ({marks})", part)]
    return found


def select_month_slips(month: int) -> list[SlipRow]:
    """Return all slips of a month in runs that were not dropped, by person and run."""
    rows = connection.fetch(
        f"{SLIP} JOIN pay_run r ON r.id = s.run_id WHERE r.month = ? AND r.state <> 'dropped' "
        "ORDER BY s.employee_id, s.run_id",
        (month,),
    )
    return [SlipRow(*row) for row in rows]


def select_employees_of_year(year: int) -> list[int]:
    """Return who has slips in runs of a year that are posted or paid."""
    rows = connection.fetch(
        "SELECT DISTINCT s.employee_id FROM pay_slip s JOIN pay_run r ON r.id = s.run_id "
        "WHERE r.month >= ? AND r.month < ? AND r.state IN ('posted', 'paid') "
        "ORDER BY s.employee_id",
        (year * 100, year * 100 + 100),
    )
    return [row[0] for row in rows]


def select_year_slips(year: int, employee_ids: Sequence[int]) -> Iterable[tuple[int, str, SlipRow]]:
    """Yield slips of runs of a year that are posted or paid: month, kind of run, slip.

    They come by person, month and run, some people at a time.
    """
    for start in range(0, len(employee_ids), CHUNK):
        some = tuple(employee_ids[start : start + CHUNK])
        rows = connection.fetch(
            f"{SLIP.replace('SELECT', 'SELECT r.month, r.kind,', 1)} "
            "JOIN pay_run r ON r.id = s.run_id WHERE r.month >= ? AND r.month < ? "
            f"AND r.state IN ('posted', 'paid') AND s.employee_id IN ({', '.join('?' * len(some))})"
            " ORDER BY s.employee_id, r.month, s.run_id",
            (year * 100, year * 100 + 100, *some),
        )
        yield from ((month, kind, SlipRow(*row)) for month, kind, *row in rows)


def select_past(month: int) -> dict[int, PastRow]:
    """Return what runs of the same year before a month paid, by person; drafts do not count."""
    rows = connection.fetch(
        "SELECT s.employee_id, sum(s.gross), sum(s.tax), sum(s.pension), sum(s.zakat), "
        "sum(s.borne) FROM pay_slip s JOIN pay_run r ON r.id = s.run_id "
        f"WHERE r.month >= ? AND r.month < ? AND r.state IN {COUNTED} GROUP BY s.employee_id",
        (month // 100 * 100, month),
    )
    return {row[0]: PastRow(row[0], *(int(value) for value in row[1:])) for row in rows}


def select_first_regular(month: int) -> dict[int, int]:
    """Return the regular income of the first month of the year before `month`, by person."""
    rows = connection.fetch(
        "SELECT s.employee_id, s.regular FROM pay_slip s JOIN pay_run r ON r.id = s.run_id "
        f"WHERE r.month >= ? AND r.month < ? AND r.state IN {COUNTED} AND r.kind = 'regular' "
        "ORDER BY r.month DESC",
        (month // 100 * 100, month),
    )
    return dict(rows)
