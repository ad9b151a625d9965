"""What can be asked of a database about its own health; nothing here changes anything."""

from typing import NamedTuple

from db import connection, search


class SearchCount(NamedTuple):
    """How many tickets there are, and how many of them the search knows."""

    tickets: int
    indexed: int


def integrity() -> str:
    """Return what the engine finds wrong with its file, or an empty text."""
    if connection.engine() != "sqlite":
        return ""
    found = [str(row[0]) for row in connection.fetch("PRAGMA quick_check(5)")]
    found += [
        f"row {row[1]} of {row[0]} refers to a missing row of {row[2]}"
        for row in connection.fetch("PRAGMA foreign_key_check")[:5]
    ]
    return "; ".join(line for line in found if line != "ok")


def engine_version() -> str:
    """Return the name and the version of the engine."""
    if connection.engine() == "sqlite":
        return f"SQLite {connection.fetch('SELECT sqlite_version()')[0][0]}"
    return f"PostgreSQL {connection.fetch('SHOW server_version')[0][0]}"


def clock() -> float:
    """Return the clock of the server in seconds since the epoch; ours where there is no server."""
    if connection.engine() == "sqlite":
        return float(connection.fetch("SELECT (julianday('now') - 2440587.5) * 86400.0")[0][0])
    return float(connection.fetch("SELECT extract(epoch FROM clock_timestamp())")[0][0])


def count_search() -> SearchCount:
    """Return how many tickets there are, and how many of them the search knows."""
    tickets = connection.fetch("SELECT count(*) FROM ticket")[0][0]
    missing = connection.fetch(
        "SELECT count(*) FROM ticket t WHERE NOT EXISTS "
        f"(SELECT 1 FROM {_documents()} s WHERE s.{_document_key()} = t.id)"
    )[0][0]
    return SearchCount(int(tickets), int(tickets) - int(missing))


def _documents() -> str:
    return "ticket_search_docsize" if connection.engine() == "sqlite" else "ticket_search"


def _document_key() -> str:
    return "id" if connection.engine() == "sqlite" else search.key()


def select_attachments() -> list[tuple[str, int]]:
    """Return hash and size of every file that a record refers to, each once."""
    rows = connection.fetch(
        "SELECT sha256, size FROM attachment UNION SELECT sha256, size FROM entry_attachment "
        "UNION SELECT sha256, size FROM invoice_attachment "
        "UNION SELECT sha256, size FROM article_attachment "
        "UNION SELECT sha256, size FROM document_version WHERE removed_at IS NULL "
        "UNION SELECT sha256, size FROM mail_letter ORDER BY sha256"
    )
    return [(row[0], row[1]) for row in rows]
