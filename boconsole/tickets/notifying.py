"""Who hears of a change: the assignee and those who watch, never the one who made it."""

from collections.abc import Sequence
from typing import NamedTuple

from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.words import number
from db import notifications
from db.notifications import NotificationRow
from db.tickets import names, relations
from db.tickets.records import TicketRecord


class Touched(NamedTuple):
    """A ticket that changed: who had it before, what it is now, and which fields differ."""

    assignee_before: int | None
    ticket: TicketRecord
    fields: tuple[str, ...]


def tell(session: Session, touched: Sequence[Touched]) -> None:
    """Write the sentences of an operation inside its transaction."""
    watching = relations.select_watchers([each.ticket.id for each in touched])
    rows = []
    for each in touched:
        watchers = {names.user_id(login) for login in watching[each.ticket.id]}
        listeners = watchers | {each.ticket.assignee_id}
        for user in listeners - {None, session.user.id}:
            assert user is not None
            rows.append((user, session.now(), _sentence(session, each, user), "ticket",
                         each.ticket.id))  # fmt: skip
    if rows:
        notifications.insert(rows)


def _sentence(session: Session, each: Touched, user: int) -> str:
    """Return what happened in a few words."""
    ticket = each.ticket
    if ticket.assignee_id == user and each.assignee_before != user:
        what = _("assigned to you by {login}")
    elif "message" in each.fields and session.origin == "mail":
        what = _("an answer came by mail")
    elif "note" in each.fields and session.origin == "mail":
        what = _("a message came by mail")
    elif "message" in each.fields:
        what = _("{login} replied")
    elif "note" in each.fields:
        what = _("{login} left a note")
    elif "state" in each.fields:
        what = _("{login} set it {state}")
    else:
        what = _("{login} changed {fields}")
    told = what.format(
        login=session.user.login,
        state=_(ticket.state.replace("_", " ")),
        fields=", ".join(_(field) for field in each.fields[:3]),
    )
    return f"{number(ticket.id)} {ticket.subject[:80]}: {told}"


def unread(session: Session, limit: int = 100) -> list[NotificationRow]:
    """Return what the user has not read, newest first."""
    return notifications.select_unread(session.user.id, limit)


def mark_read(session: Session, ticket_id: int) -> int:
    """Note that the user has seen a ticket; returns how many sentences that settled."""
    return notifications.set_read(session.user.id, "ticket", ticket_id, session.now())
