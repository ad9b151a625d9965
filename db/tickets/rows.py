"""Rows of the lists of tickets."""

from datetime import datetime
from typing import NamedTuple


class TicketLine(NamedTuple):
    """What a list shows of a ticket: names instead of ids, tags separated by commas."""

    id: int
    version: int
    kind: str
    state: str
    subject: str
    priority: int
    impact: int
    urgency: int
    requester: str
    organisation: str
    queue: str
    assignee: str
    category: str
    created_at: datetime
    updated_at: datetime
    due_at: datetime | None
    sla_due_at: datetime | None
    sla_warn_at: datetime | None
    sla_state: str
    wake_at: datetime | None
    first_response_due_at: datetime | None
    next_reply_due_at: datetime | None
    resolution_due_at: datetime | None
    requester_email: str
    tags: str


class TicketPage(NamedTuple):
    """Lines in the order of the list.

    Attributes:
        rows: The lines.
        cursors: The position of each, as opaque text.
        more: Whether the list goes on in the direction that was read.
    """

    rows: list[TicketLine]
    cursors: list[str]
    more: bool
