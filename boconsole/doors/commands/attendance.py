"""Attendance by command: in, out, and what days were."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.leave.attending import Attended, StayRow

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _stay(row: "StayRow", told: str) -> Answer:
    zone = ZoneInfo(row.zone)
    value = {"id": row.id, "day": str(row.day), "in": row.in_at.isoformat(),
             "out": row.out_at.isoformat() if row.out_at else None,
             "breaks": row.breaks}  # fmt: skip
    at = (row.out_at or row.in_at).astimezone(zone)
    return Answer(value, told.format(name=row.employee, day=row.day, time=f"{at:%H:%M}"))


def clock_in(call: Call) -> Answer:
    """Begin to work, now."""
    from boconsole.leave import attending

    row = attending.clock_in(call.session(), call.words.note)
    return _stay(row, _("{name} is at work since {time}."))


def clock_out(call: Call) -> Answer:
    """End to work, now."""
    from boconsole.leave import attending, typing

    breaks = typing.whole(call.words.breaks, "breaks")
    row = attending.clock_out(call.session(), breaks)
    return _stay(row, _("{name} left at {time}."))


def enter(call: Call) -> Answer:
    """Enter a stay by hand."""
    from boconsole.leave import attending, typing
    from boconsole.staff import finding

    session, words = call.session(), call.words
    row = attending.enter(
        session, finding.by_word(session, words.who).id, typing.day(session, words.day, "day"),
        typing.clock(words.begin, "from"), typing.clock(words.end, "to"),
        typing.whole(words.breaks, "breaks"), words.note,
    )  # fmt: skip
    return _stay(row, _("The stay of {name} on {day} is entered."))


def remove(call: Call) -> Answer:
    """Let a stay not count any more."""
    from boconsole.leave import attending, typing

    session = call.session()
    row = attending.get(session, typing.whole(call.words.number, "number"))
    attending.take_out(session, row.id, row.version, call.words.reason)
    return _stay(row, _("The stay of {name} on {day} does not count any more."))


def list_days(call: Call) -> Answer:
    """Tell what the days of a month were."""
    from datetime import timedelta

    from boconsole.leave import attending, exporting, typing, words
    from boconsole.leave.granting import add_months
    from boconsole.staff import finding

    session, typed = call.session(), call.words
    first = typing.month(session, typed.month)
    person = finding.by_word(session, typed.person).id if typed.person else None
    found = attending.days(session, first, add_months(first, 1) - timedelta(days=1), person)

    def text() -> str:
        rows = [
            (str(each.on), each.name, _times(each), _hours(each.day.worked),
             _hours(each.day.planned), str(each.day.late or "-"), str(each.day.early or "-"),
             each.holiday or _(words.DAY_STATES[each.day.state]))
            for each in found
        ]  # fmt: skip
        headings = (_("Day"), _("Name"), _("Times"), _("Worked"), _("Planned"), _("Late"),
                    _("Early"), _("What"))  # fmt: skip
        return (
            output.table(headings, rows, right=frozenset((3, 4, 5, 6))) if rows else _("Nothing.")
        )

    return Answer([exporting.attended(each) for each in found], text)


def _times(each: "Attended") -> str:
    parts = []
    for row in each.stays:
        zone = ZoneInfo(row.zone)
        end = f"{row.out_at.astimezone(zone):%H:%M}" if row.out_at else "…"
        parts.append(f"{row.in_at.astimezone(zone):%H:%M}-{end}")
    return " ".join(parts) or "-"


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def hours(call: Call) -> Answer:
    """Set when each day of a week begins and ends, or list the clocks there are."""
    import json

    from boconsole.leave import reading, setting_up, typing

    session, words = call.session(), call.words
    if words.name:
        if len(words.week) != len(words.days) or not words.week:
            raise InvalidChangeError("days", _("give --days for each --week"))
        week: dict[str, list[str]] = {}
        for spans, days in zip(words.week, words.days, strict=True):
            for day in _weekdays(days):
                week[day] = spans.split()
        table = {"timezone": words.zone or session.zone.key, "hours": week}
        setting_up.put_hours(session, words.name, table, typing.whole(words.grace, "grace"))
    found = [{"name": row.name, "grace": row.grace, **json.loads(row.hours)}
             for row in reading.hours()]  # fmt: skip
    rows = [(str(each["name"]), str(each["timezone"]), str(each["grace"]),
             "; ".join(f"{day} {' '.join(spans)}" for day, spans in each["hours"].items()))
            for each in found]  # fmt: skip
    headings = (_("Name"), _("Zone"), _("Grace"), _("Hours"))
    return Answer(found, lambda: output.table(headings, rows) if rows else _("Nothing."))


def _weekdays(text: str) -> list[str]:
    first, _dash, last = text.strip().lower().partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise InvalidChangeError(
            "days", _("{text!r} is none of {words}").format(
                text=text[:20], words=", ".join(WEEKDAYS)),
        )  # fmt: skip
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return list(WEEKDAYS[start : end + 1])
