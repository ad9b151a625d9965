"""Pay on the screen: from the list of runs to a line with its rule, and from draft to approved."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from boconsole.payroll import reading
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from screens.payroll import PayRunsScreen
from screens.payroll_compared import ComparedScreen
from screens.payroll_mine import MyPayScreen
from tests.desks import SMALL, desk, press, quiet, row, shown
from tests.payrolls import open_company, posted


async def test_a_month_is_computed_compared_read_to_its_rules_and_approved(
    local_session: Session, tmp_path: Path
) -> None:
    hr = open_company(local_session)
    posted(hr, 202601)
    budi = finding.find(hr, "Budi")
    changing.enter(hr, budi, NewFact("salary", {"amount": "25000000 IDR"}, date(2026, 2, 1)))
    changing.edit(hr, finding.find(hr, "Ani"), {"user": "root"})
    mine = replace(local_session, permissions=permissions_of(("hr_officer", "approver")))
    app = desk(mine, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await app.push_screen(PayRunsScreen())
        await quiet(pilot)
        runs = shown(app)
        await press(pilot, "n")
        row(app, "month").text = "2026-02"
        await press(pilot, "ctrl+s")
        people = shown(app)
        await press(pilot, "equals_sign")
        compared, closed = shown(app), app.screen
        await press(pilot, "escape", "j", "enter")
        assert isinstance(closed, ComparedScreen)
        closed.show_status()  # as a read does that ends when the screen is gone
        lines = shown(app)
        await press(pilot, "G", "enter")
        source = shown(app)
        await press(pilot, "escape", "s", "a")
        refused = shown(app)
        await app.push_screen(MyPayScreen())
        await quiet(pilot)
        own = shown(app)

    assert "P posted" in runs
    assert "PYR-0002 2026-02 draft" in people
    assert [name for name in ("Ani", "Budi", "Citra") if name in people] == ["Ani", "Budi", "Citra"]
    assert "salary changed on 2026-02-01" in compared
    assert "= Sum           Paid out" in lines
    assert "Income tax PPh 21" in lines
    assert "PP 44/2015" in source or "PP 45/2015" in source
    assert "You prepared PYR-0002" in refused
    assert "2026-01 P posted" in own
    assert reading.find(hr, "2026-02").state == "draft"
