"""Reports that are run by themselves: each due time once, under the rights of who scheduled it.

A schedule is moved to its next time, durably, before its report is run: two that look at the
same moment make one report, and after a pause there is one for all that was missed.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from boconsole import audit, mail_settings
from boconsole.errors import REFUSALS, BoconsoleError, InvalidChangeError, NotFoundError
from boconsole.filters.dates import WEEKDAYS
from boconsole.language import _
from boconsole.mail_settings import ADDRESS
from boconsole.moments import add_months
from boconsole.reports import exporting, running, telling
from boconsole.reports.running import Parameters, Result
from boconsole.session import Session
from boconsole.text import required_line
from db.reports import schedules
from db.reports.schedules import ScheduleRow

FEATURE = "report"
DAY = "day"
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


class Done(NamedTuple):
    """What became of a schedule that was due."""

    name: str
    said: str
    failed: bool


def add(session: Session, wish: Wish) -> ScheduleRow:
    """Schedule a report.

    Raises:
        UnknownReportError, NotAllowedError, InvalidChangeError, QuerySyntaxError: Nothing was
            scheduled.
    """
    report = running.find(session, wish.report)
    running.check(session, report, wish.parameters)
    name = required_line(wish.name, field="as", limit=60)
    exporting.format_of(Path(f"x.{wish.form}"))
    minute = _minute(wish.at)
    _check_every(wish.every)
    _check_place(report.area, wish)
    row = ScheduleRow(
        0, 1, name, session.user.id, report.name, json.dumps(wish.parameters.told()), wish.form,
        wish.every, minute, str(session.zone), wish.folder, wish.address, session.now(), None, "",
        False, True,
    )  # fmt: skip
    row = row._replace(next_at=next_time(row, session.now()))
    with audit.writing():
        if schedules.find(name) is not None:
            raise InvalidChangeError("as", _("there is a schedule {name!r} already").format(
                name=name))  # fmt: skip
        row = row._replace(id=schedules.insert(row))
        told: dict[str, tuple[object, object]] = {
            "name": (None, name), "report": (None, report.name), "every": (None, wish.every),
        }  # fmt: skip
        audit.record(session, "report.schedule", FEATURE, [audit.Line(row.id, told, 1)])
    return row


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


def remove(session: Session, name: str) -> ScheduleRow:
    """Remove a schedule of one's own; raises NotFoundError."""
    with audit.writing():
        row = schedules.find(name.strip())
        if row is None or row.user_id != session.user.id:
            raise NotFoundError(_("schedule {name!r} of yours").format(name=name[:60]))
        schedules.delete(row.id, row.version)
        told: dict[str, tuple[object, object]] = {"name": (row.name, None)}
        audit.record(session, "report.unschedule", FEATURE, [audit.Line(row.id, told, row.version)])
    return row


def run_due(session: Session, send: Callable[[str, bytes], str] | None = None) -> list[Done]:
    """Run what is due of the one who acts; a failure is kept with its schedule and told of.

    Args:
        session: Whose schedules, with whose rights.
        send: Hands a mail over, by recipient and content; returns a sentence where it was not
            taken. By default to our mail server.
    """
    now = session.now()
    found = []
    for row in schedules.select_due(session.user.id, now):
        if row.folder and not Path(row.folder).is_dir() and session.origin != "cli":
            continue  # scheduled at another machine, which has the folder
        with audit.writing():
            if not schedules.take(row.id, row.version, next_time(row, now)):
                continue
        try:
            said, failed = _run(session, row, send or _hand_over), False
        except REFUSALS as refusal:
            said, failed = str(refusal), True
        with audit.writing():
            schedules.note(row.id, now, said[:300], failed)
            told: dict[str, tuple[object, object]] = {"name": (row.name, row.name),
                                                      "failed": (None, failed)}  # fmt: skip
            audit.record(session, "report.run", FEATURE, [audit.Line(row.id, told)])
        found.append(Done(row.name, said, failed))
    return found


def _run(session: Session, row: ScheduleRow, send: Callable[[str, bytes], str]) -> str:
    """Run one schedule; returns what was done."""
    result = running.run(session, row.report, running.told(json.loads(row.parameters)))
    due = row.next_at.astimezone(ZoneInfo(row.zone))
    name = f"{UNNAMED.sub('-', row.name)}-{due:%Y-%m-%d-%H%M}.{row.form}"
    if row.folder:
        path = Path(row.folder) / name
        exporting.write(result, path, form=row.form, overwrite=True)
        return _("Written to {path}.").format(path=path)
    refused = send(row.address, _mail(result, row, name))
    if refused:
        raise BoconsoleError(refused)
    return _("Sent to {address}.").format(address=row.address)


def _mail(result: Result, row: ScheduleRow, name: str) -> bytes:
    """Return a mail with the report as its file."""
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime, make_msgid
    from tempfile import TemporaryDirectory

    mail = mail_settings.in_force()
    if not mail.sender:
        raise BoconsoleError(_("No mail can be sent: set BOCONSOLE_MAIL_FROM to our address."))
    message = EmailMessage(SMTP.clone(cte_type="7bit", max_line_length=200))
    message["From"] = Address(mail.sender_name, addr_spec=mail.sender)
    message["To"] = Address(addr_spec=row.address)
    message["Subject"] = f"{telling.title(result)}: {row.name}"
    message["Date"] = format_datetime(result.asked.session.now())
    message["Message-ID"] = make_msgid(domain=mail.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{telling.title(result)}\n{telling.days(result)}\n", charset="utf-8")
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        exporting.write(result, path, form=row.form)
        message.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream",
                               filename=name)  # fmt: skip
    return message.as_bytes()


def _hand_over(address: str, content: bytes) -> str:
    from boconsole.mail.handing import Line

    mail = mail_settings.in_force()
    with Line(mail.smtp) as line:
        fate = line.hand_over(mail.sender, address, content)
    return "" if fate.word == "sent" else fate.answer
