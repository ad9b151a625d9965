"""Why a due time falls where it falls."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.sla.calendar import Calendar
from boconsole.sla.clock import Pause, due
from boconsole.sla.trace import TraceDay, trace

HOUR = 3600
OFFICE = Calendar.from_toml("""
timezone = "Europe/Berlin"
holidays = ["2024-12-25", "12-26", "12-24 12:00-24:00"]
[hours]
mon = ["09:00-12:00", "13:00-17:00"]
tue = ["09:00-17:00"]
wed = ["09:00-17:00"]
thu = ["09:00-17:00"]
fri = ["09:00-17:00"]
""")
ALWAYS = Calendar.from_toml("""
timezone = "Europe/Berlin"
[hours]
mon = ["00:00-24:00"]
tue = ["00:00-24:00"]
wed = ["00:00-24:00"]
thu = ["00:00-24:00"]
fri = ["00:00-24:00"]
sat = ["00:00-24:00"]
sun = ["00:00-24:00"]
""")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_trace_tells_each_day() -> None:
    pause = (at("2024-12-23T13:00"), at("2024-12-24T09:00"))

    days = trace(OFFICE, at("2024-12-23T11:30"), 8 * HOUR, [pause])

    assert days == [
        TraceDay(date(2024, 12, 23), ((540, 720), (780, 1020)), "", HOUR, 3 * HOUR, HOUR),
        TraceDay(
            date(2024, 12, 24), ((540, 720),), "holiday 12-24 12:00-24:00", 2 * HOUR, HOUR, 3 * HOUR
        ),
        TraceDay(date(2024, 12, 25), (), "holiday 2024-12-25", 0, 0, 3 * HOUR),
        TraceDay(date(2024, 12, 26), (), "holiday 12-26", 0, 0, 3 * HOUR),
        TraceDay(date(2024, 12, 27), ((540, 1020),), "", 5 * HOUR, 0, 8 * HOUR),
    ]


def test_trace_ends_where_an_endless_pause_starts() -> None:
    days = trace(OFFICE, at("2024-12-02T08:00"), 8 * HOUR, [(at("2024-12-02T10:00"), None)])

    assert [day.running_total for day in days] == [2 * HOUR]


def test_endless_pause_before_the_start_counts_nothing() -> None:
    days = trace(OFFICE, at("2024-12-02T08:00"), 8 * HOUR, [(at("2024-12-01T10:00"), None)])

    assert [day.running_total for day in days] == [0]


def test_pause_is_told_by_local_day_zammad_c11() -> None:
    pending = (at("2024-06-03T10:00"), at("2024-06-08T10:00"))

    days = trace(ALWAYS, at("2024-06-02T22:00"), 24 * HOUR, [pending])

    assert [day.paused_seconds // HOUR for day in days] == [12, 24, 24, 24, 24, 12, 0]


INSTANTS = st.integers(1_600_000_000, 1_760_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@given(
    st.sampled_from([OFFICE, ALWAYS]),
    INSTANTS,
    st.integers(0, 300_000),
    st.lists(st.tuples(st.integers(-100_000, 900_000), st.integers(0, 400_000)), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_trace_adds_up_to_the_target(
    calendar: Calendar, start: datetime, seconds: int, lengths: list[tuple[int, int]]
) -> None:
    pauses: list[Pause] = [
        (start + timedelta(seconds=after), start + timedelta(seconds=after + length))
        for after, length in lengths
    ]

    days = trace(calendar, start, seconds, pauses)

    found = due(calendar, start, seconds, pauses)
    assert sum(day.counted_seconds for day in days) == days[-1].running_total == seconds
    assert days[0].day == start.astimezone(calendar.zone).date()
    assert days[-1].day == found.astimezone(calendar.zone).date()


@pytest.mark.parametrize("seconds", [0, 1])
def test_trace_of_a_start_out_of_hours_begins_on_that_day(seconds: int) -> None:
    days = trace(OFFICE, at("2024-12-07T08:00"), seconds)

    assert [(day.day.day, day.note) for day in days] == [(7, "closed"), (8, "closed"), (9, "")]
