"""What requests, states and lines of the ledger are called."""

import re

from boconsole.errors import NotFoundError
from boconsole.language import N_, _
from boconsole.leave import balances, worktime

FEATURE = "leave"
"""Of the audit trail and of changes that screens follow."""
DRAFT, REQUESTED, APPROVED, REJECTED, WITHDRAWN, REPLACED, TAKEN = (
    "draft", "requested", "approved", "rejected", "withdrawn", "replaced", "taken",
)  # fmt: skip
STATES = {
    DRAFT: N_("draft"), REQUESTED: N_("requested"), APPROVED: N_("approved"), TAKEN: N_("taken"),
    REJECTED: N_("rejected"), WITHDRAWN: N_("withdrawn"), REPLACED: N_("replaced"),
}  # fmt: skip
"""Taken is no state of its own: approved, and over."""
STORED = tuple(state for state in STATES if state != TAKEN)
STANDING = (REQUESTED, APPROVED)
"""States that take from the balance, or may."""
KINDS = {
    balances.OPENING: N_("Opening"), balances.GRANTED: N_("Granted"),
    balances.CORRECTED: N_("Corrected"), balances.TAKEN: N_("Taken"),
    balances.JOINT: N_("Joint leave"), balances.CARRIED: N_("Carried over"),
    balances.LAPSED: N_("Lapsed"), balances.EXPIRED: N_("Expired"),
}  # fmt: skip
DAY_STATES = {
    worktime.WORKED: N_("worked"), worktime.LATE: N_("late"), worktime.EARLY: N_("left early"),
    worktime.ABSENT: N_("absent"), worktime.AWAY: N_("on leave"), worktime.FREE: N_("free"),
    worktime.OPEN: N_("at work"), worktime.UNPLANNED: N_("unplanned"),
}  # fmt: skip
DAY_KINDS = {"workday": N_("workday"), "rest": N_("day of rest"), "holiday": N_("holiday")}
OWN_DAYS = {"company": N_("day off"), "joint": N_("joint leave"), "work": N_("working day")}
_NUMBER = re.compile(r"(?:(?:lve|ovt)-?)?0*([0-9]{1,9})", re.IGNORECASE | re.ASCII)


def number(request_id: int) -> str:
    """Return how people call a request: `LVE-0001`."""
    return f"LVE-{request_id:04}"


def overtime_number(overtime_id: int) -> str:
    """Return how people call overtime: `OVT-0001`."""
    return f"OVT-{overtime_id:04}"


def parse_number(text: str) -> int:
    """Return the id that a number names; raises NotFoundError."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or int(found[1]) >= 2**31:
        raise NotFoundError(_("request {number}").format(number=text[:40]))
    return int(found[1])
