"""Links of entries to what they are about: tickets, assets, contacts, projects, documents.

What stands in an entry is sealed with it. A posted one takes further links outside its seal;
they say who added them and when, and may be taken away again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.ledger import entries
from boconsole.ledger.dimensions import link_of
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line
from db import named
from db.conditions import Compare, Selection
from db.ledger import choices, pages
from db.ledger import dimensions as stored
from db.ledger.dimensions import LinkRow


class SealedLinkError(BoconsoleError):
    """A link is a part of a posted entry."""

    def __init__(self, link: str, number: str) -> None:
        super().__init__(
            _(
                "{link} is sealed with {number} and stays; only links that were added later can be "
                "removed."
            ).format(link=link, number=number)
        )


class LinkLine(NamedTuple):
    """A link for people.

    Attributes:
        value: As it was written.
        names: `ticket`, `asset`, `contact`, `project`, `document`; empty for a text.
        key: Without case and zeros.
        title: What the record is called; empty where there is none, or it may not be seen.
        position: Of the line that has it; 0 for the entry.
        added_by: Who added it after posting; empty for what is sealed.
        added_at: When.
    """

    value: str
    names: str
    key: str
    title: str
    position: int
    added_by: str
    added_at: datetime | None


def links_of(session: Session, entry_id: int) -> list[LinkLine]:
    """Return the links of an entry and of its lines, in order."""
    session.require("ledger.read")
    rows = stored.select_links(entry_id)
    titles = _titles(session, rows)
    people = choices.logins([row.added_by for row in rows if row.added_by is not None])
    return [
        LinkLine(
            row.value, row.name, row.value_key, titles.get(row.value_key, ""), row.position,
            people.get(row.added_by, "") if row.added_by is not None else "", row.added_at,
        )
        for row in rows
    ]  # fmt: skip


def _titles(session: Session, rows: Sequence[LinkRow]) -> dict[str, str]:
    """Return what records are called by key, as far as the reader may see them."""
    keys = [row.value_key for row in rows]
    found: dict[str, str] = {}
    if "ticket.read" in session.permissions:
        called = named.tickets(_numbers(keys, "tkt-"))
        found |= {f"tkt-{number}": title for number, title in called.items()}
    if "contact.read" in session.permissions:
        called = named.contacts_numbered(_numbers(keys, "con-"))
        found |= {f"con-{number}": title for number, title in called.items()}
        found |= named.contacts([row.value_key for row in rows if "@" in row.value_key])
    return found


def _numbers(keys: Sequence[str], prefix: str) -> list[int]:
    numbers = (int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix))
    return [number for number in numbers if number < 2**31]


def link(session: Session, entry: JournalEntry, text: str) -> None:
    """Link an entry to what a number or a text names; a draft has it as a part of itself.

    Raises:
        InvalidChangeError: The link is empty, or is there already.
        BoconsoleError: As `entries.edit`, for a draft.
    """
    session.require("ledger.prepare")
    value = clean_line(text, field="link", limit=LINE_LIMIT)
    if not value:
        raise InvalidChangeError("link", _("is needed"))
    wanted = link_of(value)
    with audit.writing():
        if any(row.value_key == wanted.value_key for row in stored.select_links(entry.head.id)):
            raise InvalidChangeError("link", _("{link} is there already").format(link=value))
        if entry.head.state == "draft":
            written = entry.written
            entries.edit(session, entry, written._replace(links=(*written.links, value)))
            return
        at = int(session.now().timestamp())
        stored.insert(
            [wanted._replace(entry_id=entry.head.id, added_by=session.user.id, added_at=at)]
        )
        _record(session, "entry.link", entry, None, value)


def unlink(session: Session, entry: JournalEntry, text: str) -> None:
    """Take away a link of a draft, or one that was added to a posted entry.

    Raises:
        NotFoundError: The entry has no such link.
        SealedLinkError: It is sealed with the entry.
        BoconsoleError: As `entries.edit`, for a draft.
    """
    session.require("ledger.prepare")
    key = link_of(text).value_key
    with audit.writing():
        found = [row for row in stored.select_links(entry.head.id) if row.value_key == key]
        if not found:
            raise NotFoundError(
                _("link {link} at {number}").format(link=text.strip()[:60], number=entry.number)
            )
        if entry.head.state == "draft":
            written = entry.written
            left = tuple(one for one in written.links if link_of(one).value_key != key)
            if left == written.links:
                raise InvalidChangeError("link", _("it stands in a tag; change that instead"))
            entries.edit(session, entry, written._replace(links=left))
            return
        late = next((row for row in found if row.added_at is not None), None)
        if late is None or not stored.delete_added(late.id):
            raise SealedLinkError(found[0].value, entry.number)
        _record(session, "entry.unlink", entry, late.value, None)


def _record(
    session: Session, action: str, entry: JournalEntry, before: str | None, after: str | None
) -> None:
    line = audit.Line(entry.head.id, {"link": (before, after)}, entry.head.version)
    audit.record(session, action, "ledger", [line])


class Linked(NamedTuple):
    """An entry that links to a record."""

    id: int
    number: str
    about: str


def entries_about(session: Session, text: str, limit: int = 20) -> list[Linked]:
    """Return the newest entries that link to a record, drafts too."""
    session.require("ledger.read")
    asked = Compare("link", "=", link_of(text).value_key)
    return [
        Linked(
            row.id, entry_number(row.id, row.series, row.year, row.sequence),
            row.description or row.payee,
        )
        for row in pages.page(Selection(asked), None, limit).rows
    ]  # fmt: skip
