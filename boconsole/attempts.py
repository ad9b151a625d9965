"""Failed tries to sign in: each one lets the next wait longer, by address and by account.

Pure and in memory: the clock is passed in, and what happened is forgotten after a quiet time or
when the program ends. Unknown logins are counted like known ones, so that the wait tells nothing.
Nobody is locked out: an account waits half a minute at most, however often others fail at it.
"""

from collections import OrderedDict
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import NamedTuple

QUIET = 15 * 60
"""Seconds without a failed try after which the earlier ones are forgotten."""
ROOM = 20_000
"""The most accounts and addresses that are remembered; the quietest go first."""


class Patience(NamedTuple):
    """How many tries cost nothing, and the longest wait in seconds."""

    free: int
    longest: int


ACCOUNT, ADDRESS = Patience(3, 30), Patience(10, 15 * 60)
"""An address may hide a whole office; an account belongs to one person."""


class _Failed(NamedTuple):
    times: int
    last: float


class Attempts:
    """What failed lately; shared by the connections of a door, from any thread."""

    def __init__(self) -> None:
        self._failed: OrderedDict[tuple[str, str], _Failed] = OrderedDict()
        self._lock = Lock()

    def wait(self, login: str, address: str, now: datetime) -> int:
        """Return how many seconds the next try has to wait; 0 when it may be made at once."""
        with self._lock:
            waits = [
                self._wait(key, patience, now.timestamp())
                for key, patience in _keys(login, address)
            ]
        return max(waits)

    def _wait(self, key: tuple[str, str], patience: Patience, now: float) -> int:
        failed = self._failed.get(key)
        if failed is None or now - failed.last >= QUIET or failed.times < patience.free:
            return 0
        delay: int = min(1 << min(failed.times - patience.free, 20), patience.longest)
        return max(0, round(failed.last + delay - now))

    def failed(self, login: str, address: str, now: datetime) -> None:
        """Remember a try that failed."""
        at = now.timestamp()
        with self._lock:
            for key, _patience in _keys(login, address):
                before = self._failed.pop(key, None)
                count = before.times if before and at - before.last < QUIET else 0
                self._failed[key] = _Failed(count + 1, at)
            self._forget(at)

    def succeeded(self, login: str, now: datetime) -> None:
        """Forget what failed at an account; its address stays, or one account would free it."""
        with self._lock:
            self._failed.pop(("account", login.casefold()), None)
            self._forget(now.timestamp())

    def _forget(self, now: float) -> None:
        while self._failed:
            key, failed = next(iter(self._failed.items()))
            if len(self._failed) <= ROOM and now - failed.last < QUIET:
                return
            del self._failed[key]


def _keys(login: str, address: str) -> tuple[tuple[tuple[str, str], Patience], ...]:
    return (("account", login.casefold()[:60]), ACCOUNT), (("address", _net(address)), ADDRESS)


def _net(address: str) -> str:
    """Return what is counted as one place: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:60]
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found, 64), strict=False))
    return str(found)
