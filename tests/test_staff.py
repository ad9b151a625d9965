"""People and their dated facts: what holds when, and what never holds twice."""

from datetime import date
from decimal import Decimal

import peewee
import pytest

from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.session import Session
from boconsole.staff import changing, checks, dated, departments, finding, identifying, paying
from boconsole.staff.changing import NewFact
from boconsole.staff.errors import (
    ManagerCircleError,
    OverlapError,
    ReasonMissingError,
    SameDayError,
)
from db import connection
from db.errors import StorageError
from tests.officers import officer

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
"""The clock of the tests stands on 4 May 2026."""
REFUSED = (peewee.DatabaseError, StorageError)


@pytest.fixture
def hr(session: Session) -> Session:
    """An HR officer, with a small company on each engine."""
    hr = officer(session)
    departments.new(hr, "Company")
    departments.new(hr, "Finance", parent="Company", cost_centre="fin")
    boss = NewFact("position", {"title": "Director", "department": "Company"})
    changing.hire(hr, {"name": "Ann Lee"}, date(2024, 1, 1), [boss])
    clerk = NewFact("position", {"title": "Clerk", "department": "Finance", "manager": "EMP-0001"})
    pay = NewFact("salary", {"amount": "5000000 IDR"})
    fixed = NewFact("contract", {"kind": "fixed"}, None, date(2026, 12, 31))
    changing.hire(hr, {"name": "Budi"}, date(2025, 1, 1), [clerk, pay, fixed])
    return hr


def test_what_holds_on_a_day_is_what_started_last(hr: Session) -> None:
    budi = finding.find(hr, "EMP-0002")
    changing.enter(hr, budi, NewFact("position", {"title": "Chief clerk"}, JUNE))
    changing.enter(
        hr, budi, NewFact("salary", {"amount": Decimal(6_000_000), "currency": "IDR"}, JUNE)
    )
    changing.leave(hr, finding.again(budi.id), date(2026, 8, 31), "another job")

    then, before = dated.one_on(hr, budi.id, JULY), dated.one_on(hr, budi.id, MAY)
    pay = paying.between(hr, MAY, date(2026, 6, 30), how="a test")[1]

    assert (before.position.title, then.position.title) == ("Clerk", "Chief clerk")  # type: ignore[union-attr]  # both hold
    assert then.position[1:4] == ("Chief clerk", then.position.department_id, "Finance")  # type: ignore[index,union-attr]  # holds
    assert [(one.head.starts_on, one.amount) for one in pay.salaries] == [
        (date(2025, 1, 1), 500_000_000), (JUNE, 600_000_000),
    ]  # fmt: skip
    assert (then.state, then.last) == ("employed", date(2026, 8, 31))
    assert dated.one_on(hr, budi.id, date(2026, 9, 1)).state == "left"
    assert dated.one_on(hr, budi.id, date(2024, 12, 31)).state == "coming"
    assert [one.number for one in dated.on(hr, date(2024, 6, 1), employed=True)] == ["EMP-0001"]


def test_facts_of_one_kind_never_overlap(hr: Session) -> None:
    budi = finding.find(hr, "Budi")
    with pytest.raises(OverlapError):
        changing.enter(hr, budi, NewFact("contract", {"kind": "fixed"}, date(2026, 12, 31)))
    with pytest.raises(SameDayError):
        changing.enter(hr, budi, NewFact("salary", {"amount": "1 IDR"}, date(2025, 1, 1)))

    span = (
        "INSERT INTO employment_contract (employee_id, starts_on, ends_on, kind, reason, salt, "
        "made_at, made_by, warn_days, note) VALUES (2, ?, ?, 'fixed', '', '', 0, 0, 45, '')"
    )
    connection.execute(span, (20270101, 20271231))
    for first, last in ((20261231, 20261231), (20240101, None), (20270601, 20270602)):
        with pytest.raises(REFUSED), connection.transaction():
            connection.execute(span, (first, last))
    with pytest.raises(REFUSED), connection.transaction():
        connection.execute(
            "UPDATE employment_contract SET starts_on = 20261231 WHERE ends_on = 20271231"
        )
    with pytest.raises(REFUSED), connection.transaction():
        connection.execute(
            "INSERT INTO employee_salary (employee_id, starts_on, amount, commodity_id, per, "
            "reason, salt, made_at, made_by) SELECT employee_id, starts_on, 1, commodity_id, per, "
            "'', '', 0, 0 FROM employee_salary"
        )


def test_the_past_is_corrected_with_a_reason_and_kept(hr: Session) -> None:
    from db.staff import facts

    budi = finding.find(hr, "EMP-0002")
    wrong = facts.select_of("salary", budi.id)[0].head.id
    right = NewFact("salary", {"amount": "5500000 IDR"})
    with pytest.raises(ReasonMissingError):
        changing.correct(hr, budi, wrong, right)

    changing.correct(hr, budi, wrong, right._replace(reason="typed wrongly"))

    rows = facts.select_of("salary", budi.id, past=True)
    assert [(row.amount, row.head.replaced_at is None) for row in rows] == [
        (500_000_000, False), (550_000_000, True),
    ]  # fmt: skip
    with pytest.raises(StaleRecordError):
        changing.edit(hr, budi, {"phone": "+62 21 555 0100"})


def test_nobody_is_above_themselves_on_any_day(hr: Session) -> None:
    ann = finding.find(hr, "EMP-0001")
    with pytest.raises(ManagerCircleError) as refused:
        changing.enter(hr, ann, NewFact("position", {"manager": "Budi"}, date(2027, 1, 1)))
    assert "2027-01-01" in str(refused.value)

    # Ann is below Budi in summer only, and Budi below Ann but for June.
    above = {
        1: [(1, None), (20260601, 2), (20260701, None)],
        2: [(1, 1), (20260601, 3)],
        3: [(1, None)],
    }
    assert checks.circle(1, above) is None
    assert checks.circle(1, {**above, 3: [(1, None), (20260615, 1)]}) == (2, 20260615)


@pytest.mark.parametrize(
    ("kind", "land", "typed", "kept"),
    [
        ("NIK", "ID", "3171011708450001", "3171011708450001"),  # python-stdnum's own example
        ("npwp", "ID", "013000666091000", "01.300.066.6-091.000"),  # as above
        ("ssn", "US", "536904399", "536-90-4399"),  # as above
        ("DNI", "ES", "54362315-K", "54362315K"),  # as above
        ("staff badge", "ID", " 12/A ", "12/A"),
        ("npwp", "", "whatever", "whatever"),
    ],
)  # fmt: skip
def test_numbers_are_checked_where_their_rules_are_known(
    kind: str, land: str, typed: str, kept: str
) -> None:
    assert identifying.number(kind, land, typed) == kept


@pytest.mark.parametrize(
    ("kind", "land", "typed", "reason"),
    [
        ("nik", "ID", "31710117084500", "length"), ("npwp", "ID", "013000667091000", "digit"),
        ("dni", "ES", "54362315Z", "digit"), ("ssn", "US", "1112-23333", "form"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_is_refused_with_the_reason(
    kind: str, land: str, typed: str, reason: str
) -> None:
    with pytest.raises(InvalidChangeError, match=reason):
        identifying.number(kind, land, typed)


def test_an_iban_is_checked_and_another_account_is_taken_as_typed() -> None:
    assert identifying.account("de89370400440532013000") == ("DE89 3704 0044 0532 0130 00", "DE")
    assert identifying.account("  012-345 678 ") == ("012-345 678", "")
    with pytest.raises(InvalidChangeError, match="IBAN"):
        identifying.account("DE89 3704 0044 0532 0130 01")
