"""The list of assets and an open one, by real keys."""

from pathlib import Path

import pytest

from boconsole import presence
from boconsole.session import Session
from screens.asset import AssetScreen
from screens.assets import AssetsScreen
from screens.ledger.fixed_assets import FixedAssetsScreen
from screens.places import Place
from screens.ticket import TicketScreen
from tests.desks import LARGE, SMALL, press, quiet, row, shown, type_text, whole_desk
from tests.equipment import build, tags
from tests.people import add_agent


@pytest.fixture
def store(local_session: Session) -> Session:
    """A laptop that is late, a server on a switch, and a ticket about the switch."""
    build(local_session)
    return local_session


async def test_marked_assets_are_handed_out_at_once_and_undone_at_once(
    store: Session, tmp_path: Path
) -> None:
    app = whole_desk(store, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        listed = shown(app).splitlines()
        await press(pilot, "j", "space", "space", "a")
        form = shown(app)
        row(app, "to").text = "Bandung"
        await press(pilot, "ctrl+s")
        out, said = tags(store, "holder:Bandung"), shown(app)
        await press(pilot, "u")
        back = tags(store, "holder:Bandung")
        await press(pilot, "slash")
        footer = shown(app).splitlines()[-1]
        await type_text(pilot, "state:in_stock | set condition=worn place=Bandung")
        await press(pilot, "enter")
        asked = shown(app)
        await press(pilot, "y")
        worn = tags(store, "condition:worn place:Bandung")
        await press(pilot, "u")
        undone = tags(store, "condition:worn")

    assert listed[2].split() == [
        "AST-0001", "Lenovo", "ThinkPad", "T14", "D", "deployed", "Ann", "!", "2026-05-04",
    ]  # fmt: skip
    assert "Hand out 2 assets" in form
    assert out == ["AST-0002", "AST-0003"]
    assert "2 assets are handed out; u undoes it." in said
    assert back == []
    assert "| set field=value" in footer
    assert "Set condition=worn, place=Bandung on 2 assets?" in asked
    assert (worn, undone) == (["AST-0002", "AST-0003"], [])


async def test_what_comes_back_says_in_which_condition(store: Session, tmp_path: Path) -> None:
    app = whole_desk(store, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        await press(pilot, "b")
        row(app, "condition").text = "worn"
        await press(pilot, "ctrl+s")
        said = shown(app)
        await press(pilot, "b", "ctrl+s")
        refused = shown(app)

    assert "1 asset is back; u undoes it." in said
    assert tags(store, "condition:worn state:in_stock") == ["AST-0001"]
    assert "AST-0001 is with nobody, so it cannot come back." in refused


async def test_tabs_show_holders_network_relations_and_tickets(
    store: Session, tmp_path: Path
) -> None:
    app = whole_desk(store, tmp_path)
    presence.enter(add_agent(store, "bea"), "elsewhere", "asset", 2)
    seen = []
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets", record="AST-0002"))
        await quiet(pilot)
        for _tab in range(7):
            seen.append(shown(app))
            await press(pilot, "tab")
        while "Net is down" not in shown(app):
            await press(pilot, "tab")
        here = presence.others(store, "elsewhere", "asset", 2)
        await press(pilot, "enter")
        opened = app.screen

    assert "! bea has it open" in seen[0]
    assert [other.login for other in here] == ["root"]
    for words in ("Nobody had it yet", "10.1.0.1", "Fails with it", "TKT-1"):
        assert any(words in page for page in seen), words
    assert any("needed by" in page and "AST-0003" in page for page in seen)
    assert isinstance(opened, TicketScreen)


async def test_a_serial_number_typed_as_a_command_opens_its_asset(
    store: Session, tmp_path: Path
) -> None:
    app = whole_desk(store, tmp_path)
    found = []
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("tickets"))
        await quiet(pilot)
        for word in ("pf3abc", "10.1.0.1", "sw1", "ast-3"):
            app.run_typed(word)
            await quiet(pilot)
            found.append(app.screen.number if isinstance(app.screen, AssetScreen) else "")
        app.run_typed("contacts")
        await quiet(pilot)
        elsewhere = app.screen

    assert found == ["AST-0001", "AST-0002", "AST-0002", "AST-0003"]
    assert not isinstance(elsewhere, AssetScreen | AssetsScreen)


async def test_a_new_asset_takes_the_next_tag_and_what_its_model_says(
    store: Session, tmp_path: Path
) -> None:
    app = whole_desk(store, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        await press(pilot, "n")
        tag = row(app, "tag").text
        row(app, "model").text = "21HD"
        row(app, "bought").text = "2026-05-01"
        row(app, "warranty").text = "36mo"
        row(app, "fixed_asset").text = "FA-0099"
        await press(pilot, "ctrl+s")
        refused = shown(app)
        row(app, "fixed_asset").text = ""
        await press(pilot, "ctrl+s")
        opened = shown(app)

    assert tag == "AST-0004"
    assert "There is no fixed asset FA-0099." in refused
    for words in ("AST-0004 Lenovo ThinkPad T14", "2029-05-01", "2030-05-01", "Laptops"):
        assert words in opened


async def test_the_filter_line_and_a_ticket_lead_to_assets(store: Session, tmp_path: Path) -> None:
    app = whole_desk(store, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "warranty:<30d")
        await press(pilot, "enter")
        near = shown(app)
        await app.go(Place("tickets", record="TKT-1"))
        await quiet(pilot)
        await press(pilot, "I")
        menu = shown(app)
        await press(pilot, "j", "j", "enter")
        opened = app.screen.number if isinstance(app.screen, AssetScreen) else shown(app)

    assert "AST-0001" in near
    assert "AST-0003" not in near
    assert "needed by AST-0003 Server 1" in menu
    assert opened == "AST-0002"


async def test_the_register_of_the_books_is_among_the_views(store: Session, tmp_path: Path) -> None:
    app = whole_desk(store, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets"))
        await quiet(pilot)
        await press(pilot, "colon")
        await type_text(pilot, "view Fixed assets")
        await press(pilot, "enter")
        shown_screen = app.screen

    assert isinstance(shown_screen, FixedAssetsScreen)
