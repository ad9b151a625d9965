"""One product: where it is installed, those without a seat first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.console import RenderableType

from boconsole.holders import Holder
from boconsole.language import N_, _
from boconsole.licences import installing, reading
from boconsole.licences.reading import InstallationRow, Licence, Use, today_of
from screens import asset_rooms, licence_facts
from screens.actions import CHANGE, GO
from screens.cells import Cell, safe
from screens.dialogs import Choice, ConfirmDialog, MenuDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.licence_facts import FEATURE, SOFTWARE
from screens.places import Place
from screens.prose import block
from screens.registers import RegisterScreen
from screens.software import EDIT, INSTALL, NEW
from screens.widgets.bars import Heading
from screens.widgets.columns import Column
from screens.widgets.preview import Preview

REMOVE = Action(f"{SOFTWARE}.remove", N_("Remove it from the asset"), ("D",), LIST, CHANGE,
                rank=14, short=N_("remove"))  # fmt: skip
RELATED = Action(f"{SOFTWARE}.related", N_("Open a licence of it"), ("L",), LIST, GO, rank=15,
                 short=N_("licences"))  # fmt: skip


class ProductScreen(asset_rooms.InRooms, RegisterScreen[InstallationRow]):
    """The assets on which a product is.

    Args:
        use: The product, as it was read.
    """

    TITLE = "Product"
    ROOM = asset_rooms.SOFTWARE
    AREA = asset_rooms.AREA
    FEATURE = SOFTWARE
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, INSTALL, REMOVE, RELATED, EDIT)

    def __init__(self, use: Use) -> None:
        super().__init__()
        self.use = use
        self._licences: list[Licence] = []

    # What it shows

    def heading(self) -> Heading:
        """Return the product and how much of it is used."""
        use = self.use
        told = f"{safe(use.row.name)}, {licence_facts.use_word(use).text}"
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[InstallationRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("asset", N_("Asset"), 10, lambda row: Cell(safe(row.tag), "info")),
            Column("name", N_("Name"), 18, lambda row: Cell(safe(row.asset)), grow=2),
            Column("with", N_("With"), 16, lambda row: Cell(safe(row.holder) or "-"), grow=1),
            Column("release", N_("Release"), 8, lambda row: Cell(safe(row.release)), priority=2),
            Column("installed", N_("Installed"), 10, lambda row: Cell(str(row.installed_on)),
                   priority=1),
            Column("seat", N_("Seat"), 11, _seat),
        )  # fmt: skip

    def read_rows(self) -> Sequence[InstallationRow]:
        """Return where it is, and the product as it is now; blocks."""
        self.use = reading.use_of(self.session, self.use.row.id)
        self._licences = reading.of_product(self.session, self.use.row.id)
        return reading.installed(self.session, self.use.row.id)

    def key_of(self, row: InstallationRow) -> int:
        """Return the id of the installation."""
        return row.id

    def empty_text(self) -> str:
        """Return what a product that is nowhere says."""
        return _("It is installed nowhere; i says where it is, L opens its licences.")

    def preview(self, row: InstallationRow) -> RenderableType:
        """Return the product beside where it is."""
        del row
        room = self.query_one(Preview).room
        return block(licence_facts.product_picture(self.use, self._licences, room))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when it or a licence changes."""
        if event.feature in (SOFTWARE, FEATURE):
            super().records_changed(RecordsChanged(SOFTWARE, ()))
            self.show_status()

    def place(self) -> Place:
        """Return the room; a product has no number."""
        return Place(self.AREA, view=asset_rooms.SOFTWARE, query=f'product:"{self.use.row.name}"')

    # Going and changing

    def open_row(self, row: InstallationRow) -> None:
        """Go to the asset."""
        self.app.call_later(self.app.go, Place(self.AREA, record=row.tag))

    def action_related(self) -> None:
        """Open a licence, chosen where there are several."""
        from screens.licence import LicenceScreen

        found = {one.number: one for one in self._licences}

        def show(number: str | None) -> None:
            if number:
                self.app.push_screen(LicenceScreen(found[number]))

        if len(found) == 1:
            show(next(iter(found)))
        elif found:
            choices = [
                Choice(one.number, f"{one.number}  {one.row.used}/{one.row.seats}  "
                                   f"{licence_facts.state_word(one).text}")
                for one in self._licences
            ]  # fmt: skip
            self.app.push_screen(MenuDialog(_("Licences"), choices), show)
        else:
            self.app.say(_("It has no licence; n adds one."))

    def action_new(self) -> None:
        """Open the form of a new licence of it."""
        from screens import licence_forms

        form = licence_forms.new_form(self.session, lambda _done: None, self.use.row.name)
        self.app.push_screen(form)

    def action_install(self) -> None:
        """Ask on which asset it is."""
        from screens import licence_forms

        form = licence_forms.install_form(self.session, self.use.row.name, lambda _done: None)
        self.app.push_screen(form)

    def action_edit(self) -> None:
        """Open the form of the product."""
        from screens import licence_forms

        form = licence_forms.product_form(self.session, self.use, lambda _done: None)
        self.app.push_screen(form)

    def action_remove(self) -> None:
        """Ask, then say that it is not there any more."""
        if (row := self.row) is None:
            return
        asset = Holder(None, row.asset_id, f"{row.tag} {row.asset}")
        told = {"product": row.product, "asset": asset.told}
        work = partial(installing.remove, self.session, row.product_id, asset,
                       today_of(self.session))  # fmt: skip

        def act(sure: bool | None) -> None:
            if sure:
                self.change(work, said=_("{product} is on {asset} no more.").format(**told))

        question = _("Is {product} on {asset} no more?").format(**told)
        self.app.push_screen(ConfirmDialog(question), act)


def _seat(row: InstallationRow) -> Cell:
    return Cell(_("has one")) if row.covered else Cell(_("! none"), "bad")
