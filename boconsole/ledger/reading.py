"""What people see of the journal: lists of entries, and what happened to one."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from boconsole.audit import HistoryEntry, history
from boconsole.errors import NotFoundError
from boconsole.filing import FileRow
from boconsole.filters import parse, resolve
from boconsole.language import _
from boconsole.ledger import approving, attaching, entries, linking
from boconsole.ledger.area import journal_area
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.linking import LinkLine
from boconsole.ledger.words import DRAFT, entry_number
from boconsole.session import Session
from db import keyset
from db.conditions import Selection
from db.ledger import choices, pages
from db.ledger.pages import JournalLine, JournalPage, Sum
from db.ledger.rows import AccountRow, PostingRow

__all__ = ["AccountRow", "JournalLine", "JournalPage", "PostingRow", "Sum"]

MARK_LIMIT = 10_000
SHORT = re.compile(r"([A-Za-z]{2,6})-([0-9]{1,9})")


class Count(NamedTuple):
    """How many entries match; `capped` when there are more than the number says."""

    number: int
    capped: bool


def number_of(line: JournalLine) -> str:
    """Return the number people see: `JNL-2026-00042`, or `DRF-7`."""
    return entry_number(line.id, line.series, line.year, line.sequence)


def list_page(
    session: Session, query: str, after: str = "", limit: int = 50, *, backwards: bool = False
) -> JournalPage:
    """Return a page of entries, the newest first unless the query sorts them.

    Args:
        session: Who reads.
        query: A filter line.
        after: The cursor of a row to go on from; empty for the start (the end, backwards).
        limit: The most rows.
        backwards: Read what stands before the cursor.

    Raises:
        QuerySyntaxError: The line cannot be read.
        CursorError: The cursor belongs to another order.
    """
    cursor = keyset.decode(after) if after else None
    return pages.page(selection(session, query), cursor, limit, backwards=backwards)


def page_around(session: Session, query: str, entry_id: int, limit: int) -> JournalPage | None:
    """Return the rows around an entry; None when the query does not find it."""
    return pages.page_around(selection(session, query), entry_id, limit)


def count(session: Session, query: str, cap: int = MARK_LIMIT) -> Count:
    """Return how many entries match, counting no further than `cap`."""
    found = pages.count(selection(session, query), cap)
    return Count(min(found, cap), found > cap)


def selection(session: Session, query: str) -> Selection:
    """Return what a filter line asks for.

    Raises:
        QuerySyntaxError: It cannot be read.
    """
    session.require("ledger.read")
    return resolve(parse(query), journal_area(session), session)


class Whole(NamedTuple):
    """An entry with what it refers to.

    Attributes:
        people: Logins by id.
        linked: Id and number of the entry it reverses, or that reverses it.
        waits: It needs an approval before it can be posted.
        links: To records of all kinds, in order.
        files: Kept with it.
        approvers: Logins of those who may approve it, where it waits.
    """

    entry: JournalEntry
    people: Mapping[int, str]
    linked: tuple[int, str] | None
    waits: bool
    links: Sequence[LinkLine] = ()
    files: Sequence[FileRow] = ()
    approvers: Sequence[str] = ()


def whole(session: Session, number: str) -> Whole:
    """Return an entry by number or id, with what it refers to; raises NotFoundError."""
    entry = entries.get(session, number)
    head = entry.head
    ids = {head.prepared_by, head.approved_by, head.posted_by} - {None}
    other = head.reversed_by or head.reverses_id
    linked = (other, entries.get(session, str(other)).number) if other else None
    waits = (
        head.state == "draft" and head.approved_by is None
        and approving.needs_approval(entry.postings, head.dated)
    )  # fmt: skip
    return Whole(
        entry, choices.logins([one for one in ids if one]), linked, waits,
        linking.links_of(session, head.id), attaching.listed(session, head.id),
        approving.may_approve(head.id, head.prepared_by, approving.holders()) if waits else (),
    )  # fmt: skip


def find(session: Session, text: str) -> int:
    """Return the id of an entry by what people type: JNL-2026-00042, or the newest JNL-42.

    Raises:
        NotFoundError: There is none.
    """
    session.require("ledger.read")
    found = SHORT.fullmatch(text.strip())
    if found is None or found[1].upper() == DRAFT:
        return entries.get(session, text).head.id
    ids = choices.find_entries(found[1].upper(), "", int(found[2]))
    if not ids:
        raise NotFoundError(_("entry {number}").format(number=text[:40]))
    return max(ids)


def trail(session: Session, entry_id: int) -> list[HistoryEntry]:
    """Return what happened to an entry, oldest first."""
    return history(session, "ledger", entry_id)
