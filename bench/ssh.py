"""Many people at the SSH server at once: first paint, memory, idle cost, keys and their bytes.

Writes bench/ssh.md. Client and server share the machine; only 127.0.0.1 is used, for at most
100 sessions and a few minutes. `python bench/ssh.py --quick` stops at 10 sessions and writes
nothing; `--check` opens 50, writes nothing, and ends in 1 where a goal is missed.
"""

import asyncio
import contextlib
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic
from typing import NamedTuple

import asyncssh

HERE = Path(__file__).parent
SIZES = (1, 50, 100)
STARTS = 10
KEYS = 40
IDLE = 15.0
ACTIONS = (
    ("cursor move", (b"j",), 12),
    ("page", (b"\x1b[6~", b"\x1b[5~"), 6),
    ("palette", (b"\x10",), 1),
)
"""Name, keys in turn, how often."""
PATIENCE = 60.0
TICK = os.sysconf("SC_CLK_TCK")


class Crowd(NamedTuple):
    """What was seen with so many sessions open.

    Attributes:
        connected: Milliseconds from connecting to being signed in (median).
        painted: From connecting to the first paint (median).
        worst: The slowest of these paints.
        uss: Private MiB of a session: median and largest.
        pss: Proportional MiB of all sessions, the zygote and the server.
        idle: Per cent of a core that everything costs while nobody does anything.
        key: Milliseconds from a key to its first byte, the others idle (median, 95th percentile).
    """

    sessions: int
    connected: float
    painted: float
    worst: float
    uss: tuple[float, float]
    pss: float
    idle: float
    key: tuple[float, float]


class Client:
    """One terminal at the server."""

    def __init__(self, port: int, key: asyncssh.SSHKey, compressed: bool) -> None:
        self._port, self._key = port, key
        self._compression = ["zlib@openssh.com"] if compressed else ["none"]
        self.received = 0
        self.text = b""
        self.news = asyncio.Event()

    async def start(self, sign: bytes = b"To do") -> tuple[float, float]:
        """Sign in and wait for the first paint; returns both in seconds."""
        begun = monotonic()
        self.connection = await asyncssh.connect(
            "127.0.0.1", self._port, username="bench", client_keys=[self._key], known_hosts=None,
            agent_path=None, config=None, compression_algs=self._compression,
        )  # fmt: skip
        inside = monotonic() - begun
        self.channel, _session = await self.connection.create_session(
            lambda: _Reader(self), term_type="xterm-256color", term_size=(80, 24), encoding=None
        )
        await self.wait(sign)
        return inside, monotonic() - begun

    async def wait(self, sign: bytes) -> None:
        """Wait until the screen was sent something."""
        while sign not in self.text:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), PATIENCE)

    async def quiet(self, seconds: float = 0.15) -> None:
        """Wait until nothing comes any more."""
        while True:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), seconds)
            except TimeoutError:
                return

    async def press(self, keys: bytes) -> tuple[float, int]:
        """Press a key; returns seconds to its first byte, and bytes of the whole answer."""
        self.text, before = b"", self.received
        self.news.clear()
        begun = monotonic()
        self.channel.write(keys)
        await asyncio.wait_for(self.news.wait(), PATIENCE)
        first = monotonic() - begun
        await self.quiet()
        return first, self.received - before


class _Reader(asyncssh.SSHClientSession):
    def __init__(self, client: Client) -> None:
        self._client = client

    def data_received(self, data: bytes, datatype: int | None) -> None:  # noqa: ARG002
        self._client.received += len(data)
        self._client.text += data
        self._client.news.set()


