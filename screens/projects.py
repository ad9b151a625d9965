"""The portfolio: all projects with their status, progress, money and next milestone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.filters import Area
from boconsole.language import N_, _, ngettext
from boconsole.projects import area, changing, reading, undoing, words
from boconsole.projects.reading import Count, Project, ProjectRow
from boconsole.session import Session
from screens import project_facts as facts
from screens import project_forms as forms
from screens import rooms
from screens.actions import CHANGE, FIND, of_feature
from screens.cells import Cell, safe
from screens.dialogs import Choice, MenuDialog
from screens.keys import LIST, Action
from screens.ledger.sources import Rows
from screens.lists import View
from screens.places import Place
from screens.project_rooms import AREA, PROJECTS, InRooms
from screens.prose import block, toned, wrapped
from screens.query_lists import QueryListScreen
from screens.widgets.columns import Column
from screens.widgets.preview import Preview
from screens.widgets.window import Around

VIEWS = (
    View(N_("My projects"), "is:mine"),
    View(N_("Red and amber"), "rag:red,amber sort:due"),
    View(N_("Late projects"), "is:late sort:due"),
    View(N_("By next milestone"), "has:next sort:next"),
    View(N_("Projects that are over"), "is:over sort:-done"),
)


class ProjectSource:
    """The projects that a query finds."""

    def __init__(self, session: Session, query: str) -> None:
        self._session = session
        self._query = query

    def page(self, after: str | None, limit: int, *, backwards: bool = False) -> Rows[ProjectRow]:
        """Return at most `limit` rows next to a place."""
        found = reading.list_projects(
            self._session, self._query, after or "", limit, backwards=backwards
        )
        ends = (found.cursors[0], found.cursors[-1]) if found.cursors else ("", "")
        return Rows(found.rows, *ends, found.more)

    def count(self) -> Count:
        """Return how many rows there are, counted to a limit."""
        return reading.count_projects(self._session, self._query)

    def around(self, record: int, limit: int) -> Around[ProjectRow] | None:
        """Return rows with a project amidst them, or None when the query does not find it."""
        found = reading.projects_around(self._session, self._query, record, limit)
        if found is None:
            return None
        first, last = found.cursors[0], found.cursors[-1]
        before = self.page(first, 1, backwards=True).rows
        return Around(found.rows, first, last, bool(before), found.more)

    def key(self, row: ProjectRow) -> int:
        """Return the project's id."""
        return row.id


