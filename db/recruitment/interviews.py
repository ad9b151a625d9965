"""Interviews, their scores, and offers: one function for each statement."""

from collections.abc import Mapping, Sequence
from typing import Any

from db import connection
from db.fields import day_of
from db.guarded import day_or_none, insert, moment, moment_or_none, update
from db.loading import CHUNK
from db.recruitment.rows import InterviewRow, OfferRow, ScoreRow, StandingRow

INTERVIEW = (
    "SELECT i.id, i.version, i.application_id, i.at, i.minutes, i.place, i.state FROM interview i"
)
SCORE = (
    "SELECT s.id, s.interview_id, s.user_id, u.login, u.name, s.scores, s.recommendation, s.note, "
    "s.given_at FROM interview_score s JOIN user_account u ON u.id = s.user_id"
)
OFFER = (
    "SELECT f.id, f.version, f.application_id, f.amount, f.commodity_id, c.code, c.precision, "
    "f.per, f.contract, f.until_on, f.starts_on, f.expires_on, f.state, f.salt, f.made_at, "
    "f.made_by, coalesce(m.login, ''), f.approved_at, coalesce(p.login, ''), f.decided_at, "
    "f.title, f.department_id, coalesce(d.name, ''), f.manager_id, f.place "
    "FROM job_offer f JOIN commodity c ON c.id = f.commodity_id "
    "LEFT JOIN user_account m ON m.id = f.made_by "
    "LEFT JOIN user_account p ON p.id = f.approved_by "
    "LEFT JOIN department d ON d.id = f.department_id"
)


def talks_of(user_id: int) -> list[int]:
    """Return the applications in whose interviews an account takes part."""
    rows = connection.fetch(
        "SELECT DISTINCT i.application_id FROM interview_score s "
        "JOIN interview i ON i.id = s.interview_id WHERE s.user_id = ?",
        (user_id,),
    )
    return [row[0] for row in rows]


def select_interviews(application_ids: Sequence[int]) -> list[InterviewRow]:
    """Return the interviews of applications, by time."""
    if not application_ids:
        return []
    rows = connection.fetch(
        f"{INTERVIEW} WHERE i.application_id IN ({', '.join('?' * len(application_ids))}) "
        "ORDER BY i.at, i.id",
        tuple(application_ids),
    )
    return [_interview(row) for row in rows]


def find_interview(interview_id: int) -> InterviewRow | None:
    """Return an interview."""
    rows = connection.fetch(f"{INTERVIEW} WHERE i.id = ?", (interview_id,))
    return _interview(rows[0]) if rows else None


def insert_interview(values: Mapping[str, object]) -> int:
    """Add an interview; returns its id."""
    return insert("interview", {"place": "", "state": "planned", **values, "version": 1})


def update_interview(interview_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write an interview; False when it changed in the meantime."""
    return update("interview", interview_id, version, values)


def select_scores(interview_ids: Sequence[int]) -> list[ScoreRow]:
    """Return the interviewers of interviews with what they gave, by name."""
    if not interview_ids:
        return []
    rows = connection.fetch(
        f"{SCORE} WHERE s.interview_id IN ({', '.join('?' * len(interview_ids))}) "
        "ORDER BY s.interview_id, u.login",
        tuple(interview_ids),
    )
    return [ScoreRow(*row)._replace(given_at=moment_or_none(row[8])) for row in rows]


def add_interviewer(interview_id: int, user_id: int) -> None:
    """Let an account hold an interview."""
    connection.execute(
        "INSERT INTO interview_score (interview_id, user_id, scores, recommendation, note) "
        "VALUES (?, ?, '{}', '', '') ON CONFLICT (interview_id, user_id) DO NOTHING",
        (interview_id, user_id),
    )


def remove_interviewer(interview_id: int, user_id: int) -> None:
    """Take an account that gave no score yet from an interview."""
    connection.execute(
        "DELETE FROM interview_score WHERE interview_id = ? AND user_id = ? AND given_at IS NULL",
        (interview_id, user_id),
    )


def set_score(score_id: int, scores: str, recommendation: str, note: str, at: int) -> None:
    """Write what an interviewer gives."""
    connection.execute(
        "UPDATE interview_score SET scores = ?, recommendation = ?, note = ?, given_at = ? "
        "WHERE id = ?",
        (scores, recommendation, note, at, score_id),
    )


def select_offers(application_ids: Sequence[int]) -> list[OfferRow]:
    """Return the offers of applications, the newest first."""
    found: list[OfferRow] = []
    for start in range(0, len(application_ids), CHUNK):
        part = tuple(application_ids[start : start + CHUNK])
        rows = connection.fetch(
            f"{OFFER} WHERE f.application_id IN ({', '.join('?' * len(part))}) ORDER BY f.id DESC",
            part,
        )
        found += [_offer(row) for row in rows]
    return found


def find_offer(offer_id: int) -> OfferRow | None:
    """Return an offer."""
    rows = connection.fetch(f"{OFFER} WHERE f.id = ?", (offer_id,))
    return _offer(rows[0]) if rows else None


def insert_offer(values: Mapping[str, object]) -> int:
    """Add an offer; returns its id."""
    return insert("job_offer", {**values, "version": 1})


def update_offer(offer_id: int, version: int, values: Mapping[str, object]) -> bool:
    """Write an offer; False when it changed in the meantime."""
    return update("job_offer", offer_id, version, values)


def select_standing(*, opening_id: int = 0, application_id: int = 0) -> list[StandingRow]:
    """Return the offers of an opening or application that were made or accepted, no hire yet."""
    column, value = ("a.opening_id", opening_id) if opening_id else ("a.id", application_id)
    rows = connection.fetch(
        "SELECT f.id, a.id, a.candidate_id, f.state, f.decided_at FROM job_offer f "
        f"JOIN job_application a ON a.id = f.application_id WHERE {column} = ? "
        "AND a.stage <> 'hired' AND f.state IN ('made', 'accepted') ORDER BY f.id",
        (value,),
    )
    return [StandingRow(*row)._replace(decided_at=moment_or_none(row[4])) for row in rows]


def set_offer_state(offer_id: int, state: str, decided_at: int | None) -> None:
    """Say anew how far an offer is, as part of a step of its application."""
    connection.execute(
        "UPDATE job_offer SET state = ?, decided_at = ?, version = version + 1 WHERE id = ?",
        (state, decided_at, offer_id),
    )


def _interview(row: tuple[Any, ...]) -> InterviewRow:
    return InterviewRow(*row)._replace(at=moment(row[3]))


def _offer(row: tuple[Any, ...]) -> OfferRow:
    return OfferRow(*row)._replace(
        until_on=day_or_none(row[9]), starts_on=day_of(row[10]), expires_on=day_of(row[11]),
        made_at=moment(row[14]), approved_at=moment_or_none(row[17]),
        decided_at=moment_or_none(row[19]),
    )  # fmt: skip
