"""Writing assets to tables that other programs read, and that `assets import` reads again.

Rows are read a page at a time. A file appears whole or not at all; what it writes the map
`boconsole_assets` brings back.
"""

import csv
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO

from boconsole.assets.fields import Describer
from boconsole.assets.reading import selection
from boconsole.errors import InvalidChangeError
from boconsole.importing.report import Progress
from boconsole.language import _
from boconsole.money import plain
from boconsole.session import Session
from boconsole.tickets.exporting import Form, harmless, opened
from db import keyset
from db.assets import catalogue, holdings, pages, records
from db.assets.rows import AssetRecord
from db.conditions import Selection
from db.ledger import charts
from db.tickets import names

PAGE = 1_000
COLUMNS = (
    "tag", "name", "serial", "model", "manufacturer", "model_number", "category", "state",
    "condition", "place", "organisation", "holder_kind", "holder", "holder_email", "held_since",
    "expected", "host", "supplier", "order_number", "bought", "cost", "currency", "warranty",
    "end_of_life", "note",
)  # fmt: skip
"""What is written, before the own fields."""


def form_of(path: str) -> Form:
    """Return the form that the ending of a file names."""
    return "json" if path.endswith(".json") else "csv"


def export_assets(
    session: Session,
    query: str,
    target: Path | TextIO,
    form: Form = "csv",
    *,
    overwrite: bool = False,
    spreadsheet: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the assets that a query finds; returns how many.

    Args:
        session: Who reads; needs `asset.read`.
        query: A filter line.
        target: A file, written in UTF-8, or an open stream of text.
        form: `csv` or `json`.
        overwrite: Take the place of a file that is there.
        spreadsheet: CSV that is safe to open in a spreadsheet.
        progress: Told the assets done after each page.

    Raises:
        NotAllowedError, QuerySyntaxError, ExportTargetError: Nothing was written.
    """
    session.require("asset.read")
    wanted = selection(session, query)
    if wanted.columns:
        raise InvalidChangeError("cols", _("all columns are written; leave it out"))
    columns = (*COLUMNS, *(f"cf.{field.name}" for field in catalogue.select_fields()))
    count = 0
    with _stream(target, overwrite, "utf-8-sig" if spreadsheet else "utf-8") as stream:
        writer = csv.writer(stream)
        if form == "csv":
            writer.writerow(columns)
        for page in _pages(wanted):
            for told in page:
                cells = [told.get(name) or "" for name in columns]
                if form == "csv":
                    writer.writerow([harmless(cell) if spreadsheet else cell for cell in cells])
                else:
                    line = {name: told.get(name) or None for name in columns}
                    text = json.dumps(line, ensure_ascii=False)
                    stream.write(("[\n" if count == 0 else ",\n") + text)
                count += 1
            if progress is not None:
                progress(count, 0.0)
        if form == "json":
            stream.write("\n]\n" if count else "[]\n")
    return count


def _stream(
    target: Path | TextIO, overwrite: bool, encoding: str
) -> AbstractContextManager[TextIO]:
    if isinstance(target, Path):
        return opened(target, overwrite, encoding)
    return nullcontext(target)


def _pages(wanted: Selection) -> Iterator[list[dict[str, str]]]:
    """Yield the assets of a selection, a page in memory at a time."""
    left = wanted.limit
    after: keyset.Cursor | None = None
    describer = Describer()
    digits = {row.id: (row.code, row.precision) for row in charts.select_commodities()}
    while left is None or left > 0:
        page = pages.page(wanted, after, PAGE if left is None else min(PAGE, left))
        ids = [line.id for line in page.rows]
        held, values = holdings.select_open(ids), records.select_values(ids)
        rows = []
        for asset_id, record in records.select_records(ids).items():
            told = _told(record, describer, digits)
            if holding := held.get(asset_id):
                told["holder"] = holding.holder
                if record.holder_contact_id:
                    told["holder_email"] = names.contact_email(record.holder_contact_id) or ""
            told.update({f"cf.{name}": text for name, text in values[asset_id].items()})
            rows.append(told)
        if rows:
            yield rows
        if not page.more:
            return
        after = keyset.decode(page.cursors[-1])
        left = None if left is None else left - len(rows)


def _told(
    record: AssetRecord, describer: Describer, digits: dict[int, tuple[str, int]]
) -> dict[str, str]:
    def word(column: str) -> str:
        return str(describer.word(column, getattr(record, column)) or "")

    model = catalogue.find_model(record.model_id) if record.model_id else None
    code, precision = digits.get(record.commodity_id or 0, ("", 0))
    return {
        "tag": record.tag, "name": record.name, "serial": record.serial,
        "model": model.name if model else "", "manufacturer": model.manufacturer if model else "",
        "model_number": model.number if model else "", "category": word("category_id"),
        "state": record.state, "condition": record.condition, "place": word("place_id"),
        "organisation": word("organisation_id"), "holder_kind": record.holder_kind,
        "held_since": word("held_since"), "expected": word("expected_on"), "host": record.host,
        "supplier": word("supplier_id"), "order_number": record.order_number,
        "bought": word("bought_on"),
        "cost": "" if record.cost is None else plain(record.cost, precision), "currency": code,
        "warranty": word("warranty_on"), "end_of_life": word("end_of_life_on"),
        "note": record.note,
    }  # fmt: skip
