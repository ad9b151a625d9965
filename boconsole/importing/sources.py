"""From the cells of a row to the text of one field: columns, templates, conditions."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from boconsole.importing.maps import HOLE
from boconsole.importing.rules import Rule

Take = Callable[[Sequence[str]], str]


def take_of(rule: Rule, header: Sequence[str]) -> Take:
    """Return what reads a rule's text from the cells of a row."""
    if rule.source == "value":
        return partial(_constant, rule.text)
    if rule.source == "text":
        return _template(rule.text, header)
    if rule.source == "when":
        steps = [
            (header.index(name), result)
            for name, result in zip(rule.columns, rule.results, strict=True)
        ]
        return lambda cells: next((to for place, to in steps if cells[place]), "")
    return itemgetter(header.index(rule.columns[0]))


def _constant(text: str, _: Sequence[str]) -> str:
    return text


def _template(text: str, header: Sequence[str]) -> Take:
    """Return what fills a template; a line whose columns are all empty is left out."""
    lines: list[tuple[str, Callable[[Sequence[str]], Any] | None]] = []
    for written in text.strip("\n").split("\n"):
        places: list[int] = []

        def hole(found: re.Match[str], places: list[int] = places) -> str:
            if found[1] is None:
                return found[0][0]
            places.append(header.index(found[1]))
            return "%s"

        pattern = HOLE.sub(hole, written.replace("%", "%%"))
        if places:
            lines.append((pattern, itemgetter(*places)))
        else:
            lines.append((pattern.replace("%%", "%"), None))

    def take(cells: Sequence[str]) -> str:
        filled = []
        for pattern, get in lines:
            if get is None:
                filled.append(pattern)
            elif any(found := get(cells)):
                filled.append(pattern % found)
        return "\n".join(filled).strip()

    return take
