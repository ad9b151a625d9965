"""What a part of the administration is made of, and the words that all of them use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.tickets import choosing, overview
from screens.entries import Field, Suggestion

Values = Mapping[str, object]


class Item(NamedTuple):
    """One line of a part: its name, a few words about it, and the values of its form."""

    name: str
    about: str
    values: Values = MappingProxyType({})


class Part(NamedTuple):
    """One part of the administration.

    Attributes:
        id: Names its drafts and its place.
        title: Marked with `N_`.
        about: What it is for, marked with `N_`.
        read: Its lines; blocks.
        fields: Of its form; none when it cannot be changed here. May block.
        save: Adds one, or changes the one of that name; blocks.
        remove: Takes one out of use by its name; blocks.
        permission: Needed to change anything.
        fixed: Whether one that is there cannot be changed any more.
    """

    id: str
    title: str
    about: str
    read: Callable[[Session], Sequence[Item]]
    fields: Callable[[Session], Sequence[Field]] | None = None
    save: Callable[[Session, Values], object] | None = None
    remove: Callable[[Session, str], object] | None = None
    permission: str = "ticket.configure"
    fixed: bool = False


NAME = Field("name", N_("Name"), required=True)
CHANGES = Field(
    "changes", N_("Changes"), "long",
    hint=N_("One on each line: state = pending, tags = +waiting, assignee = me …"),
)  # fmt: skip


def read_pairs(text: object, field: str = "changes") -> dict[str, object]:
    """Return the `field = value` lines of a text; raises InvalidChangeError."""
    pairs: dict[str, object] = {}
    for line in str(text or "").splitlines():
        if not line.strip():
            continue
        name, sign, value = line.partition("=")
        if not sign or not name.strip():
            text = _("{line} is not a line such as state = pending").format(line=repr(line[:40]))
            raise InvalidChangeError(field, text)
        pairs[name.strip()] = value.strip()
    return pairs


def write_pairs(pairs: Mapping[str, object]) -> str:
    """Return values as `field = value` lines."""
    return "\n".join(f"{name} = {_word(value)}" for name, value in pairs.items())


def _word(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def told(pairs: Mapping[str, object]) -> str:
    """Return values in one line."""
    return ", ".join(f"{name}={_word(value)}" for name, value in pairs.items())


def people(session: Session) -> Callable[[str], list[Suggestion]]:
    """Return completions of logins."""
    return lambda start: [Suggestion(*one) for one in choosing.accounts(session, start)]


def words(value: object) -> tuple[str, ...]:
    """Return a value of tags as words."""
    return tuple(str(word) for word in value) if isinstance(value, tuple | list) else ()


def retire(kind: str) -> Callable[[Session, str], object]:
    """Return the operation that takes something of a kind out of use."""
    return lambda session, name: overview.retire(session, kind, name)
