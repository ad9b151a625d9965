"""What operations take and give."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from boconsole.audit import Change
from boconsole.filing import File as File  # tickets know it from here
from db.tickets.rows import TicketLine as TicketLine  # screens know it from here


class Versioned(Protocol):
    """Anything that names a ticket as somebody saw it."""

    @property
    def id(self) -> int:
        """The ticket."""

    @property
    def version(self) -> int:
        """The version that was seen."""


class Ref(NamedTuple):
    """A ticket by id, as seen at a version; version 0 takes whatever is there now."""

    id: int
    version: int = 0


class NewTicket(NamedTuple):
    """What a new ticket is made of; fields as `tickets edit` takes them."""

    subject: str
    body: str = ""
    fields: Mapping[str, object] = {}
    channel: str = "console"
    files: tuple[File, ...] = ()


class Target(NamedTuple):
    """One service level target of a ticket as it stands now.

    Attributes:
        due: When it is due, None unless it runs.
        state: `none`, `running`, `paused`, `met` or `breached`.
        left: Business seconds left, negative when late; None without target.
        warned: Whether the warning fraction is passed.
    """

    due: datetime | None
    state: str
    left: int | None
    warned: bool


class ServiceLevels(NamedTuple):
    """The three targets and the policy they come from."""

    policy: str
    first_response: Target
    next_reply: Target
    resolution: Target


class LinkLine(NamedTuple):
    """A linked ticket, seen from this one."""

    kind: str
    id: int
    subject: str
    state: str


class TicketRow(NamedTuple):
    """A whole ticket in words, for detail screens and the command line."""

    id: int
    version: int
    kind: str
    state: str
    subject: str
    impact: str
    urgency: str
    priority: str
    priority_reason: str
    requester: str
    requester_name: str
    organisation: str
    queue: str
    assignee: str
    category: str
    tags: tuple[str, ...]
    watchers: tuple[str, ...]
    custom: Mapping[str, str]
    links: tuple[LinkLine, ...]
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    wake_at: datetime | None
    responded_at: datetime | None
    resolution: str
    rating: int | None
    minutes_spent: int
    channel: str
    merged_into: int | None
    sla: ServiceLevels


class AttachmentLine(NamedTuple):
    """A file of a message; size in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str


class TimelineEntry(NamedTuple):
    """One thing that happened to a ticket.

    Attributes:
        kind: `request`, `reply`, `note` or `change`.
        text: The message, empty for a change.
        changes: What changed, for a change.
        mail: How far the mail of a reply is: a state of the outbox; empty where none is sent.
        mail_reason: What the other side said of it.
    """

    at: datetime
    who: str
    kind: str
    text: str
    changes: tuple[Change, ...] = ()
    attachments: tuple[AttachmentLine, ...] = ()
    message_id: int = 0
    minutes: int = 0
    action: str = ""
    mail: str = ""
    mail_reason: str = ""


class Done(NamedTuple):
    """What an operation did: its number for undo, and the tickets as they are now."""

    operation: int
    tickets: tuple[Ref, ...]
