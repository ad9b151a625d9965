"""An appraisal on one page: goals, both reviews side by side, the rating and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.content import Content

from boconsole.appraisals import goals, permitted, possible, reading, telling, words
from boconsole.appraisals.reading import Form, GoalRow
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from screens import appraisal_acts, staff_rooms
from screens import appraisal_facts as facts
from screens.actions import CHANGE, of_feature
from screens.appraisals import may_run
from screens.cells import safe
from screens.dialogs import Choice, MenuDialog
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import RecordPage, page_actions
from screens.widgets.bars import Heading

FEATURE = facts.FEATURE


def _can(what: str) -> Callable[[AppraisalScreen], str]:
    """Return what says why something cannot be done with the appraisal that is shown."""

    def why(screen: AppraisalScreen) -> str:
        return possible.why_not(screen.whole, what) if screen.whole else ""

    return why


def _may_propose(screen: AppraisalScreen) -> str:
    if screen.whole and screen.whole.person.role == permitted.SELF:
        return _("Nobody proposes something for themselves.")
    return _can(possible.PROPOSE)(screen)


def _may_rate(screen: AppraisalScreen) -> str:
    return may_run(screen) or _can(possible.RATE)(screen)


(EDIT,) = of_feature(FEATURE, "edit", where=DETAIL)


class AppraisalScreen(RecordPage[Form]):
    """One person in a cycle, as far as the one who reads may see."""

    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    CSS_PATH = "styles/page.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        replace(EDIT, when=_can(possible.WRITE)), *of_feature(FEATURE, "state", where=DETAIL),
        Action("appraisal.more", N_("Add a goal"), ("+",), DETAIL, CHANGE, rank=10,
               short=N_("goal"), when=_can(possible.GOAL)),
        Action("appraisal.correct", N_("Change a goal or its result"), ("c",), DETAIL, CHANGE,
               rank=11, short=N_("result"), when=_can(possible.RESULT)),
        Action("appraisal.less", N_("Remove a goal"), ("-",), DETAIL, CHANGE,
               when=_can(possible.GOAL)),
        Action("appraisal.move-rating", N_("Move the rating"), ("m",), DETAIL, CHANGE, rank=13,
               short=N_("rate"), when=_may_rate),
        Action("appraisal.propose", N_("Propose a raise or a bonus"), ("P",), DETAIL, CHANGE,
               rank=14, short=N_("propose"), when=_may_propose),
        Action("appraisal.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo"), help=N_("A release, a moved rating, a submission, a hand-over.")),
        *page_actions(FEATURE, N_("Next one of the list"), N_("The one before in the list")),
    )  # fmt: skip

    _looked = 0
    """Id of the appraisal at which the look is written down."""

    # Reading

    def read(self, record_id: int) -> Form:
        """Return the appraisal; a look at another's is written down once."""
        found = reading.form(self.session, record_id, look=self._looked != record_id)
        self._looked = record_id
        telling.mark_read(self.session, words.APPRAISAL, record_id)
        return found

    def ref_of(self, whole: Form) -> Ref:
        """Return the appraisal as it is acted on, and its number."""
        row = whole.person.row
        return Ref(row.id, row.version, row.number)

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here; so does one of the cycle."""
        return super().concerns(event) or event.feature == facts.CYCLE

    def picture(self, whole: Form, room: int) -> list[Content]:
        """Return the lines of it."""
        return facts.picture(whole, room)

    def heading(self) -> Heading:
        """Return number and name."""
        found = super().heading()
        if self.whole is None:
            return found
        return found._replace(view=f"{self.number} {safe(self.whole.person.row.name)}")

    # Changing

    def _done(self, _answer: object = None) -> None:
        self.action_refresh()

    def action_edit(self) -> None:
        """Open the review that the one who acts writes."""
        if self.whole is not None:
            appraisal_acts.review(self, self.whole, self._done)

    def action_state(self) -> None:
        """Choose what happens next."""
        if self.whole is not None:
            appraisal_acts.ask_state(self, self.whole, self._done)

    def action_more(self) -> None:
        """Open the form of a new goal."""
        if self.whole is not None:
            appraisal_acts.goal(self, self.whole.person.row, None, self._done)

    def action_correct(self) -> None:
        """Choose a goal and open its form."""
        self._choose(_("Which goal?"), self._open_goal)

    def _open_goal(self, goal: GoalRow) -> None:
        if self.whole is not None:
            appraisal_acts.goal(self, self.whole.person.row, goal, self._done)

    def action_less(self) -> None:
        """Choose a goal and take it away."""
        self._choose(_("Which goal is removed?"), self._remove)

    def _remove(self, goal: GoalRow) -> None:
        if self.whole is not None:
            row = self.whole.person.row
            self.change(
                partial(goals.remove, self.session, row, goal.id),
                said=_("The goal is gone."), touched=(row.id,), feature=FEATURE, done=self._done,
            )  # fmt: skip

    def _choose(self, title: str, then: Callable[[GoalRow], None]) -> None:
        found = self.whole.goals if self.whole else []
        if not found:
            self.app.say(_("There is no goal yet; + adds one."))
            return
        by_value = {str(goal.id): goal for goal in found}
        choices = [Choice(value, safe(goal.title)) for value, goal in by_value.items()]

        def take(value: str | None) -> None:
            if value is not None:
                then(by_value[value])

        if len(found) == 1:
            then(found[0])
        else:
            self.app.push_screen(MenuDialog(title, choices), take)

    def action_move_rating(self) -> None:
        """Ask for another rating."""
        if self.whole is not None:
            appraisal_acts.rate(self, self.whole.cycle, self.whole.person.row, self._done)

    def action_undo(self) -> None:
        """Take back one's own last step."""
        touched = (self.whole.person.id,) if self.whole else ()
        self.change(partial(appraisal_acts.taken_back, self.session), said=str, touched=touched,
                    feature=FEATURE, done=self._done)  # fmt: skip

    def action_propose(self) -> None:
        """Open the form of a proposal."""
        if self.whole is not None:
            appraisal_acts.propose(self, self.whole.person.row, self._done)
