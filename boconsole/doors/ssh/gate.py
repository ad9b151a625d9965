"""Where one connection is let in or refused: keys, passwords, one-time codes, and nothing else.

An unknown login is asked the same questions as a known one and waits as long. No forwarding of
ports, agents or screens, and no subsystem: what is not named here is refused by the library.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import asyncssh

from boconsole.doors.ssh.channels import Channel
from boconsole.errors import REFUSALS
from boconsole.language import _

if TYPE_CHECKING:
    from boconsole.doors.ssh.server import Server
    from boconsole.session import Session

Challenge = Any
"""Any: what asyncssh takes: True, False, or name, instruction, language and prompts."""
MOST_TRIES = 3
"""Wrong answers after which a connection is closed."""


class Gate(asyncssh.SSHServer):
    """One connection.

    Attributes:
        address: From where.
        login: As the client names it; who it is only once `entered` is done.
        entered: The session of who came in.
        mark: Of the password at the sign-in (`Records.marks`).
        fingerprint: Of the key that was shown; "" for a password.
        farewell: Why the connection is ended by us; "" when it is not.
    """

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._records = server.records
        self.entered: asyncio.Future[Session] = asyncio.get_running_loop().create_future()
        self.entered.add_done_callback(lambda done: done.cancelled() or done.exception())
        self.address, self.login, self.farewell, self.mark = "", "", "", ""
        self._means, self.fingerprint = "", ""
        self._offered = False
        self._tries = 0
        self._asking: Conversation | None = None
        self._connection: asyncssh.SSHServerConnection

    @property
    def inside(self) -> "Session | None":
        """Who came in; None before."""
        done = self.entered.done() and not self.entered.cancelled()
        return self.entered.result() if done and self.entered.exception() is None else None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Take a connection, unless there are too many that have not signed in."""
        self._connection = conn
        peer = conn.get_extra_info("peername") or ("",)
        self.address = str(peer[0])
        if not self._server.takes(self):
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the library's
        """Write down that somebody left, or never came in."""
        if not self.entered.done():
            self.entered.cancel()
            if self._offered and not self._tries:
                self._server.write(self._records.refused_keys(self.login, self.address))
        self._server.gone(self)

    def end(self, reason: str) -> None:
        """Close the connection for a reason of ours."""
        self.farewell = self.farewell or reason
        self._connection.disconnect(asyncssh.DISC_BY_APPLICATION, reason)

    # Who it is

    def begin_auth(self, username: str) -> bool:
        """Begin with a login; nobody comes in without proof."""
        if not self.login and self._server.banner:
            self._connection.send_auth_banner(self._server.banner)
        self.login, self._asking = username, None
        self._means, self.fingerprint = "", ""
        return True

    def public_key_auth_supported(self) -> bool:
        """Keys are taken."""
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Return whether a key is one of the account's; its proof comes next."""
        self._offered = True
        for line in await self._records.keys_of(username):
            try:
                known = asyncssh.import_public_key(line)
            except asyncssh.KeyImportError:
                continue
            if known.public_data == key.public_data:
                self._means, self.fingerprint = "key", key.get_fingerprint()
                return True
        return False

    def password_auth_supported(self) -> bool:
        """Passwords are taken where nothing else is to be asked."""
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        """Return whether a password is right and all that is needed."""
        if not await self._right(username, password):
            return False
        if any(await self._records.needs(username)):
            return False
        self._means, self.fingerprint = "password", ""
        return True

    async def _right(self, login: str, password: str, code: str | None = None) -> bool:
        self._tries += 1
        right = await self._records.check(login, self.address, password, code)
        if not right and self._tries >= MOST_TRIES:
            self.end(_("Too many failed tries."))
        return right

    def kbdint_auth_supported(self) -> bool:
        """Questions are asked."""
        return True

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Challenge:  # noqa: ARG002
        """Ask for the password, or say how long none is looked at."""
        self._asking = Conversation(username)
        wait = self._records.wait(username, self.address)
        if wait:
            self._asking = None
            return (
                "",
                _("Too many failed tries; wait {n} s, or use a key.").format(n=wait),
                "",
                [],
            )
        return self._asking.password()

    async def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> Challenge:
        """Look at an answer; returns the next question, or whether that was all."""
        asking = self._asking
        if asking is None or len(responses) != asking.expected:
            return False
        if asking.step == "password":
            asking.old = responses[0]
            if not await self._right(username, asking.old):
                return False
            asking.needs_code, asking.must_change = await self._records.needs(username)
        elif asking.step == "code":
            if not await self._right(username, "", responses[0]):
                return False
            asking.needs_code, asking.had_code = False, True
        else:
            return await self._changed(username, asking, responses)
        if asking.needs_code:
            return asking.code()
        if asking.must_change:
            return asking.new("")
        return self._answered(asking)

    async def _changed(
        self, username: str, asking: "Conversation", responses: Sequence[str]
    ) -> Challenge:
        first, again = responses
        if first != again:
            return asking.new(_("The two are not the same."))
        if refusal := await self._records.change_password(username, asking.old, first):
            return asking.new(refusal)
        return self._answered(asking)

    def _answered(self, asking: "Conversation") -> bool:
        self._means = "password and code" if asking.had_code else "password"
        self.fingerprint, self._asking = "", None
        return True

    async def auth_completed(self) -> None:
        """Write down who came in; whoever cannot be written down does not come in."""
        if self._server.crowded(self.login):
            self.end(_("You have too many connections already; close some first."))
            return
        try:
            self.mark = (await self._records.marks([self.login])).get(self.login, "")
            session = await self._records.enter(
                self.login, self._means, self.address, self.fingerprint
            )
        except REFUSALS as refusal:
            self.end(str(refusal))
            return
        if not self.entered.done():
            self.entered.set_result(session)

    # What is wanted

    def session_requested(self) -> Channel:
        """Take a session; what it may be is up to the channel."""
        return Channel(self._server, self)


class Conversation:
    """The questions that one sign-in asks, in their order.

    Attributes:
        step: Which one is asked: `password`, `code` or `new`.
        expected: How many answers belong to it.
        old: The password that was right, for its change.
    """

    def __init__(self, login: str) -> None:
        self._login = login
        self.step, self.expected = "password", 1
        self.old = ""
        self.needs_code = self.must_change = self.had_code = False
        self._rounds = 0

    def password(self) -> Challenge:
        """Ask for the password."""
        return ("", "", "", [(_("Password: "), False)])

    def code(self) -> Challenge:
        """Ask for a one-time code."""
        self.step = "code"
        return ("", "", "", [(_("One-time code: "), True)])

    def new(self, problem: str) -> Challenge:
        """Ask for a new password, twice; three times at most."""
        from boconsole import passwords

        self.step, self.expected = "new", 2
        self._rounds += 1
        if self._rounds > MOST_TRIES:
            return False
        said = problem or _("This password must be changed now.")
        text = "\n".join((said, *passwords.rules()))
        return ("", text, "", [(_("New password: "), False), (_("Again: "), False)])
