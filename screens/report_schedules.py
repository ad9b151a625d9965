"""Reports that run by themselves: what, when, where to, and what became of the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from boconsole.errors import InvalidChangeError, QuerySyntaxError
from boconsole.filters.whole import Has, Register
from boconsole.language import N_, _
from boconsole.reports import delivering, exporting, registry, running, scheduling, typing
from boconsole.reports.delivering import Done
from boconsole.reports.scheduling import FEATURE, ScheduleRow, Wish
from boconsole.session import Session
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, moment, safe
from screens.dialogs import ConfirmDialog
from screens.entries import Field
from screens.forms import Form, FormScreen
from screens.keys import LIST, Action
from screens.places import Place
from screens.registers import RegisterScreen
from screens.reports import AREA, SCHEDULES
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

ASKED = ("by", "from", "to", "of", "query")
"""Parameters of a report, which one field of the form has together."""


class SchedulesScreen(RegisterScreen[ScheduleRow]):
    """One's own schedules, by name."""

    TITLE = "Schedules"
    AREA = AREA
    FEATURE = FEATURE
    REGISTER = Register(
        text=lambda row: f"{row.name}\n{row.report}\n{row.folder}\n{row.address}",
        fields={
            "name": Has(lambda row: row.name), "report": Has(lambda row: row.report),
            "every": Has(lambda row: row.every),
            "state": Has(lambda row: "active" if row.active else "paused", "choice",
                         ("active", "paused")),
        },
    )  # fmt: skip
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature(FEATURE, "new", "edit"),
        Action("report.state", N_("Pause it, or let it go on"), ("s",), LIST, CHANGE, rank=17,
               short=N_("pause")),
        Action("report.run-now", N_("Run it now; its next time stays"), ("R",), LIST, CHANGE,
               rank=18, short=N_("run now")),
        Action("report.remove", N_("Remove the schedule"), ("D",), LIST, CHANGE, rank=19,
               short=N_("remove")),
    )  # fmt: skip

    def heading(self) -> Heading:
        """Return what it is."""
        return super().heading()._replace(view=_("Run by themselves"))

    def columns(self) -> Sequence[Column[ScheduleRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("name", N_("Name"), 16, lambda row: Cell(safe(row.name)), grow=1, sort="name"),
            Column("report", N_("Report"), 16, lambda row: Cell(_title(row)), grow=1,
                   sort="report"),
            Column("every", N_("Every"), 10, _every),
            Column("to", N_("To"), 14, lambda row: Cell(safe(row.folder or row.address), "muted"),
                   grow=1, priority=1),
            Column("next", N_("Next"), 16, self._next),
            Column("last", N_("Last"), 18, _last, grow=2),
        )  # fmt: skip

    def _next(self, row: ScheduleRow) -> Cell:
        if not row.active:
            return Cell(_("paused"), "warn")
        return Cell(moment(row.next_at.astimezone(self.session.zone)))

    def read_rows(self) -> Sequence[ScheduleRow]:
        """Return the schedules; blocks."""
        return scheduling.listed(self.session)

    def key_of(self, row: ScheduleRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No report of yours runs by itself; n lets one.")

    def place(self) -> Place:
        """Return the list, told apart from that of reports."""
        return Place(AREA, query=self.query_text, view=SCHEDULES)

    def open_row(self, row: ScheduleRow) -> None:
        """Show the report as it is asked for."""
        from screens.report_page import ReportScreen

        asked = scheduling.wish_of(row).parameters
        screen = ReportScreen(registry.BY_NAME[row.report], typing.write(asked))
        self.app.push_screen(screen)
        self.app.places.visit(screen.place())

    def export_work(
        self, path: str, rows: Sequence[ScheduleRow] | None
    ) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[ScheduleRow]) -> str:
            from boconsole import record_files

            done = record_files.write(Path(path), [delivering.record(row) for row in chosen])
            return _("{count} schedules are in {path}.").format(count=done, path=safe(path))

        return self.export_rows(path, rows, write)

    # Acting

    def action_new(self) -> None:
        """Open the form of a new schedule."""
        self.app.push_screen(schedule_form(self.session, None))

    def action_edit(self) -> None:
        """Open the form of the schedule under the cursor."""
        if (row := self.row) is not None:
            self.app.push_screen(schedule_form(self.session, row))

    def action_state(self) -> None:
        """Let the schedule rest, or go on."""
        if (row := self.row) is not None:
            said = _("{name} goes on.") if not row.active else _("{name} rests.")
            self.change(partial(scheduling.pause, self.session, row, active=not row.active),
                        said=said.format(name=safe(row.name)), touched=(row.id,),
                        feature=FEATURE)  # fmt: skip

    def action_run_now(self) -> None:
        """Run the schedule at once."""
        if (row := self.row) is not None:
            self.change(partial(delivering.run_now, self.session, row), said=_what_became,
                        touched=(row.id,), feature=FEATURE)  # fmt: skip

    def action_remove(self) -> None:
        """Ask, then remove the schedule."""
        if (row := self.row) is None:
            return
        kept = row

        def take(yes: bool | None) -> None:
            if yes:
                self.change(partial(scheduling.remove, self.session, kept.name),
                            said=_("{name} is not run any more.").format(name=safe(kept.name)),
                            touched=(kept.id,), feature=FEATURE)  # fmt: skip

        question = _("Remove the schedule {name}?").format(name=safe(row.name))
        self.app.push_screen(ConfirmDialog(question, yes=_("remove")), take)


def _what_became(done: Done) -> str:
    return f"{safe(done.name)}: {safe(done.said)}"


def _title(row: ScheduleRow) -> str:
    report = registry.BY_NAME.get(row.report)
    return _(report.title) if report else safe(row.report)


def _every(row: ScheduleRow) -> Cell:
    return Cell(f"{row.every} {row.at_minute // 60:02}:{row.at_minute % 60:02}")


def _last(row: ScheduleRow) -> Cell:
    said, failed = delivering.told(row)
    return Cell(f"! {safe(said)}", "bad") if failed else Cell(safe(said) or "-", "muted")


def schedule_form(
    session: Session, row: ScheduleRow | None, report: str = "", asked: str = ""
) -> FormScreen:
    """Return the form of a schedule: a new one, of a report as it is shown, or one as it is."""
    reports = [(each.name, each.title) for each in running.seen(session)]
    fields = [
        Field("as", N_("Name"), required=True),
        Field("report", N_("Report"), "choice", choices=reports, required=True),
        Field("asked", N_("Asked"), hint=N_("Such as by:queue since:last-week until:last-week.")),
        Field("format", N_("Format"), "choice", required=True,
              choices=[(form, form) for form in exporting.FORMATS]),
        Field("every", N_("Every"), required=True,
              hint=N_("day, a weekday such as mon, or a day of the month, 1 to 28")),
        Field("at", N_("At"), required=True, hint=N_("Such as 07:30, in your time zone.")),
        Field("folder", N_("Folder"), hint=N_("On this machine; or a mail address below.")),
        Field("mail", N_("Mail")),
    ]  # fmt: skip
    values: dict[str, object] = {
        "as": "", "report": report or reports[0][0], "asked": asked, "format": "pdf",
        "every": scheduling.DAY, "at": "07:00", "folder": "", "mail": "",
    }  # fmt: skip
    if row is not None:
        wish = scheduling.wish_of(row)
        values = dict(zip(values, (wish.name, wish.report, typing.write(wish.parameters), wish.form,
                                   wish.every, wish.at, wish.folder, wish.address),
                          strict=True))  # fmt: skip

    def save(given: Mapping[str, object], version: int) -> ScheduleRow:
        told = {name: str(value or "") for name, value in {**values, **given}.items()}
        folder = str(Path(told["folder"]).expanduser().absolute()) if told["folder"] else ""
        wish = Wish(told["as"], told["report"], typing.read(told["asked"]), told["format"],
                    told["every"], told["at"], folder, told["mail"])  # fmt: skip
        try:
            if row is None:
                return scheduling.add(session, wish)
            return scheduling.edit(session, row._replace(version=version), wish)
        except QuerySyntaxError as error:
            raise InvalidChangeError("asked", error.reason) from error
        except InvalidChangeError as error:
            if error.field not in ASKED:
                raise
            raise InvalidChangeError("asked", error.reason) from error

    title = _("New schedule") if row is None else _("Edit {number}").format(number=safe(row.name))
    return FormScreen(
        Form("report.schedule", title, fields, save, values, row.id if row else 0,
             row.version if row else 0, said=_("The schedule is kept."), feature=FEATURE)
    )  # fmt: skip
