"""What hangs on a project: people, risks, decisions, reports, goals, baselines."""

from collections.abc import Iterable

from db import connection
from db.projects import statements
from db.projects.rows import (
    BaselineRow,
    DecisionRow,
    ObjectiveRow,
    PersonRow,
    PlannedRow,
    ReportRow,
    ResultRow,
    RiskRow,
)

PERSON = (
    "SELECT a.id, a.version, a.project_id, a.name, a.user_id, coalesce(u.login, ''), "
    "a.contact_id, coalesce(c.email, ''), a.role, a.hours, a.influence, a.interest, a.note "
    "FROM project_person a LEFT JOIN user_account u ON u.id = a.user_id "
    "LEFT JOIN contact c ON c.id = a.contact_id"
)
RISK = (
    "SELECT a.id, a.version, a.project_id, a.kind, a.title, a.probability, a.impact, a.response, "
    "a.plan, a.owner_id, coalesce(u.login, ''), a.due_on, a.state FROM project_risk a "
    "LEFT JOIN user_account u ON u.id = a.owner_id"
)
LIMIT = 200
"""Reports and decisions of one project that are read at most."""


def select_people(project_id: int) -> list[PersonRow]:
    """Return who has a part in a project, those who work on it first."""
    rows = connection.fetch(
        f"{PERSON} WHERE a.project_id = ? "
        "ORDER BY CASE WHEN a.user_id IS NULL THEN 1 ELSE 0 END, a.name, a.id",
        (project_id,),
    )
    return [PersonRow(*row) for row in rows]


def find_person(person_id: int) -> PersonRow | None:
    """Return somebody with a part in a project."""
    rows = connection.fetch(f"{PERSON} WHERE a.id = ?", (person_id,))
    return PersonRow(*rows[0]) if rows else None


def select_risks(project_id: int) -> list[RiskRow]:
    """Return risks and issues, the open ones first, the gravest first."""
    rows = connection.fetch(
        f"{RISK} WHERE a.project_id = ? ORDER BY CASE WHEN a.state = 'open' THEN 0 ELSE 1 END, "
        "a.probability * a.impact DESC, a.id",
        (project_id,),
    )
    return [statements.row_of(RiskRow, row) for row in rows]


def find_risk(risk_id: int) -> RiskRow | None:
    """Return a risk or an issue."""
    rows = connection.fetch(f"{RISK} WHERE a.id = ?", (risk_id,))
    return statements.row_of(RiskRow, rows[0]) if rows else None


def select_decisions(project_id: int) -> list[DecisionRow]:
    """Return the decisions of a project, the last first."""
    rows = connection.fetch(
        "SELECT id, project_id, title, reason, decided_by, decided_on FROM project_decision "
        "WHERE project_id = ? ORDER BY decided_on DESC, id DESC LIMIT ?",
        (project_id, LIMIT),
    )
    return [statements.row_of(DecisionRow, row) for row in rows]


def select_reports(project_id: int) -> list[ReportRow]:
    """Return the status reports of a project, the last first."""
    rows = connection.fetch(
        "SELECT a.id, a.project_id, a.rag, a.reason, a.achieved, a.planned, a.progress, "
        "coalesce(u.login, ''), a.at FROM status_report a "
        "LEFT JOIN user_account u ON u.id = a.author_id "
        "WHERE a.project_id = ? ORDER BY a.id DESC LIMIT ?",
        (project_id, LIMIT),
    )
    return [statements.row_of(ReportRow, row) for row in rows]


def select_objectives(project_id: int) -> list[ObjectiveRow]:
    """Return what a project is to reach, in order."""
    rows = connection.fetch(
        "SELECT id, version, project_id, title, due_on FROM objective "
        "WHERE project_id = ? ORDER BY id",
        (project_id,),
    )
    return [statements.row_of(ObjectiveRow, row) for row in rows]


def find_objective(objective_id: int) -> ObjectiveRow | None:
    """Return an objective."""
    rows = connection.fetch(
        "SELECT id, version, project_id, title, due_on FROM objective WHERE id = ?",
        (objective_id,),
    )
    return statements.row_of(ObjectiveRow, rows[0]) if rows else None


RESULT = (
    "SELECT k.id, k.version, k.objective_id, k.title, k.unit, k.start, k.target, k.current, "
    "k.measured_on FROM key_result k"
)


def select_results(project_id: int) -> list[ResultRow]:
    """Return the key results of a project, by objective, in order."""
    rows = connection.fetch(
        f"{RESULT} JOIN objective o ON o.id = k.objective_id WHERE o.project_id = ? "
        "ORDER BY k.objective_id, k.id",
        (project_id,),
    )
    return [statements.row_of(ResultRow, row) for row in rows]


def find_result(result_id: int) -> ResultRow | None:
    """Return a key result."""
    rows = connection.fetch(f"{RESULT} WHERE k.id = ?", (result_id,))
    return statements.row_of(ResultRow, rows[0]) if rows else None


BASELINE = (
    "SELECT b.id, b.project_id, b.name, b.start_on, b.due_on, b.budget, coalesce(u.login, ''), "
    "b.at FROM baseline b LEFT JOIN user_account u ON u.id = b.author_id"
)


def select_baselines(project_id: int) -> list[BaselineRow]:
    """Return the baselines of a project, the last first."""
    rows = connection.fetch(f"{BASELINE} WHERE b.project_id = ? ORDER BY b.id DESC", (project_id,))
    return [statements.row_of(BaselineRow, row) for row in rows]


def select_planned(baseline_id: int) -> list[PlannedRow]:
    """Return the tasks of a baseline."""
    rows = connection.fetch(
        "SELECT task_id, title, start_on, due_on, days, estimate, cost FROM baseline_task "
        "WHERE baseline_id = ? ORDER BY task_id",
        (baseline_id,),
    )
    return [statements.row_of(PlannedRow, row) for row in rows]


def insert_planned(baseline_id: int, planned: Iterable[PlannedRow]) -> None:
    """Keep tasks as they are planned now."""
    for each in planned:
        connection.execute(
            "INSERT INTO baseline_task (baseline_id, task_id, title, start_on, due_on, days, "
            "estimate, cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (baseline_id, *map(statements.stored, each)),
        )