class Served:
    """The server, on a database of its own."""

    def __init__(self, folder: Path, compression: str) -> None:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BOCON")},
            "XDG_DATA_HOME": str(folder), "XDG_STATE_HOME": str(folder),
            "XDG_CACHE_HOME": str(folder), "BOCONSOLE_DATABASE": f"sqlite:///{folder}/demo.sqlite",
            "BOCONSOLE_SSH_SESSIONS": "100", "BOCONSOLE_SSH_COMPRESSION": compression,
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "boconsole", "ssh", "--port", "0", "--grace", "0"],
            stdout=subprocess.PIPE, env=environment, text=True, cwd=HERE.parent,
        )  # fmt: skip
        line = self.process.stdout.readline()
        self.port = int(line.split(" port ")[1].split(";")[0])

    def family(self) -> list[int]:
        """Return server, zygote and all sessions."""
        found, waiting = [], [self.process.pid]
        while waiting:
            found.append(waiting.pop())
            for thread in Path(f"/proc/{found[-1]}/task").glob("*"):
                with contextlib.suppress(OSError):
                    waiting += map(int, (thread / "children").read_text().split())
        return found

    def sessions(self) -> list[int]:
        """Return the sessions alone."""
        found = self.family()[2:]
        return [pid for pid in found if leads(pid)]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def leads(pid: int) -> bool:
    """Return whether a process is a session, not one that reads Home for it."""
    try:
        return os.getsid(pid) == pid
    except ProcessLookupError:
        return False


def memory(pid: int) -> tuple[float, float]:
    """Return private and proportional MiB of a process."""
    fields = dict(
        line.split(":") for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    )
    size = {name: int(value.split()[0]) / 1024 for name, value in fields.items()}
    return size["Private_Clean"] + size["Private_Dirty"], size["Pss"]


def worked(pids: list[int]) -> float:
    """Return seconds of work of some processes so far."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


async def keys(client: Client, count: int = KEYS) -> list[tuple[float, int]]:
    """Move the cursor up and down in the list of tickets."""
    return [await client.press(b"j" if number % 8 < 4 else b"k") for number in range(count)]


async def to_tickets(client: Client) -> None:
    client.channel.write(b"2")
    await client.wait(b"TKT-")
    await client.quiet(0.5)


async def crowds(served: Served, key: asyncssh.SSHKey, sizes: tuple[int, ...]) -> AsyncIterator:
    """Yield what is seen at each size; the sessions before stay."""
    clients: list[Client] = []
    for size in sizes:
        while len(clients) < max(size - STARTS, 0):
            clients.append(Client(served.port, key, True))
            await clients[-1].start()
        starts = []
        for _number in range(STARTS):
            client = Client(served.port, key, True)
            starts.append(await client.start())
            if len(clients) < size:
                clients.append(client)
            else:
                client.connection.close()
                await client.connection.wait_closed()
            await asyncio.sleep(0.4)
        await to_tickets(clients[0]) if size == sizes[0] else None
        times = [each[0] * 1000 for each in await keys(clients[0])]
        await asyncio.sleep(3)
        family = served.family()
        before, at = worked(family), monotonic()
        await asyncio.sleep(IDLE)
        idle = (worked(family) - before) / (monotonic() - at) * 100
        private = [memory(pid)[0] for pid in served.sessions()]
        yield Crowd(
            size,
            median(each[0] for each in starts) * 1000,
            median(each[1] for each in starts) * 1000,
            max(each[1] for each in starts) * 1000,
            (median(private), max(private)),
            sum(memory(pid)[1] for pid in served.family()),
            idle,
            (median(times), percentile(times, 0.95)),
        )
    for client in clients:
        client.connection.close()


class Relay:
    """Counts the bytes that go from server to client."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.count = 0

    async def start(self) -> int:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection("127.0.0.1", self._port)
        await asyncio.gather(self._carry(reader, ours, False), self._carry(theirs, writer, True))

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, counted: bool
    ) -> None:
        while data := await reader.read(65536):
            self.count += len(data) if counted else 0
            writer.write(data)
        writer.close()


async def wire(
    served: Served, key: asyncssh.SSHKey, compressed: bool
) -> dict[str, tuple[int, int]]:
    """Return bytes of the screen and bytes on the wire for what people do."""
    relay = Relay(served.port)
    client = Client(await relay.start(), key, compressed)
    await client.start()
    await client.quiet(0.5)
    found = {"first paint": (client.received, relay.count)}
    await to_tickets(client)
    for name, pressed, count in ACTIONS:
        screen, line = [], []
        for number in range(count):
            before = relay.count
            screen.append((await client.press(pressed[number % len(pressed)]))[1])
            line.append(relay.count - before)
        found[name] = (int(median(screen)), int(median(line)))
    client.connection.close()
    return found


