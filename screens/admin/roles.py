"""The roles: what each one allows, who holds it, and roles of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import ClassVar

from rich.console import RenderableType
from textual.content import Content

from boconsole.accounts import own_roles, words
from boconsole.accounts.own_roles import EDIT, Role
from boconsole.language import N_, _
from screens.actions import CHANGE, of_feature
from screens.admin import rooms
from screens.cells import Cell, fit, line_text, safe
from screens.dialogs import ConfirmDialog
from screens.entries import Field, Suggestion
from screens.forms import Form, FormScreen, draft_of
from screens.help import LinesScreen
from screens.keys import LIST, Action
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen, number
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = "role"
LABEL = 26
NEW, CHANGE_IT = of_feature(FEATURE, "new", "edit")


class RolesScreen(rooms.InRooms, RegisterScreen[Role]):
    """The built-in roles, then the own ones."""

    TITLE = "Roles"
    ROOM = rooms.ROLES
    AREA = rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW,
        CHANGE_IT,
        Action("role.remove", N_("Remove an own role"), ("D",), LIST, CHANGE, rank=17,
               short=N_("remove")),
    )  # fmt: skip

    def columns(self) -> Sequence[Column[Role]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Role"), 16, lambda row: Cell(safe(row.name), "info")),
            Column("title", N_("Title"), 16, lambda row: Cell(safe(row.title)), priority=2),
            Column("holders", N_("Accounts"), 8, lambda row: number(row.holders), align="right"),
            Column("kind", N_("Kind"), 9,
                   lambda row: Cell(_("own") if row.own else _("built in"), "muted"), priority=1),
            Column("about", N_("What for"), 24, lambda row: Cell(safe(row.about)), grow=3),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Role]:
        """Return all roles."""
        return own_roles.list_all(self.session)

    def key_of(self, row: Role) -> int:
        """Return a number that stands for the name, as built-in roles have no id."""
        return int.from_bytes(sha256(row.name.encode()).digest()[:6])

    def preview(self, row: Role) -> RenderableType:
        """Return what a role allows."""
        return block(_picture(row, self.query_one(Preview).room))

    def open_row(self, row: Role) -> None:
        """Show what a role allows."""
        lines = [line_text(line.plain) for line in _picture(row, 76)]
        self.app.push_screen(LinesScreen(_("Role {name}").format(name=row.name), lines))

    # Changing

    def action_new(self) -> None:
        """Open the form of a new role."""
        self._form(None)

    def action_edit(self) -> None:
        """Open the form of an own role."""
        if (row := self.row) is not None:
            if row.own:
                self._form(row)
            else:
                self.app.say(
                    _("{name} is built in; n makes a role of your own.").format(name=row.name)
                )

    def _form(self, role: Role | None) -> None:
        if not self.session.may(EDIT):
            self.app.say(_("Only administrators make and change roles."), "warning")
            return
        name = Field("name", N_("Name"), required=True,
                     hint=N_("Small letters, digits, underscore: front_desk."))  # fmt: skip
        fields = (
            Field("about", N_("What for")),
            Field("permissions", N_("Allows"), "tags", True, suggest=_permissions,
                  hint=N_("Such as ticket.read, with commas between; typing completes.")),
        )  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> Role:
            named = role.name if role else str(given["name"])
            about = given.get("about", role.about if role else "")
            allowed = given.get("permissions", role.permissions if role else ())
            chosen = [str(one) for one in allowed] if isinstance(allowed, tuple | list) else []
            return own_roles.save(self.session, named, chosen, str(about or ""))

        title = _("Role {name}").format(name=role.name) if role else _("New role")
        form = Form(
            draft_of("role", role.name if role else "new"), title,
            fields if role else (name, *fields), save, role._asdict() if role else {},
            said=lambda saved: _("{name} is saved.").format(name=saved.name),
            saved=lambda _saved: self.table.refresh_rows(), feature=FEATURE,
        )  # fmt: skip
        self.app.push_screen(FormScreen(form))

    def action_remove(self) -> None:
        """Ask, then remove the own role under the cursor."""
        if (row := self.row) is None:
            return

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(own_roles.remove, self.session, row.name),
                    said=_("{name} is removed.").format(name=row.name),
                    done=lambda _done: self.table.refresh_rows(),
                )

        question = _("Remove the role {name}?").format(name=row.name)
        self.app.push_screen(ConfirmDialog(question, yes=_("remove")), take)


def _permissions(start: str) -> list[Suggestion]:
    low = start.lower()
    return [
        Suggestion(one, f"{words.area_word(one)}: {words.verb_word(one)}")
        for one in words.permissions()
        if one not in own_roles.NEVER and (one.startswith(low) or low in words.area_word(one))
    ]


def _picture(role: Role, room: int) -> list[Content]:
    lines = [toned((f"{role.name}  {role.title if role.title != role.name else ''}", "strong"))]
    lines += wrapped(toned((role.about, "muted")), room)
    lines.append(Content())
    for area, verbs in words.told(role.permissions):
        first = toned((fit(area, LABEL), "muted"), " ")
        lines += wrapped(toned(verbs), room, first, " " * (LABEL + 1))
    return lines
