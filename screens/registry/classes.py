"""The classification tree: codes, names, and how long documents of each class are kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.registry import asking, classes, scheme, words
from boconsole.registry.classes import Node
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.places import Place
from screens.registers import RegisterScreen, number
from screens.registry import forms
from screens.registry.rooms import AREA, CLASSES, InRooms
from screens.widgets.columns import Column


class ClassesScreen(InRooms, RegisterScreen[Node]):
    """The tree; Enter lists the documents of a class and those below it."""

    TITLE = "Classes"
    ROOM = CLASSES
    AREA = AREA
    FEATURE = words.CLASS
    REGISTER = asking.CLASSES
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature("class", "new", "edit"),
        Action("class.ready-made", N_("Add the ready-made scheme"), ("I",), LIST, CHANGE),
    )

    def columns(self) -> Sequence[Column[Node]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("code", N_("Code"), 7, lambda node: Cell(safe(node.row.code), "info"),
                   sort="code"),
            Column("name", N_("Name"), 24,
                   lambda node: Cell("  " * node.depth + safe(node.row.name)), grow=2,
                   sort="name"),
            Column("documents", N_("Documents"), 9, lambda node: number(node.row.documents),
                   align="right", sort="documents"),
            Column("rule", N_("Retention"), 30, lambda node: Cell(
                safe(node.rule.told()), "" if node.row.keep_months is not None else "muted"),
                grow=3),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Node]:
        """Return the tree; blocks."""
        return classes.list_classes(self.session)

    def key_of(self, row: Node) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty tree says."""
        return _("No class is here. n adds one, I a small ready-made scheme.")

    def open_row(self, row: Node) -> None:
        """List the documents of a class."""
        self.app.call_later(self.app.go, Place(AREA, query=f"class:{row.row.code} any"))

    def action_new(self) -> None:
        """Open the form of a new class below the one under the cursor."""
        above = self.row.row.code if self.row is not None else ""
        self.app.push_screen(forms.new_class(self.session, above))

    def action_edit(self) -> None:
        """Open the form of a class."""
        node = self.row
        if node is None:
            return

        def show(nodes: Sequence[Node]) -> None:
            codes = {each.row.id: each.row.code for each in nodes}
            above = codes.get(node.row.parent_id or 0, "")
            self.app.push_screen(forms.edit_class(self.session, node, above))

        self.load(self.read_rows, show, group="ask")

    def action_ready_made(self) -> None:
        """Add the classes of the small scheme that are not there."""

        def said(made: int) -> str:
            return _("{n} classes were added.").format(n=made)

        work = partial(classes.load, self.session, scheme.lines())
        self.change(work, said=said)
