"""The lines of the dashboard: texts of what was read, and where each of them leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content

from boconsole.home import Dashboard, Figure, News
from boconsole.language import N_, _, grouped
from boconsole.session import Session
from boconsole.tickets.reading import Count
from boconsole.tickets.rows import TicketLine
from screens import cells
from screens.cells import Cell, fit
from screens.places import Place
from screens.prose import toned
from screens.ticket_facts import number

FIGURES = {
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "warned": N_("Breaching soon"),
    "breached": N_("Breached"),
    "waiting": N_("Waiting for an answer"),
    "unread": N_("Unread"),
}
TONES = {"warned": "warn", "breached": "bad", "unread": "info"}
NAME, NUMBER = 24, 8
WIDE, LEFT = 100, 40


class Line(NamedTuple):
    """A line of the dashboard.

    Attributes:
        query: The list that Enter opens.
        ticket: The ticket that Enter opens.
        side: Whether it stands at the right where there is room.
        place: Of another record that Enter opens.
    """

    text: Content
    query: str | None = None
    ticket: int = 0
    side: bool = False
    place: Place | None = None


def lay_out(seen: Dashboard, width: int, session: Session) -> list[Line]:
    """Return the lines in the order the cursor walks them: the left column, then the right."""
    room = max(width - 5 - (LEFT if width >= WIDE else 0), 40)
    words = {name: look.word for name, look in cells.STATES.items()}
    to_do = _section(_("To do"), [_figure(one, FIGURES) for one in seen.figures])
    due = _section(
        _("Next due, mine or nobody's"),
        [_due(row, room, session) for row in seen.due],
        side=True,
        empty=_("Nothing is due."),
    )
    news = _section(
        _("News for me"),
        [_news(item, room, session) for item in seen.news],
        side=True,
        empty=_("No news."),
    )
    states = _section(_("Active tickets"), [_figure(one, words) for one in seen.states])
    queues = _section(
        _("By queue"),
        [_figure(one, {}) for one in seen.queues],
        empty=_("There are no queues yet; Admin (0) makes them."),
    )
    if width >= WIDE:
        return [*to_do, *states, *queues, *due, *news]
    return [*to_do, *due, *news, *states, *queues]


def _figure(figure: Figure, words: dict[str, str]) -> Line:
    name = _(words.get(figure.name, figure.name))
    count = counted(figure.tally)
    tone = TONES.get(figure.name, "strong") if figure.tally.number else "muted"
    text = toned("  ", fit(cells.safe(name), NAME), (fit(count, NUMBER, right=True), tone))
    return Line(text, figure.query)


def _due(row: TicketLine, room: int, session: Session) -> Line:
    left = cells.countdown(row.sla_due_at, session.now(), warn_at=row.sla_warn_at)
    text = toned(
        "  ", (fit(number(row.id), 10), "info"), cells.priority(row.priority), " ",
        fit(cells.safe(row.subject), room - 35), " ",
        fit(cells.safe(row.assignee or "-"), 11),
        Cell(fit(left.text, 11, right=True), left.tone),
    )  # fmt: skip
    return Line(text, ticket=row.id)


def _news(item: News, room: int, session: Session) -> Line:
    at = fit(cells.instant(item.at, session.now(), session.zone), 10)
    text = fit(cells.safe(item.text), room - 10)
    place = Place(item.area, record=item.number) if item.number else None
    return Line(toned("  ", (at, "muted"), text), ticket=item.ticket_id, place=place)


def counted(count: Count) -> str:
    """Return a count, with a plus when there are more."""
    return f"{grouped(count.number)}{'+' if count.capped else ''}"


def _section(
    title: str, found: Iterable[Line], *, side: bool = False, empty: str = ""
) -> list[Line]:
    lines = [line._replace(side=side) for line in found]
    if not lines and empty:
        lines = [Line(toned((f"  {empty}", "muted")), side=side)]
    return [Line(toned((title, "strong")), side=side), *lines, Line(Content(""), side=side)]


def leads(line: Line) -> bool:
    """Return whether Enter goes somewhere from a line."""
    return line.query is not None or bool(line.ticket) or line.place is not None


def same(line: Line, other: Line) -> bool:
    """Return whether two lines lead to the same place."""
    mine, theirs = (line.query, line.ticket, line.place), (other.query, other.ticket, other.place)
    return leads(line) and mine == theirs
