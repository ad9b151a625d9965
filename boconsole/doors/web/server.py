"""The server of the pages: nothing of the console is there for whoever is not signed in.

SIGTERM ends all consoles with what was typed kept. Behind a proxy with TLS the public address
says so: cookies are for TLS alone then, and the proxy tells from where somebody comes.
"""

import asyncio
import secrets
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from boconsole import logs
from boconsole.doors.ssh.records import OutdatedSignInError, Records
from boconsole.doors.web import pages
from boconsole.doors.web.bridge import SIZES, Console, order_of
from boconsole.doors.web.gate import Gate
from boconsole.doors.web.headers import headers_of
from boconsole.doors.web.visits import Visit, Visits
from boconsole.errors import REFUSALS, BoconsoleError
from boconsole.language import _
from boconsole.session import wall_clock
from boconsole.settings import Settings

LOOK_EVERY, BEAT_EVERY = 2.0, 30.0
MOST_CONSOLES, MOST_OF_ONE = 100, 10
LARGEST_MESSAGE = 2**20
HERE = ("127.0.0.1", "::1")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Place:
    """Where the server listens.

    Attributes:
        host: Name or address of this machine.
        port: 0 takes a free one.
        url: How people reach it, such as https://desk.example.com; "" for host and port.
        idle: Seconds without a key after which one is signed out.
    """

    host: str
    port: int
    url: str
    idle: float


@dataclass
class Line:
    """One open page: whose, its console, its socket, and its number among the open sessions."""

    visit: Visit
    console: Console
    socket: web.WebSocketResponse
    number: int = 0


