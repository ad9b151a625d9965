"""A month's depreciation, reached from the assets: the run of the books itself."""

from __future__ import annotations

from screens import asset_rooms
from screens.ledger.fixed_asset_run import DepreciationScreen
from screens.places import Place


class DepreciationRoom(asset_rooms.InRooms, DepreciationScreen):
    """What is due up to the end of a month, posted by the ledger's own rules."""

    ROOM = asset_rooms.DEPRECIATION
    AREA = asset_rooms.AREA
    HOUSE = asset_rooms.HOUSE

    def place(self) -> Place:
        """Return the room."""
        return Place(self.AREA, view=self.ROOM)
