"""Writes the audit trail of the demo: operations in the order of time, sealed as real ones are.

Tickets come oldest first, so whatever lies before the creation of the next one can be written;
what is kept in memory does not grow with the number of tickets.
"""

import hashlib
from bisect import bisect_left
from json.encoder import encode_basestring as quoted
from operator import itemgetter

from boconsole.demo.entries import Entry
from db import audit as trail
from db.tickets import bulk

_at = itemgetter(0)


class Ledger:
    """Takes the operations of tickets and writes them when their turn has come."""

    def __init__(self, first: list[Entry]) -> None:
        head = trail.read_head()
        self.lines = 0
        self._last, self._hash = head.last_id, head.last_hash
        self._waiting = first

    def take(self, first_at: int, entries: list[Entry]) -> None:
        """Take operations of which none is before `first_at`, and write all that are."""
        self._write(bisect_left(self._waiting, first_at, key=_at))
        self._waiting += entries
        self._waiting.sort(key=_at)

    def close(self) -> None:
        """Write what is left."""
        self._write(len(self._waiting))

    def _write(self, count: int) -> None:
        """Seal and write the first operations.

        The hash is that of `boconsole.audit.seal`, put together by hand: it is counted millions
        of times here.
        """
        last, before = self._last, self._hash
        rows: list[tuple[object, ...]] = []
        for at, actor_id, actor, origin, action, lines in self._waiting[:count]:
            operation = last + 1
            feature = action.partition(".")[0]
            who = (
                f"{at},{actor_id},{quoted(actor)},{quoted(origin)},{quoted(action)},"
                f"{quoted(feature)}"
            )
            for record_id, version, changes in lines:
                last += 1
                text = (
                    f'["{before}",{last},{operation},{who},{record_id},{version},'
                    f"{quoted(changes)},0]"
                )
                before = hashlib.sha256(text.encode()).hexdigest()
                rows.append(
                    (last, operation, at, actor_id, actor, origin, action, feature, record_id,
                     version, changes, 0, before)
                )  # fmt: skip
        del self._waiting[:count]
        self.lines += len(rows)
        self._last, self._hash = last, before
        if rows:
            bulk.append_trail(rows, last, before)
