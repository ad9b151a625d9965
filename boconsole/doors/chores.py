"""What falls due by itself and is done when somebody comes in: wake-ups, and what recurs.

It is done as the system, so that nobody's undo takes it back.
"""

from dataclasses import replace

from boconsole.errors import REFUSALS
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.signing_in import SYSTEM


def run(session: Session) -> int:
    """Open pending tickets whose time has come, make recurring tickets and entries.

    Returns how many.

    Whoever only reads a database that cannot be written is not disturbed: what could not be
    done is done the next time.
    """
    from boconsole.ledger import recurring
    from boconsole.tickets import replying, templates

    system = replace(
        session, user=SYSTEM, permissions=permissions_of(("admin", "agent")), origin="system"
    )
    try:
        return replying.wake(system) + templates.run_due(system) + recurring.run_due(system)
    except REFUSALS:
        return 0
