"""Let payments be listed by what they left open, and partners by what is open."""

from typing import Any

INDEXES = (
    "CREATE INDEX open_item_left ON open_item (payment_id) WHERE open <> 0",
    "CREATE INDEX payment_waiting ON payment (dated, id) WHERE state = 'draft'",
    "CREATE INDEX open_item_told ON open_item (partner_id, side, dated, id)",
    "CREATE INDEX payment_of_partner ON payment (partner_id, dated, id)",
    "CREATE INDEX payment_kind ON payment (kind, dated, id)",
    "CREATE INDEX payment_undoing ON payment (id) WHERE undo_by IS NOT NULL",
    "CREATE INDEX open_item_account ON open_item (account_id, side)",
    "CREATE INDEX open_item_now ON open_item (id) WHERE open <> 0 OR open_value <> 0",
    "CREATE INDEX allocation_dated ON allocation (dated)",
    "CREATE INDEX allocation_undone ON allocation (undone_on) WHERE undone_on IS NOT NULL",
)
DROP = (
    "open_item_left", "payment_waiting", "open_item_told", "payment_of_partner", "open_item_now",
    "allocation_dated", "allocation_undone", "payment_kind", "payment_undoing",
    "open_item_account",
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the indexes."""
    for statement in INDEXES:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; nothing is lost."""
    for name in DROP:
        db.execute_sql(f"DROP INDEX {name}")
