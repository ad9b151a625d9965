"""Computing the kept balances anew, where a damaged disk or a hand in the database left them wrong.

They follow from the posted lines alone; so they are never computed from lines that are not proved.
"""

from boconsole import audit
from boconsole.ledger import checking
from boconsole.ledger.errors import RebuildError
from boconsole.session import Session
from db.ledger import balances

SOURCES = ("numbering", "seal", "lines", "balance", "period")
"""Kinds of faults of the lines themselves."""


def rebuild(session: Session) -> int:
    """Compute the kept balances anew from the posted lines; returns how many sums were wrong.

    Raises:
        RebuildError: Entries or lines were changed or removed; a backup has what they were.
    """
    session.require("ledger.configure")
    with audit.writing():
        broken = [fault for fault in checking.check(session).faults if fault.kind in SOURCES]
        if broken:
            raise RebuildError(broken[0].reason)
        wrong = len(balances.differences())
        if wrong:
            balances.rebuild()
            line = audit.Line(0, {"wrong_balances": (wrong, 0)})
            audit.record(session, "ledger.rebuild", "ledger", [line])
    return wrong
