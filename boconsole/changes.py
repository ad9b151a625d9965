"""What other people changed since one last looked."""

from typing import NamedTuple

from boconsole.session import Session
from db import audit as trail
from db.changes import Ear

LIMIT = 1_000


class Changed(NamedTuple):
    """Records of one feature that were changed; `ids` is empty when too many to tell."""

    feature: str
    ids: frozenset[int]


class Follower:
    """Follows the audit trail from the moment it is made; used by one thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ear = Ear()
        self._last = trail.read_head().last_id

    def poll(self) -> list[Changed]:
        """Return what was committed since the last call, our own changes among it."""
        if not self._ear.heard():
            return []
        rows = trail.select_after(self._last, LIMIT)
        if not rows:
            return []
        head = trail.read_head().last_id
        found: dict[str, set[int]] = {}
        for _, feature, record_id, _ in rows:
            found.setdefault(feature, set()).add(record_id)
        self._last = max(head, rows[-1][0])
        complete = rows[-1][0] >= head
        return [
            Changed(feature, frozenset(ids) if complete else frozenset())
            for feature, ids in found.items()
        ]

    def close(self) -> None:
        """Stop listening."""
        self._ear.close()
