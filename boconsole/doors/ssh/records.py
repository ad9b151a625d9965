"""What the server asks of the records, in threads of its own: one for passwords, one for the rest.

A password takes a while to check, and none is checked beside another: so no try slips past the
count of the failed ones, and a key lets people in meanwhile.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from boconsole import open_sessions, signing_in
from boconsole.attempting import attempt
from boconsole.attempts import Attempts
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _
from boconsole.session import Session, wall_clock
from boconsole.settings import Settings
from boconsole.text import safe

T = TypeVar("T")
DOOR = "ssh"
LOGIN = 60
"""Letters that a login has at most."""


class OutdatedSignInError(BoconsoleError):
    """A sign-in from before the password was changed opens nothing any more."""

    def __init__(self) -> None:
        super().__init__(_("The password was changed since you signed in; sign in again."))


class RemovedKeyError(BoconsoleError):
    """A sign-in with a key opens nothing any more once that is removed."""

    def __init__(self) -> None:
        super().__init__(_("The key was removed since you signed in; sign in again."))


class Records:
    """The records as the server sees them.

    Args:
        settings: Where they are.
        server: A random text of this process.
        door: Where people come in.
    """

    def __init__(self, settings: Settings, server: str, door: str = DOOR) -> None:
        self.settings = settings
        self._door = door
        self._server = server
        self._attempts = Attempts()
        self._desk = ThreadPoolExecutor(1, "records")
        self._vault = ThreadPoolExecutor(1, "passwords")

    async def _run(self, work: Callable[[], T], *, vault: bool = False) -> T:
        executor = self._vault if vault else self._desk
        return await asyncio.get_running_loop().run_in_executor(executor, lambda: attempt(work))

    async def open(self) -> None:
        """Open the database and bring it up to date; refused as everywhere else."""
        await self._run(lambda: signing_in.open_records(self.settings, create=False))

    async def close(self) -> None:
        """Close the database."""
        from db import connection

        await self._run(connection.release, vault=True)
        await self._run(connection.close_database)
        self._desk.shutdown(wait=False)
        self._vault.shutdown(wait=False)

    # Who it is

    async def keys_of(self, login: str) -> list[str]:
        """Return the public keys of an account."""
        from boconsole import credentials

        return await self._run(lambda: credentials.keys_of(login[:LOGIN]))

    def wait(self, login: str, address: str) -> int:
        """Return for how many seconds no password is looked at."""
        return self._attempts.wait(login, address, wall_clock())

    async def check(self, login: str, address: str, password: str, code: str | None = None) -> bool:
        """Return whether a password is right, or a code; a wrong one is counted and written down.

        Args:
            login: As it was typed.
            address: From where.
            password: Looked at when there is no code.
            code: A one-time code; the password was right then.
        """
        from boconsole import credentials

        login = login[:LOGIN]
        means = "password" if code is None else "code"

        def look() -> bool:
            if self.wait(login, address):
                return False
            right = (
                credentials.check_password(login, password)
                if code is None
                else credentials.check_code(login, code)
            )
            if not right:
                self._attempts.failed(login, address, wall_clock())
                self._refuse(login, means, address, f"wrong {means}")
            return right

        return await self._run(look, vault=True)

    async def needs(self, login: str) -> tuple[bool, bool]:
        """Return whether an account needs a code, and whether it must change its password."""
        from boconsole import credentials

        return await self._run(
            lambda: (credentials.needs_code(login), credentials.must_change(login)), vault=True
        )

    async def change_password(self, login: str, old: str, new: str) -> str:
        """Change a password; returns why it is not taken, or nothing."""
        from boconsole import credentials

        def change() -> str:
            session = signing_in.session_of(self.settings, login, self._door)
            try:
                credentials.change_password(session, old, new)
            except InvalidChangeError as refusal:
                return str(refusal)
            return ""

        return await self._run(change, vault=True)

    async def marks(self, logins: Sequence[str]) -> dict[str, str]:
        """Return for each account a text that is another one once its password was changed."""
        from boconsole import credentials

        return await self._run(lambda: credentials.marks_of([one[:LOGIN] for one in logins]))

    # What is written down

    def _refuse(self, login: str, means: str, address: str, reason: str) -> None:
        signing_in.sign_in_refused(self.settings, login, means, address, reason, self._door)

    async def refused_keys(self, login: str, address: str) -> None:
        """Write down that somebody had no key that is known; what is too much is left out."""

        def write() -> None:
            if not self.wait(login, address):
                self._attempts.failed(login, address, wall_clock())
                self._refuse(login, "key", address, "unknown key")

        await self._run(write)

    async def enter(self, login: str, means: str, address: str, fingerprint: str) -> Session:
        """Let somebody in whose key or password was right; returns who acts."""
        from boconsole import credentials

        def write() -> Session:
            session = signing_in.session_of(self.settings, login, self._door)
            signing_in.signed_in(session, means, address)
            if fingerprint:
                credentials.key_used(login, fingerprint, wall_clock(), address)
            else:
                self._attempts.succeeded(login, wall_clock())
            return session

        return await self._run(write)

    async def leave(self, session: Session, address: str, reason: str) -> None:
        """Write down that somebody left."""
        await self._run(lambda: signing_in.signed_out(session, address, reason))

    async def do_chores(self) -> None:
        """Do what falls due by itself, for all sessions."""
        from boconsole import filing
        from boconsole.doors import chores

        def work() -> None:
            filing.set_limit(self.settings.attachment_limit)
            chores.run(signing_in.system(self.settings))

        await self._run(work)

    # Open sessions

    async def began(
        self,
        session: Session,
        doing: str,
        address: str,
        terminal: str,
        mark: str,
        fingerprint: str = "",
    ) -> int:
        """Keep that a session is open; returns its number.

        Raises:
            RemovedKeyError: The key of the sign-in is not the account's any more.
            OutdatedSignInError: The password was changed since `mark` was read at the sign-in.
        """
        from boconsole import credentials

        def write() -> int:
            login = session.user.login
            if credentials.marks_of([login]).get(login, "") != mark:
                raise OutdatedSignInError
            if fingerprint and not credentials.has_key(login, fingerprint):
                raise RemovedKeyError
            return open_sessions.began(session, self._server, safe(doing), address, terminal)

        return await self._run(write)

    async def ended(self, number: int) -> None:
        """Forget a session."""
        await self._run(lambda: open_sessions.ended(number))

    async def beat(self, heard: list[tuple[int, datetime]]) -> None:
        """Say that all sessions are still open."""
        now = self.settings.clock or wall_clock()
        await self._run(lambda: open_sessions.beat(self._server, heard, now))

    async def to_end(self) -> dict[int, str]:
        """Return which sessions shall end, and who wants it."""
        return await self._run(lambda: open_sessions.to_end(self._server))
