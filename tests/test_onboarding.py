"""A new person gets a laptop, a seat of a licence and a ticket for accounts, by keys alone."""

from pathlib import Path

from boconsole.assets import reading, setting_up, ticketing
from boconsole.licences import changing
from boconsole.licences import reading as licences
from boconsole.licences.changing import Terms
from boconsole.session import Session
from boconsole.tickets import reading as tickets
from tests.desks import SMALL, press, quiet, shown, type_text, whole_desk
from tests.equipment import laptop, tags


async def test_a_new_person_is_fitted_out_by_keys(local_session: Session, tmp_path: Path) -> None:
    session = local_session
    setting_up.add_category(session, "Laptops", "computer")
    setting_up.add_model(session, "ThinkPad T14", number="21HD", category="Laptops")
    setting_up.add_place(session, "Jakarta / Store")
    ref = laptop(session, serial="PF3ABC")
    licence = changing.new(session, Terms("Office Suite", 5))
    app = whole_desk(session, tmp_path)
    footers = []

    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)

        async def does(key: str, word: str) -> None:
            """Press a key that the footer names so."""
            footers.append((f"{key} {word}", shown(app).splitlines()[-1]))
            await press(pilot, key)

        await press(pilot, "8")
        await does("n", "new")
        await type_text(pilot, "Nadia Putri")
        await press(pilot, "tab")
        await type_text(pilot, "nadia@example.com")
        await press(pilot, "ctrl+s")
        person = shown(app)

        await press(pilot, "3")
        await does("a", "hand out")
        await type_text(pilot, "nadia")
        await press(pilot, "down", "enter")
        await press(pilot, "ctrl+s", "enter")
        card = shown(app)
        await does("N", "ticket")
        form = shown(app)
        await type_text(pilot, "Accounts for Nadia")
        await press(pilot, "ctrl+s")
        ticket = shown(app)

        await press(pilot, "3")
        await does("v", "views")
        await press(pilot, "2")
        await does("a", "assign")
        await type_text(pilot, "nadia")
        await press(pilot, "down", "enter")
        await press(pilot, "ctrl+s", "enter")
        seats = shown(app)

        await press(pilot, "8", "enter")
        await does("tab", "tab")
        things = ""
        for _tab in ("papers", "assets", "licences"):
            await press(pilot, "tab")
            things += shown(app)

    assert [each for each in footers if each[0] not in each[1]] == []
    assert "Nadia Putri" in person
    assert tags(session, "holder:nadia@example.com") == ["AST-0001"]
    assert "Nadia Putri" in card
    assert "nadia@example.com" in form
    assert "Accounts for Nadia" in ticket
    found = tickets.get(session, ticketing.tickets_of(session, ref.id)[0].id)
    assert (found.subject, "nadia@example.com" in found.requester) == ("Accounts for Nadia", True)
    assert "Nadia Putri" in seats
    assert licences.get(session, licence.number).free == 4
    assert "AST-0001" in things
    assert "LIC-0001 / 1" in things
    assert reading.get(session, ref.id).state == "deployed"
