"""The dashboard: what it counts, where its lines lead, how it follows."""

from pathlib import Path

import pytest

from boconsole import home
from boconsole.session import Session
from boconsole.tickets import changing, setting_up
from boconsole.tickets.reading import Count
from boconsole.tickets.rows import Ref
from screens.home import HomeScreen
from screens.home_lines import counted
from screens.ticket import TicketScreen
from tests.desks import LARGE, SMALL, make, press, quiet, shown, whole_desk
from tests.people import add_agent


def test_figures_count_what_their_queries_list(session: Session) -> None:
    setting_up.add_queue(session, "Service Desk")
    make(session, assignee="me", queue="service desk")
    make(session)
    changing.set_state(session, [Ref(make(session).id)], "pending")

    seen = home.look(session)

    found = {figure.name: figure.tally.number for figure in (*seen.figures, *seen.states)}
    assert (found["mine"], found["unassigned"], found["waiting"]) == (1, 2, 1)
    assert (found["new"], found["pending"]) == (2, 1)
    assert [(one.name, one.tally.number) for one in seen.queues] == [("Service Desk", 1)]


def test_counts_stop_at_the_bound(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "CAP", 2)
    for _number in range(4):
        make(session)

    seen = home.look(session)

    assert {figure.name: figure.tally for figure in seen.states}["new"] == Count(2, True)


@pytest.mark.parametrize(
    ("count", "text"),
    [(Count(7, False), "7"), (Count(1000, True), "1,000+"), (Count(0, False), "0")],
)
def test_count_says_when_there_are_more(count: Count, text: str) -> None:
    assert counted(count) == text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_console_begins_on_the_dashboard(
    local_session: Session, tmp_path: Path, size: tuple[int, int]
) -> None:
    make(local_session, assignee="me")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=size) as pilot:
        await quiet(pilot)
        text = shown(app)

    assert "Mine                           1" in text
    assert "Nothing is due." in text
    assert "No news." in text


async def test_line_leads_to_the_list_it_counts(local_session: Session, tmp_path: Path) -> None:
    make(local_session, "For me", assignee="me")
    make(local_session, "For nobody")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "j", "enter")
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
        await press(pilot, "G", "enter")
        opened = isinstance(app.screen, TicketScreen)
        await press(pilot, "q")
        after = shown(app)

    assert "assigned to you by bea" in before
    assert opened
    assert "No news." in after


async def test_cursor_stays_when_it_is_read_again(local_session: Session, tmp_path: Path) -> None:
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "j", "j")
        make(local_session)
        await press(pilot, "r")

        assert isinstance(app.screen, HomeScreen)
        assert app.screen.lines[app.screen.at].query == "is:warned"
        assert "Unassigned                     1" in shown(app)


async def test_change_of_somebody_else_appears_by_itself(
    local_session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.home.PAUSE", 0.01)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        make(local_session)
        app.following.spread("ticket", [1])
        await pilot.pause(0.1)
        await quiet(pilot)

        assert "Unassigned                     1" in shown(app)
