"""Reports that are run by themselves: what is to be run, when, and where it goes to.

After a pause there is one report for all that was missed; `delivering` runs what is due.
"""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.filters.dates import WEEKDAYS
from boconsole.language import _
from boconsole.mail_settings import ADDRESS
from boconsole.moments import add_months
from boconsole.reports import exporting, running
from boconsole.reports.running import Parameters
from boconsole.session import Session
from boconsole.text import required_line
from db.reports import schedules
from db.reports.schedules import ScheduleRow as ScheduleRow  # screens know it from here

FEATURE = "report"
DAY = "day"
HERE = ("cli", "console")
"""Doors of whoever sits at this machine, whose folders are meant."""
LAST_DAY = 28
"""The latest day of a month that every month has."""
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
UNNAMED = re.compile(r"[^\w-]+")


class Wish(NamedTuple):
    """What is to be run, how it is written, when, and where it goes to."""

    name: str
    report: str
    parameters: Parameters
    form: str
    every: str
    at: str
    folder: str = ""
    address: str = ""


def add(session: Session, wish: Wish) -> ScheduleRow:
    """Schedule a report.

    Raises:
        UnknownReportError, NotAllowedError, InvalidChangeError, QuerySyntaxError: Nothing was
            scheduled.
    """
    row = _checked(session, wish)
    with audit.writing():
        _require_free(row.name, 0)
        row = row._replace(id=schedules.insert(row))
        told: dict[str, tuple[object, object]] = {
            "name": (None, row.name), "report": (None, row.report), "every": (None, row.every),
        }  # fmt: skip
        audit.record(session, "report.schedule", FEATURE, [audit.Line(row.id, told, 1)])
    return row


def _checked(session: Session, wish: Wish) -> ScheduleRow:
    """Return a wish as a schedule that is new, due at its next time; raises as `add`."""
    report = running.find(session, wish.report)
    running.check(session, report, wish.parameters)
    name = required_line(wish.name, field="as", limit=60)
    exporting.format_of(Path(f"x.{wish.form}"))
    minute = _minute(wish.at)
    _check_every(wish.every)
    require_here(session, wish.folder)
    _check_place(report.area, wish)
    row = ScheduleRow(
        0, 1, name, session.user.id, report.name, json.dumps(wish.parameters.told()), wish.form,
        wish.every, minute, str(session.zone), wish.folder, wish.address, session.now(), None, "",
        False, True,
    )  # fmt: skip
    return row._replace(next_at=next_time(row, session.now()))


def require_here(session: Session, folder: str) -> None:
    """Raise InvalidChangeError for a folder that is not of the machine one sits at."""
    if folder and session.origin not in HERE:
        raise InvalidChangeError("folder", _("lies on the server; schedule it there, or by mail"))


def _require_free(name: str, schedule_id: int) -> None:
    there = schedules.find(name)
    if there is not None and there.id != schedule_id:
        raise InvalidChangeError("as", _("there is a schedule {name!r} already").format(name=name))


def edit(session: Session, row: ScheduleRow, wish: Wish) -> ScheduleRow:
    """Change a schedule of one's own, as it was read; its next time is found anew.

    Raises:
        StaleRecordError: It was changed or run in the meantime.
        UnknownReportError, NotAllowedError, InvalidChangeError, QuerySyntaxError: As `add`.
    """
    wanted = _checked(session, wish)._replace(id=row.id, version=row.version, active=row.active)
    names = ("name", "report", "parameters", "form", "every", "at_minute", "folder", "address")
    told: dict[str, tuple[object, object]] = {
        name: (getattr(row, name), getattr(wanted, name)) for name in names
        if getattr(row, name) != getattr(wanted, name)
    }  # fmt: skip
    return _write(session, row, wanted, "report.reschedule", told)


def pause(session: Session, row: ScheduleRow, *, active: bool) -> ScheduleRow:
    """Let a schedule of one's own rest, or go on from now; raises StaleRecordError."""
    wanted = row._replace(active=active, next_at=next_time(row, session.now()))
    return _write(session, row, wanted, "report.pause" if not active else "report.resume",
                  {"active": (row.active, active)})  # fmt: skip


def _write(
    session: Session, row: ScheduleRow, wanted: ScheduleRow, action: str,
    told: dict[str, tuple[object, object]],
) -> ScheduleRow:  # fmt: skip
    with audit.writing():
        own(session, row.name)
        _require_free(wanted.name, row.id)
        if not schedules.update(wanted):
            raise StaleRecordError(_("schedule {name!r}").format(name=row.name), row.id)
        audit.record(session, action, FEATURE, [audit.Line(row.id, told, row.version + 1)])
    return wanted._replace(version=row.version + 1)


def _minute(text: str) -> int:
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise InvalidChangeError("at", _("expected a time such as 07:30"))
    return int(found[1]) * 60 + int(found[2])


def _check_every(every: str) -> None:
    if every in (DAY, *WEEKDAYS):
        return
    if not (every.isdecimal() and every.isascii() and 1 <= int(every) <= LAST_DAY):
        raise InvalidChangeError(
            "every", _("expected day, a weekday such as mon, or a day of the month, 1 to 28")
        )


def _check_place(area: str, wish: Wish) -> None:
    if bool(wish.folder) == bool(wish.address):
        raise InvalidChangeError("folder", _("name a folder or a mail address, one of both"))
    if wish.folder and not Path(wish.folder).is_dir():
        raise InvalidChangeError("folder", _("there is no such folder; make it first"))
    if wish.address and not ADDRESS.fullmatch(wish.address):
        raise InvalidChangeError("mail", _("expected an address such as ann@example.com"))
    if wish.address and area in exporting.PRIVATE:
        raise InvalidChangeError("mail", _("this report is private; write it to a folder"))


def next_time(row: ScheduleRow, after: datetime) -> datetime:
    """Return the first due time after an instant."""
    zone = ZoneInfo(row.zone)
    day = after.astimezone(zone).date()
    while (found := _at(_first_day(day, row.every), row.at_minute, zone)) <= after:
        day = _first_day(day, row.every) + timedelta(days=1)
    return found


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)


def _first_day(day: date, every: str) -> date:
    """Return the first day of a schedule on or after a day."""
    if every in WEEKDAYS:
        return day + timedelta(days=(WEEKDAYS.index(every) - day.weekday()) % 7)
    if every == DAY:
        return day
    found = day.replace(day=int(every))
    return found if found >= day else add_months(found, 1)


def listed(session: Session) -> list[ScheduleRow]:
    """Return the schedules of the one who acts."""
    return schedules.select_of(session.user.id)


def own(session: Session, name: str) -> ScheduleRow:
    """Return a schedule of one's own by its name; raises NotFoundError."""
    row = schedules.find(name.strip())
    if row is None or row.user_id != session.user.id:
        raise NotFoundError(_("schedule {name!r} of yours").format(name=name[:60]))
    return row


def wish_of(row: ScheduleRow) -> Wish:
    """Return what a schedule is to do, as it was asked for."""
    at = f"{row.at_minute // 60:02}:{row.at_minute % 60:02}"
    return Wish(row.name, row.report, running.told(json.loads(row.parameters)), row.form, row.every,
                at, row.folder, row.address)  # fmt: skip


def remove(session: Session, name: str) -> ScheduleRow:
    """Remove a schedule of one's own; raises NotFoundError."""
    with audit.writing():
        row = own(session, name)
        schedules.delete(row.id, row.version)
        told: dict[str, tuple[object, object]] = {"name": (row.name, None)}
        audit.record(session, "report.unschedule", FEATURE, [audit.Line(row.id, told, row.version)])
    return row
