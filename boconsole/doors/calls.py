"""One call of the command line: its words, the settings, and the session when it is needed."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from boconsole.errors import BoconsoleError
from boconsole.language import _, use_language
from boconsole.settings import Settings, default_log, read_settings

if TYPE_CHECKING:
    from boconsole.doors.output import Answer
    from boconsole.session import Session

Command = Callable[["Call"], "Answer"]


@dataclass(frozen=True)
class Call:
    """What was typed, and what it is to be done with.

    Attributes:
        words: The parsed command line; `words.run` names the command as `module:function`.
        settings: Read and checked.
        guest: The login of who signed in at another door; "" for who the settings name.
        door: Where the guest came in; the audit trail names it.
        number: Of the guest among the open sessions.
    """

    words: argparse.Namespace
    settings: Settings
    guest: str = ""
    door: str = ""
    number: int = 0

    def command(self) -> Command:
        """Import the command and return it."""
        others = [str(getattr(self.words, name, None) or "") for name in ("build", "to")]
        if not any(url.startswith("postgres") for url in (self.settings.database, *others)):
            _leave_out_postgresql()
        module, _colon, name = self.words.run.partition(":")
        return cast("Command", getattr(import_module(f"boconsole.doors.commands.{module}"), name))

    def session(self, *, create: bool = True, origin: str = "cli") -> "Session":
        """Open the database, bring it and what fell due up to date, and return who acts.

        The console does what fell due itself, once its first list is shown and then by the minute.

        Args:
            create: Make a missing SQLite database instead of refusing.
            origin: The door that the audit trail names.
        """
        from boconsole.signing_in import open_records, session_of, sign_in

        if self.guest:
            open_records(self.settings, create=False)
            return session_of(self.settings, self.guest, self.door, self.number)
        open_records(self.settings, create=create)
        session = sign_in(self.settings, origin)
        areas = ("tickets", "ledger", "assets", "documents", "contracts", None)
        if origin == "cli" and self.words.area in areas:
            from boconsole import filing
            from boconsole.doors import chores

            filing.set_limit(self.settings.attachment_limit)
            chores.run(session)
        return session


def _leave_out_postgresql() -> None:
    """Let peewee load without the PostgreSQL drivers, which it takes wherever they are installed.

    They would triple the time of its import and take 16 MiB that an SQLite user has no use for.
    """
    if "peewee" not in sys.modules:
        for name in ("psycopg", "psycopg2"):
            sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None refuses an import


def read_call(words: argparse.Namespace) -> Call:
    """Return the call with its settings.

    Raises:
        SettingError: A setting has a value that is not allowed.
        BoconsoleError: `.env` cannot be read.
    """
    settings = read_settings(os.environ, dotenv(Path(".env")), database=words.database)
    use_language(settings.language)
    return Call(words, settings)


def log_file() -> Path:
    """Return where faults are written, also when the settings are bad."""
    if named := os.environ.get("BOCONSOLE_LOG"):
        return Path(named)
    try:
        return Path(dotenv(Path(".env")).get("BOCONSOLE_LOG") or default_log())
    except BoconsoleError:
        return default_log()


def dotenv(path: Path) -> Mapping[str, str | None]:
    """Return the settings of a file, none where there is no such file; raises BoconsoleError."""
    if not is_for_us(path):
        return {}
    from dotenv import dotenv_values

    try:
        return dotenv_values(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or _("it is not UTF-8 text")
        raise BoconsoleError(
            _("{path} cannot be read: {reason}.").format(path=path.resolve(), reason=reason)
        ) from error


def is_for_us(path: Path) -> bool:
    """Return whether there is such a file; a folder that is closed to us has none for us."""
    try:
        return path.is_file()
    except PermissionError:
        return False


def has_terminal() -> bool:
    """Return whether a person sits at both ends."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
