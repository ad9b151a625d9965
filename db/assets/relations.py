"""How assets hang together, and which tickets are about them."""

from collections.abc import Sequence

from db import connection
from db.assets.rows import RelatedRow
from db.loading import CHUNK


def add(row: RelatedRow) -> bool:
    """Relate two assets; False when they are related so already."""
    cursor = connection.execute(
        "INSERT INTO asset_relation (asset_id, other_id, kind) VALUES (?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        row,
    )
    return bool(cursor.rowcount)


def remove(row: RelatedRow) -> bool:
    """Part two assets; False when they were not related so."""
    cursor = connection.execute(
        "DELETE FROM asset_relation WHERE asset_id = ? AND other_id = ? AND kind = ?", row
    )
    return bool(cursor.rowcount)


def select_of(asset_id: int) -> list[RelatedRow]:
    """Return the relations of an asset in both directions."""
    rows = connection.fetch(
        "SELECT asset_id, other_id, kind FROM asset_relation WHERE asset_id = ? "
        "UNION SELECT asset_id, other_id, kind FROM asset_relation WHERE other_id = ? "
        "ORDER BY 3, 1, 2",
        (asset_id, asset_id),
    )
    return [RelatedRow(*row) for row in rows]


def select_from(ids: Sequence[int], kinds: Sequence[str]) -> list[RelatedRow]:
    """Return what relations of some kinds lead to from assets."""
    return _select("asset_id", ids, kinds)


def select_to(ids: Sequence[int], kinds: Sequence[str]) -> list[RelatedRow]:
    """Return where relations of some kinds come from that lead to assets."""
    return _select("other_id", ids, kinds)


def _select(column: str, ids: Sequence[int], kinds: Sequence[str]) -> list[RelatedRow]:
    found: list[RelatedRow] = []
    words = ", ".join("?" * len(kinds))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(
            f"SELECT asset_id, other_id, kind FROM asset_relation WHERE {column} IN ({marks}) "
            f"AND kind IN ({words}) ORDER BY 1, 2, 3",
            (*part, *kinds),
        )
        found += [RelatedRow(*row) for row in rows]
    return found


def add_ticket(ticket_id: int, asset_id: int) -> bool:
    """Say that a ticket is about an asset; False when that was said."""
    cursor = connection.execute(
        "INSERT INTO ticket_asset (ticket_id, asset_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (ticket_id, asset_id),
    )
    return bool(cursor.rowcount)


def remove_ticket(ticket_id: int, asset_id: int) -> bool:
    """Say that a ticket is not about an asset; False when nobody said so."""
    cursor = connection.execute(
        "DELETE FROM ticket_asset WHERE ticket_id = ? AND asset_id = ?", (ticket_id, asset_id)
    )
    return bool(cursor.rowcount)


def select_of_ticket(ticket_id: int) -> list[int]:
    """Return the assets that a ticket is about."""
    rows = connection.fetch(
        "SELECT r.asset_id FROM ticket_asset r JOIN asset t ON t.id = r.asset_id "
        "WHERE r.ticket_id = ? ORDER BY t.tag",
        (ticket_id,),
    )
    return [row[0] for row in rows]


def select_tickets(asset_id: int, limit: int) -> list[tuple[int, str, str, int]]:
    """Return id, subject, state and creation of the tickets about an asset, the newest first."""
    return connection.fetch(
        "SELECT t.id, t.subject, t.state, t.created_at FROM ticket_asset r "
        "JOIN ticket t ON t.id = r.ticket_id WHERE r.asset_id = ? ORDER BY t.id DESC LIMIT ?",
        (asset_id, limit),
    )


def has_ticket(ticket_id: int) -> bool:
    """Return whether there is a ticket."""
    return bool(connection.fetch("SELECT 1 FROM ticket WHERE id = ?", (ticket_id,)))


def select_spoken_of(field: str, start: str, limit: int) -> list[tuple[str, int, str]]:
    """Return what an own field of tickets says, the ticket, and the mail address of who asks.

    Of each value that starts so, the newest ticket.
    """
    return connection.fetch(
        "SELECT v.text, t.id, c.email FROM (SELECT v.text AS text, max(v.ticket_id) AS newest "
        "FROM custom_value v JOIN custom_field f ON f.id = v.field_id "
        "WHERE f.name = ? AND v.text LIKE ? GROUP BY v.text ORDER BY v.text LIMIT ?) v "
        "JOIN ticket t ON t.id = v.newest JOIN contact c ON c.id = t.requester_id "
        "ORDER BY v.text",
        (field, f"{start}%", limit),
    )
