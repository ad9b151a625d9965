"""Where mail belongs: queues of addresses, people copied in, folders read."""

from collections.abc import Iterable, Sequence

from db import connection


def select_routes() -> list[tuple[str, str]]:
    """Return address and queue of each route, by address."""
    return connection.fetch(
        "SELECT r.address, q.name FROM mail_route r JOIN queue q ON q.id = r.queue_id "
        "ORDER BY r.address"
    )


def put_route(address: str, queue: int) -> int:
    """Let the mail for an address go to a queue; returns the route."""
    rows = connection.fetch(
        "INSERT INTO mail_route (address, queue_id) VALUES (?, ?) ON CONFLICT (address) "
        "DO UPDATE SET queue_id = excluded.queue_id RETURNING id",
        (address, queue),
    )
    return int(rows[0][0])


def remove_route(address: str) -> int | None:
    """Take a route away; returns which one it was, None where there was none."""
    rows = connection.fetch("DELETE FROM mail_route WHERE address = ? RETURNING id", (address,))
    return int(rows[0][0]) if rows else None


def queue_of(addresses: Sequence[str]) -> str | None:
    """Return the active queue of the first of some addresses that has one."""
    marks = ", ".join("?" * len(addresses)) or "NULL"
    found = dict(
        connection.fetch(
            "SELECT r.address, q.name FROM mail_route r JOIN queue q ON q.id = r.queue_id "
            f"WHERE q.active AND r.address IN ({marks})",
            tuple(addresses),
        )
    )
    return next((found[address] for address in addresses if address in found), None)


def add_participants(ticket_id: int, addresses: Iterable[str]) -> None:
    """Note who was copied in."""
    connection.executemany(
        "INSERT INTO mail_participant (ticket_id, address) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(ticket_id, address) for address in addresses],
    )


def is_participant(ticket_id: int, address: str) -> bool:
    """Return whether somebody was copied in, on the ticket or on one that was merged into it."""
    rows = connection.fetch(
        "SELECT 1 FROM mail_participant p JOIN ticket t ON t.id = p.ticket_id "
        "WHERE p.address = ? AND (t.id = ? OR t.merged_into_id = ?) LIMIT 1",
        (address, ticket_id, ticket_id),
    )
    return bool(rows)


def read_mark(name: str) -> tuple[int, int] | None:
    """Return validity and last number read of a folder; None before the first time."""
    rows = connection.fetch("SELECT validity, last_uid FROM mail_box WHERE name = ?", (name,))
    return (int(rows[0][0]), int(rows[0][1])) if rows else None


def put_mark(name: str, validity: int, last_uid: int) -> None:
    """Note how far a folder was read."""
    connection.execute(
        "INSERT INTO mail_box (name, validity, last_uid) VALUES (?, ?, ?) ON CONFLICT (name) "
        "DO UPDATE SET validity = excluded.validity, last_uid = excluded.last_uid",
        (name, validity, last_uid),
    )
