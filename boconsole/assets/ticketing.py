"""Which assets a ticket is about, and which tickets are about an asset."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from boconsole import audit
from boconsole.assets.relating import Impact, impact
from boconsole.assets.writing import again
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.rows import TicketRow
from boconsole.tickets.words import number
from db.assets import pages
from db.assets import relations as stored
from db.assets.rows import AssetLine

MOST = 200
"""Tickets of one asset that are shown at most."""


class TicketLine(NamedTuple):
    """A ticket about an asset."""

    id: int
    subject: str
    state: str
    created_at: datetime


def name_assets(session: Session, ticket_id: int, asset_ids: Sequence[int]) -> int:
    """Say that a ticket is about assets; returns how many it was not about before.

    Raises:
        NotFoundError: There is no such ticket or asset.
    """
    session.require("ticket.edit")
    session.require("asset.read")
    with audit.writing():
        if not stored.has_ticket(ticket_id):
            raise NotFoundError(_("ticket {number}").format(number=number(ticket_id)))
        added = [key for key in asset_ids if stored.add_ticket(ticket_id, again(key).id)]
        _record(session, "ticket.asset", ticket_id, added, added_now=True)
    return len(added)


def make_about(
    session: Session, make: Callable[[], TicketRow], asset_ids: Sequence[int]
) -> TicketRow:
    """Make a ticket that is about assets from the start."""
    with audit.writing():
        row = make()
        name_assets(session, row.id, asset_ids)
    return row


def unname_assets(session: Session, ticket_id: int, asset_ids: Sequence[int]) -> int:
    """Say that a ticket is not about assets.

    Raises:
        InvalidChangeError: It is not about one of them.
    """
    session.require("ticket.edit")
    session.require("asset.read")
    with audit.writing():
        for key in asset_ids:
            if not stored.remove_ticket(ticket_id, key):
                raise InvalidChangeError(
                    "asset",
                    _("{ticket} is not about {tag}").format(
                        ticket=number(ticket_id), tag=again(key).tag
                    ),
                )
        _record(session, "ticket.unasset", ticket_id, asset_ids, added_now=False)
    return len(asset_ids)


def _record(
    session: Session, action: str, ticket_id: int, asset_ids: Sequence[int], *, added_now: bool
) -> None:
    if not asset_ids:
        return
    tags = ", ".join(again(key).tag for key in asset_ids)
    told = (None, tags) if added_now else (tags, None)
    operation = audit.record(session, action, "ticket", [audit.Line(ticket_id, {"assets": told})])
    ticket = number(ticket_id)
    own = (None, ticket) if added_now else (ticket, None)
    lines = [audit.Line(key, {"ticket": own}) for key in asset_ids]
    audit.record(session, action, "asset", lines, operation=operation)


def assets_of(session: Session, ticket_id: int) -> list[AssetLine]:
    """Return the assets that a ticket is about, by tag."""
    session.require("asset.read")
    return pages.lines_of(stored.select_of_ticket(ticket_id))


def impact_of(session: Session, ticket_id: int) -> list[Impact]:
    """Return what fails with the assets that a ticket is about."""
    session.require("asset.read")
    return impact(session, stored.select_of_ticket(ticket_id))


def tickets_of(session: Session, asset_id: int) -> list[TicketLine]:
    """Return the tickets about an asset, the newest first."""
    session.require("asset.read")
    session.require("ticket.read")
    return [
        TicketLine(key, subject, state, datetime.fromtimestamp(created, UTC))
        for key, subject, state, created in stored.select_tickets(asset_id, MOST)
    ]
