"""The rows near the screen, out of a list of any length.

A window holds a few pages that follow one another. It grows at the end where the reader is
heading and lets go at the other, so it costs the same at a thousand rows and at a million. It
reads nothing itself: it says which page it wants (`Wanted`) and is given the answer. An answer
to a question of an earlier generation is dropped. No widget, no database, no thread.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

RowT = TypeVar("RowT")
RowT_co = TypeVar("RowT_co", covariant=True)
Side = Literal["top", "end", "after", "before"]

PAGE = 100


class Page(Protocol[RowT_co]):
    """Some rows in the order of the list, and cursors just at its first and last row."""

    @property
    def rows(self) -> Sequence[RowT_co]: ...  # noqa: D102
    @property
    def first(self) -> str: ...  # noqa: D102
    @property
    def last(self) -> str: ...  # noqa: D102
    @property
    def more(self) -> bool:
        """Whether rows follow in the direction that was read."""


class Total(Protocol):
    """How many rows the list has; `capped` when there are that many or more."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def capped(self) -> bool: ...  # noqa: D102


class Source(Protocol[RowT]):
    """Where rows come from. Every function may block; it is called in a worker thread.

    A cursor is opaque text for a place between two rows. `page` gives the rows strictly after
    it, or with `backwards` the ones strictly before it, always in the order of the list; without
    a cursor it starts at the top, or backwards at the end.
    """

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Page[RowT]:
        """Return at most `limit` rows next to a place."""

    def count(self) -> Total:
        """Return how many rows there are, counted to a limit."""

    def around(self, record: int, limit: int) -> Around[RowT] | None:
        """Return rows with `record` amidst them, or None when it is not in the list."""

    def key(self, row: RowT) -> int:
        """Return the record id of a row."""


class Around(NamedTuple, Generic[RowT]):
    """Some rows about one record; `before` and `after` say whether more lie on that side."""

    rows: Sequence[RowT]
    first: str
    last: str
    before: bool
    after: bool


class Wanted(NamedTuple):
    """A page that a window wants to read."""

    side: Side
    cursor: str | None
    generation: int


class Chunk(NamedTuple, Generic[RowT]):
    """One page as it was read."""

    rows: tuple[RowT, ...]
    first: str
    last: str


