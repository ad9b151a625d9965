"""What the proof of assets reads."""

from typing import NamedTuple

from db import connection


class LinkedRow(NamedTuple):
    """An asset that names its fixed asset; the cost is a note of what was paid."""

    tag: str
    state: str
    cost: int | None
    commodity_id: int | None
    fixed_asset_id: int


def select_linked() -> list[LinkedRow]:
    """Return the assets that name a fixed asset, by tag."""
    rows = connection.fetch(
        "SELECT tag, state, cost, commodity_id, fixed_asset_id FROM asset "
        "WHERE fixed_asset_id IS NOT NULL ORDER BY tag"
    )
    return [LinkedRow(*row) for row in rows]
