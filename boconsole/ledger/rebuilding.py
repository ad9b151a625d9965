"""Keeping balances and tags anew, where a damaged disk or a hand in the database left them wrong.

They follow from the entries alone; so they are never computed from lines that are not proved.
"""

from boconsole import audit
from boconsole.ledger import checking, dimensions
from boconsole.ledger.errors import RebuildError
from boconsole.session import Session
from db.ledger import balances

SOURCES = ("numbering", "seal", "lines", "balance", "period")
"""Kinds of faults of the lines themselves."""


def rebuild(session: Session) -> int:
    """Keep balances and tags anew from the entries; returns how many were wrong.

    Raises:
        RebuildError: Entries or lines were changed or removed; a backup has what they were.
    """
    session.require("ledger.configure")
    with audit.writing():
        faults = checking.check(session).faults
        broken = [fault for fault in faults if fault.kind in SOURCES]
        if broken:
            raise RebuildError(broken[0].reason)
        wrong = len(balances.differences())
        tags = sum(fault.kind == "tags" for fault in faults)
        if wrong:
            balances.rebuild()
        if tags:
            dimensions.rebuild()
        if wrong or tags:
            told = {"wrong_balances": (wrong, 0), "wrong_tags": (tags, 0)}
            line = audit.Line(0, {name: both for name, both in told.items() if both[0]})
            audit.record(session, "ledger.rebuild", "ledger", [line])
    return wrong + tags
