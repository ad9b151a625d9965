"""Years, months, lock dates and exceptions from them, by command."""

from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.words import parse_day
from boconsole.moments import parse_moment

if TYPE_CHECKING:
    from db.ledger.rows import ExceptionRow

LONGEST_ID = 9


def list_periods(call: Call) -> Answer:
    """List fiscal years and their months."""
    from boconsole.ledger import periods

    session = call.session()
    years = {year.id: year for year in periods.years(session)}
    found = periods.periods(session)
    value = [
        {"year": years[row.year_id].name, "from": row.starts, "to": row.ends,
         "state": row.state, "year_state": row.year_state}
        for row in found
    ]  # fmt: skip
    headings = (_("Year"), _("From"), _("To"), _("Month"), _("Year is"))
    rows = [
        (years[row.year_id].name, str(row.starts), str(row.ends), _(row.state), _(row.year_state))
        for row in found
    ]
    return Answer(value, lambda: output.table(headings, rows) if rows else _("Nothing."))


def close(call: Call) -> Answer:
    """Close a fiscal year, or a month."""
    from boconsole.closing import months

    session, name = call.session(), call.words.year
    if months.is_month(name):
        months.close_month(session, name)
        return Answer({"month": name, "state": "closed"}, _("{name} is closed.").format(name=name))
    done = months.close_year(session, name)
    told = _("{name} is closed.").format(name=done.year)
    if done.number:
        told += " " + _("Its result is in {number}.").format(number=done.number)
    return Answer({"year": done.year, "state": "closed", "number": done.number}, told)


def checklist(call: Call) -> Answer:
    """Tell what is to do before a month or year is closed; exits with 1 when something is."""
    from boconsole.closing import months, points

    session = call.session()
    found = points.of(session, months.span(session, call.words.month))
    value = [{**point._asdict(), "total": point.number, "holds": point.holds} for point in found]
    rows = [
        ("x" if point.holds else " ", point.title, str(point.number or ""), ", ".join(point.causes))
        for point in found
    ]
    headings = ("", _("Point"), _("Count"), _("To do"))
    done = all(point.holds for point in found)
    return Answer(value, lambda: output.table(headings, rows, right=frozenset((2,))),
                  code=0 if done else 1)  # fmt: skip


def reopen(call: Call) -> Answer:
    """Open a closed year or month again."""
    from boconsole.closing import months
    from boconsole.ledger import closing, periods

    session = call.session()
    name, reason = call.words.year, call.words.reason
    if months.is_month(name):
        periods.reopen_period(session, periods.find_month(session, name), reason)
    else:
        closing.reopen(session, name, reason)
    return Answer({"name": name, "state": "open"}, _("{name} is open again.").format(name=name))


def lock_year(call: Call) -> Answer:
    """Lock a closed year for good."""
    from boconsole.ledger import periods

    session = call.session()
    periods.lock_year(session, periods.find_year(call.words.year))
    name = call.words.year
    return Answer({"year": name, "state": "locked"}, _("{name} is locked.").format(name=name))


def lock_date(call: Call) -> Answer:
    """Book nothing more up to a day."""
    from boconsole.ledger import periods

    through = parse_day(call.words.through, field="through")
    periods.set_lock(call.session(), call.words.part, through)
    value = {"part": call.words.part, "through": through}
    return Answer(value, _("{part} is locked through {through}.").format(**value))


def allow_exception(call: Call) -> Answer:
    """Let somebody book before a lock date for some time."""
    from boconsole.ledger import exceptions

    words, session = call.words, call.session()
    until = parse_moment(words.until, session.now(), session.zone, field="until")
    made = exceptions.allow(session, words.part, words.who, until, words.reason)
    told = _("Exception {number}: {who} may book before the lock of {part} until {until}.").format(
        number=made.id, who=made.login or _(exceptions.EVERYBODY), part=_(made.part),
        until=output.local(made.until, session.zone),
    )  # fmt: skip
    return Answer(_exception_record(made), told)


def list_exceptions(call: Call) -> Answer:
    """List the exceptions that run."""
    from boconsole.ledger import exceptions

    session = call.session()
    found = exceptions.running(session)
    headings = (_("No."), _("Part"), _("Who"), _("Until"), _("Granted by"), _("Reason"))
    rows = [
        (str(row.id), _(row.part), row.login or _(exceptions.EVERYBODY),
         output.local(row.until, session.zone), row.granted_by, row.reason)
        for row in found
    ]  # fmt: skip
    value = [_exception_record(row) for row in found]
    return Answer(value, lambda: output.table(headings, rows) if rows else _("Nothing."))


def withdraw_exception(call: Call) -> Answer:
    """End an exception before its time."""
    from boconsole.ledger import exceptions

    text = call.words.number
    if not text.isdecimal() or len(text) > LONGEST_ID:
        raise InvalidChangeError("number", _("{text!r} is no number").format(text=text[:20]))
    old = exceptions.withdraw(call.session(), int(text))
    return Answer(_exception_record(old), _("Exception {number} has ended.").format(number=old.id))


def _exception_record(row: "ExceptionRow") -> dict[str, object]:
    return {**row._asdict(), "login": row.login or None}


def list_locks(call: Call) -> Answer:
    """List the lock dates."""
    from boconsole.ledger import periods

    found = periods.locks(call.session())
    rows = [(_(part), str(day or "-")) for part, day in found.items()]
    return Answer(found, lambda: output.table((_("Part"), _("Locked through")), rows))
