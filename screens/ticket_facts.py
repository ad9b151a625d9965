"""The facts of a ticket as short labelled lines: the most needed first, none without a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from rich.cells import cell_len
from textual.content import Content

from boconsole.contacts.reading import Support
from boconsole.language import N_, _, ngettext
from boconsole.session import Session
from boconsole.tickets.rows import Done, Target, TicketRow, Versioned
from boconsole.tickets.words import PRIORITIES
from screens.cells import Cell, fit, instant, moment, priority_word, safe, state_word, worked
from screens.prose import toned, wrapped

FEATURE = "ticket"
KINDS = {
    "incident": N_("Incident"),
    "request": N_("Service request"),
    "problem": N_("Problem"),
    "change": N_("Change"),
    "complaint": N_("Complaint"),
    "question": N_("Question"),
}
LEVELS = {"high": N_("high"), "medium": N_("medium"), "low": N_("low")}
LINKS = {
    "parent_of": N_("parent of"),
    "child_of": N_("child of"),
    "duplicate_of": N_("duplicate of"),
    "duplicated_by": N_("duplicated by"),
    "blocks": N_("blocks"),
    "blocked_by": N_("blocked by"),
    "caused_by": N_("caused by"),
    "causes": N_("causes"),
}
CHANNELS = {
    "console": N_("console"), "cli": N_("command line"), "mail": N_("mail"),
    "phone": N_("phone"), "chat": N_("chat"), "social": N_("social media"), "web": N_("web"),
    "ssh": N_("SSH"), "import": N_("import"), "recurring": N_("recurring ticket"),
    "system": N_("system"),
}  # fmt: skip
LABEL = 11
COMPACT_ROWS = 5
GAP = 2


class Booked(Protocol):
    """An entry in the books."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def about(self) -> str:
        """Whom it paid, and what for."""


class Fact(NamedTuple):
    """A label and what it says, with its tone."""

    label: str
    value: Cell


def number(ticket_id: int) -> str:
    """Return the number people see."""
    return f"TKT-{ticket_id}"


def told(seen: Sequence[Versioned]) -> str:
    """Return a sentence about tickets that were changed."""
    if len(seen) == 1:
        return _("{number} changed; u undoes it.").format(number=number(seen[0].id))
    text = ngettext("{count} ticket changed; u undoes it.", "{count} tickets changed; u undoes it.",
                    len(seen))  # fmt: skip
    return text.format(count=len(seen))


def told_of(seen: Sequence[Versioned], done: Done) -> str:
    """Return a sentence about those of some tickets that an operation has changed."""
    before = {row.id: row.version for row in seen}
    changed = [ref for ref in done.tickets if before.get(ref.id, ref.version) != ref.version]
    return told(changed) if changed else _("Nothing was changed.")


def facts(
    row: TicketRow, session: Session, *, whole: bool = False, booked: Sequence[Booked] = (),
    support: Support | None = None,
) -> list[Fact]:  # fmt: skip
    """Return what is known of a ticket, the most needed first.

    Args:
        row: The ticket.
        session: Who looks.
        whole: Write times in full.
        booked: Entries in the books that link to it.
        support: What to know of those who ask.
    """
    now, zone = session.now(), session.zone

    def at(there: datetime | None) -> str:
        if whole and there is not None:
            return moment(there.astimezone(zone))
        return instant(there, now, zone)

    requester = row.requester_name or row.requester
    if row.requester and row.requester_name:
        requester = f"{row.requester_name} <{row.requester}>"
    found = [
        Fact(_("State"), _state(row, at(row.wake_at))),
        Fact(_("Priority"), _priority(row)),
        Fact(_("Assignee"), Cell(row.assignee) if row.assignee else Cell(_("nobody"), "warn")),
        Fact(_("Queue"), Cell(row.queue)),
        Fact(_("Requester"), Cell(requester or _("unknown"), "" if requester else "muted")),
        Fact(_("From"), Cell(row.organisation)),
        *_support(support),
        Fact(_("Response"), _target(row.sla.first_response, at)),
        Fact(_("Resolution"), _target(row.sla.resolution, at)),
        Fact(_("Next reply"), _target(row.sla.next_reply, at)),
        Fact(_("Due"), Cell(at(row.due_at), "warn" if row.due_at and row.due_at < now else "")),
        Fact(_("Category"), Cell(row.category)),
        Fact(_("Kind"), Cell(_(KINDS.get(row.kind, row.kind)))),
        Fact(_("Tags"), Cell(", ".join(row.tags), "info")),
    ]
    return [fact for fact in (*found, *_more(row, at, booked)) if fact.value.text]


