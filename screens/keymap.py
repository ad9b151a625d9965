"""The reader's own keys: a TOML file of action ids and keys.

    [keys]
    "list.mark" = "space,x"
    "ticket.assign" = "w"

A wrong entry is named and left out; the others still count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from boconsole.language import _
from screens.keys import GLOBAL, Action, key_name, same_key


class Keymap(NamedTuple):
    """Keys by action id, as Textual takes them, and what was wrong in the file."""

    keys: Mapping[str, str]
    problems: tuple[str, ...] = ()


def read_keymap(path: Path, actions: Callable[[], Iterable[Action]]) -> Keymap:
    """Return the keymap of a file; without a file, an empty one without problems.

    Args:
        path: The file.
        actions: Returns every action; called only when there is a file, as it imports screens.
    """
    if not path.exists():
        return Keymap({})
    import tomllib

    try:
        table = tomllib.loads(path.read_text("utf-8")).get("keys", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = _("The keymap {path} cannot be read: {error}.")
        return Keymap({}, (problem.format(path=path, error=error),))
    if not isinstance(table, dict):
        problem = _("The keymap {path} needs a table [keys]; its keys were left out.")
        return Keymap({}, (problem.format(path=path),))
    return check_keymap(table, actions())


def check_keymap(wanted: Mapping[str, object], actions: Iterable[Action]) -> Keymap:
    """Return the entries that can be used, and a sentence about each that cannot."""
    known = {action.id: action for action in actions}
    taken = {action.id: (action.where, action.keys) for action in known.values() if action.keys}
    keys: dict[str, str] = {}
    problems: list[str] = []
    for name, value in wanted.items():
        if name not in known:
            problems.append(_("The keymap names an unknown action, {name}.").format(name=name))
            continue
        if not isinstance(value, str) or not value.strip(" ,"):
            problems.append(_("The keys of {name} must be a text.").format(name=name))
            continue
        chosen = tuple(key.strip() for key in value.split(",") if key.strip())
        others = {other: taken[other] for other in taken if other not in wanted or other in keys}
        others.pop(name, None)
        if found := _owner(chosen, known[name].where, others):
            key, owner = found
            problem = _("The keymap gives {key} to {name}, but {owner} has it; move that one too.")
            problems.append(problem.format(key=key_name(key), name=name, owner=owner))
            continue
        keys[name] = ",".join(chosen)
        taken[name] = (known[name].where, chosen)
    return Keymap(keys, tuple(problems))


def _owner(
    chosen: tuple[str, ...], where: str, taken: Mapping[str, tuple[str, tuple[str, ...]]]
) -> tuple[str, str] | None:
    """Return the first chosen key that works at the same place already, and whose it is."""
    for name, (place, keys) in taken.items():
        if place == where or GLOBAL in (place, where):
            theirs = {same_key(key) for key in keys}
            for key in chosen:
                if same_key(key) in theirs:
                    return key, name
    return None
