"""Recruitment by real keys: cards moved over the board, a score, an offer, a step ticked."""

from pathlib import Path

from boconsole.session import Session
from screens.recruitment import OpeningsScreen
from screens.recruitment_card import CandidateScreen
from screens.recruitment_opening import OpeningScreen
from screens.staff_card import StaffCardScreen
from tests.desks import SMALL, desk, press, quiet, row, shown, type_text, whole_desk
from tests.people import add_agent
from tests.recruiting import make_office


async def test_candidates_are_moved_over_the_board_and_back(
    local_session: Session, tmp_path: Path
) -> None:
    app = desk(make_office(local_session).hr, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(OpeningsScreen())
        await quiet(pilot)
        listed = shown(app)
        await press(pilot, "G", "enter")
        board = app.screen
        await press(pilot, "L")
        moved = shown(app)
        await press(pilot, "u")
        undone = shown(app)
        await press(pilot, "s", "3")
        await type_text(pilot, "No car")
        await press(pilot, "enter")
        rejected = shown(app)
        await press(pilot, "l", "l", "l", "enter")
        opened = app.screen

    assert "OPN-0001 Clerk" in listed
    assert isinstance(board, OpeningScreen)
    assert "A Applied 1    S Screened 2" in moved
    assert "A Applied 2    S Screened 1" in undone
    assert "Rejected 2" in rejected
    assert isinstance(opened, CandidateScreen)


async def test_an_interviewer_scores_and_then_sees_the_others(
    local_session: Session, tmp_path: Path
) -> None:
    budi = make_office(local_session).budi
    app = whole_desk(budi, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "4", ":")
        await type_text(pilot, "can-1")
        await press(pilot, "enter", "tab", "tab")
        before = shown(app)
        await press(pilot, "c")
        for place in range(4):
            row(app, f"c{place}").text = "2"
        row(app, "recommendation").text = "no"
        await press(pilot, "ctrl+s")
        after = shown(app)

    assert "give yours first" in before
    assert "Strong yes" not in before
    assert "3.0" in after
    assert "wayan: Strong yes" in after


async def test_steps_of_a_person_are_ticked_and_taken_back(
    local_session: Session, tmp_path: Path
) -> None:
    app = desk(make_office(local_session).hr, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        card = StaffCardScreen(4)
        card.turn_to("checklists")
        await app.push_screen(card)
        await quiet(pilot)
        await press(pilot, "j", "j", "j", "j", "space")
        ticked = shown(app)
        await press(pilot, "u")
        undone = shown(app)

    assert "2/4" in ticked
    assert "[x]   2026-06-01  Show the office" in ticked
    assert "1/4" in undone
    assert "[ ]   2026-06-01  Show the office" in undone


async def test_an_officer_approves_in_the_inbox_without_the_books(
    local_session: Session, tmp_path: Path
) -> None:
    make_office(local_session)
    app = whole_desk(add_agent(local_session, "hana", ("hr_officer",)), tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, ":")
        await type_text(pilot, "approvals")
        await press(pilot, "enter")
        await quiet(pilot)
        inbox = shown(app)
        await press(pilot, "A")
        await quiet(pilot)
        approved = shown(app)
        await press(pilot, "q")
        await quiet(pilot)
        books = shown(app)

    assert "CAN-0002" in inbox
    assert "Joko" in inbox
    assert "may not do this" not in inbox
    assert "CAN-0002 is approved." in approved
    assert "ledger.read" in books
