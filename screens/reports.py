"""The reports that somebody may run, each opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from boconsole.filters.whole import Has, Register
from boconsole.language import N_, _
from boconsole.reports import registry, running
from boconsole.reports.shapes import Report
from screens.actions import GO
from screens.cells import Cell
from screens.keys import LIST, Action
from screens.lists import View
from screens.places import Place
from screens.registers import RegisterScreen
from screens.widgets.columns import Column

AREA = "reports"
SCHEDULES = "schedules"
"""How the places visited call the list of schedules."""


class ReportsScreen(RegisterScreen[Report]):
    """Every report, by area."""

    TITLE = "Reports"
    AREA = AREA
    PARTS = ("screens.report_page:ReportScreen", "screens.report_schedules:SchedulesScreen")
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("report.schedules", N_("Reports that run by themselves"), ("S",), LIST, GO, rank=10,
               short=N_("schedules")),
    )  # fmt: skip
    REGISTER = Register(
        lambda row: f"{row.name} {_(row.title)} {_(row.about)}",
        {
            "name": Has(lambda row: row.name),
            "area": Has(lambda row: row.area, "choice", tuple(registry.AREAS)),
        },
    )
    VIEWS = tuple(View(title, f"area:{area}") for area, title in registry.AREAS.items())

    def columns(self) -> Sequence[Column[Report]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("area", N_("Area"), 9, lambda row: Cell(_(registry.AREAS[row.area]), "muted")),
            Column("title", N_("Report"), 24, lambda row: Cell(_(row.title)), sort="name"),
            Column("about", N_("What it tells"), 34, lambda row: Cell(_(row.about), "muted"),
                   grow=1),
            Column("by", N_("By"), 24, lambda row: Cell(", ".join(row.by) or "-", "muted"),
                   priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Report]:
        """Return the reports that the reader may run."""
        return running.seen(self.session)

    def key_of(self, row: Report) -> int:
        """Return the place of a report, which tells it apart."""
        return registry.REPORTS.index(row)

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No report here is yours to run.")

    def open_row(self, row: Report) -> None:
        """Show the report."""
        self._open(row.name, "")

    def action_schedules(self) -> None:
        """Show what runs by itself."""
        self._open_schedules("")

    def _open_schedules(self, query: str) -> None:
        from screens.report_schedules import SchedulesScreen

        screen = SchedulesScreen()
        screen.query_text = query
        self.app.push_screen(screen)
        self.app.places.visit(screen.place())

    def _open(self, name: str, line: str) -> None:
        from screens.report_page import ReportScreen

        screen = ReportScreen(registry.BY_NAME[name], line)
        self.app.push_screen(screen)
        self.app.places.visit(screen.place())

    async def show_place(self, place: Place) -> None:
        """Show a report again, or the list."""
        if place.view in registry.BY_NAME:
            self._open(place.view, place.query)
        elif place.view == SCHEDULES:
            self._open_schedules(place.query)
        else:
            await super().show_place(place)
