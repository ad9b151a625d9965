"""Depreciation period by period; the worked cases name where they come from."""

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boconsole.fixed_assets.depreciation import (
    CONVENTIONS,
    DECLINING,
    EVERY,
    METHODS,
    Terms,
    double_rate,
    fiscal_year,
    last_day,
    schedule,
    schedule_until,
    written_down_rate,
)
from boconsole.fixed_assets.fiscal_groups import GROUPS, group_of

COST = 100_000_00
TEN = 10_000_00


def amounts(terms: Terms) -> list[int]:
    return [row.amount for row in schedule(terms)]


def by_year(terms: Terms) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in schedule(terms):
        found[row.ends.year] = found.get(row.ends.year, 0) + row.amount
    return found


# Worked cases


def test_w1_straight_line() -> None:
    """ERPNext, erpnext/assets/doctype/asset/test_asset.py, test_schedule_for_straight_line."""
    terms = Terms(COST, TEN, date(2030, 1, 1), 36, every=12)

    assert amounts(terms) == [30_000_00, 30_000_00, 30_000_00]


def test_w3_straight_line_of_an_existing_asset() -> None:
    """ERPNext, test_asset.py, straight line for an existing asset."""
    terms = Terms(COST, TEN, date(2030, 6, 6), 36, convention="day", every=12,
                  opening=47_095_89, through=date(2031, 12, 31))  # fmt: skip

    rows = [(row.amount, row.accumulated) for row in schedule(terms)]

    assert rows == [(30_000_00, 77_095_89), (12_904_11, 90_000_00)]


def test_w5_double_declining_of_an_existing_asset() -> None:
    """ERPNext, test_asset.py; the rate is shown and taken with three digits there."""
    terms = Terms(COST, TEN, date(2030, 1, 1), 36, "declining", Fraction("0.66667"), every=12,
                  opening=50_000_00, through=date(2030, 12, 31))  # fmt: skip

    assert amounts(terms) == [33_333_50, 6_666_50]


def test_w7_written_down_value_by_days() -> None:
    """ERPNext, test_asset.py, written down value with a part of the first year."""
    rate = written_down_rate(COST, 12_500_00, 36)
    terms = Terms(COST, 12_500_00, date(2030, 6, 6), 36, "declining", rate, "day", 12)

    assert rate == Fraction(1, 2)
    assert amounts(terms) == [28_630_14, 35_684_93, 17_842_47, 5_342_46]


def test_w9_straight_line_by_days() -> None:
    """ERPNext, asset_depreciation_schedule/test_asset_depreciation_schedule.py, daily."""
    terms = Terms(COST, 0, date(2020, 1, 1), 24, convention="day")

    found = amounts(terms)

    assert [found[0], found[1], found[3]] == [4_234_97, 3_961_75, 4_098_36]
    assert [found[12], found[23]] == [4_246_58, 4_246_56]
    assert (len(found), sum(found)) == (24, COST)


def test_w11_written_down_value_by_quarter_and_days() -> None:
    """ERPNext, test_asset_depreciation_schedule.py, written down value, quarterly, daily."""
    terms = Terms(COST, 0, date(2021, 2, 20), 18, "declining", Fraction(2, 5), "day", 3)

    assert amounts(terms) == [
        4_383_56, 9_972_60, 10_082_19, 10_082_19, 6_458_25, 6_530_01, 52_491_20,
    ]  # fmt: skip


def test_fiscal_declining_takes_the_whole_rest_in_the_last_year() -> None:
    """UU PPh (UU 36/2008), explanatory note to Art. 11: a machine of July 2009, 4 years, 50 %."""
    terms = Terms(100_000_000, 0, date(2009, 7, 15), 48, "declining-fiscal", Fraction(1, 2),
                  every=12)  # fmt: skip

    assert by_year(terms) == {
        2009: 25_000_000, 2010: 37_500_000, 2011: 18_750_000, 2012: 9_375_000, 2013: 9_375_000,
    }  # fmt: skip


def test_fiscal_declining_from_january() -> None:
    """UU PPh, explanatory note to Art. 11: 150 million, 4 years, 50 %."""
    terms = Terms(150_000_000, 0, date(2009, 1, 2), 48, "declining-fiscal", Fraction(1, 2))

    assert by_year(terms) == {
        2009: 75_000_000, 2010: 37_500_000, 2011: 18_750_000, 2012: 18_750_000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "years", "straight", "declining"),
    [
        ("1", 4, "0.25", "0.5"), ("2", 8, "0.125", "0.25"), ("3", 16, "0.0625", "0.125"),
        ("4", 20, "0.05", "0.1"), ("permanent", 20, "0.05", None),
        ("non-permanent", 10, "0.1", None),
    ],
)  # fmt: skip
def test_fiscal_groups(code: str, years: int, straight: str, declining: str | None) -> None:
    """PMK 72/2023."""
    group = group_of(code)

    assert group.months == years * 12
    assert group.straight == Fraction(straight)
    assert group.declining == (Fraction(declining) if declining else None)
    assert len(GROUPS) == 6


# Methods


def test_sum_of_years_digits() -> None:
    assert amounts(Terms(COST, TEN, date(2030, 1, 1), 36, "sum-of-years", every=12)) == [
        45_000_00, 30_000_00, 15_000_00,
    ]  # fmt: skip
    july = Terms(COST, TEN, date(2030, 7, 1), 36, "sum-of-years", every=12)
    assert amounts(july) == [22_500_00, 37_500_00, 22_500_00, 7_500_00]


