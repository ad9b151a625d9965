"""Openings, candidates and their stages: who may go where, who sees whom, who is forgotten."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from boconsole import audit, ending, filing
from boconsole.errors import BoconsoleError, InvalidChangeError, NotAllowedError, StaleRecordError
from boconsole.filing import File
from boconsole.recruitment import (
    asking,
    boarding,
    candidates,
    card,
    exporting,
    forgetting,
    openings,
    seeing,
    stages,
)
from boconsole.recruitment.errors import (
    AppliedError,
    ClosedOpeningError,
    ForgottenError,
    HiringStepError,
    NoReasonError,
    StepError,
)
from boconsole.roles import ROLES
from boconsole.session import Session
from boconsole.staff import changing, finding
from db import audit as trail
from tests.officers import company, officer
from tests.people import StandingClock, add_agent


class House(NamedTuple):
    """Who hires, who leads, and two openings: one that Budi fills, one of somebody else."""

    hr: Session
    boss: Session
    clerk: openings.OpeningRow
    driver: openings.OpeningRow


@pytest.fixture
def house(session: Session) -> House:
    hr = officer(session)
    company(hr)
    boss = add_agent(session, "budi")
    changing.edit(hr, finding.again(2), {"user": "budi"})
    given = {"title": "Clerk", "department": "Finance", "manager": "Budi"}
    clerk = openings.new(hr, given, "open")
    driver = openings.new(hr, {"title": "Driver", "manager": "Ann Lee"}, "open")
    return House(hr, boss, clerk, driver)


def applied(house: House, name: str, opening: openings.OpeningRow) -> stages.ApplicationRow:
    given = {"name": name, "email": f"{name.lower()}@own.example", "phone": "+62 21 555 0100"}
    return stages.apply(house.hr, candidates.new(house.hr, given), opening)


def test_candidates_go_from_stage_to_stage_as_the_rules_say(house: House) -> None:
    hr = house.hr
    eva = applied(house, "Eva", house.clerk)
    for stage, reason, refused in (
        ("offer", "", StepError), ("hired", "", HiringStepError), ("rejected", "", NoReasonError),
        ("unheard", "", InvalidChangeError),
    ):  # fmt: skip
        with pytest.raises(refused):
            stages.move(hr, [eva], stage, reason)
    with pytest.raises(AppliedError):
        stages.apply(hr, seeing.candidate(hr, "CAN-0001"), house.clerk)

    talked = stages.move(hr, [eva], "interview", "The best letter")[0]
    with pytest.raises(StaleRecordError):
        stages.move(hr, [eva], "offer")
    openings.set_state(hr, openings.again(house.clerk.id), "on-hold")
    with pytest.raises(ClosedOpeningError):
        stages.move(hr, [talked], "offer")
    stages.move(hr, [talked], "rejected", "Wants more")

    steps = stages.records.select_stages([eva.id])
    assert [(step.before, step.stage, step.reason) for step in steps] == [
        ("", "applied", ""), ("applied", "interview", "The best letter"),
        ("interview", "rejected", "Wants more"),
    ]  # fmt: skip
    assert {step.by for step in steps} == {"root"}


def test_a_move_of_many_is_undone_in_one_step_until_somebody_moves_on(house: House) -> None:
    hr = house.hr
    both = [applied(house, name, house.clerk) for name in ("Eva", "Joko")]
    stages.move(hr, both, "screened")

    undone = stages.undo_last(hr)

    assert [row.stage for row in undone] == ["applied", "applied"]
    assert stages.records.select_stages([both[0].id])[-1].undoes
    with pytest.raises(BoconsoleError, match="nothing to undo"):
        stages.undo_last(hr)
    moved = stages.move(hr, undone, "screened")
    other = add_agent(hr, "hana", ("hr_officer",))
    stages.move(other, moved[:1], "interview")
    with pytest.raises(BoconsoleError, match="changed since"):
        stages.undo_last(hr)


def test_managers_see_the_candidates_of_their_openings_alone(house: House) -> None:
    applied(house, "Eva", house.clerk)
    applied(house, "Joko", house.driver)
    stranger = add_agent(house.hr, "citra", ("project_manager", "executive", "auditor", "agent"))

    assert [one.number for one in asking.candidates(house.boss)] == ["CAN-0001"]
    assert [one.row.number for one in asking.openings(house.boss)] == ["OPN-0001"]
    assert seeing.candidate(house.boss, "CAN-0001").name == "Eva"
    refused: list[Callable[[], object]] = [
        lambda: seeing.candidate(house.boss, "CAN-0002"),
        lambda: seeing.opening(house.boss, "OPN-0002"),
        lambda: candidates.documents(house.boss, 2),
        lambda: stages.move(house.boss, [stages.again(1)], "screened"),
        lambda: candidates.edit(house.boss, candidates.again(1), {"name": "X"}),
        lambda: forgetting.due(house.boss),
        lambda: seeing.candidate(stranger, "CAN-0001"),
        lambda: openings.new(stranger, {"title": "Spy"}),
    ]
    for attempt in refused:
        with pytest.raises(NotAllowedError):
            attempt()
    assert asking.candidates(stranger, "stage:any") == []


def test_no_other_role_sees_candidates_through_any_door(
    local_session: Session, tmp_path: Path
) -> None:
    hr = officer(local_session)
    opened = openings.new(hr, {"title": "Clerk"}, "open")
    eva = stages.new_candidate(hr, {"name": "Eva"}, opened, [File("cv.pdf", b"%PDF")])
    for place, role in enumerate(sorted(set(ROLES) - {"hr_officer"})):
        who = add_agent(hr, f"user{place}", (role,))
        path = tmp_path / f"{role}.json"
        exporting.export(who, path, asking.candidates(who, "any"))
        attempts: list[Callable[[], object]] = [
            partial(seeing.candidate, who, eva.number), partial(seeing.opening, who, "OPN-0001"),
            partial(card.read, who, eva.id, opened=True), partial(boarding.read, who, opened.id),
            partial(candidates.document, who, eva.id, "cv.pdf"),
            partial(forgetting.forget_due, who), partial(stages.undo_last, who),
        ]  # fmt: skip
        for attempt in attempts:
            with pytest.raises(NotAllowedError):
                attempt()

        assert "Eva" not in path.read_text("utf-8")
        assert asking.openings(who, "any") == []


def test_the_trail_never_says_who_a_candidate_is(house: House) -> None:
    eva = applied(house, "Eva", house.clerk)
    row = candidates.edit(house.hr, candidates.again(1), {"note": "Knows Ann", "phone": "0815"})
    candidates.attach(house.hr, row.id, [File("Eva-cv.pdf", b"%PDF Eva")])
    stages.move(house.hr, [eva], "rejected", "Eva wants too much")

    said = "".join(
        line.changes for feature in ("candidate", "application", "opening")
        for line in trail.select_of(feature)
    ).lower()  # fmt: skip
    for private in ("eva", "own.example", "555", "0815", "knows", "wants"):
        assert private not in said


def test_who_was_kept_long_enough_is_forgotten_for_good_unless_hired(
    house: House, clock: StandingClock
) -> None:
    hr = house.hr
    eva = applied(house, "Eva", house.clerk)
    candidates.attach(hr, 1, [File("cv.pdf", b"%PDF Eva")])
    sha256 = candidates.documents(hr, 1)[0].sha256
    stages.move(hr, [eva], "screened", "Eva has a licence")
    candidates.new(hr, {"name": "Later", "keep_until": "2030-01-01"})
    hired = candidates.new(hr, {"name": "Hired"})
    stages.records.update_candidate(hired.id, hired.version, {"employee_id": 2})
    assert forgetting.due(hr) == []
    told = [one.number for one in ending.around(hr) if one.what == "candidate"]
    clock.advance(days=366)

    gone = forgetting.forget_due(hr)

    assert told == ["CAN-0001", "CAN-0002"]
    assert not [one for one in ending.around(house.boss) if one.what == "candidate"]
    assert [row.number for row in gone] == ["CAN-0001"]
    assert gone[0][2:7] == ("Forgotten candidate CAN-0001", "", "", "", "")
    assert filing._get(sha256) is None
    assert stages.again(eva.id).stage == "withdrawn"
    assert {step.reason for step in stages.records.select_stages([eva.id])} == {""}
    with pytest.raises(ForgottenError):
        candidates.edit(hr, gone[0], {"name": "Eva"})
    assert [line.action for line in trail.select_of("candidate")][-1] == "candidate.forget"
    assert not audit.verify().broken


def test_content_that_lies_elsewhere_too_outlives_a_candidate(house: House) -> None:
    for name in ("Eva", "Joko"):
        row = candidates.new(house.hr, {"name": name})
        candidates.attach(house.hr, row.id, [File("same.pdf", b"%PDF both")])

    forgetting.forget(house.hr, [candidates.again(1)])

    assert candidates.document(house.hr, 2, "same.pdf") == ("same.pdf", b"%PDF both")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["CAN-0003", "CAN-0002"]), ("eva", []), ("stage:rejected", ["CAN-0001"]),
        ("opening:OPN-0002", ["CAN-0002"]), ("no:opening", ["CAN-0003"]),
        ("is:mine state:any", []), ("any sort:name", ["CAN-0001", "CAN-0002", "CAN-0003"]),
    ],
)  # fmt: skip
def test_queries_name_candidates(local_session: Session, query: str, found: list[str]) -> None:
    hr = officer(local_session)
    opened = [openings.new(hr, {"title": title}, "open") for title in ("Clerk", "Driver")]
    people = [candidates.new(hr, {"name": name}) for name in ("Eva", "Joko", "Lia")]
    eva = stages.apply(hr, people[0], opened[0])
    stages.apply(hr, people[1], opened[1])
    stages.move(hr, [eva], "rejected", "No")

    assert [one.number for one in asking.candidates(hr, query)] == found


def test_seats_and_states_of_openings_follow_rules(house: House) -> None:
    hr, row = house.hr, house.clerk
    with pytest.raises(StepError):
        openings.set_state(hr, row, "draft")
    closed = openings.set_state(hr, row, "cancelled")
    with pytest.raises(ClosedOpeningError):
        applied(house, "Late", closed)
    with pytest.raises(InvalidChangeError):
        openings.edit(hr, closed, {"seats": "0"})
    with pytest.raises(StaleRecordError):
        openings.edit(hr, row, {"seats": "2"})

    assert closed.closed_on == date(2026, 5, 4)
    reopened = openings.set_state(hr, openings.set_state(hr, closed, "draft"), "open")
    assert (reopened.opened_on, reopened.closed_on) == (date(2026, 5, 4), None)


def test_an_export_is_for_its_owner_alone(house: House, tmp_path: Path) -> None:
    applied(house, "Eva", house.clerk)
    path = tmp_path / "out.csv"

    done = exporting.export(house.hr, path, asking.candidates(house.hr))

    assert done == 1
    assert exporting.export_openings(tmp_path / "o.json", asking.openings(house.boss)) == 1
    assert path.stat().st_mode & 0o077 == 0
    assert "Eva" in path.read_text("utf-8")
