"""The console itself, or its dashboard as text where there is no terminal."""

import gc
import signal
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from boconsole.doors import output
from boconsole.doors.calls import Call, has_terminal
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import N_, _

if TYPE_CHECKING:
    from boconsole.changes import Follower
    from boconsole.home import Dashboard, Figure
    from boconsole.session import Session
    from screens.places import Place

TITLES = {
    "mine": N_("Mine"),
    "unassigned": N_("Unassigned"),
    "warned": N_("Breaching soon"),
    "breached": N_("Breached"),
    "waiting": N_("Waiting"),
    "unread": N_("Unread"),
    "on_hold": N_("on hold"),
}


CHORES_EVERY = 60.0
HERALDS = {
    signal.SIGUSR1: N_(
        "The server restarts within seconds. Save, or leave what you type: it stays."
    ),
    signal.SIGUSR2: N_("There is a new version: leave and connect again to get it."),
}
"""What the server of a session tells by a signal."""


def open_area(call: Call) -> Answer:
    """Open the console in an area, at a query if there is one."""
    from screens.areas import AREAS
    from screens.places import Place

    known = [area.id for area in AREAS]
    if call.words.where not in known:
        raise InvalidChangeError(
            "area",
            _("{where!r} is not one of {known}").format(
                where=call.words.where, known=", ".join(known)
            ),
        )
    if not has_terminal():
        raise BoconsoleError(_("The console needs a terminal; the other commands do not."))
    return open_console(call, Place(call.words.where, query=" ".join(call.words.query)))


def open_console(call: Call, start: "Place | None" = None) -> Answer:
    """Open the console; without a terminal answer with the dashboard."""
    if call.words.json or not (has_terminal() or call.door == "web"):
        return dashboard(call)
    gc.disable()
    session = call.session(origin="console")
    from boconsole import drafts
    from db import connection
    from screens.app import BoconsoleApp

    thread = _Thread(session, call.settings.attachment_limit)
    app = BoconsoleApp(
        session,
        call.settings,
        follower=thread,
        drafts=drafts,
        interrupt=thread.stop,
        release=connection.release,
        start=start,
        heralds=HERALDS if call.guest else None,
    )
    if call.guest:
        if call.door != "web":
            from screens.line import LineDriver

            app.driver_class = LineDriver
        connection.release()  # the thread has its own: a session has one, not two
    app.run()
    if app.farewell:
        raise BoconsoleError(app.farewell)
    return Answer(code=app.return_code or 0)


class _Thread:
    """The worker thread of the app: follows other people's changes, and can be interrupted.

    It also does what falls due by itself, at first and then every minute. Until it is asked for
    the first time, when the first list is shown, nothing is searched for garbage.
    """

    def __init__(self, session: "Session", attachment_limit: int) -> None:
        from boconsole import changes

        self._session = session
        self._attachment_limit = attachment_limit
        self._chores_after = 0.0
        self._since = changes.head()
        self._follower: Follower | None = None
        self._interrupt: Callable[[], None] = lambda: None

    def stirred(self) -> bool:
        """Return whether it is worth to ask; cheap, and from any thread."""
        due = monotonic() >= self._chores_after
        return due or self._follower is None or self._follower.stirred()

    def poll(self) -> Sequence[Any]:  # Any: as the follower has them
        """Return what others changed; runs in the thread, whose statements `stop` cancels."""
        from boconsole.changes import Follower
        from db import connection

        self._interrupt = connection.interrupter()
        if self._follower is None:
            self._follower = Follower(self._session, self._since)
            _collect_garbage()
        if monotonic() >= self._chores_after:
            self._do_chores()
        return self._follower.poll()

    def _do_chores(self) -> None:
        from boconsole import filing
        from boconsole.doors import chores

        filing.set_limit(self._attachment_limit)
        self._chores_after = monotonic() + CHORES_EVERY
        chores.run(self._session)

    def stop(self) -> None:
        """Cancel the statement that the thread runs."""
        self._interrupt()


def _collect_garbage() -> None:
    """Search for garbage from now on, but never again in what stands after the start.

    A search through the whole console would hold up a key for longer than drawing its answer.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


def dashboard(call: Call) -> Answer:
    """Answer with how much there is to do, what is due next and what is new."""
    from boconsole import home

    session = call.session()
    seen = home.look(session)
    value = {
        "user": session.user.login,
        "at": seen.at,
        **{figure.name: _number(figure) for figure in seen.figures},
        "states": {figure.name: _number(figure) for figure in seen.states},
        "queues": {figure.name: _number(figure) for figure in seen.queues},
        "due": [_number_of(line.id) for line in seen.due],
        "news": [news._asdict() for news in seen.news],
    }
    return Answer(value, lambda: _text(session, seen))


def _number(figure: "Figure") -> int | str:
    count = figure.tally
    return f"{count.number}+" if count.capped else count.number


def _number_of(ticket_id: int) -> str:
    from boconsole.tickets.words import number

    return number(ticket_id)


def _text(session: "Session", seen: "Dashboard") -> str:
    from boconsole.doors.ticket_lines import lines_table

    parts = [
        output.table(
            (heading, ""),
            [(_(TITLES.get(one.name, one.name)), str(_number(one))) for one in figures],
            right=frozenset((1,)),
        )
        for heading, figures in (
            (_("Tickets"), seen.figures),
            (_("State"), seen.states),
            (_("Queue"), seen.queues),
        )
        if figures
    ]
    if seen.due:
        parts.append(lines_table(seen.due, session.zone))
    if seen.news:
        rows = [(output.local(news.at, session.zone), news.text) for news in seen.news]
        parts.append(output.table((_("News"), ""), rows))
    return "\n\n".join(parts)
