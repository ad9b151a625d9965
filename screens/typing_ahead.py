"""Keys typed ahead reach what they were meant for.

The library hands every key at once to what has the focus now. When several arrive together, as
on a slow line, `:` and what follows it would all go to the list, and letters meant for the
command line would start actions. Here a key waits until the one before has had its effect.
"""

from __future__ import annotations

from asyncio import sleep
from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

PATIENCE = 1.0
"""Seconds after which a key is taken as done, whatever became of it."""
BREATH = 0.1
"""Seconds that a key waits for the one before even so: the console itself may have stood still."""
ROUNDS = 4
"""How often the way from the focus up to the app is walked, so that messages posted by the
handler of a message (enter -> submitted -> entered -> go) arrive too."""
REST = 0.03
"""Seconds after the first way in which a key that is alone is drawn; a next key ends it."""


class TypingAheadApp(App[None]):
    """Takes one key after the other.

    Attributes:
        heard_at: When a key was pressed last, or the mouse used, by the monotonic clock.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: the library's own
        super().__init__(*args, **kwargs)
        self._keys_waiting: deque[events.Key] = deque()
        self._key_number = 0
        self._key_since = 0.0
        self._resting: Callable[[], object] | None = None
        self.heard_at = monotonic()

    def hears(self, key: str) -> bool:  # noqa: ARG002  # asked by name
        """Whether a key may have an effect now."""
        return True

    def before_key(self) -> None:
        """Called before a key has its effect."""

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for the one before; anything else passes."""
        if isinstance(event, events.InputEvent):
            self.heard_at = monotonic()
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif not self.hears(event.key):
            event.stop()
        elif self._key_since:
            self._keys_waiting.append(event)
            self._go_on(self._key_number)
            self.set_timer(
                max(self._key_since + PATIENCE - monotonic(), 0) + BREATH, self._next_key
            )
        else:
            await self._take_key(event)

    async def _take_key(self, event: events.Key) -> None:
        await self._mounting()
        self.before_key()
        self._key_number += 1
        self._resting = None
        self._key_since = monotonic()
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
        """Walk behind a key from the focus up to the app, through the same queues.

        Every key is followed to the end, also when none waits: the next one may be in the queue
        of the app already, before what the first one has posted there.
        """
        if number != self._key_number:
            return
        if node is not None and node is not self:
            if node.call_later(self._follow_up, number, start, node._parent, turn):  # noqa: SLF001
                return
            turn = ROUNDS
        if turn < ROUNDS:
            self._resting = partial(
                self.call_later, self._follow_up, number, start, start, turn + 1
            )
            if turn > 1 or self._keys_waiting:
                self._go_on(number)
            else:
                self.set_timer(REST, partial(self._go_on, number))
        else:
            self.call_later(self._done_with, number)

    def _go_on(self, number: int) -> None:
        """Walk the ways that are left."""
        if number == self._key_number and self._resting is not None:
            going_on, self._resting = self._resting, None
            going_on()

    async def _done_with(self, number: int) -> None:
        if number == self._key_number:
            self._key_since = 0.0
            await self._next_key()

    async def _next_key(self) -> None:
        over = not self._key_since or monotonic() - self._key_since >= PATIENCE
        if self._keys_waiting and over:
            await self._take_key(self._keys_waiting.popleft())
