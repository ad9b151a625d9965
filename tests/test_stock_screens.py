"""The rooms of counted things, by real keys: received, handed out, taken back, counted."""

from pathlib import Path

import pytest

from boconsole.session import Session
from boconsole.stock import changing, checking, reading
from boconsole.stock.changing import Facts
from screens.stock import AccessoriesScreen, ConsumablesScreen
from screens.stock_item import StockItemScreen
from tests.desks import SMALL, desk, press, quiet, row, shown
from tests.things import add_person


@pytest.fixture
def shelf(local_session: Session) -> Session:
    """A docking station and toner, of which too little is left."""
    add_person("Ann Lee", "ann@own.example")
    changing.new(local_session, "accessory", Facts("Docking station", minimum=2), 5)
    changing.new(local_session, "consumable", Facts("Toner black", minimum=4), 3)
    return local_session


async def test_accessories_are_handed_out_and_taken_back(shelf: Session, tmp_path: Path) -> None:
    app = desk(shelf, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(AccessoriesScreen())
        await quiet(pilot)
        await press(pilot, "a")
        row(app, "to").text = "ann@own.example"
        row(app, "quantity").text = "4"
        await press(pilot, "ctrl+s")
        low = shown(app)
        await press(pilot, "enter", "b")
        row(app, "quantity").text = "3"
        await press(pilot, "ctrl+s")
        opened, moved = app.screen, shown(app).splitlines()
        await press(pilot, "b")
        row(app, "quantity").text = "2"
        await press(pilot, "ctrl+s")
        refused = shown(app)

    assert "STK-0001 Docking station: 1 on hand. Below its minimum; 1 more are needed." in low
    assert "! below minimum" in low
    assert isinstance(opened, StockItemScreen)
    assert [line.split()[2:5] for line in moved[2:5]] == [
        ["Returned", "+3", "4"], ["Handed", "out", "-4"], ["Received", "+5", "5"],
    ]  # fmt: skip
    assert "Only 1 of Docking station can come back from" in refused
    assert list(checking.faults()) == []


async def test_too_few_is_seen_and_received(shelf: Session, tmp_path: Path) -> None:
    app = desk(shelf, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(ConsumablesScreen())
        await quiet(pilot)
        listed = shown(app).splitlines()
        await press(pilot, "plus")
        row(app, "quantity").text = "10"
        row(app, "cost").text = "31.50 EUR"
        await press(pilot, "ctrl+s")
        received = shown(app)
        await press(pilot, "equals_sign")
        row(app, "counted").text = "12"
        row(app, "reason").text = "shelf count"
        await press(pilot, "ctrl+s", "enter", "b")
        back = shown(app)

    told = reading.movements(shelf, 2)
    assert listed[2].split() == ["STK-0002", "Toner", "black", "3", "4", "!", "below", "minimum"]
    assert "E enough" in received
    assert [(each.quantity, each.after) for each in told] == [(-1, 12), (10, 13), (3, 3)]
    assert (told[1].cost, told[0].note) == (3150, "shelf count")
    assert "Consumables do not come back." in back
