"""The sessions of a course, and who lacks a course that is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from boconsole.filters.whole import Has, Register
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.training import needing, sessions, words
from boconsole.training.courses import CourseRow
from boconsole.training.needing import Lack
from boconsole.training.sessions import SessionRow
from screens import staff_rooms
from screens.actions import of_feature
from screens.cells import Cell, Look, safe
from screens.entries import Field
from screens.following import RecordsChanged
from screens.forms import Form, FormScreen, draft_of
from screens.keys import Action
from screens.lists import View
from screens.places import Place
from screens.registers import RegisterScreen
from screens.training import may_edit
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

FEATURE = words.SESSION
STATES = {
    words.PLANNED: Look("P", N_("planned"), "info"), words.HELD: Look("H", N_("held"), ""),
    words.CANCELLED: Look("X", N_("cancelled"), "muted"),
}  # fmt: skip
LACKS = {
    words.MISSING: Look("!", N_("missing"), "bad"), words.EXPIRED: Look("!", N_("expired"), "bad"),
    words.ENDING: Look("~", N_("ends soon"), "warn"),
    words.BOOKED: Look("+", N_("enrolled"), "info"),
}  # fmt: skip
NEW, EDIT = (replace(one, when=may_edit) for one in of_feature(FEATURE, "new", "edit"))


def look_word(look: Look) -> Cell:
    """Return letter and word: `P planned`."""
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


class SessionsScreen(RegisterScreen[SessionRow]):
    """The sessions of a course, the latest first.

    Args:
        course: As it was read.
    """

    TITLE = "Training"
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT)

    def __init__(self, course: CourseRow) -> None:
        self.course = course
        super().__init__()

    def heading(self) -> Heading:
        """Return the course."""
        told = f"{self.course.number} {safe(self.course.name)}"
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[SessionRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info")),
            Column("from", N_("From"), 10, lambda row: Cell(str(row.starts_on))),
            Column("to", N_("To"), 10, lambda row: Cell(str(row.ends_on)), priority=1),
            Column("place", N_("Place"), 14, lambda row: Cell(safe(row.place)), grow=1),
            Column("trainer", N_("Trainer"), 14, lambda row: Cell(safe(row.trainer)), grow=1,
                   priority=2),
            Column("seats", N_("Seats"), 7, _seats, align="right"),
            Column("state", N_("State"), 12, lambda row: look_word(STATES[row.state])),
        )  # fmt: skip

    def read_rows(self) -> Sequence[SessionRow]:
        """Return the sessions; blocks."""
        return sessions.every(self.course.id)

    def key_of(self, row: SessionRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No session is planned; n plans one.")

    def open_row(self, row: SessionRow) -> None:
        """Open the people of a session."""
        from screens.training_session import SessionScreen

        self.app.push_screen(SessionScreen(row))

    def place(self) -> Place:
        """Return the course."""
        return Place(self.AREA, record=self.course.number)

    def action_new(self) -> None:
        """Open the form of a new session."""
        self.app.push_screen(session_form(self.session, self.course, None, lambda _row: None))

    def action_edit(self) -> None:
        """Open the form of the session under the cursor."""
        if (row := self.row) is not None:
            form = session_form(self.session, self.course, row, lambda _row: None)
            self.app.push_screen(form)


def _seats(row: SessionRow) -> Cell:
    full = row.seats is not None and row.places >= row.seats
    return Cell(f"{row.places}/{row.seats or '-'}", "warn" if full else "")


def session_form(
    session: Session, course: CourseRow | None, row: SessionRow | None,
    saved: Callable[[SessionRow], None],
) -> FormScreen:  # fmt: skip
    """Return the form of a session: a new one of a course, or one that is changed."""
    fields = [
        Field("starts_on", N_("From"), "date", required=True),
        Field("ends_on", N_("To"), "date", hint=N_("Empty for a single day.")),
        Field("place", N_("Place")), Field("trainer", N_("Trainer")),
        Field("seats", N_("Seats"), "number"),
    ]  # fmt: skip

    def save(given: Mapping[str, object], version: int) -> SessionRow:
        if row is not None:
            return sessions.edit(session, row._replace(version=version), given)
        if course is None:
            raise TypeError
        return sessions.new(session, course, given)

    title = _("New session") if row is None else _("Edit {number}").format(number=row.number)
    return FormScreen(
        Form(draft_of("training.session", *([course.id] if course and row is None else ())),
             title, fields, save, row._asdict() if row else {},
             row.id if row else 0, row.version if row else 0, said=_("The session is kept."),
             saved=saved, feature=FEATURE)
    )  # fmt: skip


class LackingScreen(RegisterScreen[Lack]):
    """Who needs a course and lacks it, or soon will."""

    TITLE = "Training"
    AREA = staff_rooms.AREA
    FEATURE = words.COURSE
    REGISTER = Register(
        text=lambda one: f"{one.number}\n{one.name}\n{one.course.name}\n{one.department}",
        fields={
            "name": Has(lambda one: one.name), "course": Has(lambda one: one.course.name),
            "department": Has(lambda one: one.department), "title": Has(lambda one: one.title),
            "until": Has(lambda one: one.until, "day"),
            "state": Has(lambda one: one.state, "choice", words.LACKS),
        },
    )  # fmt: skip
    VIEWS = (View(N_("Not yet enrolled"), "state:missing,expired"),)

    def heading(self) -> Heading:
        """Return what it is."""
        found = super().heading()
        return found._replace(view=found.view or _("Who lacks a course"))

    def columns(self) -> Sequence[Column[Lack]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(one.number, "info"), priority=2),
            Column("name", N_("Name"), 18, lambda one: Cell(safe(one.name)), grow=1, sort="name"),
            Column("department", N_("Department"), 13, lambda one: Cell(safe(one.department)),
                   priority=1, sort="department"),
            Column("course", N_("Course"), 20, lambda one: Cell(safe(one.course.name)), grow=1,
                   sort="course"),
            Column("state", N_("State"), 12, lambda one: look_word(LACKS[one.state])),
            Column("until", N_("Until"), 10,
                   lambda one: Cell(str(one.until)) if one.until else Cell("-", "muted"),
                   sort="until"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Lack]:
        """Return them; blocks."""
        return needing.lacking(self.session)

    def key_of(self, row: Lack) -> int:
        """Return what tells it apart."""
        return row.key

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nobody whom you see lacks a course that is needed.")

    def open_row(self, row: Lack) -> None:
        """Open the person."""
        self.app.call_later(self.app.go, Place(self.AREA, record=row.number))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when sessions or people change too."""
        if event.feature in (words.COURSE, words.SESSION, "staff"):
            super().records_changed(RecordsChanged(self.FEATURE, ()))
