"""Who did what to which record: written with every operation, sealed, and never changed.

Each line carries the SHA-256 of the line before and of itself, so that a line changed or
removed afterwards breaks the chain where it stood.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import local
from typing import NamedTuple

from boconsole.errors import DisabledAccountError
from boconsole.language import _
from boconsole.session import Session
from db import audit as stored
from db import connection, users
from db.rows import AuditRow

START = "0" * 64
LEAVING = "user.sign_out"
TOLD_EVERY = 5_000
"""Lines between two words about how far a check is."""
_quote = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_here = local()
"""Whether this thread is writing."""


class Line(NamedTuple):
    """What happened to one record; changes is field to (before, after)."""

    record_id: int
    changes: Mapping[str, tuple[object, object]]
    version: int = 0


class Verdict(NamedTuple):
    """What the check of the chain found; `broken` is the first bad line, 0 when all is well."""

    lines: int
    broken: int
    reason: str


class Change(NamedTuple):
    """One field before and after, as words."""

    field: str
    before: object
    after: object


class HistoryEntry(NamedTuple):
    """One line of the trail for people."""

    id: int
    operation: int
    at: datetime
    actor: str
    origin: str
    action: str
    feature: str
    record_id: int
    changes: tuple[Change, ...]


def require_active(session: Session) -> None:
    """Raise DisabledAccountError where the account of the one who acts was disabled."""
    if users.is_disabled(session.user.id):
        raise DisabledAccountError(session.user.login)


@contextmanager
def writing() -> Iterator[None]:
    """Do all of the block or nothing, with every other writer waiting from its start.

    For rules that look at what is stored before they write: nobody changes it in between. Inside
    another one it belongs to that.
    """
    if getattr(_here, "is_writing", False):
        yield
        return
    with connection.transaction():
        stored.take_head()
        _here.is_writing = True
        try:
            yield
        finally:
            _here.is_writing = False


def record(
    session: Session,
    action: str,
    feature: str,
    lines: Sequence[Line],
    *,
    undoes: int = 0,
    operation: int = 0,
) -> int:
    """Write the lines of one operation inside the caller's transaction.

    Args:
        session: Who acts, when and from where.
        action: `noun.verb`.
        feature: The kind of record.
        lines: What happened to each record.
        undoes: The operation that this one takes back.
        operation: An operation of the same transaction that these lines belong to.

    Returns:
        The operation's number, by which it can be undone.

    Raises:
        DisabledAccountError: The one who acts was disabled meanwhile; leaving is written even so.
    """
    if action != LEAVING:
        require_active(session)
    head = stored.take_head()
    at = int(session.now().timestamp())
    operation = operation or head.last_id + 1
    previous = head.last_hash
    sealed = []
    for number, line in enumerate(lines, head.last_id + 1):
        changes = _encode(line.changes)
        entry = stored.SealedLine(
            number, operation, at, session.user.id, session.user.login, session.origin,
            action, feature, line.record_id, line.version, changes, undoes, "",
        )  # fmt: skip
        previous = seal(previous, entry)
        sealed.append(entry._replace(hash=previous))
    stored.append(sealed)
    return operation


def seal(previous: str, line: stored.SealedLine) -> str:
    """Return the hash of a line that follows the one with the hash `previous`.

    What is hashed is the JSON array of both, without blanks; it is put together here because
    imports seal a million lines.
    """
    text = (
        f'["{previous}",{line.id},{line.operation},{line.at},{line.actor_id},'
        f"{_quote(line.actor)},{_quote(line.origin)},{_quote(line.action)},"
        f"{_quote(line.feature)},{line.record_id},{line.version},{_quote(line.changes)},"
        f"{line.undoes}]"
    )
    return hashlib.sha256(text.encode()).hexdigest()


def verify(tell: Callable[[int, int], object] | None = None) -> Verdict:
    """Read the whole trail and name the first line that was changed, added or removed.

    Others may write meanwhile: what they add is read too, until the end is reached.

    Args:
        tell: Called every few thousand lines with how many were read, and how many there are.
    """
    previous, last, begun = START, 0, -1
    while True:
        for line in stored.read_sealed(last):
            if tell is not None and not last % TOLD_EVERY:
                tell(last, stored.read_head().last_id)
            if fault := _fault(line, previous, last):
                return Verdict(last, last + 1, fault)
            previous, last = line.hash, line.id
        head = stored.read_head()
        if head.last_id <= last:
            break
        if last == begun:
            reason = _("lines from {expected} on are missing").format(expected=last + 1)
            return Verdict(last, last + 1, reason)
        begun = last
    if head.last_hash != previous:
        return Verdict(last, head.last_id, _("the end of the trail was changed"))
    return Verdict(last, 0, "")


def _fault(line: stored.SealedLine, previous: str, last: int) -> str:
    """Return what is wrong with a line that should follow the line `last`, or nothing."""
    if line.id != last + 1:
        return _("line {expected} is missing").format(expected=last + 1)
    if seal(previous, line) != line.hash:
        return _("line {line} was changed").format(line=line.id)
    return ""


def history(session: Session, feature: str, record_id: int, limit: int = 500) -> list[HistoryEntry]:
    """Return what happened to one record, oldest first."""
    session.require(f"{feature}.read")
    return [entry_of(row) for row in stored.select_history(feature, record_id, limit)]


def recent(session: Session, before: int = 0, limit: int = 200) -> list[HistoryEntry]:
    """Return the lines of the whole trail before one, newest first; 0 begins at the end."""
    session.require("audit.read")
    return [entry_of(row) for row in stored.select_before(before, limit)]


def length() -> int:
    """Return how many lines the trail has."""
    return stored.read_head().last_id


def entry_of(row: AuditRow) -> HistoryEntry:
    """Return a stored line for people."""
    changes = tuple(
        Change(field, before, after) for field, (before, after) in json.loads(row.changes).items()
    )
    return HistoryEntry(
        row.id, row.operation, row.at, row.actor, row.origin, row.action, row.feature,
        row.record_id, changes,
    )  # fmt: skip
