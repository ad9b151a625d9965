"""Every action once: what it is called, which keys start it, where it works and when.

Bindings, footer, `?` help, palette, `:` line and the page of keys are all made from
these entries. A key means the same verb wherever it works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.keys import format_key, key_to_character

GLOBAL, LIST, DETAIL, FORM = "global", "list", "detail", "form"

UNBOUND = "unbound "
"""Begins the key of an action that has none."""

Reason = Callable[[Any], str]  # Any: takes the screen of the action's own feature
"""Answers why an action is impossible on a screen now, or "" when it is possible."""


@dataclass(frozen=True)
class Action:
    """One thing that a key, the palette and the command line can start.

    Attributes:
        id: `feature.verb`; the screen or app answers it with a method `action_verb`.
        title: What it does, in two or three words, marked with `N_`.
        keys: Default keys, the one to show first; a comma is spelled `comma`.
        where: `global`, `list`, `detail`, `form`, or the name of one screen.
        group: Heading in the help, marked with `N_`.
        rank: Place in the footer, 1 first; 0 keeps it out of the footer.
        short: Word for the footer, marked with `N_`; the title's when empty.
        when: Answers why it is impossible now; None: always possible.
        help: A sentence more, marked with `N_`.
        value: Handed to the method when there is one.
        quiet: Left out of palette and `:` line, as moving the cursor is.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    where: str = LIST
    group: str = ""
    rank: int = 0
    short: str = ""
    when: Reason | None = None
    help: str = ""
    value: str = ""
    quiet: bool = False

    @property
    def verb(self) -> str:
        """The part of the id behind the point, which decides the key."""
        return self.id.partition(".")[2]

    @property
    def method(self) -> str:
        """The name of the action method, without `action_`."""
        return "go_area" if self.value else self.verb.replace("-", "_")

    def why_not(self, screen: object) -> str:
        """Return the sentence that says why this is impossible now, or ""."""
        return self.when(screen) if self.when else ""


def bindings(actions: Iterable[Action]) -> list[Binding]:
    """Return the bindings of actions; each carries the action's id, so a keymap can move it.

    An action without a key gets one that no keyboard has, for the keymap to replace.
    """
    return [
        Binding(
            ",".join(action.keys) or f"{UNBOUND}{action.id}",
            f"act({action.id!r})",
            action.title,
            id=action.id,
        )
        for action in actions
    ]


def key_name(key: str) -> str:
    """Return a key as people read it: `^s` for ctrl+s, `?`, `esc`, `space`, `S-tab`."""
    if key.startswith("ctrl+"):
        return f"^{key_name(key.removeprefix('ctrl+'))}"
    if key.startswith("shift+"):
        return f"S-{key_name(key.removeprefix('shift+'))}"
    words = {"escape": "esc", "enter": "enter", "backspace": "bksp", "space": "space"}
    words |= {"up": "up", "down": "down", "left": "left", "right": "right"}
    return words.get(key) or format_key(key)


def same_key(key: str) -> str:
    """Return one spelling for a key that has two: `?` for question_mark."""
    return key_to_character(key) or key


def clashes(actions: Iterable[Action]) -> list[tuple[str, str, str]]:
    """Return (key, id, id) for each key that two of the actions claim."""
    owner: dict[str, str] = {}
    claims = [(same_key(key), action.id) for action in actions for key in action.keys]
    return [
        (key, owner[key], claimant)
        for key, claimant in claims
        if owner.setdefault(key, claimant) != claimant
    ]


def by_id(*tables: Iterable[Action]) -> dict[str, Action]:
    """Return the actions of several tables by id; a later table replaces an earlier one's."""
    return {action.id: action for table in tables for action in table}
