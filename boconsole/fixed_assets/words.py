"""Words of the register, and the numbers of fixed assets."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

PREFIX = "FA"
SERIES = "FAJ"
"""The series of entries that the register posts."""
NUMBER = re.compile(r"^(?:FA-?)?0*([1-9][0-9]{0,8})$", re.IGNORECASE)
WAITING, IN_USE, WORN, GONE, WITHDRAWN = (
    "waiting", "in-use", "depreciated", "disposed", "withdrawn",
)  # fmt: skip
STATE_TITLES = {
    WAITING: N_("waiting"),
    IN_USE: N_("in use"),
    WORN: N_("depreciated"),
    GONE: N_("disposed"),
    WITHDRAWN: N_("withdrawn"),
}
METHOD_TITLES = {
    "straight-line": N_("Straight line"),
    "declining": N_("Declining balance"),
    "declining-switch": N_("Declining balance, then a straight line"),
    "declining-fiscal": N_("Declining balance of the tax law"),
    "sum-of-years": N_("Sum of the years' digits"),
    "none": N_("Not depreciated"),
}
CONVENTION_TITLES = {"month": N_("by months"), "day": N_("by days")}
KIND_TITLES = {
    "acquisition": N_("Acquisition"),
    "depreciation": N_("Depreciation"),
    "last": N_("Depreciation"),
    "change": N_("Change of estimates"),
    "revaluation": N_("Revaluation"),
    "disposal": N_("Disposal"),
    "reversal": N_("Reversal"),
}
LINE_STATES = {
    "planned": N_("planned"),
    "waiting": N_("waiting"),
    "posted": N_("posted"),
    "reversed": N_("reversed"),
}


def asset_number(asset_id: int) -> str:
    """Return the number people see: `FA-0007`."""
    return f"{PREFIX}-{asset_id:04}"


def parse_asset_number(text: str) -> int:
    """Return the id of a number such as `FA-0007`, or of its digits.

    Raises:
        InvalidChangeError: It is no number of a fixed asset.
    """
    found = NUMBER.match(text.strip())
    if found and int(found[1]) < 2**31:
        return int(found[1])
    raise InvalidChangeError(
        "number",
        _("{text!r} is not the number of a fixed asset such as FA-0007").format(text=text[:40]),
    )
