"""Let lists of all assets cost a page in any order, and rank words by where they stand."""

from typing import Any

import peewee

INDEXES = (
    "CREATE INDEX asset_name ON asset (name, id)",
    "CREATE INDEX asset_warranty ON asset (warranty_on, id) WHERE warranty_on IS NOT NULL",
    "CREATE INDEX asset_end ON asset (end_of_life_on, id) WHERE end_of_life_on IS NOT NULL",
)
RANK = "INSERT INTO asset_search (asset_search, rank) VALUES ('rank', '{rank}')"


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the indexes; a word of the name weighs most, then numbers, model and note."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in INDEXES:
        db.execute_sql(statement)
    if sqlite:
        db.execute_sql(RANK.format(rank="bm25(5.0, 4.0, 2.0, 1.0)"))


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the indexes; nothing is lost."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for name in ("asset_name", "asset_warranty", "asset_end"):
        db.execute_sql(f"DROP INDEX {name}")
    if sqlite:
        db.execute_sql(RANK.format(rank="bm25()"))
