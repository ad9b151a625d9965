"""People and organisations as they are read: lists, one with all that belongs to it, history."""

from collections.abc import Sequence
from typing import NamedTuple

from boconsole import audit
from boconsole.audit import HistoryEntry
from boconsole.contacts import area, words
from boconsole.contacts.fields import Row
from boconsole.errors import NotFoundError
from boconsole.filters import parse, resolve
from boconsole.language import _
from boconsole.session import Session
from db import audit as trail
from db import keyset
from db.conditions import Selection
from db.contacts import pages, parts, records
from db.contacts.rows import (
    AddressRow,
    ChannelRow,
    Kind,
    NoteRow,
    OrganisationLine,
    OrganisationRow,
    PersonLine,
    PersonRow,
)
from db.listing import Listing, Page

__all__ = ["OrganisationLine", "OrganisationRow", "Page", "PersonLine", "PersonRow"]

MARK_LIMIT, NOTES, BELOW, HISTORY = 10_000, 200, 50, 200
LISTS: dict[Kind, Listing[PersonLine] | Listing[OrganisationLine]] = {
    "contact": pages.PEOPLE_LIST, "organisation": pages.ORGANISATION_LIST,
}  # fmt: skip
Line = PersonLine | OrganisationLine


class Count(NamedTuple):
    """How many match; `capped` when there are more than the number says."""

    number: int
    capped: bool


class Card(NamedTuple):
    """A person or an organisation with all that belongs to it.

    Attributes:
        kind: Which of both.
        into: Number and name of what it was merged into; empty where it was not.
        below: Id and name of organisations right below.
    """

    kind: Kind
    row: Row
    channels: tuple[ChannelRow, ...]
    addresses: tuple[AddressRow, ...]
    notes: tuple[NoteRow, ...]
    tags: tuple[str, ...]
    into: str = ""
    below: tuple[tuple[int, str], ...] = ()

    @property
    def number(self) -> str:
        """`CON-12` or `ORG-12`."""
        return words.number(self.kind, self.row.id)


class Support(NamedTuple):
    """What whoever works on a ticket is to know of those who ask."""

    person: str
    vip: bool
    manager: str
    notes: tuple[str, ...]


def find(session: Session, kind: Kind, text: str) -> int:
    """Return who a number, mail address or name means.

    Raises:
        NotFoundError: Nobody, or more than one.
    """
    session.require("contact.read")
    line = text.strip()
    if found := words.parse_number(kind, line):
        ids = [found] if row_of(kind, found) else []
    elif kind == "contact" and "@" in line:
        one = records.person_of_mail(line.lower())
        ids = [one] if one else []
    else:
        ids = records.ids_named(kind, line)
    if len(ids) > 1:
        raise NotFoundError(
            _("one {name}, but {count}; name the number or the mail address").format(
                name=line[:60], count=len(ids)
            )
        )
    if not ids:
        raise NotFoundError(f"{_(TITLES[kind])} {line[:60]}")
    return ids[0]


TITLES: dict[Kind, str] = {"contact": "person", "organisation": "organisation"}


def row_of(kind: Kind, record_id: int) -> Row | None:
    """Return a record as it is stored now."""
    if kind == "contact":
        return records.find_person(record_id)
    return records.find_organisation(record_id)


def row(kind: Kind, record_id: int) -> Row:
    """Return a record that is there; raises NotFoundError."""
    found = row_of(kind, record_id)
    if found is None:
        raise NotFoundError(words.number(kind, record_id))
    return found


def card(session: Session, kind: Kind, record_id: int) -> Card:
    """Return one with all that belongs to it; raises NotFoundError."""
    session.require("contact.read")
    found = row(kind, record_id)
    into = row_of(kind, found.merged_into_id) if found.merged_into_id else None
    below = records.children(record_id, BELOW) if kind == "organisation" else []
    return Card(
        kind, found,
        tuple(parts.select_channels(kind, record_id)),
        tuple(parts.select_addresses(kind, record_id)),
        tuple(parts.select_notes(kind, record_id, NOTES)),
        tuple(parts.select_tags(kind, record_id)),
        f"{words.number(kind, into.id)} {into.name}" if into else "",
        tuple(below),
    )  # fmt: skip


def organisation_named(session: Session, name: str) -> int | None:
    """Return the organisation of a name, whatever its case, or None."""
    session.require("contact.read")
    ids = records.ids_named("organisation", name.strip())
    return ids[0] if ids else None


def support(session: Session, email: str, organisation: str) -> Support | None:
    """Return what to know of those who ask; None where there is nothing to know."""
    if not session.may("contact.read"):
        return None
    person_id = records.person_of_mail(email) if email else None
    person = records.find_person(person_id) if person_id else None
    place_id = organisation_named(session, organisation) if organisation else None
    place = records.find_organisation(place_id) if place_id else None
    notes = tuple(each.support_note for each in (person, place) if each and each.support_note)
    vip = bool((person and person.vip) or (place and place.vip))
    manager = place.manager if place else ""
    if not (notes or vip or manager):
        return None
    return Support(person.name if person else "", vip, manager, notes)


def history(session: Session, kind: Kind, record_id: int) -> list[HistoryEntry]:
    """Return what happened to one, oldest first."""
    session.require("contact.read")
    return [audit.entry_of(line) for line in trail.select_history(kind, record_id, HISTORY)]


# Lists


def list_page(
    session: Session, kind: Kind, query: str, after: str = "", limit: int = 50, *,
    backwards: bool = False,
) -> "Page[PersonLine] | Page[OrganisationLine]":  # fmt: skip
    """Return a page, by name unless the query sorts.

    Args:
        session: Who reads.
        kind: People or organisations.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return LISTS[kind].page(selection(session, kind, query), cursor, limit, backwards=backwards)


def page_around(
    session: Session, kind: Kind, query: str, record_id: int, limit: int
) -> "Page[PersonLine] | Page[OrganisationLine] | None":
    """Return the rows around one; None when the query does not find it."""
    return LISTS[kind].page_around(selection(session, kind, query), record_id, limit)


def count(session: Session, kind: Kind, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many match, counting no further than `cap`."""
    found = LISTS[kind].count(selection(session, kind, query), cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, kind: Kind, query: str) -> Selection:
    """Return what a filter line asks for; raises QuerySyntaxError."""
    session.require("contact.read")
    return resolve(parse(query), area.area_of(kind, session), session)


def names_from(session: Session, kind: Kind, start: str, limit: int = 5) -> Sequence[str]:
    """Return names of those in use that start so."""
    session.require("contact.read")
    return records.names_from(kind, start, limit)


def logins_from(session: Session, start: str, limit: int = 5) -> Sequence[str]:
    """Return logins of active accounts that start so."""
    session.require("contact.read")
    return records.logins_from(start, limit)


def tags_from(session: Session, start: str, limit: int = 5) -> Sequence[str]:
    """Return tags that start so."""
    session.require("contact.read")
    return parts.tag_names(start, limit)
