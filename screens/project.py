"""An open project, by tabs: tasks, timeline, board, risks, goals, money, people, reports.

The body is drawn by line: only what fits the window is sent, and the cursor is on a line that
stands for something.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from boconsole.language import N_, _
from boconsole.ledger.together import Ref
from boconsole.projects import card as cards
from boconsole.projects import reading, tree, words
from boconsole.projects.card import Card
from screens import papers_at
from screens import project_board as board
from screens import project_facts as facts
from screens import project_tabs as tabs
from screens import project_timeline as timeline
from screens.actions import CHANGE, GO, SHOW, of_feature
from screens.following import RecordsChanged
from screens.keys import DETAIL, Action
from screens.ledger.page import RecordPage, page_actions
from screens.papers_at import HoldsPapers
from screens.places import Place
from screens.project_acts import ProjectActs
from screens.project_lines import Item, Line, shown
from screens.project_moves import HEAD, ProjectMoves, Sheet
from screens.project_rooms import AREA
from screens.prose import block, toned
from screens.widgets.bars import Heading

PAPER_LABEL = 8
FIXED = {tabs.TASKS: 1, tabs.TIMELINE: 2, tabs.RISKS: 1, tabs.PEOPLE: 1}
"""Lines of a tab that stay while it is scrolled."""


def _no_tasks(screen: ProjectScreen) -> str:
    if screen.tab in tabs.OF_TASKS:
        return ""
    return _("This works on tasks; tab goes to them.")


def _no_timeline(screen: ProjectScreen) -> str:
    return "" if screen.tab == tabs.TIMELINE else _("This works on the timeline; tab goes there.")


def _no_board(screen: ProjectScreen) -> str:
    return "" if screen.tab == tabs.BOARD else _("This works on the board; tab goes there.")


def _neither(screen: ProjectScreen) -> str:
    if screen.tab in (tabs.BOARD, tabs.TIMELINE):
        return ""
    return _("This works on board and timeline; tab goes there.")


class ProjectScreen(RecordPage[Card], ProjectMoves, ProjectActs, HoldsPapers):
    """One project.

    Attributes:
        tab: The tab that is shown.
        chosen: What the cursor is on.
        sight: What the timeline shows; None for all of it.
    """

    AREA = AREA
    FEATURE = PAPERS = facts.PROJECT
    CSS_PATH = "styles/projects.tcss"
    ALONE = N_("It was not opened from a list; q goes back to the last place.")
    LAST = N_("The list ends here.")
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("project.next-tab", N_("Next tab"), ("tab",), DETAIL, GO, rank=1, short=N_("tab")),
        Action("project.tab-before", N_("Tab before"), ("shift+tab",), DETAIL, GO),
        *of_feature("project", "new", "edit", "state", "assign", where=DETAIL),
        Action("project.timer", N_("Start or stop the timer"), ("T",), DETAIL, CHANGE, rank=15,
               short=N_("timer"), when=_no_tasks),
        Action("project.time", N_("Note time by hand"), ("t",), DETAIL, CHANGE, when=_no_tasks),
        Action("project.card-left", N_("Move the card left"), ("H",), DETAIL, CHANGE, rank=3,
               short=N_("card left"), when=_no_board),
        Action("project.card-right", N_("Move the card right"), ("L",), DETAIL, CHANGE, rank=4,
               short=N_("card right"), when=_no_board),
        Action("project.left", N_("To the left"), ("h", "left"), DETAIL, GO, when=_neither),
        Action("project.right", N_("To the right"), ("l", "right"), DETAIL, GO, when=_neither),
        Action("project.closer", N_("Closer"), ("+",), DETAIL, SHOW, rank=3, short=N_("closer"),
               when=_no_timeline),
        Action("project.wider", N_("Wider"), ("-",), DETAIL, SHOW, rank=4, short=N_("wider"),
               when=_no_timeline),
        Action("project.all", N_("Show all of it"), ("0",), DETAIL, SHOW, when=_no_timeline),
        Action("project.indent", N_("Into the task above"), (">",), DETAIL, CHANGE,
               when=_no_tasks),
        Action("project.outdent", N_("Out of the task that holds it"), ("<",), DETAIL, CHANGE,
               when=_no_tasks),
        Action("project.follow", N_("Let dates follow what tasks wait for"), ("F",), DETAIL,
               CHANGE, rank=20, short=N_("dates"), help=N_("Shows first what would move.")),
        Action("project.baseline", N_("Keep the plan as a baseline"), ("B",), DETAIL, CHANGE),
        Action("project.report", N_("Report the status"), ("c",), DETAIL, CHANGE, rank=18,
               short=N_("status")),
        Action("project.edit-project", N_("Edit the project"), ("E",), DETAIL, CHANGE),
        Action("project.project-state", N_("State of the project"), ("S",), DETAIL, CHANGE),
        Action("project.remove", N_("Take somebody out"), ("D",), DETAIL, CHANGE),
        papers_at.action("project"),
        Action("project.undo", N_("Undo the last change"), ("u",), DETAIL, CHANGE, rank=50,
               short=N_("undo")),
        Action("project.down", N_("Next line"), ("j", "down"), DETAIL, GO, quiet=True),
        Action("project.up", N_("Line before"), ("k", "up"), DETAIL, GO, quiet=True),
        Action("project.page-down", N_("Next page"), ("pagedown", "ctrl+f"), DETAIL, GO,
               quiet=True),
        Action("project.page-up", N_("Page before"), ("pageup", "ctrl+b"), DETAIL, GO,
               quiet=True),
        Action("project.top", N_("To the beginning"), ("g", "home"), DETAIL, GO, quiet=True),
        Action("project.bottom", N_("To the end"), ("G", "end"), DETAIL, GO, quiet=True),
        *page_actions("project", N_("Next project of the list"),
                      N_("Project before in the list")),
    )  # fmt: skip

    tab = tabs.TASKS
    chosen: Item | None = None
    sight: timeline.Sight | None = None
    _first = 0
    _wanted: Item | None = None
    _drawn: tuple[Card, tuple[object, ...], list[Line]] | None = None

    def choose(self, item: Item) -> None:
        """Put the cursor on something once it is read."""
        self._wanted = item

    # Reading

    def read(self, record_id: int) -> Card:
        """Return the project with all that is shown of it; blocks."""
        return cards.card(self.session, record_id)

    def ref_of(self, whole: Card) -> Ref:
        """Return the project as it is acted on, and its number."""
        project = whole.plan.project
        return Ref(project.id, project.version, words.number(project.id))

    def concerns(self, event: RecordsChanged) -> bool:
        """Return whether a change may show here."""
        return event.feature == facts.TASK or super().concerns(event)

    def heading(self) -> Heading:
        """Return the number, the tab, and what the timer runs on."""
        found = super().heading()
        told = f"{self.number} · {_(tabs.TABS[self.tab])}"
        return found._replace(view=told)

    def place(self) -> Place:
        """Return this project."""
        return Place(self.AREA, record=self.number)

    # Showing

    def body(self) -> ComposeResult:
        """Yield the page."""
        yield Sheet(id="page", markup=False)

    def picture(self, whole: Card, room: int) -> list[Content]:
        """Return all lines of the tab, for copies of the page."""
        return shown(self._lines(whole, room), self.chosen)

    def _show(self) -> None:
        if self.whole is None or not self.is_mounted:
            return
        page = self.query_one("#page", Sheet)
        self._width = page.outer_size.width
        room = max(page.size.width, 30)
        if self._wanted is not None:
            self.chosen, self._wanted = self._wanted, None
        lines = self._lines(self.whole, room)
        body = self._window(lines, max(page.size.height - self._head - 1, 3))
        top = [*facts.head(self.whole.plan.project, self._told(self.whole), room),
               *self._paper_line(room),
               tabs.bar(self.tab, self.whole, room).content, Content("")]  # fmt: skip
        page.update(block([*top, *shown(body, self._mark()), self._foot(room)]))
        self.show_status()
        self.refresh_bindings()

    def _paper_line(self, room: int) -> list[Content]:
        """Return the line of documents and contracts, none where there are none."""
        found = papers_at.lines(self.papers, 10_000, PAPER_LABEL)
        return [line.truncate(room, ellipsis=True) for line in found]

    @property
    def _head(self) -> int:
        return HEAD + bool(self.papers)

    def _mark(self) -> Item | None:
        """Return what is marked as a whole line; the board marks its cards itself."""
        return None if self.tab == tabs.BOARD else self.chosen

    def _told(self, card: Card) -> tuple[tuple[str, str], ...]:
        """Return what stands behind the state: progress, days, money."""
        today, project, money = self._today, card.plan.project, card.forecast.money
        due = facts.due_cell(project.due_on, today, over=project.state in words.OVER)
        finish = card.forecast.finish
        late = bool(finish and project.due_on and finish > project.due_on)
        found = [(f"{project.progress}%", "strong"),
                 (_("due {day}").format(day=due.text), due.tone),
                 (_("ends {day}").format(day=facts.short_day(finish, today)),
                  "bad" if late else "")]  # fmt: skip
        if money.budget is not None:
            spent = facts.amount(money.actual, money.precision)
            budget = facts.amount(money.budget, money.precision)
            found.append((f"{spent}/{budget} {money.commodity}",
                          "bad" if money.actual > money.budget else ""))  # fmt: skip
        return tuple(found)

    @property
    def _today(self) -> date:
        return reading.today(self.session)

    def _lines(self, card: Card, room: int) -> list[Line]:
        """Return the lines of the open tab; drawn once while nothing but the cursor moves."""
        if self.tab == tabs.BOARD:
            return self._board(card, room)
        drawn = (self.tab, room, self.sight, self._today)
        if self._drawn is None or self._drawn[0] is not card or self._drawn[1] != drawn:
            self._drawn = (card, drawn, self._draw(card, room))
        return self._drawn[2]

    def _draw(self, card: Card, room: int) -> list[Line]:
        today = self._today
        if self.tab == tabs.TIMELINE:
            return self._timeline(card, room)
        return {
            tabs.TASKS: lambda: tabs.tasks(card, today, room),
            tabs.RISKS: lambda: tabs.risk_lines(card, today, room),
            tabs.GOALS: lambda: tabs.goal_lines(card, today, room),
            tabs.MONEY: lambda: tabs.money_lines(card, today),
            tabs.PEOPLE: lambda: tabs.people_lines(card, room),
            tabs.REPORTS: lambda: tabs.report_lines(card, room, self.session),
        }[self.tab]()

    def _board(self, card: Card, room: int) -> list[Line]:
        cards_shown = [task for own in board.columns(card.plan.tasks) for task in own]
        self._keep_cursor([Line(Content(""), Item("task", task.id)) for task in cards_shown])
        height = self.query_one("#page", Sheet).size.height - self._head - 1
        return board.draw(card.plan.tasks, card.schedule.critical, self.chosen, self._today,
                          room, height)  # fmt: skip

    def _timeline(self, card: Card, room: int) -> list[Line]:
        nodes = tree.walk(card.plan.tasks)
        if not nodes:
            return tabs.tasks(card, self._today, room)
        times = {each.task.id: each for each in card.schedule.tasks}
        sight = self.sight or self._whole_sight(card, room)
        return timeline.draw(nodes, times, card.base, sight, self._today, room)

    def _whole_sight(self, card: Card, room: int) -> timeline.Sight:
        days = [day for task in card.plan.tasks for day in (task.start_on, task.due_on) if day]
        days += [card.schedule.finish]
        if card.plan.project.state not in words.OVER and self._today > min(days):
            days += [self._today]
        return timeline.fitting(min(days), max(days), timeline.chart_width(room))

    def _window(self, lines: list[Line], height: int) -> list[Line]:
        """Return the lines that fit, with the cursor among them."""
        if self.tab == tabs.BOARD:
            return lines[:height]
        self._keep_cursor(lines)
        fixed = (
            2 if self.tab == tabs.TIMELINE else 1 if self.tab in (tabs.TASKS, tabs.PEOPLE) else 0
        )
        fixed = min(fixed, len(lines))
        inner, room = lines[fixed:], height - fixed
        at = next((place for place, line in enumerate(inner)
                   if self.chosen is not None and line.item == self.chosen), None)  # fmt: skip
        if at is not None:
            self._first = min(max(self._first, at - room + 1), at)
        self._first = max(0, min(self._first, len(inner) - room))
        shown_lines = [*lines[:fixed], *inner[self._first : self._first + room]]
        return [*shown_lines, *([Line(Content(""))] * (height - len(shown_lines)))]

    def _keep_cursor(self, lines: Sequence[Line]) -> None:
        """Put the cursor on the first line that stands for something, where it is on none."""
        items = [line.item for line in lines if line.item is not None]
        if self.chosen not in items:
            self.chosen = items[0] if items else None

    def _foot(self, room: int) -> Content:
        """Return the line below: about what the cursor is on."""
        card, here = self.whole, self.chosen
        if card is None:
            return Content("")
        if self.tab == tabs.TIMELINE and here is None:
            return timeline.legend().content
        if here is not None and here.kind == "task":
            task = next((each for each in card.plan.tasks if each.id == here.id), None)
            if task is not None:
                told = tabs.about(card, task, self._today)
                return toned((told[: room * 2], "muted")).truncate(room, ellipsis=True)
        return Content("")
