"""Foreign items that are not revalued at the end of a month: what its closing has to wait for."""

from boconsole.language import _
from boconsole.ledger.checklist import SHOWN, Point
from boconsole.revaluing.errors import NoClosingRateError
from boconsole.revaluing.planning import plan
from boconsole.session import Session
from db.ledger.rows import PeriodRow


def foreign(session: Session, period: PeriodRow) -> Point:
    """Return the point that names accounts and currencies that are not at the closing rate."""
    title = _("Foreign items are revalued")
    try:
        found = plan(session, period.ends)
    except NoClosingRateError as error:
        causes = [f"{code}/{quote}" for code, quote in error.pairs]
    else:
        causes = list(
            dict.fromkeys(f"{line.account.path} {line.commodity.code}" for line in found.changed)
        )
    return Point("revalued", title, tuple(causes[:SHOWN]), len(causes))
