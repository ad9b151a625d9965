"""What queries may say about people and about organisations."""

from functools import lru_cache

from boconsole.contacts import words
from boconsole.filters.area import Area, Field, Flag, Names
from boconsole.filters.remembering import remembered
from boconsole.session import Session
from db.conditions import Compare, Not
from db.contacts import pages, parts, records
from db.contacts.pages import IN_USE
from db.contacts.rows import Kind

MERGED = Not(Compare("merged", "empty"))
ARCHIVED = Not(Compare("archived", "empty"))
SHARED = (
    Field("number", "name", "CON-12 or ORG-12", ("id",), column="id", source="numbers",
          guessed=True, unknown_is_nothing=True, sortable=False, lifts=True),
    Field("name", "words", "words of the name"),
    Field("email", "mail", "mail address, @domain, or a part", ("mail",), optional=True,
          sortable=False),
    Field("phone", "words", "a number, from its start or grouped", ("tel", "telephone"),
          column="ways", optional=True, sortable=False),
    Field("domain", "name", "of mail addresses", column="mail_domain", source="domains",
          sortable=False),
    Field("address", "words", "words of postal addresses", column="place", optional=True,
          sortable=False),
    Field("note", "words", "words of notes", optional=True, sortable=False),
    Field("tag", "name", "tags; +x for one more", ("tags",), source="tags", optional=True,
          many=True, unknown_is_nothing=True, sortable=False),
    Field("language", "line", "of letters", optional=True, sortable=False),
    Field("created", "instant", "when it was added"),
)  # fmt: skip
PEOPLE = (
    *SHARED,
    Field("organisation", "name", "where the person belongs", ("org",), source="organisations",
          loose=True, like="organisation.name", optional=True, sortable=False),
    Field("title", "line", "what the person does there", optional=True, sortable=False),
)  # fmt: skip
ORGANISATIONS = (
    *SHARED,
    Field("kind", "choice", "customer, partner, supplier, own", ("type",),
          {word: word for word in words.KINDS}, guessed=True, sortable=False),
    Field("parent", "name", "the organisation above", source="organisations", optional=True,
          sortable=False),
    Field("manager", "name", "the account that looks after it", source="users", optional=True,
          person=True, sortable=False),
    Field("country", "name", "two letters", source="countries", optional=True,
          unknown_is_nothing=True, sortable=False),
    Field("currency", "line", "of its documents", optional=True, sortable=False),
    Field("tax_number", "line", "tax number", ("tax",), optional=True, sortable=False),
)  # fmt: skip
FLAGS = (
    Flag("vip", "very important", lambda _: Compare("vip", "=", True)),
    Flag("archived", "put aside", lambda _: ARCHIVED, lifts=True),
    Flag("merged", "part of another now", lambda _: MERGED, lifts=True),
)
PERSON_FLAGS = (
    *FLAGS,
    Flag("forgotten", "anonymised for good", lambda _: Not(Compare("forgotten", "empty")),
         lifts=True),
)  # fmt: skip


def area_of(kind: Kind, session: Session) -> Area:
    """Return what queries may say; names are looked up when they are used."""
    del session
    people = kind == "contact"
    return Area(
        "people" if people else "organisations", PEOPLE if people else ORGANISATIONS,
        PERSON_FLAGS if people else FLAGS, _sources(kind), IN_USE, words.PREFIXES[kind],
        mine="" if people else "manager", mail="email",
    )  # fmt: skip


def remembered_area(kind: Kind, session: Session) -> Area:
    """Return the area with its names read once, for typing; numbers and domains pass by form."""
    found = area_of(kind, session)
    known = remembered(found)
    for name in ("numbers", "domains"):
        known = _with(known, name, found.names[name])
    return known


def _with(area: Area, name: str, source: Names) -> Area:
    from dataclasses import replace

    return replace(area, names={**area.names, name: source})


def _sources(kind: Kind) -> dict[str, Names]:
    def numbered(word: str) -> tuple[object, ...]:
        found = words.parse_number(kind, word) if "-" in word else None
        return (found,) if found and found < 2**31 else ()

    pairs = {
        "numbers": (numbered, _nothing),
        "domains": (lambda word: (word.lower().removeprefix("@"),), _nothing),
        "tags": (lambda word: (word.lower(),), parts.tag_names),
        "organisations": (_organisations, _organisation_names),
        "users": (_users, records.logins_from),
        "countries": (lambda word: (word.upper(),), pages.countries),
    }
    return {name: Names(lru_cache(64)(find), suggest) for name, (find, suggest) in pairs.items()}


def _nothing(_start: str, _limit: int) -> list[str]:
    return []


def _organisations(word: str) -> tuple[object, ...]:
    if "-" in word and (found := words.parse_number("organisation", word)):
        return (found,)
    return tuple(records.ids_named("organisation", word)) or tuple(
        records.ids_of_domain(word.lower())
    )


def _organisation_names(start: str, limit: int) -> list[str]:
    return records.names_from("organisation", start, limit)


def _users(word: str) -> tuple[object, ...]:
    found = records.user_id(word)
    return (found,) if found else ()
