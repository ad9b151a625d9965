"""Fiscal years and their months: where entries may be booked.

The years follow each other without gaps, and so do the months of each; a year is made when a
day of it is first needed. Open, closed (reopened with a right and a reason) and locked for
good. Lock dates close a part of the books up to a day, the hard one for everybody and for ever.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.ledger.errors import PeriodClosedError, YearStateError
from boconsole.ledger.words import PARTS
from boconsole.session import Session
from boconsole.text import required_line
from db.fields import number_of
from db.ledger import calendar, entries
from db.ledger.rows import PeriodRow, YearRow

FARTHEST = 100
"""Years that may be made to reach a day; farther away it is a slip of the finger."""
LAST = 9_999
"""The last year that a day can have."""
MONTH = re.compile(r"\d{4}-\d\d")
FISCAL_START = "fiscal_start"
"""The setting that holds the month, 1 to 12, in which fiscal years start."""


def years(session: Session) -> list[YearRow]:
    """Return all fiscal years, the earliest first."""
    session.require("ledger.read")
    return calendar.select_years()


def periods(session: Session) -> list[PeriodRow]:
    """Return all periods in order."""
    session.require("ledger.read")
    return calendar.select_periods()


def start_of_year(day: date, first_month: int = 1) -> date:
    """Return the first day of the fiscal year that a day lies in."""
    return date(day.year if day.month >= first_month else day.year - 1, first_month, 1)


def months_of(start: date, step: int = 1, months: int = 12) -> list[tuple[date, date]]:
    """Return first and last day of the periods of a fiscal year.

    Args:
        start: First day of the year; later periods start on the same day of their month.
        step: Months in a period.
        months: Months in the year.
    """
    starts = [_later(start, count) for count in range(0, months, step)]
    ends = [following - timedelta(days=1) for following in [*starts[1:], _later(start, months)]]
    return list(zip(starts, ends, strict=True))


def _later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def ensure(days: Sequence[date]) -> None:
    """Make the fiscal years that some days need, without gaps, in the caller's transaction.

    Raises:
        PeriodClosedError: A year would come before one that is closed, or is too far away.
    """
    if not days:
        return
    known = calendar.select_years()
    month = int(calendar.select_settings().get(FISCAL_START, "1"))
    for day in (min(days), max(days)):
        if not date(1, month, 1) <= day < date(LAST, month, 1):
            raise PeriodClosedError(day, _("no fiscal year can hold it"))
    first, last = start_of_year(min(days), month), start_of_year(max(days), month)
    if known:
        if first < known[0].starts and known[0].state != "open":
            reason = _("the books begin with the closed year {year}").format(year=known[0].name)
            raise PeriodClosedError(min(days), reason)
        first, last = min(first, known[0].starts), max(last, known[-1].starts)
    if last.year - first.year > FARTHEST:
        reason = _("it is more than {years} years from the other entries").format(years=FARTHEST)
        raise PeriodClosedError(max(days), reason)
    there = {year.starts for year in known}
    for year in range(first.year, last.year + 1):
        start = date(year, first.month, 1)
        if start not in there:
            _make(start)


def _make(start: date) -> None:
    months = months_of(start)
    end = months[-1][1]
    name = f"{start.year:04}" if start.month == 1 else f"{start.year:04}/{end.year % 100:02}"
    year_id = calendar.insert_year(name, start, end)
    if year_id is not None:
        for begins, ends in months:
            calendar.insert_period(year_id, begins, ends)


def find_year(name: str) -> YearRow:
    """Return the fiscal year of a name such as 2026; raises NotFoundError."""
    found = [year for year in calendar.select_years() if year.name == name.strip()]
    if not found:
        raise NotFoundError(_("fiscal year {year}").format(year=name[:20]))
    return found[0]


def find_month(session: Session, name: str, *, make: bool = False) -> PeriodRow:
    """Return the month of a name such as 2026-04.

    Args:
        session: Who asks.
        name: Year and month.
        make: Make its year where it is missing and the month has begun, in the caller's
            transaction.

    Raises:
        NotFoundError: It is no month, or its year is not there.
        PeriodClosedError: Its fiscal year cannot be made; see `ensure`.
    """
    unknown = NotFoundError(_("month {name}").format(name=name.strip()[:20]))
    if not MONTH.fullmatch(name.strip()):
        raise unknown
    try:
        first = date.fromisoformat(f"{name.strip()}-01")
    except ValueError:
        raise unknown from None
    found = calendar.find_period(first)
    if make and found is None and first <= session.now().astimezone(session.zone).date():
        ensure([first])
        found = calendar.find_period(first)
    if found is None:
        raise unknown
    return found


def require_open(
    session: Session, day: date, part: str = "ledger", *, month: bool = True
) -> PeriodRow:
    """Return the open period of a day; makes the fiscal year where it is missing.

    Args:
        session: Who books.
        day: On which day.
        part: The part of the books whose lock counts too.
        month: The month must be open, and not its year alone.

    Raises:
        PeriodClosedError: The period or year is closed, or the day is locked.
    """
    period = calendar.find_period(day)
    if period is None:
        ensure([day])
        period = calendar.find_period(day)
    if period is None:
        raise PeriodClosedError(day, _("no period has it"))
    if period.year_state != "open":
        raise PeriodClosedError(day, _("its fiscal year is {state}").format(
            state=_(period.year_state)))  # fmt: skip
    if month and period.state != "open":
        raise PeriodClosedError(day, _("its month is {state}").format(state=_(period.state)))
    require_unlocked(session, day, part)
    return period


def require_unlocked(session: Session, day: date, part: str = "ledger") -> None:
    """Raise PeriodClosedError on a day before a lock date that nobody was excepted from."""
    locks = calendar.select_locks()
    for kind in ("hard", "ledger", part):
        if kind not in locks or day > locks[kind]:
            continue
        if kind == "hard" or not calendar.has_exception(kind, session.user.id, session.now()):
            raise PeriodClosedError(
                day, _("{part} is locked through {day}").format(part=_(kind), day=locks[kind])
            )


def close_period(session: Session, period: PeriodRow) -> None:
    """Close a month, which may have no draft left.

    Raises:
        YearStateError: Drafts are left in it, or it is closed already.
    """
    session.require("ledger.close")
    with audit.writing():
        if period.state != "open" or period.year_state != "open":
            raise YearStateError(_("This month is closed already."))
        _require_no_draft(period.starts, period.ends)
        _set(session, period, "closed", "")


def reopen_period(session: Session, period: PeriodRow, reason: str) -> None:
    """Open a closed month again, while its year is open.

    Raises:
        YearStateError: The year is closed, or the month is open or locked.
        InvalidChangeError: No reason is given.
    """
    session.require("ledger.reopen")
    reason = required_line(reason, field="reason")
    with audit.writing():
        if period.year_state != "open":
            raise YearStateError(_("Its year is closed; reopen the year first."))
        if period.state != "closed":
            raise YearStateError(_("Only a closed month can be opened again."))
        _set(session, period, "open", reason)


def _require_no_draft(starts: date, ends: date) -> None:
    if count := entries.count_drafts(number_of(starts), number_of(ends)):
        raise YearStateError(
            _(
                "{count} drafts from {starts} to {ends} are not posted; post or delete them first."
            ).format(count=count, starts=starts, ends=ends)
        )


def _set(session: Session, period: PeriodRow, state: str, reason: str) -> None:
    name = period.starts.isoformat()[:7]
    if not calendar.set_period_state(period, state):
        raise StaleRecordError(name, period.id)
    told = {"period": (None, name), "state": (period.state, state)}
    if reason:
        told["reason"] = (None, reason)
    line = audit.Line(period.id, told, period.version + 1)
    audit.record(session, f"period.{'close' if state == 'closed' else 'reopen'}", "period", [line])


def require_closable(year: YearRow) -> None:
    """Raise YearStateError where a year cannot be closed: earlier ones open, or drafts left."""
    if year.state != "open":
        raise YearStateError(_("{year} is {state} already.").format(
            year=year.name, state=_(year.state)))  # fmt: skip
    for earlier in calendar.select_years():
        if earlier.starts < year.starts and earlier.state == "open":
            raise YearStateError(
                _("{earlier} is still open; close it before {year}.").format(
                    earlier=earlier.name, year=year.name
                )
            )
    _require_no_draft(year.starts, year.ends)


def lock_year(session: Session, year: YearRow) -> None:
    """Lock a closed year for good.

    Raises:
        YearStateError: It is not closed.
    """
    session.require("ledger.close")
    with audit.writing():
        if year.state != "closed":
            raise YearStateError(_("Only a closed year can be locked; close it first."))
        put_year(session, year, "locked", year.closing_id, "")


def put_year(
    session: Session, year: YearRow, state: str, closing_id: int | None, reason: str
) -> None:
    """Write the state of a year with its audit line, inside the caller's transaction."""
    if not calendar.set_year_state(year, state, closing_id):
        raise StaleRecordError(year.name, year.id)
    told = {"year": (None, year.name), "state": (year.state, state)}
    if reason:
        told["reason"] = (None, reason)
    audit.record(session, "year.state", "period", [audit.Line(year.id, told, year.version + 1)])


