"""The page of all keys in `docs/keys.md`, made from the same actions as the bindings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from boconsole.language import _
from screens.actions import FORM_ACTIONS, GLOBAL_ACTIONS, LIST_ACTIONS
from screens.areas import AREAS, Area, area_actions, named_screen
from screens.keys import Action, by_id, key_name

if TYPE_CHECKING:
    from screens.shell import ShellScreen

HEADINGS = {
    "global": "Everywhere",
    "list": "In lists",
    "detail": "On an open record",
    "form": "In forms",
}
INTRODUCTION = """\
# Keys

This page is made from the program: `python docs/make_keys.py`.

A key does the same thing wherever it works, and `?` shows the ones that work where you are.
`^s` means Ctrl and s. Every action can also be typed after `:` or found with `^p`. Keys are
changed in the keymap file (`boconsole settings` tells where it is) by the names in the last
column:

```toml
[keys]
"list.mark" = "space,ctrl+t"
```

A name that does not exist or a key that is taken is named when the console starts; the other
lines still count.
"""


def every_action(areas: Sequence[Area] = AREAS) -> list[Action]:
    """Return every action of the console; imports the screens of the areas."""
    tables: list[Iterable[Action]] = [
        GLOBAL_ACTIONS, area_actions(tuple(areas)), LIST_ACTIONS, FORM_ACTIONS,
    ]  # fmt: skip
    for area in areas:
        screen = area.screen_class()
        tables += [screen.ACTIONS, *(part.ACTIONS for part in _parts(screen.PARTS, set()))]
    return list(by_id(*tables).values())


def _parts(names: Sequence[str], seen: set[str]) -> Iterator[type[ShellScreen]]:
    """Yield the screens of some names, and those reached from them."""
    for name in names:
        if name not in seen:
            seen.add(name)
            part = named_screen(name)
            yield part
            yield from _parts(part.PARTS, seen)


def keys_page(areas: Sequence[Area] = AREAS) -> str:
    """Return the page of keys as Markdown."""
    places: dict[str, list[Action]] = {}
    for action in every_action(areas):
        places.setdefault(action.where, []).append(action)
    parts = [INTRODUCTION]
    for where, actions in places.items():
        parts.append(f"## {_(HEADINGS.get(where, where.capitalize()))}\n")
        parts.append("| Key | What it does | Name |\n| :- | :- | :- |")
        parts.append("\n".join(_row(action) for action in actions) + "\n")
    return "\n".join(parts)


def _row(action: Action) -> str:
    names = [key_name(key).replace("|", "\\|") for key in action.keys] or [f":{action.verb}"]
    keys = " ".join(f"`{name}`" for name in names)
    more = f". {_(action.help)}" if action.help else ""
    return f"| {keys} | {_(action.title)}{more} | `{action.id}` |"
