"""Reports of tickets: each number against a plain count of the records, on both engines."""

import random
from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest

from boconsole.reports import running
from boconsole.reports.running import Parameters
from boconsole.reports.shapes import Row
from boconsole.session import Session
from boconsole.tickets import changing, reading
from boconsole.tickets.rows import Ref
from db import connection
from db.reports import cells
from db.tickets import bulk
from db.tickets.records import TicketRecord, select_records, stored_value
from tests.people import MONDAY

GROUPS = ("queue", "assignee", "category", "organisation", "priority", "kind", "channel")
TIMED = ("tickets-volume", "tickets-backlog", "tickets-response", "tickets-resolution",
         "tickets-sla", "tickets-reopened", "tickets-satisfaction")  # fmt: skip


@pytest.fixture
def office(session: Session) -> Session:
    """Some hundred tickets of two years with everything that reports count, in Kathmandu."""
    draw = random.Random(7)
    bulk.insert("queue", [(1, "Desk", True, 1), (2, "Network", True, 1)])
    bulk.insert("category", [(1, None, "Hardware", "Hardware", 1),
                             (2, 1, "Laptop", "Hardware / Laptop", 1)])  # fmt: skip
    names = ((1, "Acme"), (2, "acme"), (3, "Fern & Oak"))
    bulk.insert("organisation", [(number, name, "customer", "", 1, 1) for number, name in names])
    tickets, spans = [], []
    for number in range(1, 241):
        ticket = _ticket(draw, number, session.user.id)
        tickets.append([stored_value(value) for value in ticket])
        states = ["new", ticket.state]
        if number % 5 == 0:
            states = ["new", "resolved", "open", ticket.state]
        spans += [(3 * number + step * 1000, number, state, int(ticket.created_at.timestamp()))
                  for step, state in enumerate(states)]  # fmt: skip
    bulk.insert("ticket", tickets)
    bulk.insert("state_span", spans)
    return session


def _ticket(draw: random.Random, number: int, user: int) -> TicketRecord:
    created = MONDAY - timedelta(minutes=draw.randint(0, 700 * 24 * 60))
    state = draw.choice(("open", "resolved", "closed", "closed", "merged"))
    ended = (
        created + timedelta(minutes=draw.randint(1, 9000))
        if state in ("resolved", "closed")
        else None
    )
    return TicketRecord(
        number, 1, draw.choice(("incident", "request")), state, state == "open", f"No. {number}",
        2, 2, draw.randint(1, 4), "", None, draw.choice((None, 1, 2, 3)), draw.choice((None, 1, 2)),
        draw.choice((None, user)), draw.choice((None, 1, 2)), created, created, ended,
        ended if state == "closed" else None,
        responded_at=draw.choice((None, created + timedelta(minutes=draw.randint(0, 500)))),
        rating=draw.choice((None, 1, 4, 5)), channel=draw.choice(("mail", "phone")),
        first_response_state=draw.choice(("none", "met", "breached")),
        resolution_state=draw.choice(("none", "met", "breached")),
    )  # fmt: skip


def naive(query: str, session: Session) -> list[TicketRecord]:
    """Return the tickets that the list shows for a query."""
    return list(select_records(ref.id for ref in reading.refs(session, query, 1000)).values())


def expected(name: str, row: Row, session: Session) -> list[object]:
    """Return what a line counts of its tickets, computed one by one."""
    query = row.query or ""
    for word in ("has:responded ", "has:resolved ", "response.state:met ", "is:reopened ",
                 "has:rating "):  # fmt: skip
        query = query.replace(word, "")
    found = naive(query, session)
    waits = sorted(int((one.responded_at - one.created_at).total_seconds())
                   for one in found if one.responded_at)  # fmt: skip
    lives = sorted(int((one.resolved_at - one.created_at).total_seconds())
                   for one in found if one.resolved_at)  # fmt: skip
    if name == "tickets-volume":
        return [len(found), len(lives), len(found) - len(lives)]
    if name in ("tickets-response", "tickets-resolution"):
        lengths = waits if name == "tickets-response" else lives
        ranks = [
            next((each for each in lengths if 100 * sum(other <= each for other in lengths)
                  >= percent * len(lengths)), None)
            for percent in (50, 75, 90, 95)
        ]  # fmt: skip
        return [len(lengths), *ranks]
    if name == "tickets-sla":
        kept, missed = (sum(one.first_response_state == word for one in found)
                        for word in ("met", "breached"))  # fmt: skip
        return [kept, missed]
    if name == "tickets-reopened":
        return [sum(one.id % 5 == 0 for one in found), len(found)]
    rated = [one.rating for one in found if one.rating]
    mean = Decimal(sum(rated)) / max(len(rated), 1)
    return [len(rated), float(mean.quantize(Decimal("0.01"), ROUND_HALF_UP)),
            sum(each >= 4 for each in rated)]  # fmt: skip


