"""People by skills, with the level of each: walked with the list keys, on to more skills with > <.

A query of the list of staff chooses the people; Enter opens one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.console import RenderableType

from boconsole.errors import NotAllowedError, QuerySyntaxError
from boconsole.language import N_, _
from boconsole.staff import asking, skills
from boconsole.staff.skills import Line, Matrix
from screens import staff_rooms
from screens.actions import GO
from screens.appraisal_rooms import SKILLS
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.places import Place
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = "staff"
NAME, WIDTH, GAP = 20, 9, 1
EMPTY = Matrix((), (), [])


class SkillsScreen(staff_rooms.InRooms, RegisterScreen[Line]):
    """Who knows what: a row for each person, a column for each skill."""

    TITLE = "Skills"
    ROOM = SKILLS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("skills.step-on", N_("Next skills"), (">",), LIST, GO, rank=3,
               short=N_("more skills")),
        Action("skills.step-back", N_("Skills before"), ("<",), LIST, GO, rank=4,
               short=N_("before")),
    )  # fmt: skip

    def __init__(self) -> None:
        self._matrix = EMPTY
        self._first = 0
        super().__init__()

    # What it shows

    @property
    def _shown(self) -> range:
        """Places of the skills that fit."""
        room = self.table.size.width - NAME - GAP - 1
        fits = max(room // (WIDTH + GAP), 1)
        return range(self._first, min(self._first + fits, len(self._matrix.skills)))

    def heading(self) -> Heading:
        """Return which of the skills are shown."""
        found, shown = super().heading(), self._shown
        if not shown:
            return found
        told = _("skills {first} to {last} of {all}").format(
            first=shown.start + 1, last=shown.stop, all=len(self._matrix.skills)
        )
        return found._replace(view=" · ".join(filter(None, (found.view, told))))

    def columns(self) -> Sequence[Column[Line]]:
        """Return the person, then a column for each skill that fits."""
        found: list[Column[Line]] = [
            Column("name", N_("Name"), NAME, lambda one: Cell(safe(one.name)))
        ]
        if self.is_mounted:
            skill = self._matrix.skills
            found += [Column(f"skill{place}", safe(skill[place]), WIDTH, _level(place))
                      for place in self._shown]  # fmt: skip
        return found

    def selected(self, query: str) -> Sequence[Line]:
        """Return the people that a query names, and with them what they know; blocks."""
        self._matrix = skills.matrix(self.session, query)
        self.app.call_later(self._lay_out)
        return self._matrix.lines

    def read_rows(self) -> Sequence[Line]:
        """Return everybody; blocks."""
        return self.selected("")

    def _lay_out(self) -> None:
        """Give the table the columns of the skills that are shown."""
        last = max(len(self._matrix.skills) - 1, 0)
        self._first = min(self._first, last)
        self.table.set_columns(self.columns())
        self.show_status()

    def on_resize(self) -> None:
        """Show as many skills as fit."""
        super().on_resize()
        self.call_after_refresh(self._lay_out)

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query, or may not be asked."""
        try:
            asking.check(self.session, query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        except NotAllowedError as error:
            return 0, str(error)
        return None

    def why_not(self, action: Action) -> str:
        """Say how people are found; the order is that of names."""
        if action.id == "list.filter":
            return ""
        return super().why_not(action)

    def key_of(self, row: Line) -> int:
        """Return the id."""
        return row.employee_id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody is so. Skills are entered on a person's record with +.")

    def preview(self, row: Line) -> RenderableType:
        """Return what somebody knows, beside the table."""
        room = self.query_one(Preview).room
        lines = wrapped(toned((f"{row.number} {safe(row.name)}", "strong")), room)
        known = zip(self._matrix.skills, row.levels, strict=False)
        lines += [toned((f"{level:>3}  ", "info"), (safe(name), "")) for name, level in known
                  if level]  # fmt: skip
        return block(lines)

    # Going

    def open_row(self, row: Line) -> None:
        """Open the person."""
        self.app.call_later(self.app.go, Place(self.AREA, record=row.number))

    def action_step_on(self) -> None:
        """Show the next skills."""
        shown, last = self._shown, len(self._matrix.skills)
        if shown.stop < last:
            self._first = min(shown.stop, last - len(shown))
            self._lay_out()
        else:
            self.app.say(_("These are the last skills."))

    def action_step_back(self) -> None:
        """Show the skills before."""
        if self._first:
            self._first = max(self._first - len(self._shown), 0)
            self._lay_out()
        else:
            self.app.say(_("These are the first skills."))


def _level(place: int) -> Callable[[Line], Cell]:
    def cell(one: Line) -> Cell:
        level = one.levels[place] if place < len(one.levels) else ""
        return Cell(level, "strong") if level else Cell("·", "muted")

    return cell
