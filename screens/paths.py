"""Completing the path of a file as it is typed.

A folder may be huge, or lie on a disk that answers no more: nobody waits longer than `PATIENCE`.
Names that cannot be typed, or that would dress up as something else, are left out.
"""

from __future__ import annotations

import os
from itertools import islice
from threading import Thread

from screens.cells import safe
from screens.entries import Suggestion

PATIENCE = 0.25
"""Seconds."""
LOOKED_AT = 20_000
"""Names of a folder that are looked at."""


def completions(typed: str) -> list[str]:
    """Return the paths that begin as typed, in order; those of folders end in `/`.

    A `~` stays as it is typed. What cannot be read has none.
    """
    if typed == "~":
        return ["~/"]
    head, start = os.path.split(typed)
    found: list[str] = []

    def look() -> None:
        try:
            with os.scandir(os.path.expanduser(head or ".")) as entries:
                fits = (each for each in islice(entries, LOOKED_AT) if _fits(each.name, start))
                found.extend(each.name + "/" * each.is_dir() for each in fits)
        except OSError:
            return

    thread = Thread(target=look, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return [os.path.join(head, name) for name in sorted(found)]


def _fits(name: str, start: str) -> bool:
    hidden = name.startswith(".") and not start.startswith(".")
    return name.startswith(start) and not hidden and "," not in name and safe(name) == name


def completed(typed: str) -> str:
    """Return a text with its last path as far as all completions agree; blocks a little."""
    kept, comma, last = typed.rpartition(",")
    last = last.lstrip()
    found = completions(last)
    longer = _shared(found[0], found[-1]) if found else last
    if len(longer) <= len(last):
        return typed
    return f"{kept}{comma}{' ' if comma else ''}{longer}"


def _shared(first: str, last: str) -> str:
    """Return how two texts begin alike; the first and last in order stand for all between."""
    pairs = enumerate(zip(first, last, strict=False))
    return first[: next((place for place, (one, other) in pairs if one != other), len(first))]


def suggest(typed: str) -> list[Suggestion]:
    """Return some completions of a path, as fields offer them; blocks a little."""
    return [Suggestion(path) for path in completions(typed)]
