"""The rooms of the area Staff, in one table; the people are its first screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boconsole.language import N_, _
from screens import appraisal_rooms, leave_rooms, payroll_rooms, recruitment_rooms, rooms
from screens.places import Place
from screens.rooms import House, Room

AREA = "staff"
PEOPLE, TREE, DEPARTMENTS = "employees", "org-tree", "departments"
MINE = "my-record"
ROOMS: tuple[Room, ...] = (
    Room(PEOPLE, N_("Employees")),
    Room(TREE, N_("Who reports to whom"), "screens.staff_tree:TreeScreen"),
    Room(DEPARTMENTS, N_("Departments"), "screens.staff_departments:DepartmentsScreen"),
    *leave_rooms.ROOMS,
    *payroll_rooms.ROOMS,
    *recruitment_rooms.ROOMS,
    *appraisal_rooms.ROOMS,
)
HOUSE = House(AREA, PEOPLE, ROOMS)


def commands() -> Sequence[tuple[str, str, Place]]:
    """Return word, title and place of the rooms, and of one's own record."""
    return [*HOUSE.commands(), (MINE, _("My record"), Place(AREA, record="EMP-me"))]


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE
