"""Words, numbers and lengths of projects and tasks."""

import re
from datetime import date

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

PROJECT, TASK, TIME = "project", "task", "time"
"""Features of the trail."""
PLANNED, ACTIVE, ON_HOLD, DONE, CANCELLED = "planned", "active", "on-hold", "done", "cancelled"
STATES = {
    PLANNED: N_("planned"),
    ACTIVE: N_("active"),
    ON_HOLD: N_("on hold"),
    DONE: N_("done"),
    CANCELLED: N_("cancelled"),
}
OVER = (DONE, CANCELLED)
TODO, DOING, WAITING, DROPPED = "todo", "doing", "waiting", "dropped"
TASK_STATES = {
    TODO: N_("to do"),
    DOING: N_("doing"),
    WAITING: N_("waiting"),
    DONE: N_("done"),
    DROPPED: N_("dropped"),
}
ENDED = (DONE, DROPPED)
WORK, MILESTONE = "task", "milestone"
KINDS = {WORK: N_("task"), MILESTONE: N_("milestone")}
GREEN, AMBER, RED = "green", "amber", "red"
RAGS = {GREEN: N_("green"), AMBER: N_("amber"), RED: N_("red")}
DAY, WEEK = 480, 2400
"""Minutes of work."""
MOST_MINUTES = 10_000_000
UNITS = {"w": WEEK, "d": DAY, "h": 60, "m": 1}
_PARTS = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?) ?([wdhm])")
_NUMBER = re.compile(r"(?:[A-Za-z]{3}-)?0*([1-9][0-9]{0,8})")


def number(project_id: int) -> str:
    """Return the number people see: `PRJ-0001`."""
    return f"PRJ-{project_id:04d}"


def task_number(task_id: int) -> str:
    """Return the number of a task: `TSK-12`."""
    return f"TSK-{task_id}"


def _parsed(text: str, prefix: str, told: str) -> int:
    text = text.strip()
    match = _NUMBER.fullmatch(text)
    if match is None or (not text[0].isdigit() and text[:3].upper() != prefix):
        raise InvalidChangeError("number", told.format(text=text[:40]))
    return int(match[1])


def parse_number(text: str) -> int:
    """Return the id of a number such as PRJ-0001, or of its digits; raises InvalidChangeError."""
    return _parsed(text, "PRJ", _("{text!r} is not a project such as PRJ-0001"))


def parse_task_number(text: str) -> int:
    """Return the id of a number such as TSK-12, or of its digits; raises InvalidChangeError."""
    return _parsed(text, "TSK", _("{text!r} is not a task such as TSK-12"))


def parse_length(text: str, field: str = "estimate") -> int:
    """Return the minutes of `4h`, `1d 4h`, `1.5d`, `90m` or `1:30`; a bare number is of hours.

    A day has 8 hours of work, a week 5 days.

    Raises:
        InvalidChangeError: It is no length.
    """
    low = text.strip().lower()
    refused = InvalidChangeError(
        field, _("{text!r} is no length such as 4h, 1d 4h or 90m").format(text=text.strip()[:40])
    )
    clock = re.fullmatch(r"(\d{1,4}):([0-5]\d)", low)
    if clock is not None:
        return int(clock[1]) * 60 + int(clock[2])
    if re.fullmatch(r"\d{1,6}(?:[.,]\d{1,4})?", low):
        low += "h"
    parts = _PARTS.findall(low)
    if not parts or _PARTS.sub("", low).strip():
        raise refused
    hundreds = sum(round(float(count.replace(",", ".")) * UNITS[unit] * 100)
                   for count, unit in parts)  # fmt: skip
    minutes = (hundreds + 50) // 100
    if minutes > MOST_MINUTES:
        raise refused
    return minutes


def length(minutes: int) -> str:
    """Return minutes of work as people read and type them: `12h`, `1h30m`, `45m`."""
    sign, minutes = ("-", -minutes) if minutes < 0 else ("", minutes)
    hours, rest = divmod(minutes, 60)
    told = f"{hours}h" if hours else ""
    return sign + (f"{told}{rest}m" if rest or not hours else told)


def parse_days(text: str) -> tuple[date, ...]:
    """Return the days of a text with blanks or commas between them; raises InvalidChangeError."""
    found = []
    for word in text.replace(",", " ").split():
        try:
            found.append(date.fromisoformat(word))
        except ValueError:
            raise InvalidChangeError(
                "holidays", _("{text!r} is no day such as 2026-12-25").format(text=word[:40])
            ) from None
    return tuple(sorted(set(found)))


FIELD_WORDS = (
    N_("owner"), N_("sponsor"), N_("organisation"), N_("budget"), N_("parent"), N_("estimate"),
    N_("remaining"), N_("percent"), N_("days"), N_("start_on"), N_("due_on"), N_("holidays"),
    N_("probability"), N_("impact"), N_("response"), N_("hours"), N_("target"), N_("bac"),
    N_("planned"), N_("complete"), N_("actual"), N_("method"), N_("rest"), N_("link"), N_("lag"),
    N_("minutes"), N_("step"), N_("influence"), N_("interest"), N_("current"), N_("part"),
)  # fmt: skip
"""Fields as refusals name them."""
