"""Files of documents: each one is a version that never changes, kept by the hash of its content."""

from collections.abc import Sequence
from pathlib import Path

from boconsole import audit, filing
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.filing import AttachmentLostError, File
from boconsole.language import _
from boconsole.registry import extracting, reading, words
from boconsole.registry.errors import DocumentStateError
from boconsole.registry.extracting import Text, Watch, is_plain
from boconsole.registry.reading import Document, VersionRow
from boconsole.session import Session
from boconsole.text import clean_line
from boconsole.tickets.rows import Versioned
from db.registry import versions
from db.registry import words as index

BATCH, LOOKED_AT = 20, 200
"""Files that are read for the search at most at one time, and among how many they are."""


def put(session: Session, document_id: int, number: int, file: File, note: str) -> None:
    """Keep a file as a version, inside the caller's transaction."""
    kept = filing.put(file)
    versions.insert(
        document_id, number, kept, clean_line(note, field="note"), session.user.id or None,
        session.now(),
    )  # fmt: skip


def add(session: Session, seen: Versioned, file: File, note: str = "") -> Document:
    """Add a file as the next version; an approved document is a draft again.

    Raises:
        DocumentStateError: It is in review, or not in use any more.
        InvalidChangeError: It is the file that the last version has.
        StaleRecordError: Somebody else changed it in the meantime.
        AttachmentTooLargeError, AttachmentNotKeptError: The file cannot be kept; nothing is.
    """
    from boconsole.registry import writing

    session.require("document.edit")

    def change(old: reading.DocumentRow) -> dict[str, object]:
        if old.state == words.REVIEW:
            raise DocumentStateError(old.id, old.state, _("take it back from its review first"))
        if old.state in words.CLOSED:
            raise DocumentStateError(old.id, old.state, _("bring it back into use first"))
        put(session, old.id, old.latest + 1, file, note)
        last = versions.find(old.id, old.latest)
        now = versions.find(old.id, old.latest + 1)
        if last and now and last.sha256 == now.sha256:
            raise InvalidChangeError("file", _("is the same as version {number}").format(
                number=last.number))  # fmt: skip
        return {"latest": old.latest + 1, "state": words.DRAFT}

    done = writing.each(session, [seen], "version", change, file.name)
    read_plain(seen.id)
    return reading.get(session, done[0].id)


def listed(session: Session, document_id: int) -> Sequence[VersionRow]:
    """Return the versions of a document that may be read, in order."""
    reading.again(session, document_id)
    return versions.select(document_id)


def content(session: Session, document_id: int, number: int = 0) -> tuple[VersionRow, bytes]:
    """Return a version with its content; 0 is the last one.

    Raises:
        NotFoundError: There is no such version, or it was destroyed.
        AttachmentLostError: Its content is missing or damaged.
    """
    row = reading.again(session, document_id)
    version = versions.find(row.id, number or row.latest)
    if version is None or row.state == words.DESTROYED:
        raise NotFoundError(_("version {version} of {number}").format(
            version=number or row.latest, number=words.number(row.id)))  # fmt: skip
    return version, filing.content(version.name, version.sha256)


def save(session: Session, document_id: int, number: int, path: Path) -> VersionRow:
    """Write a version into a file that is not there yet; raises UnwrittenError."""
    from boconsole import whole_files
    from boconsole.whole_files import UnwrittenError

    version, found = content(session, document_id, number)
    whole_files.require_new(path)
    try:
        whole_files.unfinished(path).write_bytes(found)
        whole_files.put_in_place(path)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return version


def read_plain(document_id: int = 0, limit: int = BATCH) -> int:
    """Read for the search what is read at once: of one document, or the oldest of all.

    Returns how many. Other files wait for `next_waiting`, as they may take seconds.
    """
    waiting = versions.select(document_id) if document_id else versions.select_waiting(LOOKED_AT)
    plain = [row for row in waiting if row.text_state == "waiting" and is_plain(row.name)][:limit]
    for row in plain:
        keep_text(row, _read(row))
    return len(plain)


def next_waiting(after: int = 0, document_id: int = 0) -> tuple[VersionRow, bytes] | None:
    """Return the next version behind an id whose text nobody read yet, with its content.

    One without content is told to be unreadable, and passed over.

    Args:
        after: The id.
        document_id: Of this document only; 0 for all.
    """
    while rows := versions.select_waiting(1, after, document_id):
        row = rows[0]
        try:
            return row, filing.content(row.name, row.sha256)
        except AttachmentLostError as error:
            keep_text(row, Text("", "failed", str(error)))
            after = row.id
    return None


def count_waiting() -> int:
    """Return of how many files nobody read the text yet."""
    return versions.count_waiting()


def read_waiting(watch: Watch | None = None, document_id: int = 0) -> int:
    """Read all texts that nobody read yet, or those of one document; returns how many were.

    A place that may start no program, such as a session from afar, leaves the rest for another.

    Raises:
        StoppedReadingError: `watch` stopped it; what was read stays.
    """
    done, after = 0, 0
    while found := next_waiting(after, document_id):
        row, content_of_it = found
        after = row.id
        try:
            keep_text(row, extracting.text_of(row.name, content_of_it, watch))
        except PermissionError:
            return done
        done += 1
    return done


def _read(row: VersionRow) -> Text:
    try:
        return extracting.text_of(row.name, filing.content(row.name, row.sha256))
    except AttachmentLostError as error:
        return Text("", "failed", str(error))


def keep_text(row: VersionRow, found: Text) -> None:
    """Keep what was read of a version, unless somebody else did, or it was destroyed meanwhile."""
    with audit.writing():
        if versions.set_text(row.id, found.text, found.state, found.why):
            index.refresh(row.document_id, row.document_id)
