"""Openings, candidates and their applications: one function for each statement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db import connection
from db.fields import day_of, number_of
from db.guarded import day_or_none, insert, moment, moment_or_none, update
from db.loading import CHUNK
from db.recruitment.rows import ApplicationRow, CandidateRow, OpeningRow, StageRow

OPENING = (
    "SELECT o.id, o.version, o.title, o.department_id, coalesce(d.name, ''), o.manager_id, "
    "coalesce(m.name, ''), o.place, o.seats, o.state, o.opened_on, o.closed_on, o.criteria, "
    "o.note, o.created_at, "
    "(SELECT count(*) FROM job_application a WHERE a.opening_id = o.id AND a.stage = 'hired'), "
    "(SELECT count(*) FROM job_application a WHERE a.opening_id = o.id "
    "AND a.stage NOT IN ('hired', 'rejected', 'withdrawn')) "
    "FROM opening o LEFT JOIN department d ON d.id = o.department_id "
    "LEFT JOIN employee m ON m.id = o.manager_id"
)
CANDIDATE = (
    "SELECT c.id, c.version, c.name, c.email, c.phone, c.source, c.note, c.consent_on, "
    "c.keep_until, c.employee_id, c.forgotten_at, c.created_at FROM candidate c"
)
APPLICATION = (
    "SELECT a.id, a.version, a.candidate_id, c.name, a.opening_id, o.title, o.state, "
    "o.manager_id, a.stage, a.since_at, a.created_at FROM job_application a "
    "JOIN candidate c ON c.id = a.candidate_id JOIN opening o ON o.id = a.opening_id"
)


# Openings


def select_openings() -> list[OpeningRow]:
    """Return all openings, the newest first."""
    return [_opening(row) for row in connection.fetch(f"{OPENING} ORDER BY o.id DESC")]


def find_opening(opening_id: int) -> OpeningRow | None:
    """Return an opening."""
    rows = connection.fetch(f"{OPENING} WHERE o.id = ?", (opening_id,))
    return _opening(rows[0]) if rows else None


def insert_opening(values: Mapping[str, object]) -> int:
    """Add an opening; returns its id."""
    return insert("opening", {"place": "", "criteria": "", "note": "", **values, "version": 1})


def update_opening(opening_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write an opening; False when it changed in the meantime."""
    return update("opening", opening_id, version, values)


# Candidates


def select_candidates() -> list[CandidateRow]:
    """Return all candidates, the newest first."""
    return [_candidate(row) for row in connection.fetch(f"{CANDIDATE} ORDER BY c.id DESC")]


def find_candidate(candidate_id: int) -> CandidateRow | None:
    """Return a candidate."""
    rows = connection.fetch(f"{CANDIDATE} WHERE c.id = ?", (candidate_id,))
    return _candidate(rows[0]) if rows else None


def candidates_of_mail(mail: str) -> list[int]:
    """Return who has a mail address, whatever its case."""
    rows = connection.fetch(
        "SELECT id FROM candidate WHERE email <> '' AND lower(email) = lower(?) ORDER BY id",
        (mail,),
    )
    return [row[0] for row in rows]


def candidate_keys(keys: Sequence[str]) -> set[str]:
    """Return those keys of an import that candidates have."""
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        part = tuple(keys[start : start + CHUNK])
        rows = connection.fetch(
            "SELECT external_key FROM candidate WHERE external_key IN "
            f"({', '.join('?' * len(part))})",
            part,
        )
        found.update(row[0] for row in rows)
    return found


def select_overdue(day: date) -> list[CandidateRow]:
    """Return who is to be forgotten: kept until before a day, not hired, and without an offer."""
    rows = connection.fetch(
        f"{CANDIDATE} WHERE c.keep_until < ? AND c.forgotten_at IS NULL "
        "AND c.employee_id IS NULL AND NOT EXISTS (SELECT 1 FROM job_offer f "
        "JOIN job_application a ON a.id = f.application_id WHERE a.candidate_id = c.id "
        "AND f.state IN ('made', 'accepted')) ORDER BY c.id",
        (number_of(day),),
    )
    return [_candidate(row) for row in rows]


def select_kept_until(first: date, last: date) -> list[CandidateRow]:
    """Return who is kept until a day between two, and was not hired."""
    rows = connection.fetch(
        f"{CANDIDATE} WHERE c.keep_until BETWEEN ? AND ? AND c.forgotten_at IS NULL "
        "AND c.employee_id IS NULL ORDER BY c.keep_until, c.id",
        (number_of(first), number_of(last)),
    )
    return [_candidate(row) for row in rows]


