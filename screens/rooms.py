"""Rooms of an area: screens that lie over its first one, each with a word and views of its own.

An area has one `House`: what stands in it is reached with `v` and `:view` from each of its rooms,
and by the word of the room from everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from boconsole.language import _
from screens.areas import named_screen
from screens.places import Place

if TYPE_CHECKING:
    from screens.app import BoconsoleApp
    from screens.lists import View
    from screens.shell import ShellScreen as Base
    from screens.widgets.bars import Heading
else:
    # Textual takes the styles of a screen from its first base that is a widget, and from the
    # bases of that one: what is mixed in before it is none.
    Base = object


class Room(NamedTuple):
    """One room.

    Attributes:
        id: Its word in a `Place`, before the name of a view of its own: `invoices/Open`.
        title: Its name, marked with `N_`.
        screen: `module:Class`, a screen that is `InRooms`; "" for a query of the first screen.
        query: Of the first screen, where it has no screen.
        prefixes: Of the numbers of records that it opens (`INV`).
    """

    id: str
    title: str
    screen: str = ""
    query: str = ""
    prefixes: tuple[str, ...] = ()


class House:
    """The rooms of one area.

    Args:
        area: Its id.
        first: The id of the room that is its first screen.
        rooms: All of them, in order.
    """

    def __init__(self, area: str, first: str, rooms: tuple[Room, ...]) -> None:
        self.area, self.first, self.rooms = area, first, rooms
        self.by_id = {room.id: room for room in rooms}

    def names(self) -> list[str]:
        """Return what the rooms are called."""
        return [_(room.title) for room in self.rooms]

    def named(self, title: str) -> Room | None:
        """Return the room of a translated title."""
        return next((room for room in self.rooms if _(room.title) == title), None)

    def lying_over(self, place: Place) -> Room | None:
        """Return the room with a screen of its own that shows a place, None for the first one."""
        word, prefix = place.view.partition("/")[0], place.record.partition("-")[0]
        for room in self.rooms:
            if room.screen and (prefix in room.prefixes or (room.id == word and not place.record)):
                return room
        return None

    def first_views(self) -> list[View]:
        """Return the rooms that are queries of the first screen."""
        from screens.lists import View

        return [View(_(room.title), room.query) for room in self.rooms if not room.screen]

    def enter(self, app: BoconsoleApp, room: Room) -> None:
        """Go to a room."""
        app.call_later(app.go, self.place_of(room))

    def place_of(self, room: Room) -> Place:
        """Return the place of a room."""
        return Place(self.area, query=room.query, view=room.id if room.screen else _(room.title))

    def commands(self) -> list[tuple[str, str, Place]]:
        """Return what the `:` line knows of the rooms: word, title and place of each."""
        return [(room.id, _(room.title), self.place_of(room)) for room in self.rooms]


class InRooms(Base):
    """A screen of an area with rooms: `v` and `:view` name every room, then its own views."""

    ROOM = ""
    """Id of the room that it is."""
    HOUSE: ClassVar[House]

    @classmethod
    def for_room(cls, room: Room, query: str) -> InRooms:
        """Return the screen of a room; the query follows with `show_place`."""
        del room, query
        return cls()

    @property
    def _over(self) -> bool:
        """Whether it lies over the first screen."""
        return bool(self.ROOM) and self.HOUSE.first != self.ROOM

    def heading(self) -> Heading:
        """Return the room, and the view in it."""
        found = super().heading()
        if not self._over:
            return found
        names = (_(self.HOUSE.by_id[self.ROOM].title), found.view)
        return found._replace(view=" · ".join(dict.fromkeys(filter(None, names))))

    def place(self) -> Place:
        """Return what is shown, told apart from the views of the first screen."""
        found = super().place()
        if self._over and not found.record:
            return found._replace(view=f"{self.ROOM}/{found.view}".rstrip("/"))
        return found

    def view_names(self) -> Sequence[str]:
        """Return the rooms, then the screen's own views."""
        rooms = self.HOUSE.names()
        return [*rooms, *(name for name in super().view_names() if name not in rooms)]

    def show_view(self, name: str) -> None:
        """Go to a room, or show a view."""
        room = self.HOUSE.named(name)
        if room is None:
            super().show_view(name)
        elif room.id != self.ROOM:
            self.HOUSE.enter(self.app, room)


async def show(app: BoconsoleApp, room: Room, place: Place) -> None:
    """Lay the screen of a room over the first one of its area, and show a place in it."""
    screen = room_class(room).for_room(room, place.query)
    await app.push_screen(screen)
    view = place.view.partition("/")[2]
    if place.query or place.record or view:
        await screen.show_place(place._replace(view=view))


def room_class(room: Room) -> type[InRooms]:
    """Import and return the class of a room's screen."""
    found = named_screen(room.screen)
    if not issubclass(found, InRooms):
        raise TypeError(f"{room.screen} is not InRooms")
    return found
