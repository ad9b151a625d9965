"""The server: listens, knows who is in, and hears signals.

SIGTERM tells everybody, waits a little, and ends all sessions with what was typed kept; a second
one does not wait. SIGHUP reads the settings and the program anew for the sessions to come. While
nobody does anything the server does nothing but say now and then which sessions are open.
"""

import asyncio
import os
import secrets
import signal
import sys
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import asyncssh

from boconsole import logs
from boconsole.doors.ssh.channels import Channel
from boconsole.doors.ssh.gate import Gate
from boconsole.doors.ssh.host_key import host_key
from boconsole.doors.ssh.nursery import Nursery
from boconsole.doors.ssh.records import Records
from boconsole.errors import REFUSALS, BoconsoleError
from boconsole.language import _
from boconsole.settings import Settings, default_host_key

LEAVING, RENEWED = signal.SIGUSR1, signal.SIGUSR2
"""What a console is told by these: the server is going down, or the program is a new one."""
STRANGERS, STRANGERS_OF_ONE = 100, 20
"""Connections that have not signed in, in all and from one address."""
MOST_SESSIONS = 500
CONNECTIONS = 4
"""Connections that one account may have for each session that it may have."""
LOOK_EVERY, BEAT_EVERY = 2.0, 30.0
"""Seconds between two looks at which sessions shall end, and between two signs of life."""
CHORES_EVERY = 60.0
LOGIN_TIMEOUT = 120
KEEPALIVE, KEEPALIVES = 30, 3
END_PATIENCE = 12.0


@dataclass(frozen=True)
class Place:
    """Where the server listens, and how long it lets people finish.

    Attributes:
        host: Name or address of this machine.
        port: 0 takes a free one.
        grace: Seconds between telling people that it ends and ending.
    """

    host: str
    port: int
    grace: int


