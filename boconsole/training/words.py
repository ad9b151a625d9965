"""What courses and sessions are called, and how somebody's place in one ends."""

import re

from boconsole.language import N_

COURSE, SESSION = "training_course", "training_session"
"""The features of the audit trail."""
EDIT = "training.edit"
NUMBER = re.compile(r"(?:(?:crs|trn)-?)?0*([0-9]{1,9})", re.IGNORECASE)
PLANNED, HELD, CANCELLED = STATES = ("planned", "held", "cancelled")
STATE_TITLES = {PLANNED: N_("planned"), HELD: N_("held"), CANCELLED: N_("cancelled")}
ENROLLED, PASSED, FAILED, ABSENT = PLACES = ("enrolled", "passed", "failed", "absent")
PLACE_TITLES = {
    ENROLLED: N_("enrolled"), PASSED: N_("passed"), FAILED: N_("failed"), ABSENT: N_("absent"),
}  # fmt: skip
MISSING, EXPIRED, ENDING, BOOKED = LACKS = ("missing", "expired", "ending", "booked")
LACK_TITLES = {
    MISSING: N_("missing"), EXPIRED: N_("expired"), ENDING: N_("ends soon"), BOOKED: N_("enrolled"),
}  # fmt: skip


def parse_number(text: str) -> int | None:
    """Return the id that `CRS-0001` or `TRN-0001` names, None where it is no number."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) < 2**31 else None
