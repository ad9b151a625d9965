"""Business calendars: the hours of a week in a zone, and the days that are closed.

A calendar always has open minutes; what would have none is refused when it is made.
"""

import json
import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from boconsole.language import N_, _
from boconsole.sla.errors import CalendarError
from boconsole.sla.spans import Closing, Span, Timeline, without

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KEYS = ("timezone", "hours", "holidays")

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})", re.ASCII)
_HOLIDAY = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})(?:\s+(\S.*))?", re.ASCII)
_HOLIDAY_FORM = N_(
    'write "2024-12-25", "12-25" for every year, or "12-24 12:00-24:00" for a part of the day'
)


@dataclass(frozen=True)
class Calendar:
    """Open hours of a week in one zone, less the holidays.

    Attributes:
        zone: Where the wall clock hangs that the hours are read from.
        hours: For each weekday from Monday its spans in minutes, [start, end), in order.
        holidays: Closed days and parts of days.
    """

    zone: ZoneInfo
    hours: tuple[tuple[Span, ...], ...]
    holidays: tuple[Closing, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a calendar that is never open."""
        if not any(self.hours):
            raise CalendarError(
                "hours", _('no open minute; give a day such as mon = ["09:00-17:00"]')
            )
        if not _ever_open(self.hours, self.holidays):
            raise CalendarError("holidays", _("the yearly holidays leave no open minute"))

    @classmethod
    def from_toml(cls, text: str) -> "Calendar":
        """Read a calendar file; raises CalendarError."""
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise CalendarError("file", _("is not TOML: {fault}").format(fault=fault)) from None
        return cls.from_table(table)

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> "Calendar":
        """Make a calendar of a table with `timezone`, `hours` and perhaps `holidays`.

        Hours are lists of `HH:MM-HH:MM` by weekday (`mon` to `sun`), where 24:00 ends a day and
        a missing day is closed. Holidays are dates, `MM-DD` for every year, or either of them
        with a span, as in `2024-12-24 12:00-24:00`, for a part of the day.

        Raises:
            CalendarError: Any fault, with its key.
        """
        for key in table:
            if key not in KEYS:
                raise CalendarError(
                    key, _("unknown key; allowed: {keys}").format(keys=", ".join(KEYS))
                )
        return cls(
            _read_zone(table.get("timezone")),
            _read_hours(table.get("hours", {})),
            _read_holidays(table.get("holidays", [])),
        )

    def to_table(self) -> dict[str, object]:
        """Return the table that `from_table` reads."""
        return {
            "timezone": self.zone.key,
            "hours": {
                weekday: [format_span(span) for span in spans]
                for weekday, spans in zip(WEEKDAYS, self.hours, strict=True)
                if spans
            },
            "holidays": [format_closing(closing) for closing in self.holidays],
        }

    @classmethod
    def from_json(cls, text: str) -> "Calendar":
        """Read what `to_json` wrote; raises CalendarError."""
        try:
            table = json.loads(text)
        except ValueError as fault:
            raise CalendarError("file", _("is not JSON: {fault}").format(fault=fault)) from None
        if not isinstance(table, dict):
            raise CalendarError("file", _("is no table"))
        return cls.from_table(table)

    def to_json(self) -> str:
        """Return the calendar as text to be stored."""
        return json.dumps(self.to_table(), sort_keys=True)

    @cached_property
    def timeline(self) -> Timeline:
        """The open seconds, counted once for each year they are asked for."""
        week = [[(start * 60, end * 60) for start, end in spans] for spans in self.hours]
        return Timeline(self.zone, week, self.holidays)

    def closings_on(self, day: date) -> tuple[Closing, ...]:
        """Return the holidays that fall on a date, whole or in part."""
        return tuple(
            closing
            for closing in self.holidays
            if (closing.month, closing.day) == (day.month, day.day)
            and closing.year in (None, day.year)
        )

    def is_holiday(self, day: date) -> bool:
        """Return whether a whole date is a holiday."""
        return not without([(0, 1440)], [(c.start, c.end) for c in self.closings_on(day)])

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the minutes of a date that are open by the wall clock."""
        closed = [(closing.start, closing.end) for closing in self.closings_on(day)]
        return tuple(without(self.hours[day.weekday()], closed))


def format_span(span: Span) -> str:
    """Return `HH:MM-HH:MM`."""
    start, end = span
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def format_closing(closing: Closing) -> str:
    """Return a holiday as calendars write it."""
    year = "" if closing.year is None else f"{closing.year:04}-"
    whole = (closing.start, closing.end) == (0, 1440)
    part = "" if whole else f" {format_span((closing.start, closing.end))}"
    return f"{year}{closing.month:02}-{closing.day:02}{part}"


def _read_zone(value: object) -> ZoneInfo:
    if value is None:
        raise CalendarError("timezone", _('is missing; give one such as "Europe/Berlin"'))
    try:
        return ZoneInfo(value if isinstance(value, str) else "")
    except (KeyError, ValueError, OSError):
        raise CalendarError(
            "timezone",
            _('{value!r} is no known zone; give one such as "Europe/Berlin"').format(value=value),
        ) from None


def _read_hours(value: object) -> tuple[tuple[Span, ...], ...]:
    if not isinstance(value, Mapping):
        raise CalendarError(
            "hours",
            _("must be a table with the days {weekdays}").format(weekdays=", ".join(WEEKDAYS)),
        )
    for key in value:
        if key not in WEEKDAYS:
            raise CalendarError(
                f"hours.{key}",
                _("unknown day; allowed: {weekdays}").format(weekdays=", ".join(WEEKDAYS)),
            )
    return tuple(_read_day(f"hours.{day}", value.get(day, [])) for day in WEEKDAYS)


def _read_day(key: str, value: object) -> tuple[Span, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise CalendarError(key, _('must be a list such as ["09:00-12:00", "13:00-17:00"]'))
    spans = sorted(_read_span(key, text) for text in value)
    for (_start, earlier_end), later in pairwise(spans):
        if later[0] < earlier_end:
            raise CalendarError(
                key, _("{later} overlaps the span before it").format(later=format_span(later))
            )
    return tuple(spans)


def _read_span(key: str, text: object) -> Span:
    found = _SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        raise CalendarError(
            key, _("{text!r} is no span; write HH:MM-HH:MM, up to 24:00").format(text=text)
        )
    from_hour, from_minute, to_hour, to_minute = map(int, found.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or max(start, end) > 1440:
        raise CalendarError(
            key, _("{text!r} has no such time; hours go from 00:00 to 24:00").format(text=text)
        )
    if end <= start:
        raise CalendarError(
            key,
            _(
                "{text!r} does not end after it starts; a night is two spans, one on each day"
            ).format(text=text),
        )
    return start, end


def _read_holidays(value: object) -> tuple[Closing, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise CalendarError("holidays", _("must be a list; {form}").format(form=_(_HOLIDAY_FORM)))
    return tuple(_read_holiday(holiday) for holiday in value)


def _read_holiday(value: object) -> Closing:
    if isinstance(value, date) and not isinstance(value, datetime):
        return Closing(value.year, value.month, value.day)
    found = _HOLIDAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise CalendarError(
            "holidays",
            _("{value!r} is no holiday; {form}").format(value=value, form=_(_HOLIDAY_FORM)),
        )
    year_text, month, day = found[1], int(found[2]), int(found[3])
    year = int(year_text) if year_text else None
    # A year with 29 February stands for every year.
    known = year != 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year or 2000, month)[1]
    if not known:
        raise CalendarError(
            "holidays",
            _("{value!r} is no day of the calendar; {form}").format(
                value=value, form=_(_HOLIDAY_FORM)
            ),
        )
    start, end = _read_span("holidays", found[4]) if found[4] else (0, 1440)
    return Closing(year, month, day, start, end)


def _ever_open(hours: Sequence[Sequence[Span]], holidays: Sequence[Closing]) -> bool:
    """Return whether the yearly holidays leave any minute; those of one year pass by."""
    yearly: dict[tuple[int, int], list[Span]] = {}
    for closing in holidays:
        if closing.year is None:
            yearly.setdefault((closing.month, closing.day), []).append((closing.start, closing.end))
    return any(
        without(spans, yearly.get((month, day), []))
        for month in range(1, 13)
        for day in range(1, monthrange(2000, month)[1] + 1)
        for spans in hours
    )
