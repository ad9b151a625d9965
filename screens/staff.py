"""The people who work here: the first screen of the area Staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.checklists import moves
from boconsole.errors import NotAllowedError, QuerySyntaxError
from boconsole.filters.whole import Register
from boconsole.language import N_, _, grouped, ngettext
from boconsole.session import Session
from boconsole.staff import asking, finding, privacy, words
from boconsole.staff.asking import Person
from boconsole.staff.finding import EmployeeRow
from screens import appraisal_rooms, recruitment_rooms, rooms, staff_facts, staff_rooms
from screens.actions import CHANGE, GO, of_feature
from screens.cells import Cell, safe
from screens.keys import LIST, Action
from screens.lists import View
from screens.places import Place
from screens.prose import block
from screens.registers import RegisterScreen
from screens.shell import ShellScreen
from screens.staff_facts import FEATURE
from screens.widgets.columns import Column
from screens.widgets.preview import Preview


def may_edit(screen: ShellScreen) -> str:
    """Return why somebody may not change people, "" where they may."""
    return "" if screen.session.may(privacy.EDIT) else _("This needs the permission staff.edit.")


NEW, EDIT, STATE = (
    replace(action, when=may_edit) for action in of_feature(FEATURE, "new", "edit", "state")
)
RECRUITMENT = Action(f"{FEATURE}.recruitment", N_("Openings and candidates"), ("R",), LIST, GO,
                     rank=15, short=N_("openings"))  # fmt: skip
MINE = Action(f"{FEATURE}.mine", N_("Open my record"), ("M",), LIST, CHANGE, rank=14,
              short=N_("my record"))  # fmt: skip
OWN = Action(f"{FEATURE}.own", N_("Open all that is my own"), (".",), LIST, GO, rank=15,
             short=N_("my own"))  # fmt: skip


class StaffScreen(staff_rooms.InRooms, RegisterScreen[Person]):
    """Who is employed or coming, by name; those without the permission see whom they lead."""

    TITLE = "Staff"
    ROOM = staff_rooms.PEOPLE
    AREA = staff_rooms.AREA
    FEATURE = FEATURE
    REGISTER = Register(text=lambda _row: "", fields=asking.PUBLIC)
    VIEWS = (
        View(N_("Contracts that end soon"), "is:ending sort:ends"),
        View(N_("Who reports to me"), "is:mine"),
        View(N_("Managers"), "is:manager"),
        View(N_("Coming"), "state:coming sort:since"),
        View(N_("Left"), "state:left sort:-left"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT, STATE, RECRUITMENT, MINE, OWN)
    PARTS = (
        "screens.recruitment:OpeningsScreen", "screens.recruitment_candidates:CandidatesScreen",
        "screens.recruitment_opening:OpeningScreen", "screens.recruitment_card:CandidateScreen",
        "screens.checklists:CheckListsScreen", "screens.checklist_steps:MyStepsScreen",
        "screens.checklist_templates:TemplatesScreen",
        "screens.staff_card:StaffCardScreen", "screens.staff_tree:TreeScreen",
        "screens.staff_departments:DepartmentsScreen", "screens.appraisals:CyclesScreen",
        "screens.training:CoursesScreen", "screens.my_own:MyOwnScreen",
    )  # fmt: skip

    # What it shows

    def columns(self) -> Sequence[Column[Person]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info"),
                   sort="number"),
            Column("name", N_("Name"), 20, lambda row: Cell(safe(row.row.name)), grow=3,
                   sort="name"),
            Column("title", N_("Title"), 18, _of_position("title"), grow=2, sort="title"),
            Column("department", N_("Department"), 14, _of_position("department"), grow=1,
                   sort="department"),
            Column("manager", N_("Manager"), 14, _of_position("manager"), grow=1, priority=2,
                   sort="manager"),
            Column("place", N_("Place"), 10, _of_position("place"), priority=4, sort="place"),
            Column("since", N_("Since"), 10, lambda row: staff_facts.day(row.standing.first),
                   priority=3, sort="since"),
            Column("ends", N_("Contract to"), 11,
                   staff_facts.contract_end, priority=1, sort="ends"),
            Column("state", N_("State"), 11, lambda row: staff_facts.state_word(row.standing)),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Person]:
        """Return everybody who is seen; blocks."""
        return asking.everyone(self.session, finding.today_of(self.session))

    def selected(self, query: str) -> Sequence[Person]:
        """Return the people that a query names; blocks."""
        return asking.select(self.session, query)

    def check(self, query: str) -> tuple[int, str] | None:
        """Return column and message of what is wrong with a query, or may not be asked."""
        try:
            asking.check(self.session, query)
        except QuerySyntaxError as error:
            return error.column, error.reason
        except NotAllowedError as error:
            return 0, str(error)
        return None

    def key_of(self, row: Person) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        if self.session.may("staff.edit"):
            return _("Nobody is here. n hires somebody, esc clears the filter, v has the views.")
        return _("Nobody is here whom you may see. M opens your own record.")

    def preview(self, row: Person) -> RenderableType:
        """Return a person beside the list."""
        room = self.query_one(Preview).room
        return block(staff_facts.beside(row, room, finding.today_of(self.session)))

    def export_work(self, path: str, rows: Sequence[Person] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked, with nothing private."""

        def write(chosen: Sequence[Person]) -> str:
            from boconsole.staff import exporting

            done = exporting.export(self.session, Path(path), chosen)
            told = ngettext("{n} person is in {path}.", "{n} people are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    def views(self) -> Sequence[View]:
        """Return the views that are always there, all people first."""
        return [*self.HOUSE.first_views(), *super().views()]

    def show_view(self, name: str) -> None:
        """Show all people again, go to a room, or show a view."""
        room = self.HOUSE.named(name)
        if room is not None and room.id == self.ROOM:
            RegisterScreen.show_view(self, name)
        else:
            super().show_view(name)

    # Going

    def open_row(self, row: Person) -> None:
        """Open a person."""
        self.open_person(row.row)

    def open_person(self, row: EmployeeRow) -> None:
        """Open a person; J and K go on along the list."""
        from screens.staff_card import StaffCardScreen

        self.app.push_screen(StaffCardScreen(row.id, self))

    def neighbour(self, record_id: int, step: int) -> int | None:
        """Return the person after (1) or before (-1) another near the screen, moving there."""
        window = self.table.listing.window
        ids = [window.key(row) for row in window.rows]
        place = ids.index(record_id) + step if record_id in ids else -1
        if not 0 <= place < len(ids):
            return None
        self.table.jump_to(ids[place])
        return ids[place]

    def open_number(self, number: str) -> None:
        """Open a person by number, as typed after `:`."""
        self.load(partial(finding.find, self.session, number), self.open_person, group="open")

    async def show_place(self, place: Place) -> None:
        """Show a query, a view or a person, or lay a room over this list."""
        room = self.HOUSE.lying_over(place)
        if room is not None:
            await rooms.show(self.app, room, place)
            return
        await super().show_place(place)

    def action_recruitment(self) -> None:
        """Go to the openings."""
        self.app.call_later(self.app.go, Place(self.AREA, view=recruitment_rooms.OPENINGS))

    def action_mine(self) -> None:
        """Open one's own record."""
        self.load(partial(finding.own, self.session), self.open_person, group="open")

    def action_own(self) -> None:
        """Open everything that is kept about oneself."""
        self.HOUSE.enter(self.app, self.HOUSE.by_id[appraisal_rooms.MINE])

    # Changing

    def action_new(self) -> None:
        """Open the form that hires somebody."""
        from screens import staff_forms

        self.app.push_screen(staff_forms.hire_form(self.session, self.open_person))

    def action_edit(self) -> None:
        """Open the form of the person under the cursor."""
        from screens import staff_forms

        def show(found: EmployeeRow) -> None:
            self.app.push_screen(staff_forms.edit_form(self.session, found, lambda _done: None))

        if (row := self.row) is not None:
            self.load(partial(finding.get, self.session, row.id), show, group="edit")

    def action_state(self) -> None:
        """Hire again, renew the contract, or let go."""
        from screens import staff_forms

        if (row := self.row) is not None:
            staff_forms.ask_state(self, row.standing, lambda _done: None)

    def undo_work(self) -> Callable[[], str] | None:
        """Return the operation that takes back the last change."""
        return partial(taken_back, self.session)


def taken_back(session: Session) -> str:
    """Take the last change back; returns what to say."""
    numbers = ", ".join(words.number(each) for each in moves.undo_last(session)[:3])
    return _("{numbers}: the last change is taken back.").format(numbers=numbers)


def _of_position(name: str) -> Callable[[Person], Cell]:
    def cell(row: Person) -> Cell:
        position = row.standing.position
        return Cell(safe(str(getattr(position, name)))) if position else Cell("-", "muted")

    return cell
