"""An entry that lies on a cell of a table while its amount is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from boconsole.language import _
from screens.widgets.bars import Hint


class CellEntry(Input):
    """One amount; enter keeps it, tab goes on to the next cell, esc leaves it as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "keep(1)", show=False),
        Binding("shift+tab", "keep(-1)", show=False),
        Binding("enter", "keep(0)", show=False),
        Binding("escape,ctrl+o", "leave", show=False),
    ]

    class Kept(Message):
        """The amount is typed; `step` says which cell is next, 0 for none."""

        def __init__(self, text: str, step: int) -> None:
            super().__init__()
            self.text, self.step = text, step

    class Left(Message):
        """The cell stays as it was."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=True, id="cell", classes="entry-line")
        self.cursor_blink = False

    @property
    def key_hints(self) -> Sequence[Hint]:
        """Return the keys that work while it is open."""
        return (
            Hint("enter", _("keep")), Hint("tab", _("keep, next month")), Hint("esc", _("leave")),
        )  # fmt: skip

    def open(self, text: str, left: int, top: int, width: int) -> None:
        """Lie on a cell and take the keys."""
        self.styles.offset = (left, top)
        self.styles.width = width
        self.value = text
        self.add_class("-open")
        self.focus()
        self.select_all()

    def close(self) -> None:
        """Be gone."""
        self.remove_class("-open")

    def action_keep(self, step: int) -> None:
        """Offer what is typed."""
        self.post_message(self.Kept(self.value, step))

    def action_leave(self) -> None:
        """Keep nothing."""
        self.post_message(self.Left())

    def on_blur(self) -> None:
        """Keep nothing when the cursor goes elsewhere."""
        if self.has_class("-open"):
            self.post_message(self.Left())
