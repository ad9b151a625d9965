"""Keys typed ahead reach what they were meant for.

The library hands every key at once to what has the focus now. When several arrive together, as
on a slow line, `:` and what follows it would all go to the list, and letters meant for the
command line would start actions. Here a key waits until the one before has had its effect.
"""

from __future__ import annotations

from asyncio import sleep
from collections import deque
from functools import partial
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

PATIENCE = 1.0
"""Seconds that keys wait for a screen that is being opened."""
TICK, TICKS = 0.05, 22
"""Seconds between looks at a key that is not done, and after how many it is taken as done,
whatever became of it. Looks are counted, not time: the console itself may have stood still."""
ROUNDS = 4
"""How often the way from the focus up to the app is walked, so that messages posted by the
handler of a message (enter -> submitted -> entered -> go) arrive too."""


class TypingAheadApp(App[None]):
    """Takes one key after the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: the library's own
        super().__init__(*args, **kwargs)
        self._keys_waiting: deque[events.Key] = deque()
        self._key_number = 0
        self._key_busy = False
        self._looking = False

    def hears(self, key: str) -> bool:  # noqa: ARG002  # asked by name
        """Whether a key may have an effect now."""
        return True

    def before_key(self) -> None:
        """Called before a key has its effect."""

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for the one before; anything else passes."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif not self.hears(event.key):
            event.stop()
        elif self._key_busy:
            self._keys_waiting.append(event)
            if not self._looking:
                self._looking = True
                self._look_again(self._key_number, 1)
        else:
            await self._take_key(event)

    async def _take_key(self, event: events.Key) -> None:
        await self._mounting()
        self.before_key()
        self._key_number += 1
        self._key_busy = True
        target = self.focused or self.screen
        await super().on_event(event)
        self._follow_up(self._key_number, target, target, 1)

    async def _mounting(self) -> None:
        """Wait for a screen that is being opened, so that keys reach its entries."""
        last = monotonic() + PATIENCE
        while self.screen_stack and not self.screen.is_mounted and monotonic() < last:
            await sleep(0.005)

    def _follow_up(
        self, number: int, start: MessagePump, node: MessagePump | None, turn: int
    ) -> None:
        """Walk behind a key from the focus up to the app, through the same queues."""
        if number != self._key_number:
            return
        if node is not None and node is not self:
            if node.call_later(self._follow_up, number, start, node._parent, turn):  # noqa: SLF001
                return
            turn = ROUNDS
        if turn < ROUNDS and self._keys_waiting:
            self.call_later(self._follow_up, number, start, start, turn + 1)
        else:
            self.call_later(self._done_with, number)

    async def _done_with(self, number: int) -> None:
        if number == self._key_number:
            self._key_busy = False
            await self._next_key()

    async def _next_key(self) -> None:
        if self._keys_waiting:
            await self._take_key(self._keys_waiting.popleft())

    def _look_again(self, number: int, looks: int) -> None:
        self.set_timer(TICK, partial(self._look, number, looks))

    async def _look(self, number: int, looks: int) -> None:
        """Go on with the next key where the one before is not done after all those looks."""
        if not self._keys_waiting:
            self._looking = False
            return
        if number != self._key_number:
            looks = 0
        elif looks >= TICKS:
            looks = 0
            await self._next_key()
        self._look_again(self._key_number, looks + 1)
