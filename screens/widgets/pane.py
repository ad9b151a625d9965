"""A pane that is read: scrolled with the list keys when it has the focus."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class Pane(VerticalScroll, can_focus=True):
    """Scrolls by line, by page and to its ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", show=False),
        Binding("k,up", "scroll_up", show=False),
        Binding("g,home", "scroll_home", show=False),
        Binding("G,end", "scroll_end", show=False),
        Binding("pagedown,ctrl+f,space", "page_down", show=False),
        Binding("pageup,ctrl+b", "page_up", show=False),
    ]
