"""The dashboard: what it counts, where its lines lead, how it follows."""

from pathlib import Path

import pytest

from boconsole.session import Session
from boconsole.tickets import changing
from boconsole.tickets.reading import Count
from boconsole.tickets.rows import Ref
from screens.home import HomeScreen
from screens.home_lines import counted
from screens.ticket import TicketScreen
from tests.desks import LARGE, SMALL, make, press, quiet, shown, whole_desk
from tests.people import add_agent


@pytest.mark.parametrize(
    ("count", "text"),
    [(Count(7, False), "7"), (Count(1000, True), "1,000+"), (Count(0, False), "0")],
)
def test_count_says_when_there_are_more(count: Count, text: str) -> None:
    assert counted(count) == text


async def test_console_begins_on_what_needs_me(local_session: Session, tmp_path: Path) -> None:
    make(local_session, assignee="me")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        text = shown(app)

    assert "Nothing needs you now." in text
    assert "Mine                           1" in text
    assert "Nothing is due." in text
    assert "No news." in text


async def test_line_leads_to_the_list_it_counts(local_session: Session, tmp_path: Path) -> None:
    make(local_session, "For me", assignee="me")
    make(local_session, "For nobody")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "j", "j", "enter")
        text = shown(app)

    assert app.current_mode == "tickets"
    assert "For nobody" in text
    assert "For me" not in text


async def test_news_leads_to_its_ticket_and_is_gone_then(
    local_session: Session, tmp_path: Path
) -> None:
    ticket = make(local_session)
    changing.assign(add_agent(local_session, "bea"), [Ref(ticket.id)], "root")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        before = shown(app)
        await press(pilot, "G", "k", "enter")
        opened = isinstance(app.screen, TicketScreen)
        await press(pilot, "q")
        after = shown(app)

    assert "assigned to you by bea" in before
    assert opened
    assert "No news." in after


async def test_blocks_are_added_moved_and_taken_away_by_keys(
    local_session: Session, tmp_path: Path
) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "j", "j", "j")
        make(local_session)
        await press(pilot, "r")
        assert isinstance(app.screen, HomeScreen)
        here = app.screen.lines[app.screen.at]
        assert (here.block, here.place and here.place.query) == ("tickets", "is:warned")
        assert "Unassigned                     1" in shown(app)

        await press(pilot, "<")
        assert app.screen.lines[0].block == "tickets"
        await press(pilot, "D")
        assert "To do is gone from here; n adds it again." in shown(app)
        await press(pilot, "n")
        assert "Add a block" in shown(app)
        await press(pilot, "enter")

        assert app.screen.lines[-1].block == "tickets"
        await press(pilot, "R")
        assert app.screen.lines[0].block == "now"


async def test_change_of_somebody_else_appears_by_itself(
    local_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.home.PAUSE", 0.01)
    monkeypatch.setattr("screens.home.SHARE", 0)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        make(local_session)
        app.following.spread("ticket", [1])
        await pilot.pause(0.1)
        await quiet(pilot)

        assert "Unassigned                     1" in shown(app)
