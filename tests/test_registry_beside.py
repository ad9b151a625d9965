"""Papers at the records of other areas: seen from there by who may, put and taken from there."""

from pathlib import Path

import pytest

from boconsole import audit
from boconsole.contacts import changing
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.filing import File
from boconsole.registry import beside, contracts, links, reading, undoing, writing
from boconsole.session import Session
from db import connection
from tests.bookkeeping import typed_in
from tests.desks import SMALL, make, open_ticket, press, shown, whole_desk
from tests.people import add_agent


def titles(session: Session, feature: str, record_id: int) -> list[str]:
    return [each.title for each in beside.at(session, feature, record_id)]


def test_a_paper_is_told_at_a_record_to_those_who_may_read_it(session: Session) -> None:
    ticket = make(session)
    bob = add_agent(session, "bob")
    given = {"title": "Claim", "level": "secret"}
    claim = beside.add(session, "ticket", ticket.id, given, File("c.md", b"c"))
    deal = contracts.create(session, {"title": "Cleaning"})
    beside.attach(session, "ticket", ticket.id, "DOC-0001")
    beside.attach(session, "ticket", ticket.id, deal.number)

    assert titles(session, "ticket", ticket.id) == ["Claim", "Cleaning"]
    assert titles(bob, "ticket", ticket.id) == ["Cleaning"]
    assert [each.number for each in links.listed(session, "document", claim.id)] == ["TKT-1"]
    with pytest.raises(NotFoundError):
        beside.attach(bob, "ticket", ticket.id, claim.number)
    with pytest.raises(NotAllowedError):
        beside.detach(bob, "ticket", ticket.id, deal.number)
    assert audit.verify().broken == 0


def test_links_are_taken_back_from_either_side(session: Session) -> None:
    ticket = make(session)
    paper = writing.create(session, {"title": "Lease"})
    beside.attach(session, "ticket", ticket.id, paper.number)

    assert undoing.undo_last(session) == ["DOC-0001"]
    assert titles(session, "ticket", ticket.id) == []
    beside.attach(session, "ticket", ticket.id, paper.number)
    beside.detach(session, "ticket", ticket.id, paper.number)
    undoing.undo_last(session)
    assert titles(session, "ticket", ticket.id) == ["Lease"]


def test_a_contact_is_the_other_side_of_its_papers(session: Session) -> None:
    acme = changing.add(session, "organisation", {"name": "Acme"})
    other = changing.add(session, "organisation", {"name": "Other"})
    paper = writing.create(session, {"title": "Lease"})

    beside.attach(session, "organisation", acme.id, paper.number)
    assert reading.get(session, paper.id).row.organisation == "Acme"
    with pytest.raises(InvalidChangeError):
        beside.attach(session, "organisation", other.id, paper.number)
    with pytest.raises(NotFoundError):
        beside.detach(session, "organisation", other.id, paper.number)
    beside.detach(session, "organisation", acme.id, paper.number)
    assert titles(session, "organisation", acme.id) == []


def test_a_record_without_papers_costs_one_look(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket, asked, fetch = make(session), [], connection.fetch
    monkeypatch.setattr(
        connection, "fetch", lambda sql, params=(): asked.append(sql) or fetch(sql, params)
    )

    assert beside.at(session, "ticket", ticket.id) == []
    assert len(asked) == 1


async def test_a_ticket_shows_its_papers_and_takes_one_by_its_number(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    writing.create(local_session, {"title": "[@click=app.quit()]Lease[/x]"})
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await typed_in(pilot, "P", "+", " DOC-0001", "enter")
        there = shown(app)
        await press(pilot, "P", "enter")
        opened = shown(app)

    assert "Papers     DOC-0001 [@click=app.quit()]Lease[/x]" in there
    assert "DOC-0001 is at TKT-1." in there
    assert "A draft" in opened or "draft" in opened
