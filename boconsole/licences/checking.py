"""The proof of the licences: what they count is what their seats say."""

from collections.abc import Iterator

from boconsole.language import _
from boconsole.licences import words
from db.licences import register


def faults() -> Iterator[str]:
    """Yield everything that does not hold, as sentences."""
    for licence_id, used, spent, has_used, has_spent in register.select_miscounted():
        yield _(
            "{number} counts {used} seats used and {spent} spent; its seats are {has_used} and "
            "{has_spent}."
        ).format(
            number=words.licence_number(licence_id), used=used, spent=spent, has_used=has_used,
            has_spent=has_spent,
        )  # fmt: skip
