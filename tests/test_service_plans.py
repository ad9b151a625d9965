"""Plans of service open tickets by themselves, once, and go on when the work is done."""

from datetime import date, timedelta
from threading import Thread

import pytest

from boconsole import ending
from boconsole.assets import changing, lending, ticketing
from boconsole.assets.errors import CounterError, PlanError
from boconsole.assets.service import doing, plans
from boconsole.assets.writing import Ref
from boconsole.doors import chores
from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.session import Session
from boconsole.tickets import changing as tickets
from boconsole.tickets import creating, merging, reading
from boconsole.tickets.rows import NewTicket
from boconsole.tickets.rows import Ref as Ticket
from db import connection, due
from db.assets import plans as stored
from db.assets import work
from tests.equipment import laptop, lend, set_up, thing
from tests.people import StandingClock, add_agent

TODAY = date(2026, 5, 4)


def dues(ref: Ref) -> list[tuple[date | None, int | None, bool]]:
    rows = stored.select_of_asset(ref.id)
    return [(row.next_on, row.next_count, row.ticket_id is not None) for row in rows]


def ticket_of(ref: Ref) -> int:
    return next(row.ticket_id for row in stored.select_of_asset(ref.id) if row.ticket_id)


def finish(session: Session, ticket_id: int) -> None:
    tickets.edit(session, [Ticket(ticket_id, 0)], {"minutes_spent": "45", "assignee": "root"})
    tickets.set_state(session, [Ticket(ticket_id, 0)], "resolved")


def test_a_plan_opens_one_ticket_ahead_of_its_day_and_the_finished_one_moves_it(
    session: Session, clock: StandingClock
) -> None:
    ref = thing(session, "UPS", host="ups1")
    plans.add(session, {
        "name": "Batteries", "asset": "ups1", "every": "3mo", "starts": "2026-05-20", "lead": "14",
        "subject": "{plan} of {tag}", "body": "Load test at {asset}", "priority": "2",
    })  # fmt: skip
    early = chores.run(session)
    clock.advance(days=2)
    opened = chores.run(session), chores.run(session)
    ticket = reading.get(session, ticket_of(ref))
    waiting = dues(ref)
    clock.advance(days=20)
    finish(session, ticket.id)
    chores.run(session)

    assert (early, opened) == (0, (1, 0))
    assert (ticket.subject, ticket.priority, ticket.channel) == (
        "Batteries of AST-0001", "high", "recurring",
    )  # fmt: skip
    assert [row.tag for row in ticketing.assets_of(session, ticket.id)] == ["AST-0001"]
    assert waiting == [(date(2026, 5, 20), None, True)]
    assert dues(ref) == [(date(2026, 8, 20), None, False)]
    (entry,) = work.select_work(ref.id, 9)
    assert (entry.kind, entry.what, entry.minutes, entry.ticket_id, entry.done_on) == (
        "service", "Batteries", 45, ticket.id, date(2026, 5, 26),
    )  # fmt: skip
    assert not due.is_service(TODAY + timedelta(days=30))


