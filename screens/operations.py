"""Where operations run: one thread for each app, in the order they were asked for.

The thread owns the app's database connection. What runs can be interrupted, what waits can be
dropped; the event loop never waits for either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from time import monotonic
from typing import TypeVar

from boconsole.attempting import attempt

T = TypeVar("T")


class StoppedError(Exception):
    """An operation was stopped by the one who waited for it."""


class Operations:
    """The one worker thread of an app.

    Args:
        interrupt: Cancels the statement that runs in the thread; called from the event loop.
        release: Closes the thread's connection; called in the thread at the end.
        thread: The one thread, where it was begun before; ended here.
    """

    def __init__(
        self,
        interrupt: Callable[[], object] = lambda: None,
        release: Callable[[], object] = lambda: None,
        thread: ThreadPoolExecutor | None = None,
    ) -> None:
        self._executor = thread or ThreadPoolExecutor(1, "operations")
        self._interrupt = interrupt
        self._release = release
        self._began: dict[int, float] = {}
        self._stopped: set[int] = set()
        self._number = 0
        self._closed = False

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` in the thread and return its answer.

        Raises:
            StoppedError: It was stopped by `stop`, or asked for after `close`.
        """
        if self._closed:
            raise StoppedError
        self._number += 1
        number = self._number
        self._began[number] = monotonic()
        context = copy_context()
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._executor, lambda: context.run(self._unless_stopped, number, work)
            )
        except Exception as error:
            if number in self._stopped:
                raise StoppedError from error
            raise
        finally:
            del self._began[number]
            self._stopped.discard(number)

    def _unless_stopped(self, number: int, work: Callable[[], T]) -> T:
        if number in self._stopped:
            raise StoppedError
        return attempt(work)

    @property
    def busy_for(self) -> float:
        """Seconds since the oldest unfinished operation was asked for; 0 when idle."""
        return monotonic() - min(self._began.values()) if self._began else 0.0

    @property
    def stopping(self) -> bool:
        """Whether what runs was stopped; long work that asks may end early."""
        return bool(self._stopped)

    def stop(self) -> bool:
        """Interrupt what runs and drop what waits; answers whether there was anything."""
        if not self._began:
            return False
        self._stopped.update(self._began)
        self._interrupt()
        return True

    def close(self) -> None:
        """Stop taking work; the thread gives back its connection and ends."""
        self.stop()
        self._closed = True
        self._executor.submit(self._release)
        self._executor.shutdown(wait=False)
