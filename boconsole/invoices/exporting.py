"""Lists of documents as files: CSV, workbook, JSON."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.invoices import reading
from boconsole.invoices.words import Side, invoice_number, state_of
from boconsole.language import _
from boconsole.ledger import exporting, sheets
from boconsole.money import plain
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError
from db.invoices import documents as stored
from db.invoices.rows import InvoiceRow

HEADINGS = (
    "number", "kind", "state", "date", "due", "contact", "tax_number", "reference", "currency",
    "net", "tax", "total", "open", "note",
)  # fmt: skip
AMOUNTS = ("net", "tax", "total", "open")
ENDINGS = (".csv", ".xlsx", ".json")
CHUNK = 1_000


def export(
    session: Session, path: Path, side: Side, query: str, chosen: Sequence[int] | None = None
) -> int:
    """Write the documents that a query finds, in its order, as the file's name ends.

    Args:
        session: Who asks.
        path: Where to; no file may be there.
        side: Of the documents.
        query: A filter line.
        chosen: Ids of documents to write instead.

    Returns:
        How many were written.

    Raises:
        QuerySyntaxError: The query cannot be read.
        InvalidChangeError: No format has such an ending.
        UnwrittenError: The file is there already, or cannot be written.
    """
    session.require("ledger.export")
    form = path.suffix.lower()
    if form not in ENDINGS:
        raise InvalidChangeError("file", _("expected a name that ends in {words}").format(
            words=", ".join(ENDINGS)))  # fmt: skip
    whole_files.require_new(path)
    found = _listed(session, side, query) if chosen is None else _chosen(session, chosen)
    rows = [_row(row) for row in found]
    try:
        _write(path, form, rows)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return len(rows)


def _listed(session: Session, side: Side, query: str) -> Iterator[InvoiceRow]:
    after = ""
    while (page := reading.list_page(session, side, query, after, CHUNK)).rows:
        yield from page.rows
        if not page.more:
            return
        after = page.cursors[-1]


def _chosen(session: Session, ids: Sequence[int]) -> Iterator[InvoiceRow]:
    session.require("invoice.read")
    for invoice_id in ids:
        if (row := stored.find(invoice_id)) is not None:
            yield row


def _row(row: InvoiceRow) -> dict[str, str]:
    """Return a document with exact amounts as text, open ones without sign."""
    amounts = (row.net, row.tax, row.total, abs(row.open))
    values = (
        invoice_number(row), row.kind, state_of(row), str(row.dated), str(row.due), row.partner,
        row.partner_tax_number, row.reference, row.commodity,
        *(plain(minor, row.precision) for minor in amounts), row.note,
    )  # fmt: skip
    return dict(zip(HEADINGS, values, strict=True))


def _write(path: Path, form: str, rows: Sequence[dict[str, str]]) -> None:
    if form == ".xlsx":
        with sheets.workbook(path) as book:
            sheet = book.add_worksheet()
            for column, heading in enumerate(HEADINGS):
                sheet.write_string(0, column, heading)
            for number, row in enumerate(rows, 1):
                for column, (heading, text) in enumerate(row.items()):
                    exact = heading in AMOUNTS and len(text.strip("-")) <= sheets.DIGITS
                    if exact:
                        sheet.write_number(number, column, float(text))
                    else:
                        sheet.write_string(number, column, text)
        return
    with exporting.whole(path, "" if form == ".csv" else "\n", marked=form == ".csv") as file:
        if form == ".json":
            json.dump(rows, file, ensure_ascii=False, indent=1)
            file.write("\n")
            return
        sheet = csv.writer(file)
        sheet.writerow(HEADINGS)
        for row in rows:
            sheet.writerow([text if heading in AMOUNTS else sheets.harmless(text)
                            for heading, text in row.items()])  # fmt: skip
