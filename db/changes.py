"""Hearing of other people's commits: SQLite's data_version, PostgreSQL's LISTEN and NOTIFY.

Both only say that something happened; what it was stands in the audit trail, whose line
numbers follow the order of commits. Whether it is worth to ask at all is told by the file of
SQLite and by the socket of PostgreSQL, without a statement.
"""

import os
import select
from typing import Any

import peewee

from db import connection
from db.base import database
from db.errors import DatabaseLostError

CHANNEL = "boconsole"


class Ear:
    """Tells whether anything was committed since it was last asked; belongs to one thread.

    On PostgreSQL it listens on that thread's own connection, so that a console takes one.
    """

    def __init__(self) -> None:
        self._version = -1
        self._line: Any = None  # Any: psycopg's connection, an optional dependency
        self._noted = False
        self._mark: object = None
        self._again = True

    def stirred(self) -> bool:
        """Return whether it is worth to ask `heard`; costs microseconds, from any thread.

        Two commits may leave the same mark on a file whose clock is coarse: after one was heard
        it is worth to ask once more.
        """
        if connection.engine() == "sqlite":
            return self._again or self._mark != _mark()
        try:
            with connection.driver_errors:
                line = self._line
                return (
                    line is None
                    or self._noted
                    or bool(select.select([line.fileno()], [], [], 0)[0])
                )
        except (OSError, ValueError, peewee.PeeweeException):
            return True  # it is closed

    def heard(self) -> bool:
        """Return whether to look at the audit trail.

        Raises:
            DatabaseLostError: The server is gone; the next call connects again.
        """
        if connection.engine() == "sqlite":
            return self._sqlite()
        try:
            with connection.translated_errors(), connection.driver_errors:
                return self._postgresql()
        except DatabaseLostError:
            self.close()
            raise

    def _sqlite(self) -> bool:
        self._mark = _mark()
        with connection.translated_errors():
            found = database.connection().execute("PRAGMA data_version").fetchone()
        version: int = found[0]
        changed = version != self._version
        self._version = version
        self._again = changed
        return changed

    def _postgresql(self) -> bool:
        line = database.connection()
        if line is not self._line:
            line.add_notify_handler(self._note)
            line.execute(f"LISTEN {CHANNEL}")
            self._line = line
            return True
        line.execute("SELECT 1")  # takes in what lies in the socket
        noted, self._noted = self._noted, False
        return noted

    def _note(self, _notice: object) -> None:
        """Keep that something was told, whichever statement of this thread took it in."""
        self._noted = True

    def close(self) -> None:
        """Stop listening."""
        line, self._line = self._line, None
        if line is not None and not line.closed:
            line.remove_notify_handler(self._note)
            with connection.driver_errors:
                line.execute(f"UNLISTEN {CHANNEL}")


def _mark() -> object:
    """Return what a commit changes about the files of SQLite."""
    found = []
    for name in (f"{connection.file()}-wal", str(connection.file())):
        try:
            stat = os.stat(name)
        except OSError:
            found.append((0, 0))
        else:
            found.append((stat.st_mtime_ns, stat.st_size))
    return found


def tell() -> None:
    """Say, when the open transaction commits, that something changed."""
    if connection.engine() == "postgresql":
        connection.execute(f"NOTIFY {CHANNEL}")
