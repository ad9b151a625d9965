"""Time of the last weeks: what one spent on tasks and tickets, and the timer that runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from boconsole.language import N_, _
from boconsole.projects import fields, reading, timing, words
from boconsole.projects.timing import TimeRow
from boconsole.projects.words import length
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.entries import Field
from screens.forms import Form, FormScreen
from screens.keys import LIST, Action
from screens.project_rooms import AREA, TIME, InRooms
from screens.project_timers import Then, turn
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

WEEKS = 8


class TimeScreen(InRooms, RegisterScreen[TimeRow]):
    """One's own entries of the last weeks, the last first."""

    TITLE = "Time"
    AREA = AREA
    ROOM = TIME
    FEATURE = words.TIME
    ACTIONS: ClassVar[Sequence[Action]] = (
        *of_feature("time", "new", "edit"),
        Action("time.timer", N_("Start or stop the timer"), ("T",), LIST, CHANGE, rank=12,
               short=N_("timer")),
    )  # fmt: skip

    week, ran = 0, False

    def columns(self) -> Sequence[Column[TimeRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("day", N_("Day"), 10, lambda row: Cell(str(row.day))),
            Column("time", N_("Time"), 9, self._time, align="right"),
            Column("on", N_("On"), 9, lambda row: Cell(timing.number_of(row), "info")),
            Column("subject", N_("Subject"), 24, lambda row: Cell(safe(row.subject)), grow=2),
            Column("note", N_("Note"), 18, lambda row: Cell(safe(row.note), "muted"), grow=1,
                   priority=1),
        )  # fmt: skip

    def _time(self, row: TimeRow) -> Cell:
        if not row.running or row.started_at is None:
            return Cell(length(row.minutes))
        minutes = int((self.session.now() - row.started_at).total_seconds()) // 60
        return Cell(_("{time} …").format(time=length(minutes)), "good")

    def read_rows(self) -> Sequence[TimeRow]:
        """Return the entries; blocks."""
        today = reading.today(self.session)
        monday = today - timedelta(today.weekday())
        found = timing.list_between(self.session, monday - timedelta(weeks=WEEKS - 1), today)
        self.ran = any(row.running for row in found)
        self.week = sum(row.minutes for row in found if row.day >= monday)
        return found

    def key_of(self, row: TimeRow) -> int:
        """Return the entry's id."""
        return row.id

    def heading(self) -> Heading:
        """Return the heading with the time of this week."""
        found = super().heading()
        week = _("this week {time}").format(time=length(self.week))
        return found._replace(view=f"{found.view} · {week}")

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No time was noted. n notes some; T on a task or a ticket starts the timer.")

    def open_row(self, row: TimeRow) -> None:
        """Open what the time was spent on."""
        self.app.open_record(timing.number_of(row))

    def action_new(self) -> None:
        """Note time on a task or a ticket."""

        def save(given: Mapping[str, object], _version: int) -> object:
            minutes = words.parse_length(str(given.get("time") or ""), "time")
            day = fields.day_of(given.get("day"), "day")
            note = str(given.get("note") or "")
            return timing.add(self.session, str(given.get("on") or ""), minutes, day, note)

        shown = [
            Field("on", N_("On"), required=True, hint=N_("TSK-3 or TKT-42.")),
            Field("time", N_("Time"), required=True, hint=N_("2h, 1h30m or 45m.")),
            Field("day", N_("Day"), "date"), Field("note", N_("Note")),
        ]  # fmt: skip
        values = {"day": reading.today(self.session)}
        self.app.push_screen(
            FormScreen(Form("time.add", _("Time spent"), shown, save, values,
                            said=_("The time is noted."), feature=words.TIME))
        )  # fmt: skip

    def action_edit(self) -> None:
        """Correct an entry."""
        row = self.table.row
        if row is None:
            self.app.say(_("There is no entry here; n notes time."))
            return
        entry = row

        def save(given: Mapping[str, object], version: int) -> object:
            text = str(given.get("time", length(entry.minutes)) or "")
            day = fields.day_of(given.get("day", entry.day), "day") or entry.day
            note = str(given.get("note", entry.note) or "")
            minutes = words.parse_length(text, "time")
            return timing.edit(self.session, entry.id, version, minutes, day, note)

        shown = [
            Field("time", N_("Time"), required=True, hint=N_("2h, 1h30m or 45m.")),
            Field("day", N_("Day"), "date"), Field("note", N_("Note")),
        ]  # fmt: skip
        title = f"{timing.number_of(entry)} {entry.subject}"
        values = {"time": length(entry.minutes), "day": entry.day, "note": entry.note}
        self.app.push_screen(
            FormScreen(Form("time.edit", title, shown, save, values, entry.id, entry.version,
                            said=_("The entry is changed."), feature=words.TIME))
        )  # fmt: skip

    def action_timer(self) -> None:
        """Stop the timer that runs, or start it on what the entry under the cursor is about."""
        row, ran = self.table.row, self.ran

        def work() -> timing.Timed:
            if ran or row is None or timing.running(self.session) is not None:
                return timing.stop(self.session)
            return timing.start(self.session, timing.number_of(row), row.note)

        turn(self, work, Then())
