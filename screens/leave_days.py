"""Holidays of a year: those of the country, and the company's own days on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar
from zlib import crc32

from boconsole.language import DAYS, N_, _
from boconsole.leave import calendar, days_of_year, permitted, setting_up
from boconsole.leave.days_of_year import YearDay
from screens import leave_rooms, staff_rooms
from screens.actions import CHANGE, GO, of_feature
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog
from screens.entries import Field
from screens.forms import Form, FormScreen
from screens.keys import LIST, Action
from screens.registers import RegisterScreen
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

FEATURE = "leave_day"
NEW = of_feature(FEATURE, "new")[0]
TONES = {calendar.PUBLIC: "", calendar.COMPANY: "info", calendar.JOINT: "warn",
         calendar.WORK: "muted"}  # fmt: skip


class HolidaysScreen(staff_rooms.InRooms, RegisterScreen[YearDay]):
    """The days of a year on which nobody works, or all do after all."""

    TITLE = "Holidays"
    ROOM = leave_rooms.HOLIDAYS
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = (
        NEW,
        Action("leave_day.import", N_("Take in joint leave of the country"), ("I",), LIST, CHANGE,
               rank=12, short=N_("joint leave")),
        Action("leave_day.remove", N_("Take out an own day"), ("D",), LIST, CHANGE, rank=17),
        Action("leave_day.step-back", N_("Year before"), ("<",), LIST, GO, rank=20,
               short=N_("year -")),
        Action("leave_day.step-on", N_("Next year"), (">",), LIST, GO, rank=21,
               short=N_("year +")),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._year = 0

    def on_mount(self) -> None:
        """Begin with this year."""
        self._year = self._year or permitted.today_of(self.session).year
        super().on_mount()

    def heading(self) -> Heading:
        """Return the year."""
        found = super().heading()
        return found._replace(number=" · ".join(filter(None, (str(self._year), found.number))))

    def columns(self) -> Sequence[Column[YearDay]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("date", N_("Date"), 14, _day),
            Column("name", N_("Name"), 26, lambda row: Cell(safe(row.name)), grow=1),
            Column("kind", N_("Kind"), 13,
                   lambda row: Cell(_(days_of_year.KINDS[row.kind]), TONES[row.kind])),
            Column("where", N_("Where"), 8, _where),
            Column("own", N_("Own"), 4, lambda row: Cell(_("own") if row.own else "", "muted")),
        )  # fmt: skip

    def read_rows(self) -> Sequence[YearDay]:
        """Return the days of the year; blocks."""
        year = self._year or permitted.today_of(self.session).year
        return days_of_year.of_year(self.session, year)

    def key_of(self, row: YearDay) -> int:
        """Return a number of the day: a holiday has no id of its own."""
        return crc32(f"{row.day} {row.country} {row.region} {row.name}".encode())

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No day off is known. n adds one; a country in one's schedule brings its own.")

    def open_row(self, row: YearDay) -> None:
        """Tell whose day it is."""
        place = _where(row).text or _("for all")
        self.app.say(f"{row.day} {safe(row.name)}, {place}")

    # Going

    def action_step_back(self) -> None:
        """Show the year before."""
        self._go(self._year - 1)

    def action_step_on(self) -> None:
        """Show the next year."""
        self._go(self._year + 1)

    def _go(self, year: int) -> None:
        self._year = year
        self.show_query("")
        self.show_status()

    # Changing

    def action_new(self) -> None:
        """Open the form of an own day."""
        kinds = [(kind, days_of_year.KINDS[kind]) for kind in calendar.OWN_KINDS]
        fields = [
            Field("day", N_("Date"), "date", required=True),
            Field("name", N_("Name"), required=True),
            Field("kind", N_("Kind"), "choice", required=True, choices=kinds),
            Field("country", N_("Country"), hint=N_("A code such as ID; empty for all.")),
            Field("region", N_("Region"), hint=N_("A code such as BY.")),
        ]
        row = self.row
        values: dict[str, object] = {"kind": calendar.COMPANY}
        if row is not None:
            values["day"] = row.day

        def save(given: Mapping[str, object], _version: int) -> date:
            day = given["day"]
            assert isinstance(day, date)
            setting_up.put_day(
                self.session, day, str(given["name"]), str(given["kind"]),
                str(given.get("country") or ""), str(given.get("region") or ""),
            )  # fmt: skip
            return day

        self.app.push_screen(FormScreen(
            Form("leave_day.new", _("Own day"), fields, save, values,
                 said=lambda day: _("{day} is kept.").format(day=day),
                 saved=lambda _day: self.table.refresh_rows(), feature=FEATURE)
        ))  # fmt: skip

    def action_import(self) -> None:
        """Ask, then take in the joint leave that the government names for the year."""
        row, year = self.row, self._year
        country = row.country if row is not None else ""
        if not country:
            self.app.say(_("Put the cursor on a holiday of the country first."))
            return
        question = _("Take in the joint leave of {country} in {year}?").format(
            country=country, year=year
        )

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(setting_up.take_joint_days, self.session, country, year),
                    said=lambda n: _("{n} days of joint leave are kept.").format(n=n),
                    feature=FEATURE, done=lambda _n: self.table.refresh_rows(),
                )  # fmt: skip

        self.app.push_screen(ConfirmDialog(question, yes=_("take in")), take)

    def action_remove(self) -> None:
        """Ask, then take out an own day."""
        row = self.row
        if row is None or row.own is None:
            self.app.say(_("Holidays of a country stay; n makes one a working day."))
            return
        own = row.own

        def take(sure: bool | None) -> None:
            if sure:
                self.change(
                    partial(setting_up.remove_day, self.session, own),
                    said=_("{day} is out.").format(day=own.day), feature=FEATURE,
                    done=lambda _done: self.table.refresh_rows(),
                )  # fmt: skip

        question = _("Take out {day}, {name}?").format(day=own.day, name=own.name)
        self.app.push_screen(ConfirmDialog(question, yes=_("take out")), take)


def _day(row: YearDay) -> Cell:
    return Cell(f"{_(DAYS[row.day.weekday()])} {row.day}")


def _where(row: YearDay) -> Cell:
    return Cell("-".join(filter(None, (row.country, row.region))), "muted")
