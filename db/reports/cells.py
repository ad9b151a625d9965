"""Sums of tickets by the hour and by the month they came in, kept for reports.

Triggers mark the hour of every ticket that is made, changed or removed, in the transaction that
does so; marked hours and their months are counted anew before they are read. So no writer waits
for another, and a report reads some sums instead of a million tickets. Merged tickets count as
the ones that they were merged into, and are left out.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from db import connection
from db.tickets.columns import REOPENED

HOUR = 3600
Progress = Callable[[int, int], object]
"""Takes how many of how many months are counted."""
DIMENSIONS = ("queue", "assignee", "category", "organisation", "priority", "kind", "channel")
COLUMN_OF = {
    "queue": "t.queue_id", "assignee": "t.assignee_id", "category": "t.category_id",
    "organisation": "t.organisation_id", "priority": "t.priority", "kind": "t.kind",
    "channel": "t.channel",
}  # fmt: skip
COUNTS = (
    "tickets", "solved", "reopened", "first_kept", "first_missed", "resolution_kept",
    "resolution_missed", "rated", "rating_sum", "content",
)  # fmt: skip
CONTENT = 4
"""The rating from which somebody counts as content."""
PLAIN_FACTS = "t.responded_at, t.resolved_at, t.first_response_state, t.resolution_state, t.rating"
FACTS = f"{PLAIN_FACTS}, {REOPENED}"
COUNTED = "t.state <> 'merged'"


class Tally:
    """What is counted of some tickets; lengths of time in seconds, in no order."""

    __slots__ = (*COUNTS, "resolution", "response")

    def __init__(self) -> None:
        self.tickets = self.solved = self.reopened = 0
        self.first_kept = self.first_missed = 0
        self.resolution_kept = self.resolution_missed = 0
        self.rated = self.rating_sum = self.content = 0
        self.response, self.resolution = array("q"), array("q")

    def take(self, created: int, facts: Sequence[Any]) -> None:  # Any: columns of a ticket
        """Count a ticket; `facts` are the columns of `FACTS`."""
        responded, resolved, first, resolution, rating, reopened = facts
        self.tickets += 1
        if responded is not None:
            self.response.append(max(0, responded - created))
        if resolved is not None:
            self.solved += 1
            self.resolution.append(max(0, resolved - created))
        self.reopened += bool(reopened)
        self.first_kept += first == "met"
        self.first_missed += first == "breached"
        self.resolution_kept += resolution == "met"
        self.resolution_missed += resolution == "breached"
        if rating is not None:
            self.rated += 1
            self.rating_sum += rating
            self.content += rating >= CONTENT

    def add(self, cell: "Cell") -> None:
        """Count what a cell has."""
        self.tickets += cell.tickets
        self.solved += cell.solved
        self.reopened += cell.reopened
        self.first_kept += cell.first_kept
        self.first_missed += cell.first_missed
        self.resolution_kept += cell.resolution_kept
        self.resolution_missed += cell.resolution_missed
        self.rated += cell.rated
        self.rating_sum += cell.rating_sum
        self.content += cell.content
        self.response.frombytes(cell.response)
        self.resolution.frombytes(cell.resolution)


class Cell(NamedTuple):
    """The sums of one hour, or of one value of a dimension in one month."""

    starts: int
    value: str
    tickets: int
    solved: int
    reopened: int
    first_kept: int
    first_missed: int
    resolution_kept: int
    resolution_missed: int
    rated: int
    rating_sum: int
    content: int
    response: bytes
    resolution: bytes


Key = tuple[str, str, int, str]
"""Span, dimension, first second and value of a cell."""


def month_of(second: int) -> tuple[int, int]:
    """Return the first second of a month in UTC, and of the next one."""
    day = datetime.fromtimestamp(second, UTC)
    first = datetime(day.year, day.month, 1, tzinfo=UTC)
    after = datetime(day.year + day.month // 12, day.month % 12 + 1, 1, tzinfo=UTC)
    return int(first.timestamp()), int(after.timestamp())


def freshen(progress: Progress | None = None) -> int:
    """Count anew what was marked since the last time; returns how many hours that was.

    Each month is a transaction of its own, with its marks: whoever stops in between leaves the
    others marked, and the next one goes on there. On PostgreSQL who comes second waits at the
    marks of a month, which are gone then.

    Args:
        progress: Told after each month how many of how many are counted; what it raises stops.
    """
    edges = connection.fetch("SELECT DISTINCT hour FROM report_mark")
    months = sorted({month_of(hour * HOUR) for (hour,) in edges})
    lock = "" if connection.engine() == "sqlite" else " ORDER BY id FOR UPDATE"
    counted_hours = 0
    for done, (first, after) in enumerate(months, 1):
        with connection.transaction():
            marks = connection.fetch(
                f"SELECT id, hour FROM report_mark WHERE hour >= ? AND hour < ?{lock}",
                (first // HOUR, after // HOUR),
            )
            hours = {hour * HOUR for _id, hour in marks}
            if hours:
                _count_month(first, after, hours)
                connection.executemany(
                    "DELETE FROM report_mark WHERE id = ?", [(id_,) for id_, _hour in marks]
                )
        counted_hours += len(hours)
        if progress is not None:
            progress(done, len(months))
    return counted_hours


def _count_month(first: int, after: int, hours: set[int]) -> None:
    tallies = {
        key: tally for key, tally in counted(first, after).items()
        if key[0] == "month" or key[2] in hours
    }  # fmt: skip
    connection.execute(
        "DELETE FROM report_cell WHERE span = 'month' AND starts = ? "
        f"AND dimension IN ({_marks(DIMENSIONS)})",
        (first, *DIMENSIONS),
    )
    connection.executemany(
        "DELETE FROM report_cell WHERE span = 'hour' AND dimension = '' AND starts = ?",
        [(hour,) for hour in hours],
    )
    connection.executemany(
        f"INSERT INTO report_cell (span, dimension, starts, value, {', '.join(COUNTS)}, response, "
        f"resolution) VALUES ({_marks(range(len(COUNTS) + 6))})",
        [(*key, *stored(tally)) for key, tally in tallies.items()],
    )


def stored(tally: Tally) -> tuple[Any, ...]:  # Any: counts, then bytes
    """Return what is kept of a tally; lengths in order, which makes later sorting quick."""
    counts = (getattr(tally, name) for name in COUNTS)
    lengths = (array("q", sorted(each)).tobytes() for each in (tally.response, tally.resolution))
    return (*counts, *lengths)


def counted(first: int, after: int) -> dict[Key, Tally]:
    """Return the cells of one month, counted from its tickets."""
    found: dict[Key, Tally] = {}
    rows = connection.fetch(
        f"SELECT t.created_at, {', '.join(COLUMN_OF.values())}, {FACTS} FROM ticket t "
        f"WHERE t.created_at >= ? AND t.created_at < ? AND {COUNTED}",
        (first, after),
    )
    width = len(DIMENSIONS) + 1
    for row in rows:
        created, facts = row[0], row[width:]
        keys: list[Key] = [("hour", "", created // HOUR * HOUR, "")]
        for dimension, value in zip(DIMENSIONS, row[1:width], strict=True):
            keys.append(("month", dimension, first, "" if value is None else str(value)))
        for key in keys:
            tally = found.get(key)
            if tally is None:
                tally = found[key] = Tally()
            tally.take(created, facts)
    return found


def read(
    span: str, dimension: str, first: int, after: int, *, response: bool, resolution: bool
) -> Iterator[Cell]:
    """Yield the cells that start from one second on and before another, in order.

    Args:
        span: `hour` or `month`.
        dimension: Of months, one of `DIMENSIONS`.
        first: From here on.
        after: Before this.
        response: Read the lengths up to the first response as well.
        resolution: Read the lengths up to the solution as well.
    """
    rows = connection.fetch(
        f"SELECT starts, value, {', '.join(COUNTS)}, {'response' if response else 'NULL'}, "
        f"{'resolution' if resolution else 'NULL'} FROM report_cell "
        "WHERE span = ? AND dimension = ? AND starts >= ? AND starts < ? ORDER BY starts, value",
        (span, dimension, first, after),
    )
    for row in rows:
        yield Cell._make((*row[:-2], bytes(row[-2] or b""), bytes(row[-1] or b"")))


def first_ticket() -> int | None:
    """Return the second in which the oldest ticket came in."""
    found = connection.fetch("SELECT min(created_at) FROM ticket")[0][0]
    return None if found is None else int(found)


def differing() -> list[Key]:
    """Return the cells that are not what their tickets say, with nothing marked."""
    freshen()
    edges = connection.fetch(
        "SELECT min(starts), max(starts) FROM (SELECT min(starts) AS starts FROM report_cell "
        "UNION ALL SELECT max(starts) FROM report_cell UNION ALL SELECT min(created_at) "
        "FROM ticket UNION ALL SELECT max(created_at) FROM ticket) s"
    )[0]
    wrong: list[Key] = []
    second = edges[0]
    while second is not None and second <= edges[1]:
        first, second = month_of(second)
        wanted = {key: stored(tally) for key, tally in counted(first, second).items()}
        kept = _kept(first, second)
        wrong += [key for key in sorted({*wanted, *kept}) if wanted.get(key) != kept.get(key)]
    return wrong


def count_anew(keys: Iterable[Key]) -> None:
    """Let cells be counted anew the next time that they are read."""
    hours = sorted({starts // HOUR for _span, _dimension, starts, _value in keys})
    connection.executemany("INSERT INTO report_mark (hour) VALUES (?)", [(one,) for one in hours])


def begin_anew() -> None:
    """Forget all sums and mark every hour: the tickets came past the triggers."""
    connection.execute("DELETE FROM report_cell")
    connection.execute("DELETE FROM report_mark")
    connection.execute(
        f"INSERT INTO report_mark (hour) SELECT DISTINCT created_at / {HOUR} FROM ticket"
    )


def _kept(first: int, after: int) -> dict[Key, tuple[Any, ...]]:  # Any: as `stored`
    rows = connection.fetch(
        f"SELECT span, dimension, starts, value, {', '.join(COUNTS)}, response, resolution "
        "FROM report_cell WHERE starts >= ? AND starts < ?",
        (first, after),
    )
    return {
        (row[0], row[1], row[2], row[3]): (*row[4:-2], bytes(row[-2]), bytes(row[-1]))
        for row in rows
    }


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
