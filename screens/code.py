"""The codes of tags: one to scan from the screen, many to print on labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from boconsole.language import N_, _, ngettext
from boconsole.paper.labels import SHEETS
from boconsole.stock import blocks, labelling
from screens.actions import SHOW
from screens.cells import safe
from screens.dialogs import Dialog
from screens.entries import Field
from screens.forms import Form, FormScreen
from screens.keys import Action
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


def code_actions(feature: str, where: str) -> tuple[Action, ...]:
    """Return what shows the code of a tag, and prints labels."""
    return (
        Action(f"{feature}.code", N_("Show the code of the tag"), ("Q",), where, SHOW),
        Action(f"{feature}.labels", N_("Print labels"), ("W",), where, SHOW,
               help=N_("Sheets of sticky labels with codes, as PDF.")),
    )  # fmt: skip


def show_code(screen: ShellScreen, tag: str) -> None:
    """Show the code of a tag over a screen."""

    def show(rows: tuple[tuple[bool, ...], ...]) -> None:
        screen.app.push_screen(CodeDialog(safe(tag), rows))

    screen.load(partial(labelling.code, tag), show, group="ask")


def labels_form(screen: ShellScreen, tags: Sequence[str]) -> FormScreen:
    """Return the form that prints the labels of assets by their tags."""
    session = screen.session
    sheets = [
        (name, f"{name}  {sheet.columns} x {sheet.rows}, {sheet.wide:g} x {sheet.high:g} mm")
        for name, sheet in SHEETS.items()
    ]
    fields = [
        Field("file", N_("PDF file"), required=True),
        Field("sheet", N_("Sheet"), "choice", required=True, choices=sheets),
        Field("start", N_("First free label"), "number", required=True,
              hint=N_("Of a partly used sheet, along the rows.")),
    ]  # fmt: skip

    def save(given: Mapping[str, object], _version: int) -> str:
        start = given.get("start")
        path = str(given.get("file") or "")
        made, _pages = labelling.print_tags(
            session, tags, Path(path), sheet=str(given.get("sheet") or ""),
            start=start if isinstance(start, int) else 0,
        )  # fmt: skip
        told = ngettext("{n} label is in {path}.", "{n} labels are in {path}.", made)
        return told.format(n=made, path=path)

    values: dict[str, object] = {"file": "labels.pdf", "sheet": "L7160", "start": 1}
    title = ngettext("Print {n} label", "Print {n} labels", len(tags)).format(n=len(tags))
    return FormScreen(Form("asset.labels", title, fields, save, values, said=str))
