"""Plans under strain: holidays that come later, projects behind their days, moves taken back."""

from datetime import date

import pytest

from boconsole import audit
from boconsole.errors import InvalidChangeError, UndoError
from boconsole.projects import (
    changing,
    costing,
    goals,
    linking,
    people,
    reading,
    reporting,
    risks,
    scheduling,
    tasking,
    tree,
    undoing,
)
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from tests.people import StandingClock, add_agent
from tests.test_projects import dates, new_project, new_task


def test_a_holiday_that_is_named_later_moves_the_end_of_the_work_around_it(
    session: Session,
) -> None:
    project = new_project(session)
    walls = new_task(session, project, "Walls", start_on="2026-05-11", days=5)
    roof = new_task(session, project, "Roof", start_on="2026-05-18", days=2)
    linking.link(session, walls, roof)

    changing.edit(session, project, 0, {"holidays": "2026-05-14"})
    scheduling.follow(session, project)

    assert dates(session, project) == {
        "Walls": ("2026-05-11", "2026-05-18"), "Roof": ("2026-05-19", "2026-05-20"),
    }  # fmt: skip
    changing.edit(session, project, 0, {"holidays": ""})
    assert scheduling.follow(session, project) == []
    scheduling.follow(session, project, pull=True)
    assert dates(session, project)["Walls"] == ("2026-05-11", "2026-05-15")


def test_the_end_is_never_told_in_the_past_while_work_is_open(
    session: Session, clock: StandingClock
) -> None:
    project = new_project(session)
    new_task(session, project, "Plan", days=5, start_on="2026-05-04")
    new_task(session, project, "Build", days=5, start_on="2026-05-11")
    clock.advance(days=28)

    found = costing.forecast(session, project)

    assert (found.planned, found.complete) == (100, 0)
    assert found.finish == date(2026, 6, 12)
    empty = costing.forecast(session, new_project(session))
    assert empty.finish is None
    tasking.edit(session, Ref(1), {"percent": 1})
    assert costing.forecast(session, project).finish > date(2026, 6, 12)


def test_work_that_is_done_before_its_days_is_told_as_ahead(session: Session) -> None:
    project = new_project(session, budget="1000 USD")
    early = new_task(session, project, "Plan", days=5, start_on="2026-06-01")
    new_task(session, project, "Opened", kind="milestone", due_on="2026-06-08")
    tasking.edit(session, Ref(early), {"percent": 50})

    found = costing.forecast(session, project)

    assert (found.planned, found.complete, found.why) == (
        0, 50, "by its schedule, as it is ahead of it",
    )  # fmt: skip
    assert found.value is not None
    assert (found.value.spi, found.value.cpi, found.value.eac) == (None, None, None)


def test_a_project_of_milestones_alone_is_measured_by_their_number(
    session: Session, clock: StandingClock
) -> None:
    project = new_project(session, budget="900 USD")
    marks = [
        new_task(session, project, title, kind="milestone", due_on=day)
        for title, day in (("A", "2026-05-05"), ("B", "2026-05-06"), ("C", "2026-07-01"))
    ]
    tasking.set_state(session, [Ref(marks[0])], "done")
    clock.advance(days=7)

    found = costing.forecast(session, project)

    assert found.value is not None
    assert (found.value.pv, found.value.ev, reading.again(project).progress) == (600, 300, 33)


def test_a_move_in_the_tree_is_taken_back(session: Session) -> None:
    project = new_project(session)
    phase, walls, roof = (new_task(session, project, title) for title in ("Build", "A", "B"))
    tasking.edit(session, Ref(walls), {"title": "Walls"})
    tasking.place(session, Ref(walls), phase)
    tasking.place(session, Ref(roof), phase, walls)

    assert undoing.undo_last(session) == [f"TSK-{roof}"]
    assert undoing.undo_last(session) == [f"TSK-{walls}"]

    rows = sorted(reading.plan(session, project).tasks, key=lambda task: task.place)
    assert [(row.title, row.parent_id) for row in rows] == [
        ("Build", None), ("Walls", None), ("B", None),
    ]  # fmt: skip
    assert reading.task_again(phase).children == 0
    assert undoing.undo_last(session) == [f"TSK-{walls}"]
    assert audit.verify().broken == 0


def test_a_budget_stays_while_costs_are_told_in_its_currency(session: Session) -> None:
    project = new_project(session)
    changing.edit(session, project, 0, {"budget": "500 USD"})
    new_task(session, project, "Steel", cost="12.50")
    undoing.undo_last(session)

    with pytest.raises(InvalidChangeError):
        undoing.undo_last(session)

    assert reading.again(project).commodity == "USD"


