"""Reports of tickets: how many came and went, how long they took, what was promised and kept."""

from decimal import Decimal

from boconsole.language import N_, _
from boconsole.reports import ticket_groups as grouping
from boconsole.reports.percentiles import PERCENTS, percentiles
from boconsole.reports.periods import Period, seconds
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row, Value
from boconsole.reports.ticket_groups import Group
from db.reports import tickets

LISTED = "tickets"


def share(part: int, whole: int) -> Decimal | None:
    """Return a part in per cent, to one digit, half up; None of nothing."""
    return Decimal((part * 2000 + whole) // (2 * whole)) / 10 if whole else None


def head(asked: Asked) -> Column:
    """Return the column that names the lines."""
    titles = {
        "day": _("Day"), "week": _("Week"), "month": _("Month"), "queue": _("Queue"),
        "assignee": _("Assignee"), "category": _("Category"), "organisation": _("Organisation"),
        "priority": _("Priority"), "kind": _("Kind"), "channel": _("Channel"),
    }  # fmt: skip
    return Column(asked.by, titles[asked.by], "text")


def _answer(
    asked: Asked, columns: tuple[Column, ...], rows: list[Row], values: tuple[int, ...],
    *told: str,
) -> Answer:  # fmt: skip
    kind = "line" if asked.is_by_time else "bar"
    chart = Chart(kind, 0, values) if rows else None  # type: ignore[arg-type]  # one of both
    return Answer((head(asked), *columns), rows, chart, LISTED, tuple(map(_, told)))


def volume(asked: Asked) -> Answer:
    """Return how many tickets came in and were solved."""
    if asked.is_by_time:
        return _volume_by_time(asked)
    columns = (Column("created", _("Created"), total=True),
               Column("solved", _("of these solved"), total=True),
               Column("open", _("still open"), total=True))  # fmt: skip
    rows = [
        Row((one.name, one.tally.tickets, one.tally.solved, one.tally.tickets - one.tally.solved),
            grouping.words(asked, one.term), one.tally.tickets,
            more=((2, grouping.words(asked, "has:resolved", one.term)),
                  (3, grouping.words(asked, "no:resolved", one.term))))
        for one in grouping.groups(asked)
    ]  # fmt: skip
    return _answer(asked, columns, rows, (1, 2), _COHORT)


def _volume_by_time(asked: Asked) -> Answer:
    columns = (Column("created", _("Created"), total=True),
               Column("solved", _("Solved"), total=True),
               Column("open", _("Open at the end")))  # fmt: skip
    rows = [
        Row((period.name, flow.created, flow.solved, flow.open_after),
            grouping.words(asked, f"created:{period.words()}"), flow.created,
            more=((2, grouping.words(asked, f"resolved:{period.words()}")),
                  (3, grouping.words(asked, _open_at(period)))))
        for period, flow in zip(asked.periods, _flows(asked), strict=True)
    ]  # fmt: skip
    return _answer(asked, columns, rows, (1, 2), _OPEN)


def _flows(asked: Asked) -> list[tickets.Flow]:
    zone = asked.session.zone
    spans = [seconds(period.first, period.last, zone) for period in asked.periods]
    return tickets.flows(grouping.condition(asked), spans)


def _open_at(period: Period) -> str:
    return f"created:<={period.last} (no:resolved or resolved:>{period.last})"


def backlog(asked: Asked) -> Answer:
    """Return how many tickets were open at the end of each period."""
    columns = (Column("open", _("Open at the end")), Column("change", _("Change"), total=True))
    rows = []
    for period, flow in zip(asked.periods, _flows(asked), strict=True):
        rows.append(Row((period.name, flow.open_after, flow.created - flow.solved),
                        grouping.words(asked, _open_at(period)), flow.open_after))  # fmt: skip
    return _answer(asked, columns, rows, (1,), _OPEN)


def waiting(asked: Asked) -> Answer:
    """Return the active tickets of today, by group."""
    now = int(asked.session.now().timestamp())
    found = tickets.waiting(grouping.condition(asked), asked.by, now)
    lines = {"" if one.value is None else str(one.value): one for one in found}
    own = f"({asked.query})" if asked.query else ""
    rows: dict[str, Row] = {}
    for value, name, term in grouping.told(asked.by, lines):
        one, key = lines[value], name.casefold()
        counts = [one.tickets, one.unassigned, one.overdue]
        oldest = now - one.oldest
        if key in rows:
            before = [int(str(cell)) for cell in rows[key].cells[1:]]
            name = str(rows[key].cells[0])
            counts = [each + more for each, more in zip(counts, before, strict=False)]
            oldest = max(oldest, before[-1])
        query = " ".join(filter(None, ("is:active", own, term)))
        more = ((2, f"{query} is:unassigned"), (3, f"{query} is:overdue"))
        rows[key] = Row((name, *counts, oldest), query, counts[0], more=more)
    columns = (Column("open", _("Open"), total=True),
               Column("unassigned", _("Unassigned"), total=True),
               Column("overdue", _("Overdue"), total=True),
               Column("oldest", _("Oldest"), "length"))  # fmt: skip
    return _answer(asked, columns, list(rows.values()), (1,))


def response(asked: Asked) -> Answer:
    """Return how long first responses took."""
    found = grouping.groups(asked, response=True)
    rows = [_length_row(asked, one, sorted(one.tally.response), "has:responded") for one in found]
    return _answer(asked, _length_columns(_("Answered")), rows, (2, 4), _COHORT, _NEAREST)


def resolution(asked: Asked) -> Answer:
    """Return how long solutions took."""
    found = grouping.groups(asked, resolution=True)
    rows = [_length_row(asked, one, sorted(one.tally.resolution), "has:resolved") for one in found]
    return _answer(asked, _length_columns(_("Solved")), rows, (2, 4), _COHORT, _NEAREST)


def _length_columns(counted: str) -> tuple[Column, ...]:
    return (Column("count", counted, total=True),
            *(Column(f"p{percent}", f"p{percent}", "length") for percent in PERCENTS))  # fmt: skip


def _length_row(asked: Asked, one: Group, lengths: list[int], term: str) -> Row:
    count = len(lengths)
    cells: tuple[Value, ...] = (one.name, count, *percentiles(lengths))
    return Row(cells, grouping.words(asked, term, one.term), count)


def kept(asked: Asked) -> Answer:
    """Return which promises of service levels were kept."""
    columns = (Column("first_kept", _("Response kept"), total=True),
               Column("first_missed", _("missed"), total=True),
               Column("first_share", _("kept %"), "share", 1),
               Column("resolution_kept", _("Solution kept"), total=True),
               Column("resolution_missed", _("missed"), total=True),
               Column("resolution_share", _("kept %"), "share", 1))  # fmt: skip
    rows = []
    for one in grouping.groups(asked):
        first = (one.tally.first_kept, one.tally.first_missed)
        last = (one.tally.resolution_kept, one.tally.resolution_missed)
        cells: tuple[Value, ...] = (
            one.name, *first, share(first[0], sum(first)), *last, share(last[0], sum(last)),
        )  # fmt: skip
        more = [(place, grouping.words(asked, term, one.term)) for place, term in (
            (2, "response.state:breached"), (4, "resolution.state:met"),
            (5, "resolution.state:breached"))]  # fmt: skip
        rows.append(Row(cells, grouping.words(asked, "response.state:met", one.term), first[0],
                        more=tuple(more)))  # fmt: skip
    told = _("Targets that still run are not counted; a share is what was kept of what ended.")
    return _answer(asked, columns, rows, (3, 6), _COHORT, told)


def reopened(asked: Asked) -> Answer:
    """Return how many tickets were solved and opened again."""
    columns = (Column("reopened", _("Reopened"), total=True),
               Column("created", _("Created"), total=True),
               Column("share", _("reopened %"), "share", 1))  # fmt: skip
    rows = [
        Row((one.name, one.tally.reopened, one.tally.tickets,
             share(one.tally.reopened, one.tally.tickets)),
            grouping.words(asked, "is:reopened", one.term), one.tally.reopened,
            more=((2, grouping.words(asked, one.term)),))
        for one in grouping.groups(asked, reopened=True)
    ]  # fmt: skip
    return _answer(asked, columns, rows, (3,), _COHORT)


def satisfaction(asked: Asked) -> Answer:
    """Return how requesters rated the help they got."""
    columns = (Column("rated", _("Rated"), total=True),
               Column("average", _("Average"), "decimal", 2),
               Column("content", _("4 or 5"), total=True),
               Column("share", _("content %"), "share", 1))  # fmt: skip
    rows = []
    for one in grouping.groups(asked):
        rated = one.tally.rated
        average = (
            Decimal((one.tally.rating_sum * 200 + rated) // (2 * rated)) / 100 if rated else None
        )
        cells = (one.name, rated, average, one.tally.content, share(one.tally.content, rated))
        content = grouping.words(asked, "rating:>=4", one.term)
        rows.append(Row(cells, grouping.words(asked, "has:rating", one.term), rated,
                        more=((3, content),)))  # fmt: skip
    return _answer(asked, columns, rows, (2,), _COHORT)


_COHORT = N_("Counted are the tickets that came in on these days, whatever became of them later.")
_OPEN = N_("A ticket counts as open from when it came in until it was solved the last time.")
_NEAREST = N_("Percentiles are exact, by nearest rank, on the clock of the wall.")
