"""Reports of staff: head count and turnover, absence, and what a month of pay costs.

What few people earn is told of nobody: see `joined`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from boconsole.filters.writing import quote
from boconsole.language import _
from boconsole.leave import reading as leave
from boconsole.leave import words as leave_words
from boconsole.leave.reading import Request
from boconsole.money import from_minor
from boconsole.reports import narrowing
from boconsole.reports.shapes import Answer, Asked, Chart, Column, Row
from boconsole.staff import dated, paying, privacy
from boconsole.staff.dated import Standing
from db.staff import facts
from db.staff.rows import SalaryRow

LISTED = "people"
SMALLEST = 3
"""People that a group has at least, where money is told of it."""
HUNDREDTHS = Decimal(100)


def department_of(one: Standing) -> str:
    """Return where somebody works on the day, "" for nowhere."""
    return one.position.department if one.position else ""


def heads(asked: Asked) -> Answer:
    """Return how many people are employed, who came and who left."""
    return _departments(asked) if asked.by == "department" else _heads_by_time(asked)


def _departments(asked: Asked) -> Answer:
    counts: Counter[str] = Counter()
    wanted = narrowing.people(asked, "staff-heads")
    for one in dated.on(asked.session, asked.last, employed=True):
        if wanted is not None and one.id not in wanted:
            continue
        counts[department_of(one)] += 1
    today = asked.last == asked.session.now().astimezone(asked.session.zone).date()
    rows = []
    for name in sorted(counts, key=str.casefold):
        term = f"department:{quote(name)}" if name else "no:department"
        query = narrowing.words(asked, "state:employed", term) if today else None
        rows.append(Row((name, counts[name]), query, counts[name] if today else None,
                        of=None if today else name))  # fmt: skip
    columns = (Column("department", _("Department"), "text"),
               Column("employed", _("Employed"), total=True))  # fmt: skip
    return Answer(columns, rows, Chart("bar", 0, (1,)) if rows else None, LISTED)


def _heads_by_time(asked: Asked) -> Answer:
    spells = spells_of(asked)

    def employed(day: date) -> int:
        return len({person for person, first, last in spells if first <= day <= last})

    rows = []
    for period in asked.periods:
        start, end = employed(period.first - timedelta(days=1)), employed(period.last)
        came = sum(period.first <= first <= period.last for _person, first, _last in spells)
        left = sum(period.first <= last <= period.last for _person, _first, last in spells)
        mean = Decimal(start + end) / 2
        share = (left * 100 / mean).quantize(Decimal("0.1"), ROUND_HALF_UP) if mean else None
        rows.append(Row((period.name, end, came, left, share), of=period.name))
    columns = (Column("period", _("Period"), "text"), Column("employed", _("At the end")),
               Column("joined", _("Joined"), total=True), Column("left", _("Left"), total=True),
               Column("turnover", _("Turnover %"), "share", 1))  # fmt: skip
    told = _("Turnover = left / mean of the heads before and at the end of a period (ISO 30414).")
    return Answer(columns, rows, Chart("line", 0, (1,)), "", (told, *as_they_stand(asked)))


def spells_of(asked: Asked) -> list[tuple[int, date, date]]:
    """Return person, first and last day of every employment that is asked about."""
    wanted = narrowing.people(asked, "staff-heads")
    return [
        (one.head.employee_id, one.head.starts_on, one.head.ends_on or date.max)
        for one in facts.select_all("employment", privacy.scope(asked.session).ids())
        if wanted is None or one.head.employee_id in wanted
    ]


def as_they_stand(asked: Asked) -> tuple[str, ...]:
    """Return the sentence of a report that a query narrows."""
    told = _("The query chooses people as they stand on {day}.")
    return (told.format(day=asked.last),) if asked.query else ()


def absence(asked: Asked) -> Answer:
    """Return approved leave on the asked days: by type, month or department."""
    days: Counter[str] = Counter()
    hours: Counter[str] = Counter()
    people: dict[str, set[int]] = defaultdict(set)
    for request, key, quantity in absences(asked):
        (hours if request.unit == "hours" else days)[key] += quantity
        people[key].add(request.row.employee_id)
    rows = [
        Row((key, len(people[key]), days[key] / HUNDREDTHS, hours[key] / HUNDREDTHS), of=key)
        for key in sorted(people, key=str.casefold)
    ]
    titles = {"type": _("Type"), "month": _("Month"), "department": _("Department")}
    columns = (Column(asked.by, titles[asked.by], "text"), Column("people", _("People")),
               Column("days", _("Days"), "decimal", 1),
               Column("hours", _("Hours"), "decimal", 1))  # fmt: skip
    told = _("Approved leave in working or calendar days, as its type counts; or in hours.")
    return Answer(columns, rows, Chart("bar", 0, (2,)) if rows else None, "",
                  (told, *as_they_stand(asked)))  # fmt: skip


def absences(asked: Asked) -> Iterator[tuple[Request, str, int]]:
    """Yield request, line and hundredths of a day or hour, for each day somebody was away."""
    back = (asked.session.now().astimezone(asked.session.zone).date() - asked.first).days + 1
    departments = {one.id: department_of(one) for one in dated.on(asked.session, asked.last)}
    wanted = narrowing.people(asked, "staff-absence")
    for request in leave.seen(asked.session, (leave_words.APPROVED,), max(back, 0)):
        if wanted is not None and request.row.employee_id not in wanted:
            continue
        for each in request.days:
            if each.quantity and asked.first <= each.day <= asked.last:
                key = {
                    "type": request.row.title,
                    "month": f"{each.day:%Y-%m}",
                    "department": departments.get(request.row.employee_id, ""),
                }[asked.by]
                yield request, key, each.quantity


def cost(asked: Asked) -> Answer:
    """Return what a month of basic pay costs on the last day, by department and currency."""
    sums: Counter[tuple[str, str]] = Counter()
    counts: Counter[tuple[str, str]] = Counter()
    digits: dict[str, int] = {}
    untold = 0
    for standing, salary in salaries(asked):
        if salary is None:
            untold += 1
            continue
        key = (department_of(standing), salary.commodity)
        sums[key] += salary.amount
        counts[key] += 1
        digits[salary.commodity] = salary.precision
    rows = []
    for code in sorted(digits):
        of_code = {name: number for (name, each), number in counts.items() if each == code}
        kept = joined(of_code)
        money: Counter[str] = Counter()
        number: Counter[str] = Counter()
        for name in of_code:
            if kept[name] is not None:
                money[str(kept[name])] += sums[name, code]
                number[str(kept[name])] += counts[name, code]
        rows += [
            Row(
                (name or _("others"), code, number[name], from_minor(money[name], digits[code])),
                of=f"{code} {name}".strip(),
            )
            for name in sorted(money, key=lambda each: (not each, each.casefold()))
        ]
    most = max(digits.values(), default=0)
    columns = (Column("department", _("Department"), "text"),
               Column("currency", _("Currency"), "text"),
               Column("people", _("People"), total=True),
               Column("monthly", _("Basic pay a month"), "money", most))  # fmt: skip
    told = (
        _("Departments of fewer than {count} people stand together; fewer than that are not told.")
        .format(count=SMALLEST),
        _("{count} people without a monthly salary are left out.").format(count=untold),
    )  # fmt: skip
    return Answer(columns, rows, Chart("bar", 0, (3,)) if rows else None, "", told)


def salaries(asked: Asked) -> Iterator[tuple[Standing, SalaryRow | None]]:
    """Yield who is employed on the last day, and the monthly salary of each, if there is one."""
    wanted = narrowing.people(asked, "staff-cost")
    found = paying.between(asked.session, asked.last, asked.last,
                           how=f"report staff-cost {asked.last}",
                           employee_ids=None if wanted is None else sorted(wanted))  # fmt: skip
    for pay in found:
        salary = pay.salaries[-1] if pay.salaries else None
        yield pay.standing, salary if salary is not None and salary.per == "month" else None


def joined(counts: Mapping[str, int]) -> dict[str, str | None]:
    """Return under which name each group is told: its own, "" with others, None not at all.

    Small groups join others until they are `SMALLEST` together, so that neither a line nor the
    difference between a sum and its lines tells what one or two people earn.
    """
    found: dict[str, str | None] = {name: name for name in counts}
    untold = 0
    for name, count in sorted(counts.items(), key=lambda each: (each[1], each[0])):
        if count < SMALLEST or not name or 0 < untold < SMALLEST:
            found[name] = ""
            untold += count
    if untold < SMALLEST:
        found.update({name: None for name, told in found.items() if told == ""})
    return found
