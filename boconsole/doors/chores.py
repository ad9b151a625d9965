"""What falls due by itself and is done when somebody comes in: wake-ups, and what recurs.

It is done as the system, so that nobody's undo takes it back.
"""

from dataclasses import replace
from datetime import date

from boconsole.errors import REFUSALS, InvalidChangeError
from boconsole.moments import step
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.signing_in import SYSTEM
from db import due

HERE = ("cli", "console")
"""Doors of whoever sits at this machine: files of reports lie in folders that they named."""


def run(session: Session) -> int:
    """Open pending tickets whose time has come, make what recurs, follow plans of service.

    Returns how many.

    Whoever only reads a database that cannot be written is not disturbed: what could not be
    done is done the next time.
    """
    system = replace(
        session, user=SYSTEM, permissions=permissions_of(("admin", "agent")), origin="system"
    )
    today = session.now().astimezone(session.zone).date()
    done = 0
    try:
        if due.are_tickets(session.now(), today):
            from boconsole.tickets import replying, templates

            done += replying.wake(system) + templates.run_due(system)
        if any(_is_to_come(*recurrence) for recurrence in due.select_entries(today)):
            from boconsole.ledger import recurring

            done += recurring.run_due(system)
        if due.is_service(today):
            from boconsole.assets.service import opening

            done += opening.run_due(system)
        if due.is_registry(today):
            from boconsole.registry import chores as registry

            done += registry.run_due(system)
        if session.origin in HERE and due.are_reports(session.user.id, session.now()):
            from boconsole.reports import delivering

            done += len(delivering.run_due(session))
    except REFUSALS:
        return done
    return done


def _is_to_come(starts: date, every: str, made: int, last: date) -> bool:
    """Return whether the next of a recurring entry lies in the days up to the last."""
    try:
        return step(starts, every, made) <= last
    except InvalidChangeError:  # the calendar ends before
        return False
