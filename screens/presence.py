"""Saying that a record is open here, and hearing who else has it open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from textual.app import App
from textual.content import Content
from textual.timer import Timer

from boconsole import presence
from boconsole.language import _
from boconsole.presence import Other
from screens.cells import Cell, safe
from screens.prose import toned

if TYPE_CHECKING:
    from screens.shell import ShellScreen

EVERY, LOOK = 30.0, 1.0
_tokens: WeakKeyDictionary[App[None], str] = WeakKeyDictionary()
_hearts: WeakKeyDictionary[App[None], list[Heart]] = WeakKeyDictionary()


def token(app: App[None]) -> str:
    """Return the random text that names this console to others."""
    return _tokens.setdefault(app, token_hex(8))


class Heart:
    """Says every half minute that somebody is at a record, and looks oftener who else is.

    A console is at a record once, however many of its screens are: who writes in one of them is
    writing, and the record is left with the last of them.

    Args:
        screen: On which it is open; the beat ends with it.
        record_id: Which.
        mode: `viewing` or `replying`.
        heard: Told who else is there, at first and when it is others.
        feature: Of the record.
    """

    def __init__(
        self,
        screen: ShellScreen,
        record_id: int,
        mode: str = "viewing",
        heard: Callable[[Sequence[Other]], None] | None = None,
        feature: str = "ticket",
    ) -> None:
        self._screen, self._mode, self._heard = screen, mode, heard
        self._record = (feature, record_id)
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
        """Return what beats for the same record in this console, itself among it."""
        living = _hearts.get(self._screen.app, [])
        return [heart for heart in living if heart._record == self._record]  # noqa: SLF001

    def beat(self) -> None:
        """Say it once."""
        screen = self._screen
        modes = {heart._mode for heart in self._beside()}  # noqa: SLF001
        mode = "replying" if "replying" in modes else self._mode
        say = partial(presence.enter, screen.session, token(screen.app), *self._record, mode)
        screen.load(say, self._tell, group="presence")

    def _look(self) -> None:
        """Look who else is there, unless the app's thread has other things to do."""
        if not self._screen.app.operations.busy_for:
            self._screen.run_worker(self._see(), group="looking", exclusive=True)

    async def _see(self) -> None:
        screen = self._screen
        look = partial(presence.others, screen.session, token(screen.app), *self._record)
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
        """Beat no more; answers whether nothing of this console is at the record now."""
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
        await app.attempt(partial(presence.leave, token(app), *self._record))


def told(others: Sequence[Other], me: str) -> Content:
    """Return who else is at the record."""
    words = dict.fromkeys(_word(other, me) for other in others)
    return toned(Cell("! " + " · ".join(words), "warn"))


def _word(other: Other, me: str) -> str:
    if other.login == me:
        return _("you have it open elsewhere")
    text = _("{who} is replying") if other.mode == "replying" else _("{who} has it open")
    return text.format(who=safe(other.login))
