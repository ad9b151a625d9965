"""The one way in which documents are written, with index, dates and line of the audit trail.

Of confidential and secret documents the trail says which fields changed, not what they say.
"""

from collections.abc import Callable, Mapping, Sequence

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.filing import File
from boconsole.language import _
from boconsole.registry import adding, fields, privacy, reading, retaining, words
from boconsole.registry.errors import DocumentStateError, KeeperError
from boconsole.registry.fields import Given
from boconsole.registry.reading import Document, DocumentRow
from boconsole.session import Session
from boconsole.tickets.rows import Versioned
from db.registry import documents
from db.registry import words as index
from db.tickets import relations

Change = Callable[[DocumentRow], Mapping[str, object]]
HIDDEN = "…"
"""What the trail says in place of a value that not everybody may read."""


def create(
    session: Session, given: Given, file: File | None = None, external_key: str | None = None, *,
    read: bool = True,
) -> Document:  # fmt: skip
    """Add a document, a draft, with its first file if there is one.

    Args:
        session: Who adds it.
        given: Field to value, as typed.
        file: Its first version.
        external_key: The number that it has in another register.
        read: Read plain text at once; else the next chore does. Other files are read later.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
        AttachmentTooLargeError, AttachmentNotKeptError: The file cannot be kept; nothing is.
    """
    session.require("document.edit")
    with audit.writing():
        wanted: dict[str, object] = {
            "title": file.name if file else "", "level": words.INTERNAL, "note": "",
            "owner": session.user.login if session.user.id else "", **given,
        }  # fmt: skip
        columns = fields.columns_of(wanted, None)
        now = session.now()
        document_id = documents.insert(
            {**columns, "state": words.DRAFT, "created_by_id": session.user.id or None,
             "created_at": now, "updated_at": now, "external_key": external_key}
        )  # fmt: skip
        _hang(document_id, wanted)
        if file is not None:
            adding.put(session, document_id, 1, file, "")
            documents.update(document_id, 1, {"latest": 1})
        row = settle(session, document_id)
        told = {name: (None, value) for name, value in fields.told_of(row).items() if value}
        if file is not None:
            told["file"] = (None, file.name)
        record(session, "new", row, told)
    if file is not None and read:
        adding.read_plain(document_id)
    return reading.get(session, document_id)


def edit(session: Session, seen: Versioned, given: Given) -> Document:
    """Change facts of a document; version 0 takes whatever is there.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
        InvalidChangeError, NotFoundError: A value cannot be taken.
        DocumentStateError: It was destroyed, or its reviewers look at it.
        KeeperError: Somebody else says who reads it.
    """
    session.require("document.edit")
    with audit.writing():
        old = reading.again(session, seen.id)
        columns = fields.columns_of(given, old)
        before = fields.told_of(old)
        require_present(old)
        if seen.version and old.version != seen.version:
            theirs = {name: before[name] for name in given}
            raise StaleRecordError(words.number(old.id), old.id, old.version, theirs, dict(given))
        changed = {name: value for name, value in columns.items() if value != getattr(old, name)}
        hanging = {name: given[name] for name in ("tags", "readers") if name in given}
        if not changed and not hanging:
            return Document(old)
        if old.state == words.REVIEW and changed.keys() - {"owner_id"}:
            raise DocumentStateError(old.id, old.state, _("take it back from its review first"))
        if changed.keys() & {"level", "owner_id"} or (
            "readers" in given and given["readers"] != before["readers"]
        ):
            _require_keeper(session, old)
        return write(session, "edit", old, changed, hanging)


def _require_keeper(session: Session, row: DocumentRow) -> None:
    """Refuse who would say of a guarded document who reads it without being its owner."""
    by_right = row.level == words.CONFIDENTIAL and session.may(privacy.CONFIDENTIAL_RIGHT)
    if row.level in words.GUARDED and row.owner_id not in (None, session.user.id) and not by_right:
        raise KeeperError(row.id, row.level, row.owner)


def write(
    session: Session, verb: str, old: DocumentRow, columns: Mapping[str, object],
    hanging: Given | None = None, *, told: Mapping[str, tuple[object, object]] | None = None,
    undoes: int = 0,
) -> Document:  # fmt: skip
    """Write columns of a document, inside the caller's `audit.writing()`.

    Args:
        session: Who writes.
        verb: Of the line of the trail.
        old: The document as it was read.
        columns: What changes.
        hanging: Tags and readers that change.
        told: What the trail says beside the fields that changed.
        undoes: The operation that this one takes back.

    Raises:
        StaleRecordError: Somebody else changed it in the meantime.
    """
    before = fields.told_of(old)
    if not documents.update(old.id, old.version, {**columns, "updated_at": session.now()}):
        raise StaleRecordError(words.number(old.id), old.id)
    _hang(old.id, hanging or {})
    row = settle(session, old.id)
    after = fields.told_of(row)
    changes: dict[str, tuple[object, object]] = {
        name: (before[name], after[name]) for name in before if before[name] != after[name]
    }
    if row.state != old.state:
        changes["state"] = (old.state, row.state)
    record(session, verb, row, {**changes, **(told or {})}, undoes, guarded=old.level)
    return Document(row)


def settle(session: Session, document_id: int) -> DocumentRow:
    """Index a document, and keep until when it is kept; returns what it is now."""
    retaining.keep_due(document_id)
    index.refresh(document_id, document_id)
    row = documents.find(document_id, reading.today(session))
    assert row is not None
    return row


def _hang(document_id: int, given: Given) -> None:
    if "tags" in given:
        documents.put_tags(document_id, relations.tag_ids(fields.tags_of(given["tags"])).values())
    if "readers" in given:
        documents.put_readers(document_id, fields.people_of(given["readers"]))


def require_present(row: DocumentRow) -> None:
    """Raise DocumentStateError where a document was destroyed."""
    if row.state == words.DESTROYED:
        raise DocumentStateError(row.id, row.state, _("only its entry is left"))


def record(
    session: Session, verb: str, row: DocumentRow, told: Mapping[str, tuple[object, object]],
    undoes: int = 0, *, guarded: str = "",
) -> int:  # fmt: skip
    """Write a line of the trail about a document."""
    if row.level in words.GUARDED or guarded in words.GUARDED:
        told = {name: pair if name in ("state", "level") else hidden(pair)
                for name, pair in told.items()}  # fmt: skip
    line = audit.Line(row.id, told, row.version)
    return audit.record(session, f"document.{verb}", words.DOCUMENT, [line], undoes=undoes)


def hidden(pair: tuple[object, object]) -> tuple[object, object]:
    """Return a change of which only is told that there was one."""
    return pair[0] and HIDDEN, pair[1] and HIDDEN


def each(
    session: Session, seen: Sequence[Versioned], verb: str, change: Change, reason: str = ""
) -> list[Document]:
    """Change documents in one transaction: all of them, or none."""
    done = []
    with audit.writing():
        for ref in seen:
            old = reading.again(session, ref.id)
            if ref.version and old.version != ref.version:
                raise StaleRecordError(words.number(old.id), old.id, old.version)
            require_present(old)
            told: dict[str, tuple[object, object]] = {"reason": (None, reason)} if reason else {}
            done.append(write(session, verb, old, change(old), told=told))
    return done
