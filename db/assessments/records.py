"""Questionnaires by version, and assessments; a submitted one is never changed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from db import connection
from db.fields import day_of, number_of

SUBJECTS = ("contact", "organisation", "asset", "project", "department")
"""What an assessment may be about, beside a free text."""
COLUMNS = (
    "a.id, a.version, a.questionnaire_id, q.name, q.number, q.title, a.subject, "
    "a.contact_id, a.organisation_id, a.asset_id, a.project_id, a.department_id, a.state, "
    "a.answers, a.note, a.dated_on, a.next_on, a.score, a.grade, a.knocked, a.assessor_id, "
    "u.login, a.created_at, a.submitted_at"
)
JOINS = (
    "FROM assessment a JOIN questionnaire q ON q.id = a.questionnaire_id "
    "JOIN user_account u ON u.id = a.assessor_id"
)


class QuestionnaireRow(NamedTuple):
    """A version of a questionnaire; `body` is JSON."""

    id: int
    name: str
    number: int
    title: str
    body: str
    current: bool
    made_at: datetime


class AssessmentRow(NamedTuple):
    """An assessment; `score` in hundredths of a per cent once it is submitted.

    Attributes:
        name: Of the questionnaire, `number` its version.
        answers: JSON, the word of an answer by question.
    """

    id: int
    version: int
    questionnaire_id: int
    name: str
    number: int
    title: str
    subject: str
    contact_id: int | None
    organisation_id: int | None
    asset_id: int | None
    project_id: int | None
    department_id: int | None
    state: str
    answers: str
    note: str
    dated_on: date
    next_on: date | None
    score: int | None
    grade: str
    knocked: bool
    assessor_id: int
    assessor: str
    created_at: datetime
    submitted_at: datetime | None

    @property
    def about(self) -> tuple[object, ...]:
        """What tells questionnaire and subject apart."""
        ids = tuple(getattr(self, f"{name}_id") for name in SUBJECTS)
        return (self.name, *ids, "" if any(ids) else self.subject.lower())


def _questionnaire(row: Sequence[Any]) -> QuestionnaireRow:
    made_at = datetime.fromtimestamp(row[6], UTC)
    return QuestionnaireRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]), made_at)


def _assessment(row: Sequence[Any]) -> AssessmentRow:
    found = AssessmentRow._make(row)
    return found._replace(
        dated_on=day_of(row[15]),
        next_on=day_of(row[16]) if row[16] else None,
        knocked=bool(row[19]),
        created_at=datetime.fromtimestamp(row[22], UTC),
        submitted_at=datetime.fromtimestamp(row[23], UTC) if row[23] else None,
    )


def select_questionnaires(*, current: bool = True) -> list[QuestionnaireRow]:
    """Return the questionnaires in use by name, or all versions."""
    where = "WHERE current " if current else ""
    rows = connection.fetch(
        f"SELECT id, name, number, title, body, current, made_at FROM questionnaire {where}"
        "ORDER BY name, number"
    )
    return [_questionnaire(row) for row in rows]


def find_questionnaire(questionnaire_id: int) -> QuestionnaireRow | None:
    """Return a version of a questionnaire."""
    rows = connection.fetch(
        "SELECT id, name, number, title, body, current, made_at FROM questionnaire WHERE id = ?",
        (questionnaire_id,),
    )
    return _questionnaire(rows[0]) if rows else None


def insert_questionnaire(name: str, title: str, body: str, made_by: int, at: datetime) -> int:
    """Add a version, which is the current one from now on; returns its number."""
    connection.execute("UPDATE questionnaire SET current = ? WHERE name = ?", (False, name))
    rows = connection.fetch(
        "INSERT INTO questionnaire (name, number, title, body, current, made_by, made_at) "
        "SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ? FROM questionnaire WHERE name = ? "
        "RETURNING number",
        (name, title, body, True, made_by, int(at.timestamp()), name),
    )
    return int(rows[0][0])


def select_all() -> list[AssessmentRow]:
    """Return all assessments, the latest day first."""
    rows = connection.fetch(f"SELECT {COLUMNS} {JOINS} ORDER BY a.dated_on DESC, a.id DESC")
    return [_assessment(row) for row in rows]


def find(assessment_id: int) -> AssessmentRow | None:
    """Return an assessment."""
    rows = connection.fetch(f"SELECT {COLUMNS} {JOINS} WHERE a.id = ?", (assessment_id,))
    return _assessment(rows[0]) if rows else None


def select_of_subject(row: AssessmentRow) -> list[AssessmentRow]:
    """Return what was submitted by the same questionnaire of the same subject, the first first."""
    told = [(f"a.{name}_id", getattr(row, f"{name}_id")) for name in SUBJECTS]
    known = [(column, value) for column, value in told if value is not None]
    none = " AND ".join(f"a.{name}_id IS NULL" for name in SUBJECTS)
    where, value = known[0] if known else (f"{none} AND lower(a.subject)", row.subject.lower())
    rows = connection.fetch(
        f"SELECT {COLUMNS} {JOINS} WHERE q.name = ? AND a.state = 'submitted' AND {where} = ? "
        "ORDER BY a.dated_on, a.id",
        (row.name, value),
    )
    return [_assessment(found) for found in rows]


LATER = " AND ".join(
    [*(f"coalesce(l.{name}_id, 0) = coalesce(a.{name}_id, 0)" for name in SUBJECTS),
     "(a.contact_id IS NOT NULL OR a.organisation_id IS NOT NULL OR a.asset_id IS NOT NULL "
     "OR a.project_id IS NOT NULL OR a.department_id IS NOT NULL "
     "OR lower(l.subject) = lower(a.subject))"]
)  # fmt: skip
"""That two assessments have the same subject."""


def select_due(first: date, last: date) -> list[AssessmentRow]:
    """Return what was submitted last of each subject, where the next is due between two days."""
    rows = connection.fetch(
        f"SELECT {COLUMNS} {JOINS} WHERE a.state = 'submitted' AND a.next_on BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM assessment l JOIN questionnaire p "
        "ON p.id = l.questionnaire_id AND p.name = q.name WHERE l.state = 'submitted' "
        f"AND (l.dated_on > a.dated_on OR (l.dated_on = a.dated_on AND l.id > a.id)) AND {LATER}) "
        "ORDER BY a.next_on, a.id",
        (number_of(first), number_of(last)),
    )
    return [_assessment(row) for row in rows]


def insert(columns: Mapping[str, object]) -> int:
    """Add a draft; returns its id."""
    marks = ", ".join("?" * len(columns))
    rows = connection.fetch(
        f"INSERT INTO assessment (version, {', '.join(columns)}) VALUES (1, {marks}) RETURNING id",
        tuple(map(_stored, columns.values())),
    )
    return int(rows[0][0])


def update_draft(assessment_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change a draft; answers whether it still had that version and was one."""
    changes = "".join(f", {name} = ?" for name in columns)
    cursor = connection.execute(
        f"UPDATE assessment SET version = version + 1{changes} "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (*map(_stored, columns.values()), assessment_id, version),
    )
    return bool(cursor.rowcount)


def delete_draft(assessment_id: int, version: int) -> bool:
    """Throw a draft away; answers whether it still had that version and was one."""
    cursor = connection.execute(
        "DELETE FROM assessment WHERE id = ? AND version = ? AND state = 'draft'",
        (assessment_id, version),
    )
    return bool(cursor.rowcount)


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return number_of(value) if isinstance(value, date) else value
