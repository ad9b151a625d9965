"""The people and requests that one line of a report of staff counts, one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from boconsole.language import _
from boconsole.reports import narrowing
from boconsole.reports.errors import UnknownLineError
from boconsole.reports.shapes import Answer, Asked, Column, Row, Value
from boconsole.reports.staff_reports import (
    HUNDREDTHS,
    absences,
    department_of,
    joined,
    salaries,
    spells_of,
)
from boconsole.staff import dated
from boconsole.staff.dated import Standing


def _named() -> tuple[Column, ...]:
    return (Column("number", _("Number"), "text"), Column("name", _("Name"), "text"),
            Column("department", _("Department"), "text"))  # fmt: skip


def _person(one: Standing, *cells: Value) -> Row:
    return Row((one.number, one.employee.name, department_of(one), *cells), record=one.number)


def heads(asked: Asked) -> Answer:
    """Return who was employed in one department, or at the end of a period, joined or left."""
    if asked.by == "department":
        wanted = narrowing.people(asked, "staff-heads")
        people = [
            one
            for one in dated.on(asked.session, asked.last, employed=True)
            if (wanted is None or one.id in wanted) and department_of(one) == asked.of
        ]
        columns = (*_named(), Column("employed", _("Employed"), total=True))
        return Answer(columns, [_person(one, 1) for one in people])
    period = next((each for each in asked.periods if each.name == asked.of), None)
    if period is None:
        raise UnknownLineError(asked.of or "")
    spells: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for person, first, last in spells_of(asked):
        if last >= period.first - timedelta(days=1) and first <= period.last:
            spells[person].append((first, last))
    rows = []
    for one in dated.on(asked.session, period.last, list(spells)):
        own = spells[one.id]
        there = int(any(first <= period.last <= last for first, last in own))
        came = sum(period.first <= first <= period.last for first, _last in own)
        left = sum(period.first <= last <= period.last for _first, last in own)
        if there or came or left:
            rows.append(_person(one, there, came, left))
    columns = (
        *_named(),
        Column("employed", _("At the end"), total=True),
        Column("joined", _("Joined"), total=True),
        Column("left", _("Left"), total=True),
    )
    return Answer(columns, rows)


class _Away(NamedTuple):
    days: Counter[str]
    hours: Counter[str]


def absence(asked: Asked) -> Answer:
    """Return the requests that one line counts, with what falls on its days."""
    found, away = {}, _Away(Counter(), Counter())
    for request, key, quantity in absences(asked):
        if key == asked.of:
            found[request.number] = request
            (away.hours if request.unit == "hours" else away.days)[request.number] += quantity
    rows = [
        Row((number, one.row.employee, one.row.title, one.row.first, one.row.last,
             away.days[number] / HUNDREDTHS, away.hours[number] / HUNDREDTHS), record=number)
        for number, one in found.items()
    ]  # fmt: skip
    columns = (Column("number", _("Number"), "text"), Column("name", _("Name"), "text"),
               Column("type", _("Type"), "text"), Column("first", _("First"), "day"),
               Column("last", _("Last"), "day"), Column("days", _("Days"), "decimal", 1),
               Column("hours", _("Hours"), "decimal", 1))  # fmt: skip
    told = _("Days and hours are those that fall on this line, of longer leave a part.")
    return Answer(columns, rows, told=(told,))


def cost(asked: Asked) -> Answer:
    """Return whose pay a line counts; what each earns stands on the card of each."""
    code, _blank, line = (asked.of or "").partition(" ")
    people: dict[str, list[Standing]] = defaultdict(list)
    for one, salary in salaries(asked):
        if salary is not None and salary.commodity == code:
            people[department_of(one)].append(one)
    kept = joined({name: len(found) for name, found in people.items()})
    found = [one for name in people if kept[name] == line for one in people[name]]
    return Answer(
        (*_named(), Column("people", _("People"), total=True)),
        [_person(one, 1) for one in _by_name(found)],
    )


def _by_name(people: Iterable[Standing]) -> list[Standing]:
    return sorted(people, key=lambda one: (one.employee.sort_name, one.id))