def locks(session: Session) -> dict[str, date | None]:
    """Return the last locked day of each part of the books, None where it has none."""
    session.require("ledger.read")
    found = calendar.select_locks()
    return {part: found.get(part) for part in PARTS}


def set_lock(session: Session, part: str, through: date) -> None:
    """Lock a part of the books up to a day, included; the hard lock only moves forward.

    Raises:
        InvalidChangeError: There is no such part, or the hard lock would move back.
        NotAllowedError: It would move back, and the one who acts may not reopen.
    """
    session.require("ledger.close")
    if part not in PARTS:
        raise InvalidChangeError("part", _("expected one of {words}").format(
            words=", ".join(PARTS)))  # fmt: skip
    with audit.writing():
        before = calendar.select_locks().get(part)
        if part == "hard" and before is not None and through < before:
            raise InvalidChangeError(
                "through",
                _("the hard lock stands at {day} and never moves back").format(day=before),
            )
        if before is not None and through < before:
            session.require("ledger.reopen")
        calendar.put_lock(part, through)
        told = {"part": (None, part), "through": (str(before or ""), str(through))}
        audit.record(session, "period.lock", "period", [audit.Line(0, told)])


def set_fiscal_start(session: Session, month: str) -> None:
    """Choose the month in which fiscal years start, before there is one.

    Raises:
        InvalidChangeError: It is no month.
        YearStateError: There are fiscal years already.
    """
    session.require("ledger.configure")
    if month not in {str(number) for number in range(1, 13)}:
        raise InvalidChangeError(FISCAL_START, _("expected a month, 1 to 12"))
    with audit.writing():
        if calendar.select_years():
            raise YearStateError(_("The first fiscal year is made already; its start stays."))
        calendar.put_setting(FISCAL_START, month)
        line = audit.Line(0, {FISCAL_START: (None, month)})
        audit.record(session, "ledger.set", "ledger", [line])
