"""Leave by real keys: asked for, decided, walked through in the calendar, and clocked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from boconsole.leave import attending, overtime, reading
from boconsole.session import Session
from tests.desks import SMALL, press, quiet, row, shown, type_text, whole_desk
from tests.leave_office import CITRA, fill, make_office
from tests.people import StandingClock


async def go(pilot: Pilot[None], word: str) -> None:
    await pilot.press(":", *word, "enter")
    await quiet(pilot)


async def test_leave_is_asked_for_with_its_days_counted_and_then_changed(
    local_session: Session, tmp_path: Path
) -> None:
    office = make_office(local_session)
    app = whole_desk(office.citra, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, "leave")
        empty = shown(app)
        await press(pilot, "n")
        row(app, "first").text = "2026-05-11"
        row(app, "last").text = "2026-05-15"
        await pilot.pause(0.3)
        await quiet(pilot)
        counted = shown(app)
        row(app, "last").text = "2026-08-15"
        await pilot.pause(0.3)
        await quiet(pilot)
        short = shown(app)
        row(app, "last").text = "2026-05-15"
        await press(pilot, "ctrl+s", "e")
        row(app, "to_noon").text = "yes"
        await press(pilot, "ctrl+s", "E")
        explained = shown(app)
        await press(pilot, "q", "D", "y")
        withdrawn = shown(app)

    assert "No leave is here. n asks for some" in empty
    assert "Mon 2026-05-11 to Fri 2026-05-15 takes 4 days." in counted
    assert "24 days left without it, 20 days with it." in " ".join(counted.split())
    assert "Not counted: Thu 2026-05-14 Ascension Day" in counted
    assert "! Annual leave is short by" in short
    assert "24 days left, 20.5 free" in explained
    assert "Carried over" in explained
    assert "LVE-0001 is withdrawn." in withdrawn
    assert [each.state for each in reading.of_person(office.citra, CITRA)] == ["withdrawn"]


async def test_a_manager_decides_and_walks_through_the_calendar(
    local_session: Session, tmp_path: Path
) -> None:
    office = make_office(local_session)
    fill(office)
    app = whole_desk(office.budi, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        news = shown(app)
        await go(pilot, "leave-approvals")
        waits = shown(app)
        await press(pilot, "X")
        await type_text(pilot, "Too late")
        await press(pilot, "enter", "A")
        done = shown(app)
        await go(pilot, "leave-calendar")
        await press(pilot, "j", "j", "l")
        month = shown(app)
        await press(pilot, "enter")
        opened = shown(app)
        await press(pilot, "q", ">", "<", "<")
        april = shown(app)
        await go(pilot, "lve-4")
        await press(pilot, "1")
        read = shown(app)

    assert "Leave to decide" in news
    assert "LVE-0004" not in read
    assert "OVT-0001 Citra" in waits
    assert "LVE-0004 Dewi" in waits
    assert "LVE-0005" not in waits
    assert "Nothing waits for your decision" in done
    assert "Tue 2026-05-05 Citra: Sick leave LVE-0002, part of the day, approved" in month
    assert ">Citra" in month
    assert "Note            …" in opened
    assert "Leave calendar · Apr 2026" in april
    day = date(2026, 4, 30)
    assert [each.row.state for each in overtime.listed(office.hr, day, day)] == ["rejected"]


async def test_somebody_clocks_in_and_out_with_one_key(
    local_session: Session, tmp_path: Path, clock: StandingClock
) -> None:
    office = make_office(local_session)
    fill(office)
    app = whole_desk(office.citra, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await go(pilot, "attendance")
        await press(pilot, "i")
        inside = shown(app)
        clock.advance(hours=8)
        await press(pilot, "i")
        out = shown(app)

    assert "at work since 16:00" in inside
    assert "16:00-00:00" in out
    assert "absent" not in out
    assert attending.is_in(office.citra) is None
