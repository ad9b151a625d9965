"""Tickets as reports read them where no sums are kept: counts along indexes, and plain facts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db import compiling, connection
from db.conditions import Condition
from db.reports.cells import COLUMN_OF, COUNTED, FACTS, PLAIN_FACTS
from db.tickets.columns import MAP

SPANS_A_STATEMENT = 200


class Fact(NamedTuple):
    """A ticket as it is counted."""

    created: int
    value: object
    facts: tuple[Any, ...]
    """The columns of `cells.FACTS`."""


class Flow(NamedTuple):
    """What happened in one span of time."""

    created: int
    solved: int
    open_after: int


class Waiting(NamedTuple):
    """Active tickets of one value of a dimension."""

    value: object
    tickets: int
    oldest: int
    unassigned: int
    overdue: int


def facts(
    condition: Condition | None,
    dimension: str,
    spans: Sequence[tuple[int, int]],
    *,
    reopened: bool,
) -> list[Fact]:
    """Return tickets that came in within some spans and match, with their value of a dimension.

    Whether they were reopened, which is dear, is looked up only with `reopened`.
    """
    value = COLUMN_OF.get(dimension, "NULL")
    wanted = FACTS if reopened else f"{PLAIN_FACTS}, 0"
    found: list[Fact] = []
    for first, after in spans:
        text, params = _where(condition)
        rows = connection.fetch(
            f"SELECT t.created_at, {value}, {wanted} FROM ticket t "
            f"WHERE t.created_at >= ? AND t.created_at < ? AND {text}",
            (first, after, *params),
        )
        found += [Fact(row[0], row[1], row[2:]) for row in rows]
    return found


def _where(condition: Condition | None) -> tuple[str, tuple[Any, ...]]:  # Any: values
    if condition is None:
        return COUNTED, ()
    made = compiling.where(condition, MAP)
    return f"{COUNTED} AND {made.text}", made.params


def flows(condition: Condition | None, spans: Sequence[tuple[int, int]]) -> list[Flow]:
    """Return what came in and was solved in each span, and what was open at its end.

    Spans follow each other without gaps. A ticket counts as open from when it came in until it
    was solved the last time.
    """
    if not spans:
        return []
    (created, before_created), (solved, before_solved) = (
        _indexed(spans) if condition is None else _matching(condition, spans)
    )
    open_now, found = before_created - before_solved, []
    for came, went in zip(created, solved, strict=True):
        open_now += came - went
        found.append(Flow(came, went, open_now))
    return found


Counted = tuple[list[int], int]
"""How many instants lie in each span, and how many before all of them."""


def _matching(condition: Condition, spans: Sequence[tuple[int, int]]) -> tuple[Counted, Counted]:
    """Count what came in and was solved of the tickets that match, read once."""
    text, params = _where(condition)
    rows = connection.fetch(
        f"SELECT t.created_at, t.resolved_at FROM ticket t WHERE t.created_at < ? AND {text}",
        (spans[-1][1], *params),
    )
    first = spans[0][0]
    created = [row[0] for row in rows]
    solved = [row[1] for row in rows if row[1] is not None]
    return (
        (_spread(created, spans), sum(each < first for each in created)),
        (_spread(solved, spans), sum(each < first for each in solved)),
    )


def _indexed(spans: Sequence[tuple[int, int]]) -> tuple[Counted, Counted]:
    """Count along the indexes alone; the few merged tickets are counted apart."""
    created, solved = (_counts(column, [(0, spans[0][0]), *spans])
                       for column in ("created_at", "resolved_at"))  # fmt: skip
    return (created[1:], created[0]), (solved[1:], solved[0])


def _counts(column: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return how many tickets have an instant in each span."""
    found: list[int] = []
    for start in range(0, len(spans), SPANS_A_STATEMENT):
        part = spans[start : start + SPANS_A_STATEMENT]
        one = f"(SELECT count(*) FROM ticket WHERE {column} >= ? AND {column} < ?)"
        rows = connection.fetch(
            f"SELECT {', '.join(one for _ in part)}", [edge for span in part for edge in span]
        )
        found += rows[0]
    merged = connection.fetch(
        f"SELECT {column} FROM ticket WHERE state = 'merged' AND {column} IS NOT NULL"
    )
    apart = _spread([row[0] for row in merged], spans)
    return [every - few for every, few in zip(found, apart, strict=True)]


def _spread(instants: Sequence[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return how many of some instants lie in each span."""
    from bisect import bisect_right

    found, firsts = [0] * len(spans), [first for first, _after in spans]
    for instant in instants:
        place = bisect_right(firsts, instant) - 1
        if place >= 0 and instant < spans[place][1]:
            found[place] += 1
    return found


def waiting(condition: Condition | None, dimension: str, now: int) -> list[Waiting]:
    """Return how many tickets are active, by the values of a dimension."""
    # A plus keeps SQLite from walking all tickets along the index of the column.
    value = f"{'+' if connection.engine() == 'sqlite' else ''}{COLUMN_OF[dimension]}"
    text, params = _where(condition)
    rows = connection.fetch(
        f"SELECT {value}, count(*), min(t.created_at), "
        "sum(CASE WHEN t.assignee_id IS NULL THEN 1 ELSE 0 END), "
        "sum(CASE WHEN t.due_at < ? OR t.sla_due_at < ? THEN 1 ELSE 0 END) "
        f"FROM ticket t WHERE t.active AND {text} GROUP BY {value}",
        (now, now, *params),
    )
    return [Waiting(*row) for row in rows]


def names(dimension: str) -> dict[str, str]:
    """Return what the values of a dimension are called, by their stored form."""
    statement = {
        "queue": "SELECT id, name FROM queue",
        "assignee": "SELECT id, login FROM user_account",
        "category": "SELECT id, path FROM category",
        "organisation": "SELECT id, name FROM organisation",
    }[dimension]
    return {str(key): name for key, name in connection.fetch(statement)}
