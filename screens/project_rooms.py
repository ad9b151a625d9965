"""The rooms of the area Projects, in one table; the portfolio is its first screen."""

from __future__ import annotations

from typing import ClassVar

from boconsole.language import N_
from screens import rooms
from screens.rooms import House, Room

AREA = "projects"
PROJECTS, TASKS, TIME, LOAD = "projects", "tasks", "time", "load"
ROOMS: tuple[Room, ...] = (
    Room(PROJECTS, N_("Projects")),
    Room(TASKS, N_("Tasks"), "screens.project_tasks:TasksScreen", prefixes=("TSK",)),
    Room(TIME, N_("Time"), "screens.project_time:TimeScreen"),
    Room(LOAD, N_("Load by week"), "screens.project_load:LoadScreen"),
)
HOUSE = House(AREA, PROJECTS, ROOMS)
commands = HOUSE.commands


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE
