"""What recruitment refuses: offers where nothing is to be offered, the forgotten, a seat twice."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

import pytest

from boconsole import approvals, drafts
from boconsole.errors import BoconsoleError, InvalidChangeError, NotAllowedError
from boconsole.home import lists
from boconsole.recruitment import (
    candidates,
    forgetting,
    hiring,
    interviewing,
    keeping,
    offering,
    openings,
    stages,
    words,
)
from boconsole.recruitment.errors import (
    ClosedOpeningError,
    ExpiredOfferError,
    ForgottenError,
    NoSeatError,
    OfferStateError,
    StandingOffersError,
)
from boconsole.session import Session
from boconsole.staff import dated
from db import connection
from tests.officers import company, officer
from tests.people import MONDAY, StandingClock, add_agent

PLACE = {"amount": "9000000 IDR", "starts_on": "2026-06-01", "expires_on": "2026-05-20"}


class House(NamedTuple):
    """Two HR officers, an opening with one seat, and Eva and Joko who were talked to."""

    hr: Session
    other: Session
    eva: stages.ApplicationRow
    joko: stages.ApplicationRow


@pytest.fixture
def house(session: Session) -> House:
    hr = officer(session)
    company(hr)
    clerk = openings.new(hr, {"title": "Clerk", "department": "Finance"}, "open")
    both = []
    for name in ("Eva", "Joko"):
        person = candidates.new(hr, {"name": name, "email": f"{name.lower()}@home.example"})
        both.append(stages.move(hr, [stages.apply(hr, person, clerk)], "interview")[0])
    return House(hr, add_agent(session, "hana", ("hr_officer",)), *both)


def approved(house: House, row: stages.ApplicationRow) -> offering.OfferRow:
    return offering.approve(house.other, offering.make(house.hr, stages.again(row.id), PLACE))


def test_nothing_is_written_of_the_forgotten_any_more(house: House) -> None:
    hr = house.hr
    talk = interviewing.plan(hr, house.eva, MONDAY, ["hana"])
    stages.move(hr, [house.eva], "rejected", "Wants more")
    forgetting.forget(hr, [candidates.again(house.eva.candidate_id)])
    gone = stages.again(house.eva.id)
    points = dict.fromkeys(("Knowledge", "Experience", "Communication", "Motivation"), 5)

    with pytest.raises(ForgottenError):
        stages.move(hr, [gone], "applied", "Eva wrote again")
    with pytest.raises(ForgottenError):
        stages.undo_last(hr)
    with pytest.raises(ForgottenError):
        interviewing.score(house.other, talk.id, points, "yes", "Eva is good")
    with pytest.raises(ForgottenError):
        offering.make(hr, gone, PLACE)


def test_an_opening_that_does_not_go_on_lets_no_offer_go_on(house: House) -> None:
    hr = house.hr
    offer = approved(house, house.eva)
    for state in ("cancelled", "filled"):
        with pytest.raises(StandingOffersError, match="CAN-0001"):
            openings.set_state(hr, openings.again(1), state)
    openings.set_state(hr, openings.again(1), "on-hold")
    with pytest.raises(ClosedOpeningError):
        offering.accept(hr, offer)
    openings.set_state(hr, openings.again(1), "open")
    offering.accept(hr, offer)
    openings.set_state(hr, openings.again(1), "on-hold")
    with pytest.raises(ClosedOpeningError):
        hiring.hire(hr, stages.again(house.eva.id))
    offering.withdraw(hr, offering.again(offer.id))

    with pytest.raises(ClosedOpeningError):
        offering.make(hr, stages.again(house.eva.id), PLACE)

    assert openings.set_state(hr, openings.again(1), "cancelled").state == "cancelled"


def test_a_seat_is_promised_once(house: House) -> None:
    hr = house.hr
    first, second = approved(house, house.eva), approved(house, house.joko)
    offering.accept(hr, first)

    with pytest.raises(NoSeatError):
        offering.accept(hr, second)

    openings.edit(hr, openings.again(1), {"seats": "2"})
    offering.accept(hr, second)
    with pytest.raises(InvalidChangeError):
        openings.edit(hr, openings.again(1), {"seats": "1"})
    hiring.hire(hr, stages.again(house.eva.id))
    assert openings.again(1).state == "open"
    hiring.hire(hr, stages.again(house.joko.id))
    assert openings.again(1).state == "filled"


def test_an_offer_stands_on_its_stage_alone_and_comes_back_with_the_undo(house: House) -> None:
    hr = house.hr
    offer = approved(house, house.eva)
    with pytest.raises(OfferStateError):
        stages.move(hr, [stages.again(house.eva.id)], "interview")
    with pytest.raises(OfferStateError):
        stages.undo_last(hr)
    stages.move(hr, [stages.again(house.eva.id)], "rejected", "Wants more")
    assert offering.again(offer.id).state == "withdrawn"

    stages.undo_last(hr)

    back = offering.again(offer.id)
    assert (back.state, back.approver, back.decided_at) == ("made", "hana", None)
    stages.move(hr, [stages.again(house.eva.id)], "rejected", "Wants more")
    openings.set_state(hr, openings.again(1), "cancelled")
    with pytest.raises(ClosedOpeningError):
        stages.undo_last(hr)
    assert stages.again(house.eva.id).stage == "rejected"


def test_an_offer_waits_in_the_inbox_of_approvers_without_its_salary(house: House) -> None:
    hr = house.hr
    offering.make(hr, house.eva, PLACE)
    stranger = add_agent(hr, "ava", ("approver",))

    found = approvals.waiting(house.other, "you")
    counted = lists.LISTS["approvals"].tally(house.other, "you").number

    assert [(row.kind, row.number, row.contact, row.about) for row in found] == [
        ("offer", "CAN-0001", "Eva", "OPN-0001 Clerk")
    ]  # fmt: skip
    assert (counted, lists.LISTS["approvals"].opens(house.other)) == (1, True)
    assert (found[0].sums, found[0].approvers, found[0].preparer) == ((), ("hana",), "root")
    assert approvals.waiting(stranger) == approvals.waiting(hr, "you") == []
    offering.withdraw(hr, offering.again(1))
    offering.make(hr, stages.again(house.eva.id), PLACE)
    with pytest.raises(OfferStateError):
        approvals.approve(house.other, found)
    approvals.approve(house.other, approvals.waiting(house.other, "you"))
    assert offering.again(2).approver == "hana"
    assert approvals.waiting(house.other) == []


def test_the_refused_are_kept_for_some_months_and_the_promised_are_not_forgotten(
    house: House, clock: StandingClock
) -> None:
    hr = house.hr
    keeping.set_months(hr, 6)
    agreed = candidates.again(house.joko.candidate_id)
    agreed = candidates.edit(hr, agreed, {"consent_on": "2026-05-01", "keep_until": "2028-01-31"})
    for row in (house.eva, house.joko):
        stages.move(hr, [row], "rejected", "Wants more")
    kept = [str(candidates.again(row.candidate_id).keep_until) for row in (house.eva, house.joko)]
    stages.undo_last(hr)
    stages.undo_last(hr)
    back = str(candidates.again(house.eva.candidate_id).keep_until)
    approved(house, house.eva)
    clock.advance(days=400)

    assert kept == ["2026-11-04", "2028-01-31"]
    assert back == "2027-05-04"
    assert forgetting.due(hr) == []
    assert str(candidates.new(hr, {"name": "Lia"}).keep_until) == "2027-12-08"
    with pytest.raises(InvalidChangeError):
        keeping.set_months(hr, 0)
    with pytest.raises(NotAllowedError):
        keeping.set_months(add_agent(hr, "ava", ("executive",)), 3)


def test_what_was_typed_of_the_forgotten_is_forgotten_too(house: House) -> None:
    hr = house.hr
    for form in (words.form_of("offer", house.eva.id), words.form_of("offer", house.joko.id)):
        drafts.keep(house.other, form, 0, {"amount": "7531246 IDR"})
    drafts.keep(house.other, "recruitment.candidate", house.eva.candidate_id, {"note": "Eva"})

    forgetting.forget(hr, [candidates.again(house.eva.candidate_id)])

    assert [one.form for one in drafts.list_all(house.other)] == [
        words.form_of("offer", house.joko.id)
    ]  # fmt: skip


def test_an_offer_that_ended_waits_for_no_approval(house: House, clock: StandingClock) -> None:
    made = offering.make(house.hr, house.eva, PLACE)
    clock.advance(days=17)

    with pytest.raises(ExpiredOfferError):
        offering.approve(house.other, made)

    assert approvals.waiting(house.other) == []


def test_two_consoles_give_one_seat_to_one_candidate_once(house: House) -> None:
    """Both accept for the last seat, then both hire the one who got it."""
    offers = [approved(house, row) for row in (house.eva, house.joko)]

    accepted = _at_once([partial(offering.accept, house.hr, offers[0]),
                         partial(offering.accept, house.other, offers[1])])  # fmt: skip
    chosen = next(row for row in accepted if isinstance(row, offering.OfferRow))
    row = stages.again(chosen.application_id)
    hired = _at_once([partial(hiring.hire, house.hr, row), partial(hiring.hire, house.other, row)])

    assert sorted(type(one).__name__ for one in accepted) == ["NoSeatError", "OfferRow"]
    assert sorted(type(one).__name__ for one in hired) == ["EmployeeRow", "HiredError"]
    assert openings.again(1).state == "filled"
    assert len(dated.on(house.hr, date(2026, 6, 1))) == 4


def _at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """Return what each answered, or the error it raised."""
    ready = threading.Barrier(len(works))
    done: list[object] = []

    def run(work: Callable[[], object]) -> None:
        try:
            ready.wait(10)
            done.append(work())
        except BoconsoleError as error:
            done.append(error)
        finally:
            connection.release()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
