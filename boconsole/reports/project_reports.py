"""Reports of projects: how all of them stand, earned value, and where time went."""

from decimal import ROUND_HALF_UP, Decimal

from boconsole.language import _
from boconsole.money import from_minor, rounded
from boconsole.projects import costing, reading, timing, words
from boconsole.reports import narrowing
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row, Value
from db.projects.rows import ProjectRow
from db.reports import records

LISTED = "projects"
PAGE = 200
MOST = 2_000
"""Projects that one report tells of."""
MOST_ENTRIES = 5_000


def _projects(asked: Asked, query: str) -> list[ProjectRow]:
    own = f"({asked.query})" if asked.query else ""
    found: list[ProjectRow] = []
    after = ""
    while len(found) < MOST:
        page = reading.list_projects(asked.session, f"{query} {own} sort:number", after, PAGE)
        found += page.rows
        if not page.more:
            break
        after = page.cursors[-1]
    return found


def portfolio(asked: Asked) -> Answer:
    """Return how all projects stand that are not done."""
    rows = []
    for one in _projects(asked, "state:planned,active,on-hold"):
        budget = None if one.budget is None else from_minor(one.budget, one.precision)
        cells: tuple[Value, ...] = (
            words.number(one.id), one.name, _(words.STATES.get(one.state, one.state)),
            one.rag, Decimal(one.progress), one.tasks_done, one.tasks, budget, one.commodity,
            one.due_on,
        )  # fmt: skip
        rows.append(Row(cells, f"number:{words.number(one.id)}", 1))
    most = 2
    columns = (Column("number", _("Number"), "text"), Column("name", _("Project"), "text"),
               Column("state", _("State"), "text"), Column("rag", _("Status"), "text"),
               Column("progress", _("Done %"), "share"), Column("tasks_done", _("Tasks done")),
               Column("tasks", _("of")), Column("budget", _("Budget"), "money", most),
               Column("currency", _("Currency"), "text"),
               Column("due", _("Due"), "day"))  # fmt: skip
    return Answer(columns, rows, Chart("bar", 1, (4,)) if rows else None, LISTED)


def earned_value(asked: Asked) -> Answer:
    """Return earned value of the projects under way that have a budget."""
    rows = []
    for one in _projects(asked, "state:active,on-hold"):
        if one.budget is None:
            continue
        plan = reading.plan(asked.session, one.id)
        forecast = costing.forecast(asked.session, plan.project.id)
        value = forecast.value
        if value is None:
            continue
        money = [rounded(each, one.precision) if each is not None else None
                 for each in (value.bac, value.pv, value.ev, value.ac)]  # fmt: skip
        end = None if value.eac is None else rounded(value.eac, one.precision)
        cells = (one.name, one.commodity, *money, _index(value.spi), _index(value.cpi), end)
        rows.append(Row(cells, f"number:{words.number(one.id)}", 1))
    columns = (Column("name", _("Project"), "text"), Column("currency", _("Currency"), "text"),
               *(Column(key, key.upper(), "money", 2) for key in ("bac", "pv", "ev", "ac")),
               Column("spi", "SPI", "decimal", 2), Column("cpi", "CPI", "decimal", 2),
               Column("eac", "EAC", "money", 2))  # fmt: skip
    told = _("SPI = EV / PV, CPI = EV / AC, EAC = BAC / CPI (PMI, Practice Standard for Earned "
             "Value Management).")  # fmt: skip
    return Answer(columns, rows, Chart("bar", 0, (6, 7)) if rows else None, LISTED, (told,))


def _index(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def time_spent(asked: Asked) -> Answer:
    """Return where time went: by person, project or month."""
    titles = {"person": _("Person"), "project": _("Project"), "month": _("Month")}
    rows, wanted = [], narrowing.condition(asked, LISTED)
    for one in records.time_spent(asked.by, asked.first, asked.last, wanted):
        name = f"{one.value[:4]}-{one.value[4:]}" if asked.by == "month" else one.value
        hours = (Decimal(one.minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)
        rows.append(Row((name, hours, one.entries), of=name))
    columns = (Column(asked.by, titles[asked.by], "text"),
               Column("hours", _("Hours"), "decimal", 1),
               Column("entries", _("Entries"), total=True))  # fmt: skip
    kind = Chart("line" if asked.by == "month" else "bar", 0, (1,))
    return Answer(columns, rows, kind if rows else None)


def entries(asked: Asked) -> Answer:
    """Return the entries of time that one line counts, the last first."""
    value = (asked.of or "").replace("-", "") if asked.by == "month" else asked.of or ""
    found = records.time_entries(asked.by, value, asked.first, asked.last,
                                 narrowing.condition(asked, LISTED), MOST_ENTRIES)  # fmt: skip
    rows = []
    for one in found[:MOST_ENTRIES]:
        number = timing.number_of(one) if one.task_id or one.ticket_id else ""
        cells = (one.day, one.user, number, one.subject, one.minutes * 60, one.note, 1)
        rows.append(Row(cells, record=number))
    columns = (Column("day", _("Day"), "day"), Column("person", _("Person"), "text"),
               Column("on", _("On"), "text"), Column("subject", _("Subject"), "text"),
               Column("time", _("Time"), "length"), Column("note", _("Note"), "text"),
               Column("entries", _("Entries"), total=True))  # fmt: skip
    told = _("Only the last {count} entries are shown.").format(count=MOST_ENTRIES)
    return Answer(columns, rows, told=(told,) if len(found) > MOST_ENTRIES else ())
