"""When plans of service are due, for the calendar of what ends."""

from datetime import date

from boconsole.ending import Ending
from boconsole.session import Session
from boconsole.tickets.words import number
from db.assets import plans as stored


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return what is due of the plans that are followed, each for an asset."""
    if not session.may("asset.read"):
        return []
    return [
        Ending(row.next_on, "service", row.tag, f"{row.plan}: {row.asset}",
               number(row.ticket_id) if row.ticket_id else row.every, "assets")
        for row in stored.select_between(first, last) if row.next_on is not None
    ]  # fmt: skip
