"""Let candidates that came from a file be found again by their key; none has one yet."""

from typing import Any


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add the key."""
    db.execute_sql("ALTER TABLE candidate ADD COLUMN external_key TEXT")
    db.execute_sql("CREATE UNIQUE INDEX candidate_external_key ON candidate (external_key)")


def down(migrator: Any, db: Any) -> None:  # Any: as above
    """Take the keys away; what was imported may come in twice afterwards."""
    db.execute_sql("DROP INDEX candidate_external_key")
    db.execute_sql("ALTER TABLE candidate DROP COLUMN external_key")
