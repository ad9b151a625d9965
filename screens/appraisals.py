"""The cycles of appraisals: what runs, in which phase, and who is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.appraisals import asking, cycles, permitted, questions, reading, words
from boconsole.appraisals.reading import AppraisalRow, Cycle, CycleRow
from boconsole.language import N_, _
from boconsole.session import Session
from boconsole.staff import finding
from screens import appraisal_facts as facts
from screens import staff_rooms
from screens.actions import of_feature
from screens.appraisal_rooms import CYCLES
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.entries import Field
from screens.following import RecordsChanged
from screens.forms import Form, FormScreen
from screens.keys import Action
from screens.lists import View
from screens.prose import block
from screens.registers import RegisterScreen, number
from screens.shell import ShellScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

FEATURE = facts.CYCLE
DUE_TITLES = {
    "goals_on": N_("Goals until"), "self_on": N_("Self review until"),
    "review_on": N_("Manager review until"), "calibration_on": N_("Calibration until"),
}  # fmt: skip


def may_run(screen: ShellScreen) -> str:
    """Return why somebody may not run cycles, "" where they may."""
    if permitted.may_run(screen.session):
        return ""
    return _("This needs the permissions staff.edit and staff.appraisals.")


NEW, EDIT = (replace(action, when=may_run) for action in of_feature(FEATURE, "new", "edit"))
(STATE,) = of_feature(FEATURE, "state")


class CyclesScreen(staff_rooms.InRooms, RegisterScreen[Cycle]):
    """Cycles, the latest period first."""

    TITLE = "Appraisals"
    ROOM = CYCLES
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    REGISTER = asking.CYCLES
    VIEWS = (
        View(N_("Cycles that run"), "state:goals,self,review,calibration"),
        View(N_("What waits for me"), "is:waiting"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT, STATE)
    PARTS = ("screens.appraisal_cycle:CycleScreen", "screens.appraisal:AppraisalScreen")

    def columns(self) -> Sequence[Column[Cycle]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = finding.today_of(self.session)
        return (
            Column("number", N_("Number"), 8, lambda one: Cell(one.row.number, "info")),
            Column("name", N_("Name"), 16, lambda one: Cell(safe(one.row.name)), grow=2,
                   sort="name"),
            Column("from", N_("From"), 10, lambda one: Cell(str(one.row.starts_on)), priority=2,
                   sort="from"),
            Column("to", N_("To"), 10, lambda one: Cell(str(one.row.ends_on)), priority=1,
                   sort="to"),
            Column("state", N_("Phase"), 17, lambda one: facts.state_word(one.row.state)),
            Column("due", N_("Until"), 10, lambda one: facts.due(one.due, today), sort="due"),
            Column("people", N_("People"), 6, lambda one: number(one.people), align="right"),
            Column("done", N_("Done"), 6, lambda one: number(one.done), align="right"),
            Column("mine", N_("For me"), 6, facts.waits, align="right"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Cycle]:
        """Return the cycles that are seen; blocks."""
        return reading.cycles(self.session)

    def key_of(self, row: Cycle) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        if permitted.may_run(self.session):
            return _("No cycle yet. n makes one, with its people, questions and scale.")
        return _("You take part in no cycle yet.")

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when appraisals change too."""
        if event.feature in (FEATURE, facts.FEATURE):
            super().records_changed(RecordsChanged(FEATURE, ()))

    def preview(self, row: Cycle) -> RenderableType:
        """Return a cycle beside the list."""
        room = self.query_one(Preview).room
        return block(facts.cycle_picture(row, room, finding.today_of(self.session)))

    def open_row(self, row: Cycle) -> None:
        """Open the people of a cycle."""
        self._open(row.row)

    def _open(self, row: CycleRow) -> None:
        from screens.appraisal_cycle import CycleScreen

        self.app.push_screen(CycleScreen(row))

    def open_number(self, number: str) -> None:
        """Open a cycle or an appraisal by its number, as typed after `:`."""
        from screens.appraisal import AppraisalScreen

        if number.upper().startswith("APR"):
            work = partial(reading.find, self.session, number)

            def show(row: AppraisalRow) -> None:
                self.app.push_screen(AppraisalScreen(row.id))

            self.load(work, show, group="open")
        else:
            self.load(partial(reading.find_cycle, self.session, number), self._open, group="open")

    def action_new(self) -> None:
        """Open the form of a new cycle."""
        self.app.push_screen(cycle_form(self.session, None, self._open))

    def action_edit(self) -> None:
        """Open the form of the cycle under the cursor."""
        if (one := self.row) is not None:
            self.app.push_screen(cycle_form(self.session, one.row, lambda _done: None))

    def action_state(self) -> None:
        """Move the cycle under the cursor to another phase."""
        if (one := self.row) is not None:
            ask_state(self, one.row, lambda _done: None)


