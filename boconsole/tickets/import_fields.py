"""What a row of an imported table must say to become a ticket.

Fields that contradict each other refuse the row; fields that are silent are worked out from
those that speak.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from boconsole.errors import InvalidChangeError
from boconsole.importing import values
from boconsole.importing.rows import FieldType, RowRefusedError
from boconsole.language import _
from boconsole.text import clean_line
from boconsole.tickets.fields import TAG_LIMIT
from boconsole.tickets.words import ACTIVE, KINDS, LEVELS, PRIORITIES, one_of, priority_of, ranked

Value = TypeVar("Value")

STATES = ("new", "open", "pending", "on_hold", "resolved", "closed")
UNFIT_FOR_TAGS = re.compile(r"[\s,:\"'()|+]+")
LEVELS_OF_PRIORITY = {1: (1, 1), 2: (1, 2), 3: (2, 2), 4: (2, 3), 5: (3, 3)}
"""Impact and urgency that give a priority by the matrix."""


class TicketDraft(NamedTuple):
    """The cells of a row, converted; names are not looked up yet, instants are seconds."""

    subject: str
    body: str
    kind: str
    state: str | None
    impact: int | None
    urgency: int | None
    priority: int | None
    priority_reason: str
    requester: str
    requester_name: str
    requester_phone: str
    organisation: str
    queue: str
    assignee: str
    category: str
    created: int | None
    updated: int | None
    resolved: int | None
    closed: int | None
    due: int | None
    wake: int | None
    responded: int | None
    resolution: str
    rating: int | None
    minutes_spent: int
    channel: str
    tags: tuple[str, ...]


class Levels(NamedTuple):
    """Impact, urgency, the priority, and why it differs from the matrix."""

    impact: int
    urgency: int
    priority: int
    reason: str


class Times(NamedTuple):
    """State and instants of a ticket, in agreement; spans are states and since when."""

    state: str
    created: int
    updated: int
    resolved: int | None
    closed: int | None
    wake: int | None
    waiting: int | None
    spans: tuple[tuple[str, int], ...]


def ticket_fields(lists: Mapping[str, values.Convert]) -> dict[str, FieldType]:
    """Return what each field of a draft takes.

    Args:
        lists: How names of queues, categories, accounts and organisations are checked.
    """
    line = values.line()
    instant = FieldType(None)
    return {
        "subject": FieldType(line, "", required=True),
        "body": FieldType(values.text(), "", varied=True),
        "kind": FieldType(_word(lambda cell: one_of("", cell, KINDS)), "incident"),
        "state": FieldType(_word(_state)),
        "impact": FieldType(_word(lambda cell: ranked("", cell, LEVELS))),
        "urgency": FieldType(_word(lambda cell: ranked("", cell, LEVELS))),
        "priority": FieldType(_word(lambda cell: ranked("", cell, PRIORITIES))),
        "priority_reason": FieldType(line, ""),
        "requester": FieldType(values.email, "", varied=True),
        "requester_name": FieldType(values.line(200), "", varied=True),
        "requester_phone": FieldType(values.line(60), "", varied=True),
        "organisation": FieldType(lists["organisation"], ""),
        "queue": FieldType(lists["queue"], ""),
        "assignee": FieldType(lists["assignee"], ""),
        "category": FieldType(lists["category"], ""),
        "created": instant,
        "updated": instant,
        "resolved": instant,
        "closed": instant,
        "due": instant,
        "wake": instant,
        "responded": instant,
        "resolution": FieldType(line, ""),
        "rating": FieldType(values.whole(1, 5)),
        "minutes_spent": FieldType(values.whole(0, 10_000_000), 0),
        "channel": FieldType(values.line(40), "import"),
        "tags": FieldType(_tag, (), many=True),
    }


def _word(convert: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return a conversion that refuses as those of cells do."""

    def checked(cell: str) -> Value:
        try:
            return convert(cell)
        except InvalidChangeError as error:
            raise ValueError(error.reason) from error

    return checked


