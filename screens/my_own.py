"""My own: everything that the company keeps about whoever is here, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from boconsole import my_own
from boconsole.language import N_, _
from boconsole.my_own import Own
from boconsole.staff import finding
from screens import staff_rooms
from screens.appraisal_rooms import MINE
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import Action
from screens.places import Place
from screens.registers import RegisterScreen
from screens.shell import ShellScreen
from screens.widgets.columns import Column

FEATURE = "my_own"


class Line(NamedTuple):
    """A line at its place, counted from 1, with the title of its section where it begins one."""

    place: int
    section: str
    own: Own


class MyOwnScreen(staff_rooms.InRooms, RegisterScreen[Line]):
    """One's own record, leave, pay, training, appraisals, steps to do and assets."""

    TITLE = "My own"
    ROOM = MINE
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    ACTIONS: ClassVar[Sequence[Action]] = ()

    def columns(self) -> Sequence[Column[Line]]:
        """Return section, what it is, and what is to know of it."""
        return (
            Column("section", "", 12, lambda one: Cell(one.section, "muted"), name=N_("Section")),
            Column("what", N_("What"), 18, lambda one: Cell(safe(one.own.what), "info"), grow=1),
            Column("told", N_("About it"), 44, lambda one: Cell(safe(one.own.told), one.own.tone),
                   grow=2),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Line]:
        """Return all of it; blocks."""
        found, before = [], ""
        for place, one in enumerate(my_own.read(self.session), 1):
            title = "" if one.section == before else _(my_own.TITLES[one.section])
            found.append(Line(place, title, one))
            before = one.section
        return found

    def key_of(self, row: Line) -> int:
        """Return the place."""
        return row.place

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("Nothing is kept about you.")

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again whatever changed."""
        del event
        super().records_changed(RecordsChanged(FEATURE, ()))

    # Going

    def open_row(self, row: Line) -> None:
        """Open what a line is about."""
        one = row.own
        if not one.opens:
            self.app.say(safe(f"{one.what}: {one.told}"))
        elif one.section == my_own.LEAVE:
            self._open_leave(one.opens)
        elif one.section == my_own.PAY and one.opens.startswith("PYR"):
            self._open_slip(one.opens)
        elif one.section == my_own.ASSETS and not self.session.may("asset.read"):
            self.app.say(safe(f"{one.what}: {one.told}"))
        elif one.section == my_own.ASSETS:
            self.app.call_later(self.app.go, Place("assets", record=one.opens))
        elif one.section == my_own.LISTS and one.opens.startswith("TKT"):
            self.app.call_later(self.app.go, Place("tickets", record=one.opens))
        elif one.section == my_own.LISTS:
            self.app.say(safe(f"{one.what}: {one.told}"))
        else:
            self.load(partial(self._screen_of, one.opens), self._push, group="open")

    def _screen_of(self, number: str) -> ShellScreen:
        """Return the screen of a record, by its number; blocks."""
        from boconsole.appraisals import reading
        from boconsole.training import courses, sessions
        from screens.appraisal import AppraisalScreen
        from screens.staff_card import StaffCardScreen
        from screens.training_session import SessionScreen
        from screens.training_sessions import SessionsScreen

        match number.partition("-")[0]:
            case "APR":
                return AppraisalScreen(reading.find(self.session, number).id)
            case "CRS":
                return SessionsScreen(courses.find(number))
            case "TRN":
                return SessionScreen(sessions.find(number))
        return StaffCardScreen(finding.find(self.session, number).id)

    def _push(self, screen: ShellScreen) -> None:
        self.app.push_screen(screen)

    def _open_leave(self, code: str) -> None:
        from screens.leave_balance import BalanceScreen

        def show(employee_id: int) -> None:
            self.app.push_screen(BalanceScreen(employee_id, code))

        self.load(lambda: finding.own(self.session).id, show, group="open")

    def _open_slip(self, number: str) -> None:
        from boconsole.payroll import reading
        from boconsole.payroll.reading import Slip
        from screens.payroll_lines import PayLinesScreen

        def mine() -> Slip:
            return next(slip for slip in reading.own(self.session) if slip.run.number == number)

        def show(slip: Slip) -> None:
            self.app.push_screen(PayLinesScreen(slip))

        self.load(mine, show, group="open")
