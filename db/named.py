"""What records of other features are called, for links that name them by number."""

from collections.abc import Sequence

from db import connection


def tickets(ids: Sequence[int]) -> dict[int, str]:
    """Return the subjects of tickets."""
    return _named("ticket", "id", "subject", ids)


def contacts(mails: Sequence[str]) -> dict[str, str]:
    """Return the names of contacts by mail address, in small letters."""
    marks = ", ".join("?" * len(mails)) or "NULL"
    rows = connection.fetch(
        f"SELECT lower(email), name FROM contact WHERE lower(email) IN ({marks})", mails
    )
    return {row[0]: row[1] for row in rows}


def contacts_numbered(ids: Sequence[int]) -> dict[int, str]:
    """Return the names of contacts."""
    return _named("contact", "id", "name", ids)


def _named(table: str, key: str, name: str, ids: Sequence[int]) -> dict[int, str]:
    marks = ", ".join("?" * len(ids)) or "NULL"
    rows = connection.fetch(f"SELECT {key}, {name} FROM {table} WHERE {key} IN ({marks})", ids)
    return {row[0]: row[1] for row in rows}