def insert_candidate(values: Mapping[str, object]) -> int:
    """Add a candidate; returns the id."""
    empty = {"email": "", "phone": "", "source": "", "note": ""}
    return insert("candidate", {**empty, **values, "version": 1})


def update_candidate(candidate_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write a candidate; False when it changed in the meantime."""
    return update("candidate", candidate_id, version, values)


# Applications


def select_applications(
    *, candidate_id: int = 0, opening_id: int = 0, ids: Sequence[int] | None = None
) -> list[ApplicationRow]:
    """Return applications: all, or those of a candidate, of an opening, or of some ids."""
    if ids is not None:
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(ids), CHUNK):
            part = tuple(ids[start : start + CHUNK])
            marks = ", ".join("?" * len(part))
            found += connection.fetch(f"{APPLICATION} WHERE a.id IN ({marks}) ORDER BY a.id", part)
        return [_application(row) for row in found]
    tests, params = [], []
    for column, value in (("a.candidate_id", candidate_id), ("a.opening_id", opening_id)):
        if value:
            tests.append(f"{column} = ?")
            params.append(value)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    rows = connection.fetch(f"{APPLICATION}{where} ORDER BY a.id DESC", params)
    return [_application(row) for row in rows]


def find_application(application_id: int) -> ApplicationRow | None:
    """Return an application."""
    found = select_applications(ids=[application_id])
    return found[0] if found else None


def insert_application(candidate_id: int, opening_id: int, stage: str, at: int) -> int:
    """Let a candidate apply; returns the id."""
    return insert("job_application", {
        "candidate_id": candidate_id, "opening_id": opening_id, "stage": stage, "since_at": at,
        "created_at": at, "version": 1,
    })  # fmt: skip


def set_stage(application_id: int, version: int, stage: str, at: int) -> bool:
    """Move an application; False when it changed in the meantime."""
    return update("job_application", application_id, version, {"stage": stage, "since_at": at})


def insert_stage(values: Mapping[str, object]) -> int:
    """Note a step of an application."""
    return insert("application_stage", values)


def select_stages(application_ids: Sequence[int]) -> list[StageRow]:
    """Return the steps of applications, oldest first."""
    if not application_ids:
        return []
    rows = connection.fetch(
        "SELECT s.id, s.application_id, s.before, s.stage, s.at, coalesce(u.login, ''), s.reason, "
        "s.undoes FROM application_stage s LEFT JOIN user_account u ON u.id = s.by_id "
        f"WHERE s.application_id IN ({', '.join('?' * len(application_ids))}) ORDER BY s.id",
        tuple(application_ids),
    )
    return [StageRow(*row)._replace(at=moment(row[4]), undoes=bool(row[7])) for row in rows]


# Forgetting


def forget_texts(candidate_id: int) -> None:
    """Take away what people wrote of a candidate: reasons, and notes of interviews."""
    of_candidate = "SELECT id FROM job_application WHERE candidate_id = ?"
    connection.execute(
        f"UPDATE application_stage SET reason = '' WHERE application_id IN ({of_candidate})",
        (candidate_id,),
    )
    connection.execute(
        "UPDATE interview_score SET note = '', scores = '{}', recommendation = '' "
        "WHERE interview_id IN "
        f"(SELECT id FROM interview WHERE application_id IN ({of_candidate}))",
        (candidate_id,),
    )
    connection.execute(
        f"DELETE FROM job_offer WHERE application_id IN ({of_candidate})", (candidate_id,)
    )


def forget_drafts(candidate_id: int, form: str, others: Sequence[str]) -> None:
    """Take away what anybody typed of a candidate: in the form of the person, and in others."""
    connection.execute("DELETE FROM draft WHERE form = ? AND record_id = ?", (form, candidate_id))
    for name in others:
        connection.execute("DELETE FROM draft WHERE form = ?", (name,))


def _opening(row: tuple[Any, ...]) -> OpeningRow:
    return OpeningRow(*row)._replace(
        opened_on=day_or_none(row[10]), closed_on=day_or_none(row[11]), created_at=moment(row[14])
    )


def _candidate(row: tuple[Any, ...]) -> CandidateRow:
    return CandidateRow(*row)._replace(
        consent_on=day_or_none(row[7]), keep_until=day_of(row[8]),
        forgotten_at=moment_or_none(row[10]), created_at=moment(row[11]),
    )  # fmt: skip


def _application(row: tuple[Any, ...]) -> ApplicationRow:
    return ApplicationRow(*row)._replace(since_at=moment(row[9]), created_at=moment(row[10]))
