"""Repairs of assets: one function for each statement, and their list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from db import connection
from db.assets.plans import like, never
from db.compiling import Column, Map, Sql, UnknownColumnError, where
from db.conditions import Compare, Condition, Selection, Words
from db.fields import day_of, number_of
from db.keyset import Key, Source
from db.listing import Listing


class RepairRow(NamedTuple):
    """A repair in words.

    Attributes:
        cost: In smallest units of `code`, which has `precision` digits; None where nobody said.
        result: Empty while the asset is away.
        fixed_asset_id: What the register has of its cost.
    """

    id: int
    version: int
    asset_id: int
    tag: str
    asset: str
    sent_on: date
    supplier: str
    description: str
    warranty: bool
    cost: int | None
    code: str
    precision: int
    invoice_id: int | None
    ticket_id: int | None
    returned_on: date | None
    result: str
    note: str
    fixed_asset_id: int | None


LINES = (
    "t.id, t.version, t.asset_id, a.tag, a.name, t.sent_on, coalesce(o.name, ''), t.description, "
    "t.warranty, t.cost, coalesce(c.code, ''), coalesce(c.precision, 0), t.invoice_id, "
    "t.ticket_id, t.returned_on, t.result, t.note, t.fixed_asset_id"
)
JOINS = (
    "JOIN asset_repair t ON t.id = p.id JOIN asset a ON a.id = t.asset_id "
    "LEFT JOIN organisation o ON o.id = t.supplier_id "
    "LEFT JOIN commodity c ON c.id = t.commodity_id"
)
BLANK = {"warranty": False, "result": "", "note": ""}


def insert(asset_id: int, columns: Mapping[str, object]) -> int:
    """Add a repair; returns its id."""
    named = {"version": 1, "asset_id": asset_id, **BLANK, **_stored(columns)}
    rows = connection.fetch(
        f"INSERT INTO asset_repair ({', '.join(named)}) VALUES ({', '.join('?' * len(named))}) "
        "RETURNING id",
        tuple(named.values()),
    )
    return int(rows[0][0])


def update(repair_id: int, version: int, columns: Mapping[str, object]) -> bool:
    """Change columns of a repair; False when it changed in the meantime."""
    kept = _stored(columns)
    named = "".join(f", {name} = ?" for name in kept)
    cursor = connection.execute(
        f"UPDATE asset_repair SET version = version + 1{named} WHERE id = ? AND version = ?",
        (*kept.values(), repair_id, version),
    )
    return bool(cursor.rowcount)


def _stored(columns: Mapping[str, object]) -> dict[str, object]:
    return {
        name: number_of(value) if isinstance(value, date) else value
        for name, value in columns.items()
    }


def delete(repair_id: int, version: int) -> bool:
    """Take a repair away; False when it changed in the meantime."""
    cursor = connection.execute(
        "DELETE FROM asset_repair WHERE id = ? AND version = ?", (repair_id, version)
    )
    return bool(cursor.rowcount)


def find(repair_id: int) -> RepairRow | None:
    """Return a repair."""
    rows = connection.fetch(f"SELECT {LINES} FROM (SELECT ? AS id) p {JOINS}", (repair_id,))
    return _rows(rows)[0] if rows else None


def find_open(asset_id: int) -> int | None:
    """Return the repair that an asset is away for."""
    rows = connection.fetch(
        "SELECT id FROM asset_repair WHERE asset_id = ? AND returned_on IS NULL", (asset_id,)
    )
    return rows[0][0] if rows else None


def select_of_asset(asset_id: int) -> list[RepairRow]:
    """Return the repairs of an asset, the latest first."""
    rows = connection.fetch(
        f"SELECT {LINES} FROM (SELECT id FROM asset_repair WHERE asset_id = ?) p {JOINS} "
        "ORDER BY t.sent_on DESC, t.id DESC",
        (asset_id,),
    )
    return _rows(rows)


def sum_costs(asset_id: int) -> list[tuple[str, int, int]]:
    """Return code, precision and sum of what the repairs of an asset cost, by currency."""
    return [
        (row[0], row[1], int(row[2]))
        for row in connection.fetch(
            "SELECT c.code, c.precision, sum(t.cost) FROM asset_repair t "
            "JOIN commodity c ON c.id = t.commodity_id WHERE t.asset_id = ? "
            "AND t.cost IS NOT NULL GROUP BY c.code, c.precision ORDER BY c.code",
            (asset_id,),
        )
    ]


def _rows(rows: Sequence[tuple[Any, ...]]) -> list[RepairRow]:
    return [
        RepairRow._make(row)._replace(
            sent_on=day_of(row[5]), warranty=bool(row[8]),
            returned_on=day_of(row[14]) if row[14] is not None else None,
        )
        for row in rows
    ]  # fmt: skip


# Lists

FIELDS = {
    "id": Column("t.id"),
    "asset": Column("t.asset_id"),
    "supplier": Column("t.supplier_id", True),
    "sent": Column("t.sent_on"),
    "returned": Column("t.returned_on", True),
    "result": Column("t.result", zero=""),
    "warranty": Column("t.warranty"),
    "ticket": Column("t.ticket_id", True),
    "invoice": Column("t.invoice_id", True),
    "fixed": Column("t.fixed_asset_id", True),
}


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in FIELDS:
        raise UnknownColumnError(name)
    return FIELDS[name]


def own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of words, which are looked for in description and note."""
    return like(condition, ("t.description", "t.note"))


MAP = Map(column, never, never, own)


def _where(condition: Condition) -> Sql:
    return where(condition, MAP)


def _keys(selection: Selection) -> tuple[Key, ...]:
    keys = [
        Key(order.field, FIELDS[order.field].sql, order.descending,
            nullable=FIELDS[order.field].nullable)
        for order in selection.order if order.field in ("sent", "returned")
    ] or [Key("sent", "t.sent_on", True)]  # fmt: skip
    return (*keys, Key("id", "t.id", keys[-1].descending))


REPAIRS = Listing(Source("asset_repair t", LINES, JOINS), _where, _keys, _rows)
page, page_around, count = REPAIRS.page, REPAIRS.page_around, REPAIRS.count
