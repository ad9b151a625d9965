"""Assessments as a file: one line for each, with the score of each section."""

from collections.abc import Sequence
from pathlib import Path

from boconsole import record_files
from boconsole.assessments import reading, scoring, words
from boconsole.assessments.reading import AssessmentRow
from boconsole.session import Session


def records(session: Session, rows: Sequence[AssessmentRow]) -> list[dict[str, object]]:
    """Return assessments as they are written; sections as `Title: 82.5; …`."""
    session.require(words.READ)
    return [_record(row) for row in rows]


def _record(row: AssessmentRow) -> dict[str, object]:
    sections = "; ".join(
        f"{each.title}: {words.percent(scoring.hundredths(each.score))}"
        for each in reading.again(row.id).score.sections
        if each.score is not None
    )
    return {
        "number": words.number(row.id), "questionnaire": row.name, "version": row.number,
        "subject": row.subject, "state": row.state, "date": row.dated_on,
        "score": words.percent(row.score), "grade": row.grade,
        "knocked_out": "yes" if row.knocked else "no", "next": row.next_on or "",
        "by": row.assessor, "sections": sections, "note": row.note,
    }  # fmt: skip


def write(session: Session, path: str, rows: Sequence[AssessmentRow]) -> int:
    """Write assessments to a CSV or JSON file; returns how many; raises as `record_files.write`."""
    return record_files.write(Path(path), records(session, rows))
