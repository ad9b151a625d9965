"""All that is shown of one project, read at once."""

from typing import NamedTuple

from boconsole.projects import baselines, costing, goals, people, reporting, risks, scheduling
from boconsole.projects.baselines import PlannedRow
from boconsole.projects.costing import Forecast
from boconsole.projects.goals import Goal
from boconsole.projects.people import PersonRow
from boconsole.projects.reading import Plan
from boconsole.projects.reporting import DecisionRow, ReportRow
from boconsole.projects.risks import RiskRow
from boconsole.projects.scheduling import Schedule
from boconsole.projects.timing import TimeRow, running
from boconsole.session import Session
from db.projects import parts


class Card(NamedTuple):
    """A project with its schedule, its figures, and what hangs on it.

    Attributes:
        base: The tasks of its last baseline by id; empty where none was kept.
        timer: What the reader's timer runs on.
    """

    forecast: Forecast
    base: dict[int, PlannedRow]
    baseline: str
    risks: tuple[RiskRow, ...]
    goals: tuple[Goal, ...]
    people: tuple[PersonRow, ...]
    reports: tuple[ReportRow, ...]
    decisions: tuple[DecisionRow, ...]
    timer: TimeRow | None

    @property
    def schedule(self) -> Schedule:
        """When its tasks can be done."""
        return self.forecast.schedule

    @property
    def plan(self) -> Plan:
        """The project with its tasks and links."""
        return self.forecast.schedule.plan


def card(session: Session, project_id: int) -> Card:
    """Return a project with all that is shown of it; raises NotFoundError."""
    forecast = costing.of_schedule(session, scheduling.schedule(session, project_id))
    kept = baselines.baselines(session, project_id)
    planned = parts.select_planned(kept[0].id) if kept else []
    return Card(
        forecast, {each.task_id: each for each in planned}, kept[0].name if kept else "",
        tuple(risks.list_risks(session, project_id)), tuple(goals.goals(session, project_id)),
        tuple(people.list_people(session, project_id)),
        tuple(reporting.reports(session, project_id)),
        tuple(reporting.decisions(session, project_id)), running(session),
    )  # fmt: skip
