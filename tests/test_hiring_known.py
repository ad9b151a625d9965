"""Candidates who have a record already: hired again, moved inside, and what undoing leaves."""

from datetime import date
from typing import NamedTuple

import pytest

from boconsole.checklists import moves, reading, templates, ticking
from boconsole.errors import UndoError
from boconsole.recruitment import candidates, hiring, offering, openings, stages
from boconsole.recruitment.errors import HiredError, KnownPersonError, OwnOfferError
from boconsole.session import Session
from boconsole.staff import changing, dated, finding
from boconsole.tickets import reading as tickets
from db.staff import facts
from tests.officers import company, officer
from tests.people import add_agent

JUNE, BUDI = date(2026, 6, 1), 2
PLACE = {"amount": "9000000 IDR", "starts_on": "2026-06-01", "expires_on": "2026-05-20"}


class House(NamedTuple):
    """Two HR officers and the offer that a candidate called Budi accepted, as Budi's record is."""

    hr: Session
    other: Session
    budi: stages.ApplicationRow


@pytest.fixture
def house(session: Session) -> House:
    hr = officer(session)
    company(hr)
    other = add_agent(session, "hana", ("hr_officer",))
    clerk = openings.new(hr, {"title": "Chief", "department": "Company", "seats": 2}, "open")
    person = candidates.new(hr, {"name": "Budi"})
    row = stages.move(hr, [stages.apply(hr, person, clerk)], "interview")[0]
    made = offering.make(hr, row, PLACE)
    offering.accept(hr, offering.approve(other, made))
    templates.put(hr, "All", "onboarding", ["Mail account | hr | 0 | access", "Badge"])
    return House(hr, other, stages.again(row.id))


def test_who_left_is_hired_again_on_the_same_record(house: House) -> None:
    hr = house.hr
    changing.leave(hr, finding.again(BUDI), date(2026, 5, 1))
    with pytest.raises(KnownPersonError, match="EMP-0002"):
        hiring.hire(hr, house.budi)

    hired = hiring.hire(hr, house.budi, {"email": "budi@own.example"}, known=BUDI)

    on = dated.one_on(hr, hired.id, JUNE)
    assert (hired.id, hired.email, on.first) == (BUDI, "budi@own.example", JUNE)
    assert on.position is not None
    assert on.position.title == "Chief"
    assert [row.amount for row in facts.select_of("salary", BUDI)] == [2_000_000_000, 900_000_000]
    assert reading.of_person(hr, BUDI)[0].row.day == JUNE
    assert candidates.again(house.budi.candidate_id).employee_id == BUDI
    with pytest.raises(HiredError):
        hiring.hire(hr, stages.again(house.budi.id), known=BUDI)
    with pytest.raises(UndoError, match="candidate"):
        moves.undo_last(hr)


def test_who_works_here_moves_inside_without_a_second_employment(house: House) -> None:
    hr = house.hr

    hiring.hire(hr, house.budi, known=BUDI)

    on = dated.one_on(hr, BUDI, JUNE)
    assert on.position is not None
    assert on.position.title == "Chief"
    assert len(facts.select_of("employment", BUDI)) == 1
    assert reading.of_person(hr, BUDI) == []
    assert stages.again(house.budi.id).stage == "hired"
    driver = openings.new(hr, {"title": "Driver"}, "open")
    again = stages.apply(hr, candidates.again(house.budi.candidate_id), driver)
    again = stages.move(hr, [again], "interview")[0]
    changing.edit(hr, finding.again(BUDI), {"user": "hana"})
    made = offering.make(hr, again, {**PLACE, "starts_on": "2026-07-01"})
    with pytest.raises(OwnOfferError):
        offering.approve(house.other, made)
    rina = add_agent(hr, "rina", ("hr_officer",))
    offering.accept(hr, offering.approve(rina, made))
    hiring.hire(hr, stages.again(again.id))
    later = dated.one_on(hr, BUDI, date(2026, 7, 1)).position
    assert later is not None
    assert later.title == "Driver"


def test_a_namesake_is_hired_as_somebody_new(house: House) -> None:
    assert hiring.hire(house.hr, house.budi, known=hiring.NOBODY).id == 4


def test_undoing_a_hire_gives_up_what_was_begun_and_tells_its_tickets(house: House) -> None:
    hr = house.hr
    changing.leave(hr, finding.again(BUDI), date(2026, 5, 1))
    moves.hire_known(hr, finding.again(BUDI), JUNE)
    steps = {step.title: step for step in reading.of_person(hr, BUDI)[0].steps}
    ticking.tick(hr, steps["Badge"].id)
    with pytest.raises(UndoError, match="steps"):
        moves.undo_last(hr)
    ticking.undo_last(hr)

    moves.undo_last(hr)

    assert reading.of_person(hr, BUDI)[0].row.ended_at is not None
    assert len(facts.select_of("employment", BUDI)) == 1
    told = tickets.timeline(house.other, steps["Mail account"].ticket_id or 0)
    assert "given up" in str(told)


def test_who_is_hired_is_considered_nowhere_else(house: House) -> None:
    hr = house.hr
    driver = openings.new(hr, {"title": "Driver"}, "open")
    person = candidates.again(house.budi.candidate_id)
    other = stages.move(hr, [stages.apply(hr, person, driver)], "interview")[0]
    made = offering.approve(house.other, offering.make(hr, other, PLACE))
    offering.accept(hr, made)

    hiring.hire(hr, house.budi, known=hiring.NOBODY)

    assert stages.again(other.id).stage == "withdrawn"
    assert offering.again(made.id).state == "withdrawn"
    assert openings.set_state(hr, driver, "cancelled").state == "cancelled"
