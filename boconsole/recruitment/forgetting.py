"""Candidates are forgotten for good when nothing allows to keep them any longer.

Name, ways to reach them, notes, files, scores and offers go; that somebody applied, and which
stages that took, stays without a name. The trail never knew who it was. Whoever was hired is
kept by the rules of staff.
"""

from collections.abc import Sequence

from boconsole import audit, filing
from boconsole.language import N_, _
from boconsole.recruitment import candidates, stages, words
from boconsole.recruitment.errors import HiredError
from boconsole.session import Session
from boconsole.staff.finding import today_of
from boconsole.staff.words import number as employee_number
from db import files
from db.recruitment import interviews, records
from db.recruitment.rows import CandidateRow

STAYS = N_("Backups keep what they hold until they are replaced.")
EMPTY = {"email": "", "phone": "", "source": "", "note": "", "consent_on": None,
         "external_key": None}  # fmt: skip


def due(session: Session) -> list[CandidateRow]:
    """Return who is to be forgotten by today: not hired, no offer stands, kept long enough."""
    session.require(words.READ)
    return records.select_overdue(today_of(session))


def forget_due(session: Session) -> list[CandidateRow]:
    """Forget everybody who is due, in one operation; returns who it was, without a name."""
    session.require(words.EDIT)
    with audit.writing():
        return forget(session, due(session))


def forget(session: Session, seen: Sequence[CandidateRow]) -> list[CandidateRow]:
    """Forget candidates; nothing takes this back.

    Raises:
        HiredError: One of them works here.
        ForgottenError: One was forgotten already.
    """
    session.require(words.EDIT)
    with audit.writing():
        gone: set[str] = set()
        lines = []
        for one in seen:
            row = candidates.require_known(candidates.again(one.id))
            if row.employee_id is not None:
                raise HiredError(row.number, employee_number(row.employee_id))
            gone |= _forget(session, row)
            lines.append(audit.Line(row.id, {"forgotten": (False, True)}, row.version + 1))
        if lines:
            audit.record(session, "candidate.forget", words.CANDIDATES, lines)
        for sha256 in sorted(gone):
            filing.discard(sha256)
        return [candidates.again(one.id) for one in seen]


def _forget_drafts(candidate_id: int) -> None:
    ids = [one.id for one in records.select_applications(candidate_id=candidate_id)]
    talks = [one.id for one in interviews.select_interviews(ids)]
    others = [words.form_of(kind, one) for kind in ("offer", "interview") for one in ids]
    others += [words.form_of(kind, one) for kind in ("score", "talk") for one in talks]
    records.forget_drafts(candidate_id, words.form_of("candidate"), others)


def _forget(session: Session, row: CandidateRow) -> set[str]:
    """Take away what is known of somebody; returns the hashes of the files."""
    ended = [
        stages.put(session, one, one.version, words.WITHDRAWN, "")
        for one in records.select_applications(candidate_id=row.id) if one.stage in words.LIVE
    ]  # fmt: skip
    if ended:
        audit.record(session, "application.forget", words.APPLICATIONS, ended)
    records.forget_texts(row.id)
    _forget_drafts(row.id)
    held = files.select(candidates.SHELF, row.id)
    for file in held:
        files.delete(candidates.SHELF, file.id)
    name = _("Forgotten candidate {number}").format(number=row.number)
    values = {**EMPTY, "name": name, "forgotten_at": session.now()}
    records.update_candidate(row.id, row.version, values)
    return {file.sha256 for file in held}
