"""Tickets by period or by group: which sums belong to which line, and what query finds them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from boconsole.filters.writing import quote
from boconsole.reports import narrowing
from boconsole.reports.periods import seconds, span_words
from boconsole.reports.shapes import Asked
from boconsole.tickets.words import PRIORITIES
from db.conditions import Condition
from db.reports import cells, tickets
from db.reports.cells import HOUR, Tally

ALL = "any -state:merged"
NAMED = ("queue", "assignee", "category", "organisation")
GROUPS = (*NAMED, "priority", "kind", "channel")


class Group(NamedTuple):
    """One line: what it is called, the term that finds it, and what was counted."""

    name: str
    term: str
    tally: Tally


def condition(asked: Asked) -> Condition | None:
    """Return what a report of tickets is narrowed to; None for all of them."""
    return narrowing.condition(asked, "tickets")


def words(asked: Asked, *terms: str) -> str:
    """Return the query that finds the tickets of a line."""
    own = [f"({asked.query})"] if asked.query else []
    return " ".join((ALL, *own, *filter(None, terms)))


def groups(
    asked: Asked, *, response: bool = False, resolution: bool = False, reopened: bool = False
) -> list[Group]:
    """Return what came in within the asked days, by period or group.

    Args:
        asked: What to report.
        response: Whether lengths up to the first response are wanted.
        resolution: Whether lengths up to the solution are wanted.
        reopened: Whether it is wanted how many were reopened.
    """
    zone = asked.session.zone
    wanted = condition(asked)
    if wanted is None:
        cells.freshen(asked.progress)
    if asked.is_by_time:
        spans = [seconds(each.first, each.last, zone) for each in asked.periods]
        tallies = _by_time(wanted, spans, response, resolution, reopened)
        return [Group(each.name, f"created:{each.words()}", tally)
                for each, tally in zip(asked.periods, tallies, strict=True)]  # fmt: skip
    found = _by_value(wanted, asked, response, resolution, reopened)
    created = f"created:{span_words(asked.first, asked.last)}"
    return [Group(name, f"{term} {created}", tally) for name, term, tally in
            named(asked.by, found)]  # fmt: skip


def _by_time(
    wanted: Condition | None,
    spans: Sequence[tuple[int, int]],
    response: bool,
    resolution: bool,
    reopened: bool,
) -> list[Tally]:
    """Return a tally for each span; those follow each other without gaps."""
    from bisect import bisect_right

    tallies = [Tally() for _ in spans]
    firsts = [first for first, _after in spans]
    loose = list(spans)
    if wanted is None:
        inner = [_whole_hours(*span) for span in spans]
        for cell in cells.read("hour", "", spans[0][0], spans[-1][1], response=response,
                               resolution=resolution):  # fmt: skip
            place = bisect_right(firsts, cell.starts) - 1
            first, after = inner[place] if place >= 0 else (0, 0)
            if first <= cell.starts < after:
                tallies[place].add(cell)
        loose = list(_edges(zip(spans, inner, strict=True)))
    for fact in tickets.facts(wanted, "", _joined(loose), reopened=reopened):
        tallies[bisect_right(firsts, fact.created) - 1].take(fact.created, fact.facts)
    return tallies


def _by_value(
    wanted: Condition | None,
    asked: Asked,
    response: bool,
    resolution: bool,
    reopened: bool,
) -> dict[str, Tally]:
    span = seconds(asked.first, asked.last, asked.session.zone)
    found: dict[str, Tally] = {}
    loose = [span]
    if wanted is None:
        first = cells.first_ticket() or span[1]
        span = (min(max(span[0], first), span[1]), span[1])
        inner = _whole_months(*span)
        for cell in cells.read("month", asked.by, *inner, response=response,
                               resolution=resolution):  # fmt: skip
            found.setdefault(cell.value, Tally()).add(cell)
        loose = list(_edges([(span, inner)]))
    for fact in tickets.facts(wanted, asked.by, loose, reopened=reopened):
        value = "" if fact.value is None else str(fact.value)
        found.setdefault(value, Tally()).take(fact.created, fact.facts)
    return found


def _whole_hours(first: int, after: int) -> tuple[int, int]:
    start = -(-first // HOUR) * HOUR
    return start, max(start, after // HOUR * HOUR)


def _whole_months(first: int, after: int) -> tuple[int, int]:
    month, following = cells.month_of(first)
    start = first if first == month else following
    return (start, max(start, cells.month_of(after)[0])) if start < after else (after, after)


def _edges(
    spans: Iterable[tuple[tuple[int, int], tuple[int, int]]],
) -> Iterator[tuple[int, int]]:
    """Yield what of each span lies around its inner one."""
    for (first, after), (inner, outer) in spans:
        if inner >= outer:
            yield first, after
            continue
        if first < inner:
            yield first, inner
        if outer < after:
            yield outer, after


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those put together that touch."""
    found: list[tuple[int, int]] = []
    for first, after in spans:
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], after)
        else:
            found.append((first, after))
    return found


def named(dimension: str, found: Mapping[str, Tally]) -> list[tuple[str, str, Tally]]:
    """Return name, term and tally of each value; namesakes are one line, nothing comes last."""
    lines: dict[str, tuple[str, str, Tally]] = {}
    for value, name, term in told(dimension, found):
        key = name.casefold()
        if key in lines:
            _put_together(lines[key][2], found[value])
        else:
            lines[key] = (name, term, found[value])
    return list(lines.values())


def told(dimension: str, values: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield value, name and term of each value of a dimension, by name; nothing comes last."""
    if dimension == "priority":
        for value in sorted(values):
            word = PRIORITIES[int(value) - 1]
            yield value, word, f"priority:{word}"
        return
    names = tickets.names(dimension) if dimension in NAMED else {}
    call: Callable[[str], str] = lambda value: names.get(value, value)  # noqa: E731  # used twice
    for value in sorted(filter(None, values), key=lambda value: call(value).casefold()):
        name = call(value)
        yield value, name, _term(dimension, name, names.values())
    if "" in values:
        yield "", "", f"no:{dimension}"


def _term(dimension: str, name: str, names: Iterable[str]) -> str:
    """Return the term of a value; a category is meant without those below it."""
    if dimension != "category":
        return f"{dimension}:{quote(name)}"
    start = f"{name} / "
    below = sorted(each for each in names
                   if each.startswith(start) and " / " not in each[len(start):])  # fmt: skip
    apart = f" -category:{','.join(map(quote, below))}" if below else ""
    return f"category:{quote(name)}{apart}"


def _put_together(tally: Tally, other: Tally) -> None:
    tally.add(cells.Cell(0, "", *cells.stored(other)))
