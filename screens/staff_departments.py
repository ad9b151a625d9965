"""The departments, by their place in the organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

from boconsole.language import N_, _
from boconsole.staff import dated, departments, finding
from screens import staff_forms, staff_rooms
from screens.actions import of_feature
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import Action
from screens.places import Place
from screens.registers import RegisterScreen, number
from screens.staff import may_edit
from screens.staff_facts import day
from screens.widgets.columns import Column

FEATURE = departments.FEATURE
NEW, EDIT = (replace(action, when=may_edit) for action in of_feature(FEATURE, "new", "edit"))


class Line(NamedTuple):
    """A department, its path, and how many work in it."""

    row: departments.DepartmentRow
    path: str
    people: int


class DepartmentsScreen(staff_rooms.InRooms, RegisterScreen[Line]):
    """Departments with head, cost centre and people."""

    TITLE = "Departments"
    ROOM = staff_rooms.DEPARTMENTS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT)

    def columns(self) -> Sequence[Column[Line]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("path", N_("Department"), 30, lambda one: Cell(safe(one.path)), grow=3),
            Column("head", N_("Head"), 20, lambda one: Cell(safe(one.row.head)), grow=1),
            Column("cost", N_("Cost centre"), 12, lambda one: Cell(safe(one.row.cost_centre))),
            Column("people", N_("People"), 6, lambda one: number(one.people), align="right"),
            Column("closed", N_("Closed"), 10, lambda one: day(one.row.closed_on), priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Line]:
        """Return all departments; blocks."""
        rows = departments.every(self.session)
        paths = departments.paths(rows)
        people: dict[int, int] = {}
        for one in dated.on(self.session, finding.today_of(self.session), employed=True):
            if one.position and one.position.department_id:
                place = one.position.department_id
                people[place] = people.get(place, 0) + 1
        found = [Line(row, paths[row.id], people.get(row.id, 0)) for row in rows]
        return sorted(found, key=lambda one: one.path.casefold())

    def key_of(self, row: Line) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("There is no department yet; n adds one.")

    def open_row(self, row: Line) -> None:
        """Show who works in it."""
        self.app.call_later(self.app.go, Place(self.AREA, query=f'department:"{row.row.name}"'))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when people move too."""
        if event.feature in (FEATURE, "staff"):
            super().records_changed(RecordsChanged(FEATURE, ()))

    def action_new(self) -> None:
        """Open the form of a new department."""
        self.app.push_screen(staff_forms.department_form(self.session, None, lambda _done: None))

    def action_edit(self) -> None:
        """Open the form of the department under the cursor."""
        if (one := self.row) is not None:
            form = staff_forms.department_form(self.session, one.row, lambda _done: None)
            self.app.push_screen(form)