def _support(support: Support | None) -> list[Fact]:
    """Return what is noted of those who ask, and who looks after them."""
    if support is None:
        return []
    notes = [line for note in support.notes for line in note.split("\n") if line.strip()]
    return [
        Fact(_("VIP"), Cell(_("yes") if support.vip else "", "warn")),
        Fact(_("Manager"), Cell(safe(support.manager))),
        *(Fact(_("Note"), Cell(safe(line), "info")) for line in notes),
    ]


def _more(
    row: TicketRow, at: Callable[[datetime | None], str], booked: Sequence[Booked]
) -> list[Fact]:
    links = [
        Fact(_(LINKS.get(link.kind, link.kind)).capitalize(),
             Cell(f"{number(link.id)} {link.subject} ({state_word(link.state).text[2:]})"))
        for link in row.links
    ]  # fmt: skip
    custom = [
        Fact(safe(name).replace("_", " ").capitalize(), Cell(value))
        for name, value in row.custom.items()
    ]
    spent = worked(row.minutes_spent) if row.minutes_spent else ""
    return [
        *links,
        *(Fact(_("Entry"), Cell(f"{each.number} {safe(each.about)}")) for each in booked),
        *custom,
        Fact(_("Result"), Cell(row.resolution)),
        Fact(_("Rating"), Cell(f"{row.rating}/5" if row.rating else "")),
        Fact(_("Watchers"), Cell(", ".join(row.watchers))),
        Fact(_("Spent"), Cell(spent)),
        Fact(_("Policy"), Cell(row.sla.policy)),
        Fact(_("Why"), Cell(row.priority_reason)),
        Fact(_("Created"), Cell(at(row.created_at))),
        Fact(_("Changed"), Cell(at(row.updated_at))),
        Fact(_("Came by"), Cell(_(CHANNELS.get(row.channel, row.channel)))),
    ]


def _state(row: TicketRow, wake: str) -> Cell:
    cell = state_word(row.state)
    if row.merged_into:
        return Cell(f"{cell.text} → {number(row.merged_into)}", "warn")
    return Cell(f"{cell.text} → {wake}", cell.tone) if wake else cell


def _priority(row: TicketRow) -> Cell:
    cell = priority_word(PRIORITIES.index(row.priority) + 1)
    why = _("by hand") if row.priority_reason else _("{impact} × {urgency}").format(
        impact=_(LEVELS[row.impact]), urgency=_(LEVELS[row.urgency])
    )  # fmt: skip
    return Cell(f"{cell.text} ({why})", cell.tone)


def business(seconds: int) -> str:
    """Return business time, whose days are not 24 hours: `26h 05m`, `-35m`."""
    minutes = abs(seconds) // 60
    return worked(-minutes if seconds < 0 else minutes)


def _target(target: Target, at: Callable[[datetime | None], str]) -> Cell:
    left = business(target.left or 0)
    match target.state:
        case "running":
            mark, tone = ("! ", "warn") if target.warned else ("", "")
            text = _("{left} left, {due}").format(left=left, due=at(target.due))
            return Cell(mark + text, tone)
        case "paused":
            return Cell(_("paused, {left} left").format(left=left), "muted")
        case "met":
            return Cell(_("met"), "good")
        case "breached":
            late = business(abs(target.left or 0))
            return Cell("!! " + _("late by {late}").format(late=late), "bad")
    return Cell("")


def compact(found: Sequence[Fact], width: int, rows: int = COMPACT_ROWS) -> list[Content]:
    """Return the first facts in two columns; the last place says how many more there are."""
    half = (width - GAP) // 2
    places = rows * 2
    shown, hidden = list(found[:places]), len(found) - places
    if hidden > 0:
        shown[-1:] = [
            Fact("", Cell(_("… {count} more facts: d").format(count=hidden + 1), "muted"))
        ]
    lines = []
    for place in range(0, len(shown), 2):
        left = _cell(shown[place], half)
        right = _cell(shown[place + 1], half) if place + 1 < len(shown) else Content("")
        lines.append(left + Content(" " * GAP) + right)
    return lines


def _cell(fact: Fact, width: int) -> Content:
    label = fit(fact.label, LABEL) if fact.label else ""
    text = fit(safe(fact.value.text), width - cell_len(label))
    return toned((label, "muted"), (text, fact.value.tone))


def tall(found: Sequence[Fact], width: int) -> list[Content]:
    """Return every fact on its own lines."""
    lines: list[Content] = []
    for fact in found:
        label = toned((fit(fact.label, LABEL) + " ", "muted"))
        lines += wrapped(toned(fact.value), width, label, " " * (LABEL + 1))
    return lines
