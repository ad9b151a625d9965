"""What check lists, their steps and owners are called."""

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

FEATURE, TEMPLATES = "checklist", "check_template"
"""Features of the audit trail."""
EDIT = "staff.edit"
ONBOARDING, OFFBOARDING = "onboarding", "offboarding"
KINDS = {ONBOARDING: N_("Onboarding"), OFFBOARDING: N_("Off-boarding")}
PLAIN, TICKET, ASSET, ACCESS = "", "ticket", "asset", "access"
RETURN, SEAT, DISABLE = "return", "seat", "disable"
DOES = {
    PLAIN: "", TICKET: N_("ticket"), ASSET: N_("asset"), ACCESS: N_("access"),
    RETURN: N_("return"), SEAT: N_("licence"), DISABLE: N_("account"),
}  # fmt: skip
TYPED = (PLAIN, TICKET, ASSET, ACCESS)
"""What steps of templates may do; the others are made from what somebody has."""
HR, MANAGER, SELF = "hr", "manager", "self"
OWNERS = {HR: N_("HR"), MANAGER: N_("manager"), SELF: N_("the person")}


def kind_of(text: str) -> str:
    """Return the kind that a word names; raises InvalidChangeError."""
    low = text.strip().lower().replace("-", "")
    for kind, title in KINDS.items():
        if low in (kind, _(title).lower().replace("-", "")):
            return kind
    raise InvalidChangeError(
        "kind", _("{text!r} is none of {words}").format(text=text[:40], words=", ".join(KINDS))
    )
