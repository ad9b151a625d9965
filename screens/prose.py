"""Text to read: paragraphs with tones, wrapped to a width, and a little Markdown shown plainly.

Everything here takes text as data: it is made safe, and only our own marks become style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textual.content import Content

from screens.cells import Cell, safe, safe_block

STYLES = {
    "": "",
    "muted": "dim",
    "strong": "bold",
    "good": "$success",
    "info": "$accent",
    "warn": "bold $warning",
    "bad": "bold $error",
}
"""Of each tone; the words are the theme's."""

NARROWEST = 12
_INLINE = re.compile(
    r"`(?P<code>[^`]{1,300})`"
    r"|\*\*(?P<bold>[^*]{1,300})\*\*|__(?P<strong>[^_]{1,300})__"
    r"|(?<![\w*])\*(?P<italic>[^*\s](?:[^*]{0,300}[^*\s])?)\*(?![\w*])"
    r"|\[(?P<link>[^\[\]]{1,300})\]\((?P<address>[^()\s]{1,500})\)"
)
"""Bounded, so that no text takes longer than its length."""
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"(\s*)(?:[-*+]|(\d{1,3}[.)]))\s+(.*)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")


def toned(*parts: Cell | tuple[str, str] | str) -> Content:
    """Return one line of texts with their tones; texts are made safe."""
    pieces = [part if isinstance(part, tuple) else (part, "") for part in parts]
    return Content.assemble(*((safe(text), STYLES[tone]) for text, tone in pieces))


def wrapped(line: Content, width: int, first: Content | str = "", rest: str = "") -> list[Content]:
    """Return a line as the lines of a width, with something before the first and the others."""
    head = Content(first) if isinstance(first, str) else first
    room = max(width - max(head.cell_length, len(rest)), NARROWEST)
    lines = line.wrap(room) if line.cell_length > room else [line]
    return [(Content(rest) if place else head) + part.rstrip() for place, part in enumerate(lines)]


def block(lines: Iterable[Content]) -> Content:
    """Return lines as one text."""
    return Content("\n").join(lines)


def markdown(text: str, width: int, indent: str = "") -> list[Content]:
    """Return a message as lines of a width: emphasis, lists, quotes and code are recognised.

    Nothing is hidden: what is not recognised is shown as it was typed, addresses of links too.
    """
    lines: list[Content] = []
    for content, first, rest in _paragraphs(safe_block(text)):
        lines += wrapped(content, width, indent + first, indent + rest)
    return lines


def _paragraphs(text: str) -> Iterator[tuple[Content, str, str]]:
    """Yield each line with what stands before it and before its continuations."""
    in_code = False
    for line in text.split("\n"):
        if line.lstrip().startswith("```"):
            in_code = not in_code
        elif in_code:
            yield Content(line), "  | ", "  | "
        else:
            yield _paragraph(line)


def _paragraph(line: str) -> tuple[Content, str, str]:
    if found := _HEADING.fullmatch(line):
        return _inline(found[1], "bold"), "", ""
    if line.startswith(">"):
        return _inline(line.lstrip("> "), "dim"), "> ", "> "
    if _RULE.fullmatch(line):
        return Content("---"), "", ""
    if found := _ITEM.fullmatch(line):
        first = f"{found[1]}{found[2] or '-'} "
        return _inline(found[3]), first, " " * len(first)
    return _inline(line), "", ""


def _inline(line: str, base: str = "") -> Content:
    parts: list[tuple[str, str]] = []
    end = 0
    for found in _INLINE.finditer(line):
        parts.append((line[end : found.start()], base))
        end = found.end()
        if found["code"]:
            parts.append((found["code"], f"{base} $accent"))
        elif found["link"]:
            parts.append((found["link"], f"{base} underline"))
            if found["address"] != found["link"]:
                parts.append((f" <{found['address']}>", "dim"))
        elif found["italic"]:
            parts.append((found["italic"], f"{base} italic"))
        else:
            parts.append((found["bold"] or found["strong"], "bold"))
    parts.append((line[end:], base))
    return Content.assemble(*(part for part in parts if part[0]))
