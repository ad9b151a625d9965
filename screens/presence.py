"""Saying that a record is open here, and hearing who else has it open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from textual.app import App
from textual.timer import Timer

from boconsole import presence
from boconsole.presence import Other

if TYPE_CHECKING:
    from screens.shell import ShellScreen

EVERY = 30.0
_tokens: WeakKeyDictionary[App[None], str] = WeakKeyDictionary()


def token(app: App[None]) -> str:
    """Return the random text that names this console to others."""
    return _tokens.setdefault(app, token_hex(8))


class Heart:
    """Says every half minute that somebody is at a ticket.

    Args:
        screen: On which it is open; the beat ends with it.
        ticket_id: Which.
        mode: `viewing` or `replying`.
        heard: Told each time who else is there.
    """

    def __init__(
        self,
        screen: ShellScreen,
        ticket_id: int,
        mode: str = "viewing",
        heard: Callable[[Sequence[Other]], None] = lambda _others: None,
    ) -> None:
        self._screen, self._id, self._mode, self._heard = screen, ticket_id, mode, heard
        self._timer: Timer | None = None

    def start(self) -> None:
        """Beat now and from now on."""
        self.beat()
        self._timer = self._screen.set_interval(EVERY, self.beat)

    def beat(self) -> None:
        """Say it once."""
        screen = self._screen
        say = partial(
            presence.enter, screen.session, token(screen.app), "ticket", self._id, self._mode
        )
        screen.load(say, self._heard, group="presence")

    def stop(self) -> None:
        """Say that it was left; the app's thread does it after the screen is gone."""
        if self._timer is not None:
            self._timer.stop()
            app = self._screen.app
            leave = partial(presence.leave, token(app), "ticket", self._id)
            app.run_worker(app.attempt(leave), group="presence")
