"""Lists of documents: pages, counts and open sums of a selection, each at the cost of a page."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db import compiling, connection
from db.compiling import Sql
from db.conditions import All, Compare, Condition, Not, Order, Selection, Words, conjuncts
from db.invoices.documents import COLUMNS, JOINS, invoice_of
from db.invoices.finding import MAP, gathered
from db.invoices.rows import InvoiceRow
from db.keyset import Key, Source
from db.listing import Listing, Page

GATHERED = 5_000
"""Matches up to which a list starts from their ids."""
NEWEST = (Order("date", descending=True),)
SOURCE = Source("invoice t", COLUMNS, f"JOIN invoice i ON i.id = p.id {JOINS}")
DocumentPage = Page[InvoiceRow]


class OpenSum(NamedTuple):
    """What is open in one currency, in smallest units; debit positive."""

    commodity: str
    precision: int
    amount: int


def open_sums(selection: Selection, side: str, cap: int) -> tuple[list[OpenSum], bool]:
    """Return what is open of a selection by currency, and whether some was left out.

    Where more than `cap` documents match, only the `cap` of the side that are due first are
    looked at.
    """
    found, among = _where(selection.where), "invoice"
    params: tuple[object, ...] = found.params
    most = count(selection, cap) > cap
    if most:
        among = (
            "(SELECT * FROM invoice WHERE side = ? AND open <> 0 ORDER BY side, due, id LIMIT ?)"
        )
        params = (side, cap + 1, *params)
    rows = connection.fetch(
        "SELECT c.code, c.precision, sum(n.open), count(*) FROM "
        f"(SELECT t.commodity_id, t.open FROM {among} t WHERE {found.text} LIMIT ?) n "
        "JOIN commodity c ON c.id = n.commodity_id WHERE n.open <> 0 "
        "GROUP BY c.code, c.precision ORDER BY 4 DESC, 1",
        (*params, cap + 1),
    )
    sums = [OpenSum(row[0], row[1], int(row[2])) for row in rows]
    return sums, most and _open_beyond(side, cap)


def _open_beyond(side: str, cap: int) -> bool:
    """Return whether more documents of a side are open."""
    rows = connection.fetch(
        "SELECT count(*) FROM (SELECT 1 FROM invoice WHERE side = ? AND open <> 0 LIMIT ?) n",
        (side, cap + 1),
    )
    return int(rows[0][0]) > cap


def _where(condition: Condition) -> Sql:
    """Return the SQL of a condition; where few can match, the side is no place to start at."""
    parts = conjuncts(condition)
    asked = [part.part if isinstance(part, Not) else part for part in parts]
    sizes = {part: _few(part) for part in asked if isinstance(part, Compare | Words)}
    if any(sizes.get(part) for part in parts if isinstance(part, Compare | Words)):
        condition = All(tuple(_loose(part) for part in parts))
    return compiling.where(condition, MAP, frozenset(part for part in sizes if not sizes[part]))


def _few(part: Compare | Words) -> bool:
    """Return whether a condition has ids to gather, and not too many."""
    found = gathered(part)
    if found is None:
        return False
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, GATHERED + 1)
    )
    return int(rows[0][0]) <= GATHERED


def _loose(part: Condition) -> Condition:
    if isinstance(part, Compare) and part.field == "side":
        return part._replace(field="loose_side")
    return part


def _keys(selection: Selection) -> tuple[Key, ...]:
    """Return the keys of an order; drafts have no number."""
    keys: list[Key] = []
    for order in selection.order or NEWEST:
        down = order.descending
        if order.field == "id":
            keys.append(Key("number", "t.sort_number", down, nullable=True, zero=""))
        elif order.field == "contact":
            keys.append(Key("contact", "t.partner_name", down, zero=""))
        else:
            keys.append(Key(order.field, "t.due" if order.field == "due" else "t.dated", down))
    return (*keys, Key("id", "t.id", keys[0].descending))


def _documents(rows: Sequence[tuple[Any, ...]]) -> list[InvoiceRow]:
    return [invoice_of(row) for row in rows]


DOCUMENTS = Listing(SOURCE, _where, _keys, _documents)
page, page_around, count = DOCUMENTS.page, DOCUMENTS.page_around, DOCUMENTS.count
