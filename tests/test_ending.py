"""The calendar of what ends, over licences and assets."""

from datetime import date
from pathlib import Path

import pytest

from boconsole import ending
from boconsole.licences import changing
from boconsole.licences.changing import Terms
from boconsole.session import Session
from db import connection
from screens.ending import EndingScreen
from screens.licence import LicenceScreen
from tests.desks import SMALL, press, quiet, shown, whole_desk
from tests.people import add_agent
from tests.things import add_asset


@pytest.fixture
def dated(local_session: Session) -> Session:
    """A licence that ends soon and its maintenance later, and a warranty in between."""
    changing.new(local_session, Terms(
        "Photo Studio", 2, ends_on=date(2026, 5, 20), maintained_until=date(2027, 1, 1)
    ))  # fmt: skip
    add_asset("AST-0001", "Laptop")
    connection.execute("UPDATE asset SET warranty_on = 20260601")
    return local_session


def test_everything_that_ends_is_told_by_day(dated: Session) -> None:
    found = ending.between(dated, date(2026, 5, 4), date(2027, 5, 4))
    blind = add_agent(dated, "bob", ())

    assert [(each.what, each.number, each.days) for each in found] == [
        ("licence", "LIC-0001", 16), ("warranty", "AST-0001", 28), ("maintenance", "LIC-0001", 242),
    ]  # fmt: skip
    assert ending.between(blind, date(2026, 5, 4), date(2027, 5, 4)) == []


async def test_what_ends_is_opened_from_the_calendar(dated: Session, tmp_path: Path) -> None:
    app = whole_desk(dated, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, "colon")
        await pilot.press(*"ending", "enter")
        await quiet(pilot)
        room, lines = app.screen, shown(app).splitlines()
        await press(pilot, "enter")
        opened = app.screen

    assert isinstance(room, EndingScreen)
    assert [line.split()[:4] for line in lines[2:4]] == [
        ["2026-05-20", "16", "Licence", "LIC-0001"], ["2026-06-01", "28", "Warranty", "AST-0001"],
    ]  # fmt: skip
    assert isinstance(opened, LicenceScreen)
