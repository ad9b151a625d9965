"""Make the tables of the knowledge base and its full-text index."""

from typing import Any

import peewee

SQLITE = (
    "CREATE VIRTUAL TABLE article_search USING fts5(subject, tags, body, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "INSERT INTO article_search (article_search, rank) VALUES ('rank', 'bm25(8.0, 4.0, 1.0)')",
)
POSTGRESQL = (
    "CREATE TABLE article_search (article_id integer PRIMARY KEY REFERENCES article (id) "
    "ON DELETE CASCADE, document tsvector NOT NULL)",
    "CREATE INDEX article_search_document ON article_search USING gin (document) "
    "WITH (fastupdate = off)",
)


class User(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        table_name = "user_account"


class Category(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Tag(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Ticket(peewee.Model):
    id = peewee.AutoField()

    class Meta:
        legacy_table_names = False


class Article(peewee.Model):
    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField()
    title = peewee.TextField()
    audience = peewee.TextField()
    published = peewee.IntegerField(default=0)
    latest = peewee.IntegerField(default=1)
    category = peewee.ForeignKeyField(Category, null=True, on_delete="SET NULL")
    author = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    created_at = peewee.BigIntegerField()
    updated_at = peewee.BigIntegerField()
    published_at = peewee.BigIntegerField(null=True)
    review_on = peewee.IntegerField(null=True, index=True)
    views = peewee.IntegerField(default=0)
    used = peewee.IntegerField(default=0)
    helpful = peewee.IntegerField(default=0)
    unhelpful = peewee.IntegerField(default=0)
    external_key = peewee.TextField(null=True, unique=True)

    class Meta:
        legacy_table_names = False
        indexes = ((("updated_at", "id"), False),)


class ArticleVersion(peewee.Model):
    id = peewee.AutoField()
    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    number = peewee.IntegerField()
    title = peewee.TextField()
    audience = peewee.TextField()
    body = peewee.TextField()
    note = peewee.TextField(default="")
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()
    published_at = peewee.BigIntegerField(null=True)
    published_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")

    class Meta:
        legacy_table_names = False
        indexes = ((("article", "number"), True),)


class ArticleTag(peewee.Model):
    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    tag = peewee.ForeignKeyField(Tag, index=False, on_delete="CASCADE")

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("article", "tag")
        indexes = ((("tag", "article"), False),)


class ArticleTicket(peewee.Model):
    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    number = peewee.IntegerField()
    quoted = peewee.BooleanField(default=False)
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("article", "ticket")
        indexes = ((("ticket", "article"), False),)


class ArticleVote(peewee.Model):
    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    number = peewee.IntegerField()
    user = peewee.ForeignKeyField(User, index=False, on_delete="CASCADE")
    helpful = peewee.BooleanField()
    at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False
        primary_key = peewee.CompositeKey("article", "number", "user")


class ArticleWord(peewee.Model):
    word = peewee.TextField(primary_key=True)
    articles = peewee.IntegerField()

    class Meta:
        legacy_table_names = False


class ReviewInterval(peewee.Model):
    category = peewee.ForeignKeyField(Category, primary_key=True, index=False, on_delete="CASCADE")
    months = peewee.SmallIntegerField()

    class Meta:
        legacy_table_names = False


class ArticleAttachment(peewee.Model):
    id = peewee.AutoField()
    article = peewee.ForeignKeyField(Article, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = peewee.BigIntegerField()

    class Meta:
        legacy_table_names = False


TABLES = (
    Article, ArticleVersion, ArticleTag, ArticleTicket, ArticleVote, ArticleWord, ReviewInterval,
    ArticleAttachment,
)  # fmt: skip


def up(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Make the tables."""
    models = (User, Category, Tag, Ticket, *TABLES)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES)
    for statement in SQLITE if isinstance(db, peewee.SqliteDatabase) else POSTGRESQL:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:  # Any: the runner is untyped
    """Drop the tables; every article is lost."""
    db.execute_sql("DROP TABLE article_search")
    with db.bind_ctx(TABLES, bind_refs=False, bind_backrefs=False):
        db.drop_tables(TABLES)
