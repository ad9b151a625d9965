"""The rooms of the area Assets, in one table; the assets themselves are its first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from boconsole.language import N_, _
from screens import rooms
from screens.ledger import rooms as ledger
from screens.rooms import House, Room

if TYPE_CHECKING:
    from screens.app import BoconsoleApp

AREA = "assets"
ASSETS = "assets"
LICENCES, SOFTWARE = "licences", "software"
CONSUMABLES, ACCESSORIES, COMPONENTS = "consumables", "accessories", "components"
STOCKTAKE, ENDING, UPGRADES = "stocktake", "ending", "upgrades"
PLANS, REPAIRS, DEPRECIATION = "plans", "repairs", "depreciation"
CATEGORIES, MODELS, PLACES = "categories", "models", "places"
OWN_FIELDS, SUBNETS = "own-fields", "subnets"
CATALOGUE = (CATEGORIES, MODELS, PLACES, OWN_FIELDS, SUBNETS)
"""Rooms that stand in the menu of views as one, the catalogue."""
ROOMS: tuple[Room, ...] = (
    Room(ASSETS, N_("Assets")),
    Room(LICENCES, N_("Licences"), "screens.licences:LicencesScreen", prefixes=("LIC",)),
    Room(SOFTWARE, N_("Software"), "screens.software:SoftwareScreen"),
    Room(CONSUMABLES, N_("Consumables"), "screens.stock:ConsumablesScreen", prefixes=("STK",)),
    Room(ACCESSORIES, N_("Accessories"), "screens.stock:AccessoriesScreen"),
    Room(COMPONENTS, N_("Components"), "screens.stock:ComponentsScreen"),
    Room(STOCKTAKE, N_("Stocktakes"), "screens.stocktakes:StocktakesScreen", prefixes=("CNT",)),
    Room(ENDING, N_("What ends"), "screens.ending:EndingScreen"),
    Room(UPGRADES, N_("Upgrades"), "screens.upgrades:UpgradesScreen"),
    Room(PLANS, N_("Plans of service"), "screens.service_plans:PlansScreen"),
    Room(REPAIRS, N_("Repairs"), "screens.repairs:RepairsScreen"),
    Room(DEPRECIATION, N_("Depreciation"), "screens.asset_depreciation:DepreciationRoom"),
    Room(CATEGORIES, N_("Categories"), "screens.asset_catalogue:CategoriesScreen"),
    Room(MODELS, N_("Models"), "screens.asset_catalogue:ModelsScreen"),
    Room(PLACES, N_("Places"), "screens.asset_catalogue:PlacesScreen"),
    Room(OWN_FIELDS, N_("Own fields"), "screens.asset_catalogue:OwnFieldsScreen"),
    Room(SUBNETS, N_("Subnets"), "screens.asset_catalogue:SubnetsScreen"),
)


BOOKS = ledger.HOUSE.by_id[ledger.FIXED_ASSETS]
"""The register of fixed assets, which is a room of the ledger."""


class _AssetHouse(House):
    """The rooms, with those of the catalogue behind one name, and the way to the books."""

    def names(self) -> list[str]:
        """Return what the rooms are called in the menu of views."""
        found = [_(room.title) for room in self.rooms if room.id not in CATALOGUE]
        return [*found, _("Catalogue"), _(BOOKS.title)]

    def named(self, title: str) -> Room | None:
        """Return the room of a translated title; the catalogue begins with its categories."""
        if title == _(BOOKS.title):
            return BOOKS
        return self.by_id[CATEGORIES] if title == _("Catalogue") else super().named(title)

    def enter(self, app: BoconsoleApp, room: Room) -> None:
        """Go to a room, the register of fixed assets in the ledger."""
        if room is BOOKS:
            ledger.HOUSE.enter(app, room)
        else:
            super().enter(app, room)


HOUSE = _AssetHouse(AREA, ASSETS, ROOMS)
commands = HOUSE.commands


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE
