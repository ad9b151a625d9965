"""The rooms of the area Documents, in one table; the documents themselves are its first screen."""

from __future__ import annotations

from typing import ClassVar

from boconsole.language import N_
from screens import rooms
from screens.rooms import House, Room

AREA = "documents"
DOCUMENTS, CONTRACTS, DUTIES = "documents", "contracts", "duties"
CLASSES, DUE, DESTRUCTIONS = "classes", "destroy-due", "destructions"
ROOMS: tuple[Room, ...] = (
    Room(DOCUMENTS, N_("Documents")),
    Room(CONTRACTS, N_("Contracts"), "screens.registry.contracts:ContractsScreen",
         prefixes=("CTR",)),
    Room(DUTIES, N_("Duties"), "screens.registry.duties:DutiesScreen"),
    Room(CLASSES, N_("Classes"), "screens.registry.classes:ClassesScreen"),
    Room(DUE, N_("To be destroyed"), "screens.registry.due:DueScreen"),
    Room(DESTRUCTIONS, N_("Destructions"), "screens.registry.due:DestructionsScreen",
         prefixes=("DST",)),
)  # fmt: skip
HOUSE = House(AREA, DOCUMENTS, ROOMS)
commands = HOUSE.commands


class Kept:
    """A list of the area whose columns and earlier queries are kept under its room."""

    ROOM: str

    def _columns_of(self, view: str) -> str:
        return f"{self.ROOM}.columns.{view}"

    @property
    def _history(self) -> str:
        return f"{self.ROOM}.history"


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE
