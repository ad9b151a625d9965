"""Words of counted things, and their numbers."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

PREFIX = "STK"
NUMBER = re.compile(r"^(?:STK-?)?0*([1-9][0-9]{0,8})$", re.IGNORECASE)
CONSUMABLE, ACCESSORY, COMPONENT = "consumable", "accessory", "component"
KINDS = {"consumables": CONSUMABLE, "accessories": ACCESSORY, "components": COMPONENT}
"""By the word of their room and area."""
KIND_TITLES = {
    CONSUMABLE: N_("Consumable"),
    ACCESSORY: N_("Accessory"),
    COMPONENT: N_("Component"),
}
OUT, LOW, ENOUGH, RETIRED = "out", "low", "enough", "retired"
STATE_TITLES = {
    OUT: N_("none left"),
    LOW: N_("below minimum"),
    ENOUGH: N_("enough"),
    RETIRED: N_("retired"),
}
MOVEMENT_TITLES = {
    "received": N_("Received"),
    "handed-out": N_("Handed out"),
    "used": N_("Used"),
    "returned": N_("Returned"),
    "installed": N_("Installed"),
    "removed": N_("Taken out"),
    "corrected": N_("Corrected"),
}


def item_number(item_id: int) -> str:
    """Return the number people see: `STK-0007`."""
    return f"{PREFIX}-{item_id:04}"


def is_number(text: str) -> bool:
    """Return whether a text is a number such as `STK-0007` or its digits."""
    return bool(NUMBER.match(text.strip()))


def parse_item_number(text: str) -> int:
    """Return the id of a number such as `STK-0007`, or of its digits.

    Raises:
        InvalidChangeError: It is no number of counted things.
    """
    found = NUMBER.match(text.strip())
    if found and int(found[1]) < 2**31:
        return int(found[1])
    raise InvalidChangeError(
        "number", _("{text!r} is not the number of a stock item such as STK-0007").format(
            text=text[:40])
    )  # fmt: skip
