"""The steps that are one's own to do, of everybody who comes or goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, NamedTuple

from boconsole.checklists import reading, words
from boconsole.checklists.ticking import StepRow
from boconsole.language import N_, _
from boconsole.staff.finding import today_of
from screens import checklist_tab, checklists, recruitment_rooms, staff_rooms
from screens.actions import of_feature
from screens.cells import Cell, safe
from screens.keys import Action
from screens.registers import RegisterScreen
from screens.staff_facts import day
from screens.widgets.columns import Column


class Mine(NamedTuple):
    """A step, and for whom it is done."""

    step: StepRow
    person: str
    kind: str


DO = tuple(
    replace(action, title=N_("Do the step"), short=N_("do"))
    for action in of_feature("checklist_step", "state")
)


class MyStepsScreen(staff_rooms.InRooms, RegisterScreen[Mine]):
    """What is one's own to do, by day."""

    TITLE = "My steps"
    ROOM = recruitment_rooms.MINE
    AREA = staff_rooms.AREA
    FEATURE = words.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = DO

    def columns(self) -> Sequence[Column[Mine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("due", N_("Due"), 10, self._due),
            Column("title", N_("Step"), 26, lambda one: Cell(safe(one.step.title)), grow=3),
            Column("person", N_("For"), 18, lambda one: Cell(safe(one.person)), grow=1),
            Column("kind", N_("Kind"), 12, lambda one: Cell(_(words.KINDS[one.kind]), "muted"),
                   priority=1),
            Column("link", N_("Link"), 10,
                   lambda one: Cell(safe(reading.link_word(one.step)), "info")),
        )  # fmt: skip

    def _due(self, one: Mine) -> Cell:
        late = one.step.due_on < today_of(self.session)
        return day(one.step.due_on, "bad" if late else "")

    def read_rows(self) -> Sequence[Mine]:
        """Return the steps; blocks."""
        return [Mine(step, row.employee, row.kind) for row, step in reading.mine(self.session)]

    def key_of(self, row: Mine) -> int:
        """Return the id of the step."""
        return row.step.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing is yours to do for people who come or go.")

    def open_row(self, row: Mine) -> None:
        """Go to the ticket or asset of a step; do one that has none."""
        place = checklist_tab.place_of(row.step)
        if place.area:
            self.app.call_later(self.app.go, place)
        else:
            self.action_state()

    def action_state(self) -> None:
        """Do the step under the cursor."""
        if (one := self.row) is not None:
            checklists.tick(self, one.step, lambda _done: self.table.refresh_rows())

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last tick."""
        return partial(checklists.taken_back, self.session)
