"""Let fixed assets be revalued: what a movement did to the surplus, and the terms it began."""

from typing import Any

import peewee

COLUMNS = (
    "ALTER TABLE fixed_asset_class ADD COLUMN surplus_id INTEGER "
    "REFERENCES ledger_account (id) ON DELETE RESTRICT",
    "ALTER TABLE fixed_asset_class ADD COLUMN with_use {flag} NOT NULL DEFAULT {no}",
    "ALTER TABLE fixed_asset_movement ADD COLUMN surplus {large} NOT NULL DEFAULT 0",
    "ALTER TABLE fixed_asset_movement ADD COLUMN lost {large} NOT NULL DEFAULT 0",
    "ALTER TABLE fixed_asset_movement ADD COLUMN gross {large}",
    "ALTER TABLE fixed_asset_movement ADD COLUMN residual {large}",
    "ALTER TABLE fixed_asset_movement ADD COLUMN months {small}",
    "ALTER TABLE fixed_asset_movement ADD COLUMN opening {large}",
    "ALTER TABLE fixed_asset_movement ADD COLUMN through INTEGER",
)
LOST = "UPDATE fixed_asset_movement SET lost = accumulated WHERE kind = 'change'"
BACK = (
    *(f"ALTER TABLE fixed_asset_movement DROP COLUMN {name}"
      for name in ("through", "opening", "months", "residual", "gross", "lost", "surplus")),
    "ALTER TABLE fixed_asset_class DROP COLUMN with_use",
    "ALTER TABLE fixed_asset_class DROP COLUMN surplus_id",
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add the columns; earlier write-downs are what a later increase gives back."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    kinds = {"large": "BIGINT", "small": "SMALLINT", "flag": "BOOLEAN", "no": "FALSE"}
    if sqlite:
        kinds = {"large": "INTEGER", "small": "INTEGER", "flag": "INTEGER", "no": "0"}
    for statement in COLUMNS:
        db.execute_sql(statement.format(**kinds))
    db.execute_sql(LOST)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the columns; terms that changes and revaluations began are lost, entries stay."""
    for statement in BACK:
        db.execute_sql(statement)
