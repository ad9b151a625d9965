"""Home: every number agrees with the list that it opens, and each person has it as they like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from boconsole.assessments import keeping
from boconsole.assessments import writing as assessing
from boconsole.home import arranging, looking
from boconsole.home.blocks import BLOCKS, DEFAULTS
from boconsole.home.looking import Figure
from boconsole.knowledge import reviewing, writing
from boconsole.knowledge.writing import NewArticle
from boconsole.leave import asking
from boconsole.projects import changing as project_changing
from boconsole.projects import reporting, tasking
from boconsole.roles import ROLES
from boconsole.session import Session
from boconsole.stock import changing as stock_changing
from boconsole.stock.changing import Facts
from boconsole.tickets import changing, setting_up
from boconsole.tickets.reading import Count
from boconsole.tickets.rows import Ref
from screens import areas
from screens.lists import ListScreen
from screens.places import Place
from screens.rooms import House
from screens.shell import ShellScreen
from tests import dealings, leave_office
from tests.desks import make
from tests.people import add_agent
from tests.things import add_asset


def fill(session: Session) -> None:
    """Put something of every area to do, for somebody."""
    setting_up.add_queue(session, "Service Desk")
    make(session, assignee="me", queue="service desk")
    make(session)
    changing.set_state(session, [Ref(make(session).id)], "pending")
    changing.set_state(session, [Ref(make(session).id)], "resolved")
    dealings.build(session)
    dealings.waiting(session)
    for name, rag in (("Apollo", "red"), ("Gemini", "amber"), ("Mercury", "")):
        days = {"start_on": "2026-04-01", "due_on": "2026-04-30"}
        project = project_changing.create(session, {"name": name, **days}, "active").row.id
        plan = {"title": "Plan", "start_on": "2026-05-01", "due_on": "2026-05-04", "owner": "root"}
        tasking.create(session, project, plan)
        tasking.create(session, project, {"title": "Build"})
        if rag:
            reporting.report(session, project, rag, "The steel comes late.")
    add_asset("AST-0001")
    stock_changing.new(session, "consumable", Facts("Toner", minimum=3), 1)
    ann = add_agent(session, "ann-writes")
    reviewing.submit(ann, [writing.create(ann, NewArticle("VPN", "Wait.", "public", "", "")).row])
    keeping.load_ready(session)
    assessing.begin(session, "supplier", "Paper Mill")
    office = leave_office.make_office(session)
    asking.request(office.citra, leave_office.CITRA, "annual", leave_office.WEEK, "")


def listed(session: Session, one: Figure, patch: pytest.MonkeyPatch) -> Count:
    """Return how many rows the screen has that a figure opens, by its own source."""
    found = looking.LISTS[one.listed]
    place = Place(found.area, query=one.query, view=found.room)
    patch.setattr(ShellScreen, "session", session)
    area = next(each for each in areas.AREAS if each.id == place.area)
    kind = area.screen_class()
    house = getattr(kind, "HOUSE", None)
    room = house.lying_over(place) if isinstance(house, House) else None
    assert (room.id if room else "") == place.view
    screen = areas.named_screen(room.screen)() if room else kind()
    assert isinstance(screen, ListScreen)
    query = place.query or screen.QUERY
    assert screen.check(query) is None
    total = screen.source(query).count()
    return Count(total.number, total.capped)


def test_every_number_agrees_with_the_list_that_it_opens_in_every_role(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(session)
    seen, wrong = set(), []
    for role, permissions in ROLES.items():
        who = session if role == "admin" else replace(session, permissions=permissions)
        for name in BLOCKS:
            if not arranging.may_see(who, name):
                continue
            for one in looking.read(who, name).figures:
                found = listed(who, one, monkeypatch)
                seen.add((name, one.name, bool(found.number)))
                if one.trend is not None and one.listed in ("tickets", "people"):
                    assert found.number == (
                        sum(one.trend.values) if one.listed == "tickets" else one.trend.values[-1]
                    )
                if one.trend is None or one.trend.amount is None:
                    wrong += [(role, one, found)] if found != one.tally else []

    assert not wrong
    there = {(name, figure) for name, figure, some in seen if some}
    assert there >= {
        ("now", "red"), ("now", "approvals"), ("now", "tasks-due"), ("now", "invoices-overdue"),
        ("now", "leave"), ("now", "stock"), ("now", "reviews"),
        ("tickets", "mine"), ("tickets", "waiting"), ("queues", "Service Desk"),
        ("money", "waiting"), ("money", "drafts"), ("projects", "amber"), ("tasks", "nobody"),
        ("people", "employed"), ("assessments", "drafts"), ("trends", "created"),
        ("trends", "resolved"),
    }  # fmt: skip


def test_cash_is_what_the_accounts_of_its_list_hold(session: Session) -> None:
    from boconsole.ledger import tree

    dealings.build(session)

    found = {one.name: one for one in looking.read(session, "trends").figures}["cash"]

    nodes = [one for one in tree.listed(session, (), found.query) if one.leaf]
    assert found.trend is not None
    assert found.trend.amount is not None
    assert found.trend.amount.amount == sum(
        held.amount for node in nodes for held in node.held if held.commodity == "USD"
    )
    assert found.trend.values[-1] == found.trend.amount.amount


def test_counts_stop_at_the_bound(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boconsole.home.lists.CAP", 2)
    for _number in range(4):
        make(session)

    found = {one.name: one.tally for one in looking.read(session, "states").figures}

    assert found["new"] == Count(2, True)


def test_each_role_begins_with_blocks_that_it_may_see(session: Session) -> None:
    for role, names in DEFAULTS.items():
        who = add_agent(session, f"a-{role}", (role,))
        assert set(arranging.arrangement(who)) == set(names), role
        looking.look(who)


def test_blocks_stay_as_somebody_arranged_them(local_session: Session) -> None:
    who = add_agent(local_session, "eve", ("agent",))
    assert "tasks" in arranging.others(who)

    arranging.add(who, "tasks")
    arranging.remove(who, "queues")
    order = arranging.move(who, "tasks", -99)

    assert order[0] == "tasks"
    assert arranging.arrangement(replace(who)) == order
    assert "queues" not in order
    assert arranging.reset(who) == arranging.usual(who)