def test_two_consoles_that_look_at_once_open_one_ticket(session: Session) -> None:
    ref = thing(session, "UPS")
    plans.add(session, {"name": "Batteries", "asset": "AST-0001", "every": "1y"})
    done: list[int] = []

    def look() -> None:
        done.append(chores.run(session))
        connection.release()

    workers = [Thread(target=look) for _console in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(done) == 1
    assert len(ticketing.tickets_of(session, ref.id)) == 1


def test_a_plan_of_a_kind_is_for_all_that_are_deployed_also_later_ones(
    session: Session, clock: StandingClock
) -> None:
    set_up(session)
    first, later, other = laptop(session), laptop(session), thing(session, "Van")
    lend(session, first)
    lend(session, other)
    plan = plans.add(session, {"name": "Dust", "category": "Laptops", "every": "1w", "lead": "7"})
    plans.add(session, {"name": "Wash", "asset": "AST-0003", "every": "1w", "starts": "+90d"})
    clock.advance(days=1)
    lend(session, later, "bob@example.com")
    told = chores.run(session)
    calendar = ending.between(session, TODAY, TODAY + timedelta(90))
    lending.check_in(session, [Ref(first.id)])
    clock.advance(days=7)

    assert told == 3  # a day for the later one, and two tickets
    assert plans.again(plan.id).assets == 2
    assert dues(first) == []
    assert [(each.what, each.day, each.title, each.about) for each in calendar] == [
        ("service", TODAY, "Dust: Lenovo ThinkPad T14", "TKT-1"),
        ("service", date(2026, 5, 11), "Dust: Lenovo ThinkPad T14", "TKT-2"),
        ("service", date(2026, 8, 2), "Wash: Van", "1w"),
    ]
    assert dues(later) == [(date(2026, 5, 11), None, True)]
    assert chores.run(session) == 0


def test_a_counter_opens_the_ticket_and_never_goes_back_without_a_reason(
    session: Session,
) -> None:
    ref = thing(session, "Van")
    doing.read_counter(session, ref.id, "km", "48 200")
    plans.add(session, {
        "name": "Oil", "asset": "AST-0001", "counter": "km", "count_every": "10000",
        "count_lead": "500", "after": "done",
    })  # fmt: skip
    doing.read_counter(session, ref.id, "km", "57699")
    before = chores.run(session)
    with pytest.raises(CounterError, match="showed 57699 km before; say why"):
        doing.read_counter(session, ref.id, "KM", "5770")
    doing.read_counter(session, ref.id, "km", "57700", on="today")
    opened = chores.run(session)
    doing.do_plan(session, stored.select_of_asset(ref.id)[0], {"count": "57950", "minutes": "30"})
    doing.read_counter(session, ref.id, "km", "12", reason="new odometer")

    assert (before, opened) == (0, 1)
    assert dues(ref) == [(None, 67_950, False)]
    assert [(row.value, row.reason) for row in work.select_readings(ref.id, 9)] == [
        (12, "new odometer"), (57_950, ""), (57_700, ""), (57_699, ""), (48_200, ""),
    ]  # fmt: skip
    assert chores.run(session) == 0


def test_a_ticket_that_is_merged_is_followed(local_session: Session) -> None:
    ref = thing(local_session, "UPS")
    plans.add(local_session, {"name": "Batteries", "asset": "AST-0001", "every": "1y"})
    chores.run(local_session)
    other = creating.create(local_session, NewTicket("UPS beeps")).id
    merging.merge(local_session, Ticket(ticket_of(ref), 0), Ticket(other, 0))
    chores.run(local_session)
    followed = ticket_of(ref)
    finish(local_session, other)
    chores.run(local_session)

    assert followed == other
    assert dues(ref) == [(date(2027, 5, 4), None, False)]


def test_a_queue_that_is_gone_does_not_keep_the_ticket_from_coming(local_session: Session) -> None:
    ref = thing(local_session, "UPS")
    plan = plans.add(
        local_session, {"name": "Batteries", "asset": "AST-0001", "every": "1y", "assignee": "me"}
    )
    connection.execute(
        "UPDATE service_plan SET ticket = ? WHERE id = ?", ('{"queue": "Gone"}', plan.id)
    )

    assert chores.run(local_session) == 1
    assert reading.get(local_session, ticket_of(ref)).subject == "Batteries: AST-0001 UPS"


def test_a_changed_plan_counts_anew_and_a_stopped_one_rests(
    local_session: Session, clock: StandingClock
) -> None:
    ref = thing(local_session, "UPS")
    plan = plans.add(
        local_session, {"name": "Test", "asset": "AST-0001", "every": "1y", "starts": "+30d"}
    )
    sooner = plans.edit(local_session, plan, {"every": "2w", "starts": "+3d"})
    moved = dues(ref)
    stopped = plans.set_active(local_session, sooner, active=False)
    clock.advance(days=40)
    rested = chores.run(local_session), dues(ref)
    with pytest.raises(PlanError, match="Test is stopped"):
        doing.do_plan(local_session, stored.select_dues(plan.id)[0], {})
    plans.set_active(local_session, stopped, active=True)

    assert moved == [(date(2026, 5, 7), None, False)]
    assert rested == (0, [])
    assert dues(ref) == [(date(2026, 6, 18), None, False)]
    with pytest.raises(PlanError, match="stays with what it is for"):
        plans.edit(
            local_session, plan, {"asset": "", "category": ""} | {"asset": make(local_session)}
        )


def make(session: Session) -> str:
    return f"AST-{thing(session, 'Other').id:04}"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"every": "1y"}, "asset"),
        ({"every": "1y", "asset": "AST-0001", "category": "Laptops"}, "asset"),
        ({"every": "0d", "asset": "AST-0001"}, "every"),
        ({"asset": "AST-0001"}, "every"),
        ({"asset": "AST-0001", "counter": "km"}, "count_every"),
        ({"asset": "AST-0001", "counter": "km", "count_every": "-1"}, "count_every"),
        ({"asset": "AST-0001", "every": "1y", "after": "never"}, "after"),
        ({"asset": "AST-0001", "every": "1y", "lead": "366"}, "lead"),
    ],
)
def test_a_plan_says_what_when_and_for_what(
    local_session: Session, given: dict[str, str], field: str
) -> None:
    thing(local_session, "UPS")

    with pytest.raises(InvalidChangeError) as refused:
        plans.add(local_session, {"name": "Plan", **given})

    assert refused.value.field == field


def test_work_is_noted_by_those_who_may_and_names_its_ticket(local_session: Session) -> None:
    ref, agent = thing(local_session, "Server"), add_agent(local_session, "bob", ("agent",))
    plans.add(local_session, {"name": "Test", "asset": "AST-0001", "every": "1y"})
    chores.run(local_session)
    ticket = ticket_of(ref)

    (entry,) = doing.add_work(agent, [ref.id], {
        "kind": "upgrade", "what": "32 GiB", "minutes": "20", "ticket": f"TKT-{ticket}",
        "on": "2026-05-01",
    })  # fmt: skip
    noted = work.select_work(ref.id, 9)
    doing.remove_work(agent, ref.id, entry)

    assert [(row.kind, row.what, row.minutes, row.ticket_id, row.who) for row in noted] == [
        ("upgrade", "32 GiB", 20, ticket, agent.user.name)
    ]
    assert work.select_work(ref.id, 9) == []
    with pytest.raises(InvalidChangeError, match="is to come"):
        doing.add_work(agent, [ref.id], {"what": "x", "on": "2026-06-01"})
    with pytest.raises(NotAllowedError):
        plans.add(agent, {"name": "Mine", "asset": "AST-0001", "every": "1y"})
    changing.set_state(local_session, [Ref(ref.id)], "retired")
    assert dues(ref) == []
