"""Tasks of all projects: what is mine, what is late, what nobody has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from boconsole.filters import Area
from boconsole.language import N_, _, ngettext
from boconsole.projects import area, reading, tasking, undoing, words
from boconsole.projects.reading import Count, Task, TaskRow
from boconsole.session import Session
from screens import project_facts as facts
from screens.actions import CHANGE, FIND, of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog, PromptDialog
from screens.keys import LIST, Action
from screens.ledger.sources import Rows
from screens.lists import View
from screens.places import Place
from screens.project_lines import Item
from screens.project_rooms import AREA, TASKS, InRooms
from screens.project_timers import Then, toggle
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.window import Around

VIEWS = (
    View(N_("My tasks"), "is:mine sort:due"),
    View(N_("Late tasks"), "is:late sort:due"),
    View(N_("Tasks nobody has"), "is:unassigned sort:due"),
    View(N_("Milestones"), "is:milestone sort:due"),
    View(N_("Tasks done lately"), "state:done sort:-done"),
)


class TaskSource:
    """The tasks that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[TaskRow]:
        """Return at most `limit` rows next to a place."""
        found = reading.list_tasks(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count_tasks(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[TaskRow] | None:
        """Return rows with a task amidst them, or None when the query does not find it."""
        found = reading.tasks_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: TaskRow) -> int:
        """Return the task's id."""
        return row.id


class TasksScreen(InRooms, QueryListScreen[TaskRow]):
    """Tasks that hold no others, the last changed first unless the query sorts."""

    TITLE = "Tasks"
    AREA = AREA
    ROOM = TASKS
    FEATURE = facts.TASK
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature("task", "state", "assign"),
        Action("task.timer", N_("Start or stop the timer"), ("T",), LIST, CHANGE, rank=14,
               short=N_("timer")),
        Action("task.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )  # fmt: skip

    def columns(self) -> Sequence[Column[TaskRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = reading.today(self.session)
        return (
            Column("number", N_("Number"), 8,
                   lambda row: Cell(words.task_number(row.id), "info"), sort="number"),
            Column("state", N_("State"), 11, lambda row: facts.task_state_cell(row.state)),
            Column("title", N_("Title"), 24,
                   lambda row: Cell(f"{'◆ ' if row.kind == words.MILESTONE else ''}"
                                    f"{safe(row.title)}"), grow=3),
            Column("due", N_("Due"), 11,
                   lambda row: facts.due_cell(row.due_on, today, over=row.state in words.ENDED),
                   align="right", sort="due"),
            Column("percent", "%", 4, lambda row: Cell(str(row.percent)), align="right",
                   sort="percent", priority=2, name=N_("Done")),
            Column("work", N_("Work"), 10, lambda row: Cell(facts.work_told(row)), align="right",
                   priority=3, sort="estimate"),
            Column("owner", N_("Owner"), 9, lambda row: Cell(safe(row.owner), "muted"),
                   priority=1),
            Column("project", N_("Project"), 18, lambda row: Cell(safe(row.project), "muted"),
                   grow=1, priority=4, sort="project"),
            Column("start", N_("Start"), 9,
                   lambda row: Cell(facts.short_day(row.start_on, today)), align="right",
                   priority=5, sort="start"),
        )  # fmt: skip

    def source(self, query: str) -> TaskSource:
        """Return where the rows of a query come from."""
        return TaskSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No task matches. Tasks are added in their project with n; esc clears the filter.")

    def read_area(self) -> Area:
        """Return what queries may say about tasks."""
        return area.remembered_area(area.task_area(self.session))

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    # Going

    def open_row(self, row: TaskRow) -> None:
        """Open the project of a task, with the cursor on it."""
        from screens.project import ProjectScreen

        screen = ProjectScreen(row.project_id)
        screen.choose(Item("task", row.id))
        self.app.push_screen(screen)

    def open_number(self, number: str) -> None:
        """Open a task by its number, as typed after `:`."""

        def opened(found: Task) -> None:
            self.open_row(found.row)

        self.load(partial(reading.get_task, self.session, number), opened, group="open")

    async def show_place(self, place: Place) -> None:
        """Show a place again."""
        if place.record:
            self.open_number(place.record)
        else:
            await super().show_place(place)

    # Changing

    def _on_some(self, then: Callable[[Sequence[TaskRow]], object]) -> None:
        def take(rows: Sequence[TaskRow]) -> None:
            if rows:
                then(rows)
            else:
                self.app.say(_("There is no task here."))

        self.with_chosen(take)

    def _done(self, _answer: object) -> None:
        self.table.clear_marks()

    def action_state(self) -> None:
        """Choose the state of the task, or of all marked ones."""

        def ask(rows: Sequence[TaskRow]) -> None:
            choices = [Choice(state, _(look.word), key) for (state, look), key in
                       zip(facts.TASK_STATES.items(), "tgwdx", strict=True)]  # fmt: skip

            def take(chosen: str | None) -> None:
                if chosen:
                    said = _("{n} tasks: {state}; u undoes it.").format(
                        n=len(rows), state=_(words.TASK_STATES[chosen])
                    )
                    self.change(partial(tasking.set_state, self.session, rows, chosen), said=said,
                                touched=[row.id for row in rows], done=self._done)  # fmt: skip

            title = rows[0].title if len(rows) == 1 else _("{n} tasks").format(n=len(rows))
            self.app.push_screen(MenuDialog(title, choices, current=rows[0].state), take)

        self._on_some(ask)

    def action_assign(self) -> None:
        """Give the task, or all marked ones, to somebody."""

        def ask(rows: Sequence[TaskRow]) -> None:
            def take(login: str | None) -> None:
                if login is not None:
                    said = _("{n} tasks are with {login} now; u undoes it.").format(
                        n=len(rows), login=login.strip() or _("nobody")
                    )
                    self.change(
                        partial(tasking.assign, self.session, rows, login.strip()), said=said,
                        touched=[row.id for row in rows], done=self._done,
                    )  # fmt: skip

            title = _("Who does it? A login; nothing for nobody.")
            self.app.push_screen(PromptDialog(title, self.session.user.login), take)

        self._on_some(ask)

    def action_timer(self) -> None:
        """Start the timer on the task, or stop it."""
        row = self.table.row
        if row is None:
            self.app.say(_("There is no task here."))
            return
        toggle(self, words.task_number(row.id), then=Then(self.FEATURE, (row.id,)))

    def export_work(self, path: str, rows: Sequence[TaskRow] | None) -> Callable[[], str]:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text

        def work() -> str:
            from boconsole.projects import exporting

            done = exporting.export_tasks(self.session, Path(path), query, rows)
            return ngettext("{n} task is in {path}.", "{n} tasks are in {path}.", done).format(
                n=done, path=path
            )

        return work

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes the last change back."""

        def work() -> str:
            numbers = undoing.undo_last(self.session)
            return _("Undone: {numbers}.").format(numbers=", ".join(numbers))

        return work
