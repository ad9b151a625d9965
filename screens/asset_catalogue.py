"""What assets are sorted by: categories, models, places, own fields, subnets, each a room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual.screen import Screen

from boconsole.assets import asking, network, setting_up
from boconsole.assets.asking import AddressLine, Category, ModelRow, OwnField, PlaceRow, Subnet
from boconsole.assets.words import KIND_TITLES
from boconsole.filters.writing import quote
from boconsole.language import N_, _, grouped
from screens import asset_catalogue_forms as forms
from screens import asset_rooms
from screens.actions import CHANGE, of_feature
from screens.asset_facts import FEATURE as ASSET
from screens.cells import Cell, safe
from screens.dialogs import ConfirmDialog
from screens.following import RecordsChanged
from screens.keys import LIST, Action
from screens.lists import View
from screens.places import Place
from screens.registers import RegisterScreen, number
from screens.widgets.bars import Heading
from screens.widgets.columns import Column

RowT = TypeVar("RowT")
NEW, EDIT = of_feature("catalogue", "new", "edit")
FREE, MOST = 20, 1_000_000


class CatalogueScreen(asset_rooms.InRooms, RegisterScreen[RowT], Generic[RowT]):
    """One list of the catalogue; Enter shows what belongs to a row."""

    AREA = asset_rooms.AREA
    ACTIONS: ClassVar[Sequence[Action]] = (NEW, EDIT)

    def view_names(self) -> Sequence[str]:
        """Return the lists of the catalogue first, then the other rooms."""
        own = [_(self.HOUSE.by_id[each].title) for each in asset_rooms.CATALOGUE]
        others = [name for name in self.HOUSE.names() if name not in (*own, _("Catalogue"))]
        views = [view.name for view in self.views()]
        return [*own, *others, *views]

    def form_of(self, row: RowT | None) -> Screen[None] | None:
        """Return the form of a row, of a new one without; None where it is not changed."""
        raise NotImplementedError

    def go(self, query: str) -> None:
        """Show the assets of a query."""
        self.app.call_later(self.app.go, Place(self.AREA, query=query))

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again: the ids of assets are not those of rows."""
        if event.feature in (self.FEATURE, ASSET):
            super().records_changed(RecordsChanged(self.FEATURE, ()))

    def action_new(self) -> None:
        """Open the form of a new one."""
        if (form := self.form_of(None)) is not None:
            self.app.push_screen(form)

    def action_edit(self) -> None:
        """Open the form of the one under the cursor."""
        if (row := self.row) is None:
            self.app.say(_("There is nothing to edit; n adds the first one."))
        elif (form := self.form_of(row)) is not None:
            self.app.push_screen(form)


