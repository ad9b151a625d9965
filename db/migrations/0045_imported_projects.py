"""Let projects and tasks that came from a file be found again by their key; none has one yet."""

from typing import Any

TABLES = ("project", "task")


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add the keys."""
    for table in TABLES:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN external_key TEXT")
        db.execute_sql(f"CREATE UNIQUE INDEX {table}_external_key ON {table} (external_key)")


def down(migrator: Any, db: Any) -> None:  # Any: as above
    """Take the keys away; what was imported may come in twice afterwards."""
    for table in TABLES:
        db.execute_sql(f"DROP INDEX {table}_external_key")
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN external_key")
