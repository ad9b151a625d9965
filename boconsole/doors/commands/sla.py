"""Business hours without a database, and service levels of tickets."""

import re
from dataclasses import asdict
from datetime import tzinfo
from typing import TYPE_CHECKING

from boconsole.doors import files, output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import DAYS, _, grouped
from boconsole.sla.calendar import Calendar, format_span
from boconsole.tickets.words import one_of, parse_number

if TYPE_CHECKING:
    from boconsole.tickets.service_levels import Trace

TARGETS = ("first_response", "next_reply", "resolution")
MOST_MINUTES = 100 * 366 * 24 * 60


def due(call: Call) -> Answer:
    """Answer with the instant at which the minutes have run."""
    from boconsole.sla import clock
    from boconsole.sla.instants import parse_instant

    calendar = _calendar(call)
    seconds = _minutes(call.words.minutes) * 60
    start = parse_instant(call.words.start, calendar.zone)
    found = output.instant(clock.due(calendar, start, seconds))
    return Answer({"due": found}, found)


def elapsed(call: Call) -> Answer:
    """Answer with the business seconds between two instants."""
    from boconsole.sla import clock
    from boconsole.sla.instants import parse_instant

    calendar = _calendar(call)
    start = parse_instant(call.words.start, calendar.zone)
    seconds = clock.elapsed(calendar, start, parse_instant(call.words.end, calendar.zone))
    return Answer({"seconds": seconds}, str(seconds))


def _calendar(call: Call) -> Calendar:
    return Calendar.from_toml(files.read_text(call.words.calendar))


def _minutes(text: str) -> int:
    if not re.fullmatch(r"\+?\d{1,12}", text.strip(), re.ASCII) or int(text) > MOST_MINUTES:
        raise InvalidChangeError(
            "minutes",
            _("{text!r} is not a whole number from 0 to {most_minutes}").format(
                text=text[:20], most_minutes=grouped(MOST_MINUTES)
            ),
        )
    return int(text)


def load(call: Call) -> Answer:
    """Replace calendars and policies; open tickets are computed again."""
    from boconsole.tickets import service_levels

    text = files.read_text(call.words.file)
    session = call.session()
    loaded = service_levels.load(session, text)
    notes = tuple(
        _("Policy {name}: {reason}; it is loaded all the same.").format(name=name, reason=reason)
        for name, reason in service_levels.doubts(session)
    )
    return Answer(
        loaded._asdict(),
        _(
            "{calendars} calendars, {policies} policies; {tickets} open tickets computed again."
        ).format(**loaded._asdict()),
        notes,
    )


def list_policies(call: Call) -> Answer:
    """List policies in order of precedence."""
    from boconsole.tickets import service_levels

    session = call.session()
    session.require("ticket.read")
    found = [promise.policy for promise in service_levels.promises()]
    rows = [
        (
            policy.name, policy.match or "-", policy.calendar, str(policy.first_response or "-"),
            str(policy.next_reply or "-"), str(policy.resolution or "-"),
        )
        for policy in found
    ]  # fmt: skip
    headings = (
        _("Policy"), _("Matches"), _("Calendar"), _("First response"), _("Next reply"),
        _("Resolution"),
    )  # fmt: skip
    right = frozenset((3, 4, 5))
    return Answer(
        [asdict(policy) for policy in found], lambda: output.table(headings, rows, right=right)
    )


def trace(call: Call) -> Answer:
    """Tell day by day why a target of a ticket is due when it is."""
    from boconsole.tickets import reading, service_levels

    ticket_id = parse_number(call.words.number)
    target = one_of("target", call.words.target, TARGETS)
    session = call.session()
    reading.find(session, ticket_id)
    found = [each for each in service_levels.explain(session, ticket_id) if each.target == target]
    if not found:
        number = call.words.number
        raise NotFoundError(
            _("target {target} that runs for {number}").format(target=target, number=number)
        )
    told = found[0]
    days = [
        {
            "day": day.day,
            "open": [format_span(span) for span in day.spans],
            "note": day.note,
            "counted_seconds": day.counted_seconds,
            "paused_seconds": day.paused_seconds,
            "total_seconds": day.running_total,
        }
        for day in told.days
    ]
    value = {
        "target": told.target,
        "policy": told.policy,
        "timezone": told.calendar.zone.key,
        "start": told.start,
        "minutes": told.seconds // 60,
        "due": told.due,
        "days": days,
    }
    return Answer(value, lambda: _trace_text(told, session.zone))


def _trace_text(told: "Trace", zone: tzinfo) -> str:
    rows = [
        (
            f"{_(DAYS[day.day.weekday()])} {day.day}",
            " ".join(format_span(span) for span in day.spans) or day.note or "-",
            _hours(day.counted_seconds),
            _hours(day.paused_seconds),
            _hours(day.running_total),
        )
        for day in told.days
    ]
    head = _("{policy}, {target}: {hours} from {start}, due {due}").format(
        policy=told.policy,
        target=told.target.replace("_", " "),
        hours=_hours(told.seconds),
        start=output.local(told.start, zone),
        due=output.local(told.due, zone),
    )
    headings = (_("Day"), _("Open"), _("Counted"), _("Paused"), _("Total"))
    return f"{head}\n\n{output.table(headings, rows, right=frozenset((2, 3, 4)))}"


def _hours(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")
