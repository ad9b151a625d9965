"""Numbers of documents in texts, and what is typical of a text; pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

WORD = re.compile(r"[^\W_]+(?:[-/.#]+[^\W_]+)*")
RUN = re.compile(r"[^\W\d_]+|\d+")
LEAST = 5
"""Letters and digits of a reference in a text; a code of its own needs three."""
LEAST_CODE = 3
DAY = re.compile(r"(?:19|20)\d\d(?:[-/.]?\d\d?){0,2}|\d\d?[-/.]\d\d?[-/.](?:\d\d){1,2}")
TYPICAL_WORDS = 6
MOST_WORDS = 8
"""Of a reference in a text, with marks between them."""


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
    there = spans(text)
    return next((each for each in wanted if _is_in(each, there)), "")


def _is_in(reference: str, there: Mapping[str, Sequence[frozenset[int]]]) -> bool:
    key, breaks = key_of(reference)
    return bool(key) and any(cut <= breaks for cut in there.get(key, ()))


@lru_cache(maxsize=50_000)
def key_of(reference: str) -> tuple[str, frozenset[int]]:
    """Return the letters and digits of a reference, and where a text may part them."""
    return _joined(RUN.findall(reference))


@lru_cache(maxsize=4_096)
def spans(text: str) -> Mapping[str, Sequence[frozenset[int]]]:
    """Return what neighbouring words of a text make together, with the places where they part.

    Only what may be a reference: up to eight words with a digit among them.
    """
    words = re.findall(r"[^\W_]+", text)
    found: dict[str, list[frozenset[int]]] = {}
    for first in range(len(words)):
        for last in range(first + 1, min(first + MOST_WORDS, len(words)) + 1):
            part = words[first:last]
            if any(map(str.isdigit, "".join(part))):
                key, cut = _joined(part)
                found.setdefault(key, []).append(cut)
    return found


def _joined(parts: Sequence[str]) -> tuple[str, frozenset[int]]:
    low = [part.casefold() for part in parts]
    return "".join(low), frozenset(accumulate(map(len, low[:-1])))


def typical(*texts: str) -> str:
    """Return what stays the same when the like comes again: words without digits, at most six.

    `TRSF E-BANKING CR 0405/FTSCY PT MAJU` gives `trsf banking cr ftscy pt maju`.
    """
    words = re.findall(r"[^\W_]+", " ".join(texts).casefold())
    kept = [word for word in words if len(word) > 1 and not any(map(str.isdigit, word))]
    return " ".join(list(dict.fromkeys(kept))[:TYPICAL_WORDS])
