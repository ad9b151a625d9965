"""Ways to people and organisations from other areas: from a ticket, a document."""

from __future__ import annotations

from functools import partial

from boconsole.contacts import reading, words
from boconsole.contacts.words import Kind
from screens.contacts.rooms import AREA
from screens.places import Place
from screens.shell import ShellScreen


def jump(screen: ShellScreen, kind: Kind, text: str) -> None:
    """Open the card of a mail address or a name."""

    def show(found: int) -> None:
        screen.app.call_later(screen.app.go, Place(AREA, record=words.number(kind, found)))

    screen.load(partial(reading.find, screen.session, kind, text), show, group="open")
