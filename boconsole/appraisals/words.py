"""What cycles and appraisals are called, and the phases of a cycle in order."""

import re

from boconsole.language import N_, _

CYCLE, APPRAISAL = "appraisal_cycle", "appraisal"
"""The features of the audit trail."""
REOPEN = "appraisal.reopen"
"""The permission to open a closed cycle again."""
DRAFT, GOALS, SELF, REVIEW, CALIBRATION, CLOSED = STATES = (
    "draft", "goals", "self", "review", "calibration", "closed",
)  # fmt: skip
STATE_TITLES = {
    DRAFT: N_("draft"), GOALS: N_("goals"), SELF: N_("self review"),
    REVIEW: N_("manager review"), CALIBRATION: N_("calibration"), CLOSED: N_("closed"),
}  # fmt: skip
DUE = {GOALS: "goals_on", SELF: "self_on", REVIEW: "review_on", CALIBRATION: "calibration_on"}
"""Phase to the field with its last day."""
ALL, DEPARTMENT, QUERY = TAKES = ("all", "department", "query")
FULL = 100
"""Percent that the weights of goals make."""
SUBMITTED = "submitted"
"""Of a review; a draft is `draft`, nothing yet is empty."""
WAITING, APPLIED, DECLINED = "waiting", "applied", "declined"
PROPOSAL_TITLES = {WAITING: N_("waiting"), APPLIED: N_("applied"), DECLINED: N_("declined")}
RAISE, BONUS = "raise", "bonus"
NUMBER = re.compile(r"(?:(?:cyc|apr)-?)?0*([0-9]{1,9})", re.IGNORECASE)
STEPS = {
    "goals": N_("sets goals"), "self": N_("writes the self review"),
    "review": N_("waits for the review"), "rated": N_("reviewed"),
    "released": N_("released"), "acknowledged": N_("acknowledged"), "ready": N_("goals are set"),
}  # fmt: skip
"""How far one person is."""


def parse_number(text: str) -> int | None:
    """Return the id that `CYC-0001` or `APR-0001` names, None where it is no number."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) < 2**31 else None


def state_title(state: str) -> str:
    """Return a phase for people."""
    return _(STATE_TITLES[state])
