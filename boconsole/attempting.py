"""Running an operation again when it lost against another writer: what every door does."""

from collections.abc import Callable
from typing import TypeVar

from db.errors import CollisionError

Answer = TypeVar("Answer")
TRIES = 4


def attempt(work: Callable[[], Answer]) -> Answer:
    """Return the answer of an operation, run again a few times if it collided.

    Nothing of a lost run is kept, as each operation is one transaction.
    """
    for _ in range(TRIES - 1):
        try:
            return work()
        except CollisionError:
            continue
    return work()