def test_a_task_that_changed_its_place_goes_back_between_its_neighbours(session: Session) -> None:
    project = new_project(session)
    ids = [new_task(session, project, title) for title in "ABCD"]
    tasking.place(session, Ref(ids[2]), None, ids[0])
    order = [node.task.title for node in tree.walk(reading.plan(session, project).tasks)]

    undoing.undo_last(session)

    again = [node.task.title for node in tree.walk(reading.plan(session, project).tasks)]
    assert (order, again) == ([*"CABD"], [*"ABCD"])


def test_days_beyond_all_sense_are_refused_or_end_with_the_calendar(session: Session) -> None:
    project = new_project(session)
    with pytest.raises(InvalidChangeError):
        new_task(session, project, "Never", due_on="9999-12-31")
    chain = [new_task(session, project, f"T{n}", days=5000, start_on="9990-01-04")
             for n in range(2)]  # fmt: skip
    linking.link(session, *chain)
    tiny = new_task(session, project, "Tiny", estimate="1h")
    tasking.edit(session, Ref(tiny), {"percent": 1})

    found = costing.forecast(session, project)

    assert found.schedule.finish == date(9998, 12, 31)
    assert found.finish is None or found.finish.year == 9998


def test_what_hangs_on_a_project_is_taken_back_one_by_one(session: Session) -> None:
    project = new_project(session)
    number = "PRJ-0001"
    reporting.report(session, project, "green", "It runs.")
    reporting.report(session, project, "red", "It is late.")
    reporting.decide(session, project, "Buy", "It is cheaper.")
    risk = risks.create(session, project, {"title": "Late", "due_on": "2026-06-01",
                                           "owner": "root"})  # fmt: skip
    risks.edit(session, risk.id, risk.version, {"owner": "", "due_on": "", "impact": 5})
    goal = goals.add_objective(session, project, "Ship faster")
    result = goals.add_result(session, goal.id, "Hours", "24", "48", "h")
    goals.measure(session, result.id, "30", date(2026, 5, 3))
    ann = people.create(session, project, {"who": "Ann of Acme", "influence": 5, "note": "VIP"})
    people.remove(session, ann.id)

    def back() -> None:
        assert undoing.undo_last(session) == [number]

    back()
    assert [(row.name, row.influence, row.note) for row in people.list_people(session, project)] \
        == [("Ann of Acme", 5, "VIP")]  # fmt: skip
    back()
    back()
    (one,) = goals.goals(session, project)[0].results
    assert (one.current, one.measured_on) == ("48", None)
    back()
    back()
    assert goals.goals(session, project) == []
    back()
    (kept,) = risks.list_risks(session, project)
    assert (kept.owner, kept.due_on, kept.impact) == ("root", date(2026, 6, 1), 3)
    back()
    back()
    assert (risks.list_risks(session, project), reporting.decisions(session, project)) == ([], [])
    back()
    row = reading.again(project)
    assert (row.rag, row.rag_reason) == ("green", "It runs.")
    back()
    assert (reading.again(project).rag, reporting.reports(session, project)) == ("", [])
    assert audit.verify().broken == 0


def test_what_somebody_else_built_on_stays(session: Session) -> None:
    project = new_project(session)
    lead = add_agent(session, "lead", ("project_manager",))
    risk = risks.create(session, project, {"title": "Late"})
    risks.edit(lead, risk.id, risk.version, {"impact": 5})
    with pytest.raises(UndoError):
        undoing.undo_last(session)

    other = new_project(session)
    reporting.report(session, other, "amber", "It slips.")
    reporting.report(lead, other, "red", "It is late.")
    with pytest.raises(UndoError):
        undoing.undo_last(session)
    assert reading.again(other).rag == "red"
    goal = goals.add_objective(session, other, "Ship faster")
    goals.add_result(lead, goal.id, "Hours", "24")
    with pytest.raises(UndoError):
        undoing.undo_last(session)


def test_open_tasks_of_a_project_that_is_over_are_nobodys_work(session: Session) -> None:
    project = new_project(session)
    new_task(session, project, "Plan", owner="root", due_on="2026-05-01", estimate="8h")
    changing.set_state(session, project, "cancelled")

    assert reading.list_tasks(session, "is:mine").rows == []
    assert reading.list_tasks(session, "is:late").rows == []
    assert [row.title for row in reading.list_tasks(session, "any is:mine").rows] == ["Plan"]
    assert [row.title for row in reading.list_tasks(session, "state:todo").rows] == ["Plan"]


def test_tasks_that_were_added_are_dropped_again(session: Session) -> None:
    project = new_project(session)
    phase = new_task(session, project, "Build")
    tasking.edit(session, Ref(phase), {"title": "Build it"})
    new_task(session, project, "Walls", phase)

    assert undoing.undo_last(session) == ["TSK-2"]
    assert [row.state for row in reading.plan(session, project).tasks] == ["dropped", "dropped"]
    assert undoing.undo_last(session) == [f"TSK-{phase}"]
    assert reading.task_again(phase).title == "Build"
