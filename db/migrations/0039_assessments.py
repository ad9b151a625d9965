"""Make the tables of questionnaires, by version, and of what was answered.

An index counts the active tickets of somebody without reading those that are closed.
"""

from typing import Any

import peewee


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        table_name = "user_account"


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Asset(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Project(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Department(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Questionnaire(peewee.Model):
    id = peewee.AutoField()
    name = peewee.TextField()
    number = peewee.IntegerField()
    title = peewee.TextField()
    body = peewee.TextField()
    current = peewee.BooleanField()
    made_by = peewee.IntegerField()
    made_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("name", "number"), True),)


class Assessment(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    questionnaire = peewee.ForeignKeyField(Questionnaire, on_delete="RESTRICT")
    subject = peewee.TextField()
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    asset = peewee.ForeignKeyField(Asset, null=True, on_delete="SET NULL")
    project = peewee.ForeignKeyField(Project, null=True, on_delete="SET NULL")
    department = peewee.ForeignKeyField(Department, null=True, on_delete="SET NULL")
    state = peewee.TextField()
    answers = peewee.TextField(default="{}")
    note = peewee.TextField(default="")
    dated_on = peewee.IntegerField()
    next_on = peewee.IntegerField(null=True, index=True)
    score = peewee.IntegerField(null=True)
    grade = peewee.TextField(default="")
    knocked = peewee.BooleanField(default=False)
    assessor = peewee.ForeignKeyField(User, on_delete="RESTRICT")
    created_at = peewee.BigIntegerField()
    submitted_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("state", "dated_on", "id"), False),)


TABLES = (Questionnaire, Assessment)
INDEX = "CREATE INDEX ticket_active_mine ON ticket (assignee_id) WHERE active"


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    models = (User, Contact, Organisation, Asset, Project, Department, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    db.execute_sql(INDEX)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; every questionnaire and answer is lost."""
    db.execute_sql("DROP INDEX ticket_active_mine")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
