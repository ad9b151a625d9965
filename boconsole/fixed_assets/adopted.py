"""Entries that the register took over: what keeps them from being reversed under it."""

from boconsole.fixed_assets import words
from boconsole.language import _
from db.fixed_assets import register


def why_kept(entry_id: int, number: str) -> str:
    """Return why an entry stays as it is: assets have their cost from it; "" where none has."""
    taken = [
        words.asset_number(each.asset_id)
        for each in register.select_of_entry(entry_id)
        if each.series != words.SERIES
    ]
    if not taken:
        return ""
    return _("{number} is the cost of {assets} in the register; withdraw that first.").format(
        number=number, assets=", ".join(dict.fromkeys(taken))
    )
