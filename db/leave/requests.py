"""Requests of leave, corrections and stand-ins: one function for each statement."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.leave.rows import CorrectionRow, RequestRow, StandInRow
from db.loading import CHUNK

REQUEST = (
    "SELECT r.id, r.version, r.employee_id, e.name, r.leave_type_id, t.code, t.title, t.letter, "
    "r.first, r.last, r.from_noon, r.to_noon, r.minutes, r.state, r.note, r.reason, "
    "r.replaces_id, r.asked_at, r.asked_by, r.decided_at, r.decided_by FROM leave_request r "
    "JOIN employee e ON e.id = r.employee_id JOIN leave_type t ON t.id = r.leave_type_id"
)
STAND_IN = (
    "SELECT s.id, s.manager_id, m.name, s.stand_in_id, e.name, s.first, s.last "
    "FROM leave_stand_in s JOIN employee m ON m.id = s.manager_id "
    "JOIN employee e ON e.id = s.stand_in_id"
)


def insert(values: Mapping[str, object]) -> int:
    """Add a request; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO leave_request ({', '.join(values)}, version) "
        f"VALUES ({', '.join('?' * len(values))}, 1) RETURNING id",
        tuple(values.values()),
    )
    return int(rows[0][0])


def update(request_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a request; False when it changed in the meantime."""
    named = "".join(f"{column} = ?, " for column in values)
    cursor = connection.execute(
        f"UPDATE leave_request SET {named}version = version + 1 WHERE id = ? AND version = ?",
        (*values.values(), request_id, version),
    )
    return bool(cursor.rowcount)


def find(request_id: int) -> RequestRow | None:
    """Return a request."""
    rows = connection.fetch(f"{REQUEST} WHERE r.id = ?", (request_id,))
    return _request(rows[0]) if rows else None


def select_of(employee_ids: Sequence[int] | None, states: Sequence[str]) -> list[RequestRow]:
    """Return the requests of some people, or of all, in some states, the latest days first."""
    found: list[RequestRow] = []
    if not states:
        return found
    marks = ", ".join("?" * len(states))
    for where, params in parts("r.employee_id", employee_ids):
        rows = connection.fetch(f"{REQUEST} WHERE r.state IN ({marks}){where}", (*states, *params))
        found += [_request(row) for row in rows]
    return sorted(found, key=lambda each: (each.first, each.id), reverse=True)


def select_between(
    employee_ids: Sequence[int] | None, first: date, last: date, states: Sequence[str]
) -> list[RequestRow]:
    """Return the requests that touch days, by person and day."""
    found: list[RequestRow] = []
    marks = ", ".join("?" * len(states))
    for where, params in parts("r.employee_id", employee_ids):
        rows = connection.fetch(
            f"{REQUEST} WHERE r.last >= ? AND r.first <= ? AND r.state IN ({marks}){where} ",
            (number_of(first), number_of(last), *states, *params),
        )
        found += [_request(row) for row in rows]
    return sorted(found, key=lambda each: (each.employee_id, each.first, each.id))


def insert_correction(values: Mapping[str, object]) -> int:
    """Add a correction; returns its id."""
    rows = connection.fetch(
        f"INSERT INTO leave_correction ({', '.join(values)}) "
        f"VALUES ({', '.join('?' * len(values))}) RETURNING id",
        tuple(values.values()),
    )
    return int(rows[0][0])


def select_corrections(employee_ids: Sequence[int] | None) -> list[CorrectionRow]:
    """Return what was entered by hand for some people, or for all, by day."""
    found = []
    for where, params in parts("employee_id", employee_ids):
        rows = connection.fetch(
            "SELECT id, employee_id, leave_type_id, day, amount, lasts_until, opening, note, "
            f"made_at, made_by FROM leave_correction WHERE id > 0{where} ORDER BY day, id",
            params,
        )
        found += [
            CorrectionRow(*row)._replace(
                day=day_of(row[3]), lasts_until=None if row[5] is None else day_of(row[5]),
                opening=bool(row[6]), made_at=datetime.fromtimestamp(row[8], UTC),
            )
            for row in rows
        ]  # fmt: skip
    return found


def insert_stand_in(manager_id: int, stand_in_id: int, first: date, last: date) -> int:
    """Let somebody decide in the place of a manager; returns the id."""
    rows = connection.fetch(
        "INSERT INTO leave_stand_in (manager_id, stand_in_id, first, last) VALUES (?, ?, ?, ?) "
        "RETURNING id",
        (manager_id, stand_in_id, number_of(first), number_of(last)),
    )
    return int(rows[0][0])


def delete_stand_in(stand_in_id: int) -> bool:
    """End it; False where it is gone."""
    cursor = connection.execute("DELETE FROM leave_stand_in WHERE id = ?", (stand_in_id,))
    return bool(cursor.rowcount)


def select_stand_ins(since: date) -> list[StandInRow]:
    """Return who stands in for whom on a day or later, by day."""
    rows = connection.fetch(
        f"{STAND_IN} WHERE s.last >= ? ORDER BY s.first, s.id", (number_of(since),)
    )
    return [StandInRow(*row)._replace(first=day_of(row[5]), last=day_of(row[6])) for row in rows]


def parts(column: str, employee_ids: Sequence[int] | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Return the condition for people in pieces that an engine takes; one without for all."""
    if employee_ids is None:
        yield "", ()
        return
    for start in range(0, len(employee_ids), CHUNK):
        part = tuple(employee_ids[start : start + CHUNK])
        yield f" AND {column} IN ({', '.join('?' * len(part))})", part


def _request(row: tuple[Any, ...]) -> RequestRow:
    return RequestRow(*row)._replace(
        first=day_of(row[8]), last=day_of(row[9]), from_noon=bool(row[10]), to_noon=bool(row[11]),
        asked_at=datetime.fromtimestamp(row[17], UTC),
        decided_at=None if row[19] is None else datetime.fromtimestamp(row[19], UTC),
    )  # fmt: skip
