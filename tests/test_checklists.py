"""Check lists of people who come and go: what they open, who ticks what, what is taken back."""

from datetime import date
from typing import NamedTuple

import pytest

from boconsole.assets import lending
from boconsole.assets.writing import again as asset_again
from boconsole.checklists import moves, reading, starting, templates, ticking, words
from boconsole.checklists.errors import (
    LinkedStepError,
    NotYoursError,
    StepDoneError,
    TagMissingError,
    TooEarlyError,
)
from boconsole.errors import InvalidChangeError, NotAllowedError, UndoError
from boconsole.session import Session
from boconsole.staff import changing, dated, departments, finding
from boconsole.staff.changing import NewFact
from boconsole.tickets import creating
from boconsole.tickets import reading as tickets
from boconsole.tickets.rows import NewTicket
from db import users
from db.checklists.rows import StepRow
from tests.officers import company, officer
from tests.people import StandingClock, add_agent
from tests.things import add_asset, add_person

JUNE = date(2026, 6, 1)


class House(NamedTuple):
    """HR, who may do everything else, and somebody in IT."""

    hr: Session
    admin: Session
    wayan: Session


@pytest.fixture
def house(session: Session) -> House:
    hr = officer(session)
    company(hr)
    wayan = add_agent(session, "wayan")
    templates.put(hr, "Everybody", "onboarding", [
        "Sign the contract", "Mail account | wayan | -2 | access", "Laptop | hr | 0 | asset | X1",
    ])  # fmt: skip
    templates.put(hr, "Clerks", "onboarding", ["Meet the auditor | manager | 7"],
                  department="Finance")  # fmt: skip
    templates.put(hr, "Drivers", "onboarding", ["Keys | hr | 0"], department="Company", closed=True)
    return House(hr, session, wayan)


def steps_of(session: Session, employee_id: int) -> dict[str, StepRow]:
    return {step.title: step for step in reading.of_person(session, employee_id)[0].steps}


def hired(house: House, **own: object) -> int:
    place = NewFact("position", {"title": "Clerk", "department": "Finance", "manager": "Budi"})
    return moves.hire(house.hr, {"name": "Citra", **own}, JUNE, [place]).id


def test_who_is_hired_gets_the_steps_of_everybody_and_of_the_department(house: House) -> None:
    employee_id = hired(house)

    steps = steps_of(house.hr, employee_id)
    ticket = tickets.get(house.admin, steps["Mail account"].ticket_id or 0)

    assert [(step.title, str(step.due_on), step.owner_login) for step in steps.values()] == [
        ("Mail account", "2026-05-30", "wayan"), ("Sign the contract", "2026-06-01", ""),
        ("Laptop", "2026-06-01", ""), ("Meet the auditor", "2026-06-08", ""),
    ]  # fmt: skip
    assert ticket.subject == "Mail account: Citra"
    assert [step.title for _row, step in reading.mine(house.wayan)] == ["Mail account"]


def test_a_step_that_asks_for_an_asset_hands_it_out(house: House) -> None:
    contact_id = add_person("Citra", "citra@own.example")
    employee_id = hired(house, email="citra@own.example")
    add_asset("AST-0001", "Laptop")
    laptop = steps_of(house.hr, employee_id)["Laptop"]
    both = officer(house.admin, "hr_officer", "asset_manager")
    with pytest.raises(TagMissingError):
        ticking.tick(both, laptop.id)
    with pytest.raises(NotAllowedError):
        ticking.tick(house.hr, laptop.id, tag="AST-0001")

    done = ticking.tick(both, laptop.id, tag="AST-0001")

    assert (done.tag, done.held) == ("AST-0001", True)
    assert asset_again(done.asset_id or 0).holder_contact_id == contact_id
    with pytest.raises(LinkedStepError):
        ticking.undo_last(both)