def prepare(folder: Path) -> asyncssh.SSHKey:
    """Build the demonstration, with an account that has a key."""
    url = f"sqlite:///{folder}/demo.sqlite"
    subprocess.run([sys.executable, "-m", "boconsole", "demo", "--build", url], check=True,
                   stdout=subprocess.DEVNULL, cwd=HERE.parent)  # fmt: skip
    key = asyncssh.generate_private_key("ssh-ed25519")
    from db import connection, credentials, users

    connection.open_database(url)
    now = datetime.now(UTC)
    with connection.transaction():
        user = users.insert("bench", "Bench", "", now)
        users.add_role(user, "agent")
        line = key.export_public_key().decode().strip()
        credentials.insert_key(user, line, key.get_fingerprint(), "bench", now)
    connection.close_database()
    return key


async def measure(sizes: tuple[int, ...]) -> tuple[list[Crowd], dict, dict]:
    with tempfile.TemporaryDirectory(prefix="boconsole-bench-") as name:
        folder = Path(name)
        key = prepare(folder)
        served = Served(folder, "on")
        try:
            packed = await wire(served, key, True)
            seen = []
            async for crowd in crowds(served, key, sizes):
                print(crowd, flush=True)
                seen.append(crowd)
        finally:
            served.stop()
        served = Served(folder, "off")
        try:
            plain = await wire(served, key, False)
        finally:
            served.stop()
        return seen, plain, packed


NOTE = """\
Made by `python bench/ssh.py`; client and server share the machine and its cores, and so did
other work in this run. First paint counts from connecting, key exchange in it. The goals:
200 ms, 20 MB (19.1 MiB) of a session, 10 % of a core with 100 idle, a key with 50 within 2 x of one
alone."""


def page(seen: list[Crowd], plain: dict, packed: dict) -> str:
    """Return the page of results."""
    lines = [
        "# The SSH server", "",
        NOTE, "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, load before "
        f"{LOAD:.1f}, after {os.getloadavg()[0]:.1f}; Python {platform.python_version()}.", "",
        "| sessions | signed in, ms | first paint, ms | slowest | private MiB, median | largest | "
        "all together, MiB (PSS) | idle, % of a core | key, ms (median) | p95 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    lines += [
        f"| {one.sessions} | {one.connected:.0f} | {one.painted:.0f} | {one.worst:.0f} | "
        f"{one.uss[0]:.1f} | {one.uss[1]:.1f} | {one.pss:.0f} | {one.idle:.1f} | "
        f"{one.key[0]:.1f} | {one.key[1]:.1f} |"
        for one in seen
    ]
    lines += ["", "| 80x24 | bytes of the screen | on the wire | compressed |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {plain[name][0]:,} | {plain[name][1]:,} | {packed[name][1]:,} |"
        for name in plain
    ]
    return "\n".join(lines) + "\n"


PAINT, MEMORY, AT_REST, SLOWER = 200, 20e6 / 2**20, 10, 2
"""Goals: milliseconds, MiB, per cent of a core, and how often as long a key may take with many."""


def missed(seen: list[Crowd]) -> list[str]:
    """Return which goals were not reached, as sentences."""
    alone, found = seen[0], []
    for one in seen:
        goals = (
            ("first paint, ms", one.painted, PAINT),
            ("private MiB", one.uss[0], MEMORY),
            ("idle, % of a core", one.idle, AT_REST),
            ("key, ms", one.key[0], alone.key[0] * SLOWER),
        )
        found += [
            f"{one.sessions} sessions: {name} {value:.1f}, at most {goal:.1f}"
            for name, value, goal in goals
            if value > goal and (one is not alone or name == "first paint, ms")
        ]
    return found


LOAD = os.getloadavg()[0]

if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    quick, check = "--quick" in sys.argv, "--check" in sys.argv
    crowds_seen, plain, packed = asyncio.run(
        measure((1, 10) if quick else (1, 50) if check else SIZES)
    )
    text = page(crowds_seen, plain, packed)
    print(text)
    if not quick and not check:
        (HERE / "ssh.md").write_text(text, "utf-8")
    for sentence in (wrong := missed(crowds_seen)):
        print(sentence, file=sys.stderr)
    raise SystemExit(1 if check and wrong else 0)