def _state(cell: str) -> str:
    if cell.strip().lower() == "merged":
        raise InvalidChangeError("", _("merged tickets come in as closed; map merged to closed"))
    return one_of("", cell, STATES)


def _tag(cell: str) -> str:
    """Return a tag in small letters, what a tag cannot hold replaced by hyphens."""
    tag = UNFIT_FOR_TAGS.sub("-", clean_line(cell, field="", limit=10_000).lower()).strip("-")
    if not 0 < len(tag) <= TAG_LIMIT:
        raise ValueError(
            _("{cell} cannot be a tag of 1 to {tag_limit} characters").format(
                cell=values.shown(cell), tag_limit=TAG_LIMIT
            )
        )
    return tag


def levels_of(draft: TicketDraft) -> Levels:
    """Return impact, urgency and priority, the missing ones after the matrix."""
    impact, urgency, wanted = draft.impact, draft.urgency, draft.priority
    if wanted is not None and impact is None and urgency is None:
        return Levels(*LEVELS_OF_PRIORITY[wanted], wanted, "")
    impact, urgency = impact or 2, urgency or 2
    matrix = priority_of(impact, urgency)
    if wanted is None or wanted == matrix:
        return Levels(impact, urgency, matrix, "")
    return Levels(impact, urgency, wanted, draft.priority_reason or "as imported")


def times_of(draft: TicketDraft, now: int) -> Times:
    """Return state and instants in agreement.

    Raises:
        RowRefusedError: They contradict each other, or lie in the future.
    """
    past = (draft.created, draft.updated, draft.resolved, draft.closed, draft.responded)
    told = [moment for moment in past if moment is not None]
    for name, moment in zip(PAST, past, strict=True):
        if moment is not None and moment > now:
            raise RowRefusedError(
                [(name, _("lies in the future; check the map's dates and timezone"))]
            )
    created = draft.created if draft.created is not None else min(told, default=now)
    state = draft.state or _derived_state(draft)
    updated = draft.updated if draft.updated is not None else max([created, *told])
    updated = max(updated, created)
    resolved = closed = None
    if state not in ACTIVE:
        resolved = next(
            moment for moment in (draft.resolved, draft.closed, updated) if moment is not None
        )
        if state == "closed":
            closed = resolved if draft.closed is None else draft.closed
        _check_order(created, resolved, closed)
    waiting = created if state in ACTIVE and draft.responded is None else None
    wake = draft.wake if state == "pending" else None
    spans = _spans(draft, state, created, updated, resolved, closed)
    return Times(state, created, updated, resolved, closed, wake, waiting, spans)


PAST = ("created", "updated", "resolved", "closed", "responded")


def _derived_state(draft: TicketDraft) -> str:
    """Return the state that the instants tell, where no column does."""
    if draft.closed is not None:
        return "closed"
    if draft.resolved is not None:
        return "resolved"
    return "new" if draft.responded is None else "open"


def _check_order(created: int, resolved: int, closed: int | None) -> None:
    if resolved < created:
        raise RowRefusedError([("resolved", _("lies before the ticket was created"))])
    if closed is not None and closed < resolved:
        raise RowRefusedError([("closed", _("lies before the ticket was resolved"))])


def _spans(
    draft: TicketDraft,
    state: str,
    created: int,
    updated: int,
    resolved: int | None,
    closed: int | None,
) -> tuple[tuple[str, int], ...]:
    """Return the state log as far as the file tells it."""
    spans = [("new", created)]
    if state == "open":
        spans.append(("open", max(created, draft.responded or created)))
    elif state in ("pending", "on_hold"):
        spans.append((state, updated))
    elif resolved is not None:
        if closed is None or resolved < closed:
            spans.append(("resolved", resolved))
        if closed is not None:
            spans.append(("closed", closed))
    return tuple(spans)
