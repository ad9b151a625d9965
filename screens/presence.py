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

EVERY, LOOK = 30.0, 1.0
_tokens: WeakKeyDictionary[App[None], str] = WeakKeyDictionary()
_hearts: WeakKeyDictionary[App[None], list[Heart]] = WeakKeyDictionary()


def token(app: App[None]) -> str:
    """Return the random text that names this console to others."""
    return _tokens.setdefault(app, token_hex(8))


class Heart:
    """Says every half minute that somebody is at a ticket, and looks oftener who else is.

    A console is at a ticket once, however many of its screens are: who writes in one of them is
    writing, and the ticket is left with the last of them.

    Args:
        screen: On which it is open; the beat ends with it.
        ticket_id: Which.
        mode: `viewing` or `replying`.
        heard: Told who else is there, at first and when it is others.
    """

    def __init__(
        self,
        screen: ShellScreen,
        ticket_id: int,
        mode: str = "viewing",
        heard: Callable[[Sequence[Other]], None] | None = None,
    ) -> None:
        self._screen, self._id, self._mode, self._heard = screen, ticket_id, mode, heard
        self._timers: list[Timer] = []
        self._there: list[tuple[str, str]] | None = None

    def start(self) -> None:
        """Beat now and from now on."""
        _hearts.setdefault(self._screen.app, []).append(self)
        self.beat()
        self._timers = [self._screen.set_interval(EVERY, self.beat)]
        if self._heard is not None:
            self._timers.append(self._screen.set_interval(LOOK, self._look))

    def _beside(self) -> list[Heart]:
        """Return what beats for the same ticket in this console, itself among it."""
        living = _hearts.get(self._screen.app, [])
        return [heart for heart in living if heart._id == self._id]  # noqa: SLF001

    def beat(self) -> None:
        """Say it once."""
        screen = self._screen
        modes = {heart._mode for heart in self._beside()}  # noqa: SLF001
        mode = "replying" if "replying" in modes else self._mode
        say = partial(presence.enter, screen.session, token(screen.app), "ticket", self._id, mode)
        screen.load(say, self._tell, group="presence")

    def _look(self) -> None:
        """Look who else is there, unless the app's thread has other things to do."""
        if not self._screen.app.operations.busy_for:
            self._screen.run_worker(self._see(), group="looking", exclusive=True)

    async def _see(self) -> None:
        screen = self._screen
        look = partial(presence.others, screen.session, token(screen.app), "ticket", self._id)
        outcome = await screen.app.attempt(look)
        if outcome.value is not None and self._timers:
            self._tell(outcome.value)

    def _tell(self, others: Sequence[Other]) -> None:
        there = [(other.login, other.mode) for other in others]
        if self._heard is not None and there != self._there:
            self._there = there
            self._heard(others)

    def stop(self) -> None:
        """Say that it was left; the app's thread does it after the screen is gone."""
        if self._end():
            self._screen.app.run_worker(self._say_left(), group="presence")

    async def leave(self) -> None:
        """Say that it was left, and wait until it is said: the console is about to end."""
        if self._end():
            await self._say_left()

    def _end(self) -> bool:
        """Beat no more; answers whether nothing of this console is at the ticket now."""
        if not self._timers:
            return False
        for timer in self._timers:
            timer.stop()
        self._timers = []
        _hearts[self._screen.app].remove(self)
        if beside := self._beside():
            beside[-1].beat()
        return not beside

    async def _say_left(self) -> None:
        app = self._screen.app
        await app.attempt(partial(presence.leave, token(app), "ticket", self._id))
