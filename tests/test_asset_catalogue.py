"""The catalogue of assets: places that are renamed, and its lists by real keys."""

from pathlib import Path

import pytest

from boconsole.assets import asking, network, setting_up
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.session import Session
from screens.asset import AssetScreen
from screens.assets import AssetsScreen
from tests.desks import SMALL, press, quiet, row, shown, whole_desk
from tests.equipment import build, laptop, now, set_up, tags


def test_a_renamed_place_takes_what_lies_below_along(session: Session) -> None:
    set_up(session)
    ref = laptop(session, place="Jakarta / Store")
    jakarta, bandung = (
        next(each for each in setting_up.places(session) if each.path == path)
        for path in ("Jakarta", "Bandung")
    )

    setting_up.edit_place(session, jakarta, "Jakarta 100%", "Jalan 1", "")

    assert now(session, ref).place == "Jakarta 100% / Store"
    assert [each.path for each in setting_up.places(session)] == [
        "Bandung", "Jakarta 100%", "Jakarta 100% / Floor 3", "Jakarta 100% / Store",
    ]  # fmt: skip
    assert tags(session, 'place:"Jakarta 100%"') == ["AST-0001"]
    with pytest.raises(StaleRecordError):
        setting_up.edit_place(session, jakarta, "Jakarta", "", "")
    with pytest.raises(InvalidChangeError, match="is there already"):
        setting_up.edit_place(session, bandung, "Jakarta 100%", "", "")


def test_a_subnet_shows_who_has_what_and_what_is_free(session: Session) -> None:
    build(session)
    subnet = network.subnets(session)[0]

    setting_up.edit_subnet(session, subnet, name="Desks", place="Bandung", vlan=7, note="")
    one = asking.subnets(session)[0]
    lines = asking.addresses(session, one.row.network, 2)

    assert (one.row.name, one.row.place, one.row.vlan, one.free) == ("Desks", "Bandung", 7, 253)
    assert [(line.address, line.tag) for line in lines] == [
        ("10.1.0.1", "AST-0002"), ("10.1.0.2", ""), ("10.1.0.3", ""),
    ]  # fmt: skip


async def test_the_catalogue_is_kept_by_keys(local_session: Session, tmp_path: Path) -> None:
    build(local_session)
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        app.run_typed("categories")
        await quiet(pilot)
        await press(pilot, "n")
        row(app, "name").text = "Phones"
        row(app, "kind").text = "phone"
        await press(pilot, "ctrl+s")
        kinds = shown(app)
        await press(pilot, "v", "3", "j", "e")
        row(app, "name").text = "Jakarta HQ"
        await press(pilot, "ctrl+s")
        places = shown(app)
        await press(pilot, "v", "4", "n")
        row(app, "name").text = "ram"
        row(app, "label").text = "Memory"
        row(app, "type").text = "number"
        await press(pilot, "ctrl+s")
        fields = shown(app)
        await press(pilot, "v", "5", "enter")
        addresses = shown(app)
        await press(pilot, "enter")
        asset = app.screen
        app.run_typed("models")
        await quiet(pilot)
        await press(pilot, "enter")
        listed = app.screen

    assert "Phones" in kinds
    assert "Jakarta HQ" in places
    assert "cf.ram" in fields
    assert "free" in addresses
    assert isinstance(asset, AssetScreen)
    assert isinstance(listed, AssetsScreen)
    assert listed.query_text == 'model:"ThinkPad T14"'
