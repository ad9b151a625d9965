"""When plans of service are due, for the calendar of what ends."""

from datetime import date

from boconsole.ending import Ending
from boconsole.language import grouped, ngettext
from boconsole.session import Session
from boconsole.tickets.words import number
from db.assets import plans as stored
from db.assets.plan_rows import CalendarRow


def endings(session: Session, first: date, last: date) -> list[Ending]:
    """Return what is due of the plans that are followed, each day of one as a line."""
    if not session.may("asset.read"):
        return []
    return [
        Ending(row.day, "service", row.tag, f"{row.plan}: {_assets(row)}",
               number(row.ticket_id) if row.ticket_id else row.every, "assets")
        for row in stored.select_between(first, last)
    ]  # fmt: skip


def _assets(row: CalendarRow) -> str:
    if row.assets == 1:
        return row.asset
    return ngettext("{n} asset", "{n} assets", row.assets).format(n=grouped(row.assets))
