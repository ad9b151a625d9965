"""Let what is kept about a contact reach the search by one way: the contact's own trigger.

Each of thirty-two triggers said whole how a contact is found, and every connection to SQLite read
and kept them all: a third of what it knows of the schema. PostgreSQL has one function for it.
"""

from collections.abc import Iterator
from typing import Any

import peewee

PARTS = ("contact_channel", "contact_address", "contact_note", "contact_tag")
KINDS = ("contact", "organisation")
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
FORMER = tuple(
    f"{table}_{verb.lower()}_{row.lower()}_{kind}"
    for table in PARTS
    for verb, rows in ROWS.items()
    for row in rows
    for kind in KINDS
)


def _statements() -> Iterator[str]:
    for name in FORMER:
        yield f"DROP TRIGGER IF EXISTS {name}"
    for table in PARTS:
        for verb, rows in ROWS.items():
            # Writing what is there already fires `…_found_again`, which says how each is found.
            touched = " ".join(
                f"UPDATE {kind} SET support_note = support_note "
                f"WHERE id IN ({', '.join(f'{row}.{kind}_id' for row in rows)});"
                for kind in KINDS
            )
            name = f"{table}_{verb.lower()}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {verb} ON {table} BEGIN {touched} END"


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Put one short trigger for each table and verb in the place of up to four long ones."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in _statements() if sqlite else ():
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Leave them: the program before finds the same by them."""
