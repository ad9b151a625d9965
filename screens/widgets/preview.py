"""What a record looks like, beside its list."""

from __future__ import annotations

from rich.console import RenderableType
from textual.app import ComposeResult
from textual.widgets import Static

from screens.widgets.pane import Pane

EDGES, LEAST = 4, 36


class Preview(Pane):
    """Shows one renderable at a time; never a string, which would be read as markup."""

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
