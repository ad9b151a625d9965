"""Depreciation of a month that is not posted: what its closing has to wait for."""

from boconsole.fixed_assets import depreciating
from boconsole.language import _
from boconsole.ledger.checklist import SHOWN, Point
from boconsole.session import Session
from db.ledger.rows import PeriodRow


def depreciation(session: Session, period: PeriodRow) -> Point:
    """Return the point of the check list that names the assets not yet depreciated."""
    found = depreciating.plan(session, period.ends)
    causes = [due.asset.number for due in found.due] + [asset.number for asset in found.waiting]
    return Point("depreciation", _("Depreciation is posted"), tuple(causes[:SHOWN]), len(causes))
