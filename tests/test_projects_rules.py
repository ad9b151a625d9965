"""Earned value, working days and the critical path; the worked cases name where they come from."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.errors import InvalidChangeError
from boconsole.money import typed
from boconsole.projects import capacity, critical_path
from boconsole.projects.critical_path import FF, FS, KINDS, SF, SS, Activity, Link, schedule
from boconsole.projects.earned_value import (
    ATYPICAL,
    BOTH,
    ESTIMATE,
    EarnedValue,
    of_shares,
    settled,
)
from boconsole.projects.errors import CycleError
from boconsole.projects.working_days import WorkingDays
from db.projects.rows import TaskRow

MONDAY = date(2026, 3, 2)


def test_what_is_shown_of_earned_value_adds_up_to_the_smallest_unit() -> None:
    exact = of_shares(Decimal(18_000_000), Decimal(100), Decimal("48.2926815"), Decimal(6_660_000))

    shown = settled(exact, 0)

    assert (shown.ev, shown.eac) == (8_692_683, 13_790_909)
    assert (shown.sv, shown.cv) == (shown.ev - shown.pv, shown.ev - shown.ac)
    assert (shown.etc, shown.vac) == (shown.eac - shown.ac, shown.bac - shown.eac)
    assert (shown.spi, shown.cpi) == (exact.spi, exact.cpi)


def test_ten_houses_of_which_three_are_built() -> None:
    """Mohammad Salama, Project Management, chapter 14, Earned Value Overview: ten houses."""
    found = of_shares(Decimal(10_000), Decimal(40), Decimal(30), Decimal(6_000))

    assert found[:11] == tuple(
        Decimal(text)
        for text in (
            "10000",
            "4000",
            "3000",
            "6000",
            "-1000",
            "-3000",
            "0.75",
            "0.5",
            "20000",
            "14000",
            "-10000",
        )
    )


def test_a_budget_that_is_underrun() -> None:
    """Cost Management, scenario 1 (company A): EV 300, CV 60, EAC 800, ETC 560, VAC 200."""
    found = of_shares(Decimal(1_000), Decimal(40), Decimal(30), Decimal(240))

    assert (found.ev, found.sv, found.cv, found.cpi) == (300, -100, 60, Decimal("1.25"))
    assert (found.eac, found.etc, found.vac) == (800, 560, 200)
    assert round(found.tcpi or 0, 2) == Decimal("0.92")


def eac(method: str, bac: int, pv: int, ev: int, ac: int, rest: int | None = None) -> EarnedValue:
    from boconsole.projects.earned_value import measure

    more = None if rest is None else Decimal(rest)
    return measure(Decimal(bac), Decimal(pv), Decimal(ev), Decimal(ac), method, more)


def test_the_end_is_estimated_by_the_method_that_is_named() -> None:
    """Exclusive questions for PMP, 2: BAC 82,500, EV 25,000, AC 20,000, atypical: 77,500.

    EVM questions, 1: AC 25,000 and a new estimate of 75,000 make 100,000.
    """
    assert eac(ATYPICAL, 82_500, 32_500, 25_000, 20_000).eac == 77_500
    assert eac(ESTIMATE, 80_000, 20_000, 17_000, 25_000, 75_000).eac == 100_000
    assert eac(BOTH, 10_000, 4_000, 3_000, 6_000).eac == 6_000 + Decimal(7_000) / Decimal("0.375")
    with pytest.raises(InvalidChangeError):
        eac(ESTIMATE, 80_000, 20_000, 17_000, 25_000)


def test_work_is_spread_over_weeks_and_what_is_too_much_is_told() -> None:
    stamp = datetime(2026, 3, 2, tzinfo=UTC)
    plain = TaskRow(
        1, 1, 1, "", None, 1, "task", "", "", "todo", 7, "ann", 60 * 60, None, 0, 10, MONDAY,
        date(2026, 3, 13), None, None, 0, 0, stamp, stamp, 0,
    )  # fmt: skip
    late = plain._replace(start_on=date(2026, 2, 2), due_on=date(2026, 2, 3), remaining=15 * 60)

    table = capacity.spread((plain, late, plain._replace(estimate=0)), date(2026, 3, 4), 3)

    (ann,) = table.people
    assert table.capacity == (3 * 480, 5 * 480, 5 * 480)
    assert [minutes // 60 for minutes in ann.weeks] == [15 + 22, 37, 0]
    assert sum(ann.weeks) == 75 * 60
    assert (capacity.over(ann), ann.unknown) == ((True, False, False), 1)


def test_nothing_is_divided_by_nothing() -> None:
    begun = of_shares(Decimal(500), Decimal(0), Decimal(0), Decimal(0))
    spent = of_shares(Decimal(500), Decimal(0), Decimal(0), Decimal(20))

    assert (begun.spi, begun.cpi, begun.eac, begun.vac) == (None, None, 500, 0)
    assert (spent.cpi, spent.eac, spent.etc, spent.vac) == (0, None, None, None)
    free = of_shares(Decimal(500), Decimal(20), Decimal(10), Decimal(0))
    assert (free.cpi, free.eac, free.etc, free.vac) == (None, None, None, None)


@pytest.mark.parametrize("text", ["1.234,56", "33,3", "1,23", "12,34,567", "", "NaN", "1e"])
def test_a_number_that_may_mean_another_is_not_guessed(text: str) -> None:
    assert typed(text) is None
    assert typed(" 1,234,567.5 ") == Decimal("1234567.5")


def activities(**days: int) -> list[Activity]:
    return [Activity(ord(name), count) for name, count in days.items()]


def links(*told: str) -> list[Link]:
    """Return links such as `AB`, or `AB:SS+2`."""
    found = []
    for each in told:
        ends, _colon, rest = each.partition(":")
        kind, lag = (rest[:2], int(rest[2:] or 0)) if rest else (FS, 0)
        found.append(Link(ord(ends[0]), ord(ends[1]), kind, lag))
    return found


def test_a_network_of_finish_to_start_links() -> None:
    """Columbia University, Construction Scheduling, forward and backward pass: A to I in 21."""
    found = schedule(
        activities(A=2, B=5, C=9, D=3, E=6, F=4, G=2, H=4, I=2),
        links("AB", "AC", "AD", "BE", "BF", "CF", "CG", "DG", "EH", "FH", "GI", "HI"),
    )

    told = {chr(id_): times[:5] for id_, times in found.items()}
    assert told == {
        "A": (0, 2, 0, 2, 0), "B": (2, 7, 4, 9, 2), "C": (2, 11, 2, 11, 0),
        "D": (2, 5, 14, 17, 12), "E": (7, 13, 9, 15, 2), "F": (11, 15, 11, 15, 0),
        "G": (11, 13, 17, 19, 6), "H": (15, 19, 15, 19, 0), "I": (19, 21, 19, 21, 0),
    }  # fmt: skip
    assert "".join(chr(id_) for id_, times in found.items() if times.critical) == "ACFHI"
    assert {chr(id_): found[id_].free_slack for id_ in map(ord, "BDEG")} == {
        "B": 0, "D": 6, "E": 2, "G": 6,
    }  # fmt: skip


def test_overlapping_work_by_start_and_finish() -> None:
    """Mubarak, Construction Project Scheduling and Control, contiguous activities: 5, 7 and 3."""
    found = schedule(activities(A=5, B=7, C=3), links("AB:SS", "AB:FF", "BC:SS", "BC:FF"))

    assert {chr(id_): times[:4] for id_, times in found.items()} == {
        "A": (0, 5, 0, 5), "B": (0, 7, 0, 7), "C": (4, 7, 4, 7),
    }  # fmt: skip


def test_start_to_finish_and_lags() -> None:
    found = schedule([*activities(A=5, B=3), Activity(ord("C"), 2, 1)], links("AB:SF+4", "AC:FS+2"))

    assert {chr(id_): times[:2] for id_, times in found.items()} == {
        "A": (0, 5), "B": (1, 4), "C": (7, 9),
    }  # fmt: skip


def test_a_circle_is_refused_and_named() -> None:
    with pytest.raises(CycleError) as refused:
        schedule(activities(A=1, B=1, C=1, D=1), links("AB", "BC", "CB", "CD"))

    assert [chr(id_) for id_ in refused.value.ids] == ["B", "C", "B"]
    assert critical_path.way(links("AB", "BD", "AC"), ord("A"), ord("D")) == [65, 66, 68]


EDGE = st.tuples(st.integers(0, 7), st.integers(1, 4), st.sampled_from(KINDS), st.integers(-3, 5))


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.lists(EDGE, max_size=14))
def test_early_is_the_least_and_late_the_greatest_that_every_link_allows(
    days: list[int], edges: list[tuple[int, int, str, int]]
) -> None:
    work = [Activity(place, each) for place, each in enumerate(days)]
    between = [
        Link(first, first + step, kind, lag)
        for first, step, kind, lag in edges
        if first + step < len(days)
    ]
    found = schedule(work, between)
    end = max(times.early_finish for times in found.values())

    def holds(starts: dict[int, int]) -> bool:
        return all(_held(link, starts, days) for link in between)

    early = {id_: times.early_start for id_, times in found.items()}
    late = {id_: times.late_start for id_, times in found.items()}
    assert holds(early)
    assert holds(late)
    for id_, times in found.items():
        assert early[id_] == 0 or not holds({**early, id_: early[id_] - 1})
        assert times.late_finish == end or not holds({**late, id_: late[id_] + 1})
        assert 0 <= times.free_slack <= times.total_slack
        assert holds({**early, id_: early[id_] + times.free_slack})


def _held(link: Link, starts: dict[int, int], days: list[int]) -> bool:
    first, second = starts[link.before], starts[link.after]
    ends = {
        FS: (first + days[link.before], second),
        SS: (first, second),
        FF: (first + days[link.before], second + days[link.after]),
        SF: (first, second + days[link.after]),
    }[link.kind]
    return ends[0] + link.lag <= ends[1]


def test_weekends_and_holidays_are_no_working_days() -> None:
    days = WorkingDays(MONDAY, holidays=(date(2026, 3, 10), date(2026, 3, 14)))

    assert days.on(4, 3) == (date(2026, 3, 6), date(2026, 3, 11))
    assert days.on(5, 0) == (date(2026, 3, 6), date(2026, 3, 6))
    assert days.last_of(date(2026, 3, 7), 2) == date(2026, 3, 11)
    assert days.count(MONDAY, date(2026, 3, 15)) == 9


@settings(max_examples=25)
@given(
    st.integers(-400, 400),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=9),
)
def test_days_are_counted_there_and_back(
    index: int, weekdays: set[int], holidays: set[date]
) -> None:
    days = WorkingDays(MONDAY, weekdays, holidays)
    day = days.day(index)

    assert days.works(day)
    assert days.index(day) == index
