"""The courses: what is taught, what it gives, and who lacks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, NamedTuple

from rich.console import RenderableType

from boconsole.filters.whole import Has, Register
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import finding, privacy
from boconsole.training import courses, needing, sessions, words
from boconsole.training.courses import CourseRow, NeedRow
from boconsole.training.sessions import SessionRow
from screens import staff_rooms
from screens.actions import CHANGE, SHOW, of_feature
from screens.appraisal_rooms import COURSES
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.entries import Field
from screens.following import RecordsChanged
from screens.forms import Form, FormScreen, draft_of
from screens.keys import LIST, Action
from screens.lists import View
from screens.prose import block, toned, wrapped
from screens.registers import RegisterScreen, number
from screens.shell import ShellScreen
from screens.staff_facts import labelled
from screens.staff_forms import departments_of
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = words.COURSE


def may_edit(screen: ShellScreen) -> str:
    """Return why somebody may not run training, "" where they may."""
    if screen.session.may(words.EDIT) and screen.session.may(privacy.EDIT):
        return ""
    return _("This needs the permissions staff.edit and training.edit.")


NEW, EDIT = (replace(action, when=may_edit) for action in of_feature(FEATURE, "new", "edit"))


class Line(NamedTuple):
    """A course, who needs it, its next session, and how many lack it.

    Attributes:
        coming: The first session that is planned, where there is one.
        lacking: Of those who are seen.
    """

    row: CourseRow
    needs: tuple[NeedRow, ...]
    coming: SessionRow | None
    lacking: int


def needed_by(one: Line) -> str:
    """Return who needs a course, in words."""
    return "; ".join(safe(courses.who(need.department, need.title)) for need in one.needs)


class CoursesScreen(staff_rooms.InRooms, RegisterScreen[Line]):
    """Courses by name."""

    TITLE = "Training"
    ROOM = COURSES
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    REGISTER = Register(
        text=lambda one: f"{one.row.number}\n{one.row.name}\n{one.row.provider}",
        fields={
            "name": Has(lambda one: one.row.name), "provider": Has(lambda one: one.row.provider),
            "certificate": Has(lambda one: one.row.certificate),
            "skill": Has(lambda one: one.row.skill),
            "lacking": Has(lambda one: one.lacking, "number"),
            "next": Has(lambda one: one.coming.starts_on if one.coming else None, "day"),
            "state": Has(lambda one: "closed" if one.row.closed else "open", "choice",
                         ("open", "closed")),
        },
        usual=lambda one: not one.row.closed,
    )  # fmt: skip
    VIEWS = (View(N_("Courses that somebody lacks"), "lacking:>0 sort:-lacking"),)
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW, EDIT,
        Action("training_course.more", N_("Say who needs it"), ("+",), LIST, CHANGE, rank=11,
               short=N_("who needs"), when=may_edit),
        Action("training_course.less", N_("Say who needs it no more"), ("-",), LIST, CHANGE,
               when=may_edit),
        Action("training_course.compare", N_("Show who lacks what"), ("=",), LIST, SHOW, rank=12,
               short=N_("lacking")),
    )  # fmt: skip
    PARTS = (
        "screens.training_sessions:SessionsScreen", "screens.training_sessions:LackingScreen",
        "screens.training_session:SessionScreen", "screens.skill_matrix:SkillsScreen",
    )  # fmt: skip

    def columns(self) -> Sequence[Column[Line]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(one.row.number, "info"),
                   priority=2),
            Column("name", N_("Course"), 22, lambda one: Cell(safe(one.row.name)), grow=2,
                   sort="name"),
            Column("provider", N_("Provider"), 14, lambda one: Cell(safe(one.row.provider)),
                   grow=1, priority=1, sort="provider"),
            Column("hours", N_("Hours"), 5,
                   lambda one: Cell(courses.hours_of(one.row.minutes)), align="right",
                   priority=4),
            Column("valid", N_("Valid"), 10, _valid, priority=3),
            Column("needs", N_("Needed by"), 18, lambda one: Cell(needed_by(one) or "-"), grow=2),
            Column("next", N_("Next"), 10, _coming, sort="next"),
            Column("lacking", N_("Lack it"), 7,
                   lambda one: number(one.lacking, "warn" if one.lacking else ""), align="right",
                   sort="lacking"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Line]:
        """Return the courses; blocks."""
        needs, lacks = courses.needs(), needing.lacking(self.session)
        today = finding.today_of(self.session)
        planned = [one for one in reversed(sessions.every())
                   if one.state == words.PLANNED and one.ends_on >= today]  # fmt: skip
        return [
            Line(row, tuple(one for one in needs if one.course_id == row.id),
                 next((one for one in planned if one.course_id == row.id), None),
                 sum(1 for one in lacks if one.course.id == row.id and one.state != words.ENDING))
            for row in courses.every(self.session)
        ]  # fmt: skip

    def key_of(self, row: Line) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        if may_edit(self):
            return _("No course yet.")
        return _("No course yet; n adds one with what it gives.")

    def preview(self, row: Line) -> RenderableType:
        """Return a course beside the list."""
        room, course = self.query_one(Preview).room, row.row
        lines = wrapped(toned((f"{course.number} {safe(course.name)}", "strong")), room)
        skill = " ".join(filter(None, (safe(course.skill), str(course.level or ""))))
        return block(lines + labelled([
            (N_("Provider"), Cell(safe(course.provider))), (N_("Certificate"), _gives(course)),
            (N_("Skill"), Cell(skill)), (N_("Needed by"), Cell(needed_by(row))),
            (N_("Note"), Cell(safe(course.note))),
        ], room))  # fmt: skip

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when sessions or people change too."""
        if event.feature in (FEATURE, words.SESSION, "staff"):
            super().records_changed(RecordsChanged(FEATURE, ()))

    # Going

    def open_row(self, row: Line) -> None:
        """Open the sessions of a course."""
        self._open(row.row)

    def _open(self, row: CourseRow) -> None:
        from screens.training_sessions import SessionsScreen

        self.app.push_screen(SessionsScreen(row))

    def open_number(self, number: str) -> None:
        """Open a course or a session by its number, as typed after `:`."""
        from screens.training_session import SessionScreen

        if number.upper().startswith("TRN"):

            def show(row: SessionRow) -> None:
                self.app.push_screen(SessionScreen(row))

            self.load(partial(sessions.find, number), show, group="open")
        else:
            self.load(partial(courses.find, number), self._open, group="open")

    def action_compare(self) -> None:
        """Show who lacks what, of the course under the cursor first."""
        from screens.training_sessions import LackingScreen

        self.app.push_screen(LackingScreen())

    # Changing

    def action_new(self) -> None:
        """Open the form of a new course."""
        self.app.push_screen(course_form(self.session, None, lambda _row: None))

    def action_edit(self) -> None:
        """Open the form of the course under the cursor."""
        if (one := self.row) is not None:
            self.app.push_screen(course_form(self.session, one.row, lambda _row: None))

    def action_more(self) -> None:
        """Ask who needs the course."""
        if (one := self.row) is None:
            return
        row = one.row
        fields = [
            Field("department", N_("Department"), suggest=partial(departments_of, self.session),
                  hint=N_("With those below it; empty is everywhere.")),
            Field("title", N_("Title"), hint=N_("Of the position; empty is everybody there.")),
        ]  # fmt: skip

        def save(given: Mapping[str, object], _version: int) -> object:
            return courses.need(self.session, row, str(given.get("department") or ""),
                                str(given.get("title") or ""))  # fmt: skip

        self.app.push_screen(FormScreen(
            Form(draft_of("training.need", row.id),
                 _("{name}: who needs it").format(name=safe(row.name)), fields, save,
                 said=_("That is kept."), feature=FEATURE)
        ))  # fmt: skip

    def action_less(self) -> None:
        """Choose who needs the course no more."""
        one = self.row
        if one is None or not one.needs:
            self.app.say(_("Nobody is said to need it; + says who does."))
            return
        row = one.row
        choices = [Choice(str(need.id), safe(courses.who(need.department, need.title)))
                   for need in one.needs]  # fmt: skip

        def take(value: str | None) -> None:
            if value is not None:
                self.change(partial(courses.drop_need, self.session, row, int(value)),
                            said=_("That is kept."), touched=(row.id,),
                            feature=FEATURE)  # fmt: skip

        self.app.push_screen(MenuDialog(_("Who needs it no more?"), choices), take)


