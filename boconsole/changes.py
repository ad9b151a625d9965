"""What other people changed since one last looked."""

from typing import NamedTuple

from boconsole import audit
from boconsole.session import Session
from db import audit as trail
from db.changes import Ear

LIMIT = 1_000


class Changed(NamedTuple):
    """Records of one feature that were changed; `ids` is empty when too many to tell."""

    feature: str
    ids: frozenset[int]


def head() -> int:
    """Return how far the audit trail goes now, to follow it from here."""
    return trail.read_head().last_id


class Follower:
    """Follows the audit trail; used by one thread.

    Args:
        session: Who follows.
        since: What `head` answered before anything was read; None: from now on.
    """

    def __init__(self, session: Session, since: int | None = None) -> None:
        self._session = session
        self._ear = Ear()
        self._last = head() if since is None else since

    def stirred(self) -> bool:
        """Return whether it is worth to ask `poll`: cheap, and from any thread."""
        return self._ear.stirred()

    def poll(self) -> list[Changed]:
        """Return what was committed since the last call, our own changes among it.

        Raises:
            DisabledAccountError: The account of the one who follows was disabled.
        """
        if not self._ear.heard():
            return []
        end = head()
        if end == self._last:  # something that has no line, such as a sign of life
            return []
        rows = trail.select_after(self._last, LIMIT)
        if not rows:
            return []
        found: dict[str, set[int]] = {}
        for _, feature, record_id, _ in rows:
            found.setdefault(feature, set()).add(record_id)
        self._last = max(end, rows[-1][0])
        if self._session.user.id in found.get("user", ()):
            audit.require_active(self._session)
        complete = rows[-1][0] >= end
        return [
            Changed(feature, frozenset(ids) if complete else frozenset())
            for feature, ids in found.items()
        ]

    def close(self) -> None:
        """Stop listening."""
        self._ear.close()
