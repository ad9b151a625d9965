"""The server for SSH clients, its sessions, and the session that the system's sshd starts."""

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING

from boconsole.doors import output
from boconsole.doors.calls import Call
from boconsole.doors.output import Answer
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.settings import Settings

PORTS = range(65_536)
LONGEST_GRACE = 600


def serve(call: Call) -> Answer:
    """Serve until SIGTERM; one line says where."""
    try:
        from boconsole.doors.ssh.server import Place, Server
    except ImportError as error:
        raise BoconsoleError(
            _("Serving SSH needs asyncssh; install boconsole with its extra: boconsole[ssh].")
        ) from error
    words = call.words
    place = Place(words.host, _number("port", words.port, PORTS),
                  _number("grace", words.grace, range(LONGEST_GRACE + 1)))  # fmt: skip
    server = Server(call.settings, place, lambda: _read_again(words))

    def listening(port: int, fingerprint: str) -> None:
        sentence = _("boconsole listens at {host} port {port}; its host key is {fingerprint}.")
        output.put(sentence.format(host=words.host, port=port, fingerprint=fingerprint) + "\n")

    asyncio.run(server.run(listening))
    return Answer()


def _number(field: str, text: str, allowed: range) -> int:
    if not text.isdecimal() or int(text) not in allowed:
        raise InvalidChangeError(
            field, _("{text!r} is not a whole number from {first} to {last}").format(
                text=text[:40], first=allowed[0], last=allowed[-1])
        )  # fmt: skip
    return int(text)


def _read_again(words: Namespace) -> "Settings":
    from boconsole.doors.calls import read_call

    return read_call(words).settings


def enter(call: Call) -> Answer:
    """Be the session that the system's sshd started: a console, or the command it was asked for.

    Who acts is named by the configuration of sshd (`--as`) or is the system's user. What a client
    may have put into the environment names neither person nor database nor any other setting.
    """
    from boconsole.doors.ssh import forced

    return Answer(code=forced.enter(call))


def sessions(call: Call) -> Answer:
    """List the open sessions, or end one."""
    from boconsole import open_sessions

    session = call.session(create=False)
    if call.words.end is not None:
        number = _number("end", call.words.end, range(2**31))
        open_sessions.end(session, number)
        return Answer({"session": number, "ending": True},
                      _("Session {number} ends within seconds.").format(number=number))  # fmt: skip
    rows = open_sessions.list_open(session)

    def text() -> str:
        headings = (_("Id"), _("Who"), _("Door"), _("Doing"), _("From"), _("Terminal"), _("Since"),
                    _("Last key"))  # fmt: skip
        cells = [
            (str(row.id), row.login, row.door, row.doing, row.address, row.terminal,
             output.local(row.began_at, session.zone), output.local(row.heard_at, session.zone))
            for row in rows
        ]  # fmt: skip
        return output.table(headings, cells, right=frozenset((0,))) if cells else _("Nobody is in.")

    return Answer([row._asdict() for row in rows], text)
