"""What a project is to reach: objectives, and key results that are measured."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.money import typed
from boconsole.projects import reading, writing
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from db.projects import parts
from db.projects.rows import ObjectiveRow as ObjectiveRow  # screens know them from here
from db.projects.rows import ResultRow as ResultRow


class Goal(NamedTuple):
    """An objective with its key results."""

    row: ObjectiveRow
    results: tuple[ResultRow, ...]

    @property
    def progress(self) -> int:
        """In per cent: the mean of its key results, each counted from 0 to 100."""
        shares = [share(each) for each in self.results]
        return sum(shares) // len(shares) if shares else 0


def share(result: ResultRow) -> int:
    """Return how many per cent of the way from start to target are done, 0 to 100."""
    start, target, current = map(Decimal, (result.start, result.target, result.current))
    if target == start:
        return 100 if current >= target else 0
    return max(0, min(100, int((current - start) * 100 / (target - start))))


def goals(session: Session, project_id: int) -> list[Goal]:
    """Return what a project is to reach, and how far it is."""
    session.require("project.read")
    return joined(parts.select_objectives(project_id), parts.select_results(project_id))


def joined(objectives: Iterable[ObjectiveRow], results: Iterable[ResultRow]) -> list[Goal]:
    """Return objectives with their key results."""
    results = list(results)
    return [
        Goal(row, tuple(each for each in results if each.objective_id == row.id))
        for row in objectives
    ]


def add_objective(
    session: Session, project_id: int, title: str, due_on: date | None = None
) -> ObjectiveRow:
    """Add an objective; raises InvalidChangeError."""
    session.require("project.edit")
    with audit.writing():
        columns = {"title": required_line(title, field="title", limit=200), "due_on": due_on}
        made = writing.add(session, project_id, writing.OBJECTIVE,
                           {**columns, "version": 1}, columns)  # fmt: skip
        found = parts.find_objective(made)
        if found is None:
            raise NotFoundError(_("objective {number}").format(number=made))
        return found


def add_result(
    session: Session, objective_id: int, title: str, target: str, start: str = "0", unit: str = ""
) -> ResultRow:
    """Add a key result to an objective: a figure that goes from a start to a target.

    Raises:
        InvalidChangeError: A figure is no number.
        NotFoundError: There is no such objective.
    """
    session.require("project.edit")
    with audit.writing():
        objective = parts.find_objective(objective_id)
        if objective is None:
            raise NotFoundError(_("objective {number}").format(number=objective_id))
        begun = figure(start, "start")
        columns = {
            "objective_id": objective_id, "title": required_line(title, field="title", limit=200),
            "unit": clean_line(unit, field="unit", limit=20), "start": begun,
            "target": figure(target, "target"), "current": begun, "version": 1,
        }  # fmt: skip
        told = {name: columns[name] for name in ("title", "start", "target")}
        made = writing.add(session, objective.project_id, writing.RESULT, columns, told)
        return _again(made)


def measure(session: Session, result_id: int, current: str, day: date | None = None) -> ResultRow:
    """Say where a key result is; raises InvalidChangeError or NotFoundError."""
    session.require("task.edit")
    with audit.writing():
        old = _again(result_id)
        objective = parts.find_objective(old.objective_id)
        columns = {
            "current": figure(current, "current"), "measured_on": day or reading.today(session),
        }  # fmt: skip
        told: dict[str, tuple[object, object]] = {
            "title": (old.title, old.title), "current": (old.current, columns["current"]),
            "measured_on": (old.measured_on, columns["measured_on"]),
        }  # fmt: skip
        writing.change(session, objective.project_id if objective else 0, writing.RESULT,
                       (old.id, old.version), columns, told)  # fmt: skip
        return _again(result_id)


def figure(text: str, field: str) -> str:
    """Return an exact decimal as text; raises InvalidChangeError."""
    value = typed(text.strip().removesuffix("%"))
    if value is None or abs(value) >= Decimal(10) ** 15:
        raise InvalidChangeError(field, _("{text!r} is no number").format(text=text.strip()[:40]))
    return f"{value:f}"


def _again(result_id: int) -> ResultRow:
    row = parts.find_result(result_id)
    if row is None:
        raise NotFoundError(_("key result {number}").format(number=result_id))
    return row
