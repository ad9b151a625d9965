"""Make the full-text search of tickets and the indexes of their lists."""

from typing import Any

import peewee

SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE ticket_search USING fts5(subject, body, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO ticket_search (ticket_search, rank) VALUES ('rank', 'bm25(5.0, 1.0)')",
)
SEARCH_POSTGRESQL = (
    "CREATE TABLE ticket_search ("
    "ticket_id integer PRIMARY KEY REFERENCES ticket (id) ON DELETE CASCADE, "
    "document tsvector NOT NULL)",
    "CREATE INDEX ticket_search_document ON ticket_search USING gin (document) "
    "WITH (fastupdate = off)",
)
INDEXES = (
    "CREATE INDEX ticket_active ON ticket (id) WHERE active",
    "CREATE INDEX ticket_active_priority ON ticket (priority, id) WHERE active",
    "CREATE INDEX ticket_active_assignee ON ticket (assignee_id, priority, id) WHERE active",
    "CREATE INDEX ticket_active_queue ON ticket (queue_id, priority, id) WHERE active",
    "CREATE INDEX ticket_active_queue_newest ON ticket (queue_id, id) WHERE active",
    "CREATE INDEX ticket_active_updated ON ticket (updated_at, id) WHERE active",
    "CREATE INDEX ticket_active_due ON ticket (due_at, id) WHERE active",
    "CREATE INDEX ticket_active_sla ON ticket (sla_due_at, id) WHERE active",
    "CREATE INDEX ticket_warned ON ticket (sla_warn_at) WHERE sla_warn_at IS NOT NULL",
    "CREATE INDEX ticket_wake ON ticket (wake_at) WHERE wake_at IS NOT NULL",
    "CREATE INDEX ticket_updated ON ticket (updated_at, id)",
    "CREATE INDEX ticket_created ON ticket (created_at, id)",
    "CREATE INDEX ticket_state ON ticket (state, id)",
    "CREATE INDEX ticket_state_updated ON ticket (state, updated_at, id)",
    "CREATE INDEX ticket_resolved ON ticket (resolved_at, id) WHERE resolved_at IS NOT NULL",
    "CREATE INDEX ticket_closed ON ticket (closed_at, id) WHERE closed_at IS NOT NULL",
    "CREATE INDEX ticket_queue ON ticket (queue_id, state, priority, id)",
    "CREATE INDEX ticket_assignee ON ticket (assignee_id, id)",
    "CREATE INDEX ticket_requester ON ticket (requester_id, id)",
    "CREATE INDEX ticket_organisation ON ticket (organisation_id, id)",
    "CREATE INDEX ticket_category ON ticket (category_id, id)",
    "CREATE INDEX ticket_merged ON ticket (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE UNIQUE INDEX ticket_external ON ticket (external_key) WHERE external_key IS NOT NULL",
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the search tables and the indexes."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*(SEARCH_SQLITE if sqlite else SEARCH_POSTGRESQL), *INDEXES):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; tickets stay, but cannot be searched until they are indexed anew."""
    for statement in INDEXES:
        name = statement.split(" INDEX ")[1].split(" ON ")[0]
        db.execute_sql(f"DROP INDEX {name}")
    db.execute_sql("DROP TABLE ticket_search")
