"""One assessment: what it comes to and why, how its subject developed, what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.content import Content

from boconsole.assessments import reading, words
from boconsole.assessments.subjects import place_of
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens import assessment_acts as acts
from screens import assessment_facts as facts
from screens.actions import CHANGE, GO
from screens.assessment_facts import Whole
from screens.keys import DETAIL, Action
from screens.ledger.page import RecordPage, page_actions
from screens.places import Place


class AssessmentScreen(RecordPage[Whole]):
    """An assessment to read."""

    AREA = acts.AREA
    FEATURE = words.FEATURE
    CSS_PATH = "styles/page.tcss"
    ALONE = N_("This assessment was not opened from a list.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *acts.actions(DETAIL),
        Action("assessment.subject", N_("Go to what it is about"), ("F",), DETAIL, GO, rank=15,
               short=N_("subject")),
        Action("assessment.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo")),
        *page_actions("assessment", N_("Next assessment"), N_("Assessment before")),
    )  # fmt: skip

    def read(self, record_id: int) -> Whole:
        """Return an assessment with those before; blocks."""
        found = reading.get(self.session, str(record_id))
        before = reading.before(self.session, found.row)
        trend = tuple(reading.trend(self.session, found.row))
        return Whole(found, trend, reading.shown(self.session, before.id) if before else None)

    def ref_of(self, whole: Whole) -> Ref:
        """Return an assessment as it is acted on, and its number."""
        row = whole.found.row
        return Ref(row.id, row.version, whole.found.number)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the lines of an assessment."""
        return facts.picture(whole, room)

    def why_not(self, action: Action) -> str:
        """Say what cannot be done to this assessment."""
        row = self.whole.found.row if self.whole else None
        return acts.impossible(action, row, self.session) or super().why_not(action)

    def action_edit(self) -> None:
        """Answer the questions of the draft."""
        if self.whole is not None:
            acts.fill(self, self.whole.found.row.id)

    def action_submit(self) -> None:
        """Submit it."""
        if self.whole is not None:
            acts.submit(self, self.whole.found.row)

    def action_remove(self) -> None:
        """Throw the draft away."""
        if self.whole is not None:
            acts.discard(self, self.whole.found.row, self.gone)

    def action_new(self) -> None:
        """Begin another one."""
        acts.begin(self)

    def action_undo(self) -> None:
        """Take the last change back."""
        self.change(partial(acts.undo, self.session), said=str, feature=words.FEATURE)

    def action_subject(self) -> None:
        """Go to the record that it is about."""
        area, number = place_of(self.whole.found.row) if self.whole else ("", "")
        if area:
            self.app.call_later(self.app.go, Place(area, record=number))
        else:
            self.app.say(_("It is about no record of its own."))
