"""The openings: what is to be filled, for whom, and how many are considered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.language import N_, _, grouped, ngettext
from boconsole.recruitment import asking, openings, seeing, stages, words
from boconsole.recruitment.asking import OpeningLine
from boconsole.recruitment.openings import OpeningRow
from boconsole.session import Session
from screens import recruitment_facts as facts
from screens import recruitment_forms as forms
from screens import recruitment_rooms, staff_rooms
from screens.actions import of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import Action
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen, number
from screens.shell import ShellScreen
from screens.staff_facts import day, labelled
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


def may_edit(screen: ShellScreen) -> str:
    """Return why somebody may not change openings and candidates, "" where they may."""
    if screen.session.may(words.EDIT):
        return ""
    return _("This needs the permission {name}.").format(name=words.EDIT)


NEW, EDIT, STATE = (
    replace(action, when=may_edit) for action in of_feature(facts.OPENING, "new", "edit", "state")
)


class OpeningsScreen(staff_rooms.InRooms, RegisterScreen[OpeningLine]):
    """Openings that are not closed, the newest first; Enter opens the board of one."""

    TITLE = "Openings"
    ROOM = recruitment_rooms.OPENINGS
    AREA = staff_rooms.AREA
    FEATURE = facts.OPENING
    REGISTER = asking.OPENINGS
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT, STATE)

    def columns(self) -> Sequence[Column[OpeningLine]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(one.row.number, "info"),
                   sort="number"),
            Column("title", N_("Title"), 20, lambda one: Cell(safe(one.row.title)), grow=3,
                   sort="title"),
            Column("department", N_("Department"), 14,
                   lambda one: Cell(safe(one.row.department)), grow=1, sort="department"),
            Column("manager", N_("Manager"), 14, lambda one: Cell(safe(one.row.manager)), grow=1,
                   priority=1, sort="manager"),
            Column("filled", N_("Filled"), 6, facts.filled, align="right"),
            Column("candidates", N_("Candidates"), 10, lambda one: number(one.row.live),
                   align="right", sort="candidates"),
            Column("opened", N_("Opened"), 10, lambda one: day(one.row.opened_on), priority=2,
                   sort="opened"),
            Column("state", N_("State"), 11, lambda one: facts.state_word(one.row.state)),
        )  # fmt: skip

    def selected(self, query: str) -> Sequence[OpeningLine]:
        """Return the openings that a query names; blocks."""
        return asking.openings(self.session, query)

    def read_rows(self) -> Sequence[OpeningLine]:
        """Return all openings that are seen; blocks."""
        return asking.openings(self.session, "any")

    def key_of(self, row: OpeningLine) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        if self.session.may(words.EDIT):
            return _("Nothing is to be filled. n adds an opening, esc clears the filter.")
        return _("There is no opening that you lead.")

    def preview(self, row: OpeningLine) -> RenderableType:
        """Return an opening beside the list."""
        one, room = row.row, self.query_one(Preview).room
        lines = wrapped(toned((f"{one.number} {safe(one.title)}", "strong")), room)
        lines += labelled([
            (N_("State"), facts.state_word(one.state)), (N_("Manager"), Cell(safe(one.manager))),
            (N_("Place"), Cell(safe(one.place))), (N_("Filled"), facts.filled(row)),
            (N_("Criteria"), Cell(safe(", ".join(openings.criteria_of(one))))),
            (N_("Note"), Cell(safe(one.note))),
        ], room)  # fmt: skip
        return block(lines)

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when candidates move too."""
        if event.feature in facts.FEATURES:
            super().records_changed(RecordsChanged(facts.OPENING, ()))

    def export_work(
        self, path: str, rows: Sequence[OpeningLine] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[OpeningLine]) -> str:
            from boconsole.recruitment import exporting

            done = exporting.export_openings(Path(path), chosen)
            told = ngettext("{n} opening is in {path}.", "{n} openings are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    # Going

    def open_row(self, row: OpeningLine) -> None:
        """Open the board of an opening."""
        self.open_opening(row.row)

    def open_opening(self, row: OpeningRow) -> None:
        """Open a board; J and K go on along the list."""
        from screens.recruitment_opening import OpeningScreen

        self.app.push_screen(OpeningScreen(row.id, self))

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the opening after (1) or before (-1) another near the screen, moving there."""
        window = self.table.listing.window
        ids = [window.key(row) for row in window.rows]
        place = ids.index(record_id) + step if record_id in ids else -1
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(ids[place])
        return ids[place]

    def open_number(self, number: str) -> None:
        """Open an opening by number, as typed after `:`."""
        self.load(partial(seeing.opening, self.session, number), self.open_opening, group="open")

    # Changing

    def action_new(self) -> None:
        """Open the form of a new opening."""
        self.app.push_screen(forms.opening_form(self.session, None, self.open_opening))

    def action_edit(self) -> None:
        """Open the form of the opening under the cursor."""
        if (one := self.row) is not None:
            self.app.push_screen(forms.opening_form(self.session, one.row, lambda _done: None))

    def action_state(self) -> None:
        """Choose the next state of the opening under the cursor."""
        if (one := self.row) is not None:
            ask_state(self, one.row)

    def undo_work(self) -> partial[str]:
        """Return the operation that takes back the last move of candidates."""
        return partial(taken_back, self.session)


def ask_state(screen: ShellScreen, row: OpeningRow) -> None:
    """Choose the next state of an opening."""
    choices = [
        Choice(state, _(words.STATE_TITLES[state])) for state in words.NEXT_STATES[row.state]
    ]

    def take(state: str | None) -> None:
        if state is not None:
            said = _("{number} is now {state}.").format(
                number=row.number, state=_(words.STATE_TITLES[state]).lower()
            )
            screen.change(partial(openings.set_state, screen.session, row, state), said=said,
                          touched=(row.id,), feature=facts.OPENING)  # fmt: skip

    screen.app.push_screen(MenuDialog(f"{row.number} {safe(row.title)}", choices), take)


def taken_back(session: Session) -> str:
    """Take the last move back; returns what to say."""
    rows = stages.undo_last(session)
    told = ", ".join(f"{row.number} {_(words.STAGE_TITLES[row.stage])}" for row in rows[:3])
    return _("Taken back: {told}.").format(told=told)
