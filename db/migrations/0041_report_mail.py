"""Let the outbox hold mail of no ticket and with files of its own, such as reports.

A schedule knows the mail that it made last, and so what became of it.
"""

from typing import Any

import peewee


class MailOutbox(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class MailFile(peewee.Model):
    id = peewee.AutoField()
    mail = peewee.ForeignKeyField(MailOutbox, on_delete="CASCADE")
    name = peewee.TextField()
    content = peewee.BlobField()

    class Meta:
        legacy_table_names = False


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make room for them."""
    from playhouse.migrate import migrate

    migrate(
        migrator.drop_not_null("mail_outbox", "ticket_id"),
        migrator.add_column("report_schedule", "mail_id", peewee.IntegerField(null=True)),
    )
    with db.bind_ctx((MailOutbox, MailFile), bind_refs=False, bind_backrefs=False):
        db.create_tables((MailFile,))


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Take the room away; mail of no ticket is lost, sent or not."""
    from playhouse.migrate import migrate

    with db.bind_ctx((MailOutbox, MailFile), bind_refs=False, bind_backrefs=False):
        db.drop_tables((MailFile,))
    db.execute_sql("DELETE FROM mail_outbox WHERE ticket_id IS NULL")
    migrate(
        migrator.add_not_null("mail_outbox", "ticket_id"),
        migrator.drop_column("report_schedule", "mail_id"),
    )
