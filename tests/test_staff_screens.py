"""The area Staff by real keys: hiring, a raise, another day, private fields, the tree."""

from pathlib import Path

from boconsole import audit
from boconsole.session import Session
from boconsole.staff import changing
from screens.staff import StaffScreen
from screens.staff_card import StaffCardScreen
from screens.staff_tree import TreeScreen
from tests.desks import SMALL, desk, press, quiet, row, shown, type_text, whole_desk
from tests.officers import company, officer
from tests.people import add_agent
from tests.things import add_asset, add_person


async def test_hr_hires_somebody_and_enters_a_raise(local_session: Session, tmp_path: Path) -> None:
    hr = officer(local_session)
    company(hr)
    add_asset("AST-0001", "Laptop", holder=add_person("Citra", "citra@own.example"))
    app = desk(hr, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(StaffScreen())
        await quiet(pilot)
        await press(pilot, "n")
        for name, text in (("name", "Citra"), ("title", "Clerk"), ("department", "Finance"),
                           ("manager", "EMP-0002"), ("until", "2027-05-03"), ("country", "ID"),
                           ("email", "citra@own.example")):  # fmt: skip
            row(app, name).text = text
        row(app, "contract").text = "fixed"
        await press(pilot, "ctrl+s")
        hired = shown(app)
        await press(pilot, "tab", "tab")
        closed = shown(app)
        await press(pilot, "O", "+", "1")
        row(app, "amount").text = "8000000 IDR"
        await press(pilot, "ctrl+s", "+", "1")
        row(app, "starts_on").text = "2026-07-01"
        row(app, "amount").text = "9000000 IDR"
        await press(pilot, "ctrl+s")
        raised = shown(app)
        await press(pilot, "tab", "tab", "tab")
        has = shown(app)
        await press(pilot, "h", "h", "h", "d")
        await type_text(pilot, "2026-08-01")
        await press(pilot, "enter")
        later = shown(app)
        await press(pilot, "u")
        undone = shown(app)

    assert "Clerk" in hired
    assert "fixed term, 2026-05-04 to 2027-05-03" in hired
    assert "EMP-0002 Budi" in hired
    assert "Closed; O opens it" in closed
    assert [line.split()[1] for line in raised.splitlines() if line.split()[:1] == ["Salary"]] == [
        "2026-07-01", "2026-05-04",
    ]  # fmt: skip
    assert "AST-0001" in has
    assert "on 2026-08-01" in later
    assert "9,000,000.00" not in undone
    assert "8,000,000.00 IDR a month" in undone
    looks = [one for one in audit.history(local_session, "staff", 4) if one.action == "staff.look"]
    assert len(looks) == 1


async def test_a_manager_walks_down_the_tree_and_sees_no_pay(
    local_session: Session, tmp_path: Path
) -> None:
    company(officer(local_session))
    boss = add_agent(local_session, "budi")
    changing.edit(officer(local_session), changing.finding.again(2), {"user": "budi"})
    app = whole_desk(boss, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await press(pilot, "4")
        listed = shown(app)
        await press(pilot, "/")
        await type_text(pilot, "sort:salary")
        refused = shown(app)
        await press(pilot, "escape", "escape", ":")
        await type_text(pilot, "org-tree")
        await press(pilot, "enter", "l", "enter")
        below, page = app.screen, shown(app)
        await press(pilot, "tab", "tab")
        pay = shown(app)
        await press(pilot, "q", "h", "h")
        folded = app.screen, shown(app)

    assert "Dian" in listed
    assert "EMP-0001" not in listed
    assert "staff.pay" in refused
    assert isinstance(below, StaffCardScreen)
    assert "EMP-0003 Dian" in page
    assert "private" not in page
    assert "staff.pay alone" in pay
    assert isinstance(folded[0], TreeScreen)
    assert "+ Budi" in folded[1]
    assert "Dian" not in folded[1]
