"""What is done to several entries at once, in one transaction: all of them, or none."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from boconsole.errors import StaleRecordError
from boconsole.ledger import approving, entries
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db import connection


class Ref(NamedTuple):
    """An entry as somebody saw it."""

    id: int
    version: int
    number: str


def seen(session: Session, ref: Ref) -> JournalEntry:
    """Return an entry that nobody changed since it was seen.

    Raises:
        StaleRecordError: Somebody did.
    """
    entry = entries.get(session, str(ref.id))
    if entry.head.version != ref.version:
        raise StaleRecordError(ref.number, ref.id, entry.head.version)
    return entry


def post(session: Session, refs: Sequence[Ref]) -> list[JournalEntry]:
    """Post drafts; see `entries.post`."""
    return _each(session, refs, lambda entry: entries.post(session, entry))


def approve(session: Session, refs: Sequence[Ref]) -> list[JournalEntry]:
    """Approve drafts of others; see `approving.approve`. Returns them as they were."""

    def one(entry: JournalEntry) -> JournalEntry:
        approving.approve(session, entry)
        return entry

    return _each(session, refs, one)


def delete(session: Session, refs: Sequence[Ref]) -> list[JournalEntry]:
    """Throw drafts away; see `entries.delete`. Returns what they were."""

    def one(entry: JournalEntry) -> JournalEntry:
        entries.delete(session, entry)
        return entry

    return _each(session, refs, one)


def _each(
    session: Session, refs: Sequence[Ref], work: Callable[[JournalEntry], JournalEntry]
) -> list[JournalEntry]:
    with connection.transaction():
        return [work(seen(session, ref)) for ref in sorted(refs)]
