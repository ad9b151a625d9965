"""The work on assets by real keys: plans, repairs and what stands on the card of an asset."""

from datetime import date
from pathlib import Path

import pytest

from boconsole.assets.writing import Ref
from boconsole.fixed_assets import depreciating
from boconsole.session import Session
from db.assets import repairs as stored
from db.assets import work
from screens.asset import AssetScreen
from screens.places import Place
from tests import fixed_assets
from tests.desks import SMALL, press, quiet, row, shown, whole_desk
from tests.equipment import now
from tests.workshop import build


@pytest.fixture
def workshop(local_session: Session) -> Session:
    """Assets with plans, an open ticket and a repair."""
    build(local_session)
    return local_session


async def test_a_tab_shows_the_work_and_its_menu_sends_and_takes_back(
    workshop: Session, tmp_path: Path
) -> None:
    app = whole_desk(workshop, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets", record="AST-0003"))
        await quiet(pilot)
        await press(pilot, *("tab",) * 5)
        tab = shown(app)
        await press(pilot, "plus", "s")
        row(app, "description").text = "Fan rattles"
        row(app, "cost").text = "80 USD"
        await press(pilot, "ctrl+s")
        away, state = shown(app), now(workshop, Ref(3)).state
        await press(pilot, "w", "b", "ctrl+s")
        back = now(workshop, Ref(3)).state
        await press(pilot, "w", "1")
        row(app, "minutes").text = "25"
        await press(pilot, "ctrl+s")
        done = shown(app)
        await press(pilot, "minus")
        menu = shown(app)

    for words in ("Dust filters", "TKT-2", "Memory to 64 GiB", "41250 hours"):
        assert words in tab, words
    assert "AST-0003 is away to be repaired." in away
    assert (state, back) == ("in_repair", "in_stock")
    assert "Dust filters is done for AST-0003; next 2026-08-04." in done
    assert "Service Dust filters" in menu


async def test_rooms_of_plans_and_repairs_are_worked_by_keys(
    workshop: Session, tmp_path: Path
) -> None:
    app = whole_desk(workshop, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        await press(pilot, "space", "space", "w")
        row(app, "what").text = "Labels printed"
        await press(pilot, "ctrl+s")
        noted = [work.select_work(key, 9)[0].what for key in (1, 2)]
        app.run_typed("plans")
        await quiet(pilot)
        listed = shown(app)
        await press(pilot, "s")
        stopped = shown(app)
        await press(pilot, "n")
        row(app, "name").text = "Firmware"
        row(app, "asset").text = "AST-0002"
        row(app, "every").text = "6mo"
        await press(pilot, "ctrl+s")
        planned = shown(app)
        await press(pilot, "enter")
        card = app.screen
        app.run_typed("repairs")
        await quiet(pilot)
        away = shown(app)
        await press(pilot, "b")
        row(app, "result").text = "replaced"
        await press(pilot, "ctrl+s")
        back = stored.select_of_asset(2)[0]

    assert noted == ["Labels printed"] * 2
    assert "Battery test" in listed
    assert "Dust filters" in listed
    assert "Battery test is stopped; s takes it up again." in stopped
    assert "Firmware is planned; first on 2026-05-04." in planned
    assert isinstance(card, AssetScreen)
    assert "Port 7 is dead" in away
    assert (back.result, now(workshop, Ref(2)).state) == ("replaced", "in_stock")


async def test_a_month_is_depreciated_from_the_assets(
    local_session: Session, tmp_path: Path
) -> None:
    fixed_assets.build(local_session)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        app.run_typed("depreciation")
        await quiet(pilot)
        plan = shown(app)
        await press(pilot, "P", "y")
        said = shown(app)

    assert "Depreciation 2026-04" in plan
    assert "2026-04 is depreciated by FAJ-2026-" in said
    assert depreciating.plan(local_session, date(2026, 4, 1)).due == ()
