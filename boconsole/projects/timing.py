"""Time that people spend on tasks and tickets: noted by a timer or by hand, never lost.

One timer of a person runs at a time. What a timer measured is kept to the second; what counts
is rounded by one rule for all.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.projects import reading, words
from boconsole.projects.errors import NoTimerError, TimerRunsError, TimerTooLongError
from boconsole.projects.fields import money_of
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line, required_line
from boconsole.tickets import reading as tickets
from boconsole.tickets.words import number as ticket_number
from boconsole.tickets.words import one_of
from db import users
from db.projects import times
from db.projects.rows import RateRow as RateRow
from db.projects.rows import TimeRow as TimeRow  # screens know it from here

UP, NEAREST = "up", "nearest"
DAY_SECONDS = 24 * 3600
LIMIT = 500


class Subject(NamedTuple):
    """What time is spent on: a task of a project, or a ticket."""

    task_id: int | None
    ticket_id: int | None
    project_id: int | None
    number: str


class Timed(NamedTuple):
    """An entry; what operations on time answer."""

    row: TimeRow

    @property
    def number(self) -> str:
        """Of the task or ticket."""
        return number_of(self.row)


def number_of(row: TimeRow) -> str:
    """Return the number of what time was spent on."""
    return words.task_number(row.task_id) if row.task_id else ticket_number(row.ticket_id or 0)


def subject(session: Session, text: str) -> Subject:
    """Return the task or ticket of a number such as TSK-3 or TKT-42; raises NotFoundError."""
    text = text.strip()
    if text.upper().startswith("TKT-"):
        ticket = tickets.find(session, text)
        return Subject(None, ticket.id, None, ticket_number(ticket.id))
    row = reading.get_task(session, text).row
    if row.children or row.kind == words.MILESTONE:
        raise InvalidChangeError(
            "task",
            _("{number} has no work of its own; take a task in it").format(
                number=words.task_number(row.id)
            ),
        )
    return Subject(row.id, None, row.project_id, words.task_number(row.id))


def _open_subject(session: Session, text: str) -> Subject:
    """Return what time may still be spent on; raises InvalidChangeError where it is over."""
    on = subject(session, text)
    if on.project_id is not None:
        reading.going_on(on.project_id)
    return on


def rounded(seconds: int, step: int, way: str) -> int:
    """Return seconds in minutes, in whole steps: begun ones count (`up`), or the nearest.

    What lasted any time counts for a step at least.
    """
    size = step * 60
    steps = -(-seconds // size) if way == UP else (2 * seconds + size) // (2 * size)
    return max(steps, 1 if seconds > 0 else 0) * step


# The timer


def start(session: Session, what: str, note: str = "", *, switch: bool = False) -> Timed:
    """Start the timer on a task or a ticket.

    Args:
        session: Whose timer.
        what: TSK-3 or TKT-42.
        note: What is done, in a few words.
        switch: Stop a timer that runs on something else first.

    Raises:
        TimerRunsError: One runs already.
    """
    session.require("time.log")
    with audit.writing():
        on = _open_subject(session, what)
        running = times.find_running(session.user.id)
        if running is not None:
            if not switch or number_of(running) == on.number:
                raise TimerRunsError(number_of(running), _clock(session, running.started_at))
            stop(session)
        entry_id = _insert(session, on, reading.today(session), 0, 0, note, session.now())
        return Timed(again(entry_id))


def stop(session: Session, note: str = "", minutes: int | None = None) -> Timed:
    """Stop the timer; what it measured counts, rounded, on the day it began.

    Args:
        session: Whose timer.
        note: What was done; nothing keeps what was said at the start.
        minutes: How long it really was, where it was forgotten; counts as it is typed.

    Raises:
        NoTimerError: None runs.
        TimerTooLongError: It ran for more than a day, and no minutes are given.
        InvalidChangeError: More minutes are given than a day has, or than it ran.
    """
    session.require("time.log")
    with audit.writing():
        row = times.find_running(session.user.id)
        if row is None or row.started_at is None:
            raise NoTimerError
        ended = max(session.now(), row.started_at)  # a clock may be put back
        seconds = int((ended - row.started_at).total_seconds())
        if minutes is not None:
            if not 0 <= minutes * 60 <= min(seconds + 59, DAY_SECONDS):
                raise InvalidChangeError("minutes", _("lies between 0 and the time that it ran"))
            seconds = minutes * 60
        elif seconds > DAY_SECONDS:
            since = _moment(session, row.started_at)
            raise TimerTooLongError(number_of(row), words.length(seconds // 60), since)
        else:
            minutes = rounded(seconds, *times.select_rule())
        columns: dict[str, object] = {
            "running": False, "ended_at": ended, "seconds": seconds, "minutes": minutes,
        }  # fmt: skip
        if note:
            columns["note"] = clean_line(note, field="note", limit=LINE_LIMIT)
        if not times.update(row.id, row.version, columns):
            raise StaleRecordError(number_of(row), row.id)
        told: dict[str, tuple[object, object]] = {
            "minutes": (0, minutes), "seconds": (0, seconds),
        }  # fmt: skip
        _record(session, "stop", row.id, told, row.version + 1)
        return Timed(again(row.id))


def running(session: Session) -> TimeRow | None:
    """Return what one's timer runs on, None where it stands."""
    return times.find_running(session.user.id)


