"""What may be destroyed, and what was: proposed by one person, confirmed by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.language import N_, _
from boconsole.registry import area, asking, destroying, protocols, reading, words
from boconsole.registry import due as due_list
from boconsole.registry.destroying import Destruction, DestructionRow
from boconsole.registry.due import Due
from boconsole.tickets.rows import Ref
from screens.actions import CHANGE, FIND
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog, PromptDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.licence_facts import lines_of
from screens.lists import View
from screens.paged import Paged
from screens.prose import block, toned
from screens.query_lists import QueryListScreen
from screens.registers import RegisterScreen
from screens.registry import facts, forms
from screens.registry.rooms import AREA, DESTRUCTIONS, DUE, InRooms, Kept
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

VIEWS = (
    View(N_("Held"), "due:<=today is:held"),
    View(N_("To be looked at"), "due:<=today then:review"),
    View(N_("Within a year"), "due:<=365d"),
    View(N_("No date to count from"), "is:undated"),
)
TITLES = {
    destroying.PROPOSED: N_("proposed"), destroying.DONE: N_("done"),
    destroying.REFUSED: N_("refused"),
}  # fmt: skip


class DueScreen(Kept, InRooms, QueryListScreen[Due]):
    """Documents whose time is over, the longest first."""

    TITLE = "To be destroyed"
    ROOM = DUE
    AREA = AREA
    FEATURE = "document_due"
    QUERY = "due:<=today"
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("due.remove", N_("Propose to destroy"), ("D",), LIST, CHANGE, rank=12,
               short=N_("propose")),
        Action("due.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
        Action("due.keep", N_("Keep longer than the rule says"), ("K",), LIST, CHANGE, rank=14,
               short=N_("keep")),
    )  # fmt: skip

    def columns(self) -> Sequence[Column[Due]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = reading.today(self.session)
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(words.number(one.row.id), "info"),
                   sort="number"),
            Column("title", N_("Title"), 20, lambda one: Cell(safe(one.row.title)), grow=2,
                   sort="title"),
            Column("due", N_("Due"), 10, lambda one: facts.due(one.row, today), sort="due"),
            Column("then", N_("Then"), 16,
                   lambda one: Cell(_(words.THEN.get(one.row.due_then, "")))),
            Column("held", N_("Held"), 14, _held),
            Column("rule", N_("Rule"), 24, _rule, grow=2, priority=1),
        )  # fmt: skip

    def source(self, query: str) -> Paged[Due]:
        """Return where the rows of a query come from."""
        return Paged(due_list, self.session, query)

    def read_area(self) -> Area:
        """Return what queries may say about what is due."""
        return area.remembered_area(due_list.area(self.session))

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing is due. v looks further ahead.")

    def preview(self, row: Due) -> RenderableType:
        """Return the document beside the list; reads."""
        room = self.query_one(Preview).room
        return block(facts.document_lines(reading.card(self.session, row.row.id), room))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when something was proposed or destroyed."""
        if event.feature in (facts.DOCUMENT, words.DESTRUCTION, words.CLASS):
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    def open_row(self, row: Due) -> None:
        """Open the document."""
        from screens.registry.card import PaperScreen

        self.app.push_screen(PaperScreen(row.row.id))

    def action_remove(self) -> None:
        """Ask for the reason, then propose to destroy the marked documents."""

        def ask(rows: Sequence[Due]) -> None:
            if rows:
                seen = [Ref(one.row.id, one.row.version) for one in rows]
                self.app.push_screen(forms.propose(self.session, seen))

        self.with_chosen(ask)

    def action_keep(self) -> None:
        """Keep the document under the cursor longer."""
        if (one := self.row) is not None:
            self.app.push_screen(forms.keep(self.session, one.row))


def _rule(one: Due) -> Cell:
    return Cell(one.advice, "warn") if one.advice else Cell(safe(one.rule), "muted")


def _held(one: Due) -> Cell:
    if one.held:
        return Cell(safe(one.held), "bad")
    return Cell(_("proposed") if one.proposed else "", "warn")


