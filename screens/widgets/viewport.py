"""Which rows of a window are on the screen, and which one the cursor is on.

The cursor is always on the screen and on a row, if there is one. No widget knows less about
what the rows are.
"""

from __future__ import annotations


class Viewport:
    """A cursor and the first row shown, both counted in the window's rows."""

    def __init__(self) -> None:
        self.cursor = 0
        self.top = 0
        self.height = 1
        self.length = 0

    def go(self, place: int) -> None:
        """Put the cursor on a row; past the edge of the screen a third of a page comes at once.

        Scrolling line by line would draw the whole screen for each key held down; half a page
        of full lines takes more than 1,000 bytes at 80x24, a third does not.
        """
        self.cursor = max(0, min(place, self.length - 1))
        jump = self.height // 3
        if self.cursor < self.top:
            self.top = min(self.cursor, self.top - jump)
        elif self.cursor >= self.top + self.height:
            self.top = max(self.cursor - self.height + 1, self.top + jump)
        self._settle()

    def turn(self, pages: int) -> None:
        """Go whole screens on, the cursor staying on its line; one row is seen on both."""
        step = pages * max(1, self.height - 1)
        line = self.cursor - self.top
        self.cursor = max(0, min(self.cursor + step, self.length - 1))
        self.top = self.cursor - line
        self._settle()

    def shift(self, places: int) -> None:
        """Follow the rows when others were put before them, or taken away (less than none)."""
        self.cursor += places
        self.top += places

    def keep(self, place: int, length: int) -> None:
        """Follow the row under the cursor to its new place without moving it on the screen."""
        line = self.cursor - self.top
        self.length = length
        self.cursor = max(0, min(place, length - 1))
        self.top = self.cursor - line
        self._settle()

    def fit(self, height: int) -> None:
        """Take a new height; the cursor stays on the screen."""
        self.height = max(1, height)
        self.go(self.cursor)

    def centre(self, place: int, length: int) -> None:
        """Put the cursor on a row far away and show it in the middle."""
        self.length = length
        self.cursor = max(0, min(place, length - 1))
        self.top = self.cursor - self.height // 2
        self._settle()

    def _settle(self) -> None:
        self.top = max(0, min(self.top, self.length - self.height))