def test_owners_tick_their_own_steps_and_take_that_back(house: House) -> None:
    steps = steps_of(house.hr, hired(house))
    with pytest.raises(NotYoursError):
        ticking.tick(house.wayan, steps["Sign the contract"].id)
    ticking.tick(house.wayan, steps["Mail account"].id, said="citra@own.example")
    with pytest.raises(StepDoneError):
        ticking.tick(house.hr, steps["Mail account"].id)

    undone = ticking.undo_last(house.wayan)

    assert (undone.done_at, undone.said) == (None, "")
    with pytest.raises(UndoError):
        ticking.undo_last(house.wayan)
    assert reading.of_person(house.hr, 4)[0].done == 0


def test_who_leaves_gives_back_assets_and_the_account_on_the_last_day(
    house: House, clock: StandingClock
) -> None:
    contact_id = add_person("Citra", "citra@own.example")
    add_agent(house.admin, "citra")
    employee_id = hired(house, email="citra@own.example", user="citra")
    laptop = add_asset("AST-0001", "Laptop")
    both = officer(house.admin, "hr_officer", "asset_manager", "admin")
    lending.check_out(both, [asset_again(laptop)], f"CON-{contact_id}", lending.Terms())
    templates.put(house.hr, "Goodbye", "offboarding", ["Letter of reference | hr | 14"])

    moves.leave(house.hr, finding.again(employee_id), date(2026, 6, 30))
    moves.leave(house.hr, finding.again(employee_id), date(2026, 6, 29), why="holidays")
    steps = steps_of(house.hr, employee_id)
    account = steps["Disable the account citra"]
    with pytest.raises(TooEarlyError):
        ticking.tick(both, account.id)
    with pytest.raises(NotAllowedError):
        ticking.tick(house.hr, steps["Take back AST-0001 Laptop"].id)
    lending.check_in(both, [asset_again(laptop)])
    clock.advance(days=56)
    ticking.tick(both, account.id)

    assert str(dated.one_on(house.hr, employee_id, JUNE).last) == "2026-06-29"
    assert [str(step.due_on) for step in steps.values()] == ["2026-06-29"] * 2 + ["2026-07-13"]
    assert users.is_disabled(users.find_id("citra"))
    left = reading.of_person(house.hr, employee_id)[0]
    assert (left.row.kind, left.done, len(left.steps)) == ("offboarding", 2, 3)
    assert starting.give_up(house.hr, employee_id, "offboarding").id == left.row.id
    assert not reading.of_person(house.hr, employee_id)[0].open


def test_who_stays_after_all_gives_nothing_back(house: House) -> None:
    employee_id = hired(house)
    templates.put(house.hr, "Goodbye", "offboarding", ["Letter of reference"])
    moves.leave(house.hr, finding.again(employee_id), date(2026, 6, 30))
    moves.undo_last(house.hr)
    stays = reading.of_person(house.hr, employee_id)[0]
    moves.leave(house.hr, finding.again(employee_id), date(2026, 6, 30))
    moves.leave(house.hr, finding.again(employee_id), date(2026, 6, 20), why="holidays")
    moves.undo_last(house.hr)
    moved = reading.of_person(house.hr, employee_id)[0]

    assert (stays.open, moved.open, moved.row.day) == (False, True, date(2026, 6, 30))
    assert stays.row.id != moved.row.id


def test_a_list_that_cannot_be_begun_hires_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise InvalidChangeError("step", "broken")

    monkeypatch.setattr(starting.lists, "insert_list", fail)
    with pytest.raises(InvalidChangeError):
        hired(house)

    assert len(dated.on(house.hr, JUNE)) == 3


@pytest.mark.parametrize(
    "line",
    ["", "x | nobody", "x | hr | soon", "x | hr | 0 | explode", "a | hr | 0 | ticket | q | z"],
)
def test_steps_that_cannot_be_read_are_refused(local_session: Session, line: str) -> None:
    with pytest.raises(InvalidChangeError):
        templates.put(officer(local_session), "X", words.ONBOARDING, [line])


