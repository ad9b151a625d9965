"""Numbers of documents in texts, and what is typical of a text; pure."""

import re
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[-/.#]+[^\W_]+)*")
RUN = re.compile(r"[^\W\d_]+|\d+")
LEAST = 5
"""Letters and digits of a reference in a text; a code of its own needs three."""
LEAST_CODE = 3
DAY = re.compile(r"(?:19|20)\d\d(?:[-/.]?\d\d?){0,2}|\d\d?[-/.]\d\d?[-/.](?:\d\d){1,2}")
TYPICAL_WORDS = 6


@lru_cache(maxsize=20_000)
def references(text: str, code: str = "") -> tuple[str, ...]:
    """Return what in a text can be the number of a document: words with a digit, no days.

    Args:
        text: Such as `Payment of INV-2026-00042`.
        code: A number by itself, such as that of a voucher or cheque; may be shorter.
    """
    found = [word for word in WORD.findall(text) if _length(word) >= LEAST]
    found += [word for word in WORD.findall(code) if _length(word) >= LEAST_CODE]
    numbers = (word for word in found if any(map(str.isdigit, word)) and not DAY.fullmatch(word))
    return tuple(dict.fromkeys(numbers))


def _length(word: str) -> int:
    return sum(map(str.isalnum, word))


def named(wanted: Iterable[str], text: str) -> str:
    """Return the first of some references that a text names, or nothing.

    Marks and blanks may differ: `INV-2026-00042` is named by `inv 2026/00042`, but not by
    `INV-2026-000421`.
    """
    return next((each for each in wanted if _pattern(each).search(text)), "")


@lru_cache(maxsize=20_000)
def _pattern(reference: str) -> re.Pattern[str]:
    runs = r"[\W_]*".join(re.escape(run) for run in RUN.findall(reference))
    return re.compile(rf"(?<![^\W_]){runs}(?![^\W_])", re.IGNORECASE)


def typical(*texts: str) -> str:
    """Return what stays the same when the like comes again: words without digits, at most six.

    `TRSF E-BANKING CR 0405/FTSCY PT MAJU` gives `trsf banking cr ftscy pt maju`.
    """
    words = re.findall(r"[^\W_]+", " ".join(texts).casefold())
    kept = [word for word in words if len(word) > 1 and not any(map(str.isdigit, word))]
    return " ".join(list(dict.fromkeys(kept))[:TYPICAL_WORDS])