class Server:
    """All visits and their consoles.

    Args:
        settings: Read and checked.
        place: Where it listens.
        now: The clock of idle times, in seconds.
    """

    def __init__(
        self, settings: Settings, place: Place, now: Callable[[], float] = monotonic
    ) -> None:
        self._settings = settings
        self._place = place
        self.now = now
        self.records = Records(settings, secrets.token_hex(8), "web")
        self.visits = Visits(place.idle)
        self._gate = Gate(self)
        self._lines: list[Line] = []
        self._leaving = asyncio.Event()

    @property
    def is_secure(self) -> bool:
        """Whether people come by TLS."""
        return self._place.url.startswith("https:")

    def address(self, request: web.Request) -> str:
        """Return from where a request comes, as the proxy tells it where there is one."""
        peer = request.remote or ""
        told = ",".join(request.headers.getall("X-Forwarded-For", ()))
        if self._place.url and peer in HERE and told:
            return told.rpartition(",")[2].strip()[:60]
        return peer

    async def run(self, listening: Callable[[str, int], None]) -> None:
        """Serve until SIGTERM.

        Args:
            listening: Called with host and port once browsers can come.

        Raises:
            BoconsoleError: The server cannot start.
        """
        await self.records.open()
        runner = web.AppRunner(self._app(), access_log=None, handle_signals=False)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._place.host, self._place.port)
            await site.start()
        except OSError as error:
            await runner.cleanup()
            await self.records.close()
            where = f"{self._place.host}:{self._place.port}"
            raise BoconsoleError(
                _("{where} cannot be listened at: {reason}.").format(
                    where=where, reason=error.strerror or error
                )
            ) from error
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._leaving.set)
        heart = asyncio.create_task(self._heart())
        listening(self._place.host, runner.addresses[0][1])
        await self._leaving.wait()
        heart.cancel()
        await asyncio.gather(*(self._close(line) for line in list(self._lines)))
        await runner.cleanup()
        await self.records.close()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded], client_max_size=2**16)
        package = find_spec("textual_serve")
        assert package is not None
        assert package.origin is not None
        app.add_routes(
            [
                web.get("/", self._console),
                web.get("/sign-in", self._gate.show),
                web.post("/sign-in", self._gate.sign_in),
                web.post("/sign-out", self._gate.sign_out),
                web.get("/style.css", _style),
                web.get("/console.js", _script),
                web.get("/favicon.ico", _nothing),
                web.get("/ws", self._socket),
                web.static("/static", Path(package.origin).parent / "static"),
            ]
        )
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Add what browsers are to mind, to every answer; a fault goes to the log."""
        try:
            answer = await handler(request)
        except web.HTTPException as error:
            answer = error
        except REFUSALS as refusal:
            answer = web.Response(text=str(refusal), status=503)
        except asyncio.CancelledError:
            raise
        except Exception as fault:  # the root of a request: people get a sentence
            logs.write_fault(fault, self._settings.log)
            answer = web.Response(text=_("Something went wrong inside boconsole."), status=500)
        if not answer.prepared:
            answer.headers.update(
                headers_of(request.path, self._socket_url(request), is_secure=self.is_secure)
            )
        if isinstance(answer, web.HTTPException):
            raise answer
        return answer

    # Pages

    def _origin(self, request: web.Request) -> str:
        return self._place.url or f"http://{request.host}"

    def _socket_url(self, request: web.Request) -> str:
        return "ws" + self._origin(request).removeprefix("http") + "/ws"

    async def _console(self, request: web.Request) -> web.Response:
        visit = self._gate.visit(request)
        if visit is None or await self._outdated([visit]):
            if visit is not None:
                await self.end(visit, "password changed")
            raise web.HTTPSeeOther("/sign-in")
        login = visit.session.user.login
        page = pages.console(visit.guard, login, self._socket_url(request))
        return web.Response(text=page, content_type="text/html")

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """Open a console for a page of ours whose visit is signed in."""
        visit = self._gate.visit(request)
        if visit is None or request.headers.get("Origin") != self._origin(request):
            raise web.HTTPForbidden(text=_("Sign in first."))
        mine = [line for line in self._lines if line.visit.session.user == visit.session.user]
        if len(self._lines) >= MOST_CONSOLES or len(mine) >= MOST_OF_ONE:
            raise web.HTTPServiceUnavailable(text=_("There are too many consoles; leave one."))
        socket = web.WebSocketResponse(heartbeat=20, max_msg_size=LARGEST_MESSAGE)
        console = Console(socket.send_bytes)
        line = Line(visit, console, socket)
        self._lines.append(line)
        try:
            columns, rows = (_size(request, name) for name in ("width", "height"))
            line.number = await self.records.began(
                visit.session, "console", visit.address, f"web {columns}x{rows}", visit.mark
            )
            await socket.prepare(request)
            login, language = visit.session.user.login, visit.session.language
            await console.start(
                order_of(login, self._settings, language, line.number), columns, rows
            )
            await self._serve(line)
        except OutdatedSignInError as refusal:
            raise web.HTTPForbidden(text=str(refusal)) from refusal
        finally:
            self._lines.remove(line)
            if line.number:
                await self.records.ended(line.number)
        return socket

    async def _serve(self, line: Line) -> None:
        """Carry both ways until page or console is gone."""
        drawn = asyncio.create_task(self._draw(line))
        try:
            async for message in line.socket:
                if message.type != WSMsgType.TEXT:
                    continue
                try:
                    if await line.console.take(message.data):
                        line.visit.touched = self.now()
                except ValueError:
                    break
        finally:
            await line.console.end()
            await drawn

    async def _draw(self, line: Line) -> None:
        await line.console.carry()
        await line.socket.close()

    # Ends

    async def end(self, visit: Visit, reason: str) -> None:
        """End a visit: its cookie opens nothing any more, its consoles keep what was typed."""
        self.visits.end(visit)
        mine = [line for line in self._lines if line.visit is visit]
        await asyncio.gather(*(self._close(line) for line in mine))
        await self.records.leave(visit.session, visit.address, reason)

    async def _close(self, line: Line) -> None:
        await line.console.end()
        await line.socket.close()

    async def _heart(self) -> None:
        """Say which consoles are open, and end what is over."""
        beaten = -BEAT_EVERY
        while True:
            await asyncio.sleep(min(LOOK_EVERY, self._place.idle))
            try:
                for visit in self.visits.over(self.now()):
                    await self.end(visit, "idle")
                if self._lines and self.now() - beaten >= BEAT_EVERY:
                    beaten = self.now()
                    now = wall_clock()
                    await self.records.beat([(line.number, now) for line in self._lines])
                await self._end_wanted()
            except REFUSALS as error:
                logs.write_fault(error, self._settings.log)

    async def _end_wanted(self) -> None:
        if self._lines:
            wanted = await self.records.to_end()
            ending = [line.visit for line in self._lines if line.number in wanted]
            for visit in {id(visit): visit for visit in ending}.values():
                await self.end(visit, "ended")
        busy = {id(line.visit) for line in self._lines}
        idle = [visit for visit in self.visits.all() if id(visit) not in busy]
        for visit in await self._outdated(idle):
            await self.end(visit, "password changed")

    async def _outdated(self, visits: list[Visit]) -> list[Visit]:
        """Return the visits whose password was changed since, or whose account is disabled."""
        if not visits:
            return []
        marks = await self.records.marks(list({one.session.user.login for one in visits}))
        return [one for one in visits if marks.get(one.session.user.login, "") != one.mark]


async def _style(_request: web.Request) -> web.Response:
    return web.Response(text=pages.STYLE, content_type="text/css")


async def _script(_request: web.Request) -> web.Response:
    return web.Response(text=pages.SCRIPT, content_type="text/javascript")


async def _nothing(_request: web.Request) -> web.Response:
    return web.Response(status=204)


def _size(request: web.Request, name: str) -> int:
    text = request.query.get(name, "")
    fallback = 80 if name == "width" else 24
    return int(text) if text.isdecimal() and len(text) < 5 and int(text) in SIZES else fallback


def checked_url(url: str) -> str:
    """Return a public address without its closing slash, "" for one that is none."""
    parts = urlsplit(url)
    whole = parts.scheme in ("http", "https") and parts.netloc and parts.path in ("", "/")
    return f"{parts.scheme}://{parts.netloc}" if whole else ""