class ProjectsScreen(InRooms, QueryListScreen[ProjectRow]):
    """Projects, the last changed first unless the query sorts."""

    TITLE = "Projects"
    AREA = AREA
    ROOM = PROJECTS
    FEATURE = facts.PROJECT
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature("project", "new", "edit", "state"),
        Action("project.report", N_("Report the status"), ("c",), LIST, CHANGE, rank=14,
               short=N_("status")),
        Action("project.save-view", N_("Save the query as a view"), ("V",), LIST, FIND),
    )  # fmt: skip
    PARTS = (
        "screens.project:ProjectScreen", "screens.project_tasks:TasksScreen",
        "screens.project_time:TimeScreen", "screens.project_load:LoadScreen",
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[ProjectRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        today = reading.today(self.session)
        return (
            Column("number", N_("Number"), 8,
                   lambda row: Cell(words.number(row.id), "info"), sort="number"),
            Column("rag", N_("Status"), 7,
                   lambda row: facts.rag_cell(row.rag) if row.rag else Cell("-", "muted"),
                   sort="rag"),
            Column("name", N_("Name"), 16, lambda row: Cell(safe(row.name)), grow=3),
            Column("progress", N_("Done"), 4, lambda row: Cell(f"{row.progress}%"),
                   align="right", sort="progress"),
            Column("budget", N_("Budget"), 9, facts.budget_cell, align="right"),
            Column("due", N_("Due"), 11,
                   lambda row: facts.due_cell(row.due_on, today, over=row.state in words.OVER),
                   align="right", sort="due"),
            Column("next", N_("Next milestone"), 15, partial(self._next, today), grow=2,
                   priority=1, sort="next"),
            Column("state", N_("State"), 11, lambda row: facts.state_cell(row.state), priority=4),
            Column("owner", N_("Owner"), 9, lambda row: Cell(safe(row.owner), "muted"),
                   priority=2),
            Column("tasks", N_("Tasks"), 7,
                   lambda row: Cell(f"{row.tasks_done}/{row.tasks}"), align="right", priority=5),
            Column("for", N_("For"), 16, lambda row: Cell(safe(row.organisation), "muted"),
                   priority=6),
            Column("why", N_("Why"), 24, lambda row: Cell(safe(row.rag_reason), "muted"),
                   grow=1, priority=7),
        )  # fmt: skip

    def _next(self, today: date, row: ProjectRow) -> Cell:
        if not row.next_milestone:
            return Cell("-", "muted")
        told = facts.due_cell(row.next_on, today, over=False)
        return Cell(f"{told.text} {safe(row.next_milestone)}", told.tone)

    def source(self, query: str) -> ProjectSource:
        """Return where the rows of a query come from."""
        return ProjectSource(self.session, query)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No project matches. n begins one, esc clears the filter, v has the views.")

    def preview(self, row: ProjectRow) -> RenderableType:
        """Return a project beside the list; reads."""
        from boconsole.projects import card
        from screens import project_tabs

        room = self.query_one(Preview).room
        today = reading.today(self.session)
        found = card.card(self.session, row.id)
        lines = facts.head(row, ((f"{row.progress}%", "strong"),), room)
        if row.rag_reason:
            lines += wrapped(toned((safe(row.rag_reason), "muted")), room)
        lines += [toned(("", ""))]
        lines += [line.content for line in project_tabs.money_lines(found, today)[:7]]
        lines += [toned(("", ""))]
        for task in found.plan.tasks:
            if task.state not in words.ENDED and not task.children:
                due = facts.due_cell(task.due_on, today, over=False)
                lines.append(toned((f"{due.text:>9}  ", due.tone), (safe(task.title), "")))
        return block(lines[:40])

    def read_area(self) -> Area:
        """Return what queries may say about projects."""
        return area.remembered_area(area.project_area(self.session))

    def first_views(self) -> Sequence[View]:
        """Return the views that are always there."""
        return [View(_(view.name), view.query) for view in VIEWS]

    # Going

    def open_row(self, row: ProjectRow) -> None:
        """Open a project."""
        self._open(row.id)

    def open_number(self, number: str) -> None:
        """Open a project by its number, as typed after `:`."""

        def opened(found: Project) -> None:
            self._open(found.row.id)

        self.load(partial(reading.get, self.session, number), opened, group="open")

    async def show_place(self, place: Place) -> None:
        """Show a place again, in the room that it belongs to."""
        room = self.HOUSE.lying_over(place)
        if room is not None and room.id != self.ROOM:
            await rooms.show(self.app, room, place)
        else:
            await super().show_place(place)

    def _open(self, project_id: int) -> None:
        from screens.project import ProjectScreen

        self.app.places.visit(Place(self.AREA, record=words.number(project_id)))
        self.app.push_screen(ProjectScreen(project_id, self))

    # Changing

    def action_new(self) -> None:
        """Open the form of a new project."""
        self.app.push_screen(forms.new_project(self.session, lambda made: self._open(made.row.id)))

    def action_edit(self) -> None:
        """Change facts of a project."""
        self._on_one(lambda row: self.app.push_screen(forms.edit_project(self.session, row)))

    def action_report(self) -> None:
        """Report how a project stands."""
        self._on_one(lambda row: self.app.push_screen(forms.new_report(self.session, row)))

    def action_state(self) -> None:
        """Choose the state of a project."""

        def ask(row: ProjectRow) -> None:
            choices = [Choice(state, _(look.word), look.letter.lower())
                       for state, look in facts.STATES.items()]  # fmt: skip

            def take(chosen: str | None) -> None:
                if chosen:
                    said = _("{number} is {state} now; u undoes it.").format(
                        number=words.number(row.id), state=_(words.STATES[chosen])
                    )
                    work = partial(changing.set_state, self.session, row.id, chosen, row.version)
                    self.change(work, said=said, touched=(row.id,))

            self.app.push_screen(MenuDialog(row.name, choices, current=row.state), take)

        self._on_one(ask)

    def _on_one(self, then: Callable[[ProjectRow], object]) -> None:
        row = self.table.row
        if row is None:
            self.app.say(_("There is no project here; n begins one."))
        else:
            then(row)

    def export_work(self, path: str, rows: Sequence[ProjectRow] | None) -> Callable[[], str]:
        """Return the operation that writes a file of what is shown or marked."""
        query = self.query_text

        def work() -> str:
            from boconsole.projects import exporting

            done = exporting.export_projects(self.session, Path(path), query, rows)
            return ngettext(
                "{n} project is in {path}.", "{n} projects are in {path}.", done
            ).format(n=done, path=path)

        return work

    def undo_work(self) -> Callable[[], str]:
        """Return the operation that takes the last change back."""

        def work() -> str:
            return _("Undone: {numbers}.").format(
                numbers=", ".join(undoing.undo_last(self.session))
            )

        return work
