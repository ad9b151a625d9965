"""Documents whose time is over are destroyed: proposed by one person, confirmed by another.

What is held or still to be kept is refused, also at the moment of the confirmation. Content that
another record has stays. The entry remains as a tombstone, and a protocol says what went, when,
why, under which rule, with the hash of each file.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit, filing
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.registry import classes, reading, retaining, words, writing
from boconsole.registry.errors import HeldError, NotDueError, SamePersonError
from boconsole.registry.reading import DocumentRow
from boconsole.session import Session
from boconsole.text import clean_line, required_line
from boconsole.tickets.rows import Versioned
from db.registry import documents, retention, versions
from db.registry.rows import DestructionLineRow as DestructionLineRow
from db.registry.rows import DestructionRow as DestructionRow  # screens know it from here

PROPOSED, DONE, REFUSED = "proposed", "done", "refused"
RIGHT = "document.destroy"
SWEPT = 200


class Destruction(NamedTuple):
    """A destruction with its documents."""

    row: DestructionRow
    lines: tuple[DestructionLineRow, ...]

    @property
    def number(self) -> str:
        """`DST-0001`."""
        return words.destruction_number(self.row.id)


def propose(session: Session, seen: Sequence[Versioned], reason: str) -> Destruction:
    """Propose to destroy documents; somebody else confirms it.

    Raises:
        HeldError, NotDueError: One may not be destroyed.
        InvalidChangeError: None is named, one is proposed already, or no reason is given.
        NotFoundError: One is not there.
    """
    session.require(RIGHT)
    reason = required_line(reason, field="reason")
    if not seen:
        raise InvalidChangeError("documents", _("is needed: which ones?"))
    with audit.writing():
        today, rules = reading.today(session), classes.rules()
        destruction_id = retention.insert_destruction({
            "state": PROPOSED, "reason": reason, "proposed_by_id": session.user.id or None,
            "proposed_at": session.now(),
        })  # fmt: skip
        for ref in seen:
            row = reading.again(session, ref.id)
            _require_destroyable(row, today)
            if retention.select_proposed([row.id]):
                raise InvalidChangeError("documents", _("{number} is proposed already").format(
                    number=words.number(row.id)))  # fmt: skip
            retention.insert_line({
                "destruction_id": destruction_id, "document_id": row.id, "title": row.title,
                "class_code": row.class_code, "due_on": row.due_on, "files": "",
                "rule": rules.get(row.class_id or 0, classes.NO_RULE).told(),
            })  # fmt: skip
        _record(session, "propose", destruction_id, {"state": (None, PROPOSED)})
        return again(destruction_id)


def confirm(session: Session, destruction_id: int, version: int = 0) -> Destruction:
    """Destroy what somebody else proposed: all of it, or nothing.

    Raises:
        SamePersonError: Who acts proposed it.
        HeldError, NotDueError: A document was put under a hold, or is kept longer, since.
        StaleRecordError, InvalidChangeError: It was decided about already, or a document has a
            version that came later.
    """
    session.require(RIGHT)
    with audit.writing():
        found = _undecided(session, destruction_id, version)
        today = reading.today(session)
        for line in found.lines:
            row = documents.find(line.document_id, today)
            if row is None or not reading.may_read(session, row):
                raise NotFoundError(
                    _("document {number}").format(number=words.number(line.document_id))
                )
            _require_destroyable(row, today)
            _require_same(row, found.row)
            _destroy(session, found, line, row)
        _decide(session, found.row, DONE, "")
    sweep(session)
    return again(destruction_id)


def refuse(session: Session, destruction_id: int, comment: str, version: int = 0) -> Destruction:
    """Keep what somebody proposed to destroy, with a word of why; raises as `confirm`.

    Whoever proposed it may take it back so.
    """
    session.require(RIGHT)
    comment = required_line(comment, field="comment")
    with audit.writing():
        found = again(destruction_id)
        _require_open(found.row, version)
        _decide(session, found.row, REFUSED, comment)
        return again(destruction_id)


def sweep(session: Session) -> int:
    """Remove the content of destroyed documents that no other record has; returns how much.

    What cannot be removed now, as in a session from afar, is removed by the next one.
    """
    done = 0
    for version in versions.select_unremoved(SWEPT):
        with audit.writing():
            try:
                if not versions.is_used(version.sha256):
                    _remove(version.sha256)
            except OSError:
                continue
            versions.set_removed(version.sha256, session.now())
            done += 1
    return done


def _remove(sha256: str) -> None:
    where = filing.folder()
    if where is None:
        versions.delete_blob(sha256)
    else:
        (where / sha256[:2] / sha256).unlink(missing_ok=True)


def list_all(session: Session) -> list[DestructionRow]:
    """Return the destructions, the last first."""
    session.require("document.read")
    return retention.select_all()


def get(session: Session, name: str | int) -> Destruction:
    """Return a destruction with its documents; raises NotFoundError.

    Titles and names of files of documents that may not be read are left out.
    """
    session.require("document.read")
    found = again(name if isinstance(name, int) else words.parse_destruction(name))
    known = {row.id for row in reading.readable(session, [each.document_id
                                                          for each in found.lines])}  # fmt: skip
    return found._replace(lines=tuple(
        line if line.document_id in known else _masked(line) for line in found.lines
    ))  # fmt: skip


def _masked(line: DestructionLineRow) -> DestructionLineRow:
    files = [f"… {file.rsplit(' ', 2)[1]} {file.rsplit(' ', 2)[2]}"
             for file in line.files.splitlines()]  # fmt: skip
    return line._replace(title="…", files="\n".join(files))


def again(destruction_id: int) -> Destruction:
    """Return a destruction that is there; raises NotFoundError."""
    row = retention.find(destruction_id)
    if row is None:
        raise NotFoundError(
            _("destruction {number}").format(number=words.destruction_number(destruction_id))
        )
    return Destruction(row, tuple(retention.select_lines(row.id)))


def _require_destroyable(row: DocumentRow, today: date) -> None:
    writing.require_present(row)
    if holds := retaining.open_holds(row.id, today):
        raise HeldError(row.id, holds[0].matter)
    if row.due_on is None or row.due_on > today:
        raise NotDueError(row.id, row.due_on)


def _require_same(row: DocumentRow, proposed: DestructionRow) -> None:
    """Refuse where a version came after the proposal: nobody looked at it."""
    if any(each.added_at > proposed.proposed_at for each in versions.select(row.id)):
        raise InvalidChangeError("documents", _(
            "{number} has a version that came later; refuse this, and propose it again"
        ).format(number=words.number(row.id)))  # fmt: skip


def _undecided(session: Session, destruction_id: int, version: int) -> Destruction:
    found = again(destruction_id)
    _require_open(found.row, version)
    if found.row.proposed_by_id == (session.user.id or None):
        raise SamePersonError(session.user.login)
    return found


def _require_open(row: DestructionRow, version: int) -> None:
    if version and row.version != version:
        raise StaleRecordError(words.destruction_number(row.id), row.id, row.version)
    if row.state != PROPOSED:
        raise InvalidChangeError("state", _("was decided about already"))


def _destroy(
    session: Session, found: Destruction, line: DestructionLineRow, row: DocumentRow
) -> None:
    files = versions.select(row.id)
    told = "\n".join(f"{each.name} {each.size} {each.sha256}" for each in files)
    columns = {"state": words.DESTROYED, "note": "", "closed_on": row.closed_on
               or reading.today(session)}  # fmt: skip
    versions.forget_texts(row.id)
    writing.write(session, "destroy", row, columns,
                  told={"destruction": (None, found.number)})  # fmt: skip
    retention.set_shared(line.id, told, sum(versions.is_used(each.sha256) for each in files))


def _decide(session: Session, row: DestructionRow, state: str, comment: str) -> None:
    columns = {
        "state": state, "decided_by_id": session.user.id or None, "decided_at": session.now(),
        "comment": clean_line(comment, field="comment"),
    }  # fmt: skip
    if not retention.update(row.id, row.version, columns):
        raise StaleRecordError(words.destruction_number(row.id), row.id)
    _record(
        session, "confirm" if state == DONE else "refuse", row.id, {"state": (row.state, state)}
    )


def _record(
    session: Session, verb: str, destruction_id: int, told: dict[str, tuple[object, object]]
) -> None:
    row = again(destruction_id).row
    line = audit.Line(row.id, told, row.version)
    audit.record(session, f"destruction.{verb}", words.DESTRUCTION, [line])
