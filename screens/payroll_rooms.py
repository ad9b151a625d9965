"""The rooms of pay in the area Staff."""

from boconsole.language import N_
from screens.rooms import Room

RUNS, MINE = "payroll", "my-pay"
ROOMS: tuple[Room, ...] = (
    Room(RUNS, N_("Pay runs"), "screens.payroll:PayRunsScreen", prefixes=("PYR",)),
    Room(MINE, N_("My pay slips"), "screens.payroll_mine:MyPayScreen"),
)
