"""The work of HR on records: import, renewals, leaving, undo, what ends; circles of managers."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from boconsole.errors import InvalidChangeError, NotAllowedError, UndoError
from boconsole.ledger import commodities
from boconsole.ledger.errors import ControlError
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import (
    asking,
    card,
    changing,
    checking,
    checks,
    dated,
    ending,
    exporting,
    finding,
    importing,
    tree,
    undoing,
)
from boconsole.staff.changing import NewFact
from db import connection
from db.staff import facts
from tests.officers import company, officer
from tests.people import add_agent

MAP = """
source = "old"
key = "no"
dates = ["%d/%m/%Y"]
create = ["department"]
[fields]
name = "name"
hired = "hired"
title = "title"
department = "unit"
manager = "boss"
salary = "pay"
currency = { value = "IDR" }
npwp = "tax"
nik = "id"
"""
ROWS = """no,name,hired,title,unit,boss,pay,tax,id
7,Dewi,01/02/2024,Clerk,Finance,9,5000000,013000666091000,
8,Eko,01/02/2024,Clerk,Finance,9,5000000,013000667091000,
9,Rina,01/03/2023,Head,Finance,,9000000,,3171011708450001
"""


@pytest.fixture
def hr(local_session: Session) -> Session:
    """An HR officer of the company of `tests.officers`."""
    hr = officer(local_session)
    company(hr)
    return hr


def test_an_import_finds_managers_below_their_reports_and_twice_adds_nothing(
    hr: Session, tmp_path: Path
) -> None:
    plan, table, wrong = (tmp_path / name for name in ("map.toml", "old.csv", "wrong.csv"))
    plan.write_text(MAP)
    table.write_text(ROWS)
    wrong.write_text(ROWS.replace(",9,", ",Nobody,"))

    with pytest.raises(InvalidChangeError, match="Nobody"):
        importing.import_staff(hr, wrong, plan)
    dry = importing.import_staff(hr, table, plan, dry_run=True)
    first = importing.import_staff(hr, table, plan)
    again = importing.import_staff(hr, table, plan)

    assert (dry.created, first.created, again.created, again.known) == (2, 2, 0, 2)
    reasons = str(first.refused[0])
    assert "check digit" in reasons
    rina, dewi = finding.find(hr, "Rina"), finding.find(hr, "Dewi")
    standing = dated.one_on(hr, dewi.id, date(2024, 2, 1))
    assert standing.position is not None
    assert standing.position.manager_id == rina.id
    assert "3171011708450001" not in (rina.external_key or "")
    wrong.write_text(ROWS.replace("7,Dewi", "6,Dewi"))
    with pytest.raises(NotAllowedError):  # salaries come in with the permission for them alone
        importing.import_staff(officer(hr, "admin"), wrong, plan)


def test_leaving_renewing_and_undoing_keep_contracts_in_step(hr: Session) -> None:
    budi, dian = finding.find(hr, "Budi"), finding.find(hr, "Dian")
    soon = ending.endings(hr, date(2026, 5, 4), date(2026, 12, 31))
    warned = [row.number for row in asking.select(hr, "is:ending")]
    changing.renew(hr, budi, {}, date(2027, 6, 10))
    renewed = ending.endings(hr, date(2026, 5, 4), date(2026, 12, 31))
    changing.leave(hr, dian, date(2026, 9, 30), "found something better")
    left = ending.endings(hr, date(2026, 5, 4), date(2026, 12, 31))

    assert [(one.number, str(one.day)) for one in soon] == [("EMP-0002", "2026-06-10")]
    assert renewed == []
    assert (warned, asking.select(hr, "is:ending")) == (["EMP-0002"], [])
    assert [(one.number, str(one.day)) for one in left] == [("EMP-0003", "2026-09-30")]
    chain = facts.select_of("contract", budi.id)
    assert (chain[1].renews, chain[1].head.starts_on) == (chain[0].head.id, date(2026, 6, 11))
    admin = officer(hr, "admin")
    told = json.dumps(
        exporting.card_record(card.read(admin, dian.id), date(2026, 5, 4)), default=str
    )
    assert "better" not in told
    assert "better" in json.dumps(
        exporting.card_record(card.read(hr, dian.id, opened=True), date(2026, 5, 4)), default=str
    )

    undoing.undo_last(hr)  # the leaving, then the renewal
    assert ending.endings(hr, date(2026, 5, 4), date(2026, 12, 31)) == []
    undoing.undo_last(hr)
    assert ending.endings(hr, date(2026, 5, 4), date(2026, 12, 31)) == soon
    changing.enter(hr, finding.again(dian.id), NewFact("skill", {"name": "Tax"}))
    changing.edit(admin, finding.again(dian.id), {"phone": "+62 21 555 0100"})
    undoing.undo_last(hr)
    assert finding.again(dian.id).phone == ""
    assert [row.skills for row in asking.select(hr, "skill:tax")] == ["Tax"]


def _told(found: card.Card) -> str:
    return json.dumps(exporting.card_record(found, date(2026, 5, 4)), default=str)


def test_a_hire_is_taken_back_while_nothing_else_knows_of_the_person(hr: Session) -> None:
    add_agent(hr, "citra")
    row = changing.hire(hr, {"name": "Citra", "user": "citra", "email": "citra@own.example"},
                        date(2026, 6, 1), [NewFact("salary", {"amount": "1 IDR"})])  # fmt: skip

    undoing.undo_last(hr)

    found = card.read(hr, row.id, opened=True)
    assert (found.standing.state, found.facts["salary"], found.standing.employee.login) == (
        "none", [], "",
    )  # fmt: skip
    assert "Citra" not in [one.row.name for one in asking.select(hr)]
    again = changing.hire(hr, {"name": "Citra", "user": "citra"}, date(2026, 6, 1))
    below = NewFact("position", {"title": "Clerk", "manager": again.number}, date(2026, 6, 1))
    changing.enter(hr, finding.again(3), below)
    undoing.undo_last(hr)
    with pytest.raises(UndoError, match="other records"):
        undoing.undo_last(hr)
    assert checking.faults(hr) == []


def test_nobody_undoes_what_they_may_not_see_or_others_touched(hr: Session) -> None:
    dian = finding.find(hr, "Dian")
    changing.enter(hr, dian, NewFact("salary", {"amount": "1 IDR"}, date(2027, 1, 1)))
    with pytest.raises(NotAllowedError):
        undoing.undo_last(officer(hr, "admin"))
    card.attach(hr, dian.id, [])
    with pytest.raises(UndoError, match="EMP-0003"):
        undoing.undo_last(hr)


def test_a_currency_that_somebody_is_paid_in_keeps_its_digits(hr: Session) -> None:
    with pytest.raises(ControlError):
        commodities.add(officer(hr, "admin"), "IDR", 0)


def test_the_tree_is_of_its_day_and_of_whom_one_sees(hr: Session) -> None:
    ann = NewFact("position", {"manager": "EMP-0001"}, date(2026, 7, 1))
    changing.enter(hr, finding.find(hr, "Dian"), ann)
    nobody = officer(hr, "agent")
    half = Session(hr.user, permissions_of(("project_manager",)), hr.clock)

    before = [(one.number, node.depth, node.below)
              for node in tree.tree(half) for one in (node.standing,)]  # fmt: skip
    after = [(node.standing.number, node.depth) for node in tree.tree(half, date(2026, 7, 1))]

    assert before == [("EMP-0001", 0, 2), ("EMP-0002", 1, 1), ("EMP-0003", 2, 0)]
    assert after == [("EMP-0001", 0), ("EMP-0002", 1), ("EMP-0003", 1)]
    assert tree.tree(nobody) == []


def test_a_record_changed_behind_the_trail_is_found(hr: Session) -> None:
    changing.enter(hr, finding.find(hr, "Dian"), NewFact("note", {"note": "on time"}))
    undoing.undo_last(hr)
    assert checking.faults(hr) == []

    connection.execute("UPDATE employee_salary SET amount = amount + 1 WHERE employee_id = 3")
    connection.execute("UPDATE employee_salary SET salt = '' WHERE employee_id = 2")
    connection.execute("DELETE FROM employee_part")
    connection.execute("UPDATE employee_position SET manager_id = 3 WHERE employee_id = 2")
    found = checking.faults(hr)

    assert [line.split()[0].rstrip(":") for line in found] == [
        "EMP-0002", "EMP-0003", "part#1", "EMP-0002", "EMP-0003",
    ]  # fmt: skip
    assert "20000000" not in "".join(found)


MANAGERS = some.dictionaries(
    some.integers(1, 5),
    some.dictionaries(some.integers(1, 9), some.none() | some.integers(1, 5), min_size=1),
)


@given(MANAGERS)
@settings(max_examples=100)
def test_a_circle_is_found_on_its_first_day(drawn: dict[int, dict[int, int | None]]) -> None:
    above = {one: sorted(states.items()) for one, states in drawn.items()}

    def manager(one: int, day: int) -> int | None:
        held = [boss for start, boss in above.get(one, ()) if start <= day]
        return held[-1] if held else None

    def circles(one: int, day: int) -> bool:
        at, steps = manager(one, day), 0
        while at is not None and at != one and steps < 9:
            at, steps = manager(at, day), steps + 1
        return at == one

    for one in above:
        days = [day for day in range(1, 10) if circles(one, day)]
        found = checks.circle(one, above)
        assert (found is None) == (not days)
        assert found is None or found[1] in days
