"""Home as it is read, block by block.

Counts stop at a bound and rows at a few, so that the answer takes as long with a million
records as with a few. A block is read alone, so that none waits for another.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole.filters.writing import quote
from boconsole.home import arranging, rows, trends
from boconsole.home.blocks import BLOCKS, Asked
from boconsole.home.lists import LISTS
from boconsole.home.rows import Item
from boconsole.home.trends import Trend
from boconsole.language import N_
from boconsole.session import Session
from boconsole.tickets import choosing
from boconsole.tickets.reading import Count
from boconsole.tickets.words import ACTIVE, STATES

QUEUE_LIMIT = 12
STATE_TITLES = {
    "new": N_("new"), "open": N_("open"), "pending": N_("pending"), "on_hold": N_("on hold"),
}  # fmt: skip


class Figure(NamedTuple):
    """A count and the list of what was counted.

    Attributes:
        name: An id, a state or a queue.
        title: Marked with `N_`; the name of a queue stays as it is.
        listed: One of `lists.LISTS`.
        query: That finds what was counted.
        tally: How many there are.
        tone: How it stands out when it is not zero.
        trend: How it went, where it is told; then an amount may stand for the count.
    """

    name: str
    title: str
    listed: str
    query: str
    tally: Count
    tone: str = "strong"
    trend: Trend | None = None


class Block(NamedTuple):
    """A block with what was read of it."""

    name: str
    figures: tuple[Figure, ...] = ()
    items: tuple[Item, ...] = ()


class Home(NamedTuple):
    """Everything of Home, as of `at`."""

    at: datetime
    blocks: tuple[Block, ...]


def look(session: Session) -> Home:
    """Return all blocks of the one who acts, in their order."""
    return Home(
        session.now(), tuple(read(session, name) for name in arranging.arrangement(session))
    )


def read(session: Session, name: str) -> Block:
    """Return one block; raises NotAllowedError for one that may not be seen."""
    made = BLOCKS[name]
    if not arranging.may_see(session, name):
        session.require((made.permissions or LISTS[made.figures[0].listed].permissions)[0])
    figures = [_figure(session, one) for one in made.figures if LISTS[one.listed].opens(session)]
    if made.quiet:
        figures = [one for one in figures if one.tally.number]
    if name == "states":
        figures = _states(session)
    elif name == "queues":
        figures = _queues(session)
    elif name == "trends":
        figures = _trends(session)
    elif made.rows:
        return Block(name, tuple(figures), tuple(rows.READERS[made.rows](session)))
    return Block(name, tuple(figures))


def _figure(session: Session, one: Asked) -> Figure:
    tally = LISTS[one.listed].tally(session, one.query)
    return Figure(one.name, one.title, one.listed, one.query, tally, one.tone)


def _of_tickets(session: Session, asked: Sequence[tuple[str, str, str]]) -> list[Figure]:
    count = LISTS["tickets"].tally
    return [Figure(name, title, "tickets", query, count(session, query))
            for name, title, query in asked]  # fmt: skip


def _states(session: Session) -> list[Figure]:
    return _of_tickets(session, [(state, STATE_TITLES.get(state, state), f"state:{state}")
                                 for state in STATES if state in ACTIVE])  # fmt: skip


def _queues(session: Session) -> list[Figure]:
    names = choosing.queues(session)[:QUEUE_LIMIT]
    return _of_tickets(session, [(name, name, f"queue:{quote(name)}") for name in names])


def _trends(session: Session) -> list[Figure]:
    found = []
    for asked, trend in trends.of(session):
        tally = LISTS[asked.listed].tally(session, asked.query)
        found.append(Figure(asked.name, asked.title, asked.listed, asked.query, tally,
                            trend=trend))  # fmt: skip
    return found
