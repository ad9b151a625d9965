"""The candidates, a line for each application."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.errors import QuerySyntaxError
from boconsole.filters import whole
from boconsole.language import N_, _, grouped, ngettext
from boconsole.recruitment import asking, card, seeing, words
from boconsole.recruitment.asking import Line
from boconsole.recruitment.candidates import CandidateRow
from screens import recruitment_facts as facts
from screens import recruitment_forms as forms
from screens import recruitment_moves as moves
from screens import recruitment_rooms, recruitment_tabs, staff_rooms
from screens.actions import of_feature
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import Action
from screens.lists import View
from screens.prose import block, toned, wrapped
from screens.recruitment import may_edit, taken_back
from screens.registers import RegisterScreen
from screens.staff_facts import day
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

NEW, EDIT, STATE = (
    replace(action, when=may_edit) for action in of_feature(facts.CANDIDATE, "new", "edit", "state")
)


class CandidatesScreen(staff_rooms.InRooms, RegisterScreen[Line]):
    """Who is considered, the newest first."""

    TITLE = "Candidates"
    ROOM = recruitment_rooms.CANDIDATES
    AREA = staff_rooms.AREA
    FEATURE = facts.CANDIDATE
    REGISTER = asking.CANDIDATES
    VIEWS = (
        View(N_("In interviews"), "stage:interview sort:since"),
        View(N_("Offers"), "stage:offer"),
        View(N_("Rejected or withdrawn"), "stage:rejected,withdrawn sort:-since"),
        View(N_("To be forgotten"), "is:overdue"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT, STATE)

    def columns(self) -> Sequence[Column[Line]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(one.number, "info"),
                   sort="number"),
            Column("name", N_("Name"), 18, lambda one: Cell(safe(one.candidate.name)), grow=3,
                   sort="name"),
            Column("opening", N_("Opening"), 20, _opening, grow=2, sort="title"),
            Column("stage", N_("Stage"), 12, lambda one: facts.stage_word(one.stage)),
            Column("since", N_("Since"), 10, self._since, priority=1, sort="since"),
            Column("source", N_("Source"), 12, lambda one: Cell(safe(one.candidate.source)),
                   priority=2, sort="source"),
            Column("kept", N_("Kept until"), 10, facts.kept, priority=3, sort="keep"),
        )  # fmt: skip

    def _since(self, one: Line) -> Cell:
        row = one.application
        return day(row.since_at.astimezone(self.session.zone).date() if row else None)

    def read_rows(self) -> Sequence[Line]:
        """Return all candidates that are seen; blocks."""
        return asking.candidates(self.session, "any")

    def selected(self, query: str) -> Sequence[Line]:
        """Return the candidates that a query names; blocks."""
        return asking.candidates(self.session, query)

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query."""
        try:
            whole.check(self.session, asking.register_of(query), query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        return None

    def key_of(self, row: Line) -> int:
        """Return what tells a line apart."""
        return row.key

    def empty_text(self) -> str:
        """Return what an empty list says."""
        if self.session.may(words.EDIT):
            return _("Nobody is considered. n adds a candidate, esc clears the filter.")
        return _("There is no candidate whom you may see.")

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when stages change too."""
        if event.feature in facts.FEATURES:
            super().records_changed(RecordsChanged(facts.CANDIDATE, ()))

    def export_work(self, path: str, rows: Sequence[Line] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Line]) -> str:
            from boconsole.recruitment import exporting

            done = exporting.export(self.session, Path(path), chosen)
            told = ngettext("{n} candidate is in {path}.", "{n} candidates are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    def preview(self, row: Line) -> RenderableType:
        """Return the facts of a candidate beside the list, without what is offered."""
        room = self.query_one(Preview).room
        found = card.read(self.session, row.candidate.id)
        title = toned((f"{row.number} {safe(row.candidate.name)}", "strong"))
        return block([*wrapped(title, room), *recruitment_tabs.picture(found, room)])

    # Going

    def open_row(self, row: Line) -> None:
        """Open a candidate."""
        self.open_candidate(row.candidate)

    def open_candidate(self, row: CandidateRow) -> None:
        """Open a candidate; J and K go on along the list."""
        from screens.recruitment_card import CandidateScreen

        self.app.push_screen(CandidateScreen(row.id, self))

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the candidate after (1) or before (-1) another near the screen, moving there."""
        rows = self.table.listing.window.rows
        ids = [row.candidate.id for row in rows]
        place = ids.index(record_id) if record_id in ids else -1
        while 0 <= place < len(ids) and ids[place] == record_id:
            place += step
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(rows[place].key)
        return ids[place]

    def open_number(self, number: str) -> None:
        """Open a candidate by number, as typed after `:`."""
        self.load(partial(seeing.candidate, self.session, number), self.open_candidate,
                  group="open")  # fmt: skip

    # Changing

    def action_new(self) -> None:
        """Open the form of a new candidate."""
        self.app.push_screen(forms.candidate_form(self.session, None, self.open_candidate))

    def action_edit(self) -> None:
        """Open the form of the candidate under the cursor."""
        if (one := self.row) is not None:
            form = forms.candidate_form(self.session, one.candidate, lambda _done: None)
            self.app.push_screen(form)

    def action_state(self) -> None:
        """Move the marked candidates, or the one under the cursor, to another stage."""
        self.with_chosen(self._ask_stage)

    def _ask_stage(self, chosen: Sequence[Line]) -> None:
        rows = [one.application for one in chosen if one.application is not None]
        if not rows:
            self.app.say(_("No opening is applied for here; enter opens the candidate."))
            return
        moves.ask_stage(self, rows, lambda _done: self.table.clear_marks())

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last move."""
        return partial(taken_back, self.session)


def _opening(one: Line) -> Cell:
    row = one.application
    return Cell(f"{row.opening_number} {safe(row.opening)}") if row else Cell("-", "muted")
