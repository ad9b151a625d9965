"""Bytes between a channel and the files of a child, held up on either side when the other is slow.

A client that does not read fills its own channel: then its child is not read from, and waits. No
other session notices.
"""

import asyncio
import os
from collections import deque
from collections.abc import Callable
from contextlib import suppress

CHUNK = 65_536
WAITING = 262_144
"""Bytes typed ahead, after which the channel is not read from until the child took them."""


class Outflow:
    """Reads from a file until its end and hands on what comes.

    Args:
        handle: Not blocking; closed at the end.
        take: Called with the bytes.
        ended: Called once, at the end.
    """

    def __init__(
        self, handle: int, take: Callable[[bytes], None], ended: Callable[[], None]
    ) -> None:
        os.set_blocking(handle, False)
        self._handle = handle
        self._take = take
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        self._open = True
        self._flowing = False
        self.resume()

    def pause(self) -> None:
        """Stop reading: whoever takes the bytes is full."""
        if self._open and self._flowing:
            self._loop.remove_reader(self._handle)
            self._flowing = False

    def resume(self) -> None:
        """Read on."""
        if self._open and not self._flowing:
            self._loop.add_reader(self._handle, self._read)
            self._flowing = True

    def _read(self) -> None:
        try:
            found = os.read(self._handle, CHUNK)
        except BlockingIOError:
            return
        except OSError:  # a terminal whose other end is closed
            found = b""
        if found:
            self._take(found)
        else:
            self.close()
            self._ended()

    def close(self) -> None:
        """Read no more."""
        if self._open:
            self.pause()
            self._open = False
            with suppress(OSError):
                os.close(self._handle)


class Inflow:
    """Writes to a file what it can take, and keeps the rest.

    Args:
        handle: Not blocking; closed at the end.
        full: Called when much is kept.
        empty: Called when all of that is written.
    """

    def __init__(self, handle: int, full: Callable[[], None], empty: Callable[[], None]) -> None:
        os.set_blocking(handle, False)
        self._handle = handle
        self._full = full
        self._empty = empty
        self._loop = asyncio.get_running_loop()
        self._kept: deque[bytes] = deque()
        self._size = 0
        self._open = True
        self._ending = False
        self._held_up = False

    def write(self, data: bytes) -> None:
        """Write, now or when the file takes it."""
        if not self._open or self._ending:
            return
        if not self._kept:
            data = self._put(data)
            if not data:
                return
            if self._open:
                self._loop.add_writer(self._handle, self._go_on)
        self._kept.append(data)
        self._size += len(data)
        if self._size > WAITING and not self._held_up:
            self._held_up = True
            self._full()

    def _put(self, data: bytes) -> bytes:
        """Write as much as goes; returns the rest, nothing when nobody takes any of it."""
        try:
            return data[os.write(self._handle, data) :]
        except BlockingIOError:
            return data
        except OSError:
            self.close()
            return b""

    def _go_on(self) -> None:
        while self._kept:
            before = self._kept[0]
            rest = self._put(before)
            if not self._open:
                return
            self._size -= len(before) - len(rest)
            if rest:
                self._kept[0] = rest
                return
            self._kept.popleft()
        self._loop.remove_writer(self._handle)
        if self._held_up:
            self._held_up = False
            self._empty()
        if self._ending:
            self.close()

    def end(self) -> None:
        """Close once all that is kept is written."""
        self._ending = True
        if not self._kept:
            self.close()

    def close(self) -> None:
        """Write no more."""
        if self._open:
            self._open = False
            self._loop.remove_writer(self._handle)
            self._kept.clear()
            with suppress(OSError):
                os.close(self._handle)
            if self._held_up:
                self._empty()
