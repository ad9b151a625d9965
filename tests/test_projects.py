"""Projects, tasks, what they wait for, and time: on both engines."""

import threading
from datetime import date

import pytest

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError, UndoError
from boconsole.projects import (
    changing,
    linking,
    reading,
    scheduling,
    tasking,
    timing,
    undoing,
)
from boconsole.projects.errors import CycleError, TimerRunsError
from boconsole.projects.reading import Task
from boconsole.session import Session
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket, Ref
from db import connection
from tests.people import StandingClock, add_agent


def new_project(session: Session, **given: object) -> int:
    wanted = {"name": "New warehouse", "start_on": "2026-05-04", **given}
    return changing.create(session, wanted, "active").row.id


def new_task(
    session: Session, project: int, title: str, parent: int | None = None, **given: object
) -> int:
    return tasking.create(session, project, {"title": title, **given}, parent).row.id


def dates(session: Session, project: int) -> dict[str, tuple[str, str]]:
    return {
        row.title: (str(row.start_on), str(row.due_on))
        for row in reading.plan(session, project).tasks
    }


def test_what_holds_tasks_follows_from_them(session: Session) -> None:
    project = new_project(session, holidays="2026-05-14")
    phase = new_task(session, project, "Build")
    walls = new_task(session, project, "Walls", phase, start_on="2026-05-11", days=5)
    roof = new_task(session, project, "Roof", phase, start_on="2026-05-25", estimate="3d")
    new_task(session, project, "Opened", kind="milestone", due_on="2026-06-01")
    tasking.edit(session, Ref(roof), {"percent": 50})
    tasking.set_state(session, [Ref(walls)], "done")

    row = reading.get_task(session, phase).row
    assert (row.start_on, row.due_on) == (date(2026, 5, 11), date(2026, 5, 27))
    assert (row.state, row.percent, row.estimate, row.days) == ("doing", 81, 3 * 480, 8)
    kept = reading.get(session, project).row
    assert (kept.tasks, kept.tasks_done, kept.progress) == (3, 1, 81)
    assert (kept.next_milestone, kept.next_on) == ("Opened", date(2026, 6, 1))
    assert dates(session, project)["Walls"] == ("2026-05-11", "2026-05-18")
    with pytest.raises(InvalidChangeError):
        tasking.edit(session, Ref(phase), {"due_on": "2026-06-01"})
    with pytest.raises(InvalidChangeError):
        tasking.place(session, Ref(phase), walls)
    assert [each.row.title for each in map(Task, reading.list_tasks(session, "roof").rows)] == [
        "Roof"
    ]


def test_dates_follow_what_tasks_wait_for_in_one_step_that_is_undone(session: Session) -> None:
    project = new_project(session)
    plan = new_task(session, project, "Plan", start_on="2026-05-04", days=3)
    build = new_task(session, project, "Build", start_on="2026-05-05", days=4)
    paint = new_task(session, project, "Paint", days=2)
    opened = new_task(session, project, "Opened", kind="milestone")
    linking.link(session, plan, build)
    linking.link(session, build, paint, "SS", 2)
    linking.relink(session, opened, f"TSK-{build}, TSK-{paint} FF+1")
    before = dates(session, project)

    moved = scheduling.follow(session, project)

    assert [each.row.title for each in moved] == ["Build", "Paint", "Opened"]
    assert dates(session, project) == {
        "Plan": ("2026-05-04", "2026-05-06"), "Build": ("2026-05-07", "2026-05-12"),
        "Paint": ("2026-05-11", "2026-05-12"), "Opened": ("2026-05-13", "2026-05-13"),
    }  # fmt: skip
    found = {each.task.title: each for each in scheduling.schedule(session, project).tasks}
    assert [name for name, each in found.items() if each.critical] == [
        "Plan", "Build", "Paint", "Opened",
    ]  # fmt: skip
    assert found["Build"].late_start == date(2026, 5, 7)
    assert undoing.undo_last(session) == [f"TSK-{each}" for each in (build, paint, opened)]
    assert dates(session, project) == before
    assert undoing.undo_last(session) == [f"TSK-{opened}"]
    assert [link.after for link in reading.plan(session, project).links] == [build, paint]


def test_a_circle_is_refused_also_with_two_writers_at_once(
    session: Session, database_url: str
) -> None:
    project = new_project(session)
    first, second, third = (new_task(session, project, name) for name in "ABC")
    linking.link(session, first, second)
    with pytest.raises(CycleError, match=f"TSK-{first} → TSK-{second} → TSK-{first}"):
        linking.link(session, second, first)
    refused: list[Exception] = []
    ready = threading.Barrier(2)

    def link(before: int, after: int) -> None:
        try:
            ready.wait(10)
            linking.link(session, before, after)
        except CycleError as error:
            refused.append(error)
        finally:
            connection.release()

    pairs = ((second, third), (third, second))
    threads = [threading.Thread(target=link, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert len(reading.plan(session, project).links) == 2
    scheduling.schedule(session, project)


def test_undo_stops_where_somebody_else_changed_it_since(session: Session) -> None:
    project = new_project(session)
    task = new_task(session, project, "Plan", owner="root")
    ann = add_agent(session, "ann")
    moved = tasking.set_state(session, [Ref(task)], "done")[0]
    with pytest.raises(StaleRecordError):
        tasking.edit(ann, Ref(task, moved.row.version - 1), {"title": "Plans"})

    assert undoing.undo_last(session) == [f"TSK-{task}"]
    row = reading.get_task(session, task).row
    assert (row.state, row.percent, row.begun_on, row.done_on) == ("todo", 0, None, None)
    tasking.assign(session, [row], "ann")
    tasking.edit(ann, Ref(task), {"percent": 100})
    with pytest.raises(UndoError):
        undoing.undo_last(session)
    assert audit.verify().broken == 0


def test_one_timer_runs_and_what_it_measured_is_rounded(
    session: Session, clock: StandingClock
) -> None:
    project = new_project(session)
    task = new_task(session, project, "Plan")
    ticket = creating.create(session, NewTicket("Printer"))
    timing.set_rate(session, "admin", "60 USD")
    timing.set_rule(session, 15, "up")

    timing.start(session, f"TSK-{task}", "drawing")
    clock.advance(minutes=16)
    with pytest.raises(TimerRunsError):
        timing.start(session, f"TKT-{ticket.id}")
    other = timing.start(session, f"TKT-{ticket.id}", switch=True)
    clock.advance(seconds=20)
    stopped = timing.stop(session)
    timing.add(session, f"TSK-{task}", 40, date(2026, 5, 1), "reading")

    assert (other.row.ticket_id, stopped.row.minutes, stopped.row.seconds) == (
        ticket.id, 15, 20,
    )  # fmt: skip
    drawn = timing.of_subject(session, f"TSK-{task}")[0]
    assert (drawn.minutes, drawn.seconds, drawn.rate, drawn.running) == (30, 960, 6000, False)
    assert reading.get_task(session, task).row.spent == 70
    assert timing.rounded(7 * 60, 15, "nearest") == 15
    assert timing.rounded(22 * 60, 15, "nearest") == 15
