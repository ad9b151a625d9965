"""Let a bank line know the payment that was recorded for it and waits for an approval."""

from typing import Any

COLUMN = (
    "ALTER TABLE bank_line ADD COLUMN payment_id INTEGER REFERENCES payment (id) ON DELETE SET NULL"
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add the column; lines that wait already show so from the next payment on."""
    db.execute_sql(COLUMN)
    db.execute_sql(
        "CREATE INDEX bank_line_payment_id ON bank_line (payment_id) WHERE payment_id IS NOT NULL"
    )


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop it; lines that wait are open again."""
    db.execute_sql("DROP INDEX bank_line_payment_id")
    db.execute_sql("ALTER TABLE bank_line DROP COLUMN payment_id")
