"""What is held in one commodity and carried in another at the end of a day, in two reads."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from db import connection
from db.fields import day_of, number_of
from db.invoices.items import OPEN_AT


class HeldRow(NamedTuple):
    """What an account holds, or what is open of an item; `item_id` 0 for the former."""

    account_id: int
    commodity_id: int
    value_commodity_id: int
    item_id: int
    amount: int
    value: int


class ItemNameRow(NamedTuple):
    """What an open item is called."""

    item_id: int
    entry_id: int
    partner: str
    series: str
    year: str
    number: int
    dated: date


def select_balances(account_ids: Sequence[int], day: date) -> list[HeldRow]:
    """Return what some accounts hold of real lines; virtual ones have no worth."""
    number = number_of(day)
    month = number // 100
    marks = ", ".join("?" * len(account_ids)) or "NULL"
    mine = f"account_id IN ({marks}) AND kind = 0 AND commodity_id <> value_commodity_id"
    key = "account_id, commodity_id, value_commodity_id"
    rows = connection.fetch(
        f"SELECT {key}, 0, sum(amount), sum(value) FROM ("
        f"SELECT {key}, amount, value FROM balance_month WHERE {mine} AND month < ? UNION ALL "
        f"SELECT {key}, amount, value FROM balance_day WHERE {mine} AND dated BETWEEN ? AND ?"
        f") lines GROUP BY {key} ORDER BY {key}",
        (*account_ids, month, *account_ids, month * 100, number),
    )
    return [HeldRow(*(int(each) for each in row)) for row in rows]


def select_items(day: date) -> list[HeldRow]:
    """Return what is open of each item in a foreign currency."""
    number = number_of(day)
    rows = connection.fetch(
        f"{OPEN_AT}SELECT o.account_id, o.commodity_id, o.value_commodity_id, o.id, f.open, "
        "f.open_value FROM found f JOIN open_item o ON o.id = f.id "
        "WHERE o.commodity_id <> o.value_commodity_id AND (f.open <> 0 OR f.open_value <> 0) "
        "ORDER BY o.id",
        (number,) * 7,
    )
    return [HeldRow(*(int(each) for each in row)) for row in rows]


def select_names(day: date) -> dict[int, ItemNameRow]:
    """Return what the items are called that are open at the end of a day or revalued on it."""
    number = number_of(day)
    rows = connection.fetch(
        f"{OPEN_AT}SELECT o.id, o.entry_id, p.name, e.series, y.name, e.number, o.dated "
        "FROM open_item o JOIN organisation p ON p.id = o.partner_id "
        "JOIN journal_entry e ON e.id = o.entry_id JOIN fiscal_year y ON y.id = e.year_id "
        "WHERE o.commodity_id <> o.value_commodity_id AND o.id IN ("
        "SELECT id FROM found UNION SELECT item_id FROM revaluation_line WHERE dated = ?)",
        (number,) * 8,
    )
    return {row[0]: ItemNameRow(*row)._replace(dated=day_of(row[6])) for row in rows}
