"""Leave ledgers against worked cases that others published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from boconsole.leave import balances, presets
from boconsole.leave.balances import Correction, Facts, Lot, Taking
from boconsole.leave.calendar import Plan, Week
from boconsole.leave.errors import LeaveRuleError
from boconsole.leave.granting import Service, grants
from boconsole.leave.rules import Dated, Grant, Rule, from_table

START = date(2000, 1, 1)


def plan(days: int = 5) -> Plan:
    week = Week.of_minutes([480] * days + [0] * (7 - days))
    return Plan(((START, week),), lambda _day: None)


def facts(rule: Rule, joined: date, *takings: Taking, left: date | None = None, days: int = 5):  # type: ignore[no-untyped-def]
    return Facts((Dated(START, rule),), Service(joined, left), plan(days), takings)


def given_until(rule: Rule, joined: date, until: date, *, days: int = 5, left: date | None = None):  # type: ignore[no-untyped-def]
    return grants((Dated(START, rule),), Service(joined, left), until, plan(days))


def weekdays(first: date, count: int, key: int = 1) -> list[Taking]:
    return [Taking(first + timedelta(days=n), 100, key) for n in range(count)]


CARRY_10 = from_table({
    "grant": {"kind": "yearly", "amount": 20}, "carry": 10, "carry_months": 3,
})  # fmt: skip
UK = from_table({
    "grant": {"kind": "yearly", "amount": "5.6", "weeks": True, "most": 28, "year": "04-01",
              "prorate": "months", "rounding": "half-up"},
})  # fmt: skip
INDONESIA = presets.types_of("indonesia")[0].rule


@pytest.mark.parametrize(("taken", "expired"), [(0, 1000), (8, 200), (10, 0), (12, 0)])
def test_only_unused_carried_days_expire(taken: int, expired: int) -> None:
    """Table of frappe/hrms pull request 1297: 10 days carried over, to be used by 31 March."""
    case = facts(CARRY_10, date(2025, 1, 1), *weekdays(date(2026, 2, 1), taken))

    lines = balances.ledger(case, date(2026, 4, 1))

    assert -sum(line.change for line in lines if line.kind == balances.EXPIRED) == expired
    assert lines[-1].balance == 2000 + 1000 - expired - taken * 100


def test_leave_over_the_end_of_carried_days_takes_each_day_from_what_holds_then() -> None:
    case = facts(CARRY_10, date(2025, 1, 1), *weekdays(date(2026, 3, 29), 6))

    lines = balances.ledger(case, date(2026, 4, 30))[-3:]

    assert [(line.kind, line.on.isoformat(), line.change) for line in lines] == [
        ("taken", "2026-03-29", -300), ("expired", "2026-04-01", -700),
        ("taken", "2026-04-01", -300),
    ]  # fmt: skip
    assert lines[0].lots == (Lot("carried", date(2026, 1, 1), 300),)
    assert lines[2].lots == (Lot("granted", date(2026, 1, 1), 300),)


def test_leave_is_taken_from_what_ends_first() -> None:
    case = facts(CARRY_10, date(2026, 1, 1), *weekdays(date(2026, 2, 2), 4))
    extra = Correction(date(2026, 2, 1), 300, "bonus", date(2026, 2, 28))

    line = balances.ledger(case._replace(corrections=(extra,)), date(2026, 3, 1))[-1]

    assert line.lots == (
        Lot("corrected", date(2026, 2, 1), 300), Lot("granted", date(2026, 1, 1), 100),
    )  # fmt: skip


def test_carried_days_that_never_expire_add_up() -> None:
    """frappe/hrms issue 45: 30, 31 and 32 days of three years, none taken, a year to use them."""
    rule = from_table({
        "grant": {"kind": "yearly", "by_service": {"0": 30, "1": 31, "2": 32}, "year": "07-01"},
        "carry": "all", "carry_months": 12,
    })  # fmt: skip
    case = facts(rule, date(2020, 7, 1))

    assert balances.balance(case, date(2022, 6, 30)) == 6100
    assert balances.balance(case, date(2022, 8, 31)) == 6300


def test_twelve_days_come_after_twelve_months() -> None:
    """Indonesian Law 13/2003, art. 79: 12 days after 12 months without a break."""
    case = facts(INDONESIA, date(2025, 3, 10))

    assert balances.balance(case, date(2026, 3, 9)) == 0
    assert balances.balance(case, date(2026, 3, 10)) == 1200


def test_joint_leave_is_taken_from_annual_leave_where_there_is_some() -> None:
    """Circular M/3/HK.04/IV/2022 of the Indonesian ministry: joint leave reduces annual leave."""
    joint = (Taking(date(2026, 3, 20), 100), Taking(date(2026, 12, 24), 100))
    case = facts(INDONESIA, date(2025, 3, 23))._replace(joint=joint)

    lines = balances.ledger(case, date(2026, 12, 31))

    assert [(line.kind, line.change, line.uncovered) for line in lines] == [
        ("joint", 0, 100), ("granted", 1200, 0), ("joint", -100, 0),
    ]  # fmt: skip


def test_a_joiner_in_november_gets_five_twelfths_rounded_up_to_half_days() -> None:
    """worksmart.org.uk: 28 days, leave year from April, start in November: 11.67, so 12 days."""
    found = given_until(UK, date(2025, 11, 1), date(2026, 3, 31))

    assert [(each.amount, each.full, each.share) for each in found] == [
        (1200, 2800, Fraction(5, 12))
    ]


@pytest.mark.parametrize(("days", "full"), [(5, 2800), (3, 1680), (6, 2800)])
def test_weeks_are_as_many_days_as_somebody_works(days: int, full: int) -> None:
    """gov.uk/holiday-entitlement-rights: 5.6 weeks are 28 or 16.8 days, and 28 for six days."""
    rule = replace(UK, grant=replace(UK.grant, rounding="exact"))

    assert given_until(rule, date(2020, 1, 1), date(2020, 4, 1), days=days)[-1].amount == full


def test_a_twelfth_comes_every_month() -> None:
    """gov.uk/holiday-entitlement-rights: 7 of 28 days after the third month in the job."""
    rule = from_table({"grant": {"kind": "monthly", "amount": 28}})
    case = facts(rule, date(2026, 1, 1))

    assert balances.balance(case, date(2026, 3, 31)) == 700
    assert balances.balance(case, date(2026, 12, 31)) == 2800


def test_a_leaver_keeps_the_share_of_the_year_that_was_served() -> None:
    rule = from_table({"grant": {"kind": "yearly", "amount": 24, "prorate": "days"}})

    found = given_until(rule, date(2020, 1, 1), date(2027, 1, 1), left=date(2026, 6, 30))

    assert found[-1].on == date(2026, 1, 1)
    assert found[-1].share == Fraction(181, 365)
    assert found[-1].amount == 1190


def test_more_years_of_service_give_more_from_the_next_grant_on() -> None:
    rule = from_table({"grant": {"kind": "yearly", "by_service": {"0": 12, "5": 15}}})

    found = given_until(rule, date(2020, 6, 1), date(2027, 1, 1))

    assert [each.amount for each in found] == [1200] * 6 + [1500] * 2


def test_a_new_rule_changes_no_grant_before_it() -> None:
    old, new = (Rule(grant=Grant("yearly", amount)) for amount in (1200, 1500))
    versions = (Dated(START, old), Dated(date(2026, 1, 1), new))

    found = grants(versions, Service(date(2024, 5, 1)), date(2026, 12, 31), plan())

    assert [each.amount for each in found] == [1200, 1200, 1500]


def test_a_grant_stops_at_the_maximum() -> None:
    rule = from_table({"grant": {"kind": "yearly", "amount": 20}, "carry": "all", "maximum": 30})

    lines = balances.ledger(facts(rule, date(2024, 1, 1)), date(2026, 1, 1))

    assert lines[-1].balance == 3000
    assert [line.capped for line in lines if line.kind == balances.GRANTED] == [0, 1000, 2000]


def test_an_opening_stands_for_all_before_it() -> None:
    case = facts(CARRY_10, date(2010, 1, 1), *weekdays(date(2025, 6, 2), 3))
    opening = Correction(date(2026, 1, 1), 400, "from the old system", date(2026, 3, 31), True)

    lines = balances.ledger(case._replace(corrections=(opening,)), date(2026, 4, 1))

    assert [(line.kind, line.balance) for line in lines] == [
        ("opening", 400), ("granted", 2400), ("expired", 2000),
    ]  # fmt: skip


def test_leave_that_uses_up_what_later_leave_needs_is_short_on_that_later_day() -> None:
    rule = from_table({"grant": {"kind": "yearly", "amount": 5}})
    booked = facts(rule, date(2026, 1, 1), *weekdays(date(2026, 8, 3), 5))

    assert balances.first_short(booked, weekdays(date(2026, 3, 2), 2, 2)) == (
        date(2026, 8, 6), 100,
    )  # fmt: skip
    assert balances.first_short(booked, weekdays(date(2027, 1, 4), 5, 2)) is None


def test_an_overdraft_ends_at_its_limit_and_is_paid_from_the_next_grant() -> None:
    rule = from_table({"grant": {"kind": "yearly", "amount": 5}, "overdraw": 2})
    case = facts(rule, date(2026, 1, 1))

    assert balances.first_short(case, weekdays(date(2026, 3, 2), 7)) is None
    assert balances.first_short(case, weekdays(date(2026, 3, 2), 8)) == (date(2026, 3, 9), 100)
    over = case._replace(takings=weekdays(date(2026, 3, 2), 7))
    assert balances.balance(over, date(2026, 12, 31)) == -200
    assert balances.balance(over, date(2027, 1, 1)) == 300


@given(
    some.lists(some.tuples(some.integers(0, 1500), some.sampled_from((50, 100))), max_size=60),
    some.integers(0, 1500),
    some.integers(-300, 300),
)
@settings(max_examples=30, deadline=None)
def test_a_balance_is_the_sum_of_its_lines_and_is_never_made_of_nothing(
    taken: list[tuple[int, int]], asked: int, corrected: int
) -> None:
    first = date(2022, 1, 1)
    days = [Taking(first + timedelta(days=n), quantity, n % 7) for n, quantity in taken]
    rule = replace(CARRY_10, overdraw=300)
    case = facts(rule, date(2021, 5, 17), *days)
    case = case._replace(corrections=(Correction(date(2023, 2, 2), corrected),))

    lines = balances.ledger(case, first + timedelta(days=asked))

    running = 0
    for line in lines:
        running += line.change
        assert line.balance == running
        lots = sum(lot.amount for lot in line.lots)
        if line.kind in (balances.EXPIRED, balances.TAKEN):
            assert lots <= -line.change
    assert running == balances.balance(case, first + timedelta(days=asked))


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ({"carry": -1}, "carry"),
        ({"carry": "12.345"}, "carry"),
        ({"surprise": 1}, "surprise"),
        ({"grant": {"kind": "weekly"}}, "grant.kind"),
        ({"grant": {"year": "02-29"}}, "grant.year"),
        ({"grant": {"by_service": {"x": 12}}}, "grant.by_service"),
        ({"halves": 1}, "halves"),
        ({"unit": "hours", "counts": "calendar"}, "counts"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_key(table: dict[str, object], key: str) -> None:
    with pytest.raises(LeaveRuleError) as refused:
        from_table(table)

    assert refused.value.key == key


def test_every_rule_that_comes_along_reads_back_as_it_was_written() -> None:
    rules = [each.rule for name in presets.SETS for each in presets.types_of(name)]

    assert [from_table(rule.to_table()) for rule in [*rules, UK, CARRY_10]] == [
        *rules,
        UK,
        CARRY_10,
    ]