def test_declining_goes_over_to_a_straight_line_where_that_is_more() -> None:
    """The usual textbook case: five years, 40 %; the years 4 and 5 are equal."""
    terms = Terms(COST, 0, date(2030, 1, 1), 60, "declining-switch", double_rate(60), every=12)

    assert amounts(terms) == [40_000_00, 24_000_00, 14_400_00, 10_800_00, 10_800_00]
    assert amounts(terms._replace(method="declining"))[-2:] == [8_640_00, 12_960_00]


def test_land_does_not_wear_off() -> None:
    assert schedule(Terms(COST, 0, date(2030, 1, 1), 0, "none")) == []


def test_first_month_counts_whole_and_the_last_takes_the_remainder() -> None:
    rows = schedule(Terms(100_00, 0, date(2026, 5, 31), 36))

    assert (rows[0].starts, rows[0].ends) == (date(2026, 5, 1), date(2026, 5, 31))
    assert [rows[0].amount, rows[-1].amount] == [2_78, 2_70]
    assert rows[-1].ends == date(2029, 4, 30)


def test_what_is_left_is_spread_anew_over_what_is_left_of_the_life() -> None:
    terms = Terms(12_000, 0, date(2026, 1, 1), 24, opening=6_000, through=date(2026, 6, 30),
                  anew=True)  # fmt: skip

    found = amounts(terms)

    assert (len(found), sum(found), found[0]) == (18, 6_000, 333)


def test_a_change_before_the_first_day_spreads_over_the_life_alone() -> None:
    terms = Terms(36_500, 0, date(2026, 1, 15), 12, convention="day", anew=True,
                  through=date(2025, 12, 31))  # fmt: skip

    assert amounts(terms) == amounts(terms._replace(anew=False, through=None))


def test_fiscal_years_are_named_by_their_end() -> None:
    april = Terms(1, 0, date(2026, 1, 1), 12, first_month=4)

    assert [fiscal_year(april, date(2026, month, 1)) for month in (3, 4)] == [2026, 2027]
    assert fiscal_year(april._replace(first_month=1), date(2026, 3, 1)) == 2026


def test_fiscal_years_may_begin_in_april() -> None:
    terms = Terms(COST, 0, date(2026, 1, 1), 24, "declining", Fraction(1, 2), first_month=4,
                  every=12)  # fmt: skip

    rows = schedule(terms)

    assert [row.ends for row in rows] == [date(2026, 3, 31), date(2027, 3, 31), date(2027, 12, 31)]
    assert [row.amount for row in rows] == [12_500_00, 43_750_00, 43_750_00]


def test_the_month_in_which_an_asset_goes_does_not_count() -> None:
    terms = Terms(12_000, 0, date(2026, 1, 10), 12)

    assert schedule_until(terms, date(2026, 3, 31))[-1].accumulated == 2_000
    assert schedule_until(terms, date(2026, 1, 31)) == []


def test_by_days_the_day_on_which_an_asset_goes_counts() -> None:
    terms = Terms(36_500, 0, date(2026, 1, 1), 12, convention="day")

    assert schedule_until(terms, date(2026, 2, 10))[-1].accumulated == 4_100


TERMS = st.builds(
    Terms,
    cost=st.integers(1, 10**12),
    residual=st.integers(0, 10**6),
    starts=st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    months=st.sampled_from((12, 24, 36, 48, 96, 240)),
    method=st.sampled_from([method for method in METHODS if method != "none"]),
    rate=st.sampled_from((Fraction(1, 2), Fraction(1, 8), Fraction("0.66667"))),
    convention=st.sampled_from(CONVENTIONS),
    every=st.sampled_from(EVERY),
    first_month=st.integers(1, 12),
    opening=st.just(0),
    through=st.none(),
    anew=st.just(False),
)


@given(TERMS)
def test_all_periods_sum_to_cost_less_residual_value(terms: Terms) -> None:
    terms = terms._replace(residual=min(terms.residual, terms.cost))

    rows = schedule(terms)

    assert sum(row.amount for row in rows) == terms.cost - terms.residual
    assert all(row.amount >= 0 for row in rows)
    assert rows[-1].ends == last_day(terms)
    assert all((after.starts - before.ends).days == 1 for before, after in pairwise(rows))


@given(TERMS, st.integers(0, 3_000))
def test_going_early_depreciates_no_more_than_staying(terms: Terms, days: int) -> None:
    terms = terms._replace(residual=0)
    day = date.fromordinal(terms.starts.toordinal() + days)

    gone = schedule_until(terms, day)

    stayed = {row.starts: row.accumulated for row in schedule(terms)}
    assert all(row.accumulated <= stayed[row.starts] for row in gone)
    assert all(row.ends <= day for row in gone)


@given(TERMS, st.integers(0, 4_000))
def test_what_ends_later_can_be_left_out(terms: Terms, days: int) -> None:
    terms = terms._replace(residual=0)
    day = date.fromordinal(terms.starts.toordinal() + days)

    assert schedule(terms, day) == [row for row in schedule(terms) if row.ends <= day]


def test_every_declining_method_has_a_rate() -> None:
    assert set(DECLINING) < set(METHODS)
