"""Due and used time: the worked cases of other helpdesks, clock changes, properties."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boconsole.sla.calendar import Calendar
from boconsole.sla.clock import Pause, due, due_days, elapsed, shift
from boconsole.sla.errors import NegativeTargetError, StandingClockError, UnreachableDueError

YEARLY = ["01-01", "05-01", "12-24", "12-25", "12-26", "12-31"]
ALL_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def make_calendar(
    zone: str, hours: dict[str, list[str]], holidays: list[str] | None = None
) -> Calendar:
    return Calendar.from_table({"timezone": zone, "hours": hours, "holidays": holidays or []})


def weekdays(*spans: str) -> dict[str, list[str]]:
    return {day: list(spans) for day in ALL_WEEK[:5]}


def daily(*spans: str) -> dict[str, list[str]]:
    return {day: list(spans) for day in ALL_WEEK}


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


H6 = weekdays("08:30-19:00") | {"mon": ["10:30-19:00"]}
SUNDAY = make_calendar("UTC", {"sun": ["09:00-17:00"]})
MONDAY = make_calendar("UTC", {"mon": ["09:00-17:00"]})
MONDAY_TUESDAY = make_calendar("UTC", {"mon": ["09:00-17:00"], "tue": ["09:00-17:00"]})
MOSCOW = make_calendar("Europe/Moscow", weekdays("09:00-18:00"))
NEW_YORK = make_calendar("America/New_York", weekdays("09:00-18:00"))
BERLIN_H1 = make_calendar("Europe/Berlin", weekdays("08:00-18:00"))
BERLIN_H1_YV = make_calendar("Europe/Berlin", weekdays("08:00-18:00"), YEARLY)
BERLIN_H2 = make_calendar("Europe/Berlin", daily("09:00-18:00"))
BERLIN_H3 = make_calendar("Europe/Berlin", weekdays("08:00-20:00"), ["2016-11-01"])
BERLIN_H4_YV = make_calendar("Europe/Berlin", weekdays("08:00-13:00", "14:00-18:00"), YEARLY)
BERLIN_ALWAYS = make_calendar("Europe/Berlin", daily("00:00-24:00"))
BERLIN_ALWAYS_YV = make_calendar("Europe/Berlin", daily("00:00-24:00"), YEARLY)
SAO_PAULO_ALWAYS_YV = make_calendar("America/Sao_Paulo", daily("00:00-24:00"), YEARLY)
ALWAYS = make_calendar("UTC", daily("00:00-24:00"))
GLPI_H6 = make_calendar("UTC", H6)
GLPI_H7 = make_calendar("UTC", weekdays("08:00-20:00"))

BERLIN = "Europe/Berlin"
HOUR = 3600


@pytest.mark.parametrize(
    ("calendar", "start", "seconds", "expected"),
    [
        pytest.param(SUNDAY, at("2007-01-01T00:00"), 0, at("2007-01-07T09:00"), id="RT-A1-starts"),
        pytest.param(SUNDAY, at("2007-01-01T00:00"), HOUR, at("2007-01-07T10:00"), id="RT-A1"),
        pytest.param(MONDAY, at("2007-01-01T00:00"), HOUR, at("2007-01-01T10:00"), id="RT-A2"),
        pytest.param(
            MONDAY_TUESDAY, at("2007-01-01T13:15"), 0, at("2007-01-01T13:15"), id="RT-A3-open"
        ),
        pytest.param(
            MONDAY_TUESDAY, at("2007-01-01T19:15"), 0, at("2007-01-02T09:00"), id="RT-A3-evening"
        ),
        pytest.param(
            MONDAY_TUESDAY, at("2007-01-06T13:15"), 0, at("2007-01-08T09:00"), id="RT-A3-saturday"
        ),
        pytest.param(NEW_YORK, at("2007-01-01T22:00"), 0, at("2007-01-01T22:00"), id="RT-A4-start"),
        pytest.param(
            NEW_YORK, at("2007-01-01T22:00"), 2 * HOUR, at("2007-01-02T15:00"), id="RT-A4"
        ),
        pytest.param(MOSCOW, at("2007-01-01T22:00"), 0, at("2007-01-02T06:00"), id="RT-A5-starts"),
        pytest.param(MOSCOW, at("2007-01-01T22:00"), 2 * HOUR, at("2007-01-02T08:00"), id="RT-A5"),
        pytest.param(
            BERLIN_H4_YV, at("2015-03-27T11:00"), 15 * HOUR, at("2015-03-31T07:00"), id="Znuny-A7"
        ),
        pytest.param(
            BERLIN_H1_YV,
            at("2016-02-01T16:59:30", BERLIN),
            7 * HOUR // 2,
            at("2016-02-02T10:29:30", BERLIN),
            id="Znuny-A9",
        ),
        pytest.param(
            BERLIN_H4_YV,
            at("2016-01-31T12:25:30", BERLIN),
            45 * HOUR + 25 * 60 + 30,
            at("2016-02-08T08:25:30", BERLIN),
            id="Znuny-A11",
        ),
        pytest.param(
            BERLIN_H1_YV,
            at("2013-03-16T10:00", BERLIN),
            60,
            at("2013-03-18T08:01", BERLIN),
            id="Znuny-A13",
        ),
        pytest.param(
            BERLIN_ALWAYS_YV,
            at("2015-02-17T12:00", BERLIN),
            (90 * 24 + 1) * HOUR,
            at("2015-05-19T14:00", BERLIN),
            id="Znuny-A15",
        ),
        pytest.param(
            SAO_PAULO_ALWAYS_YV,
            at("2015-10-17T22:00", "America/Sao_Paulo"),
            7 * HOUR,
            at("2015-10-18T06:00", "America/Sao_Paulo"),
            id="Znuny-A17",
        ),
        pytest.param(
            BERLIN_H3, at("2016-11-01T13:56:21"), 120 * 60, at("2016-11-02T09:00"), id="Zammad-C9"
        ),
        pytest.param(
            BERLIN_H3,
            at("2016-11-01T13:56:21"),
            1200 * 60,
            at("2016-11-03T15:00"),
            id="Zammad-C9-update",
        ),
        pytest.param(
            GLPI_H6, at("2034-06-09T08:46:12"), 30 * 60, at("2034-06-09T09:16:12"), id="GLPI-D1"
        ),
    ],
)
def test_due_agrees_with_worked_case(
    calendar: Calendar, start: datetime, seconds: int, expected: datetime
) -> None:
    assert due(calendar, start, seconds) == expected


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected"),
    [
        (BERLIN_H1, at("2013-03-21T09:30"), at("2013-03-21T10:00"), 30 * 60),
        (BERLIN_H1, at("2013-03-21T09:30"), at("2013-03-21T11:00"), 90 * 60),
        (BERLIN_H1, at("2013-03-21T09:30"), at("2013-03-21T11:30"), 120 * 60),
        (BERLIN_H1, at("2013-03-21T09:30"), at("2013-03-21T12:00"), 150 * 60),
        (BERLIN_H1, at("2013-03-21T09:30"), at("2013-03-21T13:00"), 210 * 60),
        (BERLIN_H1, at("2013-03-21T09:30"), at("2013-03-21T14:00"), 270 * 60),
        (BERLIN_H1, at("2013-03-21T14:00"), at("2013-03-21T09:30"), 0),
        (
            BERLIN_ALWAYS_YV,
            at("2016-03-26T22:24:39", BERLIN),
            at("2016-03-28T23:24:39", BERLIN),
            172_800,
        ),
        (GLPI_H7, at("2019-01-01T07:00"), at("2019-01-01T09:00"), HOUR),
        (GLPI_H7, at("2019-01-01T06:00"), at("2019-01-01T07:00"), 0),
        (GLPI_H7, at("2019-01-01T00:00"), at("2019-01-08T00:00"), 60 * HOUR),
        (GLPI_H7, at("2019-01-08T00:00"), at("2019-01-01T00:00"), 0),
    ],
    ids=[
        *(f"Zammad-B1-{number}" for number in range(1, 7)),
        "Zammad-B3-reversed",
        "Znuny-B5-clock-change",
        *(f"GLPI-B7-{number}" for number in range(1, 5)),
    ],
)
def test_elapsed_agrees_with_worked_case(
    calendar: Calendar, start: datetime, end: datetime, expected: int
) -> None:
    assert elapsed(calendar, start, end) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 120, 90), (30, 120, 60), (0, 30, 30)],
    ids=["creation", "after-half-an-hour", "first-half-hour"],
)
def test_pending_time_is_not_counted_zammad_c1(start: int, end: int, expected: int) -> None:
    created = at("2021-03-01T00:00")
    pending = (created + timedelta(minutes=90), created + timedelta(minutes=120))

    used = elapsed(
        ALWAYS, created + timedelta(minutes=start), created + timedelta(minutes=end), [pending]
    )

    assert used == expected * 60


def test_due_on_closing_becomes_next_opening_zammad_c3() -> None:
    pending = (at("2013-06-04T10:00"), at("2013-06-04T15:00"))

    found = due(BERLIN_H2, at("2013-06-04T09:00"), 120 * 60, [pending])

    assert found == at("2013-06-05T07:00")


D3_PAUSE = (at("2034-06-09T09:15:27"), at("2034-06-09T11:23:49"))


@pytest.mark.parametrize(
    ("pauses", "target", "expected_due", "step", "expected_step"),
    [
        ([], 30 * 60, "2034-06-09T09:16:12", -10 * 60, "2034-06-09T09:06:12"),
        ([D3_PAUSE], 4 * HOUR, "2034-06-09T14:54:34", 10 * HOUR, "2034-06-12T16:24:34"),
        ([], 4 * HOUR, "2034-06-09T12:46:12", 10 * HOUR, "2034-06-12T14:16:12"),
    ],
    ids=["GLPI-D1", "GLPI-D3-resolve", "GLPI-D3-own"],
)
def test_step_is_found_from_due_time(
    pauses: list[Pause], target: int, expected_due: str, step: int, expected_step: str
) -> None:
    found = due(GLPI_H6, at("2034-06-09T08:46:12"), target, pauses)

    assert found == at(expected_due)
    assert shift(GLPI_H6, found, step) == at(expected_step)


def test_steps_follow_the_start_of_their_target_glpi_d11() -> None:
    created, agreed = at("2024-02-05T09:00"), at("2024-02-05T10:00")

    service = due(ALWAYS, created, 4 * HOUR)
    operation = due(ALWAYS, agreed, 2 * HOUR)

    assert shift(ALWAYS, service, -15 * 60) == at("2024-02-05T12:45")
    assert shift(ALWAYS, operation, -45 * 60) == at("2024-02-05T11:15")


def test_days_keep_the_clock_time_glpi_d5() -> None:
    found = due_days(GLPI_H6, at("2034-06-09T08:46:12"), 5)

    assert found == at("2034-06-16T08:46:12")
    assert shift(GLPI_H6, found, -8 * HOUR) == at("2034-06-15T11:16:12")


def test_days_take_pauses_as_working_time_glpi_d7() -> None:
    start = at("2034-06-07T10:00")
    pauses = [
        (at("2034-06-07T11:00"), at("2034-06-13T11:00")),
        (at("2034-06-14T07:00"), at("2034-06-14T18:00")),
    ]

    resolve = due_days(GLPI_H6, start, 5, pauses=pauses)
    own = due_days(GLPI_H6, start, 5)

    assert (resolve, due_days(GLPI_H6, resolve, 15)) == (
        at("2034-06-21T09:00"),
        at("2034-07-12T09:00"),
    )
    assert (own, due_days(GLPI_H6, own, 15)) == (at("2034-06-14T10:00"), at("2034-07-05T10:00"))


@pytest.mark.parametrize(
    ("days", "end_of_day", "expected"),
    [
        (7, False, "2018-11-28T10:00"),
        (7, True, "2018-11-28T20:00"),
        (-7, False, "2018-11-08T10:00"),
        (-7, True, "2018-11-08T20:00"),
    ],
)
def test_days_go_both_ways_glpi_d9(days: int, end_of_day: bool, expected: str) -> None:
    found = due_days(GLPI_H7, at("2018-11-19T10:00"), days, end_of_day=end_of_day)

    assert found == at(expected)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2034-06-10T03:00", 1, "2034-06-13T10:30"),
        ("2034-06-06T09:00", 4, "2034-06-12T10:30"),
        ("2034-06-06T22:00", 1, "2034-06-07T19:00"),
        ("2034-06-10T03:00", 0, "2034-06-12T10:30"),
    ],
    ids=["day-off-starts-at-opening", "before-opening", "after-closing", "no-day"],
)
def test_days_move_into_the_hours(start: str, days: int, expected: str) -> None:
    assert due_days(GLPI_H6, at(start), days) == at(expected)


def test_days_beyond_the_horizon_are_refused() -> None:
    with pytest.raises(UnreachableDueError):
        due_days(GLPI_H6, at("2034-06-10T03:00"), 30_000)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2024, 3, 31), 23), (date(2024, 10, 27), 25), (date(2024, 6, 1), 24)],
    ids=["spring", "autumn", "plain"],
)
def test_whole_day_lasts_as_long_as_the_clock_says(day: date, hours: int) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(BERLIN))
    end = start + timedelta(days=1)

    assert elapsed(BERLIN_ALWAYS, start, end) == hours * HOUR
    assert due(BERLIN_ALWAYS, start, hours * HOUR) == end


@pytest.mark.parametrize(
    ("zone", "spans", "day", "seconds"),
    [
        (BERLIN, ["02:00-03:00"], "2024-03-31", 0),
        (BERLIN, ["02:30-05:00"], "2024-03-31", 2 * HOUR),
        (BERLIN, ["02:00-03:00"], "2024-10-27", 2 * HOUR),
        (BERLIN, ["01:00-02:30"], "2024-10-27", 2 * HOUR),
        ("America/Sao_Paulo", ["00:00-02:00"], "2015-10-18", HOUR),
        ("America/Havana", ["00:00-02:00"], "2024-11-03", 3 * HOUR),
        ("Australia/Lord_Howe", ["00:00-24:00"], "2024-04-07", 24 * HOUR + 1800),
        ("Pacific/Apia", ["00:00-24:00"], "2011-12-30", 0),
        ("Asia/Kolkata", ["00:00-24:00"], "2024-04-07", 24 * HOUR),
    ],
)
def test_second_is_open_when_the_wall_clock_says_so(
    zone: str, spans: list[str], day: str, seconds: int
) -> None:
    calendar = make_calendar(zone, daily(*spans))
    start = at(day, zone).astimezone(UTC)
    end = at((date.fromisoformat(day) + timedelta(days=1)).isoformat(), zone).astimezone(UTC)

    assert elapsed(calendar, start, end) == seconds


def test_negative_target_is_refused() -> None:
    with pytest.raises(NegativeTargetError):
        due(ALWAYS, at("2024-01-01T00:00"), -1)


def test_endless_pause_has_no_due_time() -> None:
    pause = (at("2024-01-01T01:00"), None)

    assert due(ALWAYS, at("2024-01-01T00:00"), HOUR - 1, [pause]) == at("2024-01-01T00:59:59")
    with pytest.raises(StandingClockError):
        due(ALWAYS, at("2024-01-01T00:00"), HOUR, [pause])


def test_overlapping_pauses_are_taken_out_once() -> None:
    pauses = [
        (at("2024-01-01T02:00"), at("2024-01-01T04:00")),
        (at("2024-01-01T01:00"), at("2024-01-01T03:00")),
        (at("2024-01-01T05:00"), at("2024-01-01T04:30")),
    ]

    assert due(ALWAYS, at("2024-01-01T00:00"), 2 * HOUR, pauses) == at("2024-01-01T05:00")
    assert elapsed(ALWAYS, at("2024-01-01T00:00"), at("2024-01-01T05:00"), pauses) == 2 * HOUR


@pytest.mark.parametrize("seconds", [10**8, 10**18])
def test_target_longer_than_the_horizon_is_refused(seconds: int) -> None:
    calendar = make_calendar("UTC", {"mon": ["09:00-09:10"]})

    with pytest.raises(UnreachableDueError):
        due(calendar, at("2024-01-01T00:00"), seconds)


@pytest.mark.parametrize("start", ["0001-01-01T00:00", "9999-12-30T00:00"])
def test_edge_of_time_is_refused(start: str) -> None:
    with pytest.raises(UnreachableDueError):
        due(BERLIN_H1, at(start), 60)


def test_instant_without_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        due(ALWAYS, datetime(2024, 1, 1), 60)  # noqa: DTZ001


def test_fractions_of_a_second_are_dropped() -> None:
    assert due(ALWAYS, at("2024-01-01T00:00:00.900"), 1) == at("2024-01-01T00:00:01")


CALENDARS = st.sampled_from(
    [
        BERLIN_H1_YV,
        BERLIN_H4_YV,
        BERLIN_ALWAYS,
        SAO_PAULO_ALWAYS_YV,
        make_calendar("America/New_York", {"sun": ["01:15-02:45"], "mon": ["00:00-24:00"]}),
        make_calendar("Pacific/Apia", daily("23:00-24:00", "00:00-01:30")),
        make_calendar("Asia/Kathmandu", weekdays("09:00-12:00"), ["12-24 10:00-24:00"]),
        GLPI_H6,
    ]
)
INSTANTS = st.integers(1_262_304_000, 1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)
TARGETS = st.integers(0, 3_000_000)
PAUSES = st.lists(
    st.tuples(INSTANTS, st.integers(0, 5_000_000)).map(
        lambda pair: (pair[0], pair[0] + timedelta(seconds=pair[1]))
    ),
    max_size=4,
)


@given(CALENDARS, INSTANTS, TARGETS, PAUSES)
@settings(max_examples=150, deadline=None)
def test_time_used_until_due_is_the_target(
    calendar: Calendar, start: datetime, seconds: int, pauses: list[Pause]
) -> None:
    found = due(calendar, start, seconds, pauses)

    assert elapsed(calendar, start, found, pauses) == seconds
    assert elapsed(calendar, start, found + timedelta(seconds=1), pauses) == seconds + 1


@given(CALENDARS, INSTANTS, TARGETS, TARGETS)
@settings(max_examples=100, deadline=None)
def test_more_time_is_due_later(calendar: Calendar, start: datetime, one: int, two: int) -> None:
    earlier = due(calendar, start, min(one, two))
    later = due(calendar, start, max(one, two))

    assert (earlier < later) == (one != two)


@given(CALENDARS, INSTANTS, TARGETS)
@settings(max_examples=100, deadline=None)
def test_shift_back_returns_to_the_start(calendar: Calendar, start: datetime, seconds: int) -> None:
    found = shift(calendar, start, seconds)

    assert shift(calendar, found, -seconds) == shift(calendar, start, 0)


@given(CALENDARS, INSTANTS, INSTANTS, INSTANTS, PAUSES)
@settings(max_examples=100, deadline=None)
def test_used_time_adds_up(
    calendar: Calendar, one: datetime, two: datetime, three: datetime, pauses: list[Pause]
) -> None:
    instants = sorted((one, two, three))

    parts = [elapsed(calendar, low, high, pauses) for low, high in pairwise(instants)]

    assert sum(parts) == elapsed(calendar, instants[0], instants[-1], pauses)


def _is_open(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(calendar.zone)
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in calendar.spans_on(local.date()))


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        (BERLIN, "2024-03-29"),
        (BERLIN, "2024-10-25"),
        ("America/Sao_Paulo", "2016-02-19"),
        ("Pacific/Apia", "2011-12-28"),
        ("America/St_Johns", "2010-11-05"),
        ("Australia/Lord_Howe", "2024-04-05"),
    ],
)
def test_counting_minute_by_minute_gives_the_same(zone: str, first: str) -> None:
    calendar = make_calendar(
        zone, daily("00:00-00:45", "01:15-02:40", "23:30-24:00"), ["12-29 00:00-02:00"]
    )
    start = at(first)

    minutes = [start + timedelta(minutes=number) for number in range(4 * 1440)]

    counted = sum(_is_open(calendar, minute) for minute in minutes)
    assert elapsed(calendar, start, start + timedelta(days=4)) == counted * 60
