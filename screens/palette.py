"""The palette: all commands in one searchable list (the library's, with our commands)."""

from __future__ import annotations

from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from boconsole.language import _
from screens.app import BoconsoleApp
from screens.cells import safe
from screens.commands import Command, complete

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


def palette() -> CommandPalette:
    """Return the palette, ready to be shown."""
    return CommandPalette(providers=[Commands], placeholder=_("What to do, or where to go"))
