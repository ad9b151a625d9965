"""Counted things as records for programs, and as a file."""

from collections.abc import Sequence
from pathlib import Path

from boconsole.money import plain
from boconsole.record_files import write
from boconsole.session import Session
from boconsole.stock.reading import HoldingRow, Item, MovementRow


def record(item: Item) -> dict[str, object]:
    """Return things for programs."""
    row = item.row
    return {
        "number": item.number, "kind": row.kind, "name": row.name, "category": row.category,
        "maker": row.maker, "model_number": row.model_number, "item_number": row.item_number,
        "serial": row.serial, "place": row.place, "company": row.company, "on_hand": row.on_hand,
        "away": row.away, "minimum": row.minimum, "state": item.state, "note": row.note,
    }  # fmt: skip


def movement_record(row: MovementRow) -> dict[str, object]:
    """Return a movement for programs; the cost is an exact decimal as text."""
    return {
        "at": row.at, "what": row.kind, "change": row.quantity, "on_hand": row.after,
        "person": row.email or None, "asset": row.tag or None, "supplier": row.supplier or None,
        "order_number": row.order_number or None, "received_on": row.received_on,
        "cost": None if row.cost is None else plain(row.cost, row.precision),
        "currency": row.commodity or None, "by": row.by, "note": row.note,
    }  # fmt: skip


def holding_record(row: HoldingRow) -> dict[str, object]:
    """Return for programs who has how many."""
    return {
        "item": row.item, "kind": row.kind, "person": row.email or None,
        "name": row.contact or None, "asset": row.tag or None, "quantity": row.quantity,
    }  # fmt: skip


def export(session: Session, path: Path, items: Sequence[Item]) -> int:
    """Write things to a file, as its name ends; returns how many.

    Raises:
        InvalidChangeError: The name ends in neither .csv nor .json.
        UnwrittenError: The file cannot be written.
    """
    session.require("stock.read")
    return write(path, [record(item) for item in items])
