"""Files at documents, such as a bill as it came: added at any time."""

from collections.abc import Sequence

from boconsole import audit, filing
from boconsole.filing import File
from boconsole.invoices.reading import Document
from boconsole.ledger import periods
from boconsole.ledger.attaching import KeptFileError
from boconsole.ledger.errors import PeriodClosedError
from boconsole.session import Session
from db import files
from db.files import FileRow, Shelf

SHELF = Shelf("invoice_attachment", "invoice_id")


def listed(session: Session, invoice_id: int) -> list[FileRow]:
    """Return the files of a document."""
    session.require("invoice.read")
    return files.select(SHELF, invoice_id)


def attach(session: Session, document: Document, given: Sequence[File]) -> None:
    """Keep files at a document, whatever its state and its day.

    Raises:
        AttachmentTooLargeError: One is larger than the limit; none is kept.
        AttachmentNotKeptError: The disk does not take it.
    """
    session.require("invoice.prepare")
    with audit.writing():
        told = filing.attach(session, SHELF, document.head.id, given)
        line = audit.Line(document.head.id, told, document.head.version)
        audit.record(session, "invoice.attach", "invoice", [line])


def content(session: Session, invoice_id: int, name: str) -> tuple[str, bytes]:
    """Return name and content of a file, by its name or id.

    Raises:
        NotFoundError: The document has no such file.
        AttachmentLostError: Its content is missing or damaged.
    """
    session.require("invoice.read")
    row = filing.find(SHELF, invoice_id, name)
    return row.name, filing.content(row.name, row.sha256)


def remove(session: Session, document: Document, name: str) -> FileRow:
    """Take a file from a document; the audit trail keeps its name and hash.

    Raises:
        NotFoundError: The document has no such file.
        KeptFileError: The document is issued, and its days are closed or locked.
    """
    session.require("invoice.prepare")
    with audit.writing():
        row = filing.find(SHELF, document.head.id, name)
        if document.head.state == "issued":
            try:
                periods.require_open(session, document.head.dated)
            except PeriodClosedError as refusal:
                raise KeptFileError(row.name, document.number, str(refusal)) from refusal
        line = audit.Line(document.head.id, filing.remove(SHELF, row), document.head.version)
        audit.record(session, "invoice.detach", "invoice", [line])
        return row
