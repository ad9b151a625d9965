"""Attendance: what days were, in and out, and overtime asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

from boconsole.errors import NotFoundError
from boconsole.language import N_, _, grouped, ngettext
from boconsole.leave import asked_for, attending, overtime, permitted, typing, words, worktime
from boconsole.leave.attending import Attended, StayRow
from boconsole.leave.overtime import OvertimeRow
from boconsole.staff import finding
from boconsole.staff import words as staff_words
from screens import leave_rooms, staff_rooms
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.dialogs import PromptDialog
from screens.entries import Field
from screens.forms import Form, FormScreen, draft_of
from screens.keys import LIST, Action
from screens.leave_acts import needed
from screens.lists import View
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

BACK = 31
"""Days that the list goes back."""
TONES = {
    worktime.LATE: "warn", worktime.EARLY: "warn", worktime.ABSENT: "bad", worktime.OPEN: "good",
    worktime.FREE: "muted", worktime.AWAY: "info",
}  # fmt: skip
NEW = of_feature(attending.FEATURE, "new")[0]


class AttendanceScreen(staff_rooms.InRooms, RegisterScreen[Attended]):
    """The days of the last weeks, the latest first."""

    TITLE = "Attendance"
    ROOM = leave_rooms.ATTENDANCE
    AREA = staff_rooms.AREA
    FEATURE = attending.FEATURE
    REGISTER = asked_for.ATTENDED
    VIEWS = (
        View(N_("Late, early or absent"), "state:late,early,absent"),
        View(N_("At work now"), "state:open"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW,
        Action("attendance.clock", N_("Clock in or out"), ("i",), LIST, CHANGE, rank=11,
               short=N_("in/out"), help=N_("Oneself, now.")),
        Action("attendance.overtime", N_("Ask for overtime"), ("O",), LIST, CHANGE, rank=12,
               short=N_("overtime")),
        Action("attendance.remove", N_("Let the last stay not count"), ("D",), LIST, CHANGE,
               rank=17, help=N_("Asks for the reason; it stays in the trail.")),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._since = ""

    # What it shows

    def columns(self) -> Sequence[Column[Attended]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("date", N_("Date"), 10, lambda row: Cell(str(row.on)), sort="date"),
            Column("name", N_("Name"), 16, lambda row: Cell(safe(row.name)), grow=2, sort="name"),
            Column("times", N_("Times"), 13, lambda row: Cell(_times(row.stays)), grow=1),
            Column("worked", N_("Worked"), 6, lambda row: Cell(_hours(row.day.worked)),
                   align="right", sort="worked"),
            Column("planned", N_("Planned"), 7, lambda row: Cell(_hours(row.day.planned), "muted"),
                   align="right", priority=2),
            Column("late", N_("Late"), 5, lambda row: _minutes(row.day.late), align="right",
                   sort="late"),
            Column("early", N_("Early"), 5, lambda row: _minutes(row.day.early), align="right",
                   priority=1),
            Column("what", N_("What"), 16, _what),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Attended]:
        """Return the days of the last weeks; blocks."""
        try:
            stay = attending.is_in(self.session)
            self._since = _clock(stay.in_at.astimezone(ZoneInfo(stay.zone))) if stay else ""
        except NotFoundError:
            self._since = ""
        today = permitted.today_of(self.session)
        return attending.days(self.session, today - timedelta(days=BACK), today)

    def key_of(self, row: Attended) -> int:
        """Return a number of person and day."""
        return row.employee_id * 10**6 + row.on.toordinal()

    def heading(self) -> Heading:
        """Return the heading, and whether one is at work."""
        found = super().heading()
        told = _("at work since {time}").format(time=self._since) if self._since else ""
        return found._replace(number=" · ".join(filter(None, (found.number, told))))

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No day is here. i clocks in and out, esc clears the filter, v has the views.")

    def open_row(self, row: Attended) -> None:
        """Tell the notes of a day."""
        notes = "; ".join(safe(stay.note) for stay in row.stays if stay.note)
        self.app.say(notes or _("Nothing is noted of this day."))

    def export_work(self, path: str, rows: Sequence[Attended] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Attended]) -> str:
            from boconsole import record_files
            from boconsole.leave import exporting

            values = [{**exporting.attended(each), "stays": _times(each.stays)} for each in chosen]
            done = record_files.write(Path(path), values)
            told = ngettext("{n} line is in {path}.", "{n} lines are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    # Acting

    def action_clock(self) -> None:
        """Clock in, or out who is in."""

        def work() -> StayRow:
            if attending.is_in(self.session):
                return attending.clock_out(self.session)
            return attending.clock_in(self.session)

        def said(row: StayRow) -> str:
            zone = ZoneInfo(row.zone)
            if row.out_at is None:
                told = _("{name} is at work since {time}.")
                return told.format(name=row.employee, time=_clock(row.in_at.astimezone(zone)))
            told = _("{name} left at {time}.")
            return told.format(name=row.employee, time=_clock(row.out_at.astimezone(zone)))

        self.change(work, said=said, feature=self.FEATURE, done=lambda _row: self._again())

    def _again(self) -> None:
        """Read the days again from the latest one on, where what was entered may be."""
        self.table.clear_marks()
        self.show_query(self.query_text)

    def action_new(self) -> None:
        """Open the form of a stay."""
        row = self.row
        fields = [
            Field("person", N_("Person"), required=True, hint=N_("EMP-0007, or a name.")),
            Field("day", N_("Day"), "date", required=True),
            Field("begin", N_("From"), required=True, hint=N_("Such as 08:00.")),
            Field("end", N_("To"), required=True, hint=N_("Before From: of the next day.")),
            Field("breaks", N_("Breaks"), hint=N_("Minutes.")),
            Field("note", N_("Note"), hint=N_("Why it was not clocked.")),
        ]  # fmt: skip
        values: dict[str, object] = {"breaks": "0", "begin": "08:00", "end": "17:00"}
        about = () if row is None else (row.employee_id, row.on)
        if row is not None:
            values |= {"person": staff_words.number(row.employee_id), "day": row.on}

        def save(given: Mapping[str, object], _version: int) -> StayRow:
            who = finding.by_word(self.session, str(given.get("person") or ""))
            return attending.enter(
                self.session, who.id, typing.day(self.session, str(given.get("day") or "")),
                typing.clock(str(given.get("begin")), "begin"),
                typing.clock(str(given.get("end")), "end"),
                typing.whole(str(given.get("breaks") or "0"), "breaks"),
                str(given.get("note") or ""),
            )  # fmt: skip

        said = _("The stay is entered.")
        self.app.push_screen(FormScreen(
            Form(draft_of("attendance.new", *about), _("Enter a stay"), fields, save, values,
                 said=lambda _row: said, saved=lambda _row: self._again(), feature=self.FEATURE)
        ))  # fmt: skip

    def action_overtime(self) -> None:
        """Open the form of overtime."""
        row = self.row
        fields = [
            Field("day", N_("Day"), "date", required=True),
            Field("hours", N_("Hours"), required=True, hint=N_("Such as 2.5.")),
            Field("note", N_("Note"), required=True, hint=N_("What it is for.")),
        ]
        own = row is None or not self.session.may(permitted.EDIT)
        values: dict[str, object] = {"day": permitted.today_of(self.session)}

        def save(given: Mapping[str, object], _version: int) -> OvertimeRow:
            person = finding.own(self.session).id if own or row is None else row.employee_id
            return overtime.request(
                self.session, person, typing.day(self.session, str(given.get("day") or "")),
                typing.minutes(str(given.get("hours"))), str(given.get("note")),
            )  # fmt: skip

        def said(done: OvertimeRow) -> str:
            number = words.overtime_number(done.id)
            return _("{number} is asked for.").format(number=number)

        title = _("Ask for overtime") if own or row is None else (
            _("Overtime of {name}").format(name=safe(row.name)))  # fmt: skip
        self.app.push_screen(FormScreen(
            Form(draft_of("overtime.new", 0 if own or row is None else row.employee_id), title,
                 fields, save, values, said=said, feature=overtime.FEATURE)
        ))  # fmt: skip

    def action_remove(self) -> None:
        """Ask for the reason, then let the last stay of the day not count any more."""
        row = self.row
        if row is None or not row.stays:
            self.app.say(_("No stay is recorded on this day."))
            return
        stay = row.stays[-1]

        def remove(reason: str | None) -> None:
            if reason is not None:
                self.change(
                    partial(attending.take_out, self.session, stay.id, stay.version, reason),
                    said=_("The stay does not count any more."), feature=self.FEATURE,
                    done=lambda _done: self._again(),
                )  # fmt: skip

        title = _("Why does {times} not count?").format(times=_times([stay]))
        self.app.push_screen(PromptDialog(title, check=needed), remove)


def _times(stays: Sequence[StayRow]) -> str:
    parts = []
    for stay in stays:
        zone = ZoneInfo(stay.zone)
        end = _clock(stay.out_at.astimezone(zone)) if stay.out_at else "…"
        parts.append(f"{_clock(stay.in_at.astimezone(zone))}-{end}")
    return " ".join(parts)


def _clock(there: object) -> str:
    return f"{there:%H:%M}"


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}" if minutes else ""


def _minutes(minutes: int) -> Cell:
    return Cell(str(minutes), "warn") if minutes else Cell("")


def _what(row: Attended) -> Cell:
    state = row.day.state
    if row.holiday and not row.stays:
        return Cell(safe(row.holiday), "muted")
    letter = f" ({safe(row.leave)})" if state == worktime.AWAY and row.leave else ""
    return Cell(_(words.DAY_STATES[state]) + letter, TONES.get(state, ""))
