"""The timer on its key, wherever there is something to spend time on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.projects import timing
from boconsole.projects.errors import TimerTooLongError
from boconsole.projects.timing import Timed, TimeRow
from boconsole.projects.words import TIME, length, parse_length
from screens.dialogs import PromptDialog
from screens.shell import ShellScreen


class Then(NamedTuple):
    """What follows a change of the timer, as `ShellScreen.change` takes it."""

    feature: str = TIME
    touched: tuple[int, ...] = ()
    done: Callable[[], object] = lambda: None


def toggle(
    screen: ShellScreen, number: str, seen: TimeRow | None = None, then: Then | None = None
) -> None:
    """Start one's timer on a task or a ticket, switch it over, or stop it there.

    Args:
        screen: Where the key was pressed.
        number: TSK-3 or TKT-42.
        seen: What ran when the screen was read.
        then: What follows.
    """
    turn(screen, partial(timing.toggle, screen.session, number, seen), then or Then())


def turn(screen: ShellScreen, work: Callable[[], Timed], then: Then) -> None:
    """Run an operation on the timer; one that was forgotten asks how long it really was."""

    def attempt() -> Timed | TimerTooLongError:
        try:
            return work()
        except TimerTooLongError as forgotten:
            return forgotten

    def after(made: Timed | TimerTooLongError) -> None:
        if isinstance(made, TimerTooLongError):
            screen.app.push_screen(PromptDialog(str(made), check=_wrong), take)
        then.done()

    def take(text: str | None) -> None:
        if text:
            minutes = parse_length(text, "minutes")
            turn(screen, partial(timing.stop, screen.session, minutes=minutes), then)

    screen.change(attempt, said=told, feature=then.feature, touched=then.touched, done=after)


def _wrong(text: str) -> str:
    """Return what is wrong with a length, "" when it is fine."""
    try:
        parse_length(text, "minutes")
    except InvalidChangeError as refused:
        return str(refused) if text.strip() else ""
    return ""


def told(made: Timed | TimerTooLongError) -> str:
    """Return what became of a timer."""
    if isinstance(made, TimerTooLongError):
        return ""
    row = made.row
    if row.running:
        return _("The timer runs on {number}; T stops it.").format(number=made.number)
    return _("{time} on {number}.").format(time=length(row.minutes), number=made.number)
