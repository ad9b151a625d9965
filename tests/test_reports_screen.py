"""A report in the console: what is asked, what it shows, where its lines lead."""

import re
from datetime import date
from pathlib import Path

import pytest
from textual import events

from boconsole.reports import typing
from boconsole.reports.running import Parameters
from boconsole.session import Session
from boconsole.tickets import setting_up
from screens.report_page import moved
from tests.desks import SMALL, make, press, quiet, shown, whole_desk


@pytest.mark.parametrize(
    ("line", "parameters"),
    [
        ("by:kind since:-3d until:eom prio:high", Parameters("-3d", "eom", "kind", "prio:high")),
        ('subject:"by:queue x" (by:y)', Parameters(query='subject:"by:queue x" (by:y)')),
        ('of:"A, \\"b\\" c" by:type', Parameters(by="type", of='A, "b" c')),
        ("of:- paper", Parameters(of="-", query="paper")),
        ("", Parameters()),
    ],
)  # fmt: skip
def test_parameters_stand_in_one_line(line: str, parameters: Parameters) -> None:
    assert typing.read(line) == parameters
    assert typing.read(typing.write(parameters)) == parameters


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 3, 2), date(2026, 3, 8), (date(2026, 2, 23), date(2026, 3, 1))),
    ],
)
def test_days_before_are_as_many(first: date, last: date, wanted: tuple[date, date]) -> None:
    assert moved(first, last, -1) == wanted
    assert moved(*wanted, 1) == (first, last)


async def test_schedules_are_seen_and_kept_by_keys(local_session, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "9", "enter", "S", *"Daily")
        await press(pilot, *["tab"] * 6)
        app.post_message(events.Paste(str(folder)))
        await quiet(pilot)
        form = shown(app)
        await press(pilot, "ctrl+s", "escape", "S")
        there = shown(app)
        await press(pilot, "R", "s")
        paused = shown(app)
        await press(pilot, "D", "y")
        gone = shown(app)

    assert "Daily" in form, form
    assert re.search(r"Daily +Tickets in and.? +day 07:00", there), there
    assert "paused" in paused
    assert "No report of yours runs by itself" in gone
    assert len(list(folder.iterdir())) == 1


async def test_a_line_leads_to_what_it_counts(local_session: Session, tmp_path: Path) -> None:
    setting_up.add_queue(local_session, "Network")
    make(local_session, "For the network", queue="Network")
    make(local_session, "For nobody")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "9", "enter", "/", *"by:queue", "enter")
        page = shown(app)
        await press(pilot, "enter")
        menu = shown(app)
        await press(pilot, "enter")
        text = shown(app)

    assert re.search(r"Network +1 ", page)
    assert re.search(r"Created: 1 .*still open: 1", menu, re.DOTALL)
    assert app.current_mode == "tickets"
    assert "For the network" in text
    assert "For nobody" not in text
