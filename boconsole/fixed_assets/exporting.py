"""The register as records for programs, and as a file."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless
from boconsole.money import plain
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError

FORMATS = ("csv", "json")
FIELDS = (
    "number", "name", "class", "state", "acquired_on", "in_use_on", "disposed_on", "commodity",
    "cost", "residual", "booked_cost", "accumulated", "book_value", "method", "months", "rate",
    "convention", "note", "paid", "revalued_on", "surplus", "written_down",
)  # fmt: skip


def record(asset: Asset) -> dict[str, object]:
    """Return an asset for programs; amounts are exact decimals as text."""
    row = asset.row
    digits = row.precision
    return {
        "number": asset.number, "name": row.name, "class": row.class_name, "state": asset.state,
        "acquired_on": row.acquired_on, "in_use_on": row.in_use_on,
        "disposed_on": row.disposed_on, "commodity": row.commodity,
        "cost": plain(row.cost, digits), "residual": plain(row.residual, digits),
        "booked_cost": plain(row.booked, digits), "accumulated": plain(row.accumulated, digits),
        "book_value": plain(asset.book, digits), "method": row.method, "months": row.months,
        "rate": row.rate, "convention": row.convention, "note": row.note,
        "paid": plain(row.paid, digits), "revalued_on": row.revalued_on,
        "surplus": plain(row.surplus, digits), "written_down": plain(row.lost, digits),
    }  # fmt: skip


def export(session: Session, path: Path, assets: Sequence[Asset]) -> int:
    """Write assets to a file, as its name ends; returns how many.

    Raises:
        InvalidChangeError: The name ends in none of `FORMATS`.
        UnwrittenError: The file cannot be written.
    """
    session.require("ledger.export")
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InvalidChangeError("file", _("expected a name that ends in {words}").format(
            words=", ".join(f".{word}" for word in FORMATS)))  # fmt: skip
    records = [record(asset) for asset in assets]
    whole_files.require_new(path)
    try:
        with whole(path, "" if form == "csv" else "\n", marked=form == "csv") as file:
            if form == "json":
                json.dump(records, file, ensure_ascii=False, indent=2, default=str)
            else:
                sheet = csv.writer(file)
                sheet.writerow(FIELDS)
                sheet.writerows([_cell(each[name]) for name in FIELDS] for each in records)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return len(records)


def _cell(value: object) -> str:
    """Return a cell whose text no spreadsheet runs; amounts begin with a digit or a sign."""
    text = "" if value is None else str(value)
    return text if text.lstrip("-")[:1].isdigit() else harmless(text)
