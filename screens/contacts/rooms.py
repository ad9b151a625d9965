"""The rooms of the area Contacts, in one table; people are its first screen."""

from __future__ import annotations

from typing import ClassVar

from boconsole.language import N_
from screens import rooms
from screens.rooms import House, Room

AREA = "contacts"
PEOPLE, ORGANISATIONS = "people", "organisations"
TWINS, TWIN_PLACES = "duplicate-people", "duplicate-organisations"
ROOMS: tuple[Room, ...] = (
    Room(PEOPLE, N_("People")),
    Room(ORGANISATIONS, N_("Organisations"), "screens.contacts.lists:OrganisationsScreen",
         prefixes=("ORG",)),
    Room(TWINS, N_("Duplicate people"), "screens.contacts.duplicates:TwinsScreen"),
    Room(TWIN_PLACES, N_("Duplicate organisations"),
         "screens.contacts.duplicates:TwinPlacesScreen"),
)  # fmt: skip
HOUSE = House(AREA, PEOPLE, ROOMS)


commands = HOUSE.commands


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE
