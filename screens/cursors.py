"""Where the cursor stood on each screen while the window is too small to show anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

LEAST = Size(60, 15)
"""Cells; the styles hide everything in a smaller window."""


def fits(size: Size) -> bool:
    """Return whether a window is large enough to show anything."""
    return size.width >= LEAST.width and size.height >= LEAST.height


class Cursors:
    """Remembers the cursors, as what is hidden loses its own."""

    def __init__(self) -> None:
        self._before: dict[Screen[Any], Widget] | None = None

    def resized(self, size: Size, screens: Iterable[Screen[Any]]) -> None:
        """Remember the cursors of a window that becomes too small; put them back when it grows."""
        if not fits(size):
            if self._before is None:
                self._before = {one: one.focused for one in screens if one.focused is not None}
        elif self._before is not None:
            before, self._before = self._before, None
            for screen in screens:
                _put_back(screen, before.get(screen))


def _put_back(screen: Screen[Any], widget: Widget | None) -> None:
    if widget is not None and widget.is_attached:
        screen.set_focus(widget, scroll_visible=False)
    elif screen.focused is None and screen.AUTO_FOCUS:
        screen.focus_next(screen.AUTO_FOCUS)
