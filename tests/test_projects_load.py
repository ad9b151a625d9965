"""Who has too much in which week: across projects, and with the days on which people are away."""

import json
from datetime import date
from pathlib import Path

import pytest

from boconsole import workload
from boconsole.doors.main import main
from boconsole.errors import NotAllowedError
from boconsole.leave import asking, deciding
from boconsole.leave.counting import Wish
from boconsole.leave.deciding import Ref
from boconsole.projects import capacity
from boconsole.session import Session
from tests.bookkeeping import typed_in
from tests.desks import LARGE, quiet, shown, whole_desk
from tests.leave_office import CITRA, Office, make_office
from tests.officers import officer
from tests.people import add_agent
from tests.test_projects import new_project, new_task


@pytest.fixture
def office(session: Session) -> Office:
    """Citra has 76 hours in two projects until the end of next week; Ascension Day is in it."""
    made = make_office(session)
    for title, start, hours in (("A", "2026-05-04", "36h"), ("B", "2026-05-11", "40h")):
        project = new_project(session, name=title)
        days = {"start_on": start, "days": 5}
        new_task(session, project, title, estimate=hours, owner="citra", **days)
    return made


def ask(office: Office, kind: str, wish: Wish, *, approve: bool = True) -> None:
    row = asking.request(office.citra, CITRA, kind, wish, "Dengue" if kind == "sick" else "")
    if approve:
        deciding.approve(office.hr, [Ref(row.id, row.version)])


def test_a_week_has_less_where_somebody_is_away_or_nobody_works(
    session: Session, office: Office
) -> None:
    ask(office, "sick", Wish(date(2026, 5, 11), date(2026, 5, 12), True))
    ask(office, "annual", Wish(date(2026, 5, 18), date(2026, 5, 20)), approve=False)

    table = workload.load(session, 3)

    (citra,) = table.people
    assert citra.has == (40 * 60, 4 * 480 - 480 - 240, 40 * 60)
    assert citra.away == (0, 150, 0)
    assert citra.weeks == (36 * 60, 40 * 60, 0)
    assert capacity.over(citra) == (False, True, False)
    assert "sick" not in repr(table)


def test_work_is_spread_over_the_days_that_are_left(session: Session, office: Office) -> None:
    new_task(session, 1, "C", estimate="20h", owner="citra", start_on="2026-05-04",
             due_on="2026-05-15")  # fmt: skip
    ask(office, "annual", Wish(date(2026, 5, 11), date(2026, 5, 15)))

    (citra,) = workload.load(session, 3).people

    assert citra.weeks == (56 * 60, 40 * 60, 0)
    assert (citra.has[1], citra.away[1]) == (0, 400)


def test_a_task_of_a_far_day_costs_no_more_than_one_of_tomorrow(session: Session) -> None:
    add_agent(session, "ann")
    new_task(session, new_project(session), "Keep", estimate="100h", owner="ann",
             start_on="2026-05-04", due_on="9998-12-31")  # fmt: skip

    (ann,) = workload.load(session, 2).people

    assert sum(ann.weeks) + ann.later == 6000
    assert ann.weeks[0] < 60


def test_only_who_reads_projects_sees_the_load(session: Session) -> None:
    with pytest.raises(NotAllowedError):
        workload.load(officer(session))


def test_the_load_is_told_by_command(
    database_url: str, office: Office, monkeypatch, capsys
) -> None:  # type: ignore[no-untyped-def]
    ask(office, "sick", Wish(date(2026, 5, 5), date(2026, 5, 5)))
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")

    assert main(["--database", database_url, "--json", "projects", "load", "--weeks", "2"]) == 0
    (citra,) = json.loads(capsys.readouterr().out)["people"]
    assert (citra["away"], citra["capacity"]) == (["1", "0"], [4 * 480, 4 * 480])


async def test_the_table_says_that_somebody_is_away_and_not_why(
    local_session: Session, tmp_path: Path
) -> None:
    office = make_office(local_session)
    new_task(local_session, new_project(local_session), "A", estimate="36h", owner="citra",
             start_on="2026-05-04", days=5)  # fmt: skip
    ask(office, "sick", Wish(date(2026, 5, 6), date(2026, 5, 6)))
    app = whole_desk(local_session, tmp_path)
    async with app.run_test(size=LARGE) as pilot:
        await quiet(pilot)
        await typed_in(pilot, ":", " load", "enter")
        page = shown(app)

    assert "! 36h •" in page
    assert "Dengue" not in page
