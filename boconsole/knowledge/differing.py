"""What two versions of a text differ in: by lines, and by words within changed lines. Pure."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, GONE, NEW = "same", "gone", "new"
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
CONTEXT = 3
"""Lines around a change that are told with it."""
LONGEST = 2_000
"""Characters of a line up to which its words are compared."""


class Part(NamedTuple):
    """A piece of a line; `changed` where the other version has something else there."""

    text: str
    changed: bool = False


class Line(NamedTuple):
    """A line of the comparison.

    Attributes:
        kind: `same`, `gone` or `new`.
        old: Its place in the old text, counted from 1; 0 for none.
        new: Its place in the new one.
        parts: Its text.
    """

    kind: str
    old: int
    new: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(part.text for part in self.parts)


def compare(old: str, new: str) -> list[Line]:
    """Return both texts as one: lines that stayed, lines that went, lines that came."""
    before, after = old.split("\n"), new.split("\n")
    lines: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line(SAME, i + at + 1, k + at + 1, (Part(before[i + at]),))
                      for at in range(j - i)]  # fmt: skip
        else:
            lines += _changed(before[i:j], after[k:m], i, k)
    return lines


def hunks(lines: Sequence[Line], context: int = CONTEXT) -> list[list[Line]]:
    """Return the changed lines with some around them, in stretches that hang together."""
    near = [
        any(other.kind != SAME for other in lines[max(0, at - context) : at + context + 1])
        for at in range(len(lines))
    ]
    found: list[list[Line]] = []
    for at, line in enumerate(lines):
        if near[at]:
            if not at or not near[at - 1]:
                found.append([])
            found[-1].append(line)
    return found


def _changed(before: Sequence[str], after: Sequence[str], i: int, k: int) -> Iterator[Line]:
    """Yield lines that went, then lines that came; pairs of them with their words compared."""
    pairs = [_words(old, new) for old, new in zip(before, after, strict=False)]
    for at, text in enumerate(before):
        yield Line(GONE, i + at + 1, 0, pairs[at][0] if at < len(pairs) else (Part(text, True),))
    for at, text in enumerate(after):
        yield Line(NEW, 0, k + at + 1, pairs[at][1] if at < len(pairs) else (Part(text, True),))


def _words(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    if max(len(old), len(new)) > LONGEST:
        return (Part(old, True),), (Part(new, True),)
    before, after = WORDS.findall(old), WORDS.findall(new)
    gone: list[Part] = []
    came: list[Part] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        changed = tag != "equal"
        gone.append(Part("".join(before[i:j]), changed))
        came.append(Part("".join(after[k:m]), changed))
    return _full(gone), _full(came)


def _full(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.text)
