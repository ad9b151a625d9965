"""The software: how much of each product was bought and is used, over-use first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.console import RenderableType

from boconsole.language import N_, _, grouped, ngettext
from boconsole.licences import asking, reading
from boconsole.licences.reading import Use
from screens import asset_rooms, licence_facts
from screens.actions import CHANGE, of_feature
from screens.cells import Cell, safe
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.licence_facts import FEATURE, SOFTWARE
from screens.lists import View
from screens.prose import block
from screens.registers import RegisterScreen, number
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

NEW, EDIT = of_feature(SOFTWARE, "new", "edit")
INSTALL = Action(f"{SOFTWARE}.install", N_("Install on an asset"), ("i",), LIST, CHANGE, rank=12,
                 short=N_("install"))  # fmt: skip


class SoftwareScreen(asset_rooms.InRooms, RegisterScreen[Use]):
    """Products, with what is used beyond what was bought on top."""

    TITLE = "Software"
    ROOM = asset_rooms.SOFTWARE
    AREA = asset_rooms.AREA
    FEATURE = SOFTWARE
    REGISTER = asking.PRODUCTS
    VIEWS = (
        View(N_("Over-used"), "state:over"),
        View(N_("Not used"), "state:unused"),
    )
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, INSTALL, EDIT)
    PARTS = ("screens.product:ProductScreen",)

    # What it shows

    def columns(self) -> Sequence[Column[Use]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("product", N_("Product"), 20, lambda row: Cell(safe(row.row.name)), grow=3,
                   sort="product"),
            Column("maker", N_("Maker"), 14, lambda row: Cell(safe(row.row.maker), "muted"),
                   grow=1, priority=3, sort="maker"),
            Column("bought", N_("Bought"), 7, lambda row: number(row.row.bought), align="right",
                   sort="bought"),
            Column("used", N_("Used"), 6,
                   lambda row: number(row.used, "bad" if row.over else ""), align="right",
                   sort="used"),
            Column("free", N_("Free"), 6, lambda row: number(row.free), align="right",
                   sort="free"),
            Column("installed", N_("Installed"), 10, lambda row: number(row.row.installed),
                   align="right", priority=2, sort="installed"),
            Column("ends", N_("Next end"), 10, lambda row: licence_facts.day(row.row.next_end),
                   priority=1, sort="ends"),
            Column("state", N_("State"), 16, licence_facts.use_word),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Use]:
        """Return all products; blocks."""
        return reading.uses(self.session)

    def key_of(self, row: Use) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No product is here. n adds a licence of one, i installs one, esc clears.")

    def preview(self, row: Use) -> RenderableType:
        """Return a product and its licences beside the list."""
        licences = reading.of_product(self.session, row.row.id)
        return block(licence_facts.product_picture(row, licences, self.query_one(Preview).room))

    def export_work(self, path: str, rows: Sequence[Use] | None) -> Callable[[], str] | None:
        """Return the operation that writes what is shown or marked."""

        def write(chosen: Sequence[Use]) -> str:
            from boconsole.licences import exporting

            done = exporting.export_uses(self.session, Path(path), chosen)
            told = ngettext("{n} product is in {path}.", "{n} products are in {path}.", done)
            return told.format(n=grouped(done), path=path)

        return self.export_rows(path, rows, write)

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when licences change too: ids of those are others."""
        if event.feature in (SOFTWARE, FEATURE):
            super().records_changed(RecordsChanged(SOFTWARE, ()))

    # Going and changing

    def open_row(self, row: Use) -> None:
        """Open where a product is installed."""
        from screens.product import ProductScreen

        self.app.push_screen(ProductScreen(row))

    def action_new(self) -> None:
        """Open the form of a new licence, of the product under the cursor if there is one."""
        from screens import licence_forms

        name = self.row.row.name if self.row is not None else ""
        self.app.push_screen(licence_forms.new_form(self.session, lambda _done: None, name))

    def action_install(self) -> None:
        """Ask on which asset the product is."""
        from screens import licence_forms

        name = self.row.row.name if self.row is not None else ""
        self.app.push_screen(licence_forms.install_form(self.session, name, lambda _done: None))

    def action_edit(self) -> None:
        """Open the form of the product under the cursor."""
        from screens import licence_forms

        if (row := self.row) is not None:
            form = licence_forms.product_form(self.session, row, lambda _done: None)
            self.app.push_screen(form)

    def open_number(self, number: str) -> None:
        """Open a product by its name."""
        self.load(partial(reading.use_named, self.session, number), self.open_row, group="open")
