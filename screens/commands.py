"""What the `:` line and the palette understand, as plain values.

A command is a word or a few that can be typed, a sentence about it, and what it starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from textual.fuzzy import FuzzySearch

from screens.places import Place

Kind = Literal["area", "room", "view", "action", "theme", "record", "quit"]

RECORD = re.compile(r"([A-Za-z]{2,5})-?((?:\d{4}(?:/\d\d)?-)?\d{1,18})|#?(\d{1,18})")
_LONGEST = 60


class Command(NamedTuple):
    """One thing that can be typed.

    Attributes:
        text: What is typed and completed.
        title: What it does, translated.
        kind: What `value` is.
        value: Id of an area or action, name of a view or theme, number of a record.
        rest: What followed the name of an area or a room: a query.
        others: More spellings that mean the same.
        place: Of a room.
    """

    text: str
    title: str
    kind: Kind
    value: str
    rest: str = ""
    others: tuple[str, ...] = ()
    place: Place | None = None


def understand(
    typed: str, commands: Sequence[Command], prefixes: Iterable[str] = (), *, guess: bool = True
) -> Command | None:
    """Return what a finished line means, or None when it means nothing.

    In this order: `q`, a record's number, an area or a room with a query behind it, the exact
    text or title of a command, and last (with `guess`) the best completion. A place goes before
    an action of the same word.
    """
    line = typed.strip()
    folded = line.casefold()
    if folded in {"q", "quit", "exit"}:
        return Command(line, "", "quit", "")
    if number := record_number(line, prefixes):
        return Command(line, "", "record", number)
    first, _space, rest = line.partition(" ")
    for command in sorted(commands, key=lambda one: one.kind not in ("area", "room")):
        names = {command.text.casefold(), command.title.casefold(), *command.others}
        if folded in names:
            return command
        if command.kind in ("area", "room") and first.casefold() == command.text.casefold():
            return command._replace(rest=rest.strip())
    found = complete(line, commands, 1) if guess else []
    return found[0] if found else None


def record_number(text: str, prefixes: Iterable[str]) -> str:
    """Return the number a text names (`tkt42` -> `TKT-42`, `jnl-2026-7`, `42` -> `42`), or ""."""
    found = RECORD.fullmatch(text.strip())
    if found is None:
        return ""
    if found[3]:
        return found[3]
    prefix = found[1].upper()
    return f"{prefix}-{found[2]}" if prefix in set(prefixes) else ""


def complete(typed: str, commands: Sequence[Command], limit: int = 8) -> list[Command]:
    """Return the commands that fit what was typed so far, best first."""
    wanted = typed.strip()[:_LONGEST]
    if not wanted:
        return list(commands[:limit])
    search = FuzzySearch()
    scored = []
    for place, command in enumerate(commands):
        score = max(
            _score(search, wanted, command.text), 0.9 * _score(search, wanted, command.title)
        )
        if score > 0:
            scored.append((-score, place, command))
    return [command for _score, _place, command in sorted(scored)[:limit]]


def _score(search: FuzzySearch, wanted: str, text: str) -> float:
    score = search.match(wanted, text)[0]
    return score * 2 if text.casefold().startswith(wanted.casefold()) else score
