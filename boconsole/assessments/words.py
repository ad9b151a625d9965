"""Words of assessments: states, numbers, what they may be about."""

from boconsole.errors import NotFoundError
from boconsole.language import N_, _

FEATURE = "assessment"
READ, EDIT, CONFIGURE = "assessment.read", "assessment.edit", "assessment.configure"
DRAFT, SUBMITTED = "draft", "submitted"
STATES = {DRAFT: N_("draft"), SUBMITTED: N_("submitted")}
GRADES = (N_("low risk"), N_("medium risk"), N_("high risk"), N_("effective"),
          N_("to be improved"), N_("deficient"))  # fmt: skip
"""Of the questionnaires that come along, for those who read them in another language."""
NOT_APPLICABLE = "na"
"""The answer that takes a question out."""


def number(assessment_id: int) -> str:
    """Return `ASM-0007`."""
    return f"ASM-{assessment_id:04}"


def parse_number(text: str) -> int:
    """Return the id that a number means; raises NotFoundError."""
    digits = text.strip().upper().removeprefix("ASM-")
    if digits.isascii() and digits.isdecimal() and len(digits) < 10:
        return int(digits)
    raise NotFoundError(_("assessment {number}").format(number=text.strip()[:40]))


def percent(score: int | None) -> str:
    """Return a score, kept in hundredths of a per cent, as people read it: `82.5`."""
    if score is None:
        return ""
    whole, part = divmod(score, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".")
