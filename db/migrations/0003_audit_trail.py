"""Make the audit trail, which refuses to be changed or shortened."""

from typing import Any

import peewee


class AuditEntry(peewee.Model):
    id = peewee.IntegerField(primary_key=True)
    operation = peewee.IntegerField(index=True)
    at = peewee.BigIntegerField()
    actor_id = peewee.IntegerField()
    actor = peewee.TextField()
    origin = peewee.TextField()
    action = peewee.TextField()
    feature = peewee.TextField()
    record_id = peewee.IntegerField()
    version = peewee.IntegerField()
    changes = peewee.TextField()
    undoes = peewee.IntegerField(default=0)
    hash = peewee.TextField()

    class Meta:
        legacy_table_names = False
        indexes = (
            (("feature", "record_id", "id"), False),
            (("actor_id", "id"), False),
            (("undoes", "id"), False),
            (("at", "id"), False),
        )


class AuditHead(peewee.Model):
    id = peewee.IntegerField(primary_key=True)
    last_id = peewee.IntegerField()
    last_hash = peewee.TextField()

    class Meta:
        legacy_table_names = False


TABLES = (
    AuditEntry,
    AuditHead,
)

REFUSE_SQLITE = """
CREATE TRIGGER audit_entry_no_{name} BEFORE {verb} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
REFUSE_POSTGRESQL = (
    """
    CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
    """,
    """
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()
    """,
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(
        "INSERT INTO audit_head (id, last_id, last_hash) VALUES (1, 0, '" + "0" * 64 + "')"
    )
    sqlite = isinstance(db, peewee.SqliteDatabase)
    if sqlite:
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(REFUSE_SQLITE.format(name=verb.lower(), verb=verb))
    else:
        for statement in REFUSE_POSTGRESQL:
            db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; all that is in them is lost."""
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
