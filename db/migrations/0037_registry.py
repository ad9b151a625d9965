"""Make the tables of documents, their versions and words, and of contracts."""

from typing import Any

import peewee

SAYS = "a version of a document is never changed"
KEPT = ("document_id", "number", "name", "size", "sha256", "added_at")
CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in KEPT)
SQLITE = (
    "CREATE VIRTUAL TABLE document_search USING fts5(title, about, body, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO document_search (document_search, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0)')",
    f"""
    CREATE TRIGGER document_version_no_change BEFORE UPDATE ON document_version
    WHEN {CHANGED.replace("IS DISTINCT FROM", "IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
    f"""
    CREATE TRIGGER document_version_no_delete BEFORE DELETE ON document_version
    BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
    """,
)
POSTGRESQL = (
    "CREATE TABLE document_search (document_id integer PRIMARY KEY REFERENCES document (id) "
    "ON DELETE CASCADE, document tsvector NOT NULL)",
    "CREATE INDEX document_search_document ON document_search USING gin (document) "
    "WITH (fastupdate = off)",
    f"""
    CREATE FUNCTION document_version_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$
    """,
    f"""
    CREATE TRIGGER document_version_no_change BEFORE UPDATE ON document_version FOR EACH ROW
    WHEN ({CHANGED}) EXECUTE FUNCTION document_version_refuse()
    """,
    """
    CREATE TRIGGER document_version_no_delete BEFORE DELETE ON document_version FOR EACH ROW
    EXECUTE FUNCTION document_version_refuse()
    """,
)
INDEXES = (
    "CREATE UNIQUE INDEX document_link_of_document ON document_link "
    "(document_id, feature, record_id) WHERE document_id IS NOT NULL",
    "CREATE UNIQUE INDEX document_link_of_contract ON document_link "
    "(contract_id, feature, record_id) WHERE contract_id IS NOT NULL",
    "CREATE INDEX legal_hold_open ON legal_hold (document_id) WHERE released_at IS NULL",
    "CREATE INDEX document_version_waiting ON document_version (id) WHERE text_state = 'waiting'",
    "CREATE INDEX document_review_open ON document_review (document_id) WHERE decision = ''",
    "CREATE INDEX contract_notice ON contract (notice_on, id) WHERE notice_on IS NOT NULL",
)


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


class Commodity(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Tag(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class DocumentClass(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    code = peewee.TextField(unique=True)
    name = peewee.TextField()
    parent = peewee.ForeignKeyField("self", null=True, on_delete="RESTRICT")
    keep_months = peewee.IntegerField(null=True)
    keep_from = peewee.TextField(default="")
    keep_then = peewee.TextField(default="")
    keep_why = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class Contract(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    title = peewee.TextField()
    kind = peewee.TextField()
    state = peewee.TextField()
    owner = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    reference = peewee.TextField(default="")
    signed_on = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    term = peewee.IntegerField(default=1)
    start_on = peewee.IntegerField()
    end_on = peewee.IntegerField(null=True)
    notice_on = peewee.IntegerField(null=True)
    notice_months = peewee.IntegerField(default=0)
    notice_days = peewee.IntegerField(default=0)
    renewal = peewee.TextField()
    renewal_months = peewee.IntegerField(default=0)
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    every = peewee.TextField(default="")
    terminated_on = peewee.IntegerField(null=True)
    reason = peewee.TextField(default="")
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("updated_at", "id"), False), (("end_on", "id"), False))


class ContractTerm(peewee.Model):
    id = peewee.AutoField()
    contract = peewee.ForeignKeyField(Contract, index=False, on_delete="CASCADE")
    number = peewee.IntegerField()
    start_on = peewee.IntegerField()
    end_on = peewee.IntegerField(null=True)
    notice_months = peewee.IntegerField(default=0)
    notice_days = peewee.IntegerField(default=0)
    renewal = peewee.TextField()
    renewal_months = peewee.IntegerField(default=0)
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    every = peewee.TextField(default="")
    note = peewee.TextField(default="")
    made_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("contract", "number"), True),)


class Obligation(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    contract = peewee.ForeignKeyField(Contract, on_delete="CASCADE")
    title = peewee.TextField()
    side = peewee.TextField()
    owner = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    due_on = peewee.IntegerField()
    every_months = peewee.IntegerField(default=0)
    state = peewee.TextField()
    done_on = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False
        indexes = ((("state", "due_on", "id"), False),)


class Document(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    title = peewee.TextField()
    state = peewee.TextField()
    level = peewee.TextField()
    document_class = peewee.ForeignKeyField(
        DocumentClass, null=True, column_name="class_id", on_delete="RESTRICT"
    )
    owner = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="SET NULL")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="SET NULL")
    contract = peewee.ForeignKeyField(Contract, null=True, on_delete="SET NULL")
    reference = peewee.TextField(default="")
    amount = peewee.BigIntegerField(null=True)
    commodity = peewee.ForeignKeyField(Commodity, null=True, index=False, on_delete="RESTRICT")
    dated_on = peewee.IntegerField(null=True)
    expires_on = peewee.IntegerField(null=True)
    review_on = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    latest = peewee.IntegerField(default=0)
    approved_version = peewee.IntegerField(default=0)
    approved_on = peewee.IntegerField(null=True)
    closed_on = peewee.IntegerField(null=True)
    reason = peewee.TextField(default="")
    successor = peewee.ForeignKeyField("self", null=True, on_delete="SET NULL")
    round = peewee.IntegerField(default=0)
    in_order = peewee.BooleanField(default=False)
    kept_until = peewee.IntegerField(null=True)
    due_on = peewee.IntegerField(null=True)
    due_then = peewee.TextField(default="")
    created_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()
    external_key = peewee.TextField(null=True, unique=True)

    class Meta:
        legacy_table_names = False
        indexes = (
            (("updated_at", "id"), False),
            (("due_on", "id"), False),
            (("expires_on", "id"), False),
            (("document_class", "updated_at", "id"), False),
        )


class DocumentVersion(peewee.Model):
    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, index=False, on_delete="RESTRICT")
    number = peewee.IntegerField()
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    note = peewee.TextField(default="")
    added_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    added_at = peewee.BigIntegerField()
    text = peewee.TextField(default="")
    text_state = peewee.TextField()
    text_why = peewee.TextField(default="")
    removed_at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("document", "number"), True),)


class DocumentReader(peewee.Model):
    document = peewee.ForeignKeyField(Document, index=False, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, index=False, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("document", "user")
        indexes = ((("user", "document"), False),)


class DocumentTag(peewee.Model):
    document = peewee.ForeignKeyField(Document, index=False, on_delete="CASCADE")
    tag = peewee.ForeignKeyField(Tag, index=False, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("document", "tag")
        indexes = ((("tag", "document"), False),)


class DocumentReview(peewee.Model):
    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, index=False, on_delete="CASCADE")
    round = peewee.IntegerField()
    place = peewee.IntegerField()
    user = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    number = peewee.IntegerField()
    decision = peewee.TextField(default="")
    comment = peewee.TextField(default="")
    at = peewee.BigIntegerField(null=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("document", "round", "place"), True),)


class DocumentLink(peewee.Model):
    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, null=True, on_delete="CASCADE")
    contract = peewee.ForeignKeyField(Contract, null=True, on_delete="CASCADE")
    feature = peewee.TextField()
    record_id = peewee.IntegerField()

    class Meta:
        legacy_table_names = False
        indexes = ((("feature", "record_id", "id"), False),)


class LegalHold(peewee.Model):
    id = peewee.AutoField()
    document = peewee.ForeignKeyField(Document, on_delete="RESTRICT")
    matter = peewee.TextField()
    reason = peewee.TextField()
    from_on = peewee.IntegerField()
    until_on = peewee.IntegerField(null=True)
    put_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()
    released_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    released_at = peewee.BigIntegerField(null=True)
    release_reason = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class Destruction(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField()
    reason = peewee.TextField()
    proposed_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    proposed_at = peewee.BigIntegerField()
    decided_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    decided_at = peewee.BigIntegerField(null=True)
    comment = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class DestructionLine(peewee.Model):
    id = peewee.AutoField()
    destruction = peewee.ForeignKeyField(Destruction, on_delete="CASCADE")
    document = peewee.ForeignKeyField(Document, on_delete="RESTRICT")
    title = peewee.TextField()
    class_code = peewee.TextField(default="")
    rule = peewee.TextField(default="")
    due_on = peewee.IntegerField(null=True)
    files = peewee.TextField(default="")
    shared = peewee.IntegerField(default=0)

    class Meta:
        legacy_table_names = False


REFERRED = (User, Contact, Organisation, Commodity, Tag)
TABLES = (
    DocumentClass,
    Contract,
    ContractTerm,
    Obligation,
    Document,
    DocumentVersion,
    DocumentReader,
    DocumentTag,
    DocumentReview,
    DocumentLink,
    LegalHold,
    Destruction,
    DestructionLine,
)


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables, their indexes, the search and the refusals."""
    with db.bind_ctx((*REFERRED, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    sqlite = isinstance(db, peewee.SqliteDatabase)
    for statement in (*INDEXES, *(SQLITE if sqlite else POSTGRESQL)):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; every document and contract is lost, file contents stay."""
    db.execute_sql("DROP TABLE document_search")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    if not isinstance(db, peewee.SqliteDatabase):
        db.execute_sql("DROP FUNCTION document_version_refuse()")
