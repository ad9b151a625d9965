"""Macros: a canned reply with changes, applied to one ticket or to many as one operation."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import clean, clean_values, required_line
from boconsole.tickets.fields import Changes, Describer, parse_changes
from boconsole.tickets.rows import Done, Versioned
from boconsole.tickets.words import number
from boconsole.tickets.writing import write
from db import connection
from db.tickets import rules
from db.tickets.names import contact_name
from db.tickets.records import TicketRecord

PLACEHOLDERS = (
    "{number}", "{subject}", "{requester.name}", "{requester.first}", "{requester.email}",
    "{queue}", "{category}", "{agent.name}", "{agent.login}", "{today}",
)  # fmt: skip


class Macro(NamedTuple):
    """A canned reply and the changes that go with it."""

    id: int
    name: str
    reply: str
    internal: bool
    changes: Mapping[str, object]


def list_all(session: Session) -> list[Macro]:
    """Return the macros by name."""
    session.require("ticket.read")
    return [
        Macro(row.id, row.name, row.reply, bool(row.internal), json.loads(row.changes))
        for row in rules.select_macros()
    ]


def find(session: Session, name: str) -> Macro:
    """Return a macro by name, or by a unique part of it."""
    every = list_all(session)
    low = name.strip().lower()
    hits = [macro for macro in every if macro.name.lower() == low] or [
        macro for macro in every if low in macro.name.lower()
    ]
    if len(hits) != 1:
        names = ", ".join(macro.name for macro in hits or every) or _("none yet")
        raise NotFoundError(
            _("one macro {name!r}; there are: {names}").format(name=name, names=names)
        )
    return hits[0]


def apply(
    session: Session, seen: Sequence[Versioned], macro: Macro, *, text: str | None = None
) -> Done:
    """Reply and change as a macro says.

    Args:
        session: Who acts.
        seen: The tickets.
        macro: What to do.
        text: The reply as the agent edited it, for one ticket; None fills in the macro's.
    """
    session.require("ticket.edit")
    session.require("ticket.reply")
    with connection.transaction():
        base = parse_changes(session, macro.changes)

        def changes_for(record: TicketRecord) -> Changes:
            body = text if text is not None else fill(session, macro.reply, record)
            body = clean(body, field="reply")
            return base._replace(note=body) if macro.internal else base._replace(reply=body)

        return write(session, "ticket.macro", seen, changes_for)


def fill(session: Session, text: str, record: TicketRecord) -> str:
    """Return a text with its placeholders filled in from a ticket."""
    if "{" not in text:
        return text
    describer = Describer()
    name = contact_name(record.requester_id) or ""
    values = {
        "{number}": number(record.id),
        "{subject}": record.subject,
        "{requester.name}": name,
        "{requester.first}": name.split(" ")[0],
        "{requester.email}": describer.word("requester_id", record.requester_id) or "",
        "{queue}": describer.word("queue_id", record.queue_id) or "",
        "{category}": describer.word("category_id", record.category_id) or "",
        "{agent.name}": session.user.name,
        "{agent.login}": session.user.login,
        "{today}": session.now().astimezone(session.zone).date().isoformat(),
    }
    for placeholder, value in values.items():
        text = text.replace(placeholder, str(value))
    return text


def save(
    session: Session, name: str, reply: str, changes: Mapping[str, object], *,
    internal: bool = False,
) -> int:  # fmt: skip
    """Add a macro, or replace the one of that name; returns the operation.

    Raises:
        InvalidChangeError, NotFoundError: It could never be applied.
    """
    session.require("ticket.configure")
    name = required_line(name, field="name")
    reply = clean(reply, field="reply")
    if not reply and not changes:
        raise InvalidChangeError("macro", _("needs a reply or a change"))
    with connection.transaction():
        parse_changes(session, changes)
        text = json.dumps(clean_values(changes), ensure_ascii=False)
        macro_id = rules.put_macro(name, reply, internal, text)
        told = {"name": (None, name), "reply": (None, reply), "changes": (None, text)}
        return audit.record(session, "macro.save", "macro", [audit.Line(macro_id, told)])


def remove(session: Session, name: str) -> int:
    """Take a macro out of use."""
    session.require("ticket.configure")
    with connection.transaction():
        retired = rules.deactivate("macro", name)
        if retired is None:
            raise NotFoundError(_("macro {name!r}").format(name=name))
        line = audit.Line(retired, {"name": (name, None)})
        return audit.record(session, "macro.remove", "macro", [line])
