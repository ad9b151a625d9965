"""Files at records of the books, such as scans of receipts: added at any time, outside the seal.

One rule for all kinds of records; here it is that of entries.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from boconsole import audit, filing
from boconsole.errors import BoconsoleError
from boconsole.filing import File
from boconsole.language import _
from boconsole.ledger import periods
from boconsole.ledger.errors import PeriodClosedError
from boconsole.session import Session
from db import files
from db.files import FileRow, Shelf


class KeptFileError(BoconsoleError):
    """A file of a posted or issued record stays, for its days are closed."""

    def __init__(self, name: str, number: str, reason: str) -> None:
        super().__init__(
            _("{name} stays at {number}. {reason}").format(name=name, number=number, reason=reason)
        )


class Head(Protocol):
    """What a rule on files asks of the head of a record."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def version(self) -> int: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def dated(self) -> date: ...  # noqa: D102


class Holder(Protocol):
    """A record that keeps files."""

    @property
    def head(self) -> Head: ...  # noqa: D102
    @property
    def number(self) -> str: ...  # noqa: D102


class Attachments(NamedTuple):
    """The files of one kind of record.

    Attributes:
        shelf: Where they are noted.
        subject: Of permissions and of the audit trail.
        operations: Names them in the audit trail: `entry` for `entry.attach`.
        final: The state in which the day of a record holds its files.
    """

    shelf: Shelf
    subject: str
    operations: str
    final: str

    def listed(self, session: Session, record_id: int) -> list[FileRow]:
        """Return the files of a record."""
        session.require(f"{self.subject}.read")
        return files.select(self.shelf, record_id)

    def attach(self, session: Session, record: Holder, given: Sequence[File]) -> None:
        """Keep files at a record, whatever its state and its day.

        Raises:
            AttachmentTooLargeError: One is larger than the limit; none is kept.
            AttachmentNotKeptError: The disk does not take it.
        """
        session.require(f"{self.subject}.prepare")
        with audit.writing():
            told = filing.attach(session, self.shelf, record.head.id, given)
            self._record(session, "attach", record, told)

    def content(self, session: Session, record_id: int, name: str) -> tuple[str, bytes]:
        """Return name and content of a file, by its name or id.

        Raises:
            NotFoundError: The record has no such file.
            AttachmentLostError: Its content is missing or damaged.
        """
        session.require(f"{self.subject}.read")
        row = filing.find(self.shelf, record_id, name)
        return row.name, filing.content(row.name, row.sha256)

    def remove(self, session: Session, record: Holder, name: str) -> FileRow:
        """Take a file from a record; the audit trail keeps its name and hash.

        Raises:
            NotFoundError: The record has no such file.
            KeptFileError: The record is final, and its days are closed or locked.
        """
        session.require(f"{self.subject}.prepare")
        with audit.writing():
            row = filing.find(self.shelf, record.head.id, name)
            if record.head.state == self.final:
                try:
                    periods.require_open(session, record.head.dated)
                except PeriodClosedError as refusal:
                    raise KeptFileError(row.name, record.number, str(refusal)) from refusal
            self._record(session, "detach", record, filing.remove(self.shelf, row))
            return row

    def _record(self, session: Session, verb: str, record: Holder, told: filing.Told) -> None:
        line = audit.Line(record.head.id, told, record.head.version)
        audit.record(session, f"{self.operations}.{verb}", self.subject, [line])


ENTRIES = Attachments(Shelf("entry_attachment", "entry_id"), "ledger", "entry", "posted")
listed, attach, content, remove = ENTRIES.listed, ENTRIES.attach, ENTRIES.content, ENTRIES.remove
