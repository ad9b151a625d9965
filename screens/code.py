"""The code of a tag, to scan from the screen."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from boconsole.language import _
from boconsole.stock import blocks, labelling
from screens.cells import safe
from screens.dialogs import Dialog
from screens.shell import ShellScreen

DARK_ON_LIGHT = "#000000 on #ffffff"


class CodeDialog(Dialog[None]):
    """A code in block characters, dark on white; without colour its light modules are drawn.

    Args:
        title: Whose it is.
        rows: Its modules.
    """

    CSS = """
    CodeDialog.dialog .box { width: auto; }
    CodeDialog.dialog #code { width: auto; margin: 1 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,enter,left", "leave", "Close")]

    def __init__(self, title: str, rows: tuple[tuple[bool, ...], ...]) -> None:
        super().__init__(title, _("esc closes"))
        self._rows = rows

    def body(self) -> ComposeResult:
        """Yield the code."""
        plain = self.app.no_color
        text = "\n".join(blocks.lines(self._rows, light=plain))
        yield Static(Text(text, "" if plain else DARK_ON_LIGHT), id="code")


def show_code(screen: ShellScreen, tag: str, name: str) -> None:
    """Show the code of a tag over a screen."""

    def show(rows: tuple[tuple[bool, ...], ...]) -> None:
        screen.app.push_screen(CodeDialog(safe(f"{tag} {name}".strip()), rows))

    screen.load(lambda: labelling.code(tag), show, group="ask")
