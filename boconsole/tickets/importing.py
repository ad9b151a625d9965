"""Bringing tickets in from a table, by a map.

An imported ticket gets its contact, first message, state log, tags, custom values, search
entry and audit line like one made by hand; assignment rules and triggers are left out, and
nobody is notified. Formulas in cells are text like any other.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.importing import chunks
from boconsole.importing.chunks import Arrival
from boconsole.importing.errors import MapError
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, Read, RowReader, RowRefusedError, reader_of
from boconsole.importing.rules import ImportMap, Rule
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets import service_levels
from boconsole.tickets.import_fields import (
    Levels,
    TicketDraft,
    Times,
    levels_of,
    ticket_fields,
    times_of,
)
from boconsole.tickets.import_lists import CREATABLE, Lists, Person, custom_check
from boconsole.tickets.words import ACTIVE, PRIORITIES
from db import connection
from db.loading import reserve_ids
from db.tickets import bulk, loading
from db.tickets.loading import (
    ContactFound,
    CustomLoad,
    MessageLoad,
    SpanLoad,
    TicketLoad,
)

NOBODY = ContactFound(0, None)
LARGE_FILE = 3_000_000
"""Bytes from which making indexes afterwards is faster."""


class ReadyTicket(NamedTuple):
    """A row that can be written as it is; custom values are text and number by field."""

    draft: TicketDraft
    times: Times
    levels: Levels
    custom: tuple[tuple[str, str, object], ...]


def import_tickets(
    session: Session,
    path: Path,
    map_path: Path,
    *,
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import the rows of a file as tickets, all good ones in one transaction.

    Args:
        session: Who imports; needs `ticket.import`, and `ticket.configure` where the map lets
            queues, categories or custom fields be made.
        path: A file of separated cells with a heading.
        map_path: The map, a TOML file or the name of one that comes with the program.
        dry_run: Check everything and write nothing.
        refused_path: Where refused rows go; by default beside the file, and nowhere in a dry run.
        progress: Told rows done and the part of the file after each chunk.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    session.require("ticket.import")
    plan = read_map(find_map(map_path), TicketDraft._fields, many=("tags",), lists=CREATABLE)
    if plan.create:
        session.require("ticket.configure")
    moving_in = not dry_run and _is_moving_in(path)
    return chunks.run(
        path,
        plan,
        lambda header: _TicketWriter(session, plan, header, moving_in),
        transaction=nullcontext if dry_run else lambda: _together(moving_in),
        dry_run=dry_run,
        refused_path=refused_path,
        progress=progress,
    )


def _is_moving_in(path: Path) -> bool:
    """Return whether a large file comes into a database without tickets."""
    large = path.is_file() and path.stat().st_size >= LARGE_FILE
    return large and connection.engine() == "sqlite" and loading.has_no_ticket()


@contextmanager
def _together(moving_in: bool) -> Iterator[None]:
    """Hold the transaction of an import; when moving in, indexes are made once at the end."""
    with connection.transaction(), bulk.indexes_apart() if moving_in else nullcontext():
        yield


class _TicketWriter:
    """Checks rows and writes them as tickets."""

    def __init__(
        self, session: Session, plan: ImportMap, header: Sequence[str], moving_in: bool
    ) -> None:
        self._session = session
        self._moving_in = moving_in
        self._now = int(session.now().timestamp())
        self._lists = Lists(plan.create, self._now)
        types = ticket_fields(self._lists.checks())
        self._reader = RowReader(TicketDraft, types, plan, header)
        self._custom = list(self._custom_steps(plan, header))
        self._promised = bool(service_levels.promises())
        self._operation = 0

    def _custom_steps(self, plan: ImportMap, header: Sequence[str]) -> list[tuple[str, Read]]:
        rules = dict(plan.custom)
        if prefix := plan.custom_prefix:
            for column in header:
                if column.startswith(prefix) and column != prefix:
                    name = column.removeprefix(prefix)
                    rules.setdefault(name, Rule(name, "column", (column,)))
        missing = [name for name in rules if name not in self._lists.custom]
        if missing and not self._lists.may_create("custom"):
            raise MapError(
                plan.path,
                f"custom.{missing[0]}",
                _('there is no such custom field; make it first, or add "custom" to `create`'),
            )
        for name in missing:
            if not name.isidentifier() or name != name.lower() or len(name) > 60:
                raise MapError(
                    plan.path, f"custom.{name}", _("a new field is called by small letters, 0-9, _")
                )
        return [
            (name, reader_of(rule, FieldType(custom_check(self._lists.peek(name))), header, plan))
            for name, rule in rules.items()
        ]

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that tickets have."""
        return set() if self._moving_in else loading.select_keys(external_keys)

    def check(self, cells: Sequence[str]) -> ReadyTicket:
        """Return a row in agreement with itself."""
        draft = self._reader.read(cells)
        if not draft.requester and (draft.requester_name or draft.requester_phone):
            raise RowRefusedError(
                [("requester", _("is empty beside a name; people are told apart by mail address"))]
            )
        custom = []
        for name, read in self._custom:
            try:
                value = read(cells)
            except ValueError as error:
                raise RowRefusedError([(f"cf.{name}", str(error))]) from error
            if value is not None and value[0]:
                custom.append((name, *value))
        return ReadyTicket(draft, times_of(draft, self._now), levels_of(draft), tuple(custom))

    def write(self, arrivals: Sequence[Arrival[ReadyTicket]]) -> None:
        """Write a chunk of tickets and everything that hangs on them."""
        contacts = self._lists.contacts(
            Person(draft.requester, draft.requester_name, draft.requester_phone, draft.organisation)
            for _, (draft, *_rest) in arrivals
            if draft.requester
        )
        ids = reserve_ids("ticket", len(arrivals))
        tickets = [
            self._ticket(key, arrival, contacts.get(arrival.record.draft.requester, NOBODY))
            for key, arrival in zip(ids, arrivals, strict=True)
        ]
        loading.insert_tickets(tickets)
        self._hang(tickets, arrivals)
        lines = [_line(ticket, arrival) for ticket, arrival in zip(tickets, arrivals, strict=True)]
        self._operation = audit.record(
            self._session, "ticket.import", "ticket", lines, operation=self._operation
        )
        active = [ticket.id for ticket in tickets if ticket.active]
        if active and self._promised:
            service_levels.recompute(self._session, active)

    def _ticket(self, key: int, arrival: Arrival[ReadyTicket], contact: ContactFound) -> TicketLoad:
        draft, times, levels, _ = arrival.record
        organisation = self._lists.organisation(draft.organisation) or contact.organisation_id
        return TicketLoad(
            key, 1, draft.kind, times.state, times.state in ACTIVE, draft.subject,
            levels.impact, levels.urgency, levels.priority, levels.reason,
            contact.id or None, organisation, self._lists.queue(draft.queue),
            self._lists.account(draft.assignee), self._lists.category(draft.category),
            times.created, times.updated, times.resolved, times.closed, draft.due, times.wake,
            draft.responded, times.waiting, draft.resolution, draft.rating, draft.minutes_spent,
            draft.channel, arrival.external_key,
        )  # fmt: skip

    def _hang(
        self, tickets: Sequence[TicketLoad], arrivals: Sequence[Arrival[ReadyTicket]]
    ) -> None:
        """Write what hangs on the tickets of a chunk."""
        spans: list[SpanLoad] = []
        messages: list[MessageLoad] = []
        tagged: list[tuple[int, int]] = []
        custom: list[CustomLoad] = []
        documents: list[tuple[int, str, str]] = []
        tags = self._lists.tags(tag for arrival in arrivals for tag in arrival.record.draft.tags)
        for ticket, (_line, (draft, times, _levels, values)) in zip(tickets, arrivals, strict=True):
            spans += [SpanLoad(ticket.id, state, since) for state, since in times.spans]
            tagged += [(ticket.id, tags[tag]) for tag in draft.tags]
            documents.append((ticket.id, ticket.subject, draft.body))
            if draft.body:
                messages.append(
                    MessageLoad(ticket.id, ticket.created_at, ticket.requester_id, draft.body)
                )
            for name, text, number in values:
                custom.append(CustomLoad(ticket.id, self._lists.field(name).id, text, number))
        loading.insert_spans(spans)
        loading.insert_messages(messages)
        loading.insert_ticket_tags(tagged)
        loading.insert_custom(custom)
        loading.index(documents)


def _line(ticket: TicketLoad, arrival: Arrival[ReadyTicket]) -> audit.Line:
    """Return the audit line of one ticket: what it starts with, in words."""
    draft = arrival.record.draft
    told: dict[str, tuple[object, object]] = {
        "external_key": (None, ticket.external_key),
        "subject": ("", ticket.subject),
        "kind": (None, ticket.kind),
        "state": (None, ticket.state),
        "priority": (None, PRIORITIES[ticket.priority - 1]),
    }
    for field in ("requester", "organisation", "queue", "assignee", "category", "resolution"):
        if value := getattr(draft, field):
            told[field] = (None, value)
    if draft.tags:
        told["tags"] = ([], list(draft.tags))
    return audit.Line(ticket.id, told, 1)
