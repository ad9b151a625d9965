"""Assets, people and places for tests of licences, stock and stocktakes."""

from db import connection
from db.tickets import names
from tests.people import MONDAY


def add_person(name: str, email: str) -> int:
    return names.insert_contact(name, email, None, MONDAY)


def add_place(path: str) -> int:
    name = path.rpartition(" / ")[2]
    rows = connection.fetch(
        "INSERT INTO place (name, path, address, note, version) VALUES (?, ?, '', '', 1) "
        "RETURNING id",
        (name, path),
    )
    return int(rows[0][0])


def add_asset(
    tag: str, name: str = "Laptop", *, holder: int | None = None, place: int | None = None,
    category: int | None = None,
) -> int:  # fmt: skip
    at = int(MONDAY.timestamp())
    rows = connection.fetch(
        "INSERT INTO asset (version, tag, name, serial, state, active, condition, holder_kind, "
        "holder_contact_id, place_id, category_id, host, order_number, note, created_at, "
        "updated_at) VALUES (1, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, '', '', '', ?, ?) RETURNING id",
        (tag, name, f"SN-{tag}", "deployed" if holder else "in_stock", True,
         "person" if holder else "", holder, place, category, at, at),
    )  # fmt: skip
    return int(rows[0][0])
