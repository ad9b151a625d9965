"""The record of one ticket's life: its state log, messages and operations.

They stand as they would in the database had people done all of it in the console. Nothing is
noted that lies after the present of the demo.
"""

from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from boconsole.demo.organisation import Agent, Person
from boconsole.tickets.words import ACTIVE

ID_ROOM = 16
"""Messages and states of a ticket have the ids from 16 times its own on, so that workers can
number them without knowing of each other."""

Told = dict[str, tuple[object, object]]


class Note(NamedTuple):
    """A message; ticket is where it hangs now, origin where it came from by a merge."""

    id: int
    ticket: int
    kind: str
    at: int
    user: int | None
    contact: int | None
    body: str
    minutes: int
    origin: int | None


class Act(NamedTuple):
    """An operation on one ticket; `actor` None is the system."""

    at: int
    actor: Agent | None
    action: str
    told: Told


class Diary:
    """One ticket while its life is made up; times are seconds since the epoch."""

    def __init__(self, ticket_id: int, created_at: int, requester: Person, now: int) -> None:
        self.id = ticket_id
        self.created_at = created_at
        self.requester = requester
        self.now = now
        self.state = "new"
        self.states = [("new", created_at)]
        self.messages: list[Note] = []
        self.acts: list[Act] = []
        self.assignee: Agent | None = None
        self.assigned_at: int | None = None
        self.responded_at: int | None = None
        self.waiting_since: int | None = created_at
        self.resolved_at: int | None = None
        self.closed_at: int | None = None
        self.wake_at: int | None = None
        self.merged_into: int | None = None
        self.resolution = ""
        self.rating: int | None = None
        self.minutes = 0

    @property
    def updated_at(self) -> int:
        """When the last operation was."""
        return max((act.at for act in self.acts), default=self.created_at)

    def assign(self, at: int, agent: Agent) -> None:
        """Give it to an agent, who opens it."""
        told = self._move(at, "open")
        told["assignee"] = (None, agent.login)
        self.assignee, self.assigned_at = agent, at
        self.acts.append(Act(at, agent, "ticket.edit", told))

    def reply(
        self, at: int, body: str, minutes: int, state: str = "", resolution: str = ""
    ) -> None:
        """Let the assignee write to the requester, perhaps into another state."""
        told = self._move(at, state) if state else {}
        if resolution:
            told["resolution"] = (self.resolution, resolution)
            self.resolution = resolution
        if self.waiting_since is not None:
            told["waiting_since"] = (instant(self.waiting_since), None)
            self.waiting_since = None
        if self.responded_at is None:
            told["responded_at"] = (None, instant(at))
            self.responded_at = at
        told["message"] = (None, self._write("reply", at, body, minutes))
        self._spend(told, minutes)
        self.acts.append(Act(at, self.assignee, "ticket.reply", told))

    def note(self, at: int, body: str, minutes: int, state: str = "") -> None:
        """Let the assignee leave a note, perhaps into another state."""
        told = self._move(at, state) if state else {}
        told["note"] = (None, self._write("note", at, body, minutes))
        self._spend(told, minutes)
        self.acts.append(Act(at, self.assignee, "ticket.note", told))

    def receive(self, at: int, body: str) -> None:
        """Take a message of the requester, which opens the ticket again."""
        told = self._move(at, "open") if self.state not in ("new", "open") else {}
        if self.waiting_since is None:
            told["waiting_since"] = (None, instant(at))
            self.waiting_since = at
        told["message"] = (None, self._write("request", at, body, 0))
        self.acts.append(Act(at, None, "ticket.receive", told))

    def change_state(self, at: int, state: str, actor: Agent | None, resolution: str = "") -> None:
        """Bring it into another state without a word."""
        told = self._move(at, state)
        if resolution:
            told["resolution"] = (self.resolution, resolution)
            self.resolution = resolution
        self.acts.append(Act(at, actor, "ticket.state", told))

    def sleep_until(self, wake_at: int) -> None:
        """Let a ticket that just became pending wake up by itself."""
        self.wake_at = wake_at
        self.acts[-1].told["wake"] = (None, instant(wake_at))

    def rate(self, at: int, rating: int) -> None:
        """Note how content the requester was."""
        self.rating = rating
        self.acts.append(Act(at, None, "ticket.edit", {"rating": (None, rating)}))

    def request(self, body: str) -> None:
        """Note the first message."""
        self._write("request", self.created_at, body, 0)

    def _move(self, at: int, state: str) -> Told:
        told: Told = {"state": (self.state, state)}
        finished = state in ("resolved", "closed")
        if finished and self.resolved_at is None:
            told["resolved_at"] = (None, instant(at))
            self.resolved_at = at
        elif not finished and self.resolved_at is not None:
            told["resolved_at"] = (instant(self.resolved_at), None)
            self.resolved_at = None
        if state == "closed":
            told["closed_at"] = (None, instant(at))
            self.closed_at = at
        if self.wake_at is not None:
            told["wake"] = (instant(self.wake_at), None)
            self.wake_at = None
        self.state = state
        self.states.append((state, at))
        return told

    def _write(self, kind: str, at: int, body: str, minutes: int) -> int:
        message_id = self.id * ID_ROOM + len(self.messages)
        user = self.assignee.id if kind != "request" and self.assignee else None
        contact = self.requester.id if kind == "request" else None
        self.messages.append(
            Note(message_id, self.id, kind, at, user, contact, body, minutes, None)
        )
        return message_id

    def _spend(self, told: Told, minutes: int) -> None:
        if minutes:
            told["minutes_spent"] = (self.minutes, self.minutes + minutes)
            self.minutes += minutes


def merge(source: Diary, target: Diary, at: int, agent: Agent) -> None:
    """Make one ticket a part of another, before anybody answered either of them."""
    moved = [message.id for message in source.messages]
    target.messages += [
        message._replace(ticket=target.id, origin=source.id) for message in source.messages
    ]
    target.messages.sort(key=lambda message: (message.at, message.id))
    source.messages = []
    told: Told = {"merged": (None, f"TKT-{source.id}"), "moved": (None, moved)}
    target.acts.append(Act(at, agent, "ticket.merge", told))
    end: Told = {
        "state": (source.state, "merged"),
        "closed_at": (None, instant(at)),
        "waiting_since": (instant(source.created_at), None),
        "merged_into": (None, f"TKT-{target.id}"),
    }
    source.acts.append(Act(at, agent, "ticket.merge", end))
    source.state, source.waiting_since = "merged", None
    source.states.append(("merged", at))
    source.closed_at, source.merged_into = at, target.id


def instant(seconds: int) -> str:
    """Return an instant as audit lines write it."""
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}Z"


def encoded(told: Told) -> str:
    """Return what an audit line keeps of an operation: JSON without spaces.

    It is five times as quick as making an encoder for each of some million small texts.
    """
    fields = [
        f"{quoted(field)}:[{_encoded(before)},{_encoded(after)}]"
        for field, (before, after) in told.items()
    ]
    return f"{{{','.join(fields)}}}"


def _encoded(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, list):
        return f"[{','.join(_encoded(each) for each in value)}]"
    return str(value)


def is_active(state: str) -> bool:
    """Return whether lists show a ticket by default."""
    return state in ACTIVE