class Window(Generic[RowT]):
    """Pages that follow one another; rows are counted from the first one held."""

    def __init__(self, key: Callable[[RowT], int], *, page: int = PAGE) -> None:
        self.key = key
        self.page = page
        self.generation = 0
        self.rows: list[RowT] = []
        self.begins = self.ends = False
        self.before: int | None = None
        self.chunks: deque[Chunk[RowT]] = deque()
        self._places: dict[int, int] | None = None

    def forget(self) -> int:
        """Drop answers still under way; the rows stay until new ones come."""
        self.generation += 1
        return self.generation

    def place(self, record: int | None) -> int | None:
        """Return where a record stands in the window."""
        if record is None:
            return None
        if self._places is None:
            self._places = {self.key(row): place for place, row in enumerate(self.rows)}
        return self._places.get(record)

    @property
    def kept(self) -> int:
        """How many rows are held at least once there have been as many."""
        return 3 * self.page

    def wanted(self, top: int, height: int) -> Wanted | None:
        """Return the page to read next for a screen that shows `height` rows from `top`.

        A page is twice as long as the screen at least, or two sides could push each other out.
        """
        if not self.chunks:
            return None
        margin = self.page * 6 // 10
        if not self.ends and len(self.rows) - (top + height) < margin:
            return Wanted("after", self.chunks[-1].last, self.generation)
        if not self.begins and top < margin:
            return Wanted("before", self.chunks[0].first, self.generation)
        return None

    def start(self, side: Literal["top", "end"], page: Page[RowT], total: int | None) -> None:
        """Hold only the first page of the list, or only the last."""
        self._hold([_chunk(page)])
        self.begins = side == "top" or not page.more
        self.ends = side == "end" or not page.more
        self.before = 0 if self.begins else None
        if self.before is None and total is not None:
            self.before = max(0, total - len(self.rows))

    def stand(self, around: Around[RowT]) -> None:
        """Hold only the rows about one record."""
        self._hold([Chunk(tuple(around.rows), around.first, around.last)])
        self.begins, self.ends = not around.before, not around.after
        self.before = 0 if self.begins else None

    def grow(self, wanted: Wanted, page: Page[RowT]) -> int | None:
        """Add a page at one side and let go at the other.

        Returns:
            By how many places the rows held before have moved, or None for a stale answer.
        """
        if wanted.generation != self.generation or not self.chunks:
            return None
        rows = tuple(row for row in page.rows if self.place(self.key(row)) is None)
        moved = 0
        if wanted.side == "after":
            self.ends = not page.more
            if page.rows:
                self._add_below(Chunk(rows, page.first, page.last))
            moved = -self._let_go_above()
        else:
            self.begins = not page.more
            if page.rows:
                self._add_above(Chunk(rows, page.first, page.last))
                moved = len(rows)
            self._let_go_below()
        self.before = 0 if self.begins else None if self.before is None else self.before - moved
        self._gather()
        return moved

    def replace(self, again: Reread[RowT]) -> None:
        """Hold what was read again (see `reread`) instead of what was held."""
        before, places = self.before, {self.key(row): n for n, row in enumerate(self.rows)}
        self._hold([again.chunk])
        self.begins, self.ends = again.begins, again.ends
        self.before = 0 if self.begins else None
        if self.before is None and before is not None:
            stayed = ((n, places.get(self.key(row))) for n, row in enumerate(self.rows))
            for now, then in stayed:
                if then is not None:
                    self.before = max(0, before + then - now)
                    break

    def chunk_at(self, place: int) -> Chunk[RowT] | None:
        """Return the page in which a place lies; one of several rows where there is one."""
        found: Chunk[RowT] | None = None
        for chunk in self.chunks:
            fits = place >= 0 and len(chunk.rows) > 1
            if found is None or fits or len(found.rows) < 2:
                found = chunk
            place -= len(chunk.rows)
        return found

    def _add_below(self, chunk: Chunk[RowT]) -> None:
        if chunk.rows:
            self.chunks.append(chunk)
        else:
            self.chunks[-1] = self.chunks[-1]._replace(last=chunk.last)

    def _add_above(self, chunk: Chunk[RowT]) -> None:
        if chunk.rows:
            self.chunks.appendleft(chunk)
        else:
            self.chunks[0] = self.chunks[0]._replace(first=chunk.first)

    def _let_go_above(self) -> int:
        gone = 0
        while len(self.chunks) > 2 and self._held() - len(self.chunks[0].rows) >= self.kept:
            gone += len(self.chunks.popleft().rows)
            self.begins = False
        return gone

    def _let_go_below(self) -> None:
        while len(self.chunks) > 2 and self._held() - len(self.chunks[-1].rows) >= self.kept:
            self.chunks.pop()
            self.ends = False

    def _held(self) -> int:
        return sum(len(chunk.rows) for chunk in self.chunks)

    def _hold(self, chunks: list[Chunk[RowT]]) -> None:
        self.chunks = deque(chunk for chunk in chunks if chunk.rows)
        self._gather()

    def _gather(self) -> None:
        self.rows = [row for chunk in self.chunks for row in chunk.rows]
        self._places = None


class Reread(NamedTuple, Generic[RowT]):
    """The rows about a place as they are now."""

    chunk: Chunk[RowT]
    begins: bool
    ends: bool


def reread(
    source: Source[RowT], about: Chunk[RowT] | None, record: int | None, limit: int
) -> Reread[RowT]:
    """Read again the rows about a page; blocks, so it belongs into a worker thread.

    What lies strictly before its last row and what lies strictly after its first together miss
    nothing, even when the rows that the cursors were taken from have moved or vanished. Where so
    much came between that the two no longer meet, the side with `record` is taken.
    """
    if about is None or about.first == about.last:
        return _from_top(source, limit)
    limit = max(limit, len(about.rows))
    above = source.page(about.last, limit, backwards=True)
    below = source.page(about.first, limit)
    upper = {source.key(row): row for row in above.rows}
    lower = {source.key(row): row for row in below.rows}
    if not upper and not lower:
        return _from_top(source, limit)
    if upper and lower and above.more and below.more and not upper.keys() & lower.keys():
        side, begins, ends = (above, False, False) if record in upper else (below, False, False)
        return Reread(_chunk(side), begins, ends)
    first = above.first if upper else below.first
    last = below.last if lower else above.last
    rows = tuple((upper | lower).values())
    return Reread(Chunk(rows, first, last), not above.more, not below.more)


def _from_top(source: Source[RowT], limit: int) -> Reread[RowT]:
    page = source.page(None, limit)
    return Reread(_chunk(page), begins=True, ends=not page.more)


def _chunk(page: Page[RowT]) -> Chunk[RowT]:
    return Chunk(tuple(page.rows), page.first, page.last)
