"""Interviews, offers and hiring: whose score is seen when, who approves, what one hire makes."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

import pytest

from boconsole.checklists import reading, templates
from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.recruitment import (
    candidates,
    card,
    hiring,
    interviewing,
    offering,
    openings,
    stages,
)
from boconsole.recruitment.errors import (
    ExpiredOfferError,
    HiredError,
    NoSeatError,
    NotInterviewerError,
    OfferStateError,
    OwnOfferError,
    ScoreGivenError,
)
from boconsole.session import Session
from boconsole.staff import changing, dated, finding
from db import audit as trail
from db.staff import facts
from tests.officers import company, officer
from tests.people import MONDAY, StandingClock, add_agent

PLACE = {"amount": "9000000 IDR", "starts_on": "2026-06-01", "expires_on": "2026-05-20"}
GOOD = {"Skill": "4", "heart": 5}


class House(NamedTuple):
    """Two HR officers, two interviewers, and a candidate of whom all think well."""

    hr: Session
    other: Session
    budi: Session
    wayan: Session
    eva: stages.ApplicationRow


@pytest.fixture
def house(session: Session) -> House:
    hr = officer(session)
    company(hr)
    budi, wayan = add_agent(session, "budi"), add_agent(session, "wayan")
    changing.edit(hr, finding.again(2), {"user": "budi"})
    clerk = openings.new(
        hr, {"title": "Clerk", "department": "Finance", "manager": "Budi",
             "criteria": "Skill, Heart"}, "open",
    )  # fmt: skip
    eva = candidates.new(hr, {"name": "Eva", "email": "eva@home.example"})
    row = stages.move(hr, [stages.apply(hr, eva, clerk)], "interview")[0]
    return House(hr, add_agent(session, "hana", ("hr_officer",)), budi, wayan, row)


def accepted(house: House) -> offering.OfferRow:
    made = offering.make(house.hr, house.eva, PLACE)
    return offering.accept(house.hr, offering.approve(house.other, made))


def test_interviewers_see_others_scores_after_giving_their_own(house: House) -> None:
    talk = interviewing.plan(house.hr, house.eva, MONDAY, ["budi", "wayan"])
    interviewing.score(house.wayan, talk.id, GOOD, "strong_yes", "Knows it all")

    before = interviewing.get(house.budi, talk.id)
    assert before.hidden
    assert {(one.login, one.scores, one.note, one.given_at) for one in before.scores} == {
        ("budi", "{}", "", None), ("wayan", "{}", "", None),
    }  # fmt: skip
    assert card.read(house.budi, 1).talks[0].average == ""
    assert interviewing.get(house.hr, talk.id).average == "4.5"
    for scores, refused in (
        ({"Skill": 4}, InvalidChangeError), ({**GOOD, "Charm": 5}, InvalidChangeError),
        ({**GOOD, "Skill": 6}, InvalidChangeError),
    ):  # fmt: skip
        with pytest.raises(refused):
            interviewing.score(house.budi, talk.id, scores, "yes")
    with pytest.raises(NotInterviewerError):
        interviewing.score(house.hr, talk.id, GOOD, "yes")

    after = interviewing.score(house.budi, talk.id, {"Skill": 2, "Heart": 2}, "no")

    assert [interviewing.points(one) for one in after.scores] == [
        {"Skill": 2, "Heart": 2}, {"Skill": 4, "Heart": 5},
    ]  # fmt: skip
    assert after.average == "3.3"
    with pytest.raises(ScoreGivenError):
        interviewing.score(house.wayan, talk.id, {"Skill": 1, "Heart": 1}, "no")


def test_offers_are_approved_by_somebody_else_and_accepted_in_time(
    house: House, clock: StandingClock
) -> None:
    made = offering.make(house.hr, house.eva, PLACE)
    with pytest.raises(OfferStateError):
        offering.make(house.hr, stages.again(house.eva.id), PLACE)
    with pytest.raises(OfferStateError):
        offering.accept(house.hr, made)
    with pytest.raises(OwnOfferError):
        offering.approve(house.hr, made)
    with pytest.raises(NotAllowedError):
        offering.approve(house.budi, made)

    approved = offering.approve(house.other, made)
    clock.advance(days=17)
    with pytest.raises(ExpiredOfferError):
        offering.accept(house.hr, approved)

    assert stages.again(house.eva.id).stage == "offer"
    assert offering.withdraw(house.hr, approved).state == "withdrawn"


def test_what_is_offered_is_seen_with_the_permission_alone_and_looks_are_written(
    house: House,
) -> None:
    offering.make(house.hr, house.eva, PLACE)
    reader = replace(house.hr, permissions=house.hr.permissions - {"staff.pay"})

    closed = [card.read(who, 1, opened=True) for who in (house.budi, reader)]
    opened = card.read(house.other, 1, opened=True)

    assert [one.offers[0].amount for one in closed] == [0, 0]
    assert "9000000" not in str([card.record(one) for one in closed])
    assert "9000000" not in str(card.record(card.read(house.other, 1)))
    assert card.record(opened)["applications"][0]["offers"][0]["salary"] == "9000000.00"  # type: ignore[index]  # a list
    lines = [line for feature in ("candidate", "application") for line in trail.select_of(feature)]
    assert not [line for line in lines if "9000000" in line.changes or "900000000" in line.changes]
    assert [line.actor for line in lines if line.action == "candidate.look"] == ["hana"]
    with pytest.raises(NotAllowedError):
        offering.make(reader, house.eva, PLACE)


def test_one_hire_makes_person_contract_salary_and_list_and_fills_the_opening(
    house: House,
) -> None:
    templates.put(house.hr, "Everybody", "onboarding", ["Show the office | manager | 0"])
    with pytest.raises(OfferStateError):
        hiring.hire(house.hr, house.eva)
    accepted(house)

    hired = hiring.hire(house.hr, stages.again(house.eva.id), {"email": "eva@own.example"})

    on = dated.one_on(house.hr, hired.id, date(2026, 6, 1))
    assert (hired.name, hired.email, on.state) == ("Eva", "eva@own.example", "employed")
    assert (on.position.title, on.position.manager) == ("Clerk", "Budi")  # type: ignore[union-attr]  # it holds
    assert (on.contract.kind, on.first) == ("permanent", date(2026, 6, 1))  # type: ignore[union-attr]  # it holds
    assert facts.select_of("salary", hired.id)[0].amount == 900_000_000
    assert [step.title for step in reading.of_person(house.hr, hired.id)[0].steps] == [
        "Show the office"
    ]  # fmt: skip
    assert openings.again(1).state == "filled"
    assert (stages.again(house.eva.id).stage, candidates.again(1).employee_id) == ("hired", 4)
    with pytest.raises(HiredError):
        hiring.hire(house.hr, stages.again(house.eva.id))


def test_who_is_hired_gets_the_position_that_was_approved(house: House) -> None:
    made = offering.make(house.hr, house.eva, PLACE)
    openings.edit(house.hr, openings.again(1), {"title": "Bookkeeper", "place": "Ubud"})
    approved = offering.approve(house.other, made)
    told = {"title": "Director", "department": "Company", "manager": "", "place": "Jakarta"}
    openings.edit(house.hr, openings.again(1), told)
    offering.accept(house.hr, approved)

    hired = hiring.hire(house.hr, stages.again(house.eva.id))

    position = dated.one_on(house.hr, hired.id, date(2026, 6, 1)).position
    assert position is not None
    assert (position.title, position.department, position.manager, position.place) == (
        "Bookkeeper", "Finance", "Budi", "Ubud",
    )  # fmt: skip
    assert offering.record(offering.again(made.id))["title"] == "Bookkeeper"


def test_a_hire_that_fails_at_its_end_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(house)

    def fail(*_words: object) -> None:
        raise InvalidChangeError("state", "broken")

    monkeypatch.setattr(openings, "set_state", fail)
    with pytest.raises(InvalidChangeError):
        hiring.hire(house.hr, stages.again(house.eva.id))

    assert len(dated.on(house.hr, date(2026, 6, 1))) == 3
    assert stages.again(house.eva.id).stage == "offer"


def test_a_full_opening_hires_nobody_more(house: House) -> None:
    accepted(house)
    joko = candidates.new(house.hr, {"name": "Joko"})
    second = stages.apply(house.hr, joko, openings.again(1))
    second = stages.move(house.hr, [second], "interview")[0]
    hiring.hire(house.hr, stages.again(house.eva.id))

    with pytest.raises(NoSeatError):
        offering.make(house.hr, second, PLACE)
