"""A session in which nobody presses a key ends, and one that does not end is ended."""

import asyncio
import signal
from types import SimpleNamespace
from typing import Any

import pytest

from boconsole.doors.ssh import channels
from boconsole.doors.ssh.channels import Channel

IDLE = 600


def open_channel(signals: list[tuple[int, int]]) -> Any:  # Any: its child is put in place
    """Return a channel with child 7, whose signals are noted."""
    nursery = SimpleNamespace(signal=lambda child, number: signals.append((child, number)))
    channel: Any = Channel(SimpleNamespace(idle=IDLE, nursery=nursery), None)  # type: ignore[arg-type]
    channel._child = 7
    return channel


async def test_session_ends_once_no_key_was_pressed_for_as_long_as_is_set() -> None:
    signals: list[tuple[int, int]] = []
    channel = open_channel(signals)
    channel._heard -= IDLE + 1
    channel._watch_idle()
    channel._killer.cancel()

    assert signals == [(7, signal.SIGTERM)]
    assert channel._said == "Signed out: no key was pressed for 10 minutes."


async def test_key_puts_the_end_off() -> None:
    signals: list[tuple[int, int]] = []
    channel = open_channel(signals)
    channel._heard -= IDLE + 1
    channel.data_received(b"j", None)
    channel._watch_idle()
    left = channel._idler.when() - asyncio.get_running_loop().time()
    channel._idler.cancel()

    assert not signals
    assert IDLE - 5 < left <= IDLE


async def test_session_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    signals: list[tuple[int, int]] = []
    killed = asyncio.Event()
    monkeypatch.setattr(channels, "KILL_AFTER", 0.0)
    channel = open_channel(signals)
    send = channel._server.nursery.signal

    def told(child: int, number: int) -> None:
        send(child, number)
        if number == signal.SIGKILL:
            killed.set()

    channel._server.nursery.signal = told
    channel.end("The end.")
    await asyncio.wait_for(killed.wait(), 5)

    assert signals == [(7, signal.SIGTERM), (7, signal.SIGKILL)]
