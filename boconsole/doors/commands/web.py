"""The server of the console in browsers."""

import asyncio

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _

PORTS = range(65_536)
MINUTES = range(1, 1_441)
HERE = ("127.0.0.1", "::1", "localhost")


def serve(call: Call) -> Answer:
    """Serve until SIGTERM; one line says where."""
    try:
        from boconsole.doors.web.server import Place, Server, checked_url
    except ImportError as error:
        raise BoconsoleError(
            _("Serving browsers needs textual-serve; install boconsole with its extras: "
              "boconsole[web,ssh].")
        ) from error  # fmt: skip
    words = call.words
    url = checked_url(words.url)
    if words.url and not url:
        raise InvalidChangeError("url", _("must be such as https://desk.example.com"))
    port, idle = _number("port", words.port, PORTS), _number("idle", words.idle, MINUTES)
    if words.host not in HERE and not url.startswith("https:"):
        output.tell(_("Without TLS everybody on the way reads passwords: listen at 127.0.0.1, "
                      "behind a proxy, and say --url."))  # fmt: skip
    server = Server(call.settings, Place(words.host, port, url, idle * 60))

    def listening(host: str, port: int) -> None:
        where = url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
        output.put(_("boconsole is at {where}").format(where=where) + "\n")

    asyncio.run(server.run(listening))
    return Answer()


def _number(field: str, text: str, allowed: range) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) not in allowed:
        raise InvalidChangeError(
            field, _("{text!r} is not a whole number from {first} to {last}").format(
                text=text[:40], first=allowed[0], last=allowed[-1])
        )  # fmt: skip
    return int(text)
