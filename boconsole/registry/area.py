"""What queries may say about documents."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.registry import classes, words
from boconsole.registry.contract_area import find_contract
from boconsole.registry.words import DESTROYED, DOCUMENT
from boconsole.session import Session
from db.conditions import AnyOf, Compare, Condition, Not, both
from db.fields import number_of
from db.tickets import choices


def _one_of(field: str, values: Sequence[str]) -> Condition:
    return AnyOf(tuple(Compare(field, "=", value) for value in values))


IN_USE = Not(_one_of("state", (*words.CLOSED, DESTROYED)))


def _words(known: dict[str, str]) -> dict[str, object]:
    return {word: word for word in known}


FIELDS = (
    Field("number", "record", "number, DOC-0012", ("id",), lifts=True),
    Field("state", "choice", "draft, review, approved, superseded, withdrawn, destroyed",
          ("status",), _words(words.STATES), guessed=True, lifts=True, sortable=False),
    Field("title", "words", "words of title, tags and the file's text", ("content",)),
    Field("level", "choice", "public, internal, confidential or secret", ("confidentiality",),
          _words(words.LEVELS), guessed=True, sortable=False),
    Field("class", "name", "code or name of its class; those below count too", ("code",),
          source="classes", optional=True),
    Field("owner", "name", "who answers for it", (), source="users", optional=True,
          person=True, sortable=False),
    Field("author", "name", "who added a version", source="users", person=True, sortable=False),
    Field("reviewer", "name", "who is asked to approve it", source="users", person=True,
          sortable=False),
    Field("organisation", "name", "the other side", ("org", "counterpart"),
          source="organisations", optional=True, sortable=False),
    Field("contact", "name", "the person of the other side", source="contacts", optional=True,
          sortable=False),
    Field("contract", "name", "number of its contract", source="contracts", optional=True,
          sortable=False),
    Field("tag", "name", "a word that groups documents", ("tags",), source="tags", many=True,
          sortable=False),
    Field("reference", "line", "what others call it", like="reference", sortable=False),
    Field("text", "choice", "whether its file could be read", (), _words(words.TEXTS),
          sortable=False),
    Field("dated", "day", "its date", ("date",), optional=True),
    Field("expires", "day", "its last day", ("ends",), optional=True),
    Field("review", "day", "when it is to be looked at", optional=True),
    Field("approved", "day", "when it was approved", optional=True),
    Field("due", "day", "from when on it may be destroyed", ("retention",), optional=True),
    Field("then", "choice", "destroy or review, once it is due", (), _words(words.THEN),
          sortable=False),
    Field("versions", "number", "how many files it had"),
    Field("created", "instant", "when it was added"),
    Field("updated", "instant", "the last change"),
)  # fmt: skip


def area(session: Session) -> Area:
    """Return what queries may say of documents; names are looked up when they are used."""
    today, me = number_of(session.now().astimezone(session.zone).date()), session.user.id
    over = both(Compare("due", "<=", today), Not(Compare("state", "=", DESTROYED)))
    flags = (
        Flag("mine", "mine to answer for", lambda _: Compare("owner", "=", me)),
        Flag("waiting", "waits for my approval", lambda _: Compare("reviewer", "=", me)),
        Flag("held", "under a legal hold", lambda _: Compare("held", "=", True), lifts=True),
        Flag("due", "may be destroyed", lambda _: over, lifts=True),
        Flag("proposed", "its destruction is proposed",
             lambda _: Not(Compare("proposed", "empty")), lifts=True),
        Flag("undated", "no date to count from", lambda _: Compare("undated", "=", True),
             lifts=True),
        Flag("expired", "past its last day", lambda _: Compare("expires", "<", today)),
        Flag("closed", "superseded or withdrawn", lambda _: _one_of("state", words.CLOSED),
             lifts=True),
    )  # fmt: skip
    pairs = {
        "users": (choices.find_users, choices.list_users),
        "organisations": (choices.find_organisations, choices.list_organisations),
        "contacts": (choices.find_contacts, choices.list_contacts),
        "tags": (choices.find_tags, choices.list_tags),
        "classes": (classes.find_below, classes.suggest),
        "contracts": (find_contract, _nothing),
    }
    names = {
        name: Names(lru_cache(64)(find), lru_cache(64)(suggest))
        for name, (find, suggest) in pairs.items()
    }
    return Area(DOCUMENT, FIELDS, flags, names, IN_USE, "DOC", "number", "owner")


def remembered_area(known: Area) -> Area:
    """Return an area with its names read once, for typing."""
    return replace(known, names=dict(remembered(known).names))


def _nothing(_start: str, _limit: int) -> list[str]:
    return []
