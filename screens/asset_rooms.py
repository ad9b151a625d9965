"""The rooms of the area Assets, in one table; the assets themselves are its first screen."""

from __future__ import annotations

from typing import ClassVar

from boconsole.language import N_
from screens import rooms
from screens.rooms import House, Room

AREA = "assets"
ASSETS = "assets"
LICENCES, SOFTWARE = "licences", "software"
CONSUMABLES, ACCESSORIES, COMPONENTS = "consumables", "accessories", "components"
STOCKTAKE, ENDING, UPGRADES = "stocktake", "ending", "upgrades"
PLANS, REPAIRS, DEPRECIATION = "plans", "repairs", "depreciation"
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
)
HOUSE = House(AREA, ASSETS, ROOMS)
commands = HOUSE.commands


class InRooms(rooms.InRooms):
    """A screen of the area: `v` and `:view` name every room, and then its own views."""

    HOUSE: ClassVar[House] = HOUSE
