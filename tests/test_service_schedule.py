"""When service is due: pure cases of days and counters."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.assets.service.schedule import Due, Terms, first, following, notice

JAN31 = date(2026, 1, 31)
MAY4 = date(2026, 5, 4)
COUNTED = Terms("", JAN31, count_every=10_000, count_lead=500)


@pytest.mark.parametrize(
    ("every", "today", "day"),
    [
        ("1mo", date(2026, 1, 1), JAN31),
        ("1mo", date(2026, 2, 28), date(2026, 2, 28)),
        ("1mo", date(2026, 3, 1), date(2026, 3, 31)),
        ("2w", MAY4, date(2026, 5, 9)),
        ("90d", MAY4, date(2026, 7, 30)),
        ("1y", date(2027, 2, 1), date(2028, 1, 31)),
    ],
)
def test_the_first_day_is_the_next_of_the_calendar(every: str, today: date, day: date) -> None:
    assert first(Terms(every, JAN31), today, None) == Due(day, None)


@pytest.mark.parametrize(
    ("after_done", "done", "day"),
    [
        (False, date(2026, 4, 20), date(2026, 7, 31)),  # early, for the one of April
        (False, date(2026, 5, 4), date(2026, 7, 31)),  # late
        (False, date(2026, 8, 2), date(2026, 10, 31)),  # one was missed
        (True, date(2026, 4, 20), date(2026, 7, 20)),
        (True, date(2026, 8, 2), date(2026, 11, 2)),
    ],
)
def test_the_next_day_goes_by_the_calendar_or_by_the_work(
    after_done: bool, done: date, day: date
) -> None:
    terms = Terms("3mo", JAN31, after_done)

    assert following(terms, Due(date(2026, 4, 30), None), done, None).on == day


@pytest.mark.parametrize(
    ("after_done", "shown", "count"),
    [
        (False, 10_200, 20_000), (False, 9_800, 20_000), (False, 20_000, 30_000),
        (False, 31_500, 40_000), (False, None, 20_000), (True, 10_200, 20_200),
        (True, 9_800, 19_800), (True, None, 20_000),
    ],
)  # fmt: skip
def test_the_next_count_lies_ahead(after_done: bool, shown: int | None, count: int) -> None:
    terms = COUNTED._replace(after_done=after_done)

    assert following(terms, Due(None, 10_000), MAY4, shown) == Due(None, count)


def test_whichever_comes_first_opens_the_ticket() -> None:
    both = COUNTED._replace(every="1y", lead_days=14)
    due = Due(date(2026, 6, 30), 10_000)

    assert notice(both, due, MAY4, None) == date(2026, 6, 16)
    assert notice(both, due, MAY4, 9_499) == date(2026, 6, 16)
    assert notice(both, due, MAY4, 9_500) == MAY4
    assert notice(COUNTED, Due(None, 10_000), MAY4, 9_499) is None


def test_a_calendar_that_ends_is_due_never_again() -> None:
    late = Due(date(9998, 12, 1), None)

    assert following(Terms("2y", JAN31), late, date(9998, 12, 1), None) == Due(None, None)
    assert following(Terms("2y", JAN31, True), late, date(9999, 1, 1), None) == Due(None, None)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("1d", "3d", "2w", "1mo", "5mo", "1y")), st.dates(JAN31, date(2060, 1, 1)),
    st.booleans(),
)  # fmt: skip
def test_the_next_day_always_follows_the_work(every: str, done: date, after_done: bool) -> None:
    due = first(Terms(every, JAN31, after_done), done, None)

    assert due.on is not None
    assert done <= due.on
    found = following(Terms(every, JAN31, after_done), due, done, None).on
    assert found is not None
    assert found > done
    assert found - max(due.on, done) <= timedelta(days=366)
