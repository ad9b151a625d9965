"""The tables of the knowledge base: articles, all their versions, and what became of them."""

import peewee

from db.base import Table
from db.fields import DayField, InstantField
from db.tickets.tables import Category, Tag, Ticket
from db.users import User


class Article(Table):
    """One article; people see its id as KB-id. Title and audience are those of what is read."""

    id = peewee.AutoField()
    version = peewee.IntegerField(default=1)
    state = peewee.TextField()
    """Of the last version: `draft`, `review`, `published` or `archived`."""
    title = peewee.TextField()
    audience = peewee.TextField()
    """`internal` or `public`."""
    published = peewee.IntegerField(default=0)
    """The number of the version that is published; 0 for none."""
    latest = peewee.IntegerField(default=1)
    """The number of the last version."""
    category = peewee.ForeignKeyField(Category, null=True, on_delete="SET NULL")
    author = peewee.ForeignKeyField(User, null=True, on_delete="SET NULL")
    created_at = InstantField()
    updated_at = InstantField()
    published_at = InstantField(null=True)
    review_on = DayField(null=True, index=True)
    """By when somebody is to look whether it still holds."""
    views = peewee.IntegerField(default=0)
    used = peewee.IntegerField(default=0)
    """Tickets that it is linked to."""
    helpful = peewee.IntegerField(default=0)
    unhelpful = peewee.IntegerField(default=0)
    external_key = peewee.TextField(null=True, unique=True)
    """The file of an import, so that importing again finds it."""

    class Meta:
        """The list, newest first."""

        indexes = ((("updated_at", "id"), False),)


class ArticleVersion(Table):
    """What an article said at one time; never changed, never removed."""

    id = peewee.AutoField()
    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    number = peewee.IntegerField()
    title = peewee.TextField()
    audience = peewee.TextField()
    body = peewee.TextField()
    note = peewee.TextField(default="")
    """What was changed, in a few words."""
    author = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()
    published_at = InstantField(null=True)
    published_by = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")

    class Meta:
        """Read by article, in order."""

        indexes = ((("article", "number"), True),)


class ArticleTag(Table):
    """A tag on an article."""

    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    tag = peewee.ForeignKeyField(Tag, index=False, on_delete="CASCADE")

    class Meta:
        """Read from both sides."""

        primary_key = peewee.CompositeKey("article", "tag")
        indexes = ((("tag", "article"), False),)


class ArticleTicket(Table):
    """An article at a ticket: used for it, or made of it."""

    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    ticket = peewee.ForeignKeyField(Ticket, index=False, on_delete="CASCADE")
    kind = peewee.TextField()
    """`used` or `source`."""
    number = peewee.IntegerField()
    """The version that was used."""
    quoted = peewee.BooleanField(default=False)
    """Whether a message of the ticket quotes it."""
    user = peewee.ForeignKeyField(User, null=True, index=False, on_delete="SET NULL")
    at = InstantField()

    class Meta:
        """Once for each pair; read from both sides."""

        primary_key = peewee.CompositeKey("article", "ticket")
        indexes = ((("ticket", "article"), False),)


class ArticleVote(Table):
    """Whether a version helped, as one person says."""

    article = peewee.ForeignKeyField(Article, index=False, on_delete="CASCADE")
    number = peewee.IntegerField()
    user = peewee.ForeignKeyField(User, index=False, on_delete="CASCADE")
    helpful = peewee.BooleanField()
    at = InstantField()

    class Meta:
        """One voice for each person and version."""

        primary_key = peewee.CompositeKey("article", "number", "user")


class ArticleWord(Table):
    """In how many articles a word stands, so that rare words are looked for first."""

    word = peewee.TextField(primary_key=True)
    articles = peewee.IntegerField()


class ReviewInterval(Table):
    """After how many months the articles of a category are looked at again."""

    category = peewee.ForeignKeyField(Category, primary_key=True, index=False, on_delete="CASCADE")
    months = peewee.SmallIntegerField()


class ArticleAttachment(Table):
    """A file at an article, such as a form to fill in."""

    id = peewee.AutoField()
    article = peewee.ForeignKeyField(Article, on_delete="CASCADE")
    name = peewee.TextField()
    media_type = peewee.TextField()
    size = peewee.BigIntegerField()
    sha256 = peewee.TextField(index=True)
    added_by = peewee.IntegerField()
    added_at = InstantField()
