"""How far long work is, on stderr, when a person looks at it."""

import sys
from time import monotonic
from types import TracebackType

EVERY = 0.2
CLEAR = "\r\x1b[K"


class Progress:
    """One line that is drawn again and again, and is gone at the end.

    Nothing is shown in the first moments, nor when stderr is no terminal.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._shows = sys.stderr is not None and sys.stderr.isatty()
        self._next = monotonic() + EVERY
        self._drawn = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn:
            print(CLEAR, end="", file=sys.stderr, flush=True)

    def __call__(self, done: int, part: float | None = None) -> None:
        """Tell how many are done, and which part of the whole that is, from 0 to 1."""
        if not self._shows or monotonic() < self._next:
            return
        self._next = monotonic() + EVERY
        self._drawn = True
        share = "" if part is None else f" {part:4.0%}"
        print(f"{CLEAR}{self._title}:{share} {done:,}", end="", file=sys.stderr, flush=True)
