"""A stocktake in the console: scanned as a scanner types, closed with what was said."""

from pathlib import Path

import pytest

from boconsole.assets import reading as assets
from boconsole.session import Session
from boconsole.stock import stocktaking
from db import connection
from screens.stocktake import StocktakeScreen
from screens.stocktakes import StocktakesScreen
from tests.desks import SMALL, desk, press, quiet, row, shown
from tests.people import add_agent
from tests.things import add_asset, add_place

FLOOR, CELLAR = "Jakarta / Floor 3", "Jakarta / Cellar"


@pytest.fixture
def house(local_session: Session) -> Session:
    """Three assets on a floor, one in the cellar."""
    floor, cellar = add_place(FLOOR), add_place(CELLAR)
    for number in range(1, 4):
        add_asset(f"AST-{number:04}", place=floor)
    add_asset("AST-0004", "Switch", place=cellar)
    return local_session


async def test_a_scripted_stocktake(house: Session, tmp_path: Path) -> None:
    app = desk(house, tmp_path)
    told = []
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(StocktakesScreen())
        await quiet(pilot)
        await press(pilot, "n")
        row(app, "name").text = "Floor 3, May"
        row(app, "places").text = FLOOR
        await press(pilot, "ctrl+s")
        opened, begun = app.screen, shown(app)
        for text in ("AST-0001", "sn-ast-0004", "AST-0001", "4711"):
            await pilot.press(*(("minus" if key == "-" else key) for key in text), "enter")
            await quiet(pilot)
            told.append(shown(app).splitlines()[3].strip())
        counts = shown(app).splitlines()[1]
        await press(pilot, "escape", "slash")
        await pilot.press(*"state", "colon", *"missing", "enter")
        await quiet(pilot)
        missing = shown(app)
        await press(pilot, "j", "space", "C")
        row(app, "move").text = "yes"
        await press(pilot, "ctrl+s")
        closed = shown(app)

    assert isinstance(opened, StocktakeScreen)
    assert f"Scan at {FLOOR} >" in begun
    assert told == [
        "F AST-0001 Laptop: found", f"! AST-0004 Switch belongs to {CELLAR}",
        "= AST-0001 Laptop was seen already, by root at 09:00", "? 4711 is the tag of no asset",
    ]  # fmt: skip
    assert counts.split("   ")[:4] == [
        " F 1 found", "- 2 missing", "! 1 misplaced", "+ 0 not listed",
    ]  # fmt: skip
    assert "AST-0002" in missing
    assert "AST-0004" not in missing
    assert "CNT-0001 is closed; 1 moved, 1 marked lost." in closed
    states = [assets.get(house, assets.find(house, f"AST-000{n}").id) for n in (2, 3, 4)]
    assert [one.state for one in states] == ["in_stock", "lost", "in_stock"]
    assert states[2].place == FLOOR


async def test_what_somebody_else_scans_arrives(house: Session, tmp_path: Path) -> None:
    take = stocktaking.open_one(house, "Floor 3", at=[FLOOR])
    other = add_agent(house, "bob")
    app = desk(house, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(StocktakeScreen(take))
        await quiet(pilot)
        stocktaking.scan(other, take.id, "AST-0002", FLOOR)
        app.following.spread("stocktake", frozenset((take.id,)))
        await quiet(pilot)
        seen = shown(app)
        await press(pilot, "at", "ctrl+t")
        await pilot.press(*"cellar", "enter")
        await quiet(pilot)
        there = shown(app)

    assert "1 of 3 found" in seen
    assert "bob" in seen
    assert f"Scan at {CELLAR} >" in there
    assert connection.fetch("SELECT count(*) FROM stocktake_unknown") == [(0,)]
