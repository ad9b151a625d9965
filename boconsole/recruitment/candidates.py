"""Candidates: who they are, whether they agreed to be kept, until when, and their files.

The trail says which fields changed and never what they say: it cannot forget, and candidates have
to be forgotten.
"""

from collections.abc import Mapping, Sequence

from boconsole import audit, filing
from boconsole.contacts import reaching
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.filing import FileRow
from boconsole.language import _
from boconsole.recruitment import keeping, seeing, words
from boconsole.recruitment.errors import ForgottenError
from boconsole.session import Session
from boconsole.staff.finding import today_of
from boconsole.staff.typed import day_of
from boconsole.text import clean, clean_line, required_line
from db import files
from db.files import Shelf
from db.recruitment import records
from db.recruitment.rows import CandidateRow as CandidateRow  # screens know it from here

SHELF = Shelf("candidate_file", "candidate_id")
FIELDS = ("name", "email", "phone", "source", "note", "consent_on", "keep_until")
NAME_LIMIT, NOTE_LIMIT = 200, 4_000
Given = Mapping[str, object]


def check(session: Session, given: Given) -> dict[str, object]:
    """Return columns of somebody who could be added; raises InvalidChangeError."""
    return _read(session, {"name": "", **given}, 0)


def new(session: Session, given: Given, *, key: str = "") -> CandidateRow:
    """Add a candidate.

    Args:
        session: Who acts.
        given: Some of `FIELDS`; `name` is needed.
        key: Of the row of a file that it comes from.

    Raises:
        InvalidChangeError: A value cannot be, such as a mail address that is there already.
    """
    session.require(words.EDIT)
    with audit.writing():
        columns = check(session, given)
        if columns.get("keep_until") is None:
            columns["keep_until"] = keeping.until(session)
        own = {"created_at": session.now(), "external_key": key or None}
        row_id = records.insert_candidate({**columns, **own})
        told = {"fields": (None, sorted(name for name, value in columns.items() if value))}
        line = audit.Line(row_id, told, 1)
        action = "candidate.import" if key else "candidate.new"
        audit.record(session, action, words.CANDIDATES, [line])
        return again(row_id)


def edit(session: Session, row: CandidateRow, given: Given) -> CandidateRow:
    """Change a candidate.

    Raises:
        InvalidChangeError: A value cannot be.
        StaleRecordError: Somebody else changed the candidate in the meantime.
        ForgottenError: Nothing is known any more.
    """
    session.require(words.EDIT)
    with audit.writing():
        now = require_known(again(row.id))
        columns = _read(session, given, row.id)
        if "keep_until" in columns and columns["keep_until"] is None:
            raise InvalidChangeError("keep_until", _("is needed"))
        before = now._asdict()
        changed = sorted(name for name, value in columns.items() if before[name] != value)
        if now.version != row.version:
            theirs = {name: before[name] for name in columns}
            raise StaleRecordError(row.number, row.id, now.version, theirs, dict(given))
        if not changed:
            return now
        records.update_candidate(row.id, row.version, columns)
        line = audit.Line(row.id, {"fields": (changed, changed)}, row.version + 1)
        audit.record(session, "candidate.edit", words.CANDIDATES, [line])
        return again(row.id)


def _read(session: Session, given: Given, own_id: int) -> dict[str, object]:
    """Return columns of what was typed."""
    columns: dict[str, object] = {}
    for field, value in given.items():
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise InvalidChangeError(
                field[:40], _("there is no such field; expected {words}").format(words=known)
            )
        if field in ("consent_on", "keep_until"):
            columns[field] = day_of(value, field)
            continue
        text = "" if value is None else str(value)
        if field == "note":
            columns[field] = clean(text, field=field, limit=NOTE_LIMIT).strip()
        elif field == "name":
            columns[field] = required_line(text, field=field, limit=NAME_LIMIT)
        else:
            columns[field] = clean_line(text, field=field, limit=NAME_LIMIT)
    if mail := str(columns.get("email") or ""):
        columns["email"] = reaching.mail(mail)
        others = [one for one in records.candidates_of_mail(mail) if one != own_id]
        if others:
            number = words.candidate_number(others[0])
            raise InvalidChangeError(
                "email", _("belongs to {number} already; let that one apply").format(number=number)
            )
    consent = columns.get("consent_on")
    if consent is not None and str(consent) > str(today_of(session)):
        raise InvalidChangeError("consent_on", _("lies in the future"))
    return columns


def again(candidate_id: int) -> CandidateRow:
    """Return a candidate that is known to be there."""
    row = records.find_candidate(candidate_id)
    if row is None:
        raise InvalidChangeError("candidate", words.candidate_number(candidate_id))
    return row


def require_known(row: CandidateRow) -> CandidateRow:
    """Return a candidate; raises ForgottenError for one who was forgotten."""
    if row.forgotten_at is not None:
        raise ForgottenError(row.number)
    return row


def values_of(row: CandidateRow) -> dict[str, object]:
    """Return a candidate as it could be typed."""
    return {name: getattr(row, name) for name in FIELDS}


# Files


def attach(session: Session, candidate_id: int, given: Sequence[filing.File]) -> list[FileRow]:
    """File a résumé or another document; names stay out of the audit trail."""
    session.require(words.EDIT)
    with audit.writing():
        row = require_known(again(candidate_id))
        records.update_candidate(row.id, row.version, {})
        filing.attach(session, SHELF, row.id, given)
        line = audit.Line(row.id, {"files": (None, len(given))}, row.version + 1)
        audit.record(session, "candidate.attach", words.CANDIDATES, [line])
        return files.select(SHELF, row.id)


def documents(session: Session, candidate_id: int) -> list[FileRow]:
    """Return the files of a candidate who is seen."""
    seeing.candidate(session, words.candidate_number(candidate_id))
    return files.select(SHELF, candidate_id)


def document(session: Session, candidate_id: int, name: str) -> tuple[str, bytes]:
    """Return name and content of a file of a candidate who is seen."""
    seeing.candidate(session, words.candidate_number(candidate_id))
    row = filing.find(SHELF, candidate_id, name)
    return row.name, filing.content(row.name, row.sha256)


def detach(session: Session, candidate_id: int, name: str) -> FileRow:
    """Take a file from a candidate."""
    session.require(words.EDIT)
    with audit.writing():
        row = again(candidate_id)
        found = filing.find(SHELF, candidate_id, name)
        records.update_candidate(row.id, row.version, {})
        filing.remove(SHELF, found)
        line = audit.Line(row.id, {"files": (1, None)}, row.version + 1)
        audit.record(session, "candidate.detach", words.CANDIDATES, [line])
        return found
