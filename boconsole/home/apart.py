"""Home read by a process of its own, where a door gave one: what it takes ends with it.

Reading Home runs code of every area once, and memory that a long session touched stays with it.
Behind the line a reader is forked for each order, for the account that the door let in;
whatever does not come is read here. Used by one thread.
"""

import pickle
import socket
from time import monotonic
from typing import Any

from boconsole.home import arranging, looking
from boconsole.home.looking import Block
from boconsole.session import Session

PATIENCE = 5.0
"""Seconds that one message may take."""
FRESH = 5.0
"""Seconds for which what was ordered ahead of the first reading is used."""
MESSAGE = 131_072
"""Bytes that one message may have."""
END = "end"
"""Told when a reader has ended, however it did."""


class Reader:
    """The session's end of a line to its readers; the first reading is ordered at once.

    Args:
        line: A socket that keeps messages whole. An order is its number in four bytes; answers
            are pickled pairs of that number and the order of blocks, then each block, then `END`.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._line.settimeout(PATIENCE)
        self._number = 0
        self._order()
        self._ahead = True

    def _order(self) -> None:
        self._number += 1
        self._ordered_at = monotonic()
        try:
            self._line.send(self._number.to_bytes(4, "big"))
            self._open = True
        except OSError:
            self._open = False

    def begin(self) -> tuple[str, ...] | None:
        """Return which blocks a fresh reading brings, in order; None: nobody answers."""
        if not self._ahead or monotonic() - self._ordered_at > FRESH:
            self._order()
        self._ahead = False
        found = self._take()
        return found if isinstance(found, tuple) else None

    def block(self, name: str) -> Block | None:
        """Return the next block of the reading under way; None: it does not come."""
        found = self._take()
        return found if isinstance(found, Block) and found.name == name else None

    def _take(self) -> Any:  # Any: whatever is told next
        while self._open:
            try:
                number, found = pickle.loads(self._line.recv(MESSAGE))  # noqa: S301 - of our own reader
            except (OSError, EOFError):
                break
            if number == self._number:
                self._open = found != END
                return found
        self._open = False
        return None


_reader: Reader | None = None


def use(reader: Reader | None) -> None:
    """Let this process read Home over a line from here on."""
    global _reader  # one process has one console
    _reader = reader


def arrangement(session: Session) -> tuple[str, ...]:
    """Begin a reading; return the ids of the blocks that somebody sees, in order."""
    return (_reader.begin() if _reader else None) or arranging.arrangement(session)


def read(session: Session, name: str) -> Block:
    """Return one block; raises as `looking.read`."""
    return (_reader.block(name) if _reader else None) or looking.read(session, name)


def answer(session: Session, line: socket.socket, number: int) -> None:
    """Be the reader of one order: read Home and tell it block by block.

    Raises:
        OSError: Nobody listens any more.
    """

    def tell(found: object) -> None:
        line.send(pickle.dumps((number, found)))

    order = arranging.arrangement(session)
    tell(order)
    for name in order:
        tell(looking.read(session, name))
