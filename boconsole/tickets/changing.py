"""Changing tickets: fields, state, assignee, tags; one ticket or many, with one undo."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from boconsole.session import Session
from boconsole.tickets.fields import Membership, parse_changes
from boconsole.tickets.rows import Done, Versioned
from boconsole.tickets.words import STATES, field_name, one_of
from boconsole.tickets.writing import write
from db import connection


def edit(session: Session, seen: Sequence[Versioned], changes: Mapping[str, object]) -> Done:
    """Change fields of tickets, given as words; see `boconsole.tickets.fields`.

    Raises:
        NotAllowedError, InvalidChangeError, NotFoundError, StaleRecordError,
        TransitionError, MergedTicketError: Nothing was changed.
    """
    session.require("ticket.edit")
    if "reply" in map(field_name, changes):
        session.require("ticket.reply")
    with connection.transaction():
        return write(session, "ticket.edit", seen, parse_changes(session, changes))


class _TriedError(Exception):
    """Ends a trial, so that nothing of it is kept."""


def check_edit(session: Session, seen: Sequence[Versioned], changes: Mapping[str, object]) -> None:
    """Raise what `edit` would raise; nothing is changed."""
    with suppress(_TriedError), connection.transaction():
        edit(session, seen, changes)
        raise _TriedError


def set_state(
    session: Session,
    seen: Sequence[Versioned],
    state: str,
    *,
    until: datetime | str | None = None,
    resolution: str = "",
    note: str = "",
) -> Done:
    """Bring tickets into a state.

    Args:
        session: Who acts.
        seen: The tickets.
        state: One of the words of `transitions.possible`.
        until: When pending tickets open by themselves.
        resolution: The resolution code, kept with resolved and closed tickets.
        note: An internal note to leave with it.
    """
    session.require("ticket.edit")
    wanted = {"wake": until, "resolution": resolution, "note": note}
    changes: dict[str, object] = {
        "state": one_of("state", state, STATES[:-1]),
        **{field: value for field, value in wanted.items() if value},
    }
    with connection.transaction():
        return write(session, "ticket.state", seen, parse_changes(session, changes))


def assign(session: Session, seen: Sequence[Versioned], login: str | None) -> Done:
    """Give tickets to an account (`me` is the one who acts), or to nobody."""
    session.require("ticket.edit")
    with connection.transaction():
        changes = parse_changes(session, {"assignee": login or ""})
        return write(session, "ticket.assign", seen, changes)


def change_tags(
    session: Session, seen: Sequence[Versioned], *, add: Sequence[str] = (),
    remove: Sequence[str] = (),
) -> Done:  # fmt: skip
    """Put tags on tickets and take others off."""
    session.require("ticket.edit")
    words = [f"+{word}" for word in add] + [f"-{word}" for word in remove]
    with connection.transaction():
        changes = parse_changes(session, {"tags": ",".join(words)})
        if changes.tags == Membership(()):
            changes = changes._replace(tags=Membership(None))
        return write(session, "ticket.tag", seen, changes)


def watch(session: Session, seen: Sequence[Versioned], *, on: bool = True) -> Done:
    """Follow tickets, or stop following them."""
    session.require("ticket.read")
    mark = "+" if on else "-"
    with connection.transaction():
        changes = parse_changes(session, {"watchers": f"{mark}{session.user.login}"})
        return write(session, "ticket.watch", seen, changes)
