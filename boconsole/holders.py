"""Who or what has something: a person by mail address or name, an asset by tag or serial number."""

from typing import NamedTuple

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.text import required_line
from db import holders as stored


class Holder(NamedTuple):
    """A person or an asset; one of the ids is filled."""

    contact_id: int | None
    asset_id: int | None
    told: str
    """`Ann Lee <ann@example.com>`, or `AST-0007 Laptop`."""


def find(text: str, *, field: str = "to") -> Holder:
    """Return the person or the asset of a text.

    Raises:
        NotFoundError: There is none.
        InvalidChangeError: It is empty, or a name that several people have.
    """
    word = required_line(text, field=field)
    if "@" not in word and (asset := stored.find_tagged(word)):
        return Holder(None, asset.id, f"{asset.tag} {asset.name}".strip())
    return person(word, field=field)


def person(text: str, *, field: str = "to") -> Holder:
    """Return the person of a mail address, `Name <mail>`, or a name; raises as `find`."""
    word = required_line(text, field=field)
    if word.endswith(">") and "<" in word:
        word = word.rpartition("<")[2].removesuffix(">")
    people = stored.find_people(word)
    if len(people) > 1:
        raise InvalidChangeError(
            field, _("{text!r} is the name of several people; type the mail address").format(
                text=word[:60])
        )  # fmt: skip
    if not people:
        raise NotFoundError(_("person or asset {text!r}").format(text=word[:60]))
    return Holder(people[0].id, None, f"{people[0].name} <{people[0].email}>")


def asset(text: str, *, field: str = "asset") -> Holder:
    """Return the asset of a tag or serial number; raises NotFoundError."""
    word = required_line(text, field=field)
    found = stored.find_tagged(word)
    if found is None:
        raise NotFoundError(_("asset {text!r}").format(text=word[:60]))
    return Holder(None, found.id, f"{found.tag} {found.name}".strip())


def suggest(session: Session, start: str, limit: int = 5) -> list[tuple[str, str]]:
    """Return what a beginning may mean: a mail address or tag, and a word about it."""
    people: list[tuple[str, str]] = []
    if session.may("contact.read"):
        people = [(row.email, row.name) for row in stored.people_from(start, limit)]
    return [*people, *suggest_assets(start, limit)][:limit]


def suggest_assets(start: str, limit: int = 5) -> list[tuple[str, str]]:
    """Return tags that a beginning may mean, and the names of their assets."""
    return [(row.tag, row.name) for row in stored.tagged_from(start, limit)]
