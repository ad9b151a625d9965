"""The console itself, or its dashboard as text where there is no terminal."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from boconsole.doors import output
from boconsole.doors.calls import Call, has_terminal
from boconsole.doors.output import Answer
from boconsole.language import N_, _

if TYPE_CHECKING:
    from boconsole.changes import Follower
    from boconsole.session import Session


def open_console(call: Call) -> Answer:
    """Open the console; without a terminal answer with the dashboard."""
    if call.words.json or not has_terminal():
        return dashboard(call)
    session = call.session(origin="console")
    from boconsole import drafts
    from db import connection
    from screens.app import BoconsoleApp

    thread = _Thread(session)
    app = BoconsoleApp(
        session,
        call.settings,
        follower=thread,
        drafts=drafts,
        interrupt=thread.stop,
        release=connection.release,
    )
    app.run()
    return Answer(code=app.return_code or 0)


class _Thread:
    """The worker thread of the app: follows other people's changes, and can be interrupted."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._follower: Follower | None = None
        self._interrupt: Callable[[], None] = lambda: None

    def poll(self) -> Sequence[Any]:  # Any: as the follower has them
        """Return what others changed; runs in the thread, whose statements `stop` cancels."""
        from boconsole.changes import Follower
        from db import connection

        self._interrupt = connection.interrupter()
        if self._follower is None:
            self._follower = Follower(self._session)
        return self._follower.poll()

    def stop(self) -> None:
        """Cancel the statement that the thread runs."""
        self._interrupt()


def dashboard(call: Call) -> Answer:
    """Answer with how much there is to do."""
    session = call.session()
    session.require("ticket.read")
    counts = read_counts(session)
    shown = [(_(title), counts[key]) for key, title, _query in COUNTS]
    states = counts["by_state"]
    assert isinstance(states, dict)
    value = {"user": session.user.login, "at": session.now(), **counts}

    def text() -> str:
        rows = [(title, str(number)) for title, number in shown]
        rows += [(f"{_('State')} {state}", str(number)) for state, number in states.items()]
        return output.table((_("Tickets"), ""), rows, right=frozenset((1,)))

    return Answer(value, text)


COUNTS = (
    ("mine", N_("Mine, active"), "assignee:me"),
    ("unassigned", N_("Unassigned"), "is:unassigned"),
    ("breaching_soon", N_("Breaching soon"), "is:warned"),
    ("breached", N_("Breached"), "is:breached"),
    ("waiting", N_("Waiting"), "is:waiting"),
)


def read_counts(session: "Session") -> dict[str, object]:
    """Return the numbers of the dashboard; large ones end in `+`."""
    from boconsole.tickets import reading
    from boconsole.tickets.words import STATES

    def count(query: str) -> int | str:
        found = reading.count(session, query)
        return f"{found.number}+" if found.capped else found.number

    counts: dict[str, object] = {key: count(query) for key, _title, query in COUNTS}
    counts["by_state"] = {state: count(f"state:{state}") for state in STATES[:-1]}
    return counts
