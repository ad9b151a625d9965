"""One person on one screen, by tabs: facts, employment, pay, documents, people, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content

from boconsole.checklists.ticking import StepRow
from boconsole.errors import InvalidChangeError
from boconsole.filing import FileRow
from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.staff import card, changing, finding, words
from boconsole.staff.card import Card
from screens import (
    checklist_tab,
    checklists,
    entries,
    papers_at,
    staff_facts,
    staff_forms,
    staff_rooms,
    staff_tabs,
)
from screens.actions import CHANGE, GO, SHOW, of_feature
from screens.attached import Holding, HoldsFiles, out_of_reach
from screens.cells import Cell, safe
from screens.contacts.tabs import Rows
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.entries import Field, Reader
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import Neighbours, page_actions
from screens.papers_at import HoldsPapers
from screens.staff import may_edit, taken_back
from screens.staff_facts import FEATURE
from screens.staff_tabs import Line, Tab
from screens.tabbed import TabbedPage, TabRows
from screens.widgets.bars import Heading


class Whole(NamedTuple):
    """A person and the rows of the tab that is shown."""

    card: Card
    rows: Rows | None
    steps: tuple[StepRow | None, ...] = ()


def _no_step(screen: StaffCardScreen) -> str:
    if screen.tab.id == staff_tabs.CHECKS:
        return ""
    return _("This works on check lists; tab goes to them.")


def _open(screen: StaffCardScreen) -> str:
    if screen.whole is None or screen.whole.card.closed:
        return ""
    return _("There is nothing closed here that you may see.")


EDIT, STATE = (
    replace(action, when=may_edit) for action in of_feature(FEATURE, "edit", "state", where=DETAIL)
)


class StaffCardScreen(TabbedPage[Whole], HoldsFiles, HoldsPapers):
    """A person.

    Args:
        record_id: Which one.
        neighbours: The list it was opened from, for the keys to the next one.
    """

    AREA = staff_rooms.AREA
    FEATURE = PAPERS = FEATURE
    CSS_PATH = "styles/staff.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        *page_actions(FEATURE, N_("Next one of the list"), N_("The one before in the list")),
        Action("staff.next-tab", N_("Next tab"), ("tab", "l"), DETAIL, GO, rank=1,
               short=N_("tab")),
        Action("staff.tab-before", N_("Tab before"), ("shift+tab", "h"), DETAIL, GO),
        Action("staff.unlock", N_("Open private fields"), ("O",), DETAIL, SHOW, rank=2,
               short=N_("private"), help=N_("Who looked is written down."), when=_open),
        EDIT, STATE,
        Action("staff.more", N_("Enter what the tab shows"), ("+",), DETAIL, CHANGE, rank=10,
               short=N_("add"), when=may_edit),
        Action("staff.correct", N_("Correct what the tab shows"), ("c",), DETAIL, CHANGE, rank=11,
               short=N_("correct"), when=may_edit),
        Action("staff.less", N_("Withdraw what the tab shows"), ("-",), DETAIL, CHANGE,
               when=may_edit),
        Action("staff.file", N_("Attach, save or remove files"), ("f",), DETAIL, CHANGE,
               rank=21, short=N_("files"), when=out_of_reach),
        Action("staff.day", N_("Type the day"), ("d",), DETAIL, SHOW, rank=20, short=N_("day"),
               help=N_("What was true then, or will be.")),
        Action("staff.tick", N_("Tick the step"), ("space",), DETAIL, CHANGE, rank=3,
               short=N_("tick"), when=_no_step),
        papers_at.action(FEATURE),
        Action("staff.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo")),
    )  # fmt: skip

    def __init__(self, record_id: int, neighbours: Neighbours | None = None) -> None:
        super().__init__(record_id, neighbours)
        self._tab = staff_tabs.TABS[0].id
        self._day: date | None = None
        self._opened = 0
        """Id of the person whose private fields are open."""
        self._looked = 0
        """Id of the person at whom the look is written down."""

    # Its tabs

    @property
    def tabs(self) -> Sequence[Tab]:
        """The tabs that somebody sees."""
        return staff_tabs.tabs_of(self.session)

    @property
    def shown_tab(self) -> Tab:
        """The tab that is shown."""
        return self.tab

    def turn_to(self, tab: str) -> None:
        """Show another tab."""
        self._tab = tab

    def rows_of(self, whole: Whole) -> Rows | None:
        """Return the rows of the tab."""
        return whole.rows

    def state_of(self, whole: Whole) -> Cell:
        """Return how the person stands."""
        return staff_facts.state_word(whole.card.standing)

    # Reading

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        return next((each for each in self.tabs if each.id == self._tab), self.tabs[0])

    def read(self, record_id: int) -> Whole:
        """Return the person and the rows of the tab; blocks."""
        opened = self._opened == record_id
        found = card.read(self.session, record_id, self._day, opened=opened,
                          look=self._looked != record_id)  # fmt: skip
        self._looked = record_id if opened else 0
        if self.tab.id == staff_tabs.CHECKS:
            listed = checklist_tab.read(self.session, record_id)
            return Whole(found, listed.rows, listed.steps)
        return Whole(found, self.tab.read(self.session, found) if self.tab.read else None)

    def ref_of(self, whole: Whole) -> Ref:
        """Return the person as it is acted on, and the number."""
        row = whole.card.standing.employee
        return Ref(row.id, row.version, row.number)

    # Showing

    def heading(self) -> Heading:
        """Return number, name and the day where it is not today."""
        found = super().heading()
        if self.whole is None:
            return found
        name = safe(self.whole.card.standing.employee.name)
        day = _("on {day}").format(day=self._day) if self._day else ""
        return found._replace(view=f"{self.number} {name}".strip(), filter=day)

    def picture(self, whole: Whole, room: int) -> list[Content]:
        """Return the facts."""
        lines = staff_facts.picture(whole.card, room, finding.today_of(self.session))
        return [*lines, *papers_at.lines(self.papers, room, staff_facts.LABEL)]

    # Going

    def action_unlock(self) -> None:
        """Open the private fields that may be seen."""
        self._opened = self.record_id
        self.action_refresh()

    def action_day(self) -> None:
        """Ask for the day on which it is shown."""

        def take(text: str | None) -> None:
            if text is None:
                return
            field = Field("day", N_("Day"), "date")
            try:
                found = entries.read(field, text, Reader(self.session.now(), self.session.zone))
            except InvalidChangeError as error:
                self.app.say(str(error), "warning")
                return
            day = found if isinstance(found, date) else None
            self._day = day
            self.action_refresh()

        title = _("On which day? Such as 2025-12-31; empty is today")
        self.app.push_screen(PromptDialog(title, str(self._day or "")), take)

    # Changing

    def done(self, _answer: object = None) -> None:
        """Read it again after a form."""
        self.action_refresh()

    def action_edit(self) -> None:
        """Open the form of the person."""
        if self.whole is not None:
            row = self.whole.card.standing.employee
            self.app.push_screen(staff_forms.edit_form(self.session, row, self.done))

    def action_state(self) -> None:
        """Hire again, renew the contract, or let go."""
        if self.whole is not None:
            staff_forms.ask_state(self, self.whole.card.standing, self.done)

    def action_more(self) -> None:
        """Choose what is entered, then open its form."""
        kinds = self.tab.kinds
        if not kinds:
            self.app.say(_("Nothing is added on this tab; tab goes on to the next."))
            return
        titles = {**words.FACT_TITLES, **{kind: part.title for kind, part in words.PARTS.items()}}
        choices = [Choice(kind, _(titles[kind])) for kind in kinds]
        title = _("What is entered?")
        self.app.push_screen(MenuDialog(title, choices), self._enter)

    def _enter(self, kind: str | None) -> None:
        if kind is None or self.whole is None:
            return
        found = self.whole.card
        held = found.at(kind, finding.today_of(self.session)) if kind in words.FACTS else None
        form = staff_forms.fact_form(self.session, found.standing.employee, kind, self.done,
                                     held=held)  # fmt: skip
        self.app.push_screen(form)

    def _choose(self, title: str, then: Callable[[Line], None]) -> None:
        """Choose one of the facts that the tab shows."""
        lines = staff_tabs.lines_of(self.whole.card, self.tab) if self.whole else []
        if not lines:
            self.app.say(_("This tab shows nothing that can be corrected."))
            return
        by_value = {f"{line.kind} {line.id}": line for line in lines}
        choices = [Choice(value, safe(line.text)) for value, line in by_value.items()]

        def take(value: str | None) -> None:
            if value is not None:
                then(by_value[value])

        self.app.push_screen(MenuDialog(title, choices), take)

    def action_correct(self) -> None:
        """Choose a fact and correct it."""
        self._choose(_("What is corrected?"), self._correct)

    def _correct(self, line: Line) -> None:
        if self.whole is None:
            return
        row = self.whole.card.standing.employee

        def show(old: object) -> None:
            form = staff_forms.fact_form(self.session, row, line.kind, self.done, old=old)
            self.app.push_screen(form)

        self.load(partial(changing.fact, row, line.kind, line.id), show, group="fact")

    def action_less(self) -> None:
        """Choose a fact, ask why, and withdraw it."""
        self._choose(_("What is withdrawn?"), self._withdraw)

    def _withdraw(self, line: Line) -> None:
        if self.whole is None:
            return
        row = self.whole.card.standing.employee

        def take(reason: str | None) -> None:
            if reason is not None:
                self.change(
                    partial(changing.withdraw, self.session, row, line.kind, line.id, reason),
                    said=_("{number} is changed; u undoes it.").format(number=row.number),
                    touched=(row.id,), feature=FEATURE, done=self.done,
                )  # fmt: skip

        self.app.push_screen(PromptDialog(_("Why is it withdrawn?"), ""), take)

    # Files

    def held_files(self) -> Sequence[FileRow]:
        """Return the documents, none while they are closed."""
        return (self.whole.card.files or ()) if self.whole else ()

    def holding(self) -> Holding | None:
        """Return what is done with them."""
        if self.whole is None:
            return None
        return Holding(
            partial(card.attach, self.session, self.record_id),
            partial(card.document, self.session, self.record_id),
            partial(card.detach, self.session, self.record_id),
        )

    # Check lists

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here."""
        on_list = event.feature == "checklist" and self.tab.id == staff_tabs.CHECKS
        return on_list or super().concerns(event)

    def action_tick(self) -> None:
        """Do the step under the cursor, or say that it is not done."""
        place = self.query_one(TabRows).highlighted
        steps = self.whole.steps if self.whole else ()
        step = steps[place] if place is not None and place < len(steps) else None
        if step is None:
            self.app.say(_("There is no step under the cursor."))
        else:
            checklists.tick(self, step, self.done)

    def action_undo(self) -> None:
        """Take the last change back; on the tab of check lists the last tick."""
        if self.tab.id == staff_tabs.CHECKS:
            self.change(partial(checklists.taken_back, self.session), said=str,
                        feature="checklist", done=self.done)  # fmt: skip
            return
        self.change(partial(taken_back, self.session), said=str, feature=FEATURE, done=self.done)
