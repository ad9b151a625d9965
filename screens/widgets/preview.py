"""What a record looks like, beside its list; scrolled with the list keys when it has the focus."""

from __future__ import annotations

from typing import ClassVar

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

EDGES, LEAST = 4, 36


class Preview(VerticalScroll, can_focus=True):
    """Shows one renderable at a time; never a string, which would be read as markup."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", show=False),
        Binding("k,up", "scroll_up", show=False),
        Binding("g,home", "scroll_home", show=False),
        Binding("G,end", "scroll_end", show=False),
        Binding("pagedown,ctrl+f,space", "page_down", show=False),
        Binding("pageup,ctrl+b", "page_up", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield Static(id="shown", markup=False)

    @property
    def room(self) -> int:
        """How wide a line may be, beside border, padding and scrollbar."""
        return max(self.outer_size.width - EDGES, LEAST)

    def show(self, picture: RenderableType) -> None:
        """Show a picture from its top."""
        assert not isinstance(picture, str)
        self.query_one("#shown", Static).update(picture)
        self.scroll_home(animate=False)
