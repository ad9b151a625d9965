"""Asking a report: its rights, its parameters, its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from importlib import import_module
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.filters import dates, writing
from boconsole.filters.syntax import Query
from boconsole.language import _
from boconsole.moments import add_months
from boconsole.reports import narrowing, periods
from boconsole.reports.errors import UnknownReportError
from boconsole.reports.registry import BY_NAME, REPORTS
from boconsole.reports.shapes import TIMES, Answer, Asked, Report
from boconsole.session import Session

MOST_PERIODS = 1_200
"""Lines by time, so that a report stays one; three years of days."""
NOTHING = "-"
"""Names the line of what has no such value."""
USUAL_DAYS, USUAL_WEEKS, USUAL_MONTHS = 30, 13, 12


@dataclass(frozen=True)
class Parameters:
    """What somebody asks a report, as typed; empty takes what is usual.

    Attributes:
        starts: The first day, a date word of the query language.
        ends: The last day, another.
        by: What its lines are.
        query: Which records.
        of: The line whose records are asked for, one by one.
    """

    starts: str = ""
    ends: str = ""
    by: str = ""
    query: str = ""
    of: str = ""

    def told(self) -> dict[str, str]:
        """Return what was typed, by the names of the command line."""
        named = {"from": self.starts, "to": self.ends, "by": self.by, "query": self.query,
                 "of": self.of}  # fmt: skip
        return {name: value for name, value in named.items() if value}


class Result(NamedTuple):
    """A report that was run."""

    report: Report
    asked: Asked
    answer: Answer


def told(parameters: Mapping[str, str]) -> Parameters:
    """Return parameters from their names on the command line."""
    return Parameters(parameters.get("from", ""), parameters.get("to", ""),
                      parameters.get("by", ""), parameters.get("query", ""),
                      parameters.get("of", ""))  # fmt: skip


def seen(session: Session) -> list[Report]:
    """Return the reports that somebody may run, in their order."""
    return [report for report in REPORTS if all(map(session.may, report.permissions))]


def find(session: Session, name: str) -> Report:
    """Return the report of a name.

    Raises:
        UnknownReportError: There is none.
        NotAllowedError: It is none for the one who asks.
    """
    report = BY_NAME.get(name.strip().lower())
    if report is None:
        raise UnknownReportError(name)
    for permission in report.permissions:
        session.require(permission)
    return report


def run(
    session: Session, name: str, parameters: Parameters,
    progress: Callable[[int, int], object] | None = None,
) -> Result:  # fmt: skip
    """Return what a report finds.

    Args:
        session: Who asks.
        name: Of the report.
        parameters: What is asked.
        progress: Told how many of how many months are counted, where sums of tickets have to be
            counted anew first; what it raises stops that, and the next report goes on there.

    Raises:
        UnknownReportError, NotAllowedError: As `find`.
        InvalidChangeError: A parameter cannot be read, or there would be too many lines.
        QuerySyntaxError: The query cannot be read; names the column.
    """
    report = find(session, name)
    asked = replace(check(session, report, parameters), progress=progress)
    read = report.read if asked.of is None else report.records
    module, _colon, function = read.partition(":")
    answer: Answer = getattr(import_module(f"boconsole.reports.{module}"), function)(asked)
    return Result(report, asked, answer)


def check(session: Session, report: Report, parameters: Parameters) -> Asked:
    """Return what is asked, with what is usual filled in; raises as `run`."""
    by = _by(report, parameters.by.strip().lower())
    query = _query(session, report, by, parameters.query)
    first, last = _days(session, report, by, parameters)
    steps: tuple[periods.Period, ...] = ()
    if by in TIMES:
        if (last - first).days // {"day": 1, "week": 7, "month": 28}[by] > MOST_PERIODS:
            reason = _("gives more than {count} lines here; take longer steps or fewer days")
            raise InvalidChangeError("by", reason.format(count=MOST_PERIODS))
        steps = periods.split(first, last, by)
    return Asked(session, by, first, last, query, steps, _line(report, parameters.of))


def _line(report: Report, of: str) -> str | None:
    if not of:
        return None
    if not report.records:
        raise InvalidChangeError("of", _("the lines of this report lead to lists of their own"))
    return "" if of == NOTHING else of


def _by(report: Report, by: str) -> str:
    if not by:
        return report.by[0] if report.by else ""
    if by not in report.by:
        words = ", ".join(report.by) or _("nothing, as its lines are always the same")
        raise InvalidChangeError("by", _("expected one of {words}").format(words=words))
    return by


def _query(session: Session, report: Report, by: str, query: str) -> str:
    """Return a query as one condition, that others can be put beside."""
    if not query.strip():
        return ""
    return writing.format(Query(narrowing.check(session, report, by, query).where))


def _days(session: Session, report: Report, by: str, parameters: Parameters) -> tuple[date, date]:
    today = session.now().astimezone(session.zone).date()
    if not report.spans:
        if parameters.starts or parameters.ends:
            raise InvalidChangeError("from", _("this report tells of today alone"))
        return today, today
    last = _day(session, "to", parameters.ends, last=True) if parameters.ends else today
    if parameters.starts:
        first = _day(session, "from", parameters.starts, last=False)
    else:
        first = _usual_start(by, last)
    if first > last:
        raise InvalidChangeError("from", _("lies behind the last day, {last}").format(last=last))
    return first, last


def _usual_start(by: str, last: date) -> date:
    if by == "day":
        return last - timedelta(days=USUAL_DAYS - 1)
    if by == "week":
        return last - timedelta(days=last.weekday() + 7 * (USUAL_WEEKS - 1))
    return add_months(last.replace(day=1), 1 - USUAL_MONTHS)


def _day(session: Session, field: str, text: str, *, last: bool) -> date:
    found = dates.read_moment(text, session.now(), session.zone)
    if found is None:
        raise InvalidChangeError(field, _("expected {what}").format(what=_(dates.EXPECTED)))
    instant = max(found.start, found.end - timedelta(seconds=1)) if last else found.start
    return instant.astimezone(UTC).astimezone(session.zone).date()