def cycle_form(
    session: Session, row: CycleRow | None, saved: Callable[[CycleRow], None]
) -> FormScreen:
    """Return the form of a cycle."""
    takes = (("all", N_("everybody")), ("department", N_("a department")),
             ("query", N_("a query of the list of staff")))  # fmt: skip
    fields = [
        Field("name", N_("Name"), required=True, hint=N_("Such as Year 2026.")),
        Field("starts_on", N_("From"), "date", required=True, hint=N_("Of what is appraised.")),
        Field("ends_on", N_("To"), "date", required=True,
              hint=N_("Whose managers of that day see it.")),
        Field("takes", N_("Takes part"), "choice", required=True, choices=takes),
        Field("takes_from", N_("Which"), hint=N_("The department, or the query.")),
        *(Field(name, title, "date") for name, title in DUE_TITLES.items()),
        Field("scale", N_("Scale"), "long", hint=N_("A line for each value: 1=below")),
        Field("questions", N_("Questions"), "long",
              hint=N_("A line each: Results: are they right?")),
    ]  # fmt: skip
    values: dict[str, object] = {"takes": "all", "scale": _plain_scale(),
                                 "questions": _plain_questions()}  # fmt: skip
    if row is not None:
        values = {**row._asdict(), "scale": questions.typed_scale(row.scale),
                  "questions": questions.typed_questions(row.questions)}  # fmt: skip

    def save(given: Mapping[str, object], version: int) -> CycleRow:
        if row is None:
            return cycles.new(session, given)
        return cycles.edit(session, row._replace(version=version), given)

    title = _("New cycle") if row is None else _("Edit {number}").format(number=row.number)
    return FormScreen(
        Form("appraisal.cycle", title, fields, save, values, row.id if row else 0,
             row.version if row else 0, said=_("The cycle is kept."), saved=saved,
             feature=FEATURE)
    )  # fmt: skip


def _plain_scale() -> str:
    return questions.typed_scale(questions.stored(questions.parse_scale("")))


def _plain_questions() -> str:
    return questions.typed_questions(questions.stored(questions.parse_questions("")))


def ask_state(screen: ShellScreen, row: CycleRow, done: Callable[[CycleRow], None]) -> None:
    """Choose to which phase a cycle goes, and why where people are not ready."""
    session = screen.session
    runs = may_run(screen)
    closed = row.state == words.CLOSED
    at = words.STATES.index(row.state)
    after = words.state_title(words.STATES[min(at + 1, len(words.STATES) - 1)])
    before = words.state_title(words.STATES[max(at - 1, 0)])
    may_reopen = "" if session.may(words.REOPEN) else _("This needs {permission}.").format(
        permission=words.REOPEN)  # fmt: skip
    choices = [
        Choice("on", _("On to: {state}").format(state=after), "o",
               runs or (_("it is closed") if closed else "")),
        Choice("anyway", _("On to: {state}, without those not ready").format(state=after), "w",
               runs or (_("it is closed") if closed else "")),
        Choice("back", _("Back to: {state}").format(state=before), "b",
               runs or (_("it is closed") if closed else _("it is a draft") if not at else "")),
        Choice("again", _("Open it again"), "a",
               may_reopen if closed else _("it is not closed")),
    ]  # fmt: skip
    works: dict[str, Callable[[str], CycleRow]] = {
        "on": lambda _why: cycles.advance(session, row),
        "anyway": partial(cycles.advance, session, row),
        "back": partial(cycles.back, session, row),
        "again": partial(cycles.reopen, session, row),
    }

    def run(value: str, reason: str) -> None:
        screen.change(partial(works[value], reason), said=_told, touched=(row.id,),
                      feature=FEATURE, done=done)  # fmt: skip

    def take(value: str | None) -> None:
        if value == "on":
            run(value, "")
        elif value is not None:
            screen.app.push_screen(
                PromptDialog(_("Why?")), lambda why: run(value, why) if why else None
            )

    screen.app.push_screen(MenuDialog(f"{row.number} {safe(row.name)}", choices), take)


def _told(row: CycleRow) -> str:
    return _("{number} {name} is in the phase {state}.").format(
        number=row.number, name=safe(row.name), state=words.state_title(row.state)
    )
