"""The assessments: of whom, by which questionnaire, what they came to, when the next is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.assessments import exporting, reading, words
from boconsole.assessments.reading import Assessment, AssessmentRow
from boconsole.language import N_, _, grouped, ngettext
from screens import assessment_acts as acts
from screens import assessment_facts as facts
from screens.actions import CHANGE
from screens.assessment_facts import Whole
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.lists import View
from screens.places import Place
from screens.prose import block
from screens.registers import RegisterScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


class AssessmentsScreen(RegisterScreen[AssessmentRow]):
    """Assessments, the latest day first."""

    TITLE = "Assessments"
    AREA = acts.AREA
    FEATURE = words.FEATURE
    REGISTER = reading.ASSESSMENTS
    VIEWS = (
        View(N_("Drafts of assessments"), "state:draft"),
        View(N_("Submitted"), "state:submitted"),
        View(N_("Next one due"), "state:submitted next:<=+90d sort:next"),
        View(N_("Knocked out"), "is:knocked"),
        View(N_("The worst first"), "state:submitted sort:score"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (
        *acts.actions(LIST),
        Action("assessment.questions", N_("Edit a questionnaire"), ("Q",), LIST, CHANGE),
    )
    PARTS = ("screens.assessment:AssessmentScreen",)

    def columns(self) -> Sequence[Column[AssessmentRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(words.number(row.id), "info"),
                   sort="number"),
            Column("subject", N_("Subject"), 18, lambda row: Cell(safe(row.subject)), grow=2,
                   sort="subject"),
            Column("questionnaire", N_("Questionnaire"), 16, lambda row: Cell(safe(row.title)),
                   grow=1, sort="questionnaire"),
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.dated_on)), sort="date"),
            Column("score", N_("Score"), 7, facts.score_cell, align="right", sort="score"),
            Column("grade", N_("Grade"), 13, facts.grade_cell, sort="grade"),
            Column("next", N_("Next"), 10,
                   lambda row: Cell(str(row.next_on or ""), "muted"), priority=1, sort="next"),
            Column("by", N_("By"), 9, lambda row: Cell(safe(row.assessor), "muted"), priority=2,
                   sort="by"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[AssessmentRow]:
        """Return all of them; blocks."""
        return reading.listed(self.session)

    def key_of(self, row: AssessmentRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No assessment. n begins one: of a supplier, a risk, an internal control.")

    def preview(self, row: AssessmentRow) -> RenderableType:
        """Return a result beside the list; reads."""
        found = reading.shown(self.session, row.id)
        trend = tuple(reading.trend(self.session, row))
        return block(facts.picture(Whole(found, trend, None), self.query_one(Preview).room))

    def open_row(self, row: AssessmentRow) -> None:
        """Open an assessment."""
        self._open(row.id)

    def open_number(self, number: str) -> None:
        """Open an assessment by its number, as typed after `:`."""

        def opened(found: Assessment) -> None:
            self._open(found.row.id)

        self.load(partial(reading.get, self.session, number), opened, group="open")

    def _open(self, assessment_id: int) -> None:
        from screens.assessment import AssessmentScreen

        self.app.places.visit(Place(self.AREA, record=words.number(assessment_id)))
        self.app.push_screen(AssessmentScreen(assessment_id, self))

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the assessment after (1) or before (-1) another near the screen."""
        window = self.table.listing.window
        ids = [window.key(row) for row in window.rows]
        place = ids.index(record_id) + step if record_id in ids else -1
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(ids[place])
        return ids[place]

    # Changing

    def why_not(self, action: Action) -> str:
        """Say what cannot be done to the assessment under the cursor."""
        return acts.impossible(action, self.row, self.session) or super().why_not(action)

    def action_new(self) -> None:
        """Begin an assessment."""
        acts.begin(self)

    def action_edit(self) -> None:
        """Answer the questions of the draft under the cursor."""
        if (row := self.row) is not None:
            acts.fill(self, row.id)

    def action_submit(self) -> None:
        """Submit the draft under the cursor."""
        if (row := self.row) is not None:
            acts.submit(self, row)

    def action_remove(self) -> None:
        """Throw the draft under the cursor away."""
        if (row := self.row) is not None:
            acts.discard(self, row, lambda: None)

    def action_questions(self) -> None:
        """Edit the questions, weights and answers of a questionnaire."""
        acts.edit_questions(self)

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes the last change back."""
        return partial(acts.undo, self.session)

    def export_work(
        self, path: str, rows: Sequence[AssessmentRow] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[AssessmentRow]) -> str:
            done = exporting.write(self.session, path, chosen)
            told = ngettext("{n} assessment is in {path}.", "{n} assessments are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)
