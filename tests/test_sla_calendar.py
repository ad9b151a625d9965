"""Calendars and instants as people write them, and what is refused."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from boconsole.sla.calendar import Calendar
from boconsole.sla.errors import CalendarError, InstantError
from boconsole.sla.instants import parse_instant

OFFICE = """
timezone = "Europe/Berlin"
holidays = ["2024-12-25", "05-01", "12-24 12:00-24:00", 2024-06-03]

[hours]
mon = ["13:00-17:00", "09:00-12:00"]
fri = ["00:00-24:00"]
sat = []
"""


def test_calendar_is_read_from_toml() -> None:
    calendar = Calendar.from_toml(OFFICE)

    assert calendar.zone == ZoneInfo("Europe/Berlin")
    assert calendar.hours[0] == ((540, 720), (780, 1020))
    assert calendar.hours[4] == ((0, 1440),)
    assert calendar.hours[1] == calendar.hours[5] == ()


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2024, 6, 10), ((540, 720), (780, 1020))),
        (date(2024, 6, 3), ()),
        (date(2026, 5, 1), ()),
        (date(2029, 12, 24), ((540, 720),)),
        (date(2024, 6, 11), ()),
    ],
    ids=["plain", "date", "every-year", "part-of-a-day", "no-hours"],
)
def test_day_has_its_hours_less_the_holidays(day: date, spans: tuple[tuple[int, int], ...]) -> None:
    assert Calendar.from_toml(OFFICE).spans_on(day) == spans


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2019-05-01", True),
        ("2019-05-02", False),
        ("2019-07-01", False),
        ("2019-07-12", True),
        ("2020-07-05", False),
        ("2020-08-15", False),
        ("2020-05-01", True),
    ],
)
def test_holidays_glpi_d13(day: str, expected: bool) -> None:
    july = [f"2019-07-{number:02}" for number in range(8, 32)]
    august = [f"2019-08-{number:02}" for number in range(1, 32)]
    calendar = Calendar.from_table(
        {
            "timezone": "UTC",
            "hours": {"mon": ["08:00-20:00"]},
            "holidays": ["05-01", *july, *august, "2019-09-01"],
        }
    )

    assert calendar.is_holiday(date.fromisoformat(day)) is expected


def test_calendar_comes_back_from_storage() -> None:
    calendar = Calendar.from_toml(OFFICE)

    assert Calendar.from_json(calendar.to_json()) == calendar


HOURS = {"mon": ["09:00-17:00"]}


@pytest.mark.parametrize(
    ("table", "key", "reason"),
    [
        ({"hours": HOURS}, "timezone", "is missing"),
        ({"timezone": "Mars/Olympus", "hours": HOURS}, "timezone", "no known zone"),
        ({"timezone": "Europe", "hours": HOURS}, "timezone", "no known zone"),
        ({"timezone": "../etc/passwd", "hours": HOURS}, "timezone", "no known zone"),
        ({"timezone": "", "hours": HOURS}, "timezone", "no known zone"),
        ({"timezone": 3, "hours": HOURS}, "timezone", "no known zone"),
        ({"timezone": "UTC"}, "hours", "no open minute"),
        ({"timezone": "UTC", "hours": {}}, "hours", "no open minute"),
        ({"timezone": "UTC", "hours": {"mon": []}}, "hours", "no open minute"),
        ({"timezone": "UTC", "hours": ["mon"]}, "hours", "must be a table"),
        ({"timezone": "UTC", "hours": HOURS, "colour": 1}, "colour", "unknown key"),
        ({"timezone": "UTC", "hours": {"monday": []}}, "hours.monday", "unknown day"),
        ({"timezone": "UTC", "hours": {"mon": "09:00-17:00"}}, "hours.mon", "must be a list"),
        ({"timezone": "UTC", "hours": {"mon": ["9-17"]}}, "hours.mon", "no span"),
        ({"timezone": "UTC", "hours": {"mon": [9]}}, "hours.mon", "no span"),
        ({"timezone": "UTC", "hours": {"mon": ["09:60-10:00"]}}, "hours.mon", "no such time"),
        ({"timezone": "UTC", "hours": {"mon": ["09:00-24:01"]}}, "hours.mon", "no such time"),
        ({"timezone": "UTC", "hours": {"mon": ["17:00-09:00"]}}, "hours.mon", "does not end after"),
        ({"timezone": "UTC", "hours": {"mon": ["09:00-09:00"]}}, "hours.mon", "does not end after"),
        (
            {"timezone": "UTC", "hours": {"mon": ["09:00-12:00", "11:59-13:00"]}},
            "hours.mon",
            "overlaps",
        ),
        ({"timezone": "UTC", "hours": HOURS, "holidays": ["Christmas"]}, "holidays", "no holiday"),
        ({"timezone": "UTC", "hours": HOURS, "holidays": ["25.12.2024"]}, "holidays", "no holiday"),
        ({"timezone": "UTC", "hours": HOURS, "holidays": "2024-12-25"}, "holidays", "be a list"),
        ({"timezone": "UTC", "hours": HOURS, "holidays": ["2023-02-29"]}, "holidays", "no day"),
        ({"timezone": "UTC", "hours": HOURS, "holidays": ["13-01"]}, "holidays", "no day"),
        ({"timezone": "UTC", "hours": HOURS, "holidays": ["0000-01-01"]}, "holidays", "no day"),
        ({"timezone": "UTC", "hours": HOURS, "holidays": ["12-24 noon"]}, "holidays", "no span"),
    ],
)
def test_faulty_calendar_is_refused(table: dict[str, object], key: str, reason: str) -> None:
    with pytest.raises(CalendarError) as refused:
        Calendar.from_table(table)

    assert refused.value.key == key
    assert reason in refused.value.reason


def test_calendar_closed_on_every_day_of_the_year_is_refused() -> None:
    holidays = [f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    holidays += [f"{month:02}-{day}" for month in range(1, 13) for day in (29, 30) if month != 2]
    holidays += ["02-29", *(f"{month:02}-31" for month in (1, 3, 5, 7, 8, 10, 12))]

    with pytest.raises(CalendarError, match="leave no open minute"):
        Calendar.from_table({"timezone": "UTC", "hours": HOURS, "holidays": holidays})


@pytest.mark.parametrize("text", ["timezone = ", "hours = 3\nhours = 4"])
def test_file_that_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(CalendarError, match="is not TOML"):
        Calendar.from_toml(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-01T10:00:00Z", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        ("2024-07-01t10:00:00z", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        ("2024-07-01T10:00:00+05:30", datetime(2024, 7, 1, 4, 30, tzinfo=UTC)),
        ("2024-07-01T10:00", datetime(2024, 7, 1, 8, tzinfo=UTC)),
        (" 2024-07-01 10:00:59.9 ", datetime(2024, 7, 1, 8, 0, 59, tzinfo=UTC)),
        ("2024-07-01", datetime(2024, 6, 30, 22, tzinfo=UTC)),
        ("2024-03-31T02:30", datetime(2024, 3, 31, 1, 30, tzinfo=UTC)),
        ("2024-10-27T02:30", datetime(2024, 10, 27, 0, 30, tzinfo=UTC)),
    ],
    ids=["utc", "lower-case", "offset", "zone", "fraction", "date", "skipped", "twice"],
)
def test_instant_is_read(text: str, expected: datetime) -> None:
    assert parse_instant(text, ZoneInfo("Europe/Berlin")) == expected


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2024-02-30T10:00Z", "2024-07-01T25:00Z", "9999-12-31T23:00-05:00"]
)
def test_text_that_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(InstantError):
        parse_instant(text, ZoneInfo("Europe/Berlin"))
