"""A short list of lines with a cursor: for what is read whole, unlike the records of an area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from boconsole.language import N_
from screens.actions import GO
from screens.keys import Action
from screens.widgets.menu import Menu

OPEN = Action("admin.open", N_("Open"), ("enter", "right"), "admin", GO, rank=1, short=N_("open"))
"""What the cursor stands on; the lines themselves take the keys."""


class Lines(Menu):
    """The lines; the cursor stays where it is when they are read again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", show=False, id="admin.open"),
        Binding("right", "select", show=False),
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
        Binding("ctrl+f", "page_down", show=False),
        Binding("ctrl+b", "page_up", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)

    def show(self, lines: Sequence[Content], stand_on: int | None = None) -> None:
        """Show lines in place of those before."""
        at = self.highlighted if stand_on is None else stand_on
        self.clear_options()
        self.add_options([_option(line) for line in lines])
        if lines:
            self.highlighted = min(max(at or 0, 0), len(lines) - 1)


def _option(line: Content) -> Option:
    return Option(line)
