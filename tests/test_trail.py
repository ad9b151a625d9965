"""The audit trail by query: who, what, which record, when; and how far its check is."""

from dataclasses import replace

import pytest

from boconsole import audit, signing_in
from boconsole.accounts import changing, reading
from boconsole.errors import NotAllowedError, QuerySyntaxError
from boconsole.session import Session
from boconsole.tickets import changing as tickets
from boconsole.tickets import creating
from boconsole.tickets.rows import NewTicket, Ref
from boconsole.trail import reading as trail
from db import trail as stored
from tests.people import StandingClock, add_agent

QUERIES = {
    "by:eve": ["user.sign_in", "ticket.create"],
    "eve": ["user.sign_in", "ticket.create"],
    "record:TKT-1": ["ticket.assign", "ticket.create"],
    "record:user/eve": ["user.disable", "user.sign_in", "user.edit", "user.add"],
    "kind:user by:root": ["user.disable", "user.edit", "user.add"],
    "action:user.edit": ["user.edit"],
    "action:~sign": ["user.sign_in", "ticket.assign"],
    "action:user.edit,user.add": ["user.edit", "user.add", "user.add"],
    "at:2026-05-05": ["user.disable", "user.sign_in"],
    "at:<2026-05-05 kind:ticket": ["ticket.assign", "ticket.create", "ticket.create"],
    "kind:user -by:root sort:line": ["user.add", "user.sign_in"],
    "door:ssh": ["user.sign_in"],
    "text:~Adams": ["user.edit"],
    '"Eve Adams"': ["user.edit"],
    "record:ticket/2 or door:ssh": ["user.sign_in", "ticket.create"],
    "by:me action:ticket.assign": ["ticket.assign"],
    "record:TKT-9": [],
}


@pytest.fixture
def busy(session: Session, clock: StandingClock) -> Session:
    """Some changes by two people on two days."""
    account = changing.add(session, "eve", roles=["agent"])
    eve = replace(
        add_agent(session, "helper"), user=session.user._replace(id=account.id, login="eve")
    )
    one = creating.create(eve, NewTicket("One"))
    creating.create(session, NewTicket("Two"))
    changing.edit(session, account, {"name": "Eve Adams"})
    tickets.assign(session, [Ref(one.id)], "eve")
    clock.advance(days=1)
    signing_in.signed_in(replace(eve, origin="ssh"), "key", "192.0.2.7")
    changing.disable(session, "eve")
    return session


@pytest.mark.parametrize("rare", [stored.RARE, 0])
def test_lines_are_found_wherever_the_search_starts(
    busy: Session, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    monkeypatch.setattr(stored, "RARE", rare)

    found = {
        query: [one.entry.action for one in trail.list_page(busy, query).rows] for query in QUERIES
    }

    assert found == QUERIES
    counts = {query: trail.count(busy, query).number for query in QUERIES}
    assert counts == {query: len(actions) for query, actions in QUERIES.items()}


@pytest.mark.parametrize("query", ["", "at:>=2026-01-01", "kind:user sort:line"])
def test_pages_follow_each_other_both_ways(busy: Session, query: str) -> None:
    whole = [one.id for one in trail.list_page(busy, query).rows]
    first = trail.list_page(busy, query, limit=2)
    rest = trail.list_page(busy, query, first.cursors[-1])
    back = trail.list_page(busy, query, rest.cursors[0], 2, backwards=True)

    assert [one.id for one in (*first.rows, *rest.rows)] == whole
    assert back.rows == first.rows
    around = trail.page_around(busy, query, whole[2], 3)
    assert around is not None
    assert whole[2] in [one.id for one in around.rows]


def test_records_are_called_by_their_numbers(busy: Session) -> None:
    lines = trail.list_page(busy, "").rows

    assert {one.record for one in lines} == {"user/eve", "user/root", "TKT-1", "TKT-2"}
    assert trail.get(busy, lines[0].id) == lines[0]


def test_the_trail_is_read_with_the_permission_alone(busy: Session) -> None:
    agent = add_agent(busy, "bob")

    for door in (trail.list_page, trail.count):
        with pytest.raises(NotAllowedError):
            door(agent, "")
    with pytest.raises(QuerySyntaxError):
        trail.list_page(busy, "by:nobody")
    assert reading.get(busy, "eve").active is False


def test_a_check_tells_how_far_it_is(busy: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "TOLD_EVERY", 3)
    told: list[tuple[int, int]] = []

    verdict = audit.verify(lambda done, total: told.append((done, total)))

    assert verdict.broken == 0
    assert told == [(done, verdict.lines) for done in range(0, verdict.lines, 3)]
