"""Hearing of other people's commits: SQLite's data_version, PostgreSQL's LISTEN and NOTIFY.

Both only say that something happened; what it was stands in the audit trail, whose line
numbers follow the order of commits.
"""

from typing import Any

from db import connection
from db.base import database
from db.errors import DatabaseLostError

CHANNEL = "boconsole"


class Ear:
    """Tells whether anything was committed since it was last asked; belongs to one thread."""

    def __init__(self) -> None:
        self._version = -1
        self._listener: Any = None  # Any: psycopg's connection, an optional dependency

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
        with connection.translated_errors():
            found = database.connection().execute("PRAGMA data_version").fetchone()
        version: int = found[0]
        changed = version != self._version
        self._version = version
        return changed

    def _postgresql(self) -> bool:
        if self._listener is None or self._listener.closed:
            import psycopg

            self._listener = psycopg.connect(connection.address(), autocommit=True)
            self._listener.execute(f"LISTEN {CHANNEL}")
            return True
        return bool(list(self._listener.notifies(timeout=0)))

    def close(self) -> None:
        """Stop listening."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def tell() -> None:
    """Say, when the open transaction commits, that something changed."""
    if connection.engine() == "postgresql":
        connection.execute(f"NOTIFY {CHANNEL}")
