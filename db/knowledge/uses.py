"""What became of articles: tickets they were used for, and whether they helped."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from db import connection
from db.knowledge.rows import UseRow

USE = (
    "SELECT r.article_id, a.title, a.audience, a.state, r.ticket_id, t.subject, t.state, r.kind, "
    "r.number, r.quoted, coalesce(u.login, ''), r.at FROM article_ticket r "
    "JOIN article a ON a.id = r.article_id JOIN ticket t ON t.id = r.ticket_id "
    "LEFT JOIN user_account u ON u.id = r.user_id"
)


def find(article_id: int, ticket_id: int) -> UseRow | None:
    """Return the link between an article and a ticket."""
    rows = connection.fetch(
        f"{USE} WHERE r.article_id = ? AND r.ticket_id = ?", (article_id, ticket_id)
    )
    return _use(rows[0]) if rows else None


def select_of_ticket(ticket_id: int) -> list[UseRow]:
    """Return the articles at a ticket, in the order in which they came."""
    rows = connection.fetch(
        f"{USE} WHERE r.ticket_id = ? ORDER BY r.at, r.article_id", (ticket_id,)
    )
    return [_use(row) for row in rows]


def select_of_article(article_id: int, limit: int) -> list[UseRow]:
    """Return the tickets of an article, the newest first."""
    rows = connection.fetch(
        f"{USE} WHERE r.article_id = ? ORDER BY r.ticket_id DESC LIMIT ?", (article_id, limit)
    )
    return [_use(row) for row in rows]


def put(
    article_id: int, ticket_id: int, kind: str, number: int, quoted: bool, user_id: int | None,
    at: int,
) -> None:  # fmt: skip
    """Link an article to a ticket that it is not linked to."""
    connection.execute(
        "INSERT INTO article_ticket (article_id, ticket_id, kind, number, quoted, user_id, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (article_id, ticket_id, kind, number, quoted, user_id, at),
    )


def set_quoted(article_id: int, ticket_id: int) -> None:
    """Note that a message of a ticket quotes an article."""
    connection.execute(
        "UPDATE article_ticket SET quoted = ? WHERE article_id = ? AND ticket_id = ?",
        (True, article_id, ticket_id),
    )


def remove(article_id: int, ticket_id: int) -> bool:
    """Take an article from a ticket; answers whether it was there."""
    cursor = connection.execute(
        "DELETE FROM article_ticket WHERE article_id = ? AND ticket_id = ?",
        (article_id, ticket_id),
    )
    return bool(cursor.rowcount)


def find_vote(article_id: int, number: int, user_id: int) -> bool | None:
    """Return what somebody said of a version, None for nothing."""
    rows = connection.fetch(
        "SELECT helpful FROM article_vote WHERE article_id = ? AND number = ? AND user_id = ?",
        (article_id, number, user_id),
    )
    return bool(rows[0][0]) if rows else None


def put_vote(article_id: int, number: int, user_id: int, helpful: bool, at: int) -> None:
    """Keep what somebody says of a version."""
    connection.execute(
        "INSERT INTO article_vote (article_id, number, user_id, helpful, at) "
        "VALUES (?, ?, ?, ?, ?) ON CONFLICT (article_id, number, user_id) "
        "DO UPDATE SET helpful = excluded.helpful, at = excluded.at",
        (article_id, number, user_id, helpful, at),
    )


def count_votes(article_id: int, number: int) -> tuple[int, int]:
    """Return how many say that a version helped, and how many that it did not."""
    rows = connection.fetch(
        "SELECT helpful, count(*) FROM article_vote WHERE article_id = ? AND number = ? "
        "GROUP BY helpful",
        (article_id, number),
    )
    found = {bool(row[0]): int(row[1]) for row in rows}
    return found.get(True, 0), found.get(False, 0)


def _use(row: Sequence[Any]) -> UseRow:
    found = UseRow._make(row)
    return found._replace(quoted=bool(row[9]), at=datetime.fromtimestamp(row[11], UTC))
