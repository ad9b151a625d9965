"""The projects of the demo: one that is late, one on its way, one nearly done; and their time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.projects import (
    baselines,
    changing,
    goals,
    linking,
    people,
    reporting,
    risks,
    scheduling,
    tasking,
    timing,
    words,
)
from boconsole.session import Session
from db import users

RATE = "185000 IDR"


class Planned(NamedTuple):
    """A task: title, what holds it, work in hours, days, what it waits for, per cent done."""

    title: str
    holder: int = 0
    hours: int = 0
    days: int = 1
    waits: str = ""
    percent: int = 0


class Story(NamedTuple):
    """A project; tasks name one another by their place, 1 for the first."""

    name: str
    goal: str
    begun: int
    length: int
    budget: str
    rag: str
    why: str
    tasks: tuple[Planned, ...]


STORIES = (
    Story(
        "Warehouse system", "Goods are found in a minute, and counted without closing.", 40, 75,
        "68000000 IDR", words.AMBER, "Scanners come two weeks late; the pilot moves with them.",
        (
            Planned("Analysis"), Planned("Interview the warehouse", 1, 24, 4, "", 100),
            Planned("Describe the processes", 1, 40, 6, "2", 100),
            Planned("Build"), Planned("Stock database", 4, 80, 10, "3", 100),
            Planned("Scanner screens", 4, 60, 12, "5 SS+3", 55),
            Planned("Order scanners", 4, 4, 15, "3", 80),
            Planned("Labels for the shelves", 4, 16, 5, "7", 0),
            Planned("Pilot in Bandung", 0, 40, 8, "6, 8", 0),
            Planned("Train the shift leaders", 0, 24, 4, "9 SS+2", 0),
            Planned("Go live", 0, 0, 0, "9, 10", 0),
        ),
    ),
    Story(
        "ISO 27001 certificate", "The certificate that two large customers ask for.", 25, 110,
        "45000000 IDR", words.GREEN, "Policies are agreed; the first audit is booked.",
        (
            Planned("Risk assessment", 0, 40, 8, "", 100), Planned("Policies", 0, 64, 15, "1", 70),
            Planned("Access review", 0, 24, 6, "1", 30),
            Planned("Awareness training", 0, 20, 5, "2"),
            Planned("Internal audit", 0, 32, 6, "3, 4"), Planned("Certificate", 0, 0, 0, "5 FS+15"),
        ),
    ),
    Story(
        "Move of the Surabaya office", "All desks work in the new place on one Monday.", 60, 45,
        "18000000 IDR", words.RED, "The line of the provider is not there yet.",
        (
            Planned("Sign the lease", 0, 8, 3, "", 100),
            Planned("Plan of the desks", 0, 16, 5, "1", 100),
            Planned("Internet line", 0, 6, 20, "1", 60), Planned("Furniture", 0, 12, 12, "2", 100),
            Planned("Move", 0, 40, 2, "3, 4", 0), Planned("First day there", 0, 0, 0, "5", 0),
        ),
    ),
)  # fmt: skip


def keep(session: Session) -> int:
    """Add the projects; returns how many."""
    staff = [user for user in users.select_all() if user.id != session.user.id][:4]
    leader = next((user.login for user in users.select_all() if user.login.startswith("damar")), "")
    logins = [session.user.login, *(user.login for user in staff)]
    with audit.writing():
        timing.set_rate(session, "agent", RATE, date(2020, 1, 1))
        timing.set_rate(session, "admin", RATE, date(2020, 1, 1))
        for place, story in enumerate(STORIES):
            _tell(session, story, logins, session.user.login if not place else leader)
    return len(STORIES)


def _tell(session: Session, story: Story, logins: list[str], leader: str) -> None:
    begun = session.now().date() - timedelta(story.begun)
    then = session.now() - timedelta(story.begun)
    planner = replace(session, clock=lambda: then)
    project = changing.create(
        planner,
        {"name": story.name, "goal": story.goal, "owner": leader, "start_on": begun,
         "due_on": begun + timedelta(story.length), "budget": story.budget,
         "sponsor": "Lestari Dewi"}, words.ACTIVE,
    ).row  # fmt: skip
    ids: list[int] = []
    for place, each in enumerate(story.tasks):
        milestone = not each.days
        given: dict[str, object] = {
            "title": each.title, "estimate": each.hours * 60, "days": each.days,
            "owner": logins[place % len(logins)],
            "kind": words.MILESTONE if milestone else words.WORK,
        }  # fmt: skip
        if not each.waits and each.hours:
            given["start_on"] = begun
        holder = ids[each.holder - 1] if each.holder else None
        ids.append(tasking.create(planner, project.id, given, holder).row.id)
    for task_id, each in zip(ids, story.tasks, strict=True):
        waits = [part.strip().split(" ", 1) for part in each.waits.split(",") if part]
        told = ", ".join(f"TSK-{ids[int(one[0]) - 1]} {' '.join(one[1:])}".strip() for one in waits)
        if told:
            linking.relink(planner, task_id, told)
    scheduling.follow(planner, project.id)
    baselines.keep(planner, project.id, "Agreed plan")
    _work(session, story, ids, logins, begun)
    risks.create(session, project.id, {
        "title": f"{story.why}", "probability": 4, "impact": 3, "response": "reduce",
        "owner": leader, "plan": "Talk to the supplier every Tuesday."})  # fmt: skip
    risks.create(session, project.id, {"title": "Key people are ill", "probability": 2,
                                       "impact": 4, "response": "accept"})  # fmt: skip
    for place, login in enumerate(dict.fromkeys((leader or logins[0], *logins[1:3]))):
        people.create(session, project.id, {"who": login, "role": "team" if place else "lead",
                                            "hours": 20 if place else 16})  # fmt: skip
    objective = goals.add_objective(session, project.id, story.goal)
    result = goals.add_result(session, objective.id, "Minutes to find goods", "1", "12", "min")
    goals.measure(session, result.id, "5")
    reporting.report(session, project.id, story.rag, story.why, "What was planned for the month.")


def _work(session: Session, story: Story, ids: list[int], logins: list[str], begun: date) -> None:
    """Note what was done and the time that it took."""
    today = session.now().date()
    for place, (task_id, each) in enumerate(zip(ids, story.tasks, strict=True)):
        if not each.percent:
            continue
        row = tasking.edit(session, _Ref(task_id), {"percent": each.percent}).row
        start = row.start_on or begun
        done = min(row.due_on or today, today)
        columns: dict[str, object] = {"begun_on": min(start, today)}
        if each.percent == 100:
            columns["done_on"] = done
        tasking.edit(session, _Ref(task_id), columns)
        user = users.find(logins[place % len(logins)])
        if user is not None:
            worker = replace(session, user=user)
            hours = min(each.hours * each.percent // 100, 20)
            for day in range(0, hours, 7):
                spent = min(7, hours - day) * 60
                if spent:
                    when = min(start + timedelta(day // 7), today)
                    timing.add(worker, f"TSK-{task_id}", spent, when, each.title)


class _Ref(NamedTuple):
    id: int
    version: int = 0
