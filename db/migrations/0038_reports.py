"""Make the sums that reports read, what marks them for counting anew, and schedules of reports.

The sums are counted from tickets when a report is next read; every hour that has tickets is
marked for it here.
"""

from typing import Any

import peewee

WATCHED = (
    "created_at", "state", "queue_id", "assignee_id", "category_id", "organisation_id",
    "priority", "kind", "channel", "responded_at", "resolved_at", "first_response_state",
    "resolution_state", "rating",
)  # fmt: skip
HOUR = 3600


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        table_name = "user_account"


class ReportCell(peewee.Model):
    span = peewee.TextField()
    dimension = peewee.TextField()
    starts = peewee.BigIntegerField()
    value = peewee.TextField()
    tickets = peewee.IntegerField()
    solved = peewee.IntegerField()
    reopened = peewee.IntegerField()
    first_kept = peewee.IntegerField()
    first_missed = peewee.IntegerField()
    resolution_kept = peewee.IntegerField()
    resolution_missed = peewee.IntegerField()
    rated = peewee.IntegerField()
    rating_sum = peewee.IntegerField()
    content = peewee.IntegerField()
    response = peewee.BlobField()
    resolution = peewee.BlobField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("span", "dimension", "starts", "value")


class ReportMark(peewee.Model):
    id = peewee.BigAutoField()
    hour = peewee.BigIntegerField(index=True)

    class Meta:
        legacy_table_names = False


class ReportSchedule(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    name = peewee.TextField(unique=True)
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    report = peewee.TextField()
    parameters = peewee.TextField(default="{}")
    form = peewee.TextField()
    every = peewee.TextField()
    at_minute = peewee.SmallIntegerField()
    zone = peewee.TextField()
    folder = peewee.TextField(default="")
    address = peewee.TextField(default="")
    next_at = peewee.BigIntegerField()
    last_at = peewee.BigIntegerField(null=True)
    last_word = peewee.TextField(default="")
    failed = peewee.BooleanField(default=False)
    active = peewee.BooleanField(default=True)

    class Meta:
        legacy_table_names = False


TABLES = (ReportCell, ReportMark, ReportSchedule)
OTHERS = (
    "CREATE INDEX report_schedule_due ON report_schedule (next_at) WHERE active",
    f"INSERT INTO report_mark (hour) SELECT DISTINCT created_at / {HOUR} FROM ticket",
)


def _sqlite_mark(row: str) -> str:
    return (
        f"INSERT INTO report_mark (hour) SELECT {row}.created_at / {HOUR} WHERE NOT EXISTS "
        f"(SELECT 1 FROM report_mark WHERE hour = {row}.created_at / {HOUR});"
    )


SQLITE = (
    f"CREATE TRIGGER ticket_reported AFTER INSERT ON ticket BEGIN {_sqlite_mark('NEW')} END",
    f"CREATE TRIGGER ticket_reported_again AFTER UPDATE OF {', '.join(WATCHED)} ON ticket "
    f"BEGIN {_sqlite_mark('OLD')} {_sqlite_mark('NEW')} END",
    f"CREATE TRIGGER ticket_reported_no_more AFTER DELETE ON ticket "
    f"BEGIN {_sqlite_mark('OLD')} END",
)
POSTGRESQL = (
    "CREATE FUNCTION ticket_reported() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"INSERT INTO report_mark (hour) SELECT DISTINCT created_at / {HOUR} FROM added; "
    "RETURN NULL; END $$",
    "CREATE TRIGGER ticket_reported AFTER INSERT ON ticket "
    "REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ticket_reported()",
    "CREATE FUNCTION ticket_reported_again() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"INSERT INTO report_mark (hour) VALUES (OLD.created_at / {HOUR}); "
    "IF TG_OP = 'UPDATE' THEN IF NEW.created_at <> OLD.created_at THEN "
    f"INSERT INTO report_mark (hour) VALUES (NEW.created_at / {HOUR}); END IF; END IF; "
    "RETURN NULL; END $$",
    f"CREATE TRIGGER ticket_reported_again AFTER UPDATE OF {', '.join(WATCHED)} OR DELETE "
    "ON ticket FOR EACH ROW EXECUTE FUNCTION ticket_reported_again()",
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make them."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    with db.bind_ctx((User, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in (*OTHERS, *(SQLITE if sqlite else POSTGRESQL)):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; the schedules of reports are lost, the sums can be counted again."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    if sqlite:
        for name in ("ticket_reported", "ticket_reported_again", "ticket_reported_no_more"):
            db.execute_sql(f"DROP TRIGGER {name}")
    else:
        for name in ("ticket_reported", "ticket_reported_again"):
            db.execute_sql(f"DROP TRIGGER {name} ON ticket")
            db.execute_sql(f"DROP FUNCTION {name}()")
    with db.bind_ctx((User, *TABLES), bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
