"""Let a budget say whether an entry that passes it is refused; those already there warn."""

from typing import Any

import peewee


class LedgerAccount(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class BudgetRule(peewee.Model):
    account = peewee.ForeignKeyField(
        LedgerAccount, primary_key=True, index=False, on_delete="CASCADE"
    )
    mode = peewee.TextField()

    class Meta:
        legacy_table_names = False


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the table."""
    models = (LedgerAccount, BudgetRule)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables((BudgetRule,))


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop it; the budgets stay, which of them refuse is lost."""
    with db.bind_ctx((BudgetRule,), bind_refs=False, bind_backrefs=False):
        db.drop_tables((BudgetRule,))
