"""The palette: all commands in one searchable list (the library's, with our commands)."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.command import (
    CommandInput,
    CommandList,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import LoadingIndicator

from boconsole.language import _
from screens.app import BoconsoleApp
from screens.cells import safe
from screens.commands import Command, complete
from screens.widgets.menu import Menu

SHOWN = 20


class Commands(Provider):
    """Gives the palette what can be done now; records are found with the filter instead."""

    async def startup(self) -> None:
        """Take the commands of the screen below, before the palette covers it."""
        app = self.app
        assert isinstance(app, BoconsoleApp)
        self._app = app
        self._known = app.commands_of(self.screen)

    async def discover(self) -> Hits:
        """Yield every command."""
        for command in self._known:
            yield DiscoveryHit(
                _shown(command), partial(self._app.run_command, command), safe(command.text)
            )

    async def search(self, query: str) -> Hits:
        """Yield the commands that fit, best first."""
        found = complete(query, self._known, SHOWN)
        for place, command in enumerate(found):
            yield Hit(
                1 - place / (len(found) + 1),
                _shown(command),
                partial(self._app.run_command, command),
                safe(command.text),
            )


def _shown(command: Command) -> Content:
    title = safe(command.title)
    typed = safe(command.text)
    return Content(title if title == typed else f"{title}  :{typed}")


class Found(CommandList, Menu, can_focus=False):
    """The commands that fit."""


class Palette(CommandPalette):
    """The library's palette in our dress; its parts and their names are what it looks for."""

    def compose(self) -> ComposeResult:
        """Lay out the line above what it finds."""
        with Vertical(id="--container"):
            with Horizontal(id="--input"):
                entry = CommandInput(
                    placeholder=_("What to do, or where to go"), select_on_focus=False
                )
                entry.cursor_blink = False
                yield entry
            with Vertical(id="--results"):
                yield Found()
                yield LoadingIndicator()


def palette() -> Palette:
    """Return the palette, ready to be shown."""
    return Palette(providers=[Commands])
