"""Let payments be listed by what they left open, and partners by what is open."""

from typing import Any

INDEXES = (
    "CREATE INDEX open_item_left ON open_item (payment_id) WHERE open <> 0",
    "CREATE INDEX payment_waiting ON payment (dated, id) WHERE state = 'draft'",
    "CREATE INDEX open_item_told ON open_item (partner_id, side, dated, id)",
    "CREATE INDEX payment_of_partner ON payment (partner_id, dated, id)",
)
DROP = ("open_item_left", "payment_waiting", "open_item_told", "payment_of_partner")


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the indexes."""
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; nothing is lost."""
    for name in DROP:
        db.execute_sql(f"DROP INDEX {name}")
