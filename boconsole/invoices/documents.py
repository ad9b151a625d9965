"""What people see of one document: the whole of it, with what cancels it and where it is booked."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.audit import HistoryEntry, history
from boconsole.errors import NotFoundError
from boconsole.filing import FileRow
from boconsole.invoices import attaching
from boconsole.invoices.area import DRAFT_NUMBER
from boconsole.invoices.reading import Document, again, get
from boconsole.invoices.words import SIDES, Side
from boconsole.language import _
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db.invoices import documents as stored
from db.invoices import settled
from db.invoices.finding import find_by_entries
from db.invoices.rows import InvoiceRow, InvoiceTaxRow
from db.ledger import choices

__all__ = ["InvoiceRow", "InvoiceTaxRow"]

SHORT = re.compile(r"([A-Za-z]{2,6})-([0-9]{1,9})")
ALIASES = {"BILL": "BIL"}
"""What people type before a number, and the series that it means."""


class Settled(NamedTuple):
    """A part of a document that something cancels.

    Attributes:
        number: Of the payment or credit note.
        entry_id: Its entry.
        amount: In smallest units of the document's currency, without sign.
        undone_on: Since when it counts no more.
    """

    number: str
    entry_id: int
    dated: date
    amount: int
    undone_on: date | None


class Whole(NamedTuple):
    """A document with what it refers to.

    Attributes:
        people: Logins by id.
        settled: What cancels it, in order.
        origin: Id and number of what it credits.
        notes: Ids and numbers of its credit notes.
        files: Kept with it.
    """

    document: Document
    people: Mapping[int, str]
    settled: tuple[Settled, ...]
    origin: tuple[int, str] | None
    notes: tuple[tuple[int, str], ...]
    files: Sequence[FileRow] = ()


def whole(session: Session, invoice_id: int) -> Whole:
    """Return a document with what it refers to; raises NotFoundError."""
    document = get(session, str(invoice_id))
    head = document.head
    people = [one for one in (head.prepared_by, head.approved_by) if one]
    origin = again(head.origin_id) if head.origin_id else None
    notes = tuple((note, again(note).number) for note in stored.select_notes(head.id))
    return Whole(
        document, choices.logins(people), tuple(_settled(head.id)),
        (origin.head.id, origin.number) if origin else None, notes,
        attaching.listed(session, head.id),
    )  # fmt: skip


def _settled(invoice_id: int) -> list[Settled]:
    found = []
    for pair in settled.select_of_invoice(invoice_id):
        other = pair.credit if pair.debit.invoice_id == invoice_id else pair.debit
        number = entry_number(0, other.series, other.year, other.number)
        found.append(Settled(number, other.entry_id, pair.dated, pair.amount, pair.undone_on))
    return found


def find(session: Session, side: Side, text: str) -> int:
    """Return the id of a document by what people type: INV-2026-00042, the newest INV-42, INV-#7.

    Raises:
        NotFoundError: There is none on this side.
    """
    word = text.strip()
    prefix, dash, rest = word.partition("-")
    word = f"{ALIASES.get(prefix.upper(), prefix)}{dash}{rest}"
    kinds = SIDES[side]
    if draft := DRAFT_NUMBER.fullmatch(word):
        return get(session, draft[1], kinds).head.id
    found = SHORT.fullmatch(word)
    if found is None:
        return get(session, word, kinds).head.id
    session.require("invoice.read")
    entries = choices.find_entries(found[1].upper(), "", int(found[2]))
    ids = find_by_entries(side, entries)
    if not ids:
        raise NotFoundError(_("document {number}").format(number=text.strip()[:40]))
    return max(ids)


def trail(session: Session, invoice_id: int) -> list[HistoryEntry]:
    """Return what happened to a document, oldest first."""
    return history(session, "invoice", invoice_id)
