"""Tickets as reports read them where no sums are kept: counts along indexes, and plain facts."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db import compiling, connection
from db.conditions import Condition
from db.reports.cells import COLUMN_OF, COUNTED, FACTS
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
    condition: Condition | None, dimension: str, spans: Sequence[tuple[int, int]]
) -> list[Fact]:
    """Return tickets that came in within some spans and match, with their value of a dimension."""
    value = COLUMN_OF.get(dimension, "NULL")
    found: list[Fact] = []
    for first, after in spans:
        text, params = _where(condition)
        rows = connection.fetch(
            f"SELECT t.created_at, {value}, {FACTS} FROM ticket t "
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
    created = _counts("created_at", condition, spans)
    solved = _counts("resolved_at", condition, spans)
    before = (0, spans[0][0])
    open_now = (
        _counts("created_at", condition, [before])[0]
        - _counts("resolved_at", condition, [before])[0]
    )
    found = []
    for came, went in zip(created, solved, strict=True):
        open_now += came - went
        found.append(Flow(came, went, open_now))
    return found


def _counts(
    column: str, condition: Condition | None, spans: Sequence[tuple[int, int]]
) -> list[int]:
    """Return how many tickets have an instant in each span.

    Without a condition the index alone is read; the few merged ones are counted apart.
    """
    if condition is not None:
        text, params = _where(condition)
        return _spread(
            connection.fetch(
                f"SELECT t.{column} FROM ticket t WHERE t.{column} >= ? AND t.{column} < ? "
                f"AND {text}",
                (spans[0][0], spans[-1][1], *params),
            ),
            spans,
        )
    found: list[int] = []
    for start in range(0, len(spans), SPANS_A_STATEMENT):
        part = spans[start : start + SPANS_A_STATEMENT]
        one = f"(SELECT count(*) FROM ticket WHERE {column} >= ? AND {column} < ?)"
        rows = connection.fetch(
            f"SELECT {', '.join(one for _ in part)}", [edge for span in part for edge in span]
        )
        found += rows[0]
    merged = _spread(
        connection.fetch(
            f"SELECT {column} FROM ticket WHERE state = 'merged' AND {column} IS NOT NULL"
        ),
        spans,
    )
    return [every - apart for every, apart in zip(found, merged, strict=True)]


def _spread(rows: Sequence[tuple[int, ...]], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return how many of some instants lie in each span."""
    from bisect import bisect_right

    found, firsts = [0] * len(spans), [first for first, _after in spans]
    for (instant,) in rows:
        place = bisect_right(firsts, instant) - 1
        if place >= 0 and instant < spans[place][1]:
            found[place] += 1
    return found


def waiting(condition: Condition | None, dimension: str, now: int) -> list[Waiting]:
    """Return how many tickets are active, by the values of a dimension."""
    value = COLUMN_OF[dimension]
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
