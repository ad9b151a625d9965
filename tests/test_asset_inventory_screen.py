"""What a machine says is pasted, reviewed and saved by real keys."""

from pathlib import Path

from textual import events

from boconsole.assets import network
from boconsole.assets.inventory import saving
from boconsole.assets.inventory.reading import read
from boconsole.session import Session
from screens.asset import AssetScreen
from screens.places import Place
from tests.desks import SMALL, press, quiet, shown, whole_desk
from tests.equipment import thing
from tests.test_inventory_reading import sample


async def test_a_pasted_output_is_saved_as_it_was_shown(
    local_session: Session, tmp_path: Path
) -> None:
    ref = thing(local_session, "Server 1")
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.go(Place("assets", record="AST-0001"))
        await quiet(pilot)
        await press(pilot, "I")
        app.post_message(events.Paste("no output of anything"))
        await quiet(pilot)
        refused = shown(app)
        app.post_message(events.Paste(sample("ip.json")))
        await quiet(pilot)
        differs = shown(app)
        network.add_address(local_session, ref.id, "10.9.9.9")
        await press(pilot, "ctrl+s")
        stale = shown(app)
        kept = network.interfaces(local_session, ref.id)
        await press(pilot, "G", "space", "ctrl+s")
        refused_again = shown(app)
        await press(pilot, "G", "k", "space", "ctrl+s")
        said, opened = shown(app), app.screen
        left = saving.compare(local_session, ref.id, read(sample("ip.json")))
        await app.go(Place("assets", view="upgrades", query="kind:address"))
        await quiet(pilot)
        log = shown(app)
        await press(pilot, "enter")
        there = app.screen

    assert "This is no output of lshw -json" in refused
    assert "ip: 8 lines differ." in differs
    assert "AST-0001 was changed meanwhile, so nothing was saved" in stale
    assert "10.9.9.9" in stale
    assert [face.row.name for face in kept] == ["eth0"]
    assert "10 lines differ, 1 left out" in refused_again
    assert "eth0 still has addresses" in refused_again
    assert isinstance(opened, AssetScreen)
    assert "lines are saved in AST-0001." in said
    assert [each.part.slot for each in left] == ["eth0", "10.9.9.9"]
    assert "10.1.0.6" in log
    assert isinstance(there, AssetScreen)