def test_strangers_see_no_list(house: House) -> None:
    employee_id = hired(house)
    changing.edit(house.hr, finding.again(employee_id), {"user": "wayan"})
    stranger = add_agent(house.hr, "eve")

    assert [one.row.employee_id for one in reading.every(house.wayan)] == [employee_id]
    with pytest.raises(NotAllowedError):
        reading.of_person(stranger, employee_id)
    with pytest.raises(NotAllowedError):
        starting.start(stranger, employee_id, words.ONBOARDING, JUNE)
    with pytest.raises(NotAllowedError):
        templates.every(stranger)


def test_who_leaves_hands_over_what_they_lead_own_and_are_to_do(house: House) -> None:
    hr = house.hr
    add_agent(house.admin, "budi")
    changing.edit(hr, finding.again(2), {"user": "budi"})
    departments.edit(hr, departments.named("Finance"), {"head": "EMP-0002"})
    creating.begin(house.admin, NewTicket("Printer", "", {"assignee": "budi"}))
    hired(house)  # one of whose steps is Budi's

    moves.leave(hr, finding.again(2), date(2026, 5, 31))
    moves.leave(hr, finding.again(2), date(2026, 5, 30), why="holidays")

    assert [title for title in steps_of(hr, 2) if "account" not in title] == [
        "Give 2 people another manager", "Name another head of Finance", "Hand over 1 open ticket",
        "Hand over 1 step of check lists",
    ]  # fmt: skip


def test_an_off_boarding_that_is_done_moves_with_the_last_day(house: House) -> None:
    hr, employee_id = house.hr, hired(house)
    templates.put(hr, "Goodbye", "offboarding", ["Letter"])
    moves.leave(hr, finding.again(employee_id), date(2026, 6, 30))
    ticking.tick(hr, steps_of(hr, employee_id)["Letter"].id)
    moves.leave(hr, finding.again(employee_id), date(2026, 7, 31), why="stays longer")
    left = reading.of_person(hr, employee_id)
    moves.hire_known(hr, finding.again(employee_id), date(2026, 9, 1))
    moves.leave(hr, finding.again(employee_id), date(2026, 9, 30))
    again = reading.of_person(hr, employee_id)

    assert [(one.row.kind, str(one.row.day)) for one in left] == [
        ("offboarding", "2026-07-31"), ("onboarding", "2026-06-01"),
    ]  # fmt: skip
    assert [str(one.row.day) for one in again if one.row.kind == "offboarding"] == [
        "2026-09-30", "2026-07-31",
    ]  # fmt: skip


def test_nobody_takes_back_the_tick_of_another(house: House) -> None:
    steps = steps_of(house.hr, hired(house))
    mail = steps["Mail account"].id
    ticking.tick(house.wayan, mail)
    ticking.untick(house.hr, mail)
    ticking.tick(house.hr, mail)

    with pytest.raises(UndoError):
        ticking.undo_last(house.wayan)

    assert ticking.again(mail).done_at is not None


def test_a_hire_is_taken_back_while_no_step_is_done(house: House) -> None:
    employee_id = hired(house)

    moves.undo_last(house.hr)

    assert dated.one_on(house.hr, employee_id, JUNE).state == "none"
    assert not reading.of_person(house.hr, employee_id)[0].open


def test_an_onboarding_ends_with_who_leaves_and_goes_on_with_who_stays(house: House) -> None:
    hr, employee_id = house.hr, hired(house)
    ticking.tick(house.wayan, steps_of(hr, employee_id)["Mail account"].id)

    moves.leave(hr, finding.again(employee_id), date(2026, 6, 5))
    left = [one for one in reading.of_person(hr, employee_id) if one.row.kind == "onboarding"]
    moves.undo_last(hr)
    stays = [one for one in reading.of_person(hr, employee_id) if one.row.kind == "onboarding"]

    assert [one.open for one in left] == [False]
    assert [(one.open, one.done) for one in stays] == [(True, 1)]
