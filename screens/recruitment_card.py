"""One candidate on one screen, by tabs: facts, stages, interviews, offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.filing import FileRow
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.recruitment import asking, candidates, card, forgetting, offering, stages, words
from boconsole.recruitment.card import Card
from boconsole.recruitment.interviewing import PLANNED, Talk
from boconsole.recruitment.stages import ApplicationRow
from screens import recruitment_facts as facts
from screens import recruitment_forms as forms
from screens import recruitment_moves as moves
from screens import recruitment_tabs, staff_rooms
from screens.actions import CHANGE, GO, SHOW, of_feature
from screens.attached import Holding, HoldsFiles, out_of_reach
from screens.cells import Cell, moment, safe
from screens.contacts.tabs import Rows
from screens.dialogs import Choice, ConfirmDialog, MenuDialog
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import Neighbours, page_actions
from screens.recruitment import may_edit, taken_back
from screens.tabbed import TabbedPage
from screens.widgets.bars import Heading


class Whole(NamedTuple):
    """A candidate and the rows of the tab that is shown."""

    card: Card
    rows: Rows | None


def _closed(screen: CandidateScreen) -> str:
    if screen.whole is None or screen.whole.card.closed:
        return ""
    return _("There is nothing closed here that you may see.")


def _no_talk(screen: CandidateScreen) -> str:
    if screen.whole is None or any(talk.mine for talk in screen.whole.card.talks):
        return ""
    return _("You hold no interview of this candidate.")


EDIT, STATE = (
    replace(action, when=may_edit)
    for action in of_feature(facts.CANDIDATE, "edit", "state", where=DETAIL)
)


class CandidateScreen(TabbedPage[Whole], HoldsFiles):
    """A candidate.

    Args:
        record_id: Which one.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = staff_rooms.AREA
    FEATURE = facts.CANDIDATE
    CSS_PATH = "styles/recruitment.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *page_actions("candidate", N_("Next one of the list"), N_("The one before in the list")),
        Action("candidate.next-tab", N_("Next tab"), ("tab", "l"), DETAIL, GO, rank=1,
               short=N_("tab")),
        Action("candidate.tab-before", N_("Tab before"), ("shift+tab", "h"), DETAIL, GO),
        Action("candidate.unlock", N_("Open private fields"), ("O",), DETAIL, SHOW, rank=2,
               short=N_("private"), help=N_("Who looked is written down."), when=_closed),
        EDIT, STATE,
        Action("candidate.more", N_("Add what the tab shows"), ("+",), DETAIL, CHANGE, rank=10,
               short=N_("add"), when=may_edit),
        Action("candidate.score", N_("Give your score"), ("c",), DETAIL, CHANGE, rank=11,
               short=N_("score"), when=_no_talk),
        Action("candidate.change", N_("Change or cancel an interview"), ("i",), DETAIL, CHANGE,
               when=may_edit),
        Action("candidate.approve", N_("Decide on the offer"), ("A",), DETAIL, CHANGE, rank=13,
               short=N_("offer"), when=may_edit),
        Action("candidate.file", N_("Attach, save or remove files"), ("f",), DETAIL, CHANGE,
               rank=21, short=N_("files"), when=out_of_reach),
        Action("candidate.forget", N_("Forget for good"), (), DETAIL, CHANGE, when=may_edit),
        Action("candidate.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo"), when=may_edit),
    )  # fmt: skip

    def __init__(self, record_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__(record_id, neighbours)
        self._tab = recruitment_tabs.FACTS
        self._opened = self._looked = 0

    # Its tabs

    @property
    def tabs(self) -> Sequence[recruitment_tabs.Tab]:
        """The tabs, in order."""
        return recruitment_tabs.TABS

    @property
    def shown_tab(self) -> recruitment_tabs.Tab:
        """The tab that is shown."""
        return next(each for each in recruitment_tabs.TABS if each.id == self._tab)

    def turn_to(self, tab: str) -> None:
        """Show another tab."""
        self._tab = tab

    def rows_of(self, whole: Whole) -> Rows | None:
        """Return the rows of the tab."""
        return whole.rows

    def state_of(self, whole: Whole) -> Cell:
        """Return the stage of the newest application."""
        rows = whole.card.applications
        return facts.stage_word(rows[0].stage if rows else "")

    # Reading

    def read(self, record_id: int) -> Whole:
        """Return the candidate and the rows of the tab; blocks."""
        opened = self._opened == record_id
        found = card.read(self.session, record_id, opened=opened, look=self._looked != record_id)
        self._looked = record_id if found.opened else 0
        tab = self.shown_tab
        return Whole(found, tab.read(self.session, found) if tab.read else None)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the candidate as it is acted on, and the number."""
        row = whole.card.row
        return Ref(row.id, row.version, row.number)

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here."""
        return event.feature == facts.APPLICATION or super().concerns(event)

    def heading(self) -> Heading:
        """Return number and name."""
        name = safe(self.whole.card.row.name) if self.whole else ""
        return super().heading()._replace(view=f"{self.number} {name}".strip())

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the facts."""
        return recruitment_tabs.picture(whole.card, room)

    def done(self, _answer: object = None) -> None:
        """Read it again."""
        self.action_refresh()

    def action_unlock(self) -> None:
        """Open what is offered."""
        self._opened = self.record_id
        self.action_refresh()

    # Changing

    def _application(self, then: Callable[[ApplicationRow], None]) -> None:
        """Act on the application that is considered; choose where there are several."""
        if self.whole is None:
            return
        rows = self.whole.card.applications
        live = [row for row in rows if row.stage in words.LIVE] or rows
        if len(live) == 1:
            then(live[0])
            return
        if not live:
            self.app.say(_("No opening is applied for; + on the tab Stages applies for one."))
            return
        choices = [Choice(str(row.id), f"{row.opening_number} {safe(row.opening)}")
                   for row in live]  # fmt: skip
        by_id = {str(row.id): row for row in live}

        def take(key: str | None) -> None:
            if key is not None:
                then(by_id[key])

        self.app.push_screen(MenuDialog(_("Which opening?"), choices), take)

    def action_edit(self) -> None:
        """Open the form of the candidate."""
        if self.whole is not None:
            form = forms.candidate_form(self.session, self.whole.card.row, self.done)
            self.app.push_screen(form)

    def action_state(self) -> None:
        """Choose the next stage."""
        self._application(lambda row: moves.ask_stage(self, [row], self.done))

    def action_more(self) -> None:
        """Apply for an opening, plan an interview or make an offer, as the tab shows."""
        if self._tab == recruitment_tabs.TALKS:
            self._application(self._plan)
        elif self._tab == recruitment_tabs.OFFERS:
            self._application(self._offer)
        else:
            self.load(partial(asking.openings, self.session, "state:open"), self._ask_opening,
                      group="openings")  # fmt: skip

    def _plan(self, row: ApplicationRow) -> None:
        self.app.push_screen(forms.interview_form(self.session, row, None, self.done))

    def _offer(self, row: ApplicationRow) -> None:
        self.app.push_screen(forms.offer_form(self.session, row, self.done))

    def _ask_opening(self, found: Sequence[asking.OpeningLine]) -> None:
        if self.whole is None:
            return
        there = {row.opening_id for row in self.whole.card.applications}
        free = {str(one.id): one.row for one in found if one.id not in there}
        if not free:
            self.app.say(_("There is no further open opening."))
            return
        choices = [Choice(key, f"{row.number} {safe(row.title)}") for key, row in free.items()]
        candidate = self.whole.card.row

        def take(key: str | None) -> None:
            if key is not None:
                said = _("{number} applied for {opening}.").format(
                    number=candidate.number, opening=free[key].number
                )
                self.change(partial(stages.apply, self.session, candidate, free[key]), said=said,
                            feature=facts.APPLICATION, done=self.done)  # fmt: skip

        self.app.push_screen(MenuDialog(_("Applies for which opening?"), choices), take)

    def _talk(self, found: Sequence[Talk], then: Callable[[Talk], None]) -> None:
        """Act on one of some interviews; choose where there are several."""
        by_id = {str(talk.row.id): talk for talk in found}
        if len(found) == 1:
            then(found[0])
            return
        if not found:
            self.app.say(_("There is no interview that goes on."))
            return
        choices = [Choice(key, moment(talk.row.at.astimezone(self.session.zone)))
                   for key, talk in by_id.items()]  # fmt: skip

        def take(key: str | None) -> None:
            if key is not None:
                then(by_id[key])

        self.app.push_screen(MenuDialog(_("Which interview?"), choices), take)

    def _planned(self) -> list[Talk]:
        talks = self.whole.card.talks if self.whole else []
        return [talk for talk in talks if talk.row.state == PLANNED]

    def action_score(self) -> None:
        """Open the form of one's own score."""

        def show(talk: Talk) -> None:
            self.app.push_screen(forms.score_form(self.session, self.number, talk, self.done))

        self._talk([talk for talk in self._planned() if talk.mine], show)

    def action_change(self) -> None:
        """Change an interview, or call it off."""
        self._talk(self._planned(), self._change_talk)

    def _change_talk(self, talk: Talk) -> None:
        from boconsole.recruitment import interviewing

        row = self.whole.card.application(talk.row.application_id) if self.whole else None
        if row is None:
            return
        choices = [Choice("edit", _("Change it"), "e"), Choice("cancel", _("Call it off"), "c")]

        def take(verb: str | None) -> None:
            if verb == "edit":
                self.app.push_screen(forms.interview_form(self.session, row, talk, self.done))
            elif verb == "cancel":
                self.change(partial(interviewing.cancel, self.session, talk.row),
                            said=_("The interview is called off."), feature=facts.APPLICATION,
                            done=self.done)  # fmt: skip

        self.app.push_screen(MenuDialog(_("The interview"), choices), take)

    def action_approve(self) -> None:
        """Approve, accept, decline or withdraw the offer that stands, or hire with it."""
        self._application(self._decide)

    def _decide(self, row: ApplicationRow) -> None:
        offers = self.whole.card.offers if self.whole else []
        one = next((offer for offer in offers if offer.application_id == row.id
                    and offer.state in (offering.MADE, offering.ACCEPTED)), None)  # fmt: skip
        if one is None:
            self.app.say(_("No offer stands; + on the tab Offers makes one."))
            return
        titles = {"approve": _("Approve"), "accept": _("The candidate accepts"),
                  "decline": _("The candidate declines"), "withdraw": _("Withdraw it")}  # fmt: skip
        verbs: tuple[str, ...] = ("withdraw",)
        if one.state == offering.MADE:
            verbs = ("accept" if one.approver else "approve", "decline", "withdraw")
        choices = [Choice(verb, titles[verb]) for verb in verbs]
        if one.state == offering.ACCEPTED:
            choices.insert(0, Choice("hire", _("Hire with the accepted offer")))

        def take(verb: str | None) -> None:
            if verb == "hire":
                moves.ask_hire(self, row, self.done)
            elif verb is not None:
                self.change(partial(offering.DECISIONS[verb], self.session, one),
                            said=f"{row.number}: {titles[verb]}.", feature=facts.APPLICATION,
                            done=self.done)  # fmt: skip

        self.app.push_screen(MenuDialog(_("The offer to {number}").format(number=row.number),
                                        choices), take)  # fmt: skip

    def action_forget(self) -> None:
        """Ask, then forget the candidate for good."""
        if self.whole is None:
            return
        row = self.whole.card.row

        def take(answer: bool | None) -> None:
            if answer:
                self.change(partial(forgetting.forget, self.session, [row]),
                            said=_("{number} is forgotten.").format(number=row.number),
                            touched=(row.id,), done=self.done)  # fmt: skip

        question = _("Forget {number} for good? Name, files and scores go, and never come back.")
        self.app.push_screen(ConfirmDialog(question.format(number=row.number)), take)

    def action_undo(self) -> None:
        """Take the last move back."""
        self.change(partial(taken_back, self.session), said=str, feature=facts.APPLICATION,
                    done=self.done)  # fmt: skip

    # Files

    def held_files(self) -> Sequence[FileRow]:
        """Return the files."""
        return self.whole.card.files if self.whole else ()

    def holding(self) -> Holding | None:
        """Return what is done with them."""
        if self.whole is None:
            return None
        return Holding(
            partial(candidates.attach, self.session, self.record_id),
            partial(candidates.document, self.session, self.record_id),
            partial(candidates.detach, self.session, self.record_id),
        )
