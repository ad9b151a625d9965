"""Money of a project: budget against hours and the ledger, earned value, the day of the end.

Hours cost what an hour of the person's role did on their day. The ledger adds what its entries
say that link to the project, or carry its tag.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.ledger import breakdowns, dimensions
from boconsole.money import from_minor
from boconsole.projects import earned_value, reading, scheduling, tree, words
from boconsole.projects.dating import calendar
from boconsole.projects.earned_value import TYPICAL, EarnedValue
from boconsole.projects.reading import Plan
from boconsole.projects.scheduling import Schedule
from boconsole.projects.working_days import WorkingDays
from boconsole.session import Session
from db.projects import parts, times
from db.projects.rows import ProjectRow, TaskRow
from db.projects.times import Spent

SIXTY = Decimal(60)
FAR = 10_000
"""Working days ahead beyond which no end is told."""


class Money(NamedTuple):
    """What a project may cost, and what it did, in smallest units of its currency.

    Attributes:
        planned: Planned costs of its tasks.
        hours: Minutes that were noted.
        labour: What these hours cost.
        booked: What the ledger says beside it; None where the reader may not see the ledger.
        left_out: Sentences about what could not be added, such as another currency.
    """

    commodity: str
    precision: int
    budget: int | None
    planned: int
    hours: int
    labour: int
    booked: int | None
    left_out: tuple[str, ...]
    people: tuple[Spent, ...]

    @property
    def actual(self) -> int:
        """All that it cost until now."""
        return self.labour + (self.booked or 0)


class Forecast(NamedTuple):
    """How a project stands, and when it ends.

    Attributes:
        planned: Per cent that was to be done by now, of the plan's own days.
        complete: Per cent that is done.
        value: None where there is no budget to measure against.
        finish: When the rest is done if it goes on as until now; None without tasks, and where
            the pace leads beyond all sense.
        why: How `finish` was found, in a sentence.
    """

    schedule: Schedule
    money: Money
    planned: Decimal
    complete: Decimal
    value: EarnedValue | None
    finish: date | None
    why: str


def money(session: Session, project: ProjectRow, plan: Plan | None = None) -> Money:
    """Return what a project may cost, and what it did."""
    session.require("project.read")
    spent = times.sum_of_project(project.id, reading.today(session))
    code, left_out = project.commodity, []
    worth = Decimal(0)
    for each in spent:
        if each.worth and each.commodity == code:
            worth += Decimal(each.worth) / SIXTY
        elif each.worth:
            left_out.append(_("hours of {login} in {commodity}").format(
                login=each.user, commodity=each.commodity))  # fmt: skip
    booked: int | None = None
    if session.may("ledger.read"):
        booked, others = _booked(session, project)
        left_out += [_("entries in {commodity}").format(commodity=other) for other in others]
    return Money(
        code, project.precision, project.budget,
        sum(task.cost for task in plan.tasks) if plan else 0,
        sum(each.minutes for each in spent),
        int(worth.to_integral_value(ROUND_HALF_UP)), booked, tuple(left_out), tuple(spent),
    )  # fmt: skip


def _booked(session: Session, project: ProjectRow) -> tuple[int, list[str]]:
    """Return what the ledger says that a project cost, and other currencies it says so in."""
    if project.tag:
        name, value = dimensions.read_tag(project.tag)
    else:
        name, value = "project", ""
    try:
        found = breakdowns.breakdown(session, name)
    except NotFoundError:  # no entry carries the tag yet
        return 0, []
    total, others = 0, []
    for part in found:
        if part.value is None or not _means(part.value, value, project):
            continue
        if part.commodity == project.commodity:
            total -= part.net
        elif part.net:
            others.append(part.commodity)
    return total, others


def _means(told: str, value: str, project: ProjectRow) -> bool:
    if project.tag:
        return told.casefold() == value.casefold()
    head, _dash, digits = told.upper().partition("-")
    return head == "PRJ" and digits.lstrip("0") == str(project.id)


# Earned value and the end


def forecast(session: Session, name: str | int, method: str = TYPICAL) -> Forecast:
    """Return how a project stands by its own data, and when it will end."""
    plan = reading.plan(session, name)
    return of_schedule(session, scheduling.of_plan(plan), method)


def of_schedule(session: Session, schedule: Schedule, method: str = TYPICAL) -> Forecast:
    """Return how a project stands by its schedule."""
    plan, today = schedule.plan, reading.today(session)
    found = money(session, plan.project, plan)
    planned = _share(schedule, today)
    complete = done_share(plan.tasks)
    value = None
    if found.budget is not None:
        budget = from_minor(found.budget, found.precision)
        actual = from_minor(max(found.actual, 0), found.precision)
        exact = earned_value.of_shares(budget, planned, complete, actual, method)
        value = earned_value.settled(exact, found.precision)
    finish, why = _finish(schedule, today, planned, complete)
    return Forecast(schedule, found, planned, complete, value, finish, why)


def done_share(tasks: tuple[TaskRow, ...]) -> Decimal:
    """Return how many per cent of the work are done, by its weight."""
    work = [task for task in tasks if not task.children and task.state != words.DROPPED]
    weights = tree.weights(work)
    if not work:
        return Decimal(0)
    return Decimal(sum(weights[task.id] * task.percent for task in work)) / sum(weights.values())


def _share(schedule: Schedule, today: date) -> Decimal:
    """Return how many per cent were to be done by the end of a day, evenly over each task.

    What was planned is what the last baseline says, else what the tasks say.
    """
    days = calendar(schedule.plan.project)
    baselines = parts.select_baselines(schedule.plan.project.id)
    kept = {each.task_id: each for each in parts.select_planned(baselines[0].id)} \
        if baselines else {}  # fmt: skip
    weights = tree.weights(each.task for each in schedule.tasks)
    total, due = 0, Decimal(0)
    for each in schedule.tasks:
        task = each.task
        old = kept.get(task.id)
        start = (old.start_on if old else task.start_on) or each.early_start
        end = (old.due_on if old else task.due_on) or each.early_finish
        weight = weights[task.id]
        total += weight
        if today >= end:
            due += weight
        elif today >= start:
            due += Decimal(weight * days.count(start, today)) / max(days.count(start, end), 1)
    return due * 100 / total if total else Decimal(0)


def _finish(
    schedule: Schedule, today: date, planned: Decimal, complete: Decimal
) -> tuple[date | None, str]:
    """Return when the work will be done at the pace it had until now, and how that was found."""
    days = schedule.calendar
    now, late = days.index(today), schedule.finish < today
    if not schedule.tasks:
        return None, _("there are no tasks yet")
    if complete >= 100:
        return schedule.plan.project.done_on or schedule.finish, _("all of it is done")
    if not complete and not late:
        return schedule.finish, _("by its schedule, as nothing is done yet")
    if not complete:
        begins = min(each.early_start for each in schedule.tasks)
        whole = max(1, days.count(begins, schedule.finish))
        return days.day(now + whole - 1), _("its whole schedule from today on, as none is done")
    if late:
        left = Decimal(max(1, now + 1)) * (100 - complete) / complete
        return _after(days, now + 1, left), _("past its schedule, at its pace so far")
    if not planned:
        return schedule.finish, _("by its schedule, as it is ahead of it")
    pace = min(complete / planned, Decimal(1))
    left = Decimal(max(0, days.index(schedule.finish + timedelta(1)) - now)) / pace
    end = _after(days, now, left)
    return end and max(end, schedule.finish), _("the rest at a pace of {pace} of the plan").format(
        pace=f"{pace:.2f}"
    )


def _after(days: WorkingDays, start: int, left: Decimal) -> date | None:
    """Return the last of the days that are left from a working day on; None in the far future."""
    count = max(1, int(left.to_integral_value(ROUND_HALF_UP)))
    return days.day(start + count - 1) if count <= FAR else None
