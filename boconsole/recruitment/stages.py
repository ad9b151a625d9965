"""How far candidates are: applying for openings, steps from stage to stage, and their undo.

Every step is kept with who, when and why; the trail tells the stages and never the reason.
"""

from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import StaleRecordError, UndoError
from boconsole.filing import File
from boconsole.language import _
from boconsole.recruitment import candidates, keeping, openings, seeing, words
from boconsole.recruitment.errors import (
    AppliedError,
    HiringStepError,
    NoReasonError,
    OfferStateError,
    StepError,
    WhichApplicationError,
)
from boconsole.session import Session
from boconsole.text import clean_line
from db import audit as trail
from db.recruitment import interviews, records
from db.recruitment.rows import ApplicationRow as ApplicationRow  # screens know it from here
from db.recruitment.rows import CandidateRow, OpeningRow

MOVE, APPLY, UNDO = "application.move", "application.new", "application.undo"
OFFER = "offer"
"""The field of a step that ended an offer: which one, its state, and when that was decided."""
REASON_LIMIT, LOOK_BACK = 2_000, 50


class Seen(NamedTuple):
    """An application as somebody saw it."""

    id: int
    version: int


def apply(
    session: Session, candidate: CandidateRow, opening: OpeningRow, reason: str = ""
) -> ApplicationRow:
    """Let a candidate apply for an opening.

    Raises:
        ClosedOpeningError: It is not open.
        AppliedError: The candidate applied before.
        ForgottenError: Nothing is known of the candidate.
    """
    session.require(words.EDIT)
    with audit.writing():
        person = candidates.require_known(candidates.again(candidate.id))
        openings.require_open(opening.number, openings.again(opening.id).state)
        if any(one.opening_id == opening.id
               for one in records.select_applications(candidate_id=person.id)):  # fmt: skip
            raise AppliedError(person.number, opening.number)
        at = int(session.now().timestamp())
        application_id = records.insert_application(person.id, opening.id, words.APPLIED, at)
        _note(session, application_id, "", words.APPLIED, reason)
        told: dict[str, tuple[object, object]] = {
            "candidate": (None, person.number), "opening": (None, opening.number),
            "stage": (None, words.APPLIED),
        }  # fmt: skip
        line = audit.Line(application_id, told, 1)
        audit.record(session, APPLY, words.APPLICATIONS, [line])
        return again(application_id)


def new_candidate(
    session: Session, given: candidates.Given, opening: OpeningRow | None,
    files: Sequence[File] = (),
) -> CandidateRow:  # fmt: skip
    """Add a candidate who brings files and applies for an opening, in one step."""
    with audit.writing():
        row = candidates.new(session, given)
        if files:
            candidates.attach(session, row.id, files)
        if opening is not None:
            apply(session, row, opening)
        return candidates.again(row.id)


def move(
    session: Session, seen: Sequence[ApplicationRow | Seen], stage: str, reason: str = ""
) -> list[ApplicationRow]:
    """Move applications to a stage, in one step that is undone in one.

    Raises:
        StepError: One of them cannot go there from where it is.
        HiringStepError: Hiring is no move.
        NoReasonError: The stage needs a reason.
        ClosedOpeningError: The opening is not open, so nobody goes on there.
        OfferStateError: An offer stands, which is told first.
        ForgottenError: Nothing is known of one of them.
        StaleRecordError: Somebody moved one of them in the meantime.
    """
    session.require(words.EDIT)
    word = words.choice("stage", stage, words.STAGE_TITLES)
    kept = clean_line(reason, field="reason", limit=REASON_LIMIT)
    with audit.writing():
        lines = []
        for one in seen:
            row = again(one.id)
            if word == row.stage:
                continue
            person = candidates.require_known(candidates.again(row.candidate_id))
            _require_step(row, word, kept)
            line = put(session, row, one.version, word, kept)
            if word in words.OVER and (days := keeping.over(session, row, person)):
                line = line._replace(changes={**line.changes, keeping.FIELD: days})
            lines.append(line)
        if lines:
            audit.record(session, MOVE, words.APPLICATIONS, lines)
        return [again(one.id) for one in seen]


def put(
    session: Session, row: ApplicationRow, version: int, stage: str, reason: str, *,
    undoes: bool = False,
) -> audit.Line:  # fmt: skip
    """Write a step inside the caller's transaction; returns its line of the trail."""
    at = int(session.now().timestamp())
    if not records.set_stage(row.id, version, stage, at):
        raise StaleRecordError(row.number, row.id, row.version, {"stage": row.stage},
                               {"stage": stage})  # fmt: skip
    told: dict[str, tuple[object, object]] = {"stage": (row.stage, stage)}
    for offer in interviews.select_standing(application_id=row.id) if stage in words.OVER else ():
        interviews.set_offer_state(offer.id, words.WITHDRAWN, at)
        decided = int(offer.decided_at.timestamp()) if offer.decided_at else 0
        told[OFFER] = (f"{offer.id} {offer.state} {decided}", f"{offer.id} {words.WITHDRAWN}")
    _note(session, row.id, row.stage, stage, reason, undoes=undoes)
    return audit.Line(row.id, told, version + 1)


