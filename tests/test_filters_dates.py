"""Words for dates, on Monday 2026-05-04 at 09:00 UTC, which is 11:00 in Berlin."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from boconsole.filters.dates import add_workdays, read_length, read_moment

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("word", "start", "end"),
    [
        ("today", "2026-05-03T22:00", "2026-05-04T22:00"),
        ("yesterday", "2026-05-02T22:00", "2026-05-03T22:00"),
        ("tomorrow", "2026-05-04T22:00", "2026-05-05T22:00"),
        ("-7d", "2026-04-26T22:00", "2026-04-27T22:00"),
        ("2h", "2026-05-04T11:00", "2026-05-04T11:00"),
        ("fri", "2026-05-07T22:00", "2026-05-08T22:00"),
        ("monday", "2026-05-10T22:00", "2026-05-11T22:00"),
        ("this-month", "2026-04-30T22:00", "2026-05-31T22:00"),
        ("last-week", "2026-04-26T22:00", "2026-05-03T22:00"),
        ("next-year", "2026-12-31T23:00", "2027-12-31T23:00"),
        ("2026", "2025-12-31T23:00", "2026-12-31T23:00"),
        ("2026-05", "2026-04-30T22:00", "2026-05-31T22:00"),
        ("2026-05-01", "2026-04-30T22:00", "2026-05-01T22:00"),
        ("2026q1", "2025-12-31T23:00", "2026-03-31T22:00"),
        ("2026-05-01T08:00", "2026-05-01T06:00", "2026-05-01T06:01"),
        ("2026-05-01T08:00Z", "2026-05-01T08:00", "2026-05-01T08:01"),
        ("2026-05-01 08:00+05:00", "2026-05-01T03:00", "2026-05-01T03:01"),
        ("08:00", "2026-05-04T06:00", "2026-05-04T06:01"),
        ("31/12", "2026-12-30T23:00", "2026-12-31T23:00"),
        ("3/5", "2027-05-02T22:00", "2027-05-03T22:00"),
        ("eow", "2026-05-09T22:00", "2026-05-10T22:00"),
    ],
)
def test_colon_means_the_whole_span(word: str, start: str, end: str) -> None:
    moment = read_moment(word, NOW, BERLIN)

    assert moment is not None
    assert moment.start.isoformat()[:16] == start
    assert moment.end.isoformat()[:16] == end


@pytest.mark.parametrize(
    ("word", "point"),
    [
        ("now", "2026-05-04T09:00"),
        ("-7d", "2026-04-27T09:00"),
        ("+3d", "2026-05-07T09:00"),
        ("1d2h", "2026-05-05T11:00"),
        ("1bd", "2026-05-05T09:00"),
        ("-1bd", "2026-05-01T09:00"),
        ("1mo", "2026-06-04T09:00"),
        ("1y", "2027-05-04T09:00"),
        ("sow", "2026-05-03T22:00"),
        ("eow", "2026-05-10T22:00"),
        ("eom", "2026-05-31T22:00"),
        ("eoq", "2026-06-30T22:00"),
        ("eoy", "2026-12-31T23:00"),
    ],
)
def test_before_and_after_cut_at_the_point(word: str, point: str) -> None:
    moment = read_moment(word, NOW, BERLIN)

    assert moment is not None
    assert moment.point is not None
    assert moment.point.isoformat()[:16] == point


@pytest.mark.parametrize("word", ["", "junk", "2026-13", "2026-02-30", "25:00", "99999999d", "mo"])
def test_other_words_are_no_dates(word: str) -> None:
    assert read_moment(word, NOW, BERLIN) is None


def test_days_keep_the_wall_clock_when_clocks_change() -> None:
    before = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)

    moment = read_moment("+1d", before, BERLIN)

    assert moment is not None
    assert moment.point == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "seconds"),
    [("30m", 1800), ("2h", 7200), ("2h30m", 9000), ("2h 30m", 9000), ("1d", 86_400),
     ("1w", 604_800), ("1bd", 28_800), ("-1h", -3600), ("x", None), ("1mo", None)],
)  # fmt: skip
def test_lengths_are_seconds(word: str, seconds: int | None) -> None:
    assert read_length(word) == seconds


def test_working_days_step_over_what_the_calendar_closes() -> None:
    friday = date(2026, 5, 1)

    assert add_workdays(friday, 1) == date(2026, 5, 4)
    assert add_workdays(friday, 1, lambda day: day.weekday() == 2) == date(2026, 5, 6)
