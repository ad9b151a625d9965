"""Lines of lists of tickets: for programs as records, for people as a table."""

from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.language import N_, _
from boconsole.tickets.words import LEVELS, PRIORITIES, number

if TYPE_CHECKING:
    from db.tickets.rows import TicketLine

Value = Callable[["TicketLine"], object]

COLUMNS: dict[str, tuple[str, Value]] = {
    "number": (N_("Number"), lambda line: number(line.id)),
    "kind": (N_("Kind"), lambda line: line.kind),
    "state": (N_("State"), lambda line: line.state),
    "priority": (N_("Priority"), lambda line: PRIORITIES[line.priority - 1]),
    "impact": (N_("Impact"), lambda line: LEVELS[line.impact - 1]),
    "urgency": (N_("Urgency"), lambda line: LEVELS[line.urgency - 1]),
    "subject": (N_("Subject"), lambda line: line.subject),
    "requester": (N_("Requester"), lambda line: line.requester),
    "organisation": (N_("Organisation"), lambda line: line.organisation),
    "queue": (N_("Queue"), lambda line: line.queue),
    "assignee": (N_("Assignee"), lambda line: line.assignee),
    "category": (N_("Category"), lambda line: line.category),
    "tag": (N_("Tags"), lambda line: line.tags.replace(",", ", ")),
    "created": (N_("Created"), lambda line: line.created_at),
    "updated": (N_("Updated"), lambda line: line.updated_at),
    "due": (N_("Due"), lambda line: line.due_at),
    "sla": (N_("Target"), lambda line: line.sla_due_at),
    "sla.warn": (N_("Warning"), lambda line: line.sla_warn_at),
    "sla.state": (N_("Level"), lambda line: line.sla_state),
    "response.due": (N_("Response due"), lambda line: line.first_response_due_at),
    "reply.due": (N_("Reply due"), lambda line: line.next_reply_due_at),
    "resolution.due": (N_("Resolution due"), lambda line: line.resolution_due_at),
    "requester.email": (N_("Address"), lambda line: line.requester_email),
    "wake": (N_("Wakes"), lambda line: line.wake_at),
    "next": (N_("Due"), lambda line: line.sla_due_at or line.due_at),
}
"""What `cols:` may name here, heading and value; `next` is the sooner of target and date."""
SHOWN = ("number", "state", "priority", "subject", "assignee", "queue", "next")


def line_record(line: "TicketLine", cursor: str) -> dict[str, object]:
    """Return a line of a list as programs read it, with the cursor that continues after it."""
    return {
        "number": number(line.id),
        "version": line.version,
        "kind": line.kind,
        "state": line.state,
        "subject": line.subject,
        "priority": PRIORITIES[line.priority - 1],
        "impact": LEVELS[line.impact - 1],
        "urgency": LEVELS[line.urgency - 1],
        "requester": line.requester_email or None,
        "requester_name": line.requester or None,
        "organisation": line.organisation or None,
        "queue": line.queue or None,
        "assignee": line.assignee or None,
        "category": line.category or None,
        "tags": line.tags.split(",") if line.tags else [],
        "created_at": line.created_at,
        "updated_at": line.updated_at,
        "due_at": line.due_at,
        "wake_at": line.wake_at,
        "sla": {
            "due": line.sla_due_at,
            "state": line.sla_state,
            "first_response_due": line.first_response_due_at,
            "next_reply_due": line.next_reply_due_at,
            "resolution_due": line.resolution_due_at,
        },
        "cursor": cursor,
    }


def lines_table(lines: "Sequence[TicketLine]", zone: tzinfo, wanted: Sequence[str] = ()) -> str:
    """Return lines of a list for people; on a terminal the subjects are cut to fit.

    Args:
        lines: In order.
        zone: In which instants are shown.
        wanted: Columns of `cols:`; those that a line does not hold are left out.
    """
    names = [name for name in wanted if name in COLUMNS] or list(SHOWN)
    columns = [COLUMNS[name] for name in names]
    rows = [[output.local(value(line), zone) for _heading, value in columns] for line in lines]
    headings = [_(heading) for heading, _value in columns]
    if "subject" not in names:
        return output.table(headings, rows)
    cells = output.terminal_width()
    return output.fitted_table(headings, rows, cells, cut=names.index("subject"))
