"""Numbers of documents in texts, and what is typical of a text; pure."""

import re
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

WORD = re.compile(r"[^\W_]+(?:[-/.#]+[^\W_]+)*")
LETTERS = re.compile(r"[^\W_]+")
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
    listed = [(each, *key_of(each)) for each in wanted]
    found: dict[str, list[frozenset[int]]] = {}
    for key, cuts in hits(text, {key for _each, key, _breaks in listed}):
        found.setdefault(key, []).append(cuts)
    return next(
        (each for each, key, breaks in listed if any(cut <= breaks for cut in found.get(key, ()))),
        "",
    )


@lru_cache(maxsize=50_000)
def key_of(reference: str) -> tuple[str, frozenset[int]]:
    """Return the letters and digits of a reference, and where a text may part them."""
    runs = RUN.findall(reference.casefold())
    return "".join(runs), frozenset(accumulate(map(len, runs[:-1])))


def hits(text: str, known: Container[str]) -> Iterator[tuple[str, frozenset[int]]]:
    """Yield what neighbouring words of a text make together, where that is known.

    Args:
        text: Of the bank.
        known: Letters and digits of references, as `key_of` gives them.

    Yields:
        What they make, and the places where the text parts it.
    """
    words = LETTERS.findall(text.casefold())
    for first in range(len(words)):
        key, cuts = "", list[int]()
        for word in words[first : first + MOST_WORDS]:
            key += word
            if key in known:
                yield key, frozenset(cuts)
            cuts.append(len(key))


def typical(*texts: str) -> str:
    """Return what stays the same when the like comes again: words without digits, at most six.

    `TRSF E-BANKING CR 0405/FTSCY PT MAJU` gives `trsf banking cr ftscy pt maju`.
    """
    words = LETTERS.findall(" ".join(texts).casefold())
    kept = [word for word in words if len(word) > 1 and not any(map(str.isdigit, word))]
    return " ".join(list(dict.fromkeys(kept))[:TYPICAL_WORDS])
