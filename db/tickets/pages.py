"""Lists of tickets: pages, counts and ids of a selection, each at the cost of a page.

A condition on another table (words, tags, custom fields) is tried first: when few records
match, their ids drive the statement; when many do, the list is walked in its order and each
record looked up.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import compiling, connection, keyset, search
from db.compiling import Sql
from db.conditions import Condition, Not, Order, Selection, Words, conjuncts
from db.keyset import Cursor, CursorError, Key, Source
from db.tickets.columns import MAP, WALKING, column
from db.tickets.rows import TicketLine, TicketPage

RANKED = 2_000
"""Text matches up to which the best come first when no order is asked for."""
GATHERED = 20_000
"""Matches on another table up to which their ids are gathered before the list is read."""
RANK = "rank"
WALKED = frozenset(("created", "resolved", "closed"))
"""Orders whose index is walked even where a state is asked for, which SQLite would sort."""
NEWEST = (Order("number", descending=True),)

LINES = (
    "t.id, t.version, t.kind, t.state, t.subject, t.priority, t.impact, t.urgency, "
    "coalesce(c.name, ''), coalesce(o.name, ''), coalesce(q.name, ''), coalesce(u.login, ''), "
    "coalesce(g.path, ''), t.created_at, t.updated_at, t.due_at, t.sla_due_at, t.sla_warn_at, "
    "t.sla_state, t.wake_at, "
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
    plan = _Plan(selection, after)
    rows = keyset.read(plan.source(), plan.where, plan.keys, after, limit + 1, backwards=backwards)
    more = len(rows) > limit
    if more:
        rows = rows[1:] if backwards else rows[:limit]
    return _page(plan.keys, rows, more)


def page_around(selection: Selection, ticket_id: int, limit: int) -> TicketPage:
    """Return the lines around one ticket, half before it; the first page when it is not there."""
    position = position_of(selection, ticket_id)
    if position is None:
        return page(selection, None, limit)
    before = page(selection, position, limit // 2, backwards=True)
    own = _line(ticket_id)
    after = page(selection, position, limit - len(before.rows) - 1)
    text = keyset.encode(position)
    return TicketPage(
        [*before.rows, *own, *after.rows],
        [*before.cursors, *[text] * len(own), *after.cursors],
        after.more,
    )


def position_of(selection: Selection, ticket_id: int) -> Cursor | None:
    """Return where a ticket stands in a selection, or None when it does not belong there."""
    plan = _Plan(selection, None)
    values = ", ".join(key.sql for key in plan.keys)
    rows = connection.fetch(
        f"SELECT {values} FROM {plan.table} WHERE {plan.where.text} AND t.id = ?",
        (*plan.where.params, ticket_id),
    )
    return Cursor(keyset.names(plan.keys), rows[0]) if rows else None


def count(selection: Selection, cap: int = 10_000) -> int:
    """Return how many tickets match, at most `cap` + 1."""
    plan = _Plan(selection._replace(order=(), group=""), None, counted=True)
    rows = connection.fetch(
        f"SELECT count(*) FROM (SELECT 1 FROM {plan.table} WHERE {plan.where.text} LIMIT ?) n",
        (*plan.where.params, cap + 1),
    )
    return int(rows[0][0])


def ids(selection: Selection, limit: int) -> list[tuple[int, int]]:
    """Return id and version of the first matching tickets, in the order of the list."""
    plan = _Plan(selection, None)
    rows = keyset.read(
        Source(plan.table, "t.id, t.version", "LEFT JOIN ticket t ON t.id = p.id"),
        plan.where,
        plan.keys,
        None,
        limit,
    )
    return [(row[0], row[1]) for row in rows]


def _line(ticket_id: int) -> list[TicketLine]:
    rows = connection.fetch(f"SELECT {_lines()} FROM (SELECT ? AS id) p {JOINS}", (ticket_id,))
    return [_ticket_line(row) for row in rows]


class _Plan:
    """How a selection is read: what drives it, and in which order."""

    def __init__(
        self, selection: Selection, after: Cursor | None, *, counted: bool = False
    ) -> None:
        parts = conjuncts(selection.where)
        self.table = "ticket t"
        self.keys = _keys(selection)
        words = next((part for part in parts if isinstance(part, Words)), None)
        text = search.match(words) if words is not None else None
        if words is not None and text is not None and not (selection.order or selection.group):
            rest = tuple(part for part in parts if part is not words)
            self._drive(text, rest, counted, rank=not counted and _is_ranked(words, after))
        else:
            stored = WALKING if self.keys[0].name in WALKED else MAP
            many = frozenset[Condition]() if counted else _many(parts)
            self.where = compiling.where(selection.where, stored, many)

    def _drive(
        self, text: search.Match, rest: tuple[Condition, ...], counted: bool, rank: bool
    ) -> None:
        """Let the text index lead: by rank, or by its own order of ids."""
        key = f"s.{search.key()}"
        if connection.engine() == "sqlite":
            self.table, join = f"{text.source} CROSS JOIN ticket t", f" AND t.id = {key}"
        else:
            self.table, join = f"{text.source} JOIN ticket t ON t.id = {key}", ""
        many = frozenset[Condition]() if counted else _many(rest)
        pieces = [Sql(text.sql, (text.text,))]
        pieces += [compiling.where(part, MAP, many) for part in rest]
        self.where = Sql(
            " AND ".join(piece.text for piece in pieces) + join,
            tuple(value for piece in pieces for value in piece.params),
        )
        newest = Key("number", key, descending=True)
        self.keys = (Key(RANK, text.rank, zero=0.0), newest) if rank else (newest,)

    def source(self) -> Source:
        """Return what a page of lines is made of."""
        return Source(self.table, _lines(), JOINS)


def _is_ranked(words: Words, after: Cursor | None) -> bool:
    """Return whether the best match comes first: as the position says, or when few match."""
    if after is not None:
        return after.names[0] == RANK
    return _matches(words, RANKED) <= RANKED


def _many(parts: Sequence[Condition]) -> frozenset[Condition]:
    """Return the conditions on other tables that match many records.

    A word that may go on is never among them: looking it up once costs as much as finding
    all that match.
    """
    asked = [part.part if isinstance(part, Not) else part for part in parts]
    return frozenset(
        part
        for part in asked
        if not (isinstance(part, Words) and part.prefix) and _matches(part, GATHERED) > GATHERED
    )


def _matches(part: Condition, cap: int) -> int:
    """Return how many records a condition on another table matches, at most `cap` + 1."""
    found = compiling.elsewhere(part, MAP)
    if found is None:
        return 0
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, cap + 1)
    )
    return int(rows[0][0])


def _keys(selection: Selection) -> tuple[Key, ...]:
    orders = selection.order
    if selection.group:
        rest = tuple(order for order in orders if order.field != selection.group)
        orders = (Order(selection.group), *rest)
    keys: list[Key] = []
    for order in orders or NEWEST:
        stored = column(order.field)
        keys.append(Key(order.field, stored.sql, order.descending, stored.nullable, stored.zero))
        if order.field == "number":
            return tuple(keys)
    descending = keys[-1].descending if orders else True
    if selection.group and not selection.order:
        descending = True
    return (*keys, Key("number", "t.id", descending))


def _lines() -> str:
    return LINES + TAGS.format(gather=GATHER[connection.engine()])


def _page(keys: tuple[Key, ...], rows: Sequence[tuple[Any, ...]], more: bool) -> TicketPage:
    signs = keyset.names(keys)
    cursors = [keyset.encode(Cursor(signs, row[WIDTH:])) for row in rows]
    return TicketPage([_ticket_line(row) for row in rows], cursors, more)


def _ticket_line(row: tuple[Any, ...]) -> TicketLine:
    values = list(row[:WIDTH])
    for place in INSTANTS:
        if values[place] is not None:
            values[place] = datetime.fromtimestamp(values[place], UTC)
    return TicketLine._make(values)


__all__ = ["CursorError", "TicketPage", "count", "ids", "page", "page_around", "position_of"]
