"""A session: who is in it, and how it ended for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.staff import finding
from boconsole.training import sessions, words
from boconsole.training.sessions import PlaceRow, SessionRow
from screens import staff_rooms
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, Look, safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.entries import Field
from screens.forms import Form, FormScreen, draft_of
from screens.keys import LIST, Action
from screens.places import Place
from screens.registers import RegisterScreen
from screens.staff_forms import people_of
from screens.training import may_edit
from screens.training_sessions import FEATURE, STATES, look_word, session_form
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

PLACES = {
    words.ENROLLED: Look("E", N_("enrolled"), "info"), words.PASSED: Look("P", N_("passed"), ""),
    words.FAILED: Look("F", N_("failed"), "bad"), words.ABSENT: Look("A", N_("absent"), "warn"),
}  # fmt: skip
EDIT, STATE = (replace(one, when=may_edit) for one in of_feature(FEATURE, "edit", "state"))


class SessionScreen(RegisterScreen[PlaceRow]):
    """The people of a session by name, as far as they are seen.

    Args:
        row: As it was read.
    """

    TITLE = "Training"
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        EDIT, STATE,
        Action("training_session.more", N_("Enrol somebody"), ("+",), LIST, CHANGE, rank=10,
               short=N_("enrol"), when=may_edit),
        Action("training_session.less", N_("Take somebody out"), ("-",), LIST, CHANGE,
               when=may_edit),
        Action("training_session.result", N_("Record the result"), ("c",), LIST, CHANGE, rank=11,
               short=N_("result"), when=may_edit,
               help=N_("Of the marked people, or of this one.")),
    )  # fmt: skip

    def __init__(self, row: SessionRow) -> None:
        self.shown = row
        super().__init__()

    def heading(self) -> Heading:
        """Return course, days and state."""
        row = self.shown
        days = str(row.starts_on)
        if row.ends_on != row.starts_on:
            days = _("{first} to {last}").format(first=row.starts_on, last=row.ends_on)
        told = f"{row.number} {safe(row.course)} · {days} · {_(STATES[row.state].word)}"
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[PlaceRow]]:
        """Return the columns."""
        return (
            Column("number", N_("Number"), 8,
                   lambda one: Cell(f"EMP-{one.employee_id:04}", "info")),
            Column("name", N_("Name"), 24, lambda one: Cell(safe(one.name)), grow=2),
            Column("state", N_("State"), 12, lambda one: look_word(PLACES[one.state])),
            Column("result", N_("Result"), 20, lambda one: Cell(safe(one.result)), grow=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[PlaceRow]:
        """Return the people, and the session as it is now; blocks."""
        self.shown = sessions.again(self.shown.id)
        self.app.call_later(self.show_status)
        return sessions.places(self.session, self.shown)

    def key_of(self, row: PlaceRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody whom you see is enrolled; + enrols somebody.")

    def open_row(self, row: PlaceRow) -> None:
        """Open the person."""
        self.app.call_later(self.app.go, Place(self.AREA, record=f"EMP-{row.employee_id:04}"))

    def place(self) -> Place:
        """Return the session."""
        return Place(self.AREA, record=self.shown.number)

    # Changing

    def _do(self, work: Callable[[], SessionRow]) -> None:
        def said(row: SessionRow) -> str:
            return _("{number} {course} on {day} is kept.").format(
                number=row.number, course=safe(row.course), day=row.starts_on)  # fmt: skip

        self.change(work, said=said, touched=(), feature=FEATURE,
                    done=lambda _row: self.table.refresh_rows())  # fmt: skip

    def action_edit(self) -> None:
        """Open the form of the session."""
        form = session_form(self.session, None, self.shown, lambda _row: self.table.refresh_rows())
        self.app.push_screen(form)

    def action_more(self) -> None:
        """Ask who is enrolled."""
        field = Field("person", N_("Who"), required=True,
                      suggest=partial(people_of, self.session))  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> SessionRow:
            person = finding.find(self.session, str(given["person"]))
            return sessions.enrol(self.session, self.shown, [person.id])

        self.app.push_screen(FormScreen(
            Form(draft_of("training.enrol", self.shown.id), _("Enrol somebody"), [field], save,
                 said=_("The person is enrolled."), feature=FEATURE,
                 saved=lambda _row: self.table.refresh_rows())
        ))  # fmt: skip

    def action_less(self) -> None:
        """Take the person under the cursor out."""
        if (one := self.row) is not None:
            self._do(partial(sessions.take_out, self.session, self.shown, one.id))

    def action_result(self) -> None:
        """Choose how it ended for the marked people, or this one."""
        self.with_chosen(self._ask_result)

    def _ask_result(self, rows: Sequence[PlaceRow]) -> None:
        choices = [Choice(state, _(words.PLACE_TITLES[state])) for state in words.PLACES[1:]]
        if len(rows) == 1 and rows[0].state != words.ENROLLED:
            choices = [Choice("back", _("Take the result back"))]
        ids = [row.id for row in rows]

        def result(state: str, text: str | None) -> None:
            if text is None:
                return
            if state == "back":
                self._do(partial(sessions.take_back, self.session, self.shown, ids[0], text))
            else:
                self._do(partial(sessions.record, self.session, self.shown, ids, state, text))

        def take(state: str | None) -> None:
            if state is not None:
                title = _("Why?") if state == "back" else _("Result, such as 92 of 100")
                self.app.push_screen(PromptDialog(title), partial(result, state))

        self.app.push_screen(MenuDialog(_("How did it end?"), choices), take)

    def action_state(self) -> None:
        """Say that it was held, or is not."""
        waits = "" if self.shown.state == words.PLANNED else _("only planned ones change")
        choices = [Choice("hold", _("It was held"), "h", waits),
                   Choice("cancel", _("It is not held"), "c", waits)]  # fmt: skip

        def cancel(reason: str | None) -> None:
            if reason:
                self._do(partial(sessions.cancel, self.session, self.shown, reason))

        def take(value: str | None) -> None:
            if value == "hold":
                self._do(partial(sessions.hold, self.session, self.shown))
            elif value == "cancel":
                self.app.push_screen(PromptDialog(_("Why?")), cancel)

        self.app.push_screen(MenuDialog(self.shown.number, choices), take)
