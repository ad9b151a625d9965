"""Which records are wanted, in which order: the neutral form of every list query.

Fields are names of a column map, values are what the columns store (ids, numbers, seconds
since the epoch); nothing here knows a table or a language.
"""

from typing import NamedTuple


class Compare(NamedTuple):
    """One field against a value.

    `=`, `<`, `<=`, `>`, `>=` take one value, `in` a tuple of them, `contains` and `ends` a
    text without regard to case, `empty` nothing.
    """

    field: str
    operator: str
    value: object = None


class Words(NamedTuple):
    """Full text: all words and all phrases; `prefix` when the last word may go on."""

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    prefix: bool = False
    column: str = ""
    """Look in one indexed column only; empty for all."""


class Was(NamedTuple):
    """What a field was at some moment from `start` to before `end`, in seconds since the epoch.

    Both are None for ever. Values are as the audit trail writes them.
    """

    field: str
    values: tuple[object, ...]
    start: int | None = None
    end: int | None = None


class Changed(NamedTuple):
    """Whether a field was changed from `start` to before `end`; None leaves an end open."""

    field: str
    start: int | None = None
    end: int | None = None


class All(NamedTuple):
    """Every part holds; without parts, always."""

    parts: tuple["Condition", ...] = ()


class AnyOf(NamedTuple):
    """At least one part holds; without parts, never."""

    parts: tuple["Condition", ...] = ()


class Not(NamedTuple):
    """The part does not hold; unknown counts as not holding."""

    part: "Condition"


Condition = Compare | Words | Was | Changed | All | AnyOf | Not


class Order(NamedTuple):
    """A field to sort by; what is empty comes last in both directions."""

    field: str
    descending: bool = False


class Selection(NamedTuple):
    """A resolved query."""

    where: Condition = All()
    order: tuple[Order, ...] = ()
    limit: int | None = None
    group: str = ""
    columns: tuple[str, ...] = ()
    edit: tuple[tuple[str, str], ...] = ()


def both(*conditions: Condition) -> Condition:
    """Return a condition that holds when all given ones do, saying nothing twice."""
    parts: dict[Condition, None] = {}
    for condition in conditions:
        inner = condition.parts if isinstance(condition, All) else (condition,)
        parts.update(dict.fromkeys(inner))
    found = tuple(parts)
    return found[0] if len(found) == 1 else All(found)


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """Return the parts that must all hold."""
    if isinstance(condition, All):
        return tuple(inner for part in condition.parts for inner in conjuncts(part))
    return (condition,)
