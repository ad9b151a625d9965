"""Licences as records for programs, and as a file; the keys stay where they are."""

from collections.abc import Sequence
from pathlib import Path

from boconsole.licences.reading import Licence, Use
from boconsole.money import plain
from boconsole.record_files import write
from boconsole.session import Session
from db.licences.rows import InstallationRow, SeatRow


def record(licence: Licence) -> dict[str, object]:
    """Return a licence for programs; the cost is an exact decimal as text."""
    row = licence.row
    return {
        "number": licence.number, "product": row.product, "maker": row.maker,
        "category": row.category, "kind": row.kind, "state": licence.state, "seats": row.seats,
        "used": row.used, "free": licence.free, "spent": row.spent,
        "reassignable": row.reassignable, "has_key": row.has_key, "licensed_to": row.licensed_to,
        "licensed_email": row.licensed_email, "company": row.company, "supplier": row.supplier,
        "purchase_order": row.purchase_order, "order_number": row.order_number,
        "bought_on": row.bought_on,
        "cost": None if row.cost is None else plain(row.cost, row.precision),
        "currency": row.commodity, "ends_on": row.ends_on, "maintained": row.maintained,
        "maintained_until": row.maintained_until, "warn_days": row.warn_days, "note": row.note,
    }  # fmt: skip


def use_record(use: Use) -> dict[str, object]:
    """Return for programs how much of a product is used."""
    row = use.row
    return {
        "product": row.name, "maker": row.maker, "category": row.category, "state": use.state,
        "licences": row.licences, "bought": row.bought, "used": use.used, "free": use.free,
        "over": use.over, "assigned": row.assigned, "installed": row.installed,
        "without_seat": row.uncovered, "next_end": row.next_end,
    }  # fmt: skip


def seat_record(seat: SeatRow) -> dict[str, object]:
    """Return a time of a seat for programs."""
    return {
        "seat": seat.number, "person": seat.email or None, "name": seat.contact or None,
        "asset": seat.tag or None, "given_at": seat.given_at, "given_by": seat.given_by,
        "note": seat.note, "back_at": seat.back_at, "back_by": seat.back_by or None,
    }  # fmt: skip


def installation_record(row: InstallationRow) -> dict[str, object]:
    """Return for programs where a product is."""
    return {
        "product": row.product, "asset": row.tag, "name": row.asset, "holder": row.holder or None,
        "release": row.release, "installed_on": row.installed_on, "has_seat": row.covered,
    }  # fmt: skip


def export(session: Session, path: Path, licences: Sequence[Licence]) -> int:
    """Write licences to a file, as its name ends; returns how many.

    Raises:
        InvalidChangeError: The name ends in nneither .csv nor .json.
        UnwrittenError: The file cannot be written.
    """
    session.require("licence.read")
    return write(path, [record(licence) for licence in licences])


def export_uses(session: Session, path: Path, uses: Sequence[Use]) -> int:
    """Write how much of products is used; as `export`."""
    session.require("licence.read")
    return write(path, [use_record(use) for use in uses])
