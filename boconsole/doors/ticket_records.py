"""Whole tickets in words: the record that programs read, and the page that people read.

References that are empty are null; instants are UTC for programs and local for people.
"""

from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.language import N_, _, grouped
from boconsole.tickets.words import number

if TYPE_CHECKING:
    from boconsole.audit import HistoryEntry
    from boconsole.session import Session
    from boconsole.tickets.rows import ServiceLevels, Target, TicketRow, TimelineEntry

REFERENCES = (
    "requester", "requester_name", "organisation", "queue", "assignee", "category",
)  # fmt: skip
SHOWN = (
    ("kind", N_("kind")), ("state", N_("state")), ("priority", N_("priority")),
    ("priority_reason", N_("priority reason")), ("impact", N_("impact")),
    ("urgency", N_("urgency")), ("requester", N_("requester")),
    ("requester_name", N_("requester name")), ("organisation", N_("organisation")),
    ("queue", N_("queue")), ("assignee", N_("assignee")), ("category", N_("category")),
    ("tags", N_("tags")), ("watchers", N_("watchers")), ("due_at", N_("due")),
    ("wake_at", N_("wake")), ("created_at", N_("created")), ("updated_at", N_("updated")),
    ("resolved_at", N_("resolved")), ("closed_at", N_("closed")),
    ("merged_into", N_("merged into")), ("minutes_spent", N_("minutes spent")),
    ("resolution", N_("resolution")), ("rating", N_("rating")),
)  # fmt: skip
"""The fields of a ticket as people read them, in order."""
LEVELS = {
    "first_response": N_("first response"),
    "next_reply": N_("next reply"),
    "resolution": N_("resolution"),
}
MESSAGES = ("request", "reply", "note")
ASIDE = ("id", "merged_into", "links", "sla", "tags", "watchers", "custom")


def read_record(session: "Session", ticket_id: int) -> dict[str, object]:
    """Return everything that is known of a ticket."""
    from boconsole import audit
    from boconsole.tickets import reading

    ticket = reading.get(session, ticket_id)
    timeline = reading.timeline(session, ticket_id)
    return as_record(ticket, timeline, audit.history(session, "ticket", ticket_id))


def as_record(
    ticket: "TicketRow", timeline: "Sequence[TimelineEntry]", history: "Iterable[HistoryEntry]"
) -> dict[str, object]:
    """Return a ticket as programs read it."""
    fields = {
        name: None if name in REFERENCES and not value else value
        for name, value in ticket._asdict().items()
        if name not in ASIDE
    }
    thread = [_message(entry) for entry in timeline if entry.kind in MESSAGES]
    body = next((entry.text for entry in timeline if entry.kind == "request"), "")
    return {
        "number": number(ticket.id),
        **fields,
        "body": body,
        "merged_into": number(ticket.merged_into) if ticket.merged_into else None,
        "tags": list(ticket.tags),
        "watchers": list(ticket.watchers),
        "custom": dict(ticket.custom),
        "links": [
            {"kind": link.kind, "number": number(link.id), "subject": link.subject,
             "state": link.state}
            for link in ticket.links
        ],
        "sla": _service_levels(ticket.sla),
        "thread": thread,
        "history": [_history(entry) for entry in history],
    }  # fmt: skip


def _service_levels(levels: "ServiceLevels") -> dict[str, object]:
    return {
        "policy": levels.policy or None,
        "first_response": _target(levels.first_response),
        "next_reply": _target(levels.next_reply),
        "resolution": _target(levels.resolution),
    }


def _target(target: "Target") -> dict[str, object]:
    return {
        "due": target.due,
        "state": target.state,
        "remaining_minutes": None if target.left is None else target.left // 60,
        "warned": target.warned,
    }


def _message(entry: "TimelineEntry") -> dict[str, object]:
    return {
        "id": entry.message_id,
        "kind": entry.kind,
        "at": entry.at,
        "author": entry.who,
        "body": entry.text,
        "internal": entry.kind == "note",
        "minutes": entry.minutes,
        "mail": entry.mail or None,
        "attachments": [
            {"id": file.id, "name": file.name, "media_type": file.media_type, "size": file.size,
             "sha256": file.sha256}
            for file in entry.attachments
        ],
    }  # fmt: skip


def _history(entry: "HistoryEntry") -> dict[str, object]:
    return {
        "operation": entry.operation,
        "at": entry.at,
        "actor": entry.actor,
        "origin": entry.origin,
        "action": entry.action,
        "changes": {
            change.field: {"before": change.before, "after": change.after}
            for change in entry.changes
        },
    }


def summary(record: dict[str, object]) -> str:
    """Return one line that says how a ticket stands."""
    words = (
        record["number"], record["state"], record["priority"], record["assignee"] or "-",
        record["subject"],
    )  # fmt: skip
    return output.GAP.join(output.one_line(str(word)) for word in words)


def page_text(record: dict[str, object], zone: tzinfo) -> str:
    """Return a whole ticket for people: fields, service levels, links and thread."""
    custom = record["custom"]
    assert isinstance(custom, dict)
    rows = [
        (_(label), output.local(record[name], zone))
        for name, label in SHOWN
        if record[name] not in (None, "", [], 0)
    ]
    rows += [(f"cf.{name}", str(value)) for name, value in custom.items()]
    parts = [
        f"{record['number']}  {output.one_line(str(record['subject']))}",
        output.pairs(rows),
        _levels_text(record["sla"], zone),
        _links_text(record["links"]),
        *_thread_texts(record["thread"], zone),
    ]
    return "\n\n".join(part for part in parts if part)


def _levels_text(levels: object, zone: tzinfo) -> str:
    assert isinstance(levels, dict)
    rows = [
        (
            _(LEVELS[name]), levels[name]["state"],
            output.local(levels[name]["due"], zone), str(levels[name]["remaining_minutes"]),
        )
        for name in LEVELS
        if levels[name]["state"] != "none"
    ]  # fmt: skip
    headings = (_("Service level"), _("State"), _("Due"), _("Minutes left"))
    return output.table(headings, rows, right=frozenset((3,))) if rows else ""


def _links_text(links: object) -> str:
    assert isinstance(links, list)
    return output.pairs(
        [
            (
                _(link["kind"].replace("_", " ")),
                f"{link['number']} {link['state']} {link['subject']}",
            )
            for link in links
        ]
    )


def _mailed(state: object) -> str:
    """Return how far the mail of a reply is, as it stands behind its author."""
    from boconsole.mail.words import STATES

    return "  " + _("mail: {state}").format(state=_(STATES[str(state)])) if state else ""


def _thread_texts(thread: object, zone: tzinfo) -> list[str]:
    assert isinstance(thread, list)
    return [
        "\n".join(
            [
                f"--- {message['id']}  {message['kind']}  {output.local(message['at'], zone)}  "
                f"{output.one_line(message['author'])}{_mailed(message['mail'])}",
                message["body"],
                *(
                    _("[{name}, {size} bytes]").format(
                        name=file["name"], size=grouped(file["size"])
                    )
                    for file in message["attachments"]
                ),
            ]
        ).rstrip()
        for message in thread
    ]
