"""The console itself, or its dashboard as text where there is no terminal."""

import gc
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from time import monotonic
from typing import TYPE_CHECKING, Any

from boconsole.doors import output
from boconsole.doors.calls import Call, has_terminal
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import N_, _

if TYPE_CHECKING:
    from boconsole.changes import Follower
    from boconsole.home.looking import Block, Figure, Home
    from boconsole.home.rows import Item
    from boconsole.session import Session
    from screens.places import Place

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
    worker = ThreadPoolExecutor(1, "operations")
    thread = _begun(call, worker)
    from boconsole import drafts
    from db import connection
    from screens.app import BoconsoleApp

    app = BoconsoleApp(
        thread.session,
        call.settings,
        follower=thread,
        drafts=drafts,
        interrupt=thread.stop,
        release=connection.release,
        start=start,
        heralds=HERALDS if call.guest else None,
        thread=worker,
    )
    if call.guest and call.door != "web":
        from screens.line import LineDriver

        app.driver_class = LineDriver
    app.run()
    if app.farewell:
        raise BoconsoleError(app.farewell)
    return Answer(code=app.return_code or 0)


def _begun(call: Call, worker: ThreadPoolExecutor) -> "_Thread":
    """Open the records in the thread that reads them: a console has one connection, not two."""
    try:
        return worker.submit(
            copy_context().run,
            lambda: _Thread(call.session(origin="console"), call.settings.attachment_limit),
        ).result()
    except BaseException:
        from db import connection

        worker.submit(connection.release)
        raise


class _Thread:
    """The worker thread of the app: follows other people's changes, and can be interrupted.

    It also does what falls due by itself, at first and then every minute, unless the SSH server
    does it for all its sessions. Until it is asked for the first time, when the first list is
    shown, nothing is searched for garbage.
    """

    def __init__(self, session: "Session", attachment_limit: int) -> None:
        from boconsole import changes

        self.session = session
        self._attachment_limit = attachment_limit
        self._served = session.origin == "ssh" and session.number > 0
        self._chores_after = 0.0
        self._since = changes.head()
        self._follower: Follower | None = None
        self._interrupt: Callable[[], None] = lambda: None

    def stirred(self) -> bool:
        """Return whether it is worth to ask; cheap, and from any thread."""
        due = monotonic() >= self._chores_after and not self._served
        return due or self._follower is None or self._follower.stirred()

    def poll(self) -> Sequence[Any]:  # Any: as the follower has them
        """Return what others changed; runs in the thread, whose statements `stop` cancels."""
        from boconsole.changes import Follower
        from db import connection

        self._interrupt = connection.interrupter()
        if self._follower is None:
            self._follower = Follower(self.session, self._since)
            _collect_garbage()
        if monotonic() >= self._chores_after and not self._served:
            self._do_chores()
        return self._follower.poll()

    def _do_chores(self) -> None:
        from boconsole import filing
        from boconsole.doors import chores

        filing.set_limit(self._attachment_limit)
        self._chores_after = monotonic() + CHORES_EVERY
        chores.run(self.session)

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
    """Answer with Home: what waits, the figures of the role, what is due next, what is new."""
    from boconsole.home import looking

    session = call.session()
    seen = looking.look(session)
    value = {
        "user": session.user.login,
        "at": seen.at,
        "blocks": {block.name: _block(block) for block in seen.blocks},
    }
    return Answer(value, lambda: _text(session, seen))


def _block(block: "Block") -> dict[str, Any]:  # Any: what JSON can hold
    return {
        "figures": {one.name: _figure(one) for one in block.figures},
        "rows": [_row(one) for one in block.items],
    }


def _figure(one: "Figure") -> dict[str, Any]:  # Any: as above
    from boconsole.home.lists import LISTS

    listed = LISTS[one.listed]
    found: dict[str, Any] = {
        "count": _number(one), "area": listed.area, "list": listed.room, "query": one.query,
    }  # fmt: skip
    if one.trend is not None:
        found["trend"] = list(one.trend.values)
        if one.trend.amount is not None:
            found["amount"], found["commodity"] = _amount(one), one.trend.amount.commodity
    return found


def _row(one: "Item") -> dict[str, Any]:  # Any: as above
    return {
        "number": one.number or one.record, "text": one.text, "about": one.about, "day": one.day,
        "at": one.at, "ticket": one.ticket_id or None,
    }  # fmt: skip


def _number(figure: "Figure") -> int | str:
    count = figure.tally
    return f"{count.number}+" if count.capped else count.number


def _amount(figure: "Figure") -> str:
    from boconsole.money import plain

    found = figure.trend.amount if figure.trend else None
    return plain(found.amount, found.precision) if found else str(_number(figure))


def _text(session: "Session", seen: "Home") -> str:
    return "\n\n".join(filter(None, (_told(session, block) for block in seen.blocks)))


def _told(session: "Session", block: "Block") -> str:
    from boconsole.home.blocks import BLOCKS

    made = BLOCKS[block.name]
    if block.figures:
        rows = [(_title(one), _amount(one)) for one in block.figures]
        return output.table((_(made.title), ""), rows, right=frozenset((1,)))
    if due := [one.ticket for one in block.items if one.ticket is not None]:
        from boconsole.doors.ticket_lines import lines_table

        return lines_table(due, session.zone)
    if block.items:
        told = [_item(session, one) for one in block.items]
        return output.table((_(made.title), "", "", ""), told)
    return f"{_(made.title)}\n{_(made.empty)}" if made.quiet else ""


def _title(one: "Figure") -> str:
    amount = one.trend.amount if one.trend else None
    return f"{_(one.title)}, {amount.commodity}" if amount else _(one.title)


def _item(session: "Session", one: "Item") -> tuple[str, str, str, str]:
    when = output.local(one.at, session.zone) if one.at else str(one.day or "")
    return (one.number, when, one.text, one.about)
