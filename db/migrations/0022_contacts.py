"""Let people and organisations be kept: ways to reach them, addresses, notes, tags, search.

A person may have no mail address. A merged or archived one stays, as old records name it; only a
merge moves issued documents to another organisation, and nothing of what they print.
"""

from typing import Any

import peewee


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False
        table_name = "user_account"


class Organisation(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Contact(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class ContactChannel(peewee.Model):
    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    kind = peewee.TextField()
    value = peewee.TextField(index=True)
    label = peewee.TextField(default="")
    words = peewee.TextField(default="")

    class Meta:
        legacy_table_names = False


class ContactAddress(peewee.Model):
    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    purpose = peewee.TextField()
    text = peewee.TextField()

    class Meta:
        legacy_table_names = False


class ContactNote(peewee.Model):
    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    at = peewee.BigIntegerField()
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    body = peewee.TextField()

    class Meta:
        legacy_table_names = False


class ContactTag(peewee.Model):
    id = peewee.AutoField()
    organisation = peewee.ForeignKeyField(Organisation, null=True, on_delete="CASCADE")
    contact = peewee.ForeignKeyField(Contact, null=True, on_delete="CASCADE")
    name = peewee.TextField(index=True)

    class Meta:
        legacy_table_names = False


TABLES = (ContactChannel, ContactAddress, ContactNote, ContactTag)
TEXT, TO = "TEXT NOT NULL DEFAULT ''", "INTEGER REFERENCES {} (id) ON DELETE SET NULL"
COLUMNS = (
    ("organisation", "email", TEXT), ("organisation", "phone", TEXT),
    ("organisation", "words", TEXT), ("organisation", "website", TEXT),
    ("organisation", "country", TEXT), ("organisation", "parent_id", TO.format("organisation")),
    ("organisation", "manager_id", TO.format("user_account")),
    ("organisation", "vip", "{flag} NOT NULL DEFAULT FALSE"), ("organisation", "language", TEXT),
    ("organisation", "currency", TEXT), ("organisation", "payment_days", "INTEGER"),
    ("organisation", "support_note", TEXT), ("organisation", "archived_at", "{large}"),
    ("organisation", "merged_into_id", TO.format("organisation")),
    ("organisation", "external_key", "TEXT"),
    ("contact", "words", TEXT), ("contact", "title", TEXT), ("contact", "language", TEXT),
    ("contact", "support_note", TEXT), ("contact", "archived_at", "{large}"),
    ("contact", "merged_into_id", TO.format("contact")), ("contact", "forgotten_at", "{large}"),
    ("contact", "external_key", "TEXT"),
)  # fmt: skip
INDEXES = (
    "CREATE INDEX contact_email ON contact (email)",
    "CREATE UNIQUE INDEX contact_mail_once ON contact (email) WHERE email <> ''",
    "CREATE INDEX contact_active_name ON contact (name, id) WHERE archived_at IS NULL",
    "CREATE INDEX contact_active ON contact (id) WHERE archived_at IS NULL",
    "CREATE INDEX contact_created ON contact (created_at, id)",
    "CREATE INDEX contact_of_name ON contact (organisation_id, name, id)",
    "CREATE INDEX contact_phone ON contact (phone) WHERE phone <> ''",
    "CREATE INDEX contact_vip ON contact (name, id) WHERE vip AND archived_at IS NULL",
    "CREATE INDEX contact_merged ON contact (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE UNIQUE INDEX contact_external ON contact (external_key) WHERE external_key IS NOT NULL",
    "CREATE INDEX organisation_active_name ON organisation (name, id) WHERE archived_at IS NULL",
    "CREATE INDEX organisation_active ON organisation (id) WHERE archived_at IS NULL",
    "CREATE INDEX organisation_created ON organisation (created_at, id)",
    "CREATE INDEX organisation_kind ON organisation (kind, name, id)",
    "CREATE INDEX organisation_phone ON organisation (phone) WHERE phone <> ''",
    "CREATE INDEX organisation_email ON organisation (email) WHERE email <> ''",
    "CREATE INDEX organisation_parent ON organisation (parent_id) WHERE parent_id IS NOT NULL",
    "CREATE INDEX organisation_manager ON organisation (manager_id, name, id) "
    "WHERE manager_id IS NOT NULL",
    "CREATE INDEX organisation_merged ON organisation (merged_into_id) "
    "WHERE merged_into_id IS NOT NULL",
    "CREATE INDEX organisation_folded ON organisation (lower(name))",
    "CREATE UNIQUE INDEX organisation_external ON organisation (external_key) "
    "WHERE external_key IS NOT NULL",
)
PARTS = ("contact_channel", "contact_address", "contact_note", "contact_tag")
OWN = {
    "contact": ("c.name", "c.email || ' ' || c.words || ' ' || c.phone", "''",
                "c.title || ' ' || c.support_note"),
    "organisation": ("c.name || ' ' || c.tax_number",
                     "c.email || ' ' || c.words || ' ' || c.phone || ' ' || c.domain "
                     "|| ' ' || c.website", "c.address", "c.support_note"),
}  # fmt: skip
"""What is indexed of a row itself: name, ways to reach it, places, notes."""
WATCHED = {
    "contact": "name, email, words, phone, title, support_note",
    "organisation": "name, tax_number, email, words, phone, domain, website, address, "
                    "support_note",
}  # fmt: skip
ACCENTS = "\\u0300-\\u036f"


def _texts(kind: str, join: str) -> tuple[str, ...]:
    """Return the expressions of the four texts of a row called `c`."""
    name, ways, place, note = OWN[kind]

    def hanging(table: str, text: str) -> str:
        return f"coalesce((SELECT {join.format(text)} FROM {table} x WHERE x.{kind}_id = c.id), '')"

    channels = hanging("contact_channel", "x.value || ' ' || x.words || ' ' || x.label")
    return (
        name,
        f"{ways} || ' ' || {channels}",
        f"{place} || ' ' || {hanging('contact_address', 'x.text')}",
        f"{note} || ' ' || {hanging('contact_note', 'x.body')} || ' ' || "
        f"{hanging('contact_tag', 'x.name')}",
    )


def _sqlite(kind: str) -> list[str]:
    """Return the statements of the search in SQLite."""
    texts = ", ".join(_texts(kind, "group_concat({}, ' ')"))
    search = f"{kind}_search"
    fill = (
        f"INSERT INTO {search} (rowid, name, ways, place, note) SELECT c.id, {texts} FROM {kind} c"
    )
    # A new row has nothing hanging on it yet, and many come in at once.
    own = ", ".join(text.replace("c.", "NEW.") for text in OWN[kind])
    first = f"INSERT INTO {search} (rowid, name, ways, place, note) VALUES (NEW.id, {own})"
    found = [
        f"CREATE VIRTUAL TABLE {search} USING fts5(name, ways, place, note, "
        "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
        f"INSERT INTO {search} ({search}, rank) VALUES ('rank', 'bm25(5.0, 3.0, 1.0, 1.0)')",
        fill,
        f"CREATE TRIGGER {kind}_found AFTER INSERT ON {kind} BEGIN {first}; END",
        f"CREATE TRIGGER {kind}_found_again AFTER UPDATE OF {WATCHED[kind]} ON {kind} "
        f"BEGIN DELETE FROM {search} WHERE rowid = OLD.id; {fill} WHERE c.id = NEW.id; END",
        f"CREATE TRIGGER {kind}_lost AFTER DELETE ON {kind} "
        f"BEGIN DELETE FROM {search} WHERE rowid = OLD.id; END",
    ]
    for table in PARTS:
        for row, verb in (("NEW", "INSERT"), ("NEW", "UPDATE"), ("OLD", "UPDATE"),
                          ("OLD", "DELETE")):  # fmt: skip
            found.append(
                f"CREATE TRIGGER {table}_{verb.lower()}_{row.lower()}_{kind} AFTER {verb} "
                f"ON {table} WHEN {row}.{kind}_id IS NOT NULL "
                f"BEGIN DELETE FROM {search} WHERE rowid = {row}.{kind}_id; "
                f"{fill} WHERE c.id = {row}.{kind}_id; END"
            )
    return found


def _vector(text: str, weight: str) -> str:
    """Return the words of a text without accents, as PostgreSQL indexes them."""
    plain = f"regexp_replace(normalize({text}, NFKD), '[{ACCENTS}]+', '', 'g')"
    words = f"regexp_replace({plain}, '[^[:alnum:]]+', ' ', 'g')"
    return f"setweight(to_tsvector('simple', left({words}, 200000)), '{weight}')"


def _postgresql(kind: str) -> list[str]:
    """Return the statements of the search in PostgreSQL."""
    texts = _texts(kind, "string_agg({}, ' ')")
    vector = " || ".join(map(_vector, texts, "ABCD"))
    search = f"{kind}_search"
    fill = f"INSERT INTO {search} ({kind}_id, document) SELECT c.id, {vector} FROM {kind} c"
    again = f"ON CONFLICT ({kind}_id) DO UPDATE SET document = excluded.document"
    watched = f"INSERT OR UPDATE OF {WATCHED[kind]}"
    return [
        f"CREATE TABLE {search} ({kind}_id integer PRIMARY KEY REFERENCES {kind} (id) "
        "ON DELETE CASCADE, document tsvector NOT NULL)",
        fill,
        f"CREATE INDEX {search}_document ON {search} USING gin (document) WITH (fastupdate = off)",
        f"CREATE FUNCTION {kind}_find(wanted integer) RETURNS void LANGUAGE sql AS "
        f"$$ {fill} WHERE c.id = wanted {again} $$",
        f"CREATE FUNCTION {kind}_found() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN PERFORM {kind}_find(NEW.id); RETURN NULL; END $$",
        f"CREATE TRIGGER {kind}_found AFTER {watched} ON {kind} FOR EACH ROW "
        f"EXECUTE FUNCTION {kind}_found()",
        f"CREATE FUNCTION {kind}_part_found() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'DELETE' THEN PERFORM {kind}_find(NEW.{kind}_id); END IF; "
        f"IF TG_OP <> 'INSERT' THEN PERFORM {kind}_find(OLD.{kind}_id); END IF; "
        "RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER {table}_{kind} AFTER INSERT OR UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {kind}_part_found()"
            for table in PARTS
        ),
    ]


FINAL = {"invoice": "OLD.state = 'issued'", "payment": "OLD.state <> 'draft'",
         "open_item": "OLD.id > 0"}  # fmt: skip
SAYS = "the organisation of a document only follows a merge"
MERGED = (
    "SELECT 1 FROM organisation o WHERE (o.id = OLD.partner_id AND o.merged_into_id = "
    "NEW.partner_id) OR (o.id = NEW.partner_id AND o.merged_into_id = OLD.partner_id)"
)


def _follow_merges(db: Any, sqlite: bool) -> None:  # Any: the runner is untyped
    """Let the organisation of a final document follow a merge, and nothing else change it."""
    if not sqlite:
        db.execute_sql(
            "CREATE FUNCTION partner_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF NOT EXISTS ({MERGED}) THEN RAISE EXCEPTION '{SAYS}'; END IF; RETURN NEW; END $$"
        )
    for table, final in FINAL.items():
        _free(db, sqlite, table)
        differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
        when = f"{final} AND NEW.partner_id {differs} OLD.partner_id"
        head = f"CREATE TRIGGER {table}_partner_kept BEFORE UPDATE ON {table}"
        if sqlite:
            db.execute_sql(f"{head} WHEN {when} AND NOT EXISTS ({MERGED}) "
                           f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")  # fmt: skip
        else:
            db.execute_sql(f"{head} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION partner_kept()")


def _free(db: Any, sqlite: bool, table: str) -> None:  # Any: the runner is untyped
    """Take the organisation out of what the refusal of changes looks at."""
    name = f"{table}_no_update"
    if sqlite:
        found = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        part = "NEW.partner_id IS NOT OLD.partner_id OR "
    else:
        found = db.execute_sql(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s", (name,)
        ).fetchone()
        part = "(new.partner_id IS DISTINCT FROM old.partner_id) OR "
    if "partner_id" not in found[0]:  # free since this step was taken back
        return
    if part not in found[0]:
        raise ValueError(f"{name} does not look at the organisation")
    db.execute_sql(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
    db.execute_sql(found[0].replace(part, ""))


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Add columns and tables, and make everybody findable."""
    sqlite = isinstance(db, peewee.SqliteDatabase)
    large, flag = ("INTEGER", "INTEGER") if sqlite else ("BIGINT", "BOOLEAN")
    for table, name, kind in COLUMNS:
        written = kind.format(large=large, flag=flag)
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {name} {written}")
    models = (User, Organisation, Contact, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in ("DROP INDEX contact_email", *INDEXES):
        db.execute_sql(statement)
    for kind in ("contact", "organisation"):
        for statement in _sqlite(kind) if sqlite else _postgresql(kind):
            db.execute_sql(statement)
    _follow_merges(db, sqlite)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop them; refused while people without a mail address are there.

    Channels, addresses, notes and tags are lost; final documents may change their organisation.
    """
    sqlite = isinstance(db, peewee.SqliteDatabase)
    db.execute_sql("CREATE UNIQUE INDEX contact_email_all ON contact (email)")
    for table in FINAL:
        db.execute_sql(f"DROP TRIGGER {table}_partner_kept" + ("" if sqlite else f" ON {table}"))
    for kind in ("contact", "organisation"):
        if sqlite:
            for name in ("found", "found_again", "lost"):
                db.execute_sql(f"DROP TRIGGER {kind}_{name}")
        else:
            db.execute_sql(f"DROP FUNCTION {kind}_found() CASCADE")
            db.execute_sql(f"DROP FUNCTION {kind}_part_found() CASCADE")
            db.execute_sql(f"DROP FUNCTION {kind}_find(integer)")
        db.execute_sql(f"DROP TABLE {kind}_search")
    if not sqlite:
        db.execute_sql("DROP FUNCTION partner_kept() CASCADE")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
    for statement in INDEXES:
        db.execute_sql(f"DROP INDEX {statement.split(' INDEX ')[1].split(' ON ')[0]}")
    for table, name, _kind in COLUMNS:
        db.execute_sql(f"ALTER TABLE {table} DROP COLUMN {name}")
    db.execute_sql("ALTER INDEX contact_email_all RENAME TO contact_email" if not sqlite
                   else "CREATE UNIQUE INDEX contact_email ON contact (email)")  # fmt: skip
    if sqlite:
        db.execute_sql("DROP INDEX contact_email_all")
