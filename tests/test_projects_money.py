"""Money of a project: hours at the rate of the role, the ledger's entries, baselines, the end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from boconsole.ledger import linking as ledger_links
from boconsole.projects import (
    baselines,
    changing,
    costing,
    goals,
    people,
    reading,
    reporting,
    risks,
    tasking,
    timing,
)
from boconsole.session import Session
from boconsole.tickets.rows import Ref
from tests.books import enter, open_books
from tests.people import StandingClock, add_agent


def test_actual_cost_is_hours_at_the_rate_of_the_role_and_what_the_ledger_says(
    session: Session, clock: StandingClock
) -> None:
    open_books(session)
    project = changing.create(
        session, {"name": "Apollo", "start_on": "2026-05-04", "budget": "1000 USD"}, "active"
    ).row.id
    done, rest = (
        tasking.create(session, project, {"title": title, "days": 5, "start_on": start}).row.id
        for title, start in (("Plan", "2026-05-04"), ("Build", "2026-05-11"))
    )
    baselines.keep(session, project)
    ann = add_agent(session, "ann")
    timing.set_rate(session, "agent", "60.50 USD", date(2026, 5, 1))
    timing.add(ann, f"TSK-{done}", 100)
    timing.set_rate(session, "agent", "90 USD", date(2026, 5, 5))
    tasking.edit(session, Ref(rest), {"start_on": "2026-05-18"})
    bill = enter(session, "Expenses:Supplies  200 USD", "Assets:Bank")
    ledger_links.link(session, bill, "PRJ-1")
    enter(session, "Expenses:Supplies  55 USD", "Assets:Bank")
    clock.advance(days=4)
    tasking.set_state(session, [Ref(done)], "done")

    found = costing.forecast(session, project)
    blind = costing.forecast(replace(ann, clock=clock), project)

    money = found.money
    assert (money.labour, money.booked, money.actual, money.hours) == (10_083, 20_000, 30_083, 100)
    assert blind.money.booked is None
    assert (found.planned, found.complete) == (Decimal(50), Decimal(50))
    assert found.value is not None
    assert (found.value.ev, found.value.ac, found.value.sv) == (500, Decimal("300.83"), 0)
    moved = [(each.title, each.days) for each in baselines.compare(session, project)]
    assert moved == [("Build", 5)]
    changing.edit(session, project, 0, {"tag": "project: apollo"})
    assert costing.money(session, reading.again(project)).booked == 0


def test_what_hangs_on_a_project_is_kept_with_its_trail(session: Session) -> None:
    project = changing.create(session, {"name": "Apollo"}).row.id
    risk = risks.create(session, project, {"title": "Late", "probability": "4", "impact": "5"})
    issue = risks.create(session, project, {"title": "Broken", "kind": "issue", "impact": 2})
    risks.edit(session, risk.id, risk.version, {"response": "avoid", "impact": 2})
    reporting.report(session, project, "red", "It is late.")
    decision = reporting.decide(session, project, "Buy", "It is cheaper.")
    objective = goals.add_objective(session, project, "Ship faster")
    result = goals.add_result(session, objective.id, "Hours", "24", "48", "h")
    goals.measure(session, result.id, "30")
    person = people.create(session, project, {"who": "Ann of Acme", "influence": 5})
    people.remove(session, person.id)

    assert [(each.id, each.exposure) for each in risks.list_risks(session, project)] == [
        (issue.id, 10), (risk.id, 8),
    ]  # fmt: skip
    assert reading.get(session, project).row.rag == "red"
    assert [row.number for row in map(reading.Project, reading.list_projects(
        session, "rag:red").rows)] == ["PRJ-0001"]  # fmt: skip
    assert decision.decided_by == "root"
    assert [goal.progress for goal in goals.goals(session, project)] == [75]
    assert people.list_people(session, project) == []
    actions = [entry.action for entry in reading.history(session, project)]
    assert actions[0] == "project.new"
    assert actions[-2:] == ["project.add-person", "project.remove-person"]
