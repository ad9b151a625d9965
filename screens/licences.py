"""The licences: how many seats each has, who uses them, and what ends soon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.language import N_, _, grouped, ngettext
from boconsole.licences import asking, changing, reading
from boconsole.licences.reading import Licence
from screens import asset_rooms, licence_facts
from screens.actions import CHANGE, SHOW, of_feature
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog
from screens.keys import LIST, Action
from screens.licence_facts import FEATURE
from screens.lists import View
from screens.prose import block
from screens.registers import RegisterScreen, number
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

NEW, EDIT, ASSIGN = of_feature(FEATURE, "new", "edit", "assign")
LOOK = Action(f"{FEATURE}.look", N_("Show the key"), ("K",), LIST, SHOW, rank=15, short=N_("key"),
              help=N_("Who looked is written down."))  # fmt: skip
RETIRE = Action(f"{FEATURE}.remove", N_("Retire, or use again"), ("D",), LIST, CHANGE, rank=17,
                short=N_("retire"))  # fmt: skip


class LicencesScreen(asset_rooms.InRooms, RegisterScreen[Licence]):
    """Licences by number, without those that are retired."""

    TITLE = "Licences"
    ROOM = asset_rooms.LICENCES
    AREA = asset_rooms.AREA
    FEATURE = FEATURE
    REGISTER = asking.LICENCES
    VIEWS = (
        View(N_("What ends soon"), "is:warned sort:ends"),
        View(N_("All seats used"), "is:full"),
        View(N_("Ended licences"), "state:ended"),
        View(N_("Retired licences"), "state:retired"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT, ASSIGN, LOOK, RETIRE)
    PARTS = ("screens.licence:LicenceScreen",)

    # What it shows

    def columns(self) -> Sequence[Column[Licence]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("number", N_("Number"), 8, lambda row: Cell(row.number, "info"),
                   sort="number"),
            Column("product", N_("Product"), 20, lambda row: Cell(safe(row.row.product)), grow=3,
                   sort="product"),
            Column("maker", N_("Maker"), 14, lambda row: Cell(safe(row.row.maker), "muted"),
                   grow=1, priority=3, sort="maker"),
            Column("seats", N_("Seats"), 5, lambda row: number(row.row.seats), align="right",
                   sort="seats"),
            Column("used", N_("Used"), 5, lambda row: number(row.row.used), align="right",
                   sort="used"),
            Column("free", N_("Free"), 5, lambda row: number(row.free), align="right",
                   sort="free"),
            Column("maintained", N_("Maintained"), 10,
                   lambda row: licence_facts.day(row.row.maintained_until), priority=2,
                   sort="maintenance"),
            Column("ends", N_("Ends"), 10, lambda row: licence_facts.day(row.row.ends_on),
                   priority=1, sort="ends"),
            Column("state", N_("State"), 16, licence_facts.state_word),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Licence]:
        """Return all licences; blocks."""
        return reading.licences(self.session)

    def key_of(self, row: Licence) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No licence is here. n adds one, esc clears the filter, v has the views.")

    def preview(self, row: Licence) -> RenderableType:
        """Return a licence beside the list."""
        return block(licence_facts.picture(row, self.query_one(Preview).room))

    def export_work(self, path: str, rows: Sequence[Licence] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Licence]) -> str:
            from boconsole.licences import exporting

            done = exporting.export(self.session, Path(path), chosen)
            told = ngettext("{n} licence is in {path}.", "{n} licences are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    # Going

    def open_row(self, row: Licence) -> None:
        """Open the seats of a licence."""
        from screens.licence import LicenceScreen

        self.app.push_screen(LicenceScreen(row))

    def open_number(self, number: str) -> None:
        """Open a licence by its number, as typed after `:`."""
        self.load(partial(reading.get, self.session, number), self.open_row, group="open")

    # Changing

    def action_new(self) -> None:
        """Open the form of a new licence."""
        from screens import licence_forms

        self.app.push_screen(licence_forms.new_form(self.session, self.open_row))

    def action_edit(self) -> None:
        """Open the form of the licence under the cursor."""
        from screens import licence_forms

        if (row := self.row) is not None:
            form = licence_forms.edit_form(self.session, row, lambda _done: None)
            self.app.push_screen(form)

    def action_assign(self) -> None:
        """Ask who gets a seat."""
        from screens import licence_forms

        if (row := self.row) is not None:
            form = licence_forms.assign_form(self.session, row, lambda _done: None)
            self.app.push_screen(form)

    def action_look(self) -> None:
        """Show the key."""
        from screens import licence_forms

        if (row := self.row) is not None:
            licence_forms.look(self, row)

    def action_remove(self) -> None:
        """Ask, then retire the licence, or take it into use again."""
        if (row := self.row) is not None:
            ask_to_retire(self, row)


def ask_to_retire(screen: RegisterScreen[Licence] | RegisterScreen[reading.SeatRow],
                  licence: Licence) -> None:  # fmt: skip
    """Ask, then take a licence out of use or back."""
    back = licence.row.retired
    question = _("Use {number} {product} again?") if back else _("Retire {number} {product}?")

    def said(done: Licence) -> str:
        told = _("{number} is in use again.") if back else _("{number} is retired.")
        return told.format(number=done.number)

    def act(sure: bool | None) -> None:
        if sure:
            screen.change(
                partial(changing.retire, screen.session, licence, back=back), said=said,
                touched=(licence.row.id,), feature=FEATURE,
            )  # fmt: skip

    asked = question.format(number=licence.number, product=licence.row.product)
    screen.app.push_screen(ConfirmDialog(asked), act)
