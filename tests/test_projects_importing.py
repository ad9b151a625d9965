"""Projects and tasks from files and into files: whole or not at all, and nothing twice."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from boconsole import audit
from boconsole.doors.main import main
from boconsole.importing.report import Refusal
from boconsole.projects import exporting, importing, linking, reading, scheduling, tree
from boconsole.session import Session
from db import connection
from tests.people import StandingClock, open_session
from tests.test_projects import new_project, new_task

HEAD = (
    "number,project,title,note,kind,parent,owner,state,estimate,remaining,percent,days,start,due,"
    "begun,done,cost,waits_for\n"
)


def rows_of(session: Session, project: int) -> list[tuple[int, str, str, str]]:
    plan = reading.plan(session, project)
    return [
        (node.depth, node.task.title, f"{node.task.start_on} {node.task.due_on}",
         linking.links_text(plan.links, node.task.id).replace(" ", "_"))
        for node in tree.walk(plan.tasks)
    ]  # fmt: skip


def planned(session: Session) -> int:
    """Return a project of a phase of two tasks and a milestone that waits for them."""
    project = new_project(session, name="Warehouse", budget="1200.50 USD", owner="root")
    phase = new_task(session, project, "Build")
    walls = new_task(session, project, "Walls", phase, days=3, start_on="2026-05-04",
                     estimate="20h", cost="12.50", owner="root")  # fmt: skip
    roof = new_task(session, project, "Roof", phase, days=2, note="two\nlines")
    opened = new_task(session, project, "Opened", kind="milestone")
    linking.link(session, walls, roof, "FS", 1)
    linking.relink(session, opened, f"TSK-{roof}, TSK-{walls} FF+2")
    scheduling.follow(session, project)
    return project


def test_what_was_exported_comes_in_elsewhere_with_all_that_holds_it_together(
    session: Session, clock: StandingClock, tmp_path: Path, sqlite_template: Path
) -> None:
    project = planned(session)
    assert exporting.export_projects(session, tmp_path / "projects.csv", "any") == 1
    assert exporting.export_plan(session, tmp_path / "tasks.csv", project) == 4
    there = rows_of(session, project)
    connection.close_database()
    shutil.copy(sqlite_template, tmp_path / "other.sqlite")
    other = open_session(f"sqlite:///{tmp_path / 'other.sqlite'}", clock)
    new_project(other, name="Another")

    made = [
        importing.import_projects(other, tmp_path / "projects.csv").created,
        importing.import_tasks(other, tmp_path / "tasks.csv").created,
        importing.import_projects(other, tmp_path / "projects.csv").known,
        importing.import_tasks(other, tmp_path / "tasks.csv").known,
    ]

    assert made == [1, 4, 1, 4]
    row = reading.again(2)
    assert (row.name, row.budget, row.tasks, row.owner) == ("Warehouse", 120_050, 3, "root")
    assert rows_of(other, 2) == there
    assert reading.task_again(2).cost == 1250
    assert audit.verify().broken == 0


def test_one_bad_row_keeps_all_of_them_out_and_each_is_told_with_its_line(
    session: Session, tmp_path: Path
) -> None:
    project = new_project(session)
    task = new_task(session, project, "There")
    file = tmp_path / "tasks.csv"
    file.write_text(
        HEAD
        + "1,PRJ-0001,Good,,,,,,,,,,,,,,,TSK-1\n"
        + "2,PRJ-0009,Nowhere,,,,,,,,,,,,,,,\n"
        + "3,PRJ-0001,Circle,,,4,,,,,,,,,,,,\n"
        + "4,PRJ-0001,Circle,,,3,,,,,,,,,,,,\n"
        + "5,PRJ-0001,Late,,,,,,much,,,,2026-05-09,,,,,\n"
        + "6,PRJ-0001,Waits,,,,,,,,,,,,,,,7 FS+1\n"
        + "7,PRJ-0001,Waits,,,,,,,,,,,,,,,6\n"
        + "7,PRJ-0001,Again,,,,,,,,,,,,,,,\n"
        + "8,PRJ-0001,Whose,,,,nobody-there,,,,,,,,,,,\n"
        + "9,PRJ-0001,Parent,,,TSK-99,,,,,,,,,,,,99\n",
        encoding="utf-8",
    )

    report = importing.import_tasks(session, file)

    assert (report.created, report.read) == (0, 10)
    assert [(each.line, each.column) for each in report.refused] == [
        (3, ""), (4, "parent"), (5, "parent"), (6, "estimate"), (8, ""), (9, "number"), (10, ""),
        (11, ""),
    ]  # fmt: skip
    assert [row.id for row in reading.plan(session, project).tasks] == [task]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_tries_everything_and_keeps_nothing(
    session: Session, tmp_path: Path, dry_run: bool
) -> None:
    project = new_project(session)
    file = tmp_path / "tasks.csv"
    file.write_text(
        HEAD
        + "b,,Roof,,,a,root,,,,,2,,,,,,c SS+1\n"
        + "a,,Build,,,,,,,,,,,,,,,\n"
        + "c,,Walls,,,a,,doing,2d,,50,,2026-05-04,,,,,\n",
        encoding="utf-8",
    )

    report = importing.import_tasks(session, file, project="PRJ-0001", dry_run=dry_run)

    assert (report.created, report.refused) == (3, list[Refusal]())
    titles = [(depth, title) for depth, title, _days, _links in rows_of(session, project)]
    assert titles == ([] if dry_run else [(0, "Build"), (1, "Roof"), (1, "Walls")])
    assert [each.action for each in audit.history(session, "task", 1)] == (
        [] if dry_run else ["task.import"]
    )


def test_tasks_are_brought_by_command(
    database_url: str, session: Session, tmp_path, capsys
) -> None:  # type: ignore[no-untyped-def]
    planned(session)

    def run(*words: str) -> tuple[int, object]:
        code = main(["--database", database_url, "--json", *words])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else told.err

    file = str(tmp_path / "tasks.csv")
    assert run("tasks", "export", "--project", "1", file)[1] == {"file": file, "tasks": 4}
    with Path(file).open(encoding="utf-8-sig", newline="") as sheet:
        assert [row["waits_for"] for row in csv.DictReader(sheet)] == [
            "", "", "TSK-2 FS+1", "TSK-2 FF+2, TSK-3",
        ]  # fmt: skip
    code, report = run("tasks", "import", file, "--project", "PRJ-0001", "--dry-run")
    assert (code, report["created"], report["dry_run"]) == (0, 4, True)  # type: ignore[index]
    listed = str(tmp_path / "list.json")
    assert run("tasks", "export", "owner:root", listed)[1] == {"file": listed, "tasks": 1}
    projects = str(tmp_path / "projects.csv")
    assert run("projects", "export", "any", projects)[0] == 0
    assert run("projects", "import", projects)[1]["created"] == 1  # type: ignore[index]