def _valid(one: Line) -> Cell:
    if one.row.valid_months:
        return Cell(_("{months} months").format(months=one.row.valid_months))
    return Cell("-", "muted")


def _coming(one: Line) -> Cell:
    return Cell(str(one.coming.starts_on)) if one.coming else Cell("-", "muted")


def _gives(row: CourseRow) -> Cell:
    if not row.certificate and not row.valid_months:
        return Cell("")
    until = f", {_valid(Line(row, (), None, 0)).text}" if row.valid_months else ""
    return Cell(f"{safe(row.certificate or row.name)}{until}")


def course_form(
    session: Session, row: CourseRow | None, saved: Callable[[CourseRow], None]
) -> FormScreen:
    """Return the form of a course."""
    fields = [
        Field("name", N_("Course"), required=True),
        Field("provider", N_("Provider")),
        Field("hours", N_("Hours"), hint=N_("Such as 8 or 7.5.")),
        Field("certificate", N_("Certificate"), hint=N_("What who passes gets; empty for none.")),
        Field("valid_months", N_("Valid for months"), "number", hint=N_("Empty is for ever.")),
        Field("skill", N_("Skill"), hint=N_("What it teaches, such as Python.")),
        Field("level", N_("Level"), "number", hint=N_("Of that skill, such as 2.")),
        Field("note", N_("Note"), "long"),
        *([Field("closed", N_("Closed"), "switch")] if row else []),
    ]  # fmt: skip

    def save(given: Mapping[str, object], version: int) -> CourseRow:
        if row is None:
            return courses.new(session, given)
        return courses.edit(session, row._replace(version=version), given)

    values = courses.values_of(row) if row else {}
    title = _("New course") if row is None else _("Edit {number}").format(number=row.number)
    return FormScreen(
        Form("training.course", title, fields, save, values, row.id if row else 0,
             row.version if row else 0, said=_("The course is kept."), saved=saved,
             feature=FEATURE)
    )  # fmt: skip
