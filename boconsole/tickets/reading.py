"""What people see of tickets: lists, one ticket, its timeline."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from boconsole.audit import Change
from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets import linking, mailing, service_levels
from boconsole.tickets.fields import Describer
from boconsole.tickets.matching import selection
from boconsole.tickets.rows import AttachmentLine, Ref, TicketRow, TimelineEntry
from boconsole.tickets.words import LEVELS, PRIORITIES, number, parse_number
from db import audit as trail
from db import keyset
from db.conditions import Order, Selection
from db.tickets import names, pages, records, relations, threads
from db.tickets.records import TicketRecord
from db.tickets.rows import TicketLine, TicketPage

HISTORY_LIMIT = 2_000
MARK_LIMIT = 10_000
NOT_TOLD = frozenset(("message", "note"))
"""Changes that the timeline shows as messages."""


class Count(NamedTuple):
    """How many tickets match; `capped` when there are more than the number says."""

    number: int
    capped: bool


def list_page(
    session: Session,
    query: str,
    after: str = "",
    limit: int = 50,
    *,
    backwards: bool = False,
    order: tuple[tuple[str, bool], ...] = (),
) -> TicketPage:
    """Return a page of tickets.

    Args:
        session: Who reads.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.
        order: Fields and whether they descend, in place of the line's own `sort:`.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    wanted = _selection(session, query, order)
    cursor = keyset.decode(after) if after else None
    return pages.page(wanted, cursor, limit, backwards=backwards)


def page_around(
    session: Session,
    query: str,
    ticket_id: int,
    limit: int = 100,
    *,
    order: tuple[tuple[str, bool], ...] = (),
) -> TicketPage:
    """Return the rows around a ticket; the first page when the query does not find it."""
    return pages.page_around(_selection(session, query, order), ticket_id, limit)


def _selection(session: Session, query: str, order: tuple[tuple[str, bool], ...]) -> Selection:
    session.require("ticket.read")
    wanted = selection(session, query)
    if order:
        return wanted._replace(order=tuple(Order(*each) for each in order))
    return wanted


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many tickets match, counting no further than `cap`."""
    found = pages.count(_selection(session, query, ()), cap)
    return Count(min(found, cap), found > cap)


def refs(session: Session, query: str, limit: int = MARK_LIMIT) -> list[Ref]:
    """Return the tickets that match, with their versions, for an operation on all of them."""
    return [Ref(*pair) for pair in pages.ids(_selection(session, query, ()), limit)]


def line(session: Session, ticket_id: int) -> TicketLine | None:
    """Return the list line of one ticket, in whatever state."""
    found = pages.page(_selection(session, f"any number:{ticket_id}", ()), None, 1).rows
    return found[0] if found else None


def next_ticket(session: Session) -> TicketLine | None:
    """Return the most urgent ticket to work on: mine or nobody's, the soonest due first.

    Tickets with a running target come before those without; then priority decides, then age.
    """
    for query in (
        "(assignee:me or is:unassigned) (state:new or state:open) has:sla sort:sla",
        "(assignee:me or is:unassigned) (state:new or state:open) sort:-prio",
    ):
        found = list_page(session, query, limit=1).rows
        if found:
            return found[0]
    return None


def find(session: Session, name: str | int) -> TicketRecord:
    """Return the whole record of a ticket by number or id; raises NotFoundError."""
    session.require("ticket.read")
    ticket_id = name if isinstance(name, int) else parse_number(name)
    record = records.select_records([ticket_id]).get(ticket_id)
    if record is None:
        raise NotFoundError(_("ticket {number}").format(number=number(ticket_id)))
    return record


def get(session: Session, name: str | int) -> TicketRow:
    """Return a whole ticket in words, by number or id; raises NotFoundError."""
    record = find(session, name)
    word = Describer().word
    return TicketRow(
        id=record.id,
        version=record.version,
        kind=record.kind,
        state=record.state,
        subject=record.subject,
        impact=LEVELS[record.impact - 1],
        urgency=LEVELS[record.urgency - 1],
        priority=PRIORITIES[record.priority - 1],
        priority_reason=record.priority_reason,
        requester=str(word("requester_id", record.requester_id) or ""),
        requester_name=names.contact_name(record.requester_id) or "",
        organisation=str(word("organisation_id", record.organisation_id) or ""),
        queue=str(word("queue_id", record.queue_id) or ""),
        assignee=str(word("assignee_id", record.assignee_id) or ""),
        category=str(word("category_id", record.category_id) or ""),
        tags=relations.select_tags([record.id])[record.id],
        watchers=relations.select_watchers([record.id])[record.id],
        custom=relations.select_custom([record.id])[record.id],
        links=linking.links_of(record.id),
        created_at=record.created_at,
        updated_at=record.updated_at,
        resolved_at=record.resolved_at,
        closed_at=record.closed_at,
        due_at=record.due_at,
        wake_at=record.wake_at,
        responded_at=record.responded_at,
        resolution=record.resolution,
        rating=record.rating,
        minutes_spent=record.minutes_spent,
        channel=record.channel,
        merged_into=record.merged_into_id,
        sla=service_levels.levels_of(session, record),
    )


def timeline(session: Session, ticket_id: int) -> list[TimelineEntry]:
    """Return messages and changes of a ticket in one order, oldest first."""
    session.require("ticket.read")
    files: dict[int, list[AttachmentLine]] = {}
    for row in threads.select_attachments(ticket_id):
        file = AttachmentLine(row.id, row.name, row.media_type, row.size, row.sha256)
        files.setdefault(row.message_id, []).append(file)
    mails = mailing.states_of(ticket_id)
    entries = [
        TimelineEntry(
            message.at, message.user or message.contact or "-", message.kind, message.body, (),
            tuple(files.get(message.id, ())), message.id, message.minutes,
            mail=mails[message.id].state if message.id in mails else "",
            mail_reason=mails[message.id].reason if message.id in mails else "",
        )
        for message in threads.select_messages(ticket_id)
    ]  # fmt: skip
    for line_ in trail.select_history("ticket", ticket_id, HISTORY_LIMIT):
        changes = _changes(json.loads(line_.changes))
        if changes and line_.action not in ("ticket.create", "ticket.import"):
            entries.append(
                TimelineEntry(line_.at, line_.actor, "change", "", changes, action=line_.action)
            )
    return sorted(entries, key=lambda entry: (entry.at, entry.kind == "change"))


def _changes(told: Mapping[str, list[object]]) -> tuple[Change, ...]:
    return tuple(
        Change(field, before, after)
        for field, (before, after) in told.items()
        if field not in NOT_TOLD and field not in ("responded_at", "waiting_since", "moved")
    )
