"""What queries may say about articles."""

from dataclasses import replace
from functools import lru_cache

from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.knowledge.words import ARCHIVED, AUDIENCES, DRAFT, PUBLIC, REVIEW, STATES
from boconsole.session import Session
from db.conditions import Compare, Not, both
from db.fields import number_of
from db.tickets import choices

IS_READ = Compare("published", ">", 0)
IS_THERE = Not(Compare("state", "=", ARCHIVED))
FIELDS = (
    Field("number", "record", "number, KB-12", ("id",), lifts=True),
    Field("state", "choice", "draft, review, published, archived", ("status",),
          {word: word for word in STATES}, guessed=True, lifts=True, sortable=False),
    Field("title", "words", "words of the title", ("subject",), column="subject"),
    Field("audience", "choice", "internal or public", ("for",), {word: word for word in AUDIENCES},
          guessed=True, sortable=False),
    Field("category", "name", "a branch of the tree", ("cat",), source="categories",
          optional=True, sortable=False),
    Field("tag", "name", "tags; +x for one more", ("tags",), source="tags", optional=True,
          many=True, unknown_is_nothing=True, sortable=False),
    Field("author", "name", "who began it", ("by",), source="users", optional=True, person=True,
          sortable=False),
    Field("writer", "name", "who wrote a version of it", source="users", person=True,
          sortable=False),
    Field("created", "instant", "when it was begun"),
    Field("updated", "instant", "the last change"),
    Field("published", "instant", "when it was last published", ("released",), column="released",
          optional=True),
    Field("review", "day", "when it is to be looked at again", optional=True),
    Field("views", "number", "how often it was opened"),
    Field("used", "number", "tickets it is linked to"),
    Field("helpful", "number", "how many say that it helped"),
    Field("unhelpful", "number", "how many say that it did not"),
    Field("ticket", "record", "a ticket it is linked to", optional=True, sortable=False),
)  # fmt: skip


def article_area(session: Session) -> Area:
    """Return what queries may say; names are looked up when they are used."""
    today = number_of(session.now().astimezone(session.zone).date())
    me = session.user.id
    flags = (
        Flag("published", "colleagues read it", lambda _: IS_READ),
        Flag("draft", "its last version is written", lambda _: Compare("state", "=", DRAFT)),
        Flag("review", "its last version waits for a review",
             lambda _: Compare("state", "=", REVIEW)),
        Flag("archived", "out of use", lambda _: Compare("state", "=", ARCHIVED), lifts=True),
        Flag("public", "for requesters too", lambda _: Compare("audience", "=", PUBLIC)),
        Flag("internal", "for colleagues only",
             lambda _: Not(Compare("audience", "=", PUBLIC))),
        Flag("due", "to be looked at again",
             lambda _: both(IS_READ, Compare("review", "<=", today))),
        Flag("mine", "begun by me", lambda _: Compare("author", "=", me)),
        Flag("reviewable", "waits for a review, and I did not write it",
             lambda _: both(Compare("state", "=", REVIEW), Not(Compare("writer", "=", me)))),
    )  # fmt: skip
    return Area("knowledge", FIELDS, flags, _sources(), IS_THERE, "KB", "number", "author")


def remembered_area(session: Session) -> Area:
    """Return the area with its names read once, for typing."""
    known = remembered(article_area(session))
    return replace(known, names=dict(known.names))


def _sources() -> dict[str, Names]:
    pairs = {
        "users": (choices.find_users, choices.list_users),
        "categories": (choices.find_categories, choices.list_categories),
        "tags": (choices.find_tags, choices.list_tags),
    }
    return {
        name: Names(lru_cache(64)(find), lru_cache(64)(suggest))
        for name, (find, suggest) in pairs.items()
    }
