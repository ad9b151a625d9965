"""What hangs on a ticket: tags, watchers, links and custom values."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from db import connection

CHUNK = 500


class LinkRow(NamedTuple):
    """A relation as it is stored: ticket -> other."""

    ticket: int
    other: int
    kind: str


def _grouped(sql: str, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {ticket_id: [] for ticket_id in ids}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        for ticket_id, word in connection.fetch(sql.format(", ".join("?" * len(part))), part):
            found[ticket_id].append(word)
    return {ticket_id: tuple(words) for ticket_id, words in found.items()}


def select_tags(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of tickets, by name."""
    return _grouped(
        "SELECT tt.ticket_id, t.name FROM ticket_tag tt JOIN tag t ON t.id = tt.tag_id "
        "WHERE tt.ticket_id IN ({}) ORDER BY t.name",
        ids,
    )


def tag_ids(names: Iterable[str]) -> dict[str, int]:
    """Return the ids of tags, making those that are new."""
    found = {}
    for name in names:
        rows = connection.fetch("SELECT id FROM tag WHERE name = ?", (name,))
        if not rows:
            connection.execute(
                "INSERT INTO tag (name) VALUES (?) ON CONFLICT (name) DO NOTHING", (name,)
            )
            rows = connection.fetch("SELECT id FROM tag WHERE name = ?", (name,))
        found[name] = rows[0][0]
    return found


def change_tags(ticket_id: int, added: Iterable[str], removed: Iterable[str]) -> None:
    """Put tags on a ticket and take others off."""
    for tag in tag_ids(added).values():
        connection.execute(
            "INSERT INTO ticket_tag (ticket_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (ticket_id, tag),
        )
    for name in removed:
        connection.execute(
            "DELETE FROM ticket_tag WHERE ticket_id = ? AND tag_id = "
            "(SELECT id FROM tag WHERE name = ?)",
            (ticket_id, name),
        )


def select_watchers(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the logins of those who watch tickets."""
    return _grouped(
        "SELECT w.ticket_id, u.login FROM watcher w JOIN user_account u ON u.id = w.user_id "
        "WHERE w.ticket_id IN ({}) ORDER BY u.login",
        ids,
    )


def change_watchers(ticket_id: int, added: Iterable[str], removed: Iterable[str]) -> None:
    """Add and remove watchers by login."""
    for login in added:
        connection.execute(
            "INSERT INTO watcher (ticket_id, user_id) SELECT ?, id FROM user_account "
            "WHERE login = ? ON CONFLICT DO NOTHING",
            (ticket_id, login),
        )
    for login in removed:
        connection.execute(
            "DELETE FROM watcher WHERE ticket_id = ? AND user_id = "
            "(SELECT id FROM user_account WHERE login = ?)",
            (ticket_id, login),
        )


def select_custom(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Return the custom values of tickets, by field name."""
    found: dict[int, dict[str, str]] = {ticket_id: {} for ticket_id in ids}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        for ticket_id, name, text in connection.fetch(
            "SELECT v.ticket_id, f.name, v.text FROM custom_value v "
            f"JOIN custom_field f ON f.id = v.field_id WHERE v.ticket_id IN ({marks}) "
            "ORDER BY f.name",
            part,
        ):
            found[ticket_id][name] = text
    return found


def put_custom(ticket_id: int, field_id: int, text: str | None, number: Decimal | None) -> None:
    """Set or clear one custom value."""
    connection.execute(
        "DELETE FROM custom_value WHERE ticket_id = ? AND field_id = ?", (ticket_id, field_id)
    )
    if text is not None:
        connection.execute(
            "INSERT INTO custom_value (ticket_id, field_id, text, number) VALUES (?, ?, ?, ?)",
            (ticket_id, field_id, text, _number(number)),
        )


def _number(number: Decimal | None) -> object:
    """Return a number as the engine keeps it: SQLite has no decimals, it compares reals."""
    if number is None or connection.engine() == "postgresql":
        return number
    return float(number)


def select_links(ticket_id: int) -> list[LinkRow]:
    """Return the links from and to a ticket."""
    rows = connection.fetch(
        "SELECT ticket_id, other_id, kind FROM ticket_link WHERE ticket_id = ? "
        "UNION ALL SELECT ticket_id, other_id, kind FROM ticket_link WHERE other_id = ? "
        "ORDER BY 1, 2, 3",
        (ticket_id, ticket_id),
    )
    return [LinkRow(*row) for row in rows]


def add_link(link: LinkRow) -> bool:
    """Add a link; answers whether it is new."""
    cursor = connection.execute(
        "INSERT INTO ticket_link (ticket_id, other_id, kind) VALUES (?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        link,
    )
    return bool(cursor.rowcount)


def remove_link(link: LinkRow) -> bool:
    """Remove a link; answers whether it was there."""
    cursor = connection.execute(
        "DELETE FROM ticket_link WHERE ticket_id = ? AND other_id = ? AND kind = ?", link
    )
    return bool(cursor.rowcount)


def select_children(parents: Sequence[int], kind: str) -> list[int]:
    """Return the tickets that links of a kind lead to from any of `parents`."""
    if not parents:
        return []
    marks = ", ".join("?" * len(parents))
    rows = connection.fetch(
        f"SELECT DISTINCT other_id FROM ticket_link WHERE kind = ? AND ticket_id IN ({marks})",
        (kind, *parents),
    )
    return [row[0] for row in rows]
