"""A list under reading: its source, the rows held, the cursor, and the questions under way.

One question for rows is asked at a time besides the pages that are fetched ahead. What the
reader asks for (`show`, `top`, `bottom`, `jump`) replaces whatever is under way; a live change
waits its turn. Knows no widget: questions go through `ask`, which may answer at once.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from screens.widgets.viewport import Viewport
from screens.widgets.window import PAGE, Around, Page, Reread, Source, Total, Wanted, Window, reread

RowT = TypeVar("RowT")
AnswerT = TypeVar("AnswerT")


class Ask(Protocol):
    """Runs a blocking question somewhere else and hands over its answer."""

    def __call__(self, work: Callable[[], AnswerT], answer: Callable[[AnswerT], None]) -> None:
        """Call `answer` with what `work` returns, or never when it fails."""


class Listing(Generic[RowT]):
    """The rows near the cursor.

    Attributes:
        total: How many rows there are, once counted.
        waiting: Rows that the reader asked for are under way.
    """

    def __init__(self, ask: Ask, changed: Callable[[], None]) -> None:
        self._ask = ask
        self._changed = changed
        self._again = False
        self._ahead: Wanted | None = None
        self._owed = 0
        self._held: tuple[int | None] | None = None
        self.source: Source[RowT] | None = None
        self.window: Window[RowT] = Window(_no_key)
        self.view = Viewport()
        self.total: Total | None = None
        self.waiting = False
        self.missed: Callable[[int], None] = _ignore

    @property
    def row(self) -> RowT | None:
        """The row under the cursor."""
        rows = self.window.rows
        return rows[self.view.cursor] if rows else None

    @property
    def record(self) -> int | None:
        """The id of the record under the cursor."""
        row = self.row
        return None if row is None else self.window.key(row)

    @property
    def position(self) -> int | None:
        """The number of the row under the cursor in the whole list, where it is known."""
        before = self.window.before
        return None if before is None or not self.window.rows else before + self.view.cursor + 1

    def show(self, source: Source[RowT]) -> None:
        """Show another list from its top; the cursor stays on its record if it is there."""
        self.source, held = source, self._held
        self._want(lambda limit: source.page(None, limit), lambda page: self._shown(page, held))

    def hold(self) -> None:
        """Stay on the record under the cursor through all that is shown until `release`.

        While a query is typed many lists come and go. The cursor belongs on the record that the
        reader chose, or on the first row: never on what happened to be first half a word ago.
        """
        self._held = (self.record,)

    def release(self) -> None:
        """Follow the record under the cursor again."""
        self._held = None

    def fit(self, height: int) -> None:
        """Take a new height of the screen."""
        self.window.page = max(PAGE, 2 * height)
        self.view.fit(height)
        self.read_ahead()

    def go(self, by: int) -> None:
        """Move the cursor; what goes past the rows held is made up for when they come."""
        self.view.go(self._aim(by))
        self._after_move()

    def turn(self, pages: int) -> None:
        """Move by whole screens."""
        self._aim(pages * max(1, self.view.height - 1))
        self.view.turn(pages)
        self._after_move()

    def go_to(self, place: int) -> None:
        """Put the cursor on a row held."""
        self._owed = 0
        self.view.go(place)
        self._after_move()

    def top(self) -> None:
        """Go to the first row of the list."""
        source = self.source
        if self.window.begins or source is None:
            self.go_to(0)
        else:
            self._want(lambda limit: source.page(None, limit), self._at_top)

    def bottom(self) -> None:
        """Go to the last row of the list."""
        source = self.source
        if self.window.ends or source is None:
            self.go_to(len(self.window.rows) - 1)
        else:
            self._want(lambda limit: source.page(None, limit, backwards=True), self._at_bottom)

    def jump(self, record: int) -> None:
        """Go to a record, wherever in the list it is."""
        source, place = self.source, self.window.place(record)
        if place is not None or source is None:
            self.go_to(self.view.cursor if place is None else place)
        else:
            self._want(lambda limit: source.around(record, limit), partial(self._stand, record))

    def reread(self) -> None:
        """Read the rows held again; cursor and screen stay where they are."""
        source = self.source
        if source is None:
            return
        if self.waiting:
            self._again = True
            return
        about, record = self.window.chunk_at(self.view.cursor), self.record
        self._want(lambda limit: reread(source, about, record, limit), self._read_again)

    def failed(self) -> None:
        """Note that a question got no answer; the rows stay."""
        self.waiting = self._again = False
        self._ahead = None
        self.window.forget()

    def read_ahead(self) -> None:
        """Fetch the next page on the side where the cursor comes near the last row held."""
        source, window = self.source, self.window
        if source is None or self._ahead is not None or self.waiting:
            return
        wanted = self._ahead = window.wanted(self.view.top, self.view.height)
        if wanted is not None:
            limit, backwards = window.page, wanted.side == "before"
            self._ask(
                lambda: source.page(wanted.cursor, limit, backwards=backwards),
                partial(self._grown, wanted),
            )

    def _aim(self, by: int) -> int:
        """Return where a move ends; what lies past the rows held is owed until they come."""
        target = self.view.cursor + self._owed + by
        last = len(self.window.rows) - 1
        self._owed = 0
        if target > last and not self.window.ends:
            self._owed = target - last
        elif target < 0 and not self.window.begins:
            self._owed = target
        return target

    def _after_move(self) -> None:
        self.read_ahead()
        self._changed()

    def _want(self, work: Callable[[int], AnswerT], answer: Callable[[AnswerT], None]) -> None:
        """Ask for rows that replace the ones held; anything asked before is dropped."""
        generation, limit = self.window.forget(), self.window.page
        self._ahead, self._owed, self.waiting = None, 0, True

        def take(result: AnswerT) -> None:
            if generation == self.window.generation:
                self.waiting = False
                answer(result)
                self._count()
                self._settle()

        self._ask(lambda: work(limit), take)

    def _settle(self) -> None:
        again, self._again = self._again, False
        if again:
            self.reread()
        self.read_ahead()
        self._changed()

    def _count(self) -> None:
        source = self.source
        if source is not None:
            self._ask(source.count, partial(self._counted, source))

    def _counted(self, source: Source[RowT], total: Total) -> None:
        if source is self.source:
            self.total = total
            self._changed()

    def _shown(self, page: Page[RowT], held: tuple[int | None] | None) -> None:
        (record,) = held or (self.record,)
        if self.source is not None:
            self.window.key = self.source.key
        self.window.start("top", page, None)
        place = self.window.place(record)
        if place is None:
            self.view.centre(0, len(self.window.rows))
        else:
            self.view.keep(place, len(self.window.rows))

    def _at_top(self, page: Page[RowT]) -> None:
        self.window.start("top", page, None)
        self.view.centre(0, len(self.window.rows))

    def _at_bottom(self, page: Page[RowT]) -> None:
        total = None if self.total is None or self.total.capped else self.total.number
        self.window.start("end", page, total)
        self.view.centre(len(self.window.rows) - 1, len(self.window.rows))

    def _stand(self, record: int, around: Around[RowT] | None) -> None:
        if around is None:
            self.missed(record)
            return
        self.window.stand(around)
        self.view.centre(self.window.place(record) or 0, len(self.window.rows))

    def _grown(self, wanted: Wanted, page: Page[RowT]) -> None:
        moved = self.window.grow(wanted, page)
        if moved is None:
            return
        self._ahead = None
        self.view.shift(moved)
        self.view.length = len(self.window.rows)
        if self._owed:
            self.go(0)
        else:
            self._after_move()

    def _read_again(self, again: Reread[RowT]) -> None:
        before, cursor, key = self.window.rows, self.view.cursor, self.window.key
        self.window.replace(again)
        near = (*before[cursor:], *reversed(before[:cursor]))
        places = (self.window.place(key(row)) for row in near)
        place = next((place for place in places if place is not None), 0)
        self.view.keep(place, len(self.window.rows))


def _no_key(row: Any) -> int:  # Any: of no list yet
    return id(row)


def _ignore(record: int) -> None:
    """Do nothing about a record that is not in the list."""
    del record
