"""Words and numbers of documents and contracts."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

DOCUMENT, CONTRACT, CLASS, DESTRUCTION = "document", "contract", "document_class", "destruction"
"""Features of the trail."""
DRAFT, REVIEW, APPROVED = "draft", "review", "approved"
SUPERSEDED, WITHDRAWN, DESTROYED = "superseded", "withdrawn", "destroyed"
STATES = {
    DRAFT: N_("draft"), REVIEW: N_("in review"), APPROVED: N_("approved"),
    SUPERSEDED: N_("superseded"), WITHDRAWN: N_("withdrawn"), DESTROYED: N_("destroyed"),
}  # fmt: skip
CLOSED = (SUPERSEDED, WITHDRAWN)
PUBLIC, INTERNAL, CONFIDENTIAL, SECRET = "public", "internal", "confidential", "secret"
LEVELS = {
    PUBLIC: N_("public"), INTERNAL: N_("internal"), CONFIDENTIAL: N_("confidential"),
    SECRET: N_("secret"),
}  # fmt: skip
"""From open to closed."""
GUARDED = (CONFIDENTIAL, SECRET)
"""Levels of which the trail tells no content."""
TEXTS = {
    "waiting": N_("not read yet"), "read": N_("read"), "cut": N_("read in part"),
    "empty": N_("holds no text"), "unknown": N_("of a kind that is not read"),
    "failed": N_("cannot be read"),
}  # fmt: skip
"""What became of the text of a file."""
DATES = {
    "created": N_("entry in the registry"), "dated": N_("date of the document"),
    "expires": N_("last day"), "approved": N_("approval"), "closed": N_("end of use"),
}  # fmt: skip
"""What the time that a document is kept counts from."""
THEN = {"destroy": N_("destroy"), "review": N_("look at it again")}
ACTIVE, TERMINATED, ENDED = "active", "terminated", "ended"
CONTRACT_STATES = {
    DRAFT: N_("draft"), ACTIVE: N_("active"), TERMINATED: N_("terminated"), ENDED: N_("ended"),
}  # fmt: skip
KINDS = {
    "service": N_("service"), "purchase": N_("purchase"), "sale": N_("sale"), "lease": N_("lease"),
    "insurance": N_("insurance"), "licence": N_("licence"), "loan": N_("loan"),
    "partnership": N_("partnership"), "other": N_("other"),
}  # fmt: skip
RENEWALS = {
    "none": N_("none"), "automatic": N_("automatic"), "decision": N_("by decision"),
}  # fmt: skip
EVERY = {
    "term": N_("for the term"), "year": N_("a year"), "quarter": N_("a quarter"),
    "month": N_("a month"),
}  # fmt: skip
SIDES = {"ours": N_("ours"), "theirs": N_("theirs")}
OBLIGATION_STATES = {"open": N_("open"), "done": N_("done"), "dropped": N_("dropped")}
MOST_MONTHS = 1_200
_NUMBER = re.compile(r"(?:([A-Za-z]{3})-)?0*([1-9][0-9]{0,8})")
_SPAN = re.compile(r"(\d{1,4}) ?(d|days?|w|weeks?|m|mo|months?|y|years?)", re.IGNORECASE)


def number(document_id: int) -> str:
    """Return the number people see: `DOC-0001`."""
    return f"DOC-{document_id:04d}"


def contract_number(contract_id: int) -> str:
    """Return the number of a contract: `CTR-0001`."""
    return f"CTR-{contract_id:04d}"


def destruction_number(destruction_id: int) -> str:
    """Return the number of a protocol of destruction: `DST-0001`."""
    return f"DST-{destruction_id:04d}"


def _parsed(text: str, prefix: str, refused: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None or (found[1] and found[1].upper() != prefix):
        raise InvalidChangeError("number", refused.format(text=text.strip()[:40]))
    return int(found[2])


def parse_number(text: str) -> int:
    """Return the id of DOC-0001, or of its digits; raises InvalidChangeError."""
    return _parsed(text, "DOC", _("{text!r} is not a document such as DOC-0001"))


def parse_contract(text: str) -> int:
    """Return the id of CTR-0001, or of its digits; raises InvalidChangeError."""
    return _parsed(text, "CTR", _("{text!r} is not a contract such as CTR-0001"))


def parse_destruction(text: str) -> int:
    """Return the id of DST-0001, or of its digits; raises InvalidChangeError."""
    return _parsed(text, "DST", _("{text!r} is not a destruction such as DST-0001"))


def parse_span(text: str, field: str) -> tuple[int, int]:
    """Return months and days of `3m`, `90d`, `2 weeks` or `1y`; nothing is no time at all.

    Raises:
        InvalidChangeError: It is no such span.
    """
    low = text.strip().lower()
    if low in ("", "0", "-"):
        return 0, 0
    found = _SPAN.fullmatch(low)
    if found is None:
        raise InvalidChangeError(
            field, _("{text!r} is no span such as 90d, 3m or 1y").format(text=text.strip()[:40])
        )
    count, unit = int(found[1]), found[2][0].lower()
    months = count * 12 if unit == "y" else count if unit == "m" else 0
    days = count if unit == "d" else 7 * count if unit == "w" else 0
    if months > MOST_MONTHS or days > MOST_MONTHS * 30:
        raise InvalidChangeError(field, _("{text!r} is too long").format(text=text.strip()[:40]))
    return months, days


def parse_months(text: str, field: str) -> int:
    """Return the months of `1y`, `18m` or `0`; raises InvalidChangeError."""
    text = text.strip()
    months, days = parse_span(f"{text}m" if text.isdecimal() else text, field)
    if days:
        raise InvalidChangeError(field, _("is counted in months or years, such as 12m or 1y"))
    return months


def span(months: int, days: int = 0) -> str:
    """Return a span as people type it: `3m`, `1y`, `90d`; nothing for none."""
    if days:
        return f"{days}d"
    if not months:
        return ""
    return f"{months // 12}y" if months % 12 == 0 else f"{months}m"


FIELD_WORDS = (
    N_("class"), N_("level"), N_("reviewers"), N_("readers"), N_("expires_on"), N_("dated_on"),
    N_("review_on"), N_("end_on"), N_("notice"), N_("renewal"), N_("counterpart"), N_("matter"),
    N_("keep"), N_("code"), N_("parent"), N_("value"), N_("contract"), N_("side"), N_("every"),
    N_("kind"), N_("signed_on"), N_("within"), N_("term"), N_("until"), N_("documents"),
    N_("keep_from"), N_("keep_then"), N_("document"),
)  # fmt: skip
"""Fields as refusals name them."""
