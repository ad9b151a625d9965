"""Leave and overtime decided in one step: all of it, or none."""

from collections.abc import Sequence

from boconsole import audit
from boconsole.leave import deciding, overtime
from boconsole.leave.deciding import Ref
from boconsole.session import Session


def approve(session: Session, leave: Sequence[Ref], hours: Sequence[Ref]) -> None:
    """Approve requests of leave and overtime; errors as of either."""
    with audit.writing():
        if leave:
            deciding.approve(session, leave)
        if hours:
            overtime.approve(session, hours)


def reject(session: Session, leave: Sequence[Ref], hours: Sequence[Ref], reason: str) -> None:
    """Reject requests of leave and overtime for one reason."""
    with audit.writing():
        if leave:
            deciding.reject(session, leave, reason)
        if hours:
            overtime.reject(session, hours, reason)
