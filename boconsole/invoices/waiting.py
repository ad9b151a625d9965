"""Documents and payments of a month that are still drafts: what its closing has to wait for."""

from boconsole.language import _
from boconsole.ledger.checklist import SHOWN, Point
from boconsole.session import Session
from db.fields import number_of
from db.invoices import checks
from db.ledger.rows import PeriodRow


def documents(session: Session, period: PeriodRow) -> Point:
    """Return the point of the check list that says whether any is left, by area and id."""
    session.require("invoice.read")
    found = checks.select_waiting(number_of(period.starts), number_of(period.ends), SHOWN)
    causes = tuple(f"{area} #{draft_id}" for area, draft_id in found)
    return Point("documents", _("No document or payment is a draft"), causes)
