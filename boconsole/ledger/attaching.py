"""Files at entries, such as scans of receipts: added at any time, outside the seal."""

from collections.abc import Sequence

from boconsole import audit, filing
from boconsole.errors import BoconsoleError
from boconsole.filing import File
from boconsole.language import _
from boconsole.ledger import periods
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.errors import PeriodClosedError
from boconsole.session import Session
from db import files
from db.files import FileRow, Shelf

SHELF = Shelf("entry_attachment", "entry_id")


class KeptFileError(BoconsoleError):
    """A file of a posted entry stays, for its days are closed."""

    def __init__(self, name: str, number: str, reason: str) -> None:
        super().__init__(
            _("{name} stays at {number}. {reason}").format(name=name, number=number, reason=reason)
        )


def listed(session: Session, entry_id: int) -> list[FileRow]:
    """Return the files of an entry."""
    session.require("ledger.read")
    return files.select(SHELF, entry_id)


def attach(session: Session, entry: JournalEntry, given: Sequence[File]) -> None:
    """Keep files at an entry, whatever its state and its day.

    Raises:
        AttachmentTooLargeError: One is larger than the limit; none is kept.
        AttachmentNotKeptError: The disk does not take it.
    """
    session.require("ledger.prepare")
    with audit.writing():
        told = filing.attach(session, SHELF, entry.head.id, given)
        line = audit.Line(entry.head.id, told, entry.head.version)
        audit.record(session, "entry.attach", "ledger", [line])


def content(session: Session, entry_id: int, name: str) -> tuple[str, bytes]:
    """Return name and content of a file, by its name or id.

    Raises:
        NotFoundError: The entry has no such file.
        AttachmentLostError: Its content is missing or damaged.
    """
    session.require("ledger.read")
    row = filing.find(SHELF, entry_id, name)
    return row.name, filing.content(row.name, row.sha256)


def remove(session: Session, entry: JournalEntry, name: str) -> FileRow:
    """Take a file from an entry; the audit trail keeps its name and hash.

    Raises:
        NotFoundError: The entry has no such file.
        KeptFileError: The entry is posted, and its days are closed or locked.
    """
    session.require("ledger.prepare")
    with audit.writing():
        row = filing.find(SHELF, entry.head.id, name)
        if entry.head.state == "posted":
            try:
                periods.require_open(session, entry.head.dated)
            except PeriodClosedError as refusal:
                raise KeptFileError(row.name, entry.number, str(refusal)) from refusal
        line = audit.Line(entry.head.id, filing.remove(SHELF, row), entry.head.version)
        audit.record(session, "entry.detach", "ledger", [line])
        return row
