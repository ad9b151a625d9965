"""What openings, candidates and their stages are called, and which step may follow which."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

OPENINGS, CANDIDATES, APPLICATIONS = "opening", "candidate", "application"
"""Features of the audit trail."""
READ, EDIT, APPROVE = "recruitment.read", "recruitment.edit", "recruitment.approve"
PAY = "staff.pay"
"""What is offered is as private as what is paid."""
DRAFT, OPEN, ON_HOLD, FILLED, CANCELLED = "draft", "open", "on_hold", "filled", "cancelled"
STATE_TITLES = {
    DRAFT: N_("Draft"), OPEN: N_("Open"), ON_HOLD: N_("On hold"), FILLED: N_("Filled"),
    CANCELLED: N_("Cancelled"),
}  # fmt: skip
LIVE_STATES = (DRAFT, OPEN, ON_HOLD)
NEXT_STATES: dict[str, tuple[str, ...]] = {
    DRAFT: (OPEN, CANCELLED), OPEN: (ON_HOLD, FILLED, CANCELLED),
    ON_HOLD: (OPEN, FILLED, CANCELLED), FILLED: (OPEN,), CANCELLED: (DRAFT,),
}  # fmt: skip
APPLIED, SCREENED, INTERVIEW, OFFER = "applied", "screened", "interview", "offer"
HIRED, REJECTED, WITHDRAWN = "hired", "rejected", "withdrawn"
STAGE_TITLES = {
    APPLIED: N_("Applied"), SCREENED: N_("Screened"), INTERVIEW: N_("Interview"),
    OFFER: N_("Offer"), HIRED: N_("Hired"), REJECTED: N_("Rejected"),
    WITHDRAWN: N_("Withdrawn"),
}  # fmt: skip
STAGES = tuple(STAGE_TITLES)
LIVE = (APPLIED, SCREENED, INTERVIEW, OFFER)
OVER = (REJECTED, WITHDRAWN)
NEXT_STAGES: dict[str, tuple[str, ...]] = {
    APPLIED: (SCREENED, INTERVIEW, REJECTED, WITHDRAWN),
    SCREENED: (APPLIED, INTERVIEW, OFFER, REJECTED, WITHDRAWN),
    INTERVIEW: (SCREENED, OFFER, REJECTED, WITHDRAWN),
    OFFER: (INTERVIEW, REJECTED, WITHDRAWN),
    HIRED: (),
    REJECTED: (APPLIED, SCREENED),
    WITHDRAWN: (APPLIED, SCREENED),
}
"""`hired` is reached by hiring alone, which makes the record of the person."""
NEEDS_REASON = OVER
CRITERIA = (N_("Knowledge"), N_("Experience"), N_("Communication"), N_("Motivation"))
"""What interviews score where an opening names nothing else."""
_OPENING = re.compile(r"(?:opn-?)?0*([0-9]{1,9})", re.IGNORECASE)
_CANDIDATE = re.compile(r"(?:can-?)?0*([0-9]{1,9})", re.IGNORECASE)


def form_of(kind: str, record_id: int = 0) -> str:
    """Return what drafts of a form are kept as: those of one candidate are none of another."""
    return f"recruitment.{kind}.{record_id}" if record_id else f"recruitment.{kind}"


def opening_number(opening_id: int) -> str:
    """Return how people call an opening: `OPN-0001`."""
    return f"OPN-{opening_id:04}"


def candidate_number(candidate_id: int) -> str:
    """Return how people call a candidate: `CAN-0001`."""
    return f"CAN-{candidate_id:04}"


def opening_id(text: str) -> int | None:
    """Return the id that a number names, None where it is no number of an opening."""
    return _id(_OPENING, text)


def candidate_id(text: str) -> int | None:
    """Return the id that a number names, None where it is no number of a candidate."""
    return _id(_CANDIDATE, text)


def _id(form: re.Pattern[str], text: str) -> int | None:
    found = form.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) < 2**31 else None


def choice(field: str, text: str, known: dict[str, str]) -> str:
    """Return the word of a choice, typed as a word or in the language of the interface.

    Raises:
        InvalidChangeError: It is none of them.
    """
    low = text.strip().lower()
    for word, title in known.items():
        if low in (word, word.replace("_", "-"), _(title).lower()):
            return word
    raise InvalidChangeError(
        field,
        _("{text!r} is none of {words}").format(text=text[:40], words=", ".join(known)),
    )
