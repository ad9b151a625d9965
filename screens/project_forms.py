"""The forms of projects: facts, tasks, risks, goals, people, status reports, time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.projects import (
    changing,
    fields,
    goals,
    linking,
    people,
    reading,
    reporting,
    risks,
    tasking,
    timing,
    words,
)
from boconsole.projects.goals import Goal, ResultRow
from boconsole.projects.people import PersonRow
from boconsole.projects.reading import Plan, Project, ProjectRow, Task, TaskRow
from boconsole.projects.risks import RiskRow
from boconsole.session import Session
from boconsole.tickets import choosing
from boconsole.tickets.rows import Ref
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.project_facts import PROJECT, TASK

Saved = Callable[[Any], None]  # Any: what the operation answers
Given = Mapping[str, object]


def nothing(_answer: object) -> None:
    """Do nothing once it is saved; the screens follow the change."""


def accounts(session: Session, start: str) -> list[Suggestion]:
    """Return colleagues whose login or name begins so."""
    return [Suggestion(*one) for one in choosing.accounts(session, start)]


def days_of(session: Session, given: Given) -> dict[str, object]:
    """Return fields with their moments as days; `fri` means the next one, as in a plan."""
    return {
        name: value.astimezone(session.zone).date() if isinstance(value, datetime) else value
        for name, value in given.items()
    }


def _length(text: str) -> str:
    try:
        words.parse_length(text)
    except InvalidChangeError as wrong:
        return wrong.reason
    return ""


# Projects


def _facts(session: Session) -> list[Field]:
    def organisations(start: str) -> list[Suggestion]:
        return [Suggestion(*one) for one in choosing.organisations(session, start)]

    return [
        Field("name", N_("Name"), required=True),
        Field("goal", N_("Goal"), "long", hint=N_("What is to be reached, and why.")),
        Field("owner", N_("Owner"), suggest=partial(accounts, session)),
        Field("sponsor", N_("Sponsor"), hint=N_("Who answers for it and pays for it.")),
        Field("organisation", N_("For"), suggest=organisations),
        Field("start_on", N_("Start"), "moment", required=True),
        Field("due_on", N_("Due"), "moment"),
        Field("budget", N_("Budget"), hint=N_("Such as 48000 USD.")),
        Field("tag", N_("Ledger tag"),
              hint=N_("Of its costs, as project: apollo; else entries that link to it.")),
        Field("holidays", N_("Days off"), hint=N_("As 2026-12-25, with blanks between them.")),
    ]  # fmt: skip


def new_project(session: Session, saved: Callable[[Project], None]) -> FormScreen:
    """Return the form of a new project."""

    def save(given: Given, _version: int) -> Project:
        return changing.create(session, days_of(session, given), words.ACTIVE)

    values = {"owner": session.user.login, "start_on": reading.today(session)}
    return FormScreen(
        Form("project.new", _("New project"), _facts(session), save, values,
             said=lambda made: _("{number} is there; n adds its tasks.").format(
                 number=made.number), saved=saved, feature=PROJECT)
    )  # fmt: skip


def edit_project(session: Session, row: ProjectRow) -> FormScreen:
    """Return the form of a project."""

    def save(given: Given, version: int) -> Project:
        return changing.edit(session, row.id, version, days_of(session, given))

    number = words.number(row.id)
    return FormScreen(
        Form("project.edit", _("Edit {number}").format(number=number), _facts(session), save,
             fields.told_of_project(row), row.id, row.version,
             said=_("{number} changed; u undoes it.").format(number=number), feature=PROJECT)
    )  # fmt: skip


# Tasks


def _task_fields(session: Session, *, holder: bool = False) -> list[Field]:
    first = Field("title", N_("Title"), required=True)
    rest = [
        Field("owner", N_("Owner"), suggest=partial(accounts, session)),
        Field("note", N_("Note"), "long"),
    ]
    if holder:
        return [first, *rest]
    return [
        first,
        Field("estimate", N_("Estimate"), check=_length, hint=N_("Work: 4h, 1d 4h or 90m.")),
        Field("start_on", N_("Start"), "moment"),
        Field("days", N_("Days"), "number", hint=N_("Working days from start to end.")),
        Field("due_on", N_("Due"), "moment", hint=N_("Left empty, it follows from the days.")),
        Field("percent", N_("Done %"), "number"),
        Field("remaining", N_("Remaining"), check=_length, hint=N_("Work that is left.")),
        Field("waits_for", N_("Waits for"), hint=N_("TSK-3, TSK-4 SS+2: FS, SS, FF, SF, days.")),
        Field("cost", N_("Costs"), hint=N_("Beside the hours, in the project's currency.")),
        Field("kind", N_("Kind"), "choice", choices=tuple(words.KINDS.items())),
        *rest,
    ]  # fmt: skip


def new_task(
    session: Session, plan: Plan, parent_id: int | None, saved: Callable[[Task], None] = nothing
) -> FormScreen:
    """Return the form of a new task of a project."""

    def save(given: Given, _version: int) -> Task:
        wanted = {name: value for name, value in days_of(session, given).items()
                  if value not in (None, "") and name != "waits_for"}  # fmt: skip
        waits = str(given.get("waits_for") or "")
        linking.read_links(waits)
        made = tasking.create(session, plan.project.id, wanted, parent_id)
        return linking.relink(session, made.row.id, waits) if waits else made

    title = _("New task of {number}").format(number=plan.number)
    values: dict[str, object] = {"kind": words.WORK}
    return FormScreen(
        Form(draft_of("task.new", plan.project.id, parent_id or 0), title, _task_fields(session),
             save, values, said=lambda made: _("{number} is there.").format(number=made.number),
             saved=saved, feature=TASK)
    )  # fmt: skip


def edit_task(session: Session, plan: Plan, row: TaskRow) -> FormScreen:
    """Return the form of a task."""
    values = fields.told_of_task(row, plan.project.precision)
    values["waits_for"] = linking.links_text(plan.links, row.id)
    if not row.cost:
        values["cost"] = ""

    def save(given: Given, version: int) -> Task:
        typed = days_of(session, given)
        wanted = {name: value for name, value in typed.items() if name != "waits_for"}
        done = tasking.edit(session, Ref(row.id, version), wanted) if wanted else None
        if "waits_for" in given:
            done = linking.relink(session, row.id, str(given["waits_for"] or ""))
        return done or Task(row)

    number = words.task_number(row.id)
    shown = _task_fields(session, holder=bool(row.children))
    return FormScreen(
        Form("task.edit", _("Edit {number}").format(number=number), shown, save,
             {field.name: values.get(field.name) for field in shown}, row.id, row.version,
             said=_("{number} changed; u undoes it.").format(number=number), feature=TASK)
    )  # fmt: skip


# What hangs on a project


def _risk_fields(session: Session) -> list[Field]:
    scale = tuple((str(each), str(each)) for each in range(1, 6))
    return [
        Field("title", N_("Title"), required=True),
        Field("kind", N_("Kind"), "choice", choices=tuple(risks.KINDS.items()),
              hint=N_("A risk may happen; an issue has happened.")),
        Field("probability", N_("Probability"), "choice", choices=scale),
        Field("impact", N_("Impact"), "choice", choices=scale),
        Field("response", N_("Response"), "choice", choices=tuple(risks.RESPONSES.items())),
        Field("plan", N_("Plan"), "long", hint=N_("What is done about it.")),
        Field("owner", N_("Owner"), suggest=partial(accounts, session)),
        Field("due_on", N_("Due"), "moment"),
        Field("state", N_("State"), "choice", choices=tuple(risks.STATES.items())),
    ]  # fmt: skip


def new_risk(session: Session, project_id: int) -> FormScreen:
    """Return the form of a new risk."""

    def save(given: Given, _version: int) -> RiskRow:
        typed = days_of(session, given)
        wanted = {name: value for name, value in typed.items() if value is not None}
        return risks.create(session, project_id, wanted)

    values = {"kind": risks.RISK, "probability": "3", "impact": "3", "response": "",
              "state": risks.OPEN}  # fmt: skip
    return FormScreen(Form(draft_of("risk.new", project_id), _("New risk"), _risk_fields(session),
                           save, values, said=_("The risk is noted."),
                           feature=PROJECT))  # fmt: skip


def edit_risk(session: Session, row: RiskRow) -> FormScreen:
    """Return the form of a risk."""

    def save(given: Given, version: int) -> RiskRow:
        return risks.edit(session, row.id, version, days_of(session, given))

    values = {**row._asdict(), "probability": str(row.probability), "impact": str(row.impact)}
    shown = _risk_fields(session)
    return FormScreen(
        Form("risk.edit", row.title, shown, save,
             {field.name: values.get(field.name) for field in shown}, row.id, row.version,
             said=_("The risk is changed."), feature=PROJECT)
    )  # fmt: skip


def new_objective(session: Session, project_id: int) -> FormScreen:
    """Return the form of a new objective."""

    def save(given: Given, _version: int) -> object:
        day = fields.day_of(days_of(session, given).get("due_on"), "due_on")
        return goals.add_objective(session, project_id, str(given.get("title") or ""), day)

    shown = [Field("title", N_("Objective"), required=True, hint=N_("Where we want to be.")),
             Field("due_on", N_("Due"), "moment")]  # fmt: skip
    return FormScreen(Form(draft_of("objective.new", project_id), _("New objective"), shown,
                           save, {}, said=_("The objective is there; n on it adds a key result."),
                           feature=PROJECT))  # fmt: skip


def new_result(session: Session, goal: Goal) -> FormScreen:
    """Return the form of a new key result of an objective."""

    def save(given: Given, _version: int) -> ResultRow:
        title, target, start, unit = (
            str(given.get(name) or "") for name in ("title", "target", "start", "unit")
        )
        return goals.add_result(session, goal.row.id, title, target, start or "0", unit)

    shown = [
        Field("title", N_("Key result"), required=True, hint=N_("A figure that can be measured.")),
        Field("start", N_("From"), required=True), Field("target", N_("To"), required=True),
        Field("unit", N_("Unit")),
    ]  # fmt: skip
    said = _("The key result is there; e measures it.")
    return FormScreen(Form(draft_of("result.new", goal.row.id), goal.row.title, shown, save,
                           {"start": "0"}, said=said, feature=PROJECT))  # fmt: skip


def measure_result(session: Session, row: ResultRow) -> FormScreen:
    """Return the form that says where a key result is."""

    def save(given: Given, _version: int) -> ResultRow:
        day = fields.day_of(given.get("measured_on"), "measured_on")
        return goals.measure(session, row.id, str(given.get("current") or ""), day)

    shown = [Field("current", N_("Now"), required=True), Field("measured_on", N_("Day"), "date")]
    values = {"current": row.current, "measured_on": reading.today(session)}
    return FormScreen(Form(draft_of("result.measure", row.id), row.title, shown, save, values,
                           said=_("The key result is measured."), feature=PROJECT))  # fmt: skip


def _person_fields(session: Session) -> list[Field]:
    return [
        Field("who", N_("Who"), required=True, suggest=partial(accounts, session),
              hint=N_("A login, a mail address of a contact, or a name.")),
        Field("role", N_("Role")),
        Field("hours", N_("Hours a week"), "number", hint=N_("That somebody has for it.")),
        Field("influence", N_("Influence"), "number", hint=N_("1 to 5.")),
        Field("interest", N_("Interest"), "number", hint=N_("1 to 5.")),
        Field("note", N_("Note"), "long"),
    ]  # fmt: skip


def new_person(session: Session, project_id: int) -> FormScreen:
    """Return the form of somebody new."""

    def save(given: Given, _version: int) -> PersonRow:
        return people.create(session, project_id, given)

    return FormScreen(Form(draft_of("person.new", project_id), _("New person"),
                           _person_fields(session), save, {},
                           said=lambda made: _("{name} is in it.").format(name=made.name),
                           feature=PROJECT))  # fmt: skip


def edit_person(session: Session, row: PersonRow) -> FormScreen:
    """Return the form of somebody's part."""

    def save(given: Given, version: int) -> PersonRow:
        return people.edit(session, row.id, version, given)

    values = {**row._asdict(), "who": row.login or row.email or row.name}
    shown = _person_fields(session)
    return FormScreen(
        Form("person.edit", row.name, shown, save,
             {field.name: values.get(field.name) for field in shown}, row.id, row.version,
             said=_("The part of {name} is changed.").format(name=row.name), feature=PROJECT)
    )  # fmt: skip


