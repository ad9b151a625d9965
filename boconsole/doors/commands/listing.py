"""Lists and counts of tickets, and bulk edits by `… | set field=value`."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from boconsole.doors import output, ticket_lines
from boconsole.doors.calls import Call, has_terminal
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _, grouped, ngettext
from boconsole.tickets.words import number

if TYPE_CHECKING:
    from boconsole.session import Session
    from db.conditions import Selection
    from db.tickets.rows import TicketLine

DEFAULT_LIMIT = 50
CHUNK = 1_000
SHOWN = 20
"""How many tickets of a bulk edit are listed before it is done."""


def list_tickets(call: Call) -> Answer:
    """List tickets, or change all that match after `| set`."""
    from boconsole.tickets.matching import selection

    limit = _limit(call.words.limit)
    session = call.session()
    query = _query(session, call)
    wanted = selection(session, query)
    if wanted.edit:
        return _bulk(call, session, query, wanted)
    limit = limit or wanted.limit or DEFAULT_LIMIT
    found = list(read_lines(session, query, call.words.after, limit + 1))
    more, found = len(found) > limit, found[:limit]
    value = [ticket_lines.line_record(line, cursor) for line, cursor in found]

    def text() -> str:
        if not found:
            return _("No ticket matches.")
        lines = [line for line, _cursor in found]
        return ticket_lines.lines_table(lines, session.zone, wanted.columns)

    notes = (_("next: --after {cursor}").format(cursor=found[-1][1]),) if more else ()
    return Answer(value, text, notes)


def count(call: Call) -> Answer:
    """Count tickets."""
    from boconsole.tickets import reading

    session = call.session()
    query = _query(session, call)
    refuse_edit(session, query)
    found = reading.count(session, query, cap=10**9)
    return Answer({"count": found.number, "capped": found.capped}, str(found.number))


def refuse_edit(session: "Session", query: str) -> None:
    """Raise InvalidChangeError when a query that only reads ends in an edit."""
    from boconsole.tickets.matching import selection

    if selection(session, query).edit:
        raise InvalidChangeError("query", _("| set stands in tickets list only"))


def list_views(call: Call) -> Answer:
    """List saved views."""
    from boconsole import views

    found = views.list_all(call.session(), "ticket")
    value = [{"name": view.name, "query": view.query, "shared": view.shared} for view in found]
    rows = [(view.name, _("shared") if view.shared else _("mine"), view.query) for view in found]
    return Answer(value, lambda: output.table((_("View"), _("Whose"), _("Query")), rows))


def save_view(call: Call) -> Answer:
    """Save a query under a name."""
    from boconsole import views
    from boconsole.tickets.matching import selection

    session = call.session()
    query = " ".join(call.words.query)
    selection(session, query)
    views.save(session, "ticket", call.words.name, query, shared=call.words.shared)
    return Answer(
        {"name": call.words.name, "query": query},
        _("View {name} is saved.").format(name=call.words.name),
    )


def read_lines(
    session: "Session", query: str, after: str | None, limit: int | None
) -> "Iterator[tuple[TicketLine, str]]":
    """Yield lines with their cursors, a chunk at a time.

    Args:
        session: Who reads.
        query: A filter line.
        after: The cursor to go on from.
        limit: At most so many; None for all.

    Raises:
        QuerySyntaxError: The line cannot be read.
        InvalidChangeError: The cursor belongs to another list.
    """
    from boconsole.tickets import reading
    from db.keyset import CursorError

    left = limit
    cursor = after or ""
    while left is None or left > 0:
        try:
            page = reading.list_page(session, query, cursor, min(left or CHUNK, CHUNK))
        except CursorError as error:
            raise InvalidChangeError(
                "after", _("{error}; start again without it").format(error=error)
            ) from error
        yield from zip(page.rows, page.cursors, strict=True)
        if not page.more:
            return
        cursor = page.cursors[-1]
        left = None if left is None else left - len(page.rows)


def _query(session: "Session", call: Call) -> str:
    words = " ".join(call.words.query)
    if name := getattr(call.words, "view", None):
        from boconsole import views

        return f"{views.find(session, 'ticket', name).query} {words}".strip()
    return words


def _limit(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise InvalidChangeError(
            "limit", _("{text!r} is not a whole number from 1 to 1000000").format(text=text[:20])
        )
    return int(text)


def _bulk(call: Call, session: "Session", query: str, wanted: "Selection") -> Answer:
    """Do a bulk edit as one operation; on a terminal show first what it would change, and ask."""
    from boconsole.tickets import changing, reading
    from boconsole.tickets.writing import BULK_LIMIT

    seen = reading.refs(session, query, BULK_LIMIT + 1)
    if len(seen) > BULK_LIMIT:
        raise BoconsoleError(
            _("More than {limit} tickets match; narrow the query.").format(
                limit=grouped(BULK_LIMIT)
            )
        )
    changes: dict[str, object] = dict(wanted.edit)
    numbers = [number(ticket.id) for ticket in seen]
    value = {"changes": changes, "tickets": numbers, "done": False, "operation": None}
    told = ", ".join(f"{field}={word}" for field, word in wanted.edit)
    if call.words.dry_run or (has_terminal() and not call.words.yes) or not seen:
        changing.check_edit(session, seen, changes)
        listed = ", ".join(numbers[:SHOWN]) + (" …" if len(numbers) > SHOWN else "")
        text = _would_change(len(seen)).format(count=len(seen), changes=told)
        text = f"{text}: {listed}" if seen else text
        if call.words.dry_run or not seen or not _agreed(text):
            return Answer(value, text, (_("Nothing was changed."),))
    done = changing.edit(session, seen, changes)
    value |= {"done": True, "operation": done.operation}
    return Answer(value, _changed(len(seen)).format(count=len(seen), changes=told))


def _agreed(text: str) -> bool:
    """Ask the one at the terminal."""
    sys.stderr.write(f"{output.safe(text)}\n" + _("Do it? [y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in (_("y"), _("yes"), "y", "yes")


def _changed(count: int) -> str:
    return ngettext("{count} ticket got {changes}.", "{count} tickets got {changes}.", count)


def _would_change(count: int) -> str:
    return ngettext(
        "{count} ticket would get {changes}", "{count} tickets would get {changes}", count
    )
