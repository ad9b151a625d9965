"""Keep with an offer for which position it was approved, so that nobody is hired for another.

Offers that were approved before have that of their opening as it is now.
"""

from typing import Any

COLUMNS = {
    "title": "TEXT NOT NULL DEFAULT ''",
    "department_id": "INTEGER REFERENCES department (id) ON DELETE RESTRICT",
    "manager_id": "INTEGER REFERENCES employee (id) ON DELETE RESTRICT",
    "place": "TEXT NOT NULL DEFAULT ''",
}


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add the position and fill it in."""
    for name, kind in COLUMNS.items():
        db.execute_sql(f"ALTER TABLE job_offer ADD COLUMN {name} {kind}")
        db.execute_sql(
            f"UPDATE job_offer SET {name} = (SELECT o.{name} FROM opening o "
            "JOIN job_application a ON a.opening_id = o.id "
            "WHERE a.id = job_offer.application_id) WHERE approved_at IS NOT NULL"
        )


def down(migrator: Any, db: Any) -> None:  # Any: as above
    """Take it away; people are hired for what their opening says then."""
    for name in COLUMNS:
        db.execute_sql(f"ALTER TABLE job_offer DROP COLUMN {name}")
