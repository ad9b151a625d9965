"""The room of fixed assets, by real keys: bought, depreciated, sold, taken back."""

import json
from pathlib import Path

import pytest

from boconsole.fixed_assets import reading
from boconsole.ledger import entries
from boconsole.session import Session
from screens.ledger.entry import EntryScreen
from screens.ledger.fixed_asset import FixedAssetScreen
from screens.ledger.fixed_asset_run import DepreciationScreen
from screens.ledger.fixed_assets import FixedAssetsScreen
from tests.bookkeeping import desk, typed_in
from tests.desks import LARGE, SMALL, press, quiet, row, shown
from tests.fixed_assets import build, faults

ROOM = (":", " fixed assets", "enter")


@pytest.fixture
def register(local_session: Session) -> Session:
    """Three assets, depreciated up to March."""
    build(local_session)
    return local_session


async def test_list_shows_cost_and_book_value_and_finds_by_words(
    register: Session, tmp_path: Path
) -> None:
    app = desk(register, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM)
        room, lines = app.screen, shown(app).splitlines()
        await typed_in(pilot, "/", " van or class:none", "enter")
        found = shown(app).splitlines()
        await typed_in(pilot, "/", "ctrl+u", " state:sold", "enter")
        wrong = shown(app)

    assert isinstance(room, FixedAssetsScreen)
    assert lines[2].split() == [
        "FA-0001", "Server", "4,800.00", "4,500.00", "USD", "U", "in", "use",
    ]  # fmt: skip
    assert [line.split()[0] for line in found[2:4] if line] == ["FA-0002"]
    assert "sold is none of waiting" in wrong


async def test_schedule_leads_to_the_entries(register: Session, tmp_path: Path) -> None:
    app = desk(register, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " fa-1", "enter")
        lines = shown(app).splitlines()
        opened = app.screen
        beside = shown(app)
        await press(pilot, "j", "enter")
        entry = app.screen
        await press(pilot, "q", "G", "enter")
        planned = shown(app)

    assert isinstance(opened, FixedAssetScreen)
    assert lines[3].split()[:7] == [
        "2026-03-31", "Depreciation", "100.00", "4,700.00", "P", "posted", "FAJ-2026-00004│",
    ]  # fmt: skip
    assert "Book value      4,500.00 USD" in beside
    assert isinstance(entry, EntryScreen)
    assert "This line has no entry yet." in planned


async def test_a_month_is_shown_before_it_is_posted(register: Session, tmp_path: Path) -> None:
    app = desk(register, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM, "P")
        preview = shown(app)
        run = app.screen
        await press(pilot, "P")
        question = shown(app)
        await press(pilot, "y")
        after = shown(app)
        await typed_in(pilot, "P", ">", "<", "<", "d", "ctrl+u", " 2026-05", "enter")
        later = shown(app)

    assert isinstance(run, DepreciationScreen)
    assert "Depreciation 2026-04: 800.00 USD · 1 of 3" in preview
    assert "Depreciate 3 assets by 800.00 USD on 2026-04-30?" in question
    assert "2026-04 is depreciated by FAJ-2026-00005." in after
    assert "Nothing is left to depreciate" in after
    assert "Depreciation 2026-05: 800.00 USD" in later
    assert faults(register) == []


async def test_an_asset_is_bought_in_a_form(register: Session, tmp_path: Path) -> None:
    app = desk(register, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM, "n", " Screens")
        row(app, "cost").text = "2,400"
        row(app, "residual").text = "200 EUR"
        await press(pilot, "ctrl+s")
        refused = shown(app)
        row(app, "residual").text = "200"
        row(app, "against").text = "Assets:Bank"
        await press(pilot, "ctrl+s")
        opened = app.screen

    asset = reading.get(register, "FA-0004")
    assert "expected an amount in USD" in refused
    assert isinstance(opened, FixedAssetScreen)
    assert (asset.row.name, asset.row.cost, asset.row.residual) == ("Screens", 2400_00, 200_00)
    assert faults(register) == []


async def test_an_asset_is_sold_and_the_sale_taken_back(register: Session, tmp_path: Path) -> None:
    app = desk(register, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM, "D")
        row(app, "date").text = "2026-05-02"
        row(app, "proceeds").text = "5000"
        row(app, "to").text = "Assets:Bank"
        await press(pilot, "ctrl+s")
        listed = shown(app)
        sold = reading.get(register, "FA-0001").state
        await typed_in(pilot, ":", " fa-1", "enter", "G", "R", "tab", " never paid", "ctrl+s")
        history = shown(app)
        await press(pilot, "H")
        trail = shown(app)

    assert "FA-0001 is disposed of by FAJ-2026-00006." in listed
    assert "Server" not in listed
    assert sold == "disposed"
    assert "FAJ-2026-00006 is taken back by" in history
    assert "fixed_asset.dispose" in trail
    assert reading.get(register, "FA-0001").state == "in-use"
    assert entries.get(register, "FAJ-2026-00005").state == "reversed"
    assert faults(register) == []


async def test_a_revaluation_shows_its_entry_while_it_is_typed(
    register: Session, tmp_path: Path
) -> None:
    app = desk(register, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM, "W")
        row(app, "date").text = "2026-03-31"
        row(app, "amount").text = "6,000"
        await pilot.pause(0.3)
        await quiet(pilot)
        typed = shown(app)
        await press(pilot, "ctrl+s")
        told = shown(app)

    assert "Equity:Revaluation Surplus" in typed
    assert "-1,500.00 USD" in typed
    assert "IAS 16.36" in typed
    assert "FA-0001 is revalued by FAJ-2026-00005." in told
    assert reading.get(register, "FA-0001").row.surplus == 1500_00
    assert faults(register) == []


async def test_estimates_are_changed_and_the_list_is_exported(
    register: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = desk(register, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await typed_in(pilot, *ROOM, "e")
        row(app, "date").text = "2026-04-10"
        row(app, "months").text = "60"
        row(app, "reason").text = "lasts longer"
        await press(pilot, "ctrl+s")
        await typed_in(pilot, "x", "ctrl+u", " a.json", "enter")
        told = shown(app)

    records = json.loads((tmp_path / "a.json").read_text())
    assert "3 assets are in" in told
    assert (records[0]["number"], records[0]["months"]) == ("FA-0001", 60)
    assert records[0]["book_value"] == "4500.00"
