"""Filling an empty database with millions of rows: whole tables at a time, indexes afterwards.

Rows carry their own ids. Nothing here is guarded by versions or seen by other consoles while
it runs; it is for databases that nobody works on yet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from db import connection, search
from db.audit import COLUMNS as AUDIT_COLUMNS
from db.base import database
from db.tickets.loading import SEARCH
from db.tickets.records import COLUMNS as TICKET_COLUMNS

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "user_account": (
        "id", "login", "name", "email", "zone", "language", "active", "created_at", "version",
    ),
    "user_role": ("user_id", "role"),
    "organisation": ("id", "name", "kind", "domain", "created_at", "version"),
    "contact": (
        "id", "name", "email", "phone", "organisation_id", "vip", "created_at", "version",
    ),
    "queue": ("id", "name", "active", "version"),
    "queue_member": ("queue_id", "user_id"),
    "category": ("id", "parent_id", "name", "path", "version"),
    "tag": ("id", "name"),
    "custom_field": (
        "id", "name", "label", "ticket_kind", "type", "choices", "required", "active", "version",
    ),
    "sla_calendar": ("id", "name", "definition"),
    "sla_policy": ("id", "position", "name", "condition", "calendar_id", "definition"),
    "macro": ("id", "name", "reply", "internal", "changes", "active", "version"),
    "template": ("id", "name", "fields", "active", "version"),
    "recurrence": ("id", "name", "template_id", "every", "next_on", "active", "version"),
    "assignment_rule": ("id", "queue_id", "method", "last_user_id", "active", "version"),
    "ticket_trigger": (
        "id", "name", "position", "event", "condition", "changes", "notify", "active", "version",
    ),
    "ticket": TICKET_COLUMNS,
    "message": (
        "id", "ticket_id", "kind", "at", "user_id", "contact_id", "body", "minutes", "origin_id",
        "withdrawn",
    ),
    "state_span": ("id", "ticket_id", "state", "since"),
    "ticket_tag": ("ticket_id", "tag_id"),
    "watcher": ("ticket_id", "user_id"),
    "ticket_link": ("ticket_id", "other_id", "kind"),
    "custom_value": ("ticket_id", "field_id", "text"),
    "audit_entry": tuple(AUDIT_COLUMNS.split(", ")),
}  # fmt: skip
INDEXED = (
    "ticket", "message", "state_span", "ticket_tag", "watcher", "ticket_link", "custom_value",
    "audit_entry", "ticket_search",
)  # fmt: skip
"""The large tables, whose indexes are made when all rows are there."""
EMPTY = (
    "ticket", "organisation", "contact", "queue", "category", "tag", "macro", "template",
    "sla_policy", "custom_field",
)  # fmt: skip
FAST = (("synchronous", "off"), ("foreign_keys", "off"), ("temp_store", "file"), ("threads", "2"))
SAFE = (("synchronous", "full"), ("foreign_keys", "on"), ("temp_store", "memory"), ("threads", "0"))

SEARCH_FILLING = (("hashsize", 32_000_000), ("automerge", 0))
SEARCH_AT_WORK = (("hashsize", 1_048_576), ("automerge", 4))
"""How FTS5 gathers words: much in memory and merged once at the end, or its own defaults."""


def is_empty() -> bool:
    """Return whether nothing was entered yet: no ticket and nothing that tickets refer to."""
    return not any(connection.fetch(f"SELECT 1 FROM {table} LIMIT 1") for table in EMPTY)


def next_id(table: str) -> int:
    """Return the id after the highest one."""
    return int(connection.fetch(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")[0][0])


def insert(table: str, rows: Sequence[Sequence[Any]]) -> None:  # Any: what drivers take
    """Add rows in the column order of `COLUMNS`."""
    if not rows:
        return
    columns = COLUMNS[table]
    if connection.engine() == "postgresql":
        _copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN", rows)
    else:
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with (
        connection.translated_errors(),
        database.connection().cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def index_texts(documents: Sequence[tuple[int, str, str]]) -> None:
    """Add the texts of new tickets, (id, subject, body), to the search."""
    if connection.engine() == "postgresql":
        connection.executemany(
            SEARCH["postgresql"], [search.document(*document) for document in documents]
        )
    else:
        connection.executemany(SEARCH["sqlite"], documents)


def append_trail(lines: Sequence[Sequence[Any]], last_id: int, last_hash: str) -> None:
    """Add sealed lines to the audit trail and move its end to the last of them."""
    insert("audit_entry", lines)
    connection.execute(
        "UPDATE audit_head SET last_id = ?, last_hash = ? WHERE id = 1", (last_id, last_hash)
    )


@contextmanager
def filling(*, many: bool) -> Iterator[None]:
    """Fill tables inside the block as fast as the engine can, and tidy up after it.

    Args:
        many: Take the indexes of the large tables away meanwhile; worth it from some ten
            thousand tickets on.
    """
    sqlite = connection.engine() == "sqlite"
    if sqlite:
        _set_pragmas(FAST)
    try:
        with indexes_apart() if many else _nothing():
            yield
        if sqlite:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA optimize")
        else:
            _move_sequences()
            connection.execute("ANALYZE")
    finally:
        if sqlite:
            _set_pragmas(SAFE)


def _set_pragmas(pragmas: Sequence[tuple[str, str]]) -> None:
    for name, value in pragmas:
        connection.execute(f"PRAGMA {name} = {value}")


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _search_apart() -> Iterator[None]:
    """Let SQLite's full-text index be merged once, at the end."""
    if connection.engine() != "sqlite":
        yield
        return
    _set_search(SEARCH_FILLING)
    yield
    connection.execute("INSERT INTO ticket_search (ticket_search) VALUES ('optimize')")
    _set_search(SEARCH_AT_WORK)


def _set_search(options: Sequence[tuple[str, int]]) -> None:
    for option in options:
        connection.execute("INSERT INTO ticket_search (ticket_search, rank) VALUES (?, ?)", option)


@contextmanager
def indexes_apart() -> Iterator[None]:
    """Take the indexes of the large tables away, and make them again at the end."""
    statements = _index_statements()
    for name in statements:
        connection.execute(f"DROP INDEX {name}")
    try:
        with _search_apart():
            yield
    finally:
        for statement in statements.values():
            connection.execute(statement)


def _index_statements() -> dict[str, str]:
    """Return name and statement of each index that no key of a table depends on."""
    marks = ", ".join("?" * len(INDEXED))
    if connection.engine() == "sqlite":
        rows = connection.fetch(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            f"AND tbl_name IN ({marks}) ORDER BY name",
            INDEXED,
        )
    else:
        rows = connection.fetch(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i "
            "WHERE i.schemaname = current_schema() AND i.indexname NOT IN "
            "(SELECT conname FROM pg_constraint) "
            f"AND i.tablename IN ({marks}) ORDER BY i.indexname",
            INDEXED,
        )
    return dict(rows)


def _move_sequences() -> None:
    """Let PostgreSQL go on counting after the ids that were given here."""
    for table, columns in COLUMNS.items():
        if columns[0] == "id" and table != "audit_entry":
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"(SELECT coalesce(max(id), 1) FROM {table}))"
            )