@pytest.mark.parametrize(("zone", "query"), [("Asia/Kathmandu", ""), ("UTC", "prio:high,critical")])
def test_each_line_is_what_its_tickets_are_when_counted_one_by_one(office, zone, query) -> None:
    office = replace(office, zone=ZoneInfo(zone))
    for name in TIMED:
        for by in ("month", *(GROUPS if name == "tickets-volume" else GROUPS[::2])):
            if by not in running.find(office, name).by:
                continue
            asked = Parameters("2025-08-11", "2026-04-20", by, query)
            for row in running.run(office, name, asked).answer.rows:
                where = (name, by, row)
                assert reading.count(office, row.query).number == row.counted, where
                if not (name == "tickets-backlog" or (name, by) == ("tickets-volume", "month")):
                    assert told(name, row) == pytest.approx(expected(name, row, office)), where


def told(name: str, row: Row) -> list[object]:
    """Return what a line says, without shares of it."""
    cells = list(row.cells[1:])
    if name == "tickets-satisfaction":
        return [cells[0], float(cells[1] or 0), cells[2]]
    return cells[:2] if name in ("tickets-sla", "tickets-reopened") else cells


def test_lines_add_up_to_all_tickets(office) -> None:
    every = reading.count(office, "any -state:merged created:2024-01-01..2026-05-04").number
    for by in ("day", "week", "month", *GROUPS):
        answer = running.run(office, "tickets-volume",
                             Parameters("2024-01-01", "2026-05-04", by)).answer  # fmt: skip
        assert sum(row.cells[1] for row in answer.rows) == every


def test_tickets_that_came_and_went_leave_what_is_open(office) -> None:
    answer = running.run(office, "tickets-volume", Parameters("2024-01-01", by="week")).answer

    flow = sum(row.cells[1] - row.cells[2] for row in answer.rows)
    assert answer.rows[-1].cells[3] == flow == reading.count(office, "state:open").number


def test_sums_follow_a_change_and_prove(office) -> None:
    assert cells.differing() == []
    before = cells.freshen()
    ticket = naive("state:open sort:created limit:1", office)[0]

    changing.edit(office, [Ref(ticket.id)], {"state": "resolved", "rating": "5"})

    assert (before, connection.fetch("SELECT count(DISTINCT hour) FROM report_mark")) == (0, [(1,)])
    connection.execute("UPDATE report_cell SET tickets = tickets + 1 WHERE span = 'hour'")
    wrong = cells.differing()
    cells.count_anew(wrong)
    assert wrong
    assert cells.differing() == []


def test_counting_goes_on_where_it_was_stopped(office) -> None:
    cells.begin_anew()
    marked = connection.fetch("SELECT count(*) FROM report_mark")[0][0]
    told = []

    def stop_at_third(done: int, of: int) -> None:
        told.append((done, of))
        if done == 3:
            raise KeyboardInterrupt

    asked = Parameters("2024-01-01", by="queue")
    with pytest.raises(KeyboardInterrupt):
        running.run(office, "tickets-volume", asked, stop_at_third)
    left = connection.fetch("SELECT count(*) FROM report_mark")[0][0]
    seen = len(told)
    answer = running.run(office, "tickets-volume", asked, lambda *each: told.append(each)).answer

    assert 0 < left < marked
    assert [each[0] for each in told] == [*range(1, 4), *range(1, told[0][1] - 2)]
    assert seen == 3
    assert cells.differing() == []
    everything = "any -state:merged created:>=2024-01-01"
    assert sum(row.cells[1] for row in answer.rows) == reading.count(office, everything).number


def test_open_tickets_by_group_agree_with_their_lists(office) -> None:
    for by in GROUPS:
        answer = running.run(office, "tickets-open", Parameters(by=by)).answer
        assert [reading.count(office, row.query or "").number for row in answer.rows] == [
            row.counted for row in answer.rows
        ]
