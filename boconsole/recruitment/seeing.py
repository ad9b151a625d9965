"""Who sees which candidates, decided here for every screen, query, file and command.

HR sees all. A hiring manager sees the candidates of their own openings, an interviewer those
they talk to; nobody else sees any. What is offered is seen with `staff.pay` alone, and each look
at it is written down.
"""

from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import NotAllowedError, NotFoundError
from boconsole.language import _
from boconsole.recruitment import words
from boconsole.session import Session
from db.recruitment import interviews, records
from db.recruitment.rows import ApplicationRow, CandidateRow, OpeningRow
from db.staff import people


class Scope(NamedTuple):
    """What somebody sees.

    Attributes:
        everything: All of it.
        employee: The record of the one who looks, 0 for none: the manager of openings.
        talks: Applications in whose interviews the one who looks takes part.
    """

    everything: bool
    employee: int
    talks: frozenset[int]

    def manages(self, manager_id: int | None) -> bool:
        """Return whether an opening of a manager is one's own."""
        return bool(self.employee) and manager_id == self.employee

    def sees_opening(self, row: OpeningRow) -> bool:
        """Return whether an opening is seen."""
        return self.everything or self.manages(row.manager_id)

    def sees(self, row: ApplicationRow) -> bool:
        """Return whether an application is seen."""
        return self.everything or self.manages(row.manager_id) or row.id in self.talks


def scope(session: Session) -> Scope:
    """Return what somebody sees."""
    own = people.find_of_user(session.user.id) if session.user.id else None
    everything = session.may(words.READ)
    talks = frozenset() if everything else frozenset(interviews.talks_of(session.user.id))
    return Scope(everything, own.id if own else 0, talks)


def opening(session: Session, word: str) -> OpeningRow:
    """Return the opening of a number; raises NotFoundError and NotAllowedError."""
    row_id = words.opening_id(word)
    row = records.find_opening(row_id) if row_id is not None else None
    if row is None:
        raise NotFoundError(_("opening {number}").format(number=word[:40]))
    if not scope(session).sees_opening(row):
        raise NotAllowedError(session.user.login, words.READ)
    return row


def candidate(session: Session, word: str) -> CandidateRow:
    """Return the candidate of a number; raises NotFoundError and NotAllowedError."""
    row_id = words.candidate_id(word)
    row = records.find_candidate(row_id) if row_id is not None else None
    if row is None:
        raise NotFoundError(_("candidate {number}").format(number=word[:40]))
    if not session.may(words.READ):
        seen = scope(session)
        if not any(seen.sees(one) for one in records.select_applications(candidate_id=row.id)):
            raise NotAllowedError(session.user.login, words.READ)
    return row


def applications(session: Session, candidate_id: int) -> list[ApplicationRow]:
    """Return the applications of a candidate that somebody sees, the newest first."""
    seen = scope(session)
    return [one for one in records.select_applications(candidate_id=candidate_id)
            if seen.sees(one)]  # fmt: skip


def looked(session: Session, candidate_ids: Sequence[int], how: str = "") -> None:
    """Write down that somebody looks at what candidates are offered."""
    told: dict[str, tuple[object, object]] = {"looked_at": (None, ["pay"])}
    if how:
        told["for"] = (None, how[:200])
    with audit.writing():
        lines = [audit.Line(one, told) for one in candidate_ids]
        audit.record(session, "candidate.look", words.CANDIDATES, lines)
