"""What somebody finds on arriving: how much there is to do, what is due next, what is new.

Counts stop at a bound, so that the answer takes as long with a million tickets as with a few.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole.filters.writing import quote
from boconsole.session import Session
from boconsole.tickets import choosing, notifying, reading
from boconsole.tickets.reading import Count
from boconsole.tickets.words import ACTIVE, STATES
from db.notifications import NotificationRow
from db.tickets.rows import TicketLine

FIGURES = (
    ("mine", "is:mine"),
    ("unassigned", "is:unassigned"),
    ("warned", "is:warned"),
    ("breached", "is:breached"),
    ("waiting", "state:pending"),
    ("unread", "any is:unread"),
)
"""What is counted and the query that lists it."""

NEXT_DUE = "(is:mine or is:unassigned) has:sla sort:sla"
ELSEWHERE = {"leave": ("staff", "LVE-{:04}"), "overtime": ("staff", "OVT-{:04}")}
"""Features beside tickets that tell people something: the area, and how its numbers are written."""
CAP, DUE_LIMIT, NEWS_LIMIT, QUEUE_LIMIT = 1_000, 12, 20, 12


class Figure(NamedTuple):
    """A count and the query that lists what was counted; `name` is an id, a state or a queue."""

    name: str
    query: str
    tally: Count


class News(NamedTuple):
    """A sentence that the user has not read.

    Attributes:
        ticket_id: The ticket that it is about, 0 for something else.
        area: Of a record that is no ticket.
        number: Of that record.
    """

    at: datetime
    text: str
    ticket_id: int
    area: str = ""
    number: str = ""


class Dashboard(NamedTuple):
    """Everything of the first screen, as of `at`."""

    at: datetime
    figures: tuple[Figure, ...]
    states: tuple[Figure, ...]
    queues: tuple[Figure, ...]
    due: tuple[TicketLine, ...]
    news: tuple[News, ...]


def look(session: Session) -> Dashboard:
    """Return the dashboard of the one who acts; raises NotAllowedError."""
    session.require("ticket.read")
    active = [(state, f"state:{state}") for state in STATES if state in ACTIVE]
    queues = [(name, f"queue:{quote(name)}") for name in choosing.queues(session)[:QUEUE_LIMIT]]
    news = notifying.unread(session, NEWS_LIMIT)
    return Dashboard(
        session.now(),
        _figures(session, FIGURES),
        _figures(session, active),
        _figures(session, queues),
        tuple(reading.list_page(session, NEXT_DUE, limit=DUE_LIMIT).rows),
        tuple(_news(row) for row in news if row.feature == "ticket" or row.feature in ELSEWHERE),
    )


def _news(row: NotificationRow) -> News:
    if row.feature == "ticket":
        return News(row.at, row.text, row.record_id)
    area, form = ELSEWHERE[row.feature]
    return News(row.at, row.text, 0, area, form.format(row.record_id))


def _figures(session: Session, asked: Sequence[tuple[str, str]]) -> tuple[Figure, ...]:
    return tuple(Figure(name, query, reading.count(session, query, CAP)) for name, query in asked)
