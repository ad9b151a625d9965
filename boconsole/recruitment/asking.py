"""What can be asked of openings and candidates, and the lists that answer those who see them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from boconsole.filters import whole
from boconsole.filters.whole import Has, Register
from boconsole.recruitment import seeing, words
from boconsole.session import Session
from boconsole.staff.finding import today_of
from db.recruitment import records
from db.recruitment.rows import ApplicationRow, CandidateRow, OpeningRow


class OpeningLine(NamedTuple):
    """An opening in a list, and whether it is one's own."""

    row: OpeningRow
    mine: bool

    @property
    def id(self) -> int:
        """Of the opening."""
        return self.row.id


class Line(NamedTuple):
    """A candidate in a list, with one application; who applied for two openings has two lines.

    Attributes:
        overdue: Whether the candidate is to be forgotten by now.
    """

    candidate: CandidateRow
    application: ApplicationRow | None
    mine: bool
    overdue: bool

    @property
    def key(self) -> int:
        """What tells a line apart: the application, or less than 0 for one without."""
        return self.application.id if self.application else -self.candidate.id

    @property
    def number(self) -> str:
        """Of the candidate."""
        return self.candidate.number

    @property
    def stage(self) -> str:
        """Of the application, "" without one."""
        return self.application.stage if self.application else ""


OPENINGS: Register[OpeningLine] = Register(
    text=lambda one: "\n".join((one.row.number, one.row.title, one.row.department,
                                one.row.manager, one.row.place, one.row.note)),
    fields={
        "number": Has(lambda one: one.row.number),
        "title": Has(lambda one: one.row.title),
        "department": Has(lambda one: one.row.department),
        "manager": Has(lambda one: one.row.manager),
        "place": Has(lambda one: one.row.place),
        "state": Has(lambda one: one.row.state, "choice", tuple(words.STATE_TITLES)),
        "seats": Has(lambda one: one.row.seats, "number"),
        "hired": Has(lambda one: one.row.hired, "number"),
        "candidates": Has(lambda one: one.row.live, "number"),
        "opened": Has(lambda one: one.row.opened_on, "day"),
        "closed": Has(lambda one: one.row.closed_on, "day"),
    },
    flags={"mine": lambda one: one.mine},
    usual=lambda one: one.row.state in words.LIVE_STATES,
)  # fmt: skip


def _applied(take: Callable[[ApplicationRow], Any]) -> Callable[[Line], Any]:  # Any: of a row
    return lambda one: take(one.application) if one.application else ""


def _since(one: Line) -> date | None:
    return one.application.since_at.date() if one.application else None


STAGE: Has[Line] = Has(lambda one: one.stage, "choice", words.STAGES)
CANDIDATES: Register[Line] = Register(
    text=lambda one: "\n".join((one.number, *one.candidate[2:7],
                                one.application.opening if one.application else "")),
    fields={
        "number": Has(lambda one: one.number),
        "name": Has(lambda one: one.candidate.name),
        "email": Has(lambda one: one.candidate.email),
        "source": Has(lambda one: one.candidate.source),
        "stage": STAGE, "state": STAGE,
        "opening": Has(_applied(lambda row: row.opening_number)),
        "title": Has(_applied(lambda row: row.opening)),
        "since": Has(_since, "day"),
        "keep": Has(lambda one: one.candidate.keep_until, "day"),
        "consent": Has(lambda one: one.candidate.consent_on, "day"),
    },
    flags={
        "mine": lambda one: one.mine,
        "overdue": lambda one: one.overdue,
        "forgotten": lambda one: one.candidate.forgotten_at is not None,
        "hired": lambda one: one.candidate.employee_id is not None,
    },
    usual=lambda one: one.candidate.forgotten_at is None
    and (one.application is None or one.stage in words.LIVE),
)  # fmt: skip
_EVERY = re.compile(r"(?<!\w)(stage|is:(overdue|forgotten|hired))(?!\w)", re.IGNORECASE)
"""Words of a query that ask for who is not considered any more, too."""


def openings(session: Session, query: str = "") -> list[OpeningLine]:
    """Return the openings that a query names and somebody sees; raises QuerySyntaxError."""
    whole.check(session, OPENINGS, query)
    seen = seeing.scope(session)
    rows = [OpeningLine(row, seen.manages(row.manager_id)) for row in records.select_openings()
            if seen.sees_opening(row)]  # fmt: skip
    return whole.select(session, OPENINGS, query, rows)


def candidates(session: Session, query: str = "") -> list[Line]:
    """Return the candidates that a query names and somebody sees; raises QuerySyntaxError."""
    known = register_of(query)
    whole.check(session, known, query)
    seen, today = seeing.scope(session), today_of(session)
    found: dict[int, list[ApplicationRow]] = {}
    for row in records.select_applications():
        if seen.sees(row):
            found.setdefault(row.candidate_id, []).append(row)
    lines = []
    for candidate in records.select_candidates():
        overdue = (candidate.keep_until < today and candidate.forgotten_at is None
                   and candidate.employee_id is None)  # fmt: skip
        own = found.get(candidate.id, ())
        lines += [Line(candidate, row, seen.manages(row.manager_id), overdue) for row in own]
        if not own and seen.everything:
            lines.append(Line(candidate, None, False, overdue))
    return whole.select(session, known, query, lines)


def register_of(query: str) -> Register[Line]:
    """Return what may be asked; who is not considered any more is shown where that is asked."""
    if _EVERY.search(query):
        return Register(CANDIDATES.text, CANDIDATES.fields, CANDIDATES.flags)
    return CANDIDATES