def toggle(session: Session, what: str, seen: TimeRow | None = None) -> Timed:
    """Start the timer on something, or stop it where it runs on that; else switch over.

    Args:
        session: Whose timer.
        what: TSK-3 or TKT-42.
        seen: What ran when the key was pressed, so that no key that meant to stop starts.

    Raises:
        NoTimerError: What was seen on it runs no longer.
        TimerTooLongError: What runs was forgotten.
    """
    with audit.writing():
        now = times.find_running(session.user.id)
        if now is not None and number_of(now) == what:
            return stop(session)
        if seen is not None and number_of(seen) == what:
            raise NoTimerError
        return start(session, what, switch=True)


# By hand


def add(
    session: Session, what: str, minutes: int, day: date | None = None, note: str = ""
) -> Timed:
    """Note time that was spent, as typed: what people type is not rounded.

    Raises:
        InvalidChangeError: It is longer than a day, or the day is to come.
    """
    session.require("time.log")
    if not 0 < minutes * 60 <= DAY_SECONDS:
        raise InvalidChangeError("minutes", _("lies between 1 minute and 24 hours"))
    with audit.writing():
        today = reading.today(session)
        day = day or today
        if day > today:
            raise InvalidChangeError("date", _("cannot be to come"))
        entry_id = _insert(session, _open_subject(session, what), day, minutes, minutes * 60,
                           note, None)  # fmt: skip
        return Timed(again(entry_id))


def edit(
    session: Session, entry_id: int, version: int, minutes: int, day: date, note: str
) -> Timed:
    """Correct an entry of one's own; with `time.edit`, anybody's. The trail keeps the former.

    Raises:
        NotAllowedError: It is somebody else's.
        StaleRecordError: It was changed in the meantime.
    """
    session.require("time.log")
    if not 0 <= minutes * 60 <= DAY_SECONDS:
        raise InvalidChangeError("minutes", _("lies between 1 minute and 24 hours"))
    with audit.writing():
        old = again(entry_id)
        if old.user_id != session.user.id and not session.may("time.edit"):
            raise NotAllowedError(session.user.login, "time.edit")
        if old.running:
            raise InvalidChangeError("minutes", _("the timer runs; stop it first"))
        if day > reading.today(session):
            raise InvalidChangeError("date", _("cannot be to come"))
        note = clean_line(note, field="note", limit=LINE_LIMIT)
        columns = {"minutes": minutes, "day": day, "note": note}
        if version and old.version != version:
            theirs = {"minutes": old.minutes, "day": old.day, "note": old.note}
            raise StaleRecordError(number_of(old), old.id, old.version, theirs, dict(columns))
        times.update(old.id, old.version, columns)
        told = {name: (getattr(old, name), value) for name, value in columns.items()
                if getattr(old, name) != value}  # fmt: skip
        _record(session, "edit", old.id, told, old.version + 1)
        return Timed(again(entry_id))


def _insert(
    session: Session, on: Subject, day: date, minutes: int, seconds: int, note: str,
    started_at: datetime | None,
) -> int:  # fmt: skip
    rate = rate_of(session.user.id, day)
    note = clean_line(note, field="note", limit=LINE_LIMIT)
    entry_id = times.insert(
        {
            "user_id": session.user.id, "project_id": on.project_id, "task_id": on.task_id,
            "ticket_id": on.ticket_id, "day": day, "minutes": minutes, "seconds": seconds,
            "started_at": started_at, "running": started_at is not None, "note": note,
            "rate": rate.amount if rate else None,
            "commodity_id": rate.commodity_id if rate else None, "created_at": session.now(),
        }
    )  # fmt: skip
    told: dict[str, tuple[object, object]] = {"on": (None, on.number), "day": (None, day)}
    if minutes:
        told["minutes"] = (None, minutes)
    _record(session, "start" if started_at else "add", entry_id, told, 1)
    return entry_id


