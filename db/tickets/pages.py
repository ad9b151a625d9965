"""Lists of tickets: pages, counts and ids of a selection, each at the cost of a page.

A selection with a limit of its own is read whole up to that limit, ids only, and its pages
are cut from that.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection, keyset
from db.conditions import Selection
from db.keyset import Cursor, CursorError, Source
from db.tickets.plans import Plan
from db.tickets.rows import TicketLine, TicketPage

IDS = "LEFT JOIN ticket t ON t.id = p.id"
LINES = (
    "t.id, t.version, t.kind, t.state, t.subject, t.priority, t.impact, t.urgency, "
    "coalesce(c.name, ''), coalesce(o.name, ''), coalesce(q.name, ''), coalesce(u.login, ''), "
    "coalesce(g.path, ''), t.created_at, t.updated_at, t.due_at, t.sla_due_at, t.sla_warn_at, "
    "t.sla_state, t.wake_at, t.first_response_due_at, t.next_reply_due_at, "
    "t.resolution_due_at, coalesce(c.email, ''), "
)
TAGS = (
    "coalesce((SELECT {gather} FROM (SELECT n.name AS name FROM ticket_tag r "
    "JOIN tag n ON n.id = r.tag_id WHERE r.ticket_id = t.id ORDER BY n.name) tags), '')"
)
GATHER = {"sqlite": "group_concat(name, ',')", "postgresql": "string_agg(name, ',')"}
JOINS = (
    "LEFT JOIN ticket t ON t.id = p.id "
    "LEFT JOIN contact c ON c.id = t.requester_id "
    "LEFT JOIN organisation o ON o.id = t.organisation_id "
    "LEFT JOIN queue q ON q.id = t.queue_id "
    "LEFT JOIN user_account u ON u.id = t.assignee_id "
    "LEFT JOIN category g ON g.id = t.category_id"
)
WIDTH = len(TicketLine._fields)
INSTANTS = tuple(
    TicketLine._fields.index(name) for name in TicketLine._fields if name.endswith("_at")
)


def page(
    selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
) -> TicketPage:
    """Return the lines behind a position (before it, when reading backwards).

    Raises:
        CursorError: The position belongs to a list in another order.
    """
    if selection.limit is not None:
        return _cut(_positions(selection, selection.limit), after, limit, backwards)
    plan = Plan(selection, after)
    rows = keyset.read(
        Source(plan.table, _lines(), JOINS),
        plan.where,
        plan.keys,
        after,
        limit + 1,
        backwards=backwards,
    )
    more = len(rows) > limit
    if more:
        rows = rows[1:] if backwards else rows[:limit]
    signs = keyset.names(plan.keys)
    return _page([Cursor(signs, row[WIDTH:]) for row in rows], rows, more)


def page_around(selection: Selection, ticket_id: int, limit: int) -> TicketPage:
    """Return the lines around one ticket, half before it; the first page when it is not there."""
    if selection.limit is not None:
        return _cut_around(_positions(selection, selection.limit), ticket_id, limit)
    position = position_of(selection, ticket_id)
    if position is None:
        return page(selection, None, limit)
    before = page(selection, position, limit // 2, backwards=True)
    own = _page([position], _read_lines([ticket_id]), more=False)
    after = page(selection, position, limit - len(before.rows) - 1)
    return TicketPage(
        [*before.rows, *own.rows, *after.rows],
        [*before.cursors, *own.cursors, *after.cursors],
        after.more,
    )


def position_of(selection: Selection, ticket_id: int) -> Cursor | None:
    """Return where a ticket stands in a selection, or None when it does not belong there."""
    plan = Plan(selection, None)
    values = ", ".join(key.sql for key in plan.keys)
    rows = connection.fetch(
        f"SELECT {values} FROM {plan.table} WHERE {plan.where.text} AND t.id = ?",
        (*plan.where.params, ticket_id),
    )
    return Cursor(keyset.names(plan.keys), rows[0]) if rows else None


def count(selection: Selection, cap: int = 10_000) -> int:
    """Return how many tickets match, at most `cap` + 1."""
    most = cap + 1 if selection.limit is None else min(cap + 1, selection.limit)
    plan = Plan(selection._replace(order=(), group=""), None, counted=True)
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM {plan.table} WHERE {plan.where.text} LIMIT ?) n",
        (*plan.where.params, most),
    )
    return int(rows[0][0])


def ids(selection: Selection, limit: int) -> list[tuple[int, int]]:
    """Return id and version of the first matching tickets, in the order of the list."""
    most = limit if selection.limit is None else min(limit, selection.limit)
    return [(row[0], row[1]) for row in _read_ids(Plan(selection, None), most)]


def _read_ids(plan: Plan, limit: int) -> list[tuple[Any, ...]]:
    """Return id and version of the first records, then the values of the keys."""
    source = Source(plan.table, "t.id, t.version", IDS)
    return keyset.read(source, plan.where, plan.keys, None, limit)


def _positions(selection: Selection, limit: int) -> list[Cursor]:
    """Return where each of the first records stands."""
    plan = Plan(selection, None)
    signs = keyset.names(plan.keys)
    return [Cursor(signs, row[2:]) for row in _read_ids(plan, limit)]


def _cut(positions: list[Cursor], after: Cursor | None, limit: int, backwards: bool) -> TicketPage:
    """Return a page of a list whose positions are known; empty when `after` is not in it."""
    places = [place for place, each in enumerate(positions) if after and each == after]
    if after is not None and not places:
        return TicketPage([], [], more=False)
    if backwards:
        stop = places[0] if places else len(positions)
        start = max(0, stop - limit)
        return _window(positions, start, stop, more=start > 0)
    start = places[0] + 1 if places else 0
    return _window(positions, start, start + limit, more=start + limit < len(positions))


def _cut_around(positions: list[Cursor], ticket_id: int, limit: int) -> TicketPage:
    places = [n for n, each in enumerate(positions) if each.values[-1] == ticket_id]
    start = max(0, places[0] - limit // 2) if places else 0
    return _window(positions, start, start + limit, more=start + limit < len(positions))


def _window(positions: list[Cursor], start: int, stop: int, *, more: bool) -> TicketPage:
    """Return the lines from one place to another."""
    wanted = positions[start:stop]
    ids = [position.values[-1] for position in wanted]
    lines = {row[0]: row for row in _read_lines(ids)}
    present = [position for position in wanted if position.values[-1] in lines]
    return _page(present, [lines[position.values[-1]] for position in present], more)


def _read_lines(ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the columns of the lines of some tickets, in no order."""
    marks = ", ".join("?" * len(ids)) or "NULL"
    among = f"(SELECT id FROM ticket WHERE id IN ({marks})) p"
    return connection.fetch(f"SELECT {_lines()} FROM {among} {JOINS}", ids)


def _lines() -> str:
    return LINES + TAGS.format(gather=GATHER[connection.engine()])


def _page(positions: Sequence[Cursor], rows: Sequence[tuple[Any, ...]], more: bool) -> TicketPage:
    return TicketPage(
        [_ticket_line(row) for row in rows], [keyset.encode(each) for each in positions], more
    )


def _ticket_line(row: tuple[Any, ...]) -> TicketLine:
    values = list(row[:WIDTH])
    for place in INSTANTS:
        if values[place] is not None:
            values[place] = datetime.fromtimestamp(values[place], UTC)
    return TicketLine._make(values)


__all__ = ["CursorError", "TicketPage", "count", "ids", "page", "page_around", "position_of"]
