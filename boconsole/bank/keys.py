"""What makes a line of a statement one: the bank's id, else a hash; pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

OPENING = "opening"
"""The key of the line that stands for all before the first statement."""


class Movement(NamedTuple):
    """A line of a statement as it will be kept: clean, the amount in smallest units.

    Attributes:
        id: The bank's own; empty where there is none.
        line: Where it stands in its file.
    """

    dated: date
    amount: int
    id: str
    name: str
    memo: str
    reference: str
    line: int


class Keyed(NamedTuple):
    """A movement with its key, and the key that the same one may have from another file."""

    key: str
    movement: Movement
    other: str = ""


def keyed(movements: Sequence[Movement]) -> list[Keyed]:
    """Return the movements of one file with their keys, each once.

    A line without an id is known by day, amount, text, and which of the equal ones of that day
    it is. An id that a bank gives to different movements is no id: it counts with the rest.
    """
    meant: dict[str, set[str]] = {}
    for each in movements:
        meant.setdefault(each.id, set()).add(_hash(each))
    ordinals: Counter[str] = Counter()
    found: dict[str, Keyed] = {}
    for each in movements:
        told = _hash(each)
        by_id = f"id:{each.id}" if each.id else ""
        if each.id and len(meant[each.id]) == 1:
            found[by_id] = Keyed(by_id, each, f"hash:{told}:1")
            continue
        ordinals[told] += 1
        key = f"hash:{told}:{ordinals[told]}"
        found[key] = Keyed(key, each, by_id)
    return list(found.values())


def unseen(
    listed: Sequence[Keyed], known: Mapping[str, tuple[date, int]]
) -> tuple[list[Keyed], list[Keyed]]:
    """Return what is new of a file, and what is known by its id with another day or amount.

    Args:
        listed: As `keyed` returned them.
        known: Day and amount of those of their keys that are kept.
    """
    fresh, changed = [], []
    taken = set()
    for each in listed:
        same = (each.movement.dated, each.movement.amount)
        if each.key in known:
            if known[each.key] != same:
                changed.append(each)
        elif known.get(each.other) == same and each.other not in taken:
            taken.add(each.other)
        else:
            fresh.append(each)
    return fresh, changed


def _hash(movement: Movement) -> str:
    parts = (
        movement.dated.isoformat(), str(movement.amount), movement.id, movement.name,
        movement.memo, movement.reference,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]
