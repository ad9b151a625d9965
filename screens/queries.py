"""Small changes to a query that keys make: another order."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SORT = re.compile(r"(?:^|(?<=\s))sort:(\S+)\s*")

Order = tuple[tuple[str, bool], ...]
"""Fields to sort by and whether they go down."""


def sort_of(query: str) -> Order:
    """Return the order that a query asks for, () when it asks for none."""
    found = _SORT.search(query)
    names = found[1].split(",") if found else []
    return tuple((name.lstrip("-+"), name.startswith("-")) for name in names if name.strip("-+"))


def with_sort(query: str, order: Sequence[tuple[str, bool]]) -> str:
    """Return the query in another order."""
    rest = _SORT.sub("", query).strip()
    if not order:
        return rest
    names = ",".join(f"-{name}" if down else name for name, down in order)
    return f"{rest} sort:{names}".strip()


def turned(order: Order, field: str, *, add: bool = False) -> Order:
    """Return the order after a field was asked for: up first, down when it is asked again."""
    down = dict(order).get(field)
    wanted = (field, down is False)
    if not add:
        return (wanted,)
    return (*(one for one in order if one[0] != field), wanted)
