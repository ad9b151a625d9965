"""Words of the work on assets."""

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

WORK_KINDS = ("installation", "upgrade", "service", "inspection", "other")
WORK_TITLES = {
    "installation": N_("Installation"),
    "upgrade": N_("Upgrade"),
    "service": N_("Service"),
    "inspection": N_("Inspection"),
    "repair": N_("Repair"),
    "reading": N_("Reading"),
    "other": N_("Other work"),
}
RESULTS = ("repaired", "replaced", "not_repaired")
RESULT_TITLES = {
    "repaired": N_("Repaired"),
    "replaced": N_("Replaced"),
    "not_repaired": N_("Not repaired"),
}
MOST = 10**12
"""What a counter shows at most."""


def whole(text: str, field: str, most: int = MOST) -> int:
    """Return a whole number from 0 on; blanks between its digits are left out.

    Raises:
        InvalidChangeError: It is no whole number, or too large.
    """
    digits = text.strip().replace(" ", "").replace("_", "")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 13 or int(digits) > most:
        raise InvalidChangeError(field, _("{text!r} is no whole number").format(text=text[:20]))
    return int(digits)
