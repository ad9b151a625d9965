"""Entries that stand for a document: an invoice, a bill, a payment.

Such an entry is posted in the transaction that issues its document, in a series of its own, and
is taken back only through the document.
"""

from datetime import date

from boconsole import audit
from boconsole.journals.parts import Entry
from boconsole.ledger import approving, entries
from boconsole.ledger.entries import JournalEntry, get
from boconsole.ledger.posting import book
from boconsole.ledger.reversible import require_unused
from boconsole.ledger.words import DOCUMENT
from boconsole.session import Session
from db.ledger import entries as stored
from db.ledger.rows import EntryLoad
from db.loading import reserve_ids

Signed = tuple[int, int | None, int | None]
"""Who prepared a document, who approved it, and when (seconds since 1970)."""


def enter(session: Session, entry: Entry, series: str, signed: Signed) -> JournalEntry:
    """Post the entry of a document, inside the caller's transaction.

    Args:
        session: Who issues the document.
        entry: Balanced.
        series: Numbers of its own, such as `INV`.
        signed: Who prepared and who approved the document.

    Raises:
        ApprovalError: It is above the threshold and nobody approved it.
        BoconsoleError: As `entries.post`.
    """
    session.require("ledger.post")
    entry_id = reserve_ids("journal_entry", 1)[0]
    load, postings = entries.prepared(session, entry_id, entry, balanced=True)
    entries.store(_signed(load._replace(series=series, kind=DOCUMENT), signed), postings)
    return _post(session, entry_id)


def reverse(
    session: Session, old: JournalEntry, day: date, reason: str, signed: Signed
) -> JournalEntry:
    """Post the opposite of a document's entry, inside the caller's transaction.

    Raises:
        ReversalError: Something else is built on it.
        BoconsoleError: As `enter`.
    """
    session.require("ledger.reverse")
    require_unused(old)
    new = entries.opposite(session, old, day, "reversal", reason)
    approved_by, approved_at = signed[1:]
    if approved_by is not None:
        stored.set_approval(new.head.id, new.head.version, approved_by, approved_at)
    return _post(session, new.head.id)


def _signed(load: EntryLoad, signed: Signed) -> EntryLoad:
    prepared_by, approved_by, approved_at = signed
    return load._replace(prepared_by=prepared_by, approved_by=approved_by, approved_at=approved_at)


def _post(session: Session, entry_id: int) -> JournalEntry:
    draft = get(session, str(entry_id))
    entries.require_whole(draft)
    approving.require_approval(draft.head, draft.postings)
    number = book(session, draft.head, draft.postings)
    told = {"number": (None, number), "state": ("draft", "posted")}
    line = audit.Line(entry_id, told, draft.head.version + 1)
    audit.record(session, "entry.post", "ledger", [line])
    return get(session, str(entry_id))