class CategoriesScreen(CatalogueScreen[Category]):
    """Categories with what they have."""

    TITLE = "Categories"
    ROOM = asset_rooms.CATEGORIES
    FEATURE = "asset_category"
    REGISTER = asking.CATEGORIES

    def columns(self) -> Sequence[Column[Category]]:
        """Return the columns."""
        return (
            Column("name", N_("Category"), 20, lambda one: Cell(safe(one.row.name)), grow=1,
                   sort="name"),
            Column("kind", N_("Kind"), 18, lambda one: Cell(_(KIND_TITLES[one.row.kind])),
                   sort="kind"),
            Column("assets", N_("Assets"), 7, lambda one: number(one.row.assets), align="right",
                   sort="assets"),
            Column("fields", N_("Own fields"), 20,
                   lambda one: Cell(safe(", ".join(one.fields)), "muted"), grow=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Category]:
        """Return the categories; blocks."""
        return asking.categories(self.session)

    def key_of(self, row: Category) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No category is here. n adds one, such as Laptops.")

    def open_row(self, row: Category) -> None:
        """Show its assets."""
        self.go(f"category:{quote(row.row.name)}")

    def form_of(self, row: Category | None) -> Screen[None]:
        """Return the form."""
        return forms.category_form(self.session, row)


class ModelsScreen(CatalogueScreen[ModelRow]):
    """Models with their makers."""

    TITLE = "Models"
    ROOM = asset_rooms.MODELS
    FEATURE = "asset_model"
    REGISTER = asking.MODELS

    def columns(self) -> Sequence[Column[ModelRow]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("maker", N_("Manufacturer"), 16, lambda row: Cell(safe(row.manufacturer)),
                   grow=1, sort="maker"),
            Column("name", N_("Model"), 22, lambda row: Cell(safe(row.name)), grow=2,
                   sort="name"),
            Column("number", N_("Number"), 12, lambda row: Cell(safe(row.number), "info"),
                   priority=1, sort="number"),
            Column("category", N_("Category"), 14, lambda row: Cell(safe(row.category)), grow=1,
                   sort="category"),
            Column("life", N_("Months"), 6, lambda row: Cell(str(row.life_months or "-")),
                   align="right", sort="life"),
            Column("note", N_("Note"), 16, lambda row: Cell(safe(row.note), "muted"), grow=1,
                   priority=2),
        )  # fmt: skip

    def read_rows(self) -> Sequence[ModelRow]:
        """Return the models; blocks."""
        return setting_up.models(self.session)

    def key_of(self, row: ModelRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No model is here. n adds one; assets take category and life from it.")

    def open_row(self, row: ModelRow) -> None:
        """Show its assets."""
        self.go(f"model:{quote(row.name)}")

    def form_of(self, row: ModelRow | None) -> Screen[None]:
        """Return the form."""
        return forms.model_form(self.session, row)


class PlacesScreen(CatalogueScreen[PlaceRow]):
    """Places as a tree of paths."""

    TITLE = "Places"
    ROOM = asset_rooms.PLACES
    FEATURE = "place"
    REGISTER = asking.PLACES

    def columns(self) -> Sequence[Column[PlaceRow]]:
        """Return the columns."""
        return (
            Column("place", N_("Place"), 28, _indented, grow=2, sort="place"),
            Column("address", N_("Address"), 24, lambda row: Cell(safe(row.address)), grow=2,
                   sort="address"),
            Column("note", N_("Note"), 16, lambda row: Cell(safe(row.note), "muted"), grow=1,
                   priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[PlaceRow]:
        """Return the places; blocks."""
        return setting_up.places(self.session)

    def key_of(self, row: PlaceRow) -> int:
        """Return the id."""
        return row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No place is here. n adds one, such as Jakarta / Floor 3.")

    def open_row(self, row: PlaceRow) -> None:
        """Show what belongs there and below."""
        self.go(f"place:{quote(row.path)}")

    def form_of(self, row: PlaceRow | None) -> Screen[None]:
        """Return the form; a new place begins below the one under the cursor."""
        beside = f"{self.row.path} / " if self.row and row is None else ""
        return forms.place_form(self.session, row, beside)


def _indented(row: PlaceRow) -> Cell:
    depth = row.path.count(" / ")
    return Cell(f"{'  ' * depth}{safe(row.name)}", "" if depth else "strong")


class OwnFieldsScreen(CatalogueScreen[OwnField]):
    """The fields that the organisation added to its assets."""

    TITLE = "Own fields"
    ROOM = asset_rooms.OWN_FIELDS
    FEATURE = "asset_field"
    REGISTER = asking.OWN_FIELDS

    def columns(self) -> Sequence[Column[OwnField]]:
        """Return the columns."""
        return (
            Column("name", N_("In queries"), 14, lambda one: Cell(f"cf.{safe(one.row.name)}",
                                                                  "info"), sort="name"),
            Column("label", N_("Name"), 18, lambda one: Cell(safe(one.row.label)), grow=1),
            Column("type", N_("Type"), 9, lambda one: Cell(_(dict(forms.TYPES)[one.row.type])),
                   sort="type"),
            Column("category", N_("Category"), 14,
                   lambda one: Cell(safe(one.category) or _("all")), grow=1, sort="category"),
            Column("required", N_("Required"), 8,
                   lambda one: Cell(_("yes") if one.row.required else "-")),
            Column("choices", N_("Choices"), 16,
                   lambda one: Cell(safe(", ".join(one.choices)), "muted"), grow=1, priority=1),
        )  # fmt: skip

    def read_rows(self) -> Sequence[OwnField]:
        """Return the fields; blocks."""
        return asking.own_fields(self.session)

    def key_of(self, row: OwnField) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No own field is here. n adds one, for a category or for all assets.")

    def open_row(self, row: OwnField) -> None:
        """Show the assets that have it."""
        self.go(f"has:cf.{row.row.name}")

    def form_of(self, row: OwnField | None) -> Screen[None] | None:
        """Return the form of a new one; what is there keeps its type."""
        if row is not None:
            self.app.say(_("An own field stays as it is; n adds another one."))
            return None
        return forms.field_form(self.session)


class SubnetsScreen(CatalogueScreen[Subnet]):
    """Subnets with how much of them is taken."""

    TITLE = "Subnets"
    ROOM = asset_rooms.SUBNETS
    FEATURE = "subnet"
    REGISTER = asking.SUBNETS
    ACTIONS: ClassVar[Sequence[Action]] = (
        Action("catalogue.remove", N_("Forget the subnet"), ("D",), LIST, CHANGE),
    )
    PARTS = ("screens.asset_catalogue:AddressesScreen",)

    def columns(self) -> Sequence[Column[Subnet]]:
        """Return the columns; narrow windows drop those with the highest priority first."""
        return (
            Column("network", N_("Subnet"), 18, lambda one: Cell(safe(one.row.network), "info"),
                   sort="network"),
            Column("name", N_("Name"), 16, lambda one: Cell(safe(one.row.name)), grow=2,
                   sort="name"),
            Column("place", N_("Place"), 14, lambda one: Cell(safe(one.row.place), "muted"),
                   grow=1, sort="place"),
            Column("vlan", N_("VLAN"), 5, lambda one: Cell(str(one.row.vlan or "")),
                   align="right", priority=1, sort="vlan"),
            Column("used", N_("Used"), 6, lambda one: number(one.row.used), align="right",
                   sort="used"),
            Column("free", N_("Free"), 8, _free, align="right", sort="free"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[Subnet]:
        """Return the subnets; blocks."""
        return asking.subnets(self.session)

    def key_of(self, row: Subnet) -> int:
        """Return the id."""
        return row.row.id

    def empty_text(self) -> str:
        """Return what an empty list says."""
        return _("No subnet is here. n adds one, such as 10.1.0.0/24.")

    def open_row(self, row: Subnet) -> None:
        """Show its addresses."""
        self.app.push_screen(AddressesScreen(row))

    def form_of(self, row: Subnet | None) -> Screen[None]:
        """Return the form."""
        return forms.subnet_form(self.session, row)

    def action_remove(self) -> None:
        """Ask, then forget the subnet; its addresses stay with their assets."""
        if (one := self.row) is None:
            return
        name = one.row.network

        def take(sure: bool | None) -> None:
            if sure:
                work = partial(network.remove_subnet, self.session, name)
                told = _("{network} is gone; the addresses within it stay.")
                self.change(work, said=told.format(network=name), feature=self.FEATURE)

        question = _("Forget the subnet {network}? The addresses within it stay.")
        self.app.push_screen(ConfirmDialog(question.format(network=name), yes=_("forget it")), take)


def _free(one: Subnet) -> Cell:
    if one.free > MOST:
        return Cell(_("many"), "muted")
    return Cell(grouped(one.free), "" if one.free else "bad")


class AddressesScreen(asset_rooms.InRooms, RegisterScreen[AddressLine]):
    """The addresses of a subnet: who has which, and the first free ones.

    Args:
        one: The subnet.
    """

    TITLE = "Addresses"
    ROOM = asset_rooms.SUBNETS
    AREA = asset_rooms.AREA
    FEATURE = "address"
    REGISTER = asking.ADDRESSES
    VIEWS = (View(N_("Free ones"), "is:free"),)

    def __init__(self, one: Subnet) -> None:
        super().__init__()
        self.one = one

    def heading(self) -> Heading:
        """Return the subnet."""
        told = f"{self.one.row.network} {safe(self.one.row.name)}".strip()
        return super().heading()._replace(view=told)

    def columns(self) -> Sequence[Column[AddressLine]]:
        """Return the columns."""
        return (
            Column("address", N_("Address"), 18, lambda line: Cell(line.address, "info"),
                   grow=1),
            Column("asset", N_("Tag"), 10,
                   lambda line: Cell(safe(line.tag)) if line.tag else Cell(_("free"), "good"),
                   sort="asset"),
            Column("interface", N_("Interface"), 14, lambda line: Cell(safe(line.interface))),
            Column("host", N_("Host"), 16, lambda line: Cell(safe(line.host)), grow=1,
                   sort="host"),
        )  # fmt: skip

    def read_rows(self) -> Sequence[AddressLine]:
        """Return the addresses; blocks."""
        return asking.addresses(self.session, self.one.row.network, FREE)

    def key_of(self, row: AddressLine) -> int:
        """Return the id of the address, a number below 0 for a free one."""
        return row.id

    def open_row(self, row: AddressLine) -> None:
        """Go to the asset."""
        if row.tag:
            self.app.call_later(self.app.go, Place(self.AREA, record=row.tag))
        else:
            self.app.say(_("Nobody has {address}; y copies it.").format(address=row.address))

    def copy_text(self, row: AddressLine) -> str:
        """Return the address."""
        return row.address

    def records_changed(self, event: RecordsChanged) -> None:
        """Read everything again when assets changed."""
        if event.feature in (ASSET, "subnet"):
            super().records_changed(RecordsChanged(self.FEATURE, ()))
