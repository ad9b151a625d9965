"""What a query says, before anybody knows what its names mean.

Two queries are equal when they say the same; the columns of their tokens do not count.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it was typed; quotes are taken off and remembered."""

    text: str
    quoted: bool = False
    plus: bool = False
    """A quoted value with a + before it; an unquoted one keeps it in its text."""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Range:
    """Two ends, either of which may be open: `low..high`."""

    low: Value | None
    high: Value | None
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A token without a field: text to find, or something whose meaning is guessed."""

    text: str
    quoted: bool = False
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """`field:value`: the operator is one of "", ">", ">=", "<", "<=", "~"."""

    name: str
    operator: str
    values: tuple[Value | Range, ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Was:
    """`was:field=value@when`: what a field was at a time, or ever."""

    name: str
    values: tuple[Value, ...]
    when: Value | None
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """`changed:field>when`: whether a field was changed, in a time or ever."""

    name: str
    operator: str
    when: Value | None
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not say."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of two or more parts."""

    parts: tuple["Node", ...]


Node = Word | Term | Was | Changed | Not | And | Or


@dataclass(frozen=True, slots=True)
class Name:
    """A field's name in the shape of the list, or one to be changed."""

    text: str
    descending: bool = False
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """`field=value` after `| set`."""

    name: str
    value: Value
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """A whole line: which records, in which shape, and what to do with them."""

    where: Node | None = None
    everything: bool = False
    """`any` was said: records that lists leave out by default are wanted too."""
    sort: tuple[Name, ...] = ()
    group: Name | None = None
    columns: tuple[Name, ...] = ()
    limit: int | None = None
    edit: tuple[Change, ...] = ()
