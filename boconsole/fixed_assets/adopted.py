"""Entries that the register took over: what keeps them from being reversed under it."""

from collections.abc import Collection

from boconsole.fixed_assets import reading, words
from boconsole.language import _
from db.fixed_assets import register


def why_kept(entry_id: int, number: str, account_ids: Collection[int] = ()) -> str:
    """Return why an entry stays as it is: assets have their cost from it; "" where none has.

    Args:
        entry_id: Of the entry.
        number: What it is called.
        account_ids: The accounts that are moved back; none stands for all of them.
    """
    taken = [
        words.asset_number(each.asset_id)
        for each in register.select_of_entry(entry_id)
        if each.series != words.SERIES and _is_moved(each.asset_id, account_ids)
    ]
    if not taken:
        return ""
    return _("{number} is the cost of {assets} in the register; withdraw that first.").format(
        number=number, assets=", ".join(dict.fromkeys(taken))
    )


def _is_moved(asset_id: int, account_ids: Collection[int]) -> bool:
    group = reading.class_of(reading.again(asset_id))
    return not account_ids or group.cost_id in account_ids or group.accumulated_id in account_ids