def _note(
    session: Session, application_id: int, before: str, stage: str, reason: str, *,
    undoes: bool = False,
) -> None:  # fmt: skip
    kept = clean_line(reason, field="reason", limit=REASON_LIMIT)
    records.insert_stage({
        "application_id": application_id, "before": before, "stage": stage, "at": session.now(),
        "by_id": session.user.id, "reason": kept, "undoes": undoes,
    })  # fmt: skip


def _require_step(row: ApplicationRow, stage: str, reason: str) -> None:
    if stage == words.HIRED:
        raise HiringStepError(row.number)
    if stage not in words.NEXT_STAGES[row.stage]:
        raise StepError(row.number, row.stage, stage, words.NEXT_STAGES[row.stage])
    if stage in words.OVER:
        if not reason:
            raise NoReasonError(row.number, stage)
        return
    openings.require_open(row.opening_number, row.opening_state)
    _require_no_offer(row)


def _require_no_offer(row: ApplicationRow) -> None:
    if row.stage == words.OFFER and interviews.select_standing(application_id=row.id):
        raise OfferStateError(row.number, _("it stands; withdraw or decline it first"))


def again(application_id: int) -> ApplicationRow:
    """Return an application that is known to be there."""
    row = records.find_application(application_id)
    if row is None:
        raise UndoError(_("That application is gone."))
    return row


def named(session: Session, candidate: CandidateRow, opening: str = "") -> ApplicationRow:
    """Return the application of a candidate: to an opening, or the only one that is not over.

    Raises:
        WhichApplicationError: There is none, or several.
    """
    found = seeing.applications(session, candidate.id)
    if opening:
        wanted = seeing.opening(session, opening)
        some = [one for one in found if one.opening_id == wanted.id]
    else:
        some = [one for one in found if one.stage not in words.OVER] if len(found) > 1 else found
    if len(some) != 1:
        raise WhichApplicationError(candidate.number, [one.opening_number for one in found])
    return some[0]


# Undo


def undo_last(session: Session) -> list[ApplicationRow]:
    """Take back the last move of this person; returns the applications.

    Raises:
        UndoError: There is none, or somebody moved one of them since.
        ClosedOpeningError, NoSeatError, OfferStateError, ForgottenError: It cannot be so any more.
    """
    session.require(words.EDIT)
    with audit.writing():
        last = next((row for row in trail.select_last_operations(session.user.id, LOOK_BACK)
                     if row.action == MOVE and not row.undoes
                     and not trail.select_undoing(row.operation)), None)  # fmt: skip
        if last is None:
            raise UndoError(_("There is nothing to undo."))
        lines, turned = trail.select_operation(last.operation), []
        for line in lines:
            row = again(line.record_id)
            if row.version != line.version:
                raise UndoError(
                    _("{number} was changed since; undo that first.").format(number=row.number)
                )
            turned.append(_turn(session, row, audit.entry_of(line)))
        audit.record(session, UNDO, words.APPLICATIONS, turned, undoes=last.operation)
        return [again(line.record_id) for line in lines]


def _turn(session: Session, row: ApplicationRow, line: audit.HistoryEntry) -> audit.Line:
    """Put an application back to where it was before a step, with the offer it had then."""
    person = candidates.require_known(candidates.again(row.candidate_id))
    before = {change.field: str(change.before) for change in line.changes}
    after = {change.field: str(change.after) for change in line.changes}
    if keeping.FIELD in before:
        keeping.back(person, before[keeping.FIELD], after[keeping.FIELD])
    if before["stage"] in words.LIVE:
        openings.require_open(row.opening_number, row.opening_state)
        _require_no_offer(row)
    turned = put(session, row, row.version, before["stage"], "", undoes=True)
    if OFFER not in before:
        return turned
    offer_id, state, decided = before[OFFER].split()
    if state == "accepted":
        openings.require_seat(openings.again(row.opening_id), row.id)
    interviews.set_offer_state(int(offer_id), state, int(decided) or None)
    told = {**turned.changes, OFFER: (f"{offer_id} {words.WITHDRAWN}", f"{offer_id} {state}")}
    return turned._replace(changes=told)
