"""The accounts: a tree with what each holds together with those below it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType
from textual.content import Content

from boconsole.errors import QuerySyntaxError
from boconsole.language import N_, _
from boconsole.ledger import registers, tree
from boconsole.ledger.tree import Node
from screens.actions import GO, SHOW
from screens.cells import Cell, fit, safe, sparkline
from screens.keys import LIST, Action
from screens.ledger import facts, rooms
from screens.ledger.sources import TreeSource
from screens.lists import ListScreen
from screens.places import Place
from screens.prose import block, toned
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

LAST = 12
"""Lines of the register that the preview shows."""


class AccountsScreen(rooms.InRooms, ListScreen[Node]):
    """The chart."""

    TITLE = "Accounts"
    ROOM = rooms.ACCOUNTS
    AREA = facts.AREA
    FEATURE = facts.FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("account.unfold", N_("Show what is below"), ("right", "plus"), LIST, SHOW,
               rank=10, short=N_("unfold")),
        Action("account.fold", N_("Hide what is below"), ("left", "minus"), LIST, SHOW, rank=11,
               short=N_("fold")),
        Action("account.fold-all", N_("Fold or unfold everything"), ("z",), LIST, SHOW, rank=12,
               short=N_("all")),
        Action("account.entries", N_("Show its entries in the journal"), ("J",), LIST, GO,
               rank=13, short=N_("journal")),
    )  # fmt: skip

    def __init__(self) -> None:
        self.folded: set[str] = set()
        super().__init__()

    # What it shows

    def columns(self) -> Sequence[Column[Node]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("account", N_("Account"), 30, self._named, grow=1),
            Column("code", N_("Code"), 7, lambda row: Cell(safe(row.account.code), "muted"),
                   priority=2),
            Column("kind", N_("Kind"), 10, lambda row: Cell(_(row.account.kind)), priority=3),
            Column("role", N_("Role"), 10, lambda row: Cell(_(row.account.role), "info"),
                   priority=4),
            Column("trend", N_("12 months"), 12,
                   lambda row: Cell(sparkline(row.trend), "muted"), priority=1),
            Column("held", N_("Balance"), 22, lambda row: Cell(facts.sums(row.held)),
                   align="right"),
        )  # fmt: skip

    def _named(self, row: Node) -> Cell:
        if self.query_text:
            return Cell(safe(row.account.path))
        mark = " " if row.leaf else "+" if row.account.path in self.folded else "-"
        return Cell(f"{'  ' * row.depth}{mark} {safe(row.account.name)}")

    def source(self, query: str) -> TreeSource:
        """Return where the rows come from."""
        return TreeSource(self.session, query, self.folded)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No account matches; esc clears the filter. A chart is chosen in the setup.")

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        try:
            tree.check(query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        return None

    def preview(self, row: Node) -> RenderableType:
        """Return an account beside the tree: what it holds, and its last lines; reads."""
        room = self.query_one(Preview).room
        lines = [toned((safe(row.account.path), "strong"))]
        for held in row.held:
            amount = f"{facts.money(held.amount, held.precision)} {safe(held.commodity)}"
            lines.append(toned(fit(amount, room, right=True)))
        found = registers.page(self.session, row.account, "", LAST, backwards=True)
        lines += [Content(""), *(facts.register_line(line, room) for line in found.rows)]
        return block(lines)

    # Folding

    def action_unfold(self) -> None:
        """Show what is below."""
        if (row := self.row) is not None:
            self.folded.discard(row.account.path)
            self.table.refresh_rows()

    def action_fold(self) -> None:
        """Hide what is below, or go to the account above."""
        if (row := self.row) is None:
            return
        path = row.account.path
        if row.leaf or path in self.folded:
            if row.account.parent_id is not None:
                self.table.jump_to(row.account.parent_id)
        else:
            self.folded.add(path)
            self.table.refresh_rows()

    def action_fold_all(self) -> None:
        """Show the roots alone, or everything again."""

        def take(nodes: Sequence[Node]) -> None:
            self.folded.update(node.account.path for node in nodes if not node.leaf)
            self.show_query(self.query_text)

        if self.folded:
            self.folded.clear()
            self.table.refresh_rows()
        else:
            self.load(partial(tree.tree, self.session), take, group="fold")

    # Going

    def open_row(self, row: Node) -> None:
        """Open the register."""
        from screens.ledger.register import RegisterScreen

        self.app.push_screen(RegisterScreen(row.account))

    def action_entries(self) -> None:
        """Show the entries of the account in the journal, where they can be filtered."""
        if (row := self.row) is not None:
            query = rooms.of_account(row.account.path)
            self.app.call_later(self.app.go, Place(self.AREA, query=query))

    def place(self) -> Place:
        """Return the accounts."""
        return Place(self.AREA, view=rooms.ACCOUNTS)
