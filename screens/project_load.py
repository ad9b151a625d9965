"""Who has how much to do in which week; what is more than a week has stands out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from boconsole import workload
from boconsole.language import N_, _
from boconsole.projects import capacity, reading
from boconsole.projects.capacity import AWAY, WEEKS, Load
from boconsole.projects.words import length
from screens import project_facts as facts
from screens.cells import Cell, safe
from screens.keys import Action
from screens.places import Place
from screens.project_rooms import AREA, LOAD, TASKS, InRooms
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column


class LoadScreen(InRooms, RegisterScreen[Load]):
    """People with open work, those with most first, by week."""

    TITLE = "Load"
    AREA = AREA
    ROOM = LOAD
    FEATURE = facts.TASK
    ACTIONS: ClassVar[Sequence[Action]] = ()

    def columns(self) -> Sequence[Column[Load]]:
        """Return the person, then a column for each week."""
        today = reading.today(self.session)
        monday = capacity.mondays(today, WEEKS)
        weeks = [
            Column(
                f"week{place}", facts.short_day(day, day), 8, self._of_week(place),
                align="right", priority=max(0, place - 5),
            )
            for place, day in enumerate(monday)
        ]  # fmt: skip
        return (
            Column("who", N_("Who"), 12, lambda row: Cell(safe(row.login))),
            *weeks,
            Column("later", N_("Later"), 7, lambda row: Cell(length(row.later), "muted"),
                   align="right", priority=4),
            Column("unknown", N_("Without estimate"), 8,
                   lambda row: Cell(str(row.unknown or "-"), "muted"), align="right",
                   priority=5),
        )  # fmt: skip

    def _of_week(self, place: int) -> Callable[[Load], Cell]:
        def cell(row: Load) -> Cell:
            minutes = row.weeks[place]
            hours = f"{(minutes + 30) // 60}h" if minutes else "-"
            if row.away[place]:
                hours += f" {AWAY}"
            if minutes > row.has[place]:
                return Cell(f"! {hours}", "bad")
            return Cell(hours, "" if minutes else "muted")

        return cell

    def read_rows(self) -> Sequence[Load]:
        """Return the people; blocks."""
        return workload.load(self.session).people

    def key_of(self, row: Load) -> int:
        """Return the person's id."""
        return row.user_id

    def heading(self) -> Heading:
        """Return the heading, and what a week has."""
        found = super().heading()
        told = _("40h a week, ! is more, {away} away").format(away=AWAY)
        return found._replace(view=f"{found.view} · {told}")

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody has open tasks. Tasks are given to people with a.")

    def open_row(self, row: Load) -> None:
        """Show what somebody has to do."""
        place = Place(AREA, query=f"owner:{row.login} sort:due", view=TASKS)
        self.app.call_later(self.app.go, place)
