"""Asking for a file's name and writing it; a refused name comes back into the prompt."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from boconsole.errors import REFUSALS
from screens.dialogs import PromptDialog
from screens.reach import out_of_reach
from screens.shell import ShellScreen


class _Written(NamedTuple):
    """How writing ended: a sentence, or the refusal."""

    said: str
    refusal: Exception | None = None


def ask_file(
    screen: ShellScreen, title: str, name: str, write: Callable[[str], Callable[[], str]]
) -> None:
    """Ask for the name of a file and write it; the prompt opens again where that is refused.

    Args:
        screen: Where the prompt lies.
        title: What is asked.
        name: What stands in the line at first.
        write: Takes the name; returns the operation that writes and answers a sentence.
    """
    if reason := out_of_reach(screen.session):
        screen.app.say(reason, "warning")
        return

    def take(path: str | None) -> None:
        if not path:
            return
        work = write(path)

        def attempt() -> _Written:
            try:
                return _Written(work())
            except REFUSALS as refusal:
                return _Written("", refusal)

        def done(written: _Written) -> None:
            if written.refusal is None:
                screen.app.say(written.said)
            else:
                screen.app.say(str(written.refusal), "error")
                ask_file(screen, title, path, write)

        screen.load(attempt, done, group="file")

    screen.app.push_screen(PromptDialog(title, name), take)