def _record(
    session: Session, verb: str, entry_id: int, told: dict[str, tuple[object, object]], version: int
) -> None:
    audit.record(session, f"time.{verb}", words.TIME, [audit.Line(entry_id, told, version)])


def again(entry_id: int) -> TimeRow:
    """Return an entry that is there; raises NotFoundError."""
    row = times.find(entry_id)
    if row is None:
        raise NotFoundError(_("time entry {number}").format(number=entry_id))
    return row


def _clock(session: Session, at: datetime | None) -> str:
    return f"{(at or session.now()).astimezone(session.zone):%H:%M}"


def _moment(session: Session, at: datetime) -> str:
    return f"{at.astimezone(session.zone):%Y-%m-%d %H:%M}"


# Reading


def list_between(
    session: Session, starts: date | None = None, ends: date | None = None, login: str = ""
) -> list[TimeRow]:
    """Return entries of a time, the last first: one's own, or of others with `time.read`.

    Args:
        session: Who asks.
        starts: First day; by default Monday of this week.
        ends: Last day; by default today.
        login: Whose; `all` for everybody's.
    """
    if not session.may("time.log"):
        session.require("time.read")
    today = reading.today(session)
    starts, ends = starts or today - timedelta(today.weekday()), ends or today
    user_id: int | None = session.user.id
    if login and login not in ("me", session.user.login):
        session.require("time.read")
        found = None if login == "all" else users.find(login)
        if login != "all" and found is None:
            raise NotFoundError(_("user {login!r}").format(login=login[:40]))
        user_id = found.id if found else None
    return times.select_between(user_id, starts, ends, LIMIT)


def of_subject(session: Session, what: str) -> list[TimeRow]:
    """Return the time that was spent on a task or a ticket, the last first."""
    on = subject(session, what)
    if on.task_id:
        return times.select_of("task", on.task_id, LIMIT)
    return times.select_of("ticket", on.ticket_id or 0, LIMIT)


# What an hour costs, and how time is rounded


def rate_of(user_id: int, day: date) -> RateRow | None:
    """Return what an hour of somebody costs on a day: the highest rate of their roles."""
    roles = set(users.select_roles(user_id))
    best: dict[str, RateRow] = {}
    for each in times.select_rates():
        if each.role in roles and each.from_on <= day:
            best.setdefault(each.role, each)
    return max(best.values(), key=lambda each: each.amount, default=None)


def set_rate(session: Session, role: str, text: str, from_on: date | None = None) -> RateRow:
    """Set what an hour of a role costs from a day on; entries that are there keep theirs."""
    session.require("time.configure")
    role = required_line(role, field="role", limit=80)
    with audit.writing():
        minor, commodity_id, told = money_of(text, "", "rate")
        if minor is None or commodity_id is None:
            raise InvalidChangeError("rate", _("needs a currency, such as 480 USD"))
        day = from_on or reading.today(session)
        times.put_rate(role, day, minor, commodity_id)
        changes = {"role": (None, role), "rate": (None, told), "from": (None, day)}
        audit.record(session, "time.rate", words.TIME, [audit.Line(0, changes)])
        return next(each for each in times.select_rates()
                    if each.role == role and each.from_on == day)  # fmt: skip


def rates(session: Session) -> list[RateRow]:
    """Return what hours of roles cost."""
    session.require("time.configure")
    return times.select_rates()


def rule(session: Session) -> tuple[int, str]:
    """Return by how many minutes time is rounded, and how."""
    session.require("project.read")
    return times.select_rule()


def set_rule(session: Session, step: int, way: str) -> tuple[int, str]:
    """Set by how many minutes timers are rounded, and how: `up` or `nearest`."""
    session.require("time.configure")
    one_of("way", way, (UP, NEAREST))
    if not 1 <= step <= 60:
        raise InvalidChangeError("step", _("lies between {least} and {most}").format(
            least=1, most=60))  # fmt: skip
    with audit.writing():
        before = times.select_rule()
        times.put_rule(step, way)
        changes = {"step": (before[0], step), "way": (before[1], way)}
        audit.record(session, "time.rule", words.TIME, [audit.Line(0, changes)])
        return step, way
