"""Why a ticket is due when it is: the days of each target's clock, as lines to read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from boconsole.language import DAYS, N_, _
from boconsole.session import Session
from boconsole.sla.calendar import format_span
from boconsole.sla.trace import TraceDay
from boconsole.tickets.service_levels import Trace
from screens.cells import fit, moment, safe
from screens.help import LinesScreen
from screens.ticket_facts import business, number

TARGETS = {
    "first_response": N_("First response"),
    "next_reply": N_("Next reply"),
    "resolution": N_("Resolution"),
}
WIDTHS = (15, 24, 12, 9, 9)


def trace_screen(ticket_id: int, traces: Sequence[Trace], session: Session) -> LinesScreen:
    """Return the page that explains the due times of a ticket."""
    title = _("{number}: why it is due when it is").format(number=number(ticket_id))
    return LinesScreen(title, trace_lines(traces, session))


def trace_lines(traces: Sequence[Trace], session: Session) -> list[Text]:
    """Return the lines of every target that runs or ran."""
    if not traces:
        return [Text(_("No service level policy applies to this ticket, so it has no due time."))]
    lines: list[Text] = []
    for trace in traces:
        lines += [*_target_lines(trace, session), Text("")]
    return lines


def _target_lines(trace: Trace, session: Session) -> list[Text]:
    zone = trace.calendar.zone
    start = moment(trace.start.astimezone(zone))
    name = _(TARGETS.get(trace.target, trace.target))
    about = _("policy {policy}, hours of {zone}").format(policy=safe(trace.policy), zone=zone)
    goal = _("{time} of business time from {start}").format(
        time=business(trace.seconds), start=start
    )
    heads = (_("Day"), _("Open"), _("Note"), _("Counted"), _("Stood"))
    head = "".join(fit(text, width) for text, width in zip(heads, WIDTHS, strict=True))
    lines = [
        Text(f"{name}: {goal}", "bold"),
        Text(about),
        Text(head + _("Together"), "underline"),
        *(_day_line(day) for day in trace.days),
    ]
    return [*lines, Text(_end(trace, session), "bold")]


def _day_line(day: TraceDay) -> Text:
    spans = " ".join(format_span(span) for span in day.spans) or "-"
    texts = (
        f"{_(DAYS[day.day.weekday()])} {day.day}",
        spans,
        _note(day.note),
        business(day.counted_seconds) if day.counted_seconds else "-",
        business(day.paused_seconds) if day.paused_seconds else "-",
    )
    cut = "".join(
        fit(safe(text), width - 1) + " " for text, width in zip(texts, WIDTHS, strict=True)
    )
    return Text(cut + business(day.running_total), "" if day.counted_seconds else "dim")


def _note(note: str) -> str:
    """Return why nothing or less is open; the date and the hours stand beside it."""
    if note.startswith("holiday"):
        return _("holiday")
    return _("day off") if note == "closed" else note


def _end(trace: Trace, session: Session) -> str:
    if trace.due is None:
        return _("There is no due time now: the clock stands, or the target is met.")
    there = trace.due.astimezone(trace.calendar.zone)
    day = _(DAYS[there.weekday()])
    text = _("Due {day} {moment}").format(day=day, moment=moment(there))
    here = trace.due.astimezone(session.zone)
    if here.utcoffset() != there.utcoffset():
        text += _(" ({moment} in your zone)").format(moment=moment(here))
    return text
