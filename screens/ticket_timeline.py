"""What happened to a ticket, as lines to read: messages, internal notes and changes in one order.

Pure: rows in, text out. An internal note is marked by its words and by a bar at its left, so
that it is never taken for something the requester has seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from boconsole.audit import Change
from boconsole.language import N_, _, decimal
from boconsole.session import Session
from boconsole.tickets.quoting import parted
from boconsole.tickets.rows import AttachmentLine, TicketRow, TimelineEntry
from boconsole.tickets.words import PRIORITIES
from screens import ticket_facts
from screens.cells import Cell, clock, instant, priority_word, safe, state_word
from screens.prose import block, markdown, toned, wrapped

MAILED = {
    "queued": (N_("mail waits"), "muted"),
    "sending": (N_("mail waits"), "muted"),
    "sent": (N_("mailed"), "muted"),
    "failed": (N_("! mail failed"), "bad"),
    "uncertain": (N_("! perhaps mailed"), "warn"),
    "dropped": (N_("not mailed"), "muted"),
}
"""How far the mail of a reply is, by the state of the outbox."""
NEWEST = 100
"""The most entries shown at first."""
PREVIEW_MESSAGES = 4
WORDS = {
    "request": N_("wrote"),
    "reply": N_("replied"),
    "note": N_("INTERNAL NOTE"),
}
FIELDS = {
    "state": N_("state"),
    "priority": N_("priority"),
    "priority_reason": N_("reason of priority"),
    "assignee": N_("assignee"),
    "queue": N_("queue"),
    "due": N_("due"),
    "wake": N_("opens again"),
    "tags": N_("tags"),
    "subject": N_("subject"),
    "kind": N_("kind"),
    "impact": N_("impact"),
    "urgency": N_("urgency"),
    "requester": N_("requester"),
    "organisation": N_("organisation"),
    "category": N_("category"),
    "watchers": N_("watchers"),
    "resolution": N_("result"),
    "resolved_at": N_("resolved"),
    "closed_at": N_("closed"),
    "minutes_spent": N_("minutes spent"),
    "merged_into": N_("merged into"),
    "merged": N_("took in"),
    "split": N_("split off"),
    "link": N_("link"),
    "rating": N_("rating"),
}
QUIET = frozenset(("resolved_at", "closed_at"))
"""Told by the change of state already."""
TIMED = frozenset(("ticket.reply", "ticket.note"))
SPENT = frozenset(("minutes_spent",))
"""Told by the messages of these actions."""
ACTIONS = {
    "ticket.undo": N_("undid"),
    "ticket.unmerge": N_("parted again"),
    "ticket.macro": N_("by macro"),
    "ticket.wake": N_("woke up"),
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def timeline(
    entries: Sequence[TimelineEntry], width: int, session: Session, *, fold: bool = False
) -> tuple[list[Content], int]:
    """Return the lines of a timeline, and the line on which the last message begins.

    Args:
        entries: What happened.
        width: In cells.
        session: Who reads.
        fold: Leave out the history that mail programs put below what is new.
    """
    lines: list[Content] = []
    last = 0
    for entry in entries:
        if entry.kind == "change":
            lines += change_lines(entry, width, session)
            continue
        if lines:
            lines.append(Content(""))
        last = len(lines)
        lines += message_lines(entry, width, session, fold=fold)
    return lines, last


def folded(entries: Sequence[TimelineEntry]) -> int:
    """Return how many messages are shown without their history."""
    return sum(1 for entry in entries if entry.kind == "request" and parted(entry.text)[1])


def message_lines(
    entry: TimelineEntry, width: int, session: Session, *, fold: bool = False
) -> list[Content]:
    """Return a message: who, what and when, then its text and its files."""
    note = entry.kind == "note"
    at = when(entry.at, session)
    word = _(WORDS.get(entry.kind, entry.kind))
    spent = _(" · {minutes} min").format(minutes=entry.minutes) if entry.minutes else ""
    if note:
        head = toned((word, "warn"), (f" {entry.who}", "strong"), (f" · {at}{spent} ", "muted"))
    else:
        head = toned(
            (entry.who, "strong"), f" {word}", (f" · {at}{spent} ", "muted"), *_mail(entry)
        )
    rule = "~" if note else "─"
    line = head + toned((rule * max(width - head.cell_length, 0), "warn" if note else "muted"))
    indent = "▌ " if note else "  "
    new, history = parted(entry.text) if fold and entry.kind == "request" else (entry.text, "")
    lines = [line.truncate(width), *markdown(new, width, indent)]
    if history:
        text = _("… {count} lines of history: E shows them").format(count=history.count("\n") + 1)
        lines.append(toned((f"{indent}{text}", "muted")))
    if entry.mail in ("failed", "uncertain") and entry.mail_reason:
        lines += wrapped(toned((entry.mail_reason, "muted")), width, f"{indent}! ", indent)
    return lines + [_file_line(file, indent) for file in entry.attachments]


def _mail(entry: TimelineEntry) -> tuple[Cell, ...]:
    if entry.mail not in MAILED:
        return ()
    text, tone = MAILED[entry.mail]
    return Cell("· ", "muted"), Cell(f"{_(text)} ", tone)


def _file_line(file: AttachmentLine, indent: str) -> Content:
    return toned(indent, ("+ ", "strong"), file.name, (f"  {size(file.size)}", "muted"))


def size(count: int) -> str:
    """Return a number of bytes in a short form: `812 B`, `3.4 KB`, `12 MB`."""
    value = float(count)
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            digits = 0 if unit == "B" or value >= 10 else 1
            return f"{decimal(value, digits)} {unit}"
        value /= 1000
    return ""


def when(at: datetime, session: Session) -> str:
    """Return an instant with its hour, also when it is long ago."""
    text = instant(at, session.now(), session.zone)
    time = clock(at.astimezone(session.zone))
    return text if text.endswith(time) else f"{text} {time}"


def change_lines(entry: TimelineEntry, width: int, session: Session) -> list[Content]:
    """Return a change in one line or two: when, who, which fields."""
    at = when(entry.at, session)
    who = f"{safe(entry.who)} {_(ACTIONS[entry.action])}" if entry.action in ACTIONS else entry.who
    if entry.action.startswith("trigger "):
        who = _("by itself ({name})").format(name=entry.action)
    quiet = QUIET | SPENT if entry.action in TIMED else QUIET
    told = [change_text(change, session) for change in entry.changes if change.field not in quiet]
    if not told:
        return []
    head = f"· {at} {safe(who)}: "
    rest = " " * min(cell_len(head), width // 3)
    return wrapped(toned((head + "; ".join(told), "muted")), width, "", rest)


def change_text(change: Change, session: Session) -> str:
    """Return what became of a field: `state open → pending`, `tags +vip -old`."""
    name = _(FIELDS.get(change.field, change.field.removeprefix("cf.")))
    before, after = change.before, change.after
    if isinstance(before, list) and isinstance(after, list):
        added = [f"+{safe(word)}" for word in after if word not in before]
        return f"{name} {' '.join([*added, *(f'-{safe(w)}' for w in before if w not in after)])}"
    if change.field in ("link", "merged", "split", "merged_into"):
        told = _relation(safe(after or before))
        return f"{name} {told}" if after else _("{field} {value} removed").format(
            field=name, value=told)  # fmt: skip
    if before in (None, ""):
        return f"{name} {_value(change.field, after, session)}"
    return (
        f"{name} {_value(change.field, before, session)} → {_value(change.field, after, session)}"
    )


def _relation(text: str) -> str:
    """Return a link as people read it: `caused_by TKT-5` is `caused by TKT-5`."""
    kind, _space, other = text.partition(" ")
    return f"{_(ticket_facts.LINKS[kind])} {other}" if kind in ticket_facts.LINKS else text


def _value(field: str, value: object, session: Session) -> str:
    if value in (None, ""):
        return _("none")
    if field == "state":
        return state_word(str(value)).text[2:]
    text = safe(value)
    if field == "priority" and text in PRIORITIES:
        return priority_word(PRIORITIES.index(text) + 1).text[2:]
    if field in ("impact", "urgency"):
        return _(ticket_facts.LEVELS.get(text, text))
    if _INSTANT.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return instant(moment, session.now(), session.zone)
    return text


def preview(
    row: TicketRow, entries: Sequence[TimelineEntry], width: int, session: Session
) -> Content:
    """Return a ticket for the pane beside a list: subject, facts, the first and last messages."""
    found = ticket_facts.facts(row, session)
    lines = wrapped(toned((row.subject, "strong")), width)
    lines += ticket_facts.tall(found[:9], width)
    messages = [entry for entry in entries if entry.kind != "change"]
    hidden = len(messages) - PREVIEW_MESSAGES
    for place, entry in enumerate(messages):
        if hidden > 0 and place == 1:
            lines += [Content(""), toned((_("… {count} messages …").format(count=hidden), "muted"))]
        if hidden <= 0 or place == 0 or place > hidden:
            lines += [Content(""), *message_lines(entry, width, session, fold=True)]
    return block(lines)


def newest(
    entries: Sequence[TimelineEntry], limit: int = NEWEST
) -> tuple[list[TimelineEntry], int]:
    """Return the newest entries and how many older ones are left out."""
    hidden = max(len(entries) - limit, 0)
    return list(entries[hidden:]), hidden


def subject(row: TicketRow, width: int) -> list[Content]:
    """Return number and subject in at most two lines."""
    head = toned((ticket_facts.number(row.id), "info"), " ", (row.subject, "strong"))
    lines = wrapped(head, width)
    if len(lines) > 2:
        return [lines[0], (lines[1] + Content(" …")).truncate(width, ellipsis=True)]
    return lines
