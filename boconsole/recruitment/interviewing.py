"""Interviews: when, who, and what each interviewer thinks, by criterion from 1 to 5.

Who holds an interview sees what others gave only after giving their own, so that the first word
is not everybody's. A score may be changed until somebody else gave one: from then on its giver
may have seen it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import N_, _
from boconsole.recruitment import candidates, openings, seeing, words
from boconsole.recruitment.errors import InterviewOverError, NotInterviewerError, ScoreGivenError
from boconsole.session import Session
from boconsole.text import clean, clean_line
from db import users
from db.recruitment import interviews, records
from db.recruitment.rows import ApplicationRow, InterviewRow, ScoreRow

PLANNED, CANCELLED = "planned", "cancelled"
RECOMMENDATIONS = {
    "strong_yes": N_("Strong yes"), "yes": N_("Yes"), "no": N_("No"),
    "strong_no": N_("Strong no"),
}  # fmt: skip
LEAST, MOST = 1, 5
LONGEST, NOTE_LIMIT = 24 * 60, 4_000


class Talk(NamedTuple):
    """An interview as somebody sees it.

    Attributes:
        row: The interview.
        scores: Of each interviewer; what may not be seen yet is empty.
        hidden: Whether others' scores are kept back until one's own is given.
        mine: One's own score card, None where one does not hold it.
        criteria: What is scored.
    """

    row: InterviewRow
    scores: tuple[ScoreRow, ...]
    hidden: bool
    mine: ScoreRow | None
    criteria: tuple[str, ...]

    @property
    def average(self) -> str:
        """Of all scores that are seen, with one decimal; "" for none."""
        every = [value for one in self.scores for value in points(one).values()]
        tenths = (20 * sum(every) + len(every)) // (2 * len(every)) if every else 0
        return f"{tenths // 10}.{tenths % 10}" if every else ""

    def record(self) -> dict[str, object]:
        """Return it for programs."""
        return {
            "id": self.row.id, "at": self.row.at, "minutes": self.row.minutes,
            "place": self.row.place, "state": self.row.state, "average": self.average,
            "hidden": self.hidden, "criteria": list(self.criteria),
            "interviewers": [
                {"login": one.login, "given": one.given_at, "scores": points(one),
                 "recommendation": one.recommendation, "note": one.note}
                for one in self.scores
            ],
        }  # fmt: skip


def points(row: ScoreRow) -> dict[str, int]:
    """Return what a card gives for each criterion."""
    found: dict[str, int] = json.loads(row.scores)
    return found


def plan(
    session: Session, application: ApplicationRow, at: datetime, logins: Sequence[str], *,
    minutes: int = 60, place: str = "",
) -> InterviewRow:  # fmt: skip
    """Plan an interview with accounts that hold it.

    Raises:
        InvalidChangeError: A value cannot be, or nobody holds it.
        InterviewOverError: The candidate is not considered any more.
    """
    session.require(words.EDIT)
    columns = {"at": at, "minutes": _minutes(minutes), "place": clean_line(place, field="place")}
    with audit.writing():
        row = records.find_application(application.id)
        if row is None or row.stage not in words.LIVE:
            raise InterviewOverError(application.number)
        people = _people(logins)
        interview_id = interviews.insert_interview({**columns, "application_id": row.id})
        for user_id in people.values():
            interviews.add_interviewer(interview_id, user_id)
        told: dict[str, tuple[object, object]] = {
            "interview": (None, interview_id), "at": (None, at), "with": (None, sorted(people)),
        }  # fmt: skip
        line = audit.Line(row.id, told, row.version)
        audit.record(session, "application.interview", words.APPLICATIONS, [line])
        return again(interview_id)


def change(
    session: Session, seen: InterviewRow, *, at: datetime | None = None,
    minutes: int | None = None, place: str | None = None, logins: Sequence[str] | None = None,
) -> InterviewRow:  # fmt: skip
    """Move an interview, or let others hold it; who gave a score stays.

    Raises:
        InvalidChangeError, InterviewOverError, StaleRecordError: Nothing was changed.
    """
    session.require(words.EDIT)
    with audit.writing():
        row = _require_planned(again(seen.id))
        columns: dict[str, object] = {}
        if at is not None:
            columns["at"] = at
        if minutes is not None:
            columns["minutes"] = _minutes(minutes)
        if place is not None:
            columns["place"] = clean_line(place, field="place")
        told: dict[str, tuple[object, object]] = {
            name: (getattr(row, name), value) for name, value in columns.items()
            if getattr(row, name) != value
        }  # fmt: skip
        if logins is not None:
            told |= _replace_people(row, _people(logins))
        if told:
            _write(session, row, seen.version, columns, told)
        return again(row.id)


def _replace_people(
    row: InterviewRow, wanted: Mapping[str, int]
) -> dict[str, tuple[object, object]]:
    held = {one.login: one for one in interviews.select_scores([row.id])}
    for login, one in held.items():
        if login not in wanted:
            interviews.remove_interviewer(row.id, one.user_id)
    for user_id in wanted.values():
        interviews.add_interviewer(row.id, user_id)
    now = [one.login for one in interviews.select_scores([row.id])]
    return {} if now == list(held) else {"with": (list(held), now)}


def cancel(session: Session, seen: InterviewRow) -> InterviewRow:
    """Call an interview off; raises InterviewOverError where scores were given."""
    session.require(words.EDIT)
    with audit.writing():
        row = _require_planned(again(seen.id))
        if any(one.given_at for one in interviews.select_scores([row.id])):
            raise ScoreGivenError
        told: dict[str, tuple[object, object]] = {"state": (row.state, CANCELLED)}
        _write(session, row, seen.version, {"state": CANCELLED}, told)
        return again(row.id)


def _write(
    session: Session, row: InterviewRow, version: int, columns: dict[str, object],
    told: dict[str, tuple[object, object]],
) -> None:  # fmt: skip
    application = _application(row)
    if not interviews.update_interview(row.id, version, columns):
        raise StaleRecordError(application.number, row.id, row.version)
    line = audit.Line(application.id, {"interview": (row.id, row.id), **told}, application.version)
    audit.record(session, "application.interview", words.APPLICATIONS, [line])


def score(
    session: Session, interview_id: int, given: Mapping[str, object], recommendation: str,
    note: str = "",
) -> Talk:  # fmt: skip
    """Give one's score: each criterion from 1 to 5, and whether one would hire.

    Raises:
        NotInterviewerError: One does not hold the interview.
        ScoreGivenError: It was given, and others have given theirs since.
        InvalidChangeError: A criterion is missing, strange, or not 1 to 5.
        InterviewOverError: The interview was called off.
        ForgottenError: Nothing is known of the candidate any more.
    """
    with audit.writing():
        row = _require_planned(again(interview_id))
        application = _application(row)
        candidates.require_known(candidates.again(application.candidate_id))
        cards = interviews.select_scores([row.id])
        mine = next((one for one in cards if one.user_id == session.user.id), None)
        if mine is None:
            raise NotInterviewerError(application.number)
        if mine.given_at and any(one.given_at for one in cards if one.id != mine.id):
            raise ScoreGivenError
        values = _values(given, openings.criteria_of(openings.again(application.opening_id)))
        word = words.choice("recommendation", recommendation, RECOMMENDATIONS)
        kept = clean(note, field="note", limit=NOTE_LIMIT).strip()
        interviews.set_score(mine.id, json.dumps(values, ensure_ascii=False), word, kept,
                             int(session.now().timestamp()))  # fmt: skip
        line = audit.Line(application.id, {"score": (None, row.id)}, application.version)
        audit.record(session, "application.score", words.APPLICATIONS, [line])
    return next(one for one in talks(session, [application.id]) if one.row.id == row.id)


def _values(given: Mapping[str, object], criteria: Sequence[str]) -> dict[str, int]:
    known = {name.casefold(): name for name in criteria}
    found: dict[str, int] = {}
    for name, value in given.items():
        criterion = known.get(name.strip().casefold())
        if criterion is None:
            raise InvalidChangeError(name[:40], _("is none of {words}").format(
                words=", ".join(criteria)))  # fmt: skip
        text = str(value).strip()
        if text not in ("1", "2", "3", "4", "5"):
            raise InvalidChangeError(criterion, _("lies between 1 and 5"))
        found[criterion] = int(text)
    if missing := [name for name in criteria if name not in found]:
        raise InvalidChangeError(missing[0], _("is needed"))
    return {name: found[name] for name in criteria}


def talks(session: Session, application_ids: Sequence[int]) -> list[Talk]:
    """Return the interviews of applications that are seen, by time, as far as they may be."""
    rows = interviews.select_interviews(application_ids)
    cards = interviews.select_scores([row.id for row in rows])
    waiting = {
        row.application_id for row in rows for one in cards
        if one.interview_id == row.id and one.user_id == session.user.id and not one.given_at
        and row.state == PLANNED
    }  # fmt: skip
    applied = {one.id: one for one in records.select_applications(
        ids=sorted({row.application_id for row in rows}))}  # fmt: skip
    criteria = {opening_id: tuple(openings.criteria_of(openings.again(opening_id)))
                for opening_id in {one.opening_id for one in applied.values()}}  # fmt: skip
    found = []
    for row in rows:
        own = [one for one in cards if one.interview_id == row.id]
        mine = next((one for one in own if one.user_id == session.user.id), None)
        hidden = row.application_id in waiting
        if hidden:
            own = [one if one.user_id == session.user.id else _kept_back(one) for one in own]
        scored = criteria[applied[row.application_id].opening_id]
        found.append(Talk(row, tuple(own), hidden, mine, scored))
    return found


def _kept_back(row: ScoreRow) -> ScoreRow:
    return row._replace(scores="{}", recommendation="", note="", given_at=None)


def get(session: Session, interview_id: int) -> Talk:
    """Return an interview of an application that is seen; raises NotFoundError."""
    row = again(interview_id)
    if not seeing.scope(session).sees(_application(row)):
        raise NotFoundError(_("interview {id}").format(id=interview_id))
    return next(one for one in talks(session, [row.application_id]) if one.row.id == row.id)


def again(interview_id: int) -> InterviewRow:
    """Return an interview; raises NotFoundError."""
    row = interviews.find_interview(interview_id)
    if row is None:
        raise NotFoundError(_("interview {id}").format(id=interview_id))
    return row


def _application(row: InterviewRow) -> ApplicationRow:
    found = records.find_application(row.application_id)
    if found is None:
        raise NotFoundError(_("interview {id}").format(id=row.id))
    return found


def _require_planned(row: InterviewRow) -> InterviewRow:
    if row.state != PLANNED:
        raise InterviewOverError(_application(row).number)
    return row


def _people(logins: Sequence[str]) -> dict[str, int]:
    found = {}
    for login in logins:
        word = clean_line(login, field="with").lower()
        if not word:
            continue
        user_id = users.find_id(word)
        if not user_id:
            raise InvalidChangeError(
                "with", _("there is no account {login}").format(login=word[:40])
            )
        found[word] = user_id
    if not found:
        raise InvalidChangeError("with", _("name the accounts that hold it"))
    return found


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= LONGEST:
        raise InvalidChangeError("minutes", _("lies between 1 and {most}").format(most=LONGEST))
    return minutes
