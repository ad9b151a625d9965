"""Openings and candidates as records for programs and as a file; what is offered is in neither."""

from collections.abc import Sequence
from pathlib import Path

from boconsole import record_files
from boconsole.recruitment import openings
from boconsole.recruitment.asking import Line, OpeningLine
from boconsole.session import Session
from db.recruitment.rows import ApplicationRow, CandidateRow, OpeningRow, StageRow


def opening_record(row: OpeningRow) -> dict[str, object]:
    """Return an opening for programs."""
    told = openings.told_of(row)
    return {"number": row.number, **told, "opened_on": row.opened_on, "closed_on": row.closed_on,
            "criteria": openings.criteria_of(row), "hired": row.hired, "candidates": row.live,
            "version": row.version}  # fmt: skip


def candidate_record(row: CandidateRow) -> dict[str, object]:
    """Return a candidate for programs."""
    from boconsole.staff.words import number

    return {
        "number": row.number, "name": row.name, "email": row.email, "phone": row.phone,
        "source": row.source, "note": row.note, "consent_on": row.consent_on,
        "keep_until": row.keep_until,
        "employee": number(row.employee_id) if row.employee_id else "",
        "forgotten": row.forgotten_at is not None, "version": row.version,
    }  # fmt: skip


def application_record(row: ApplicationRow) -> dict[str, object]:
    """Return an application for programs."""
    return {
        "opening": row.opening_number, "title": row.opening, "stage": row.stage,
        "since": row.since_at, "applied": row.created_at, "version": row.version,
    }  # fmt: skip


def stage_record(row: StageRow) -> dict[str, object]:
    """Return a step for programs."""
    return {"from": row.before, "to": row.stage, "at": row.at, "by": row.by,
            "reason": row.reason, "undo": row.undoes}  # fmt: skip


def line_record(one: Line) -> dict[str, object]:
    """Return a line of the list for programs; without an application its fields are empty."""
    row = one.application
    return {
        **candidate_record(one.candidate),
        "opening": row.opening_number if row else "", "title": row.opening if row else "",
        "stage": row.stage if row else "", "since": row.since_at if row else None,
    }  # fmt: skip


def export(session: Session, path: Path, found: Sequence[Line]) -> int:
    """Write candidates who are seen to a file that its owner alone reads; returns how many.

    Raises:
        InvalidChangeError, UnwrittenError: The file cannot be.
    """
    del session
    return record_files.write(path, [line_record(one) for one in found], private=True)


def export_openings(path: Path, found: Sequence[OpeningLine]) -> int:
    """Write openings to a file; returns how many. Errors as of `export`."""
    rows = [opening_record(one.row) for one in found]
    for row, one in zip(rows, found, strict=True):
        row["criteria"] = ", ".join(openings.criteria_of(one.row))
    return record_files.write(path, rows)
