"""Words and numbers of articles."""

import re

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _

FEATURE = "knowledge"
DRAFT, REVIEW, PUBLISHED, ARCHIVED = "draft", "review", "published", "archived"
STATES = {
    DRAFT: N_("draft"),
    REVIEW: N_("in review"),
    PUBLISHED: N_("published"),
    ARCHIVED: N_("archived"),
}
INTERNAL, PUBLIC = "internal", "public"
AUDIENCES = {INTERNAL: N_("internal"), PUBLIC: N_("public")}
USED, SOURCE = "used", "source"
NUMBER = re.compile(r"(?:KB-)?0*([1-9][0-9]{0,8})", re.IGNORECASE)


def number(article_id: int) -> str:
    """Return the number people see: `KB-12`."""
    return f"KB-{article_id}"


def parse_number(text: str) -> int:
    """Return the id of a number such as KB-12, or of its digits.

    Raises:
        InvalidChangeError: It is no such number.
    """
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        raise InvalidChangeError(
            "number", _("{text!r} is not an article such as KB-12").format(text=text.strip()[:40])
        )
    return int(match[1])


FIELD_WORDS = (
    N_("title"), N_("audience"), N_("body"), N_("article"), N_("months"), N_("version"),
)  # fmt: skip
"""Fields as refusals name them."""