class Server:
    """All connections and their sessions.

    Args:
        settings: Read and checked.
        place: Where it listens.
        reread: Returns the settings as they are now, for SIGHUP.

    Attributes:
        records: What the server asks of the database.
        nursery: Starts the children.
    """

    def __init__(self, settings: Settings, place: Place, reread: Callable[[], Settings]) -> None:
        self._settings = settings
        self._place = place
        self._reread = reread
        self.records = Records(settings, secrets.token_hex(8))
        self.nursery = Nursery(_environment(settings))
        self._strangers: set[Gate] = set()
        self._inside: set[Gate] = set()
        self._channels: set[Channel] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._leaving = asyncio.Event()
        self._hurry = asyncio.Event()

    @property
    def banner(self) -> str:
        """What clients read before they sign in."""
        return f"{self._settings.ssh.banner}\n" if self._settings.ssh.banner else ""

    @property
    def idle(self) -> int:
        """Seconds without a key after which a session ends; 0 never ends one."""
        return self._settings.ssh.idle * 60

    async def run(self, listening: Callable[[int, str], None]) -> None:
        """Serve until SIGTERM.

        Args:
            listening: Called with port and fingerprint once clients can come.

        Raises:
            BoconsoleError: The server cannot start; the sentence says why.
        """
        key = host_key(self._settings.ssh.host_key or default_host_key())
        await self.records.open()
        try:
            await self.nursery.renew()
            acceptor = await self._listen(key)
        except BaseException:
            self.nursery.close()
            await self.records.close()
            raise
        self._hear_signals()
        heart = asyncio.create_task(self._heart())
        listening(acceptor.get_port(), key.get_fingerprint())
        await self._leaving.wait()
        acceptor.close()
        heart.cancel()
        await self._send_home()
        self.nursery.close()
        await self.records.close()

    async def _listen(self, key: asyncssh.SSHKey) -> asyncssh.SSHAcceptor:
        compression = ["zlib@openssh.com"] if self._settings.ssh.compression else ["none"]
        try:
            return await asyncssh.listen(
                self._place.host,
                self._place.port,
                server_factory=lambda: Gate(self),
                server_host_keys=[key],
                compression_algs=compression,
                encoding=None,
                line_editor=False,
                agent_forwarding=False,
                x11_forwarding=False,
                allow_scp=False,
                gss_host=None,
                login_timeout=LOGIN_TIMEOUT,
                keepalive_interval=KEEPALIVE,
                keepalive_count_max=KEEPALIVES,
                server_version="boconsole",
            )
        except OSError as error:
            where = f"{self._place.host}:{self._place.port}"
            raise BoconsoleError(
                _("{where} cannot be listened at: {reason}.").format(
                    where=where, reason=os.strerror(error.errno) if error.errno else error
                )
            ) from error

    def _hear_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leave)
        loop.add_signal_handler(signal.SIGHUP, lambda: self.write(self._renew()))

    # Connections

    def takes(self, gate: Gate) -> bool:
        """Return whether a connection is taken: not too many may stand before the door."""
        same = Counter(stranger.address for stranger in self._strangers)[gate.address]
        if len(self._strangers) >= STRANGERS or same >= STRANGERS_OF_ONE:
            return False
        self._strangers.add(gate)
        gate.entered.add_done_callback(lambda done: self._came_in(gate, done))
        return True

    def _came_in(self, gate: Gate, done: "asyncio.Future[Any]") -> None:
        self._strangers.discard(gate)
        if not done.cancelled() and done.exception() is None:
            self._inside.add(gate)

    def gone(self, gate: Gate) -> None:
        """Write down that somebody left."""
        self._strangers.discard(gate)
        if gate in self._inside and gate.inside is not None:
            self._inside.discard(gate)
            self.write(self.records.leave(gate.inside, gate.address, gate.farewell))

    @property
    def most_sessions(self) -> int:
        """Sessions that one account may have."""
        return self._settings.ssh.sessions

    def crowded(self, login: str) -> bool:
        """Return whether an account has so many connections that it gets no further one."""
        mine = sum(gate.login == login for gate in self._inside)
        return mine >= CONNECTIONS * self.most_sessions

    def full(self, channel: Channel) -> str:
        """Return why no further session of somebody is started, or nothing."""
        mine = [
            other
            for other in self._channels
            if other.console == channel.console and other.gate.login == channel.gate.login
        ]
        if self._leaving.is_set():
            return _("The server restarts; connect again in a moment.")
        if len(mine) >= self.most_sessions:
            return _("You have {n} sessions already; leave one first.").format(n=len(mine))
        if len(self._channels) >= MOST_SESSIONS:
            return _("There are too many sessions here now; try again later.")
        return ""

    def began(self, channel: Channel) -> None:
        """A session has its child."""
        self._channels.add(channel)

    def ended(self, channel: Channel) -> None:
        """A session has none any more."""
        self._channels.discard(channel)
        if channel.number:
            self.write(self.records.ended(channel.number))

    def write(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something in the background; what fails goes to the log."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._written)

    def _written(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logs.write_fault(error, self._settings.log)

    # Signs of life

    async def _heart(self) -> None:
        """Say which sessions are open, and end those that shall."""
        loop = asyncio.get_running_loop()
        beaten, chores_at = -BEAT_EVERY, 0.0
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if not self._channels and beaten < 0:
                continue
            if self._channels and loop.time() >= chores_at:
                chores_at = loop.time() + CHORES_EVERY
                self.write(self.records.do_chores())
            try:
                if loop.time() - beaten >= BEAT_EVERY:
                    beaten = loop.time()
                    await self.records.beat(self._heard())
                await self._end_wanted()
            except REFUSALS as error:
                logs.write_fault(error, self._settings.log)

    def _heard(self) -> list[tuple[int, Any]]:
        fresh = [one for one in self._channels if one.number and one.heard_at != one.told_at]
        for channel in fresh:
            channel.told_at = channel.heard_at
        return [(channel.number, channel.heard_at) for channel in fresh]

    async def _end_wanted(self) -> None:
        if not self._channels:
            return
        wanted = await self.records.to_end()
        for channel in list(self._channels):
            if channel.number not in wanted:
                continue
            who = wanted[channel.number]
            own = channel.gate.inside is not None and channel.gate.inside.user.login == who
            channel.end(
                _("You ended this session.") if own
                else _("This session was ended by an administrator.")
            )  # fmt: skip

    # Going down, and coming anew

    async def _renew(self) -> None:
        """Read settings and program anew; sessions that are open go on as they are."""
        try:
            settings = self._reread()
            await self.nursery.renew(_environment(settings))
        except (*REFUSALS, OSError, TimeoutError) as error:
            logs.write_fault(error, self._settings.log)
            print(_("Nothing was renewed: {reason}").format(reason=error), file=sys.stderr)
            return
        self._settings = settings
        for channel in self._channels:
            channel.tell(RENEWED)

    def _leave(self) -> None:
        if self._leaving.is_set():
            self._hurry.set()
        self._leaving.set()

    async def _send_home(self) -> None:
        """Tell everybody, wait a little, and end what is left."""
        for channel in self._channels:
            channel.tell(LEAVING)
        if self._channels:
            waiting = asyncio.ensure_future(self._all_ended())
            with suppress(TimeoutError):
                await asyncio.wait_for(
                    asyncio.wait(
                        {waiting, asyncio.ensure_future(self._hurry.wait())},
                        return_when=asyncio.FIRST_COMPLETED,
                    ),
                    self._place.grace,
                )
        for channel in list(self._channels):
            channel.end(_("The server restarts; connect again in a moment."))
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_ended(), END_PATIENCE)
        await asyncio.sleep(0)
        for gate in list(self._inside | self._strangers):
            gate.end(_("The server ends."))
        last = asyncio.get_running_loop().time() + END_PATIENCE
        while (self._tasks or self._inside) and asyncio.get_running_loop().time() < last:
            await asyncio.sleep(0.01)

    async def _all_ended(self) -> None:
        while self._channels:
            await asyncio.sleep(0.02)


def _environment(settings: Settings) -> Mapping[str, str]:
    """Return the environment of a zygote: that of the server, and its database by name."""
    arenas = {"MALLOC_ARENA_MAX": "1"}  # threads of a session fill what its main thread left
    return {**os.environ, **arenas, "BOCONSOLE_DATABASE": settings.database}