def new_report(session: Session, project: ProjectRow) -> FormScreen:
    """Return the form of a status report."""

    def save(given: Given, _version: int) -> object:
        texts = (str(given.get(name) or "") for name in ("rag", "reason", "achieved", "planned"))
        return reporting.report(session, project.id, *texts)

    shown = [
        Field("rag", N_("Status"), "choice", choices=tuple(words.RAGS.items())),
        Field("reason", N_("Why"), required=True, hint=N_("In one sentence.")),
        Field("achieved", N_("Done"), "long", hint=N_("What was reached since the last one.")),
        Field("planned", N_("Next"), "long"),
    ]  # fmt: skip
    title = _("Status of {number}").format(number=words.number(project.id))
    return FormScreen(Form(draft_of("report.new", project.id), title, shown, save,
                           {"rag": project.rag or words.GREEN}, said=_("The status is reported."),
                           feature=PROJECT))  # fmt: skip


def new_time(session: Session, what: str, title: str) -> FormScreen:
    """Return the form that notes time on a task or a ticket."""

    def save(given: Given, _version: int) -> object:
        minutes = words.parse_length(str(given.get("time") or ""), "time")
        day = fields.day_of(given.get("day"), "day")
        return timing.add(session, what, minutes, day, str(given.get("note") or ""))

    shown = [
        Field("time", N_("Time"), required=True, check=_length, hint=N_("2h, 1h30m or 45m.")),
        Field("day", N_("Day"), "date"), Field("note", N_("Note")),
    ]  # fmt: skip
    return FormScreen(Form(draft_of("time.new", what), f"{what} {title}", shown, save,
                           {"day": reading.today(session)}, said=_("The time is noted."),
                           feature=TASK))  # fmt: skip
