"""Appraisals, training and one's own page by real keys."""

from datetime import date
from pathlib import Path

from boconsole.appraisals import cycles, reading, words
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from boconsole.training import courses, sessions
from screens.my_own import MyOwnScreen
from tests.desks import SMALL, press, quiet, row, shown, type_text, whole_desk
from tests.officers import company, officer
from tests.people import add_agent

YEAR = {"name": "Year 2026", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        "questions": "Results: are they right?", "scale": "1=below; 2=meets"}  # fmt: skip


async def test_somebody_without_any_permission_reviews_themselves_from_their_own_page(
    local_session: Session, tmp_path: Path
) -> None:
    hr = officer(local_session)
    company(hr)
    dian = add_agent(local_session, "dian", ())
    changing.edit(hr, finding.again(3), {"user": "dian"})
    cycle = cycles.new(hr, {**YEAR, "takes": "query", "takes_from": "name:Dian"})
    for _phase in range(2):
        cycle = cycles.advance(hr, cycle, "no goals this year")
    app = whole_desk(dian, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, ":")
        await type_text(pilot, "me")
        await press(pilot, "enter")
        own = shown(app)
        await press(pilot, "G", "enter", "e")
        row(app, "score0").text = "2"
        row(app, "note0").text = "All in time"
        await press(pilot, "ctrl+s", "s", "s")
        submitted = shown(app)
        await press(pilot, "q")
        back = app.screen

    assert "writes the self review" in own
    assert "EMP-0003" in own
    assert "waits for the review" in submitted
    assert "Self: All in time" in submitted
    assert isinstance(back, MyOwnScreen)
    assert reading.people(hr, cycle)[0].row.self_state == words.SUBMITTED


async def test_hr_records_results_and_walks_the_skills(
    local_session: Session, tmp_path: Path
) -> None:
    hr = officer(local_session)
    company(hr)
    course = courses.new(hr, {"name": "Safety", "valid_months": "12", "skill": "Safety"})
    courses.need(hr, course, "Finance")
    held = sessions.new(hr, course, {"starts_on": "2026-04-30"})
    sessions.enrol(hr, held, [2, 3])
    skills = [NewFact("skill", {"name": f"Skill {one}", "value": "3"}) for one in range(9)]
    changing.enter_all(hr, finding.again(1), skills)
    app = whole_desk(hr, tmp_path)
    async with app.run_test(size=SMALL) as pilot:
        await quiet(pilot)
        await press(pilot, ":")
        await type_text(pilot, "trn-1")
        await press(pilot, "enter", "space", "j", "space", "c", "1", "enter")
        recorded = shown(app)
        await press(pilot, ":")
        await type_text(pilot, "skills")
        await press(pilot, "enter", ">")
        table = shown(app)

    assert recorded.count("P passed") == 2
    assert "skills 6 to 10 of 10" in table
    assert "Safety" not in table
    parts = changing.fact(finding.again(2), "certificate", _certificate(2))
    assert parts.head.ends_on == date(2027, 4, 30)


def _certificate(employee_id: int) -> int:
    from db.staff import facts

    rows = [one for one in facts.select_of("part", employee_id) if one.kind == "certificate"]
    return int(rows[0].head.id)
