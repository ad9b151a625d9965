"""Who reports to whom, as a tree: j and k walk, l goes down to reports, h up to the manager."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import RenderableType

from boconsole.language import N_, _
from boconsole.staff import finding, tree
from boconsole.staff.tree import Node
from screens import staff_facts, staff_rooms
from screens.actions import GO
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.prose import block
from screens.registers import RegisterScreen, number
from screens.staff_facts import FEATURE
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

INDENT = 2


class TreeScreen(staff_rooms.InRooms, RegisterScreen[Node]):
    """Everybody who is employed today, each above those who report to them."""

    TITLE = "Who reports to whom"
    ROOM = staff_rooms.TREE
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("staff.to-reports", N_("Show who reports"), ("l", "right", "+"), LIST, GO, rank=3,
               short=N_("reports")),
        Action("staff.to-manager", N_("To the manager, or hide who reports"),
               ("h", "left", "-"), LIST, GO, rank=4, short=N_("manager")),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._folded: set[int] = set()
        self._people: list[Node] = []

    def columns(self) -> Sequence[Column[Node]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Name"), 34, self._who, grow=3),
            Column("title", N_("Title"), 20, _title, grow=2),
            Column("department", N_("Department"), 14, _department, grow=1, priority=1),
            Column("reports", N_("Reports"), 7, lambda row: number(row.reports), align="right"),
            Column("below", N_("Below"), 6, lambda row: number(row.below), align="right"),
            Column("number", N_("Number"), 8, lambda row: Cell(row.standing.number, "info"),
                   priority=2),
        )  # fmt: skip

    def _who(self, row: Node) -> Cell:
        sign = "  " if not row.reports else "+ " if row.id in self._folded else "- "
        return Cell(" " * INDENT * row.depth + sign + safe(row.standing.employee.name),
                    "strong" if row.reports else "")  # fmt: skip

    def read_rows(self) -> Sequence[Node]:
        """Return who is not hidden; blocks."""
        self._people = tree.tree(self.session)
        found, hidden = [], -1
        for node in self._people:
            if hidden >= 0 and node.depth > hidden:
                continue
            hidden = node.depth if node.id in self._folded else -1
            found.append(node)
        return found

    def key_of(self, row: Node) -> int:
        """Return the id of the person."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty tree says."""
        return _("Nobody is employed today whom you may see.")

    def preview(self, row: Node) -> RenderableType:
        """Return the person beside the tree."""
        room, today = self.query_one(Preview).room, finding.today_of(self.session)
        department = row.standing.position.department if row.standing.position else ""
        facts = list(staff_facts.standing_facts(row.standing, department, today))
        return block(staff_facts.labelled(facts, room))

    def open_row(self, row: Node) -> None:
        """Open the person."""
        from screens.staff_card import StaffCardScreen

        self.app.push_screen(StaffCardScreen(row.id))

    def action_to_reports(self) -> None:
        """Show who reports, or go to the first of them."""
        if (row := self.row) is None or not row.reports:
            return
        if row.id in self._folded:
            self._folded.discard(row.id)
            self.action_refresh()
            return
        below = next(node.id for node in self._people if node.above == row.id)
        self.table.jump_to(below)

    def action_to_manager(self) -> None:
        """Hide who reports; where nobody does or they are hidden, go to the manager."""
        if (row := self.row) is None:
            return
        if row.reports and row.id not in self._folded:
            self._folded.add(row.id)
            self.action_refresh()
        elif row.above:
            self.table.jump_to(row.above)


def _title(row: Node) -> Cell:
    return Cell(safe(row.standing.position.title)) if row.standing.position else Cell("")


def _department(row: Node) -> Cell:
    position = row.standing.position
    return Cell(safe(position.department), "muted") if position else Cell("")
