"""The templates of check lists, and the form in which their steps are typed as lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from rich.console import RenderableType

from boconsole.checklists import templates, words
from boconsole.checklists.templates import Template
from boconsole.language import N_, _
from boconsole.session import Session
from screens import recruitment_rooms, staff_rooms
from screens.actions import of_feature
from screens.cells import Cell, safe
from screens.entries import Field
from screens.forms import Form, FormScreen
from screens.keys import Action
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen, number
from screens.staff import may_edit
from screens.staff_forms import departments_of
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

NEW, EDIT = (
    replace(action, when=may_edit) for action in of_feature(words.TEMPLATES, "new", "edit")
)


class TemplatesScreen(staff_rooms.InRooms, RegisterScreen[Template]):
    """Templates of those who come and of those who go."""

    TITLE = "Templates of check lists"
    ROOM = recruitment_rooms.TEMPLATES
    AREA = staff_rooms.AREA
    FEATURE = words.TEMPLATES
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT)

    def columns(self) -> Sequence[Column[Template]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Name"), 24, lambda one: Cell(safe(one.row.name)), grow=2),
            Column("kind", N_("Kind"), 12, lambda one: Cell(_(words.KINDS[one.row.kind]))),
            Column("department", N_("Department"), 16, _department, grow=1),
            Column("steps", N_("Steps"), 6, lambda one: number(len(one.steps)), align="right"),
            Column("closed", N_("Closed"), 7,
                   lambda one: Cell(_("closed") if one.row.closed else "", "muted")),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Template]:
        """Return all templates; blocks."""
        return templates.every(self.session)

    def key_of(self, row: Template) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("There is no template yet, so hiring begins no check list; n adds one.")

    def preview(self, row: Template) -> RenderableType:
        """Return the steps beside the list."""
        room = self.query_one(Preview).room
        lines = [toned((safe(row.row.name), "strong"))]
        for step in row.steps:
            lines += wrapped(toned(safe(templates.line_of(step))), room, rest="  ")
        return block(lines)

    def open_row(self, row: Template) -> None:
        """Open the form of a template."""
        self.app.push_screen(template_form(self.session, row, lambda _done: None))

    def action_new(self) -> None:
        """Open the form of a new template."""
        self.app.push_screen(template_form(self.session, None, lambda _done: None))

    def action_edit(self) -> None:
        """Open the form of the template under the cursor."""
        if (one := self.row) is not None:
            self.open_row(one)


def _department(one: Template) -> Cell:
    name = one.row.department
    return Cell(safe(name)) if name else Cell(_("everybody"), "muted")


def template_form(
    session: Session,
    one: Template | None,
    saved: Callable[[Any], None],  # Any: the answer
) -> FormScreen:
    """Return the form of a template; None adds one."""
    fields = [
        Field("name", N_("Name"), required=True),
        Field("kind", N_("Kind"), "choice", required=True, choices=list(words.KINDS.items())),
        Field("department", N_("Department"), suggest=partial(departments_of, session),
              hint=N_("For those in it alone; empty is everybody.")),
        Field("steps", N_("Steps"), "long", required=True,
              hint=N_("A line each: title | owner | days | ticket, access or asset | detail")),
        Field("closed", N_("Closed"), "switch"),
    ]  # fmt: skip
    values: dict[str, object] = {"kind": words.ONBOARDING}
    if one is not None:
        row = one.row
        lines = "\n".join(templates.line_of(step) for step in one.steps)
        values = {"name": row.name, "kind": row.kind, "department": row.department,
                  "steps": lines, "closed": row.closed}  # fmt: skip
        fields = fields[1:]

    def save(changed: Mapping[str, object], _version: int) -> Template:
        given = {**values, **changed}
        return templates.put(
            session, str(given["name"]), str(given["kind"]), str(given["steps"]).splitlines(),
            department=str(given.get("department") or ""), closed=bool(given.get("closed")),
        )  # fmt: skip

    title = _("New template") if one is None else _("Edit {name}").format(name=one.row.name)
    return FormScreen(
        Form("checklist.template", title, fields, save, values, one.id if one else 0,
             one.row.version if one else 0, said=_("The template is kept."), saved=saved,
             feature=words.TEMPLATES)
    )  # fmt: skip