class DestructionsScreen(InRooms, RegisterScreen[DestructionRow]):
    """What was proposed and destroyed, the last first."""

    TITLE = "Destructions"
    ROOM = DESTRUCTIONS
    AREA = AREA
    FEATURE = words.DESTRUCTION
    REGISTER = asking.DESTRUCTIONS
    VIEWS = (View(N_("Waits for a second person"), "state:proposed"),)
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("destruction.approve", N_("Confirm, as a second person"), ("A",), LIST, CHANGE,
               rank=12, short=N_("confirm")),
        Action("destruction.refuse", N_("Refuse"), ("X",), LIST, CHANGE, rank=14,
               short=N_("refuse")),
    )  # fmt: skip

    def columns(self) -> Sequence[Column[DestructionRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8,
                   lambda row: Cell(words.destruction_number(row.id), "info"), sort="number"),
            Column("state", N_("State"), 10, lambda row: Cell(
                _(TITLES[row.state]), "warn" if row.state == destroying.PROPOSED else "")),
            Column("documents", N_("Documents"), 9, lambda row: Cell(str(row.documents)),
                   align="right"),
            Column("reason", N_("Reason"), 20, lambda row: Cell(safe(row.reason)), grow=2),
            Column("by", N_("Proposed by"), 11, lambda row: Cell(safe(row.proposed_by))),
            Column("decided", N_("Decided by"), 11, lambda row: Cell(safe(row.decided_by) or "-")),
            Column("at", N_("On"), 10, lambda row: Cell(
                str(row.decided_at.date()) if row.decided_at else "-", "muted"), priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[DestructionRow]:
        """Return the destructions; blocks."""
        return destroying.list_all(self.session)

    def key_of(self, row: DestructionRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing was proposed. :destroy-due lists what may be destroyed.")

    def preview(self, row: DestructionRow) -> RenderableType:
        """Return the documents of a destruction; reads."""
        room = self.query_one(Preview).room
        found = destroying.get(self.session, row.id)
        lines = lines_of(found.number, [(N_("Reason"), Cell(safe(row.reason))),
                         (N_("Comment"), Cell(safe(row.comment)))], room)  # fmt: skip
        for line in found.lines:
            lines.append(toned(Cell(words.number(line.document_id), "info"),
                               (f"  {safe(line.title)}", "")))  # fmt: skip
            lines += [toned((f"  {safe(file)}"[:room], "muted")) for file in
                      line.files.splitlines()]  # fmt: skip
        return block(lines)

    def open_row(self, row: DestructionRow) -> None:
        """Say how its protocol is written."""
        self.app.say(_("x writes the protocol of {number} as PDF, CSV or JSON.").format(
            number=words.destruction_number(row.id)))  # fmt: skip

    def open_number(self, number: str) -> None:
        """Stand on a destruction by its number, as typed after `:`."""

        def stand(found: Destruction) -> None:
            self.table.jump_to(found.row.id)

        self.load(partial(destroying.get, self.session, number), stand, group="open")

    def export_work(
        self, path: str, rows: Sequence[DestructionRow] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes the protocol of the one under the cursor."""
        row = rows[0] if rows else self.row

        def work() -> str:
            if row is None:
                return _("Nothing was proposed. :destroy-due lists what may be destroyed.")
            found = destroying.get(self.session, row.id)
            protocols.write(found, Path(path))
            return _("The protocol of {number} is in {path}.").format(
                number=found.number, path=path
            )

        return work

    def action_approve(self) -> None:
        """Ask, then destroy what somebody else proposed."""
        row = self.row
        if row is None:
            return
        question = _("Destroy {n} documents of {number} for good?").format(
            n=row.documents, number=words.destruction_number(row.id)
        )

        def act(sure: bool | None) -> None:
            if sure:
                work = partial(destroying.confirm, self.session, row.id, row.version)
                self.change(work, said=_("Destroyed; x writes the protocol."), touched=[row.id])

        self.app.push_screen(ConfirmDialog(question, words=_("destroy")), act)

    def action_refuse(self) -> None:
        """Ask for the reason, then keep what was proposed."""
        if (row := self.row) is None:
            return

        def take(comment: str | None) -> None:
            if comment:
                work = partial(destroying.refuse, self.session, row.id, comment, row.version)
                self.change(work, said=_("Refused; the documents are kept."), touched=[row.id])

        self.app.push_screen(PromptDialog(_("Why are they kept?")), take)
