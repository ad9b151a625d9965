"""Words of licences, and their numbers."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

PREFIX = "LIC"
NUMBER = re.compile(r"^(?:LIC-?)?0*([1-9][0-9]{0,8})$", re.IGNORECASE)
ACTIVE, ENDING, ENDED, RETIRED = "active", "ending", "ended", "retired"
STATE_TITLES = {
    ACTIVE: N_("in force"),
    ENDING: N_("ends soon"),
    ENDED: N_("ended"),
    RETIRED: N_("retired"),
}
KIND_TITLES = {
    "perpetual": N_("Perpetual"),
    "subscription": N_("Subscription"),
    "trial": N_("Trial"),
    "free": N_("Free"),
}
OVER, FULL, ROOM, UNUSED = "over", "full", "room", "unused"
USE_TITLES = {
    OVER: N_("over-used"),
    FULL: N_("all used"),
    ROOM: N_("seats free"),
    UNUSED: N_("not used"),
}


def licence_number(licence_id: int) -> str:
    """Return the number people see: `LIC-0007`."""
    return f"{PREFIX}-{licence_id:04}"


def parse_licence_number(text: str) -> int:
    """Return the id of a number such as `LIC-0007`, or of its digits.

    Raises:
        InvalidChangeError: It is no number of a licence.
    """
    found = NUMBER.match(text.strip())
    if found and int(found[1]) < 2**31:
        return int(found[1])
    raise InvalidChangeError(
        "number", _("{text!r} is not the number of a licence such as LIC-0007").format(
            text=text[:40])
    )  # fmt: skip
