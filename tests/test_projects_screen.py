"""Projects in the console, by real keys: planned, moved on the board, timed, looked at."""

from datetime import date
from pathlib import Path

import pytest

from boconsole.demo import projects as demo
from boconsole.projects import changing, reading, tasking, timing
from boconsole.session import Session
from screens import project_timeline as timeline
from screens.project import ProjectScreen
from screens.projects import ProjectsScreen
from tests.bookkeeping import typed_in
from tests.desks import SMALL, desk, make, open_ticket, press, quiet, shown, whole_desk

HOSTILE = "[@click=app.quit()]Steel[/x] \x1b[31mlate‮"


@pytest.fixture
def project(local_session: Session) -> int:
    """A project of two tasks that begin today."""
    made = changing.create(local_session, {"name": HOSTILE, "budget": "48000 USD"}, "active")
    for title in ("Order steel", "Build"):
        tasking.create(local_session, made.row.id, {"title": title, "estimate": "2d",
                                                    "start_on": "2026-05-04"})  # fmt: skip
    return made.row.id


async def test_keys_plan_move_and_time_the_tasks_of_a_project(
    local_session: Session, project: int, tmp_path: Path
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "6", "enter")
        await typed_in(pilot, "j", "n", " Paint", "tab", " 1d", "tab", " tue", "ctrl+s")
        await typed_in(pilot, "G", "e", *["tab"] * 7, " TSK-2", "ctrl+s")
        await press(pilot, "F")
        asked = shown(app)
        await press(pilot, "y", "T", "tab", "tab", "g", "L")
        board = shown(app)
        await press(pilot, "T", "L", "u", "shift+tab", "+", "l", "-", "0")
        timeline = shown(app)
        screen = app.screen

    assert isinstance(screen, ProjectScreen)
    assert "[@click=app.quit()]Steel[/x] [31mlate" in timeline
    assert "\x1b" not in timeline
    assert "1 task would move" in asked
    paint = reading.get_task(local_session, 3).row
    assert (paint.title, str(paint.start_on), paint.estimate) == ("Paint", "2026-05-06", 480)
    assert "D doing 1" in board
    first = reading.get_task(local_session, 1).row
    assert (first.state, first.percent) == ("doing", 0)
    assert [row.task_id for row in timing.list_between(local_session)] == [1, 3]
    assert "██" in timeline


async def test_portfolio_filters_and_every_tab_is_shown(
    local_session: Session, tmp_path: Path
) -> None:
    demo.keep(local_session)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " projects", "enter", "/", " rag:amber", "enter")
        portfolio, kind = shown(app), type(app.screen)
        await press(pilot, "enter")
        tabs = []
        for _tab in range(8):
            tabs.append(shown(app))
            await press(pilot, "tab")

    assert kind is ProjectsScreen
    found = next(line for line in portfolio.splitlines() if "PRJ-0001" in line)
    assert all(word in found for word in ("A amber", "62%", "68M IDR", "Go live"))
    assert "PRJ-0002" not in portfolio
    for words, text in zip(
        ("Pilot in Bandung", "◆", "W waiting 0", "4×3=12", "12 → 5 → 1", "CPI", "h/week",
         "Scanners come two weeks late"), tabs, strict=True,
    ):  # fmt: skip
        assert words in text


async def test_timer_runs_on_a_ticket_by_the_same_key(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    app = desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await open_ticket(pilot, ticket)
        await press(pilot, "T")
        running = timing.running(local_session)
        await press(pilot, "T")

    assert running is not None
    assert running.ticket_id == ticket.id
    assert timing.running(local_session) is None


def test_months_of_a_timeline_are_told_whole_at_every_scale() -> None:
    months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
    for scale in timeline.SCALES:
        sight = timeline.Sight(date(2026, 5, 4), scale)
        above, below, *_rest = timeline.draw((), {}, {}, sight, date(2026, 5, 4), 106)
        words = [word for word in above.content.plain.split() if not word.isdigit()]
        assert set(words) <= months
        assert all(1 <= int(day) <= 31 for day in below.content.plain.split())
