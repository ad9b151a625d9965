"""Skills with their levels: what a query asks of them, and people by skills as a table.

A level is the first whole number of what was entered (`3`, `3 of 5`); other words have none.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.session import Session
from boconsole.staff import dated, finding
from db.staff import facts
from db.staff.rows import PartRow

WANTED = re.compile(r"([^<>=]+?)\s*(?:(>=|<=|>|<|=)\s*(\d{1,3}))?")
LEVEL = re.compile(r"\d{1,3}")
Levels = Mapping[str, int | None]
"""Name of a skill, in small letters, to its level; None where none is known."""


def level_of(text: str) -> int | None:
    """Return the level that a text tells, None where it tells none."""
    found = LEVEL.search(text)
    return int(found[0]) if found else None


def fits(levels: Levels, wanted: str) -> bool:
    """Return whether somebody has a skill as a query asks: `python`, `python>=3`."""
    found = WANTED.fullmatch(wanted.strip())
    name = (found[1] if found else wanted).strip().casefold()
    if name not in levels:
        return False
    if found is None or not found[2]:
        return True
    level, asked = levels[name], int(found[3])
    if level is None:
        return False
    return {
        ">=": level >= asked, "<=": level <= asked, ">": level > asked, "<": level < asked,
        "=": level == asked,
    }[found[2]]  # fmt: skip


def levels_of(rows: Sequence[PartRow]) -> dict[int, dict[str, int | None]]:
    """Return the skills of people, and their certificates without a level, of their parts."""
    found: dict[int, dict[str, int | None]] = {}
    for row in rows:
        if row.kind not in ("skill", "certificate"):
            continue
        name, level = row.name.casefold(), level_of(row.value) if row.kind == "skill" else None
        there = found.setdefault(row.head.employee_id, {})
        if name not in there or (level or 0) > (there[name] or 0):
            there[name] = level
    return found


class Line(NamedTuple):
    """Somebody in the table, with the levels in the order of its skills; "" for none."""

    employee_id: int
    number: str
    name: str
    department: str
    levels: tuple[str, ...]


class Matrix(NamedTuple):
    """People by skills.

    Attributes:
        skills: By name.
        people: How many have each of them.
    """

    skills: tuple[str, ...]
    people: tuple[int, ...]
    lines: list[Line]


def matrix(session: Session, query: str = "", day: date | None = None) -> Matrix:
    """Return who is employed and seen, and what they know, by name.

    Args:
        session: Who asks.
        query: Of the list of staff, for some of them; empty for all.
        day: Whose employments count; None for today.

    Raises:
        QuerySyntaxError, NotAllowedError: as of the list of staff.
    """
    from boconsole.staff import asking

    day = day or finding.today_of(session)
    if query:
        found = [one.standing for one in asking.select(session, query, day)]
    else:
        found = dated.on(session, day, employed=True)
    ids = [one.id for one in found]
    rows = [part for part in facts.select_all("part", ids) if part.kind == "skill"]
    levels = levels_of(rows)
    titles: dict[str, str] = {}
    for part in rows:
        titles.setdefault(part.name.casefold(), part.name)
    names = sorted(titles)
    lines = [
        Line(one.id, one.number, one.employee.name,
             one.position.department if one.position else "",
             tuple(_shown(levels.get(one.id, {}), name) for name in names))
        for one in found
    ]  # fmt: skip
    counts = tuple(sum(1 for line in lines if line.levels[place]) for place in range(len(names)))
    return Matrix(tuple(titles[name] for name in names), counts, lines)


def _shown(levels: Levels, name: str) -> str:
    if name not in levels:
        return ""
    level = levels[name]
    return "x" if level is None else str(level)
