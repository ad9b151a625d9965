"""The rooms of licences and software, by real keys: seats given and taken back, over-use, keys."""

from datetime import date
from pathlib import Path

import pytest

from boconsole import audit, holders
from boconsole.licences import changing, installing, reading, secrets
from boconsole.licences.changing import Terms
from boconsole.session import Session
from db import connection
from screens.licence import LicenceScreen
from screens.licences import LicencesScreen
from screens.product import ProductScreen
from screens.software import SoftwareScreen
from tests.desks import LARGE, SMALL, desk, press, quiet, row, shown
from tests.things import add_asset, add_person


@pytest.fixture
def shelf(local_session: Session) -> Session:
    """Two licences, one ending soon, and a product on one asset too many."""
    person = add_person("Ann Lee", "ann@own.example")
    add_asset("AST-0001", "Ann's laptop", holder=person)
    add_asset("AST-0002", "Studio box")
    made = changing.new(local_session, Terms("Photo Studio", 1, ends_on=date(2026, 5, 20)))
    secrets.keep(local_session, made, "ABCD-SECRET")
    changing.new(local_session, Terms("Office Suite", 25, maker="Paper Works"))
    for tag in ("AST-0001", "AST-0002"):
        installing.install(local_session, "Photo Studio", holders.asset(tag), date(2026, 5, 4))
    return local_session


async def test_seats_are_given_and_taken_back(shelf: Session, tmp_path: Path) -> None:
    app = desk(shelf, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(LicencesScreen())
        await quiet(pilot)
        listed = shown(app).splitlines()
        await press(pilot, "a")
        row(app, "to").text = "ann@own.example"
        await press(pilot, "ctrl+s", "enter")
        opened, seats = app.screen, shown(app)
        await press(pilot, "b", "y")
        back = shown(app)
        await press(pilot, "H")
        trail = shown(app)

    assert listed[2].split()[:8] == [
        "LIC-0001", "Photo", "Studio", "1", "0", "1", "2026-05-20", "!",
    ]  # fmt: skip
    assert isinstance(opened, LicenceScreen)
    assert "Ann Lee <ann@own.example>" in seats
    assert "0 of 1 free" in seats
    assert "Seat 1 of LIC-0001 is back; 1 are free." in back
    assert "licence.release" in trail


async def test_over_use_leads_to_the_assets_without_a_seat(shelf: Session, tmp_path: Path) -> None:
    app = desk(shelf, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await app.push_screen(SoftwareScreen())
        await quiet(pilot)
        listed = shown(app).splitlines()
        await press(pilot, "enter")
        opened, there = app.screen, shown(app)
        await press(pilot, "j", "D", "y")
        after = shown(app)
        await press(pilot, "L")
        licence = app.screen

    assert "! over by 1" in listed[2]
    assert isinstance(opened, ProductScreen)
    assert there.count("! none") == 2
    assert "Photo Studio is on AST-0002 Studio box no more." in after
    assert "= all used" in after
    assert isinstance(licence, LicenceScreen)


async def test_key_is_shown_after_the_look_is_written_down(shelf: Session, tmp_path: Path) -> None:
    app = desk(shelf, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(LicencesScreen())
        await quiet(pilot)
        before = shown(app)
        await press(pilot, "K")
        key = shown(app)
        await press(pilot, "escape")
        after = shown(app)
    trail = connection.fetch("SELECT action, changes FROM audit_entry ORDER BY id")

    assert "SECRET" not in before + after
    assert "ABCD-SECRET" in key
    assert trail[-1] == ("licence.look_at_key", "{}")
    assert audit.verify().broken == 0


async def test_a_licence_is_added_and_found_again(shelf: Session, tmp_path: Path) -> None:
    app = desk(shelf, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(LicencesScreen())
        await quiet(pilot)
        await press(pilot, "n")
        row(app, "product").text = "Sound Lab"
        row(app, "seats").text = "5"
        row(app, "cost").text = "99.90 EUR"
        await press(pilot, "ctrl+s")
        opened = app.screen
        await press(pilot, "q", "slash")
        await pilot.press(*"free", "colon", "greater_than_sign", "4", "enter")
        await quiet(pilot)
        found = shown(app)

    made = reading.get(shelf, "LIC-0003").row
    assert isinstance(opened, LicenceScreen)
    assert (made.product, made.seats, made.cost, made.commodity) == ("Sound Lab", 5, 9990, "EUR")
    assert "Sound Lab" in found
    assert "Photo Studio" not in found
