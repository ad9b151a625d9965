"""Opening what a number of the books names: a document or payment in its room, or its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.ledger import rooms
from screens.ledger.facts import AREA
from screens.places import Place

if TYPE_CHECKING:
    from screens.app import BoconsoleApp


def open_document(app: BoconsoleApp, number: str, entry_id: int) -> None:
    """Lay what a number names over the screen: in its room, else the entry that carries it."""
    place = Place(AREA, record=number)
    room = rooms.lying_over(place) if number else None
    if room is not None:
        app.call_later(rooms.show, app, room, place)
        return
    from screens.ledger.entry import EntryScreen

    app.push_screen(EntryScreen(entry_id))
