"""Documents with their lines and taxes as they are stored."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from db import connection
from db.compiling import LIKE_SPECIAL
from db.fields import day_of
from db.invoices import words
from db.invoices.rows import InvoiceLineRow, InvoiceRow, InvoiceTaxRow, PartnerRow

COLUMNS = (
    "i.id, i.version, i.kind, i.state, i.partner_id, i.partner_name, i.reference, "
    "i.dated, i.due, i.taxed_on, i.commodity_id, c.code, c.precision, i.rate, i.note, "
    "i.origin_id, i.net, i.tax, i.total, i.entry_id, coalesce(e.series, ''), "
    "coalesce(y.name, ''), e.number, i.prepared_by, i.approved_by, i.approved_at, i.issued_at, "
    "o.id, coalesce(o.open, 0), coalesce(o.credited, 0), "
    "CASE WHEN i.state = 'draft' THEN w.address ELSE i.partner_address END, "
    "CASE WHEN i.state = 'draft' THEN w.tax_number ELSE i.partner_tax_number END"
)
"""Of a head; a draft has the address of its partner as it is now."""
JOINS = (
    "JOIN commodity c ON c.id = i.commodity_id JOIN organisation w ON w.id = i.partner_id "
    "LEFT JOIN journal_entry e ON e.id = i.entry_id LEFT JOIN fiscal_year y ON y.id = e.year_id "
    "LEFT JOIN open_item o ON o.invoice_id = i.id"
)
HEAD = f"SELECT {COLUMNS} FROM invoice i {JOINS}"


class InvoiceLoad(NamedTuple):
    """The head of a draft to write; days as numbers."""

    kind: str
    side: str
    partner_id: int
    partner_name: str
    reference: str
    dated: int
    due: int
    taxed_on: int
    commodity_id: int
    rate: str
    note: str
    origin_id: int | None
    net: int
    tax: int
    total: int
    prepared_by: int


def select_unapproved() -> list[InvoiceRow]:
    """Return the heads of the drafts that nobody has approved, by day."""
    rows = connection.fetch(
        f"{HEAD} WHERE i.state = 'draft' AND i.approved_by IS NULL ORDER BY i.dated, i.id"
    )
    return [invoice_of(row) for row in rows]


def insert(load: InvoiceLoad, lines: Sequence[InvoiceLineRow]) -> int:
    """Add a draft with its lines; returns its id."""
    marks = ", ".join("?" * len(load))
    rows = connection.fetch(
        f"INSERT INTO invoice (version, state, {', '.join(load._fields)}) "
        f"VALUES (1, 'draft', {marks}) RETURNING id",
        load,
    )
    _insert_lines(rows[0][0], lines)
    words.put(rows[0][0], _texts(load, lines))
    return int(rows[0][0])


def replace(
    invoice_id: int, version: int, load: InvoiceLoad, lines: Sequence[InvoiceLineRow]
) -> bool:
    """Write a draft anew, without its approval; False when it changed in the meantime."""
    named = ", ".join(f"{name} = ?" for name in load._fields)
    cursor = connection.execute(
        f"UPDATE invoice SET version = version + 1, approved_by = NULL, approved_at = NULL, "
        f"{named} WHERE id = ? AND version = ? AND state = 'draft'",
        (*load, invoice_id, version),
    )
    if not cursor.rowcount:
        return False
    connection.execute("DELETE FROM invoice_line WHERE invoice_id = ?", (invoice_id,))
    _insert_lines(invoice_id, lines)
    words.put(invoice_id, _texts(load, lines))
    return True


def _texts(load: InvoiceLoad, lines: Sequence[InvoiceLineRow]) -> words.Texts:
    told = " ".join(line.text for line in lines)
    return words.Texts(load.partner_name, load.reference, told, load.note)


def _insert_lines(invoice_id: int, lines: Sequence[InvoiceLineRow]) -> None:
    connection.executemany(
        "INSERT INTO invoice_line (invoice_id, position, text, quantity, price, discount, "
        "account_id, taxes, net, issued, unit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                invoice_id, line.position, line.text, line.quantity, line.price, line.discount,
                line.account_id, line.taxes, line.net, False, line.unit,
            )
            for line in lines
        ],
    )  # fmt: skip


def delete(invoice_id: int, version: int) -> bool:
    """Remove a draft with its lines; False when it changed in the meantime."""
    cursor = connection.execute(
        "DELETE FROM invoice WHERE id = ? AND version = ? AND state = 'draft'",
        (invoice_id, version),
    )
    if cursor.rowcount:
        words.remove(invoice_id)
    return bool(cursor.rowcount)


def set_approval(invoice_id: int, version: int, user_id: int, at: int) -> bool:
    """Approve a draft; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE invoice SET version = version + 1, approved_by = ?, approved_at = ? "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (user_id, at, invoice_id, version),
    )
    return bool(cursor.rowcount)


def mark_issued(row: InvoiceRow, issued_by: int, lines: Sequence[InvoiceLineRow]) -> bool:
    """Turn a draft into an issued document; False when it changed in the meantime.

    From now on it has the address and the tax number that `row` says.
    """
    cursor = connection.execute(
        "UPDATE invoice SET version = version + 1, state = 'issued', rate = ?, net = ?, tax = ?, "
        "total = ?, entry_id = ?, issued_by = ?, issued_at = ?, sort_number = ?, "
        "partner_address = ?, partner_tax_number = ? "
        "WHERE id = ? AND version = ? AND state = 'draft'",
        (
            row.rate, row.net, row.tax, row.total, row.entry_id, issued_by, row.issued_at,
            f"{row.year}-{row.series}-{row.number:09}", row.partner_address,
            row.partner_tax_number, row.id, row.version,
        ),
    )  # fmt: skip
    connection.executemany(
        "UPDATE invoice_line SET net = ?, value = ?, issued = ? "
        "WHERE invoice_id = ? AND position = ?",
        [(line.net, line.value, True, row.id, line.position) for line in lines],
    )
    return bool(cursor.rowcount)


def insert_taxes(invoice_id: int, taxes: Sequence[InvoiceTaxRow]) -> None:
    """Add the taxes of a document that is being issued."""
    connection.executemany(
        "INSERT INTO invoice_tax (invoice_id, position, tax_id, kind, rate, factor, account_id, "
        "net, base, amount, net_value, value, value_commodity_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                invoice_id, tax.position, tax.tax_id, tax.kind, tax.rate, tax.factor,
                tax.account_id, tax.net, tax.base, tax.amount, tax.net_value,
                tax.value, tax.value_commodity_id,
            )
            for tax in taxes
        ],
    )  # fmt: skip


def find(invoice_id: int) -> InvoiceRow | None:
    """Return the head of a document."""
    rows = connection.fetch(f"{HEAD} WHERE i.id = ?", (invoice_id,))
    return invoice_of(rows[0]) if rows else None


def find_numbered(series: str, year: str, number: int) -> InvoiceRow | None:
    """Return the head of the document with a number."""
    rows = connection.fetch(
        f"{HEAD} WHERE e.series = ? AND y.name = ? AND e.number = ?", (series, year, number)
    )
    return invoice_of(rows[0]) if rows else None


def select_lines(invoice_id: int) -> list[InvoiceLineRow]:
    """Return the lines of a document in order."""
    rows = connection.fetch(
        "SELECT l.position, l.text, l.quantity, l.price, l.discount, l.account_id, a.path, "
        "l.taxes, l.net, l.value, l.unit FROM invoice_line l "
        "JOIN ledger_account a ON a.id = l.account_id WHERE l.invoice_id = ? ORDER BY l.position",
        (invoice_id,),
    )
    return [InvoiceLineRow(*row) for row in rows]


def select_taxes(invoice_id: int) -> list[InvoiceTaxRow]:
    """Return the taxes of an issued document in order."""
    rows = connection.fetch(
        "SELECT x.position, x.tax_id, t.code, x.kind, x.rate, x.factor, x.account_id, x.net, "
        "x.base, x.amount, x.net_value, x.value, x.value_commodity_id "
        "FROM invoice_tax x JOIN tax_code t ON t.id = x.tax_id "
        "WHERE x.invoice_id = ? ORDER BY x.position",
        (invoice_id,),
    )
    return [InvoiceTaxRow(*row) for row in rows]


def credited(origin_id: int) -> int:
    """Return the sum of the issued credit notes of a document."""
    rows = connection.fetch(
        "SELECT coalesce(sum(total), 0) FROM invoice WHERE origin_id = ? AND state = 'issued'",
        (origin_id,),
    )
    return int(rows[0][0])


def select_notes(origin_id: int) -> list[int]:
    """Return the credit notes of a document, drafts too."""
    rows = connection.fetch("SELECT id FROM invoice WHERE origin_id = ? ORDER BY id", (origin_id,))
    return [row[0] for row in rows]


def find_reference(kind: str, partner_id: int, reference: str, except_id: int) -> int | None:
    """Return another document of a partner with the same number of theirs."""
    rows = connection.fetch(
        "SELECT id FROM invoice WHERE kind = ? AND partner_id = ? AND reference = ? AND id <> ? "
        "LIMIT 1",
        (kind, partner_id, reference, except_id),
    )
    return int(rows[0][0]) if rows else None


def find_partner(name: str) -> PartnerRow | None:
    """Return the organisation of a name, whatever its case; a merged one as what it is part of."""
    rows = connection.fetch(
        "SELECT o.id, o.name FROM organisation w "
        "JOIN organisation o ON o.id = coalesce(w.merged_into_id, w.id) "
        "WHERE lower(w.name) = lower(?) ORDER BY w.id LIMIT 1",
        (name,),
    )
    return PartnerRow(*rows[0]) if rows else None


def partner_names() -> list[str]:
    """Return the names of all organisations."""
    return [
        row[0]
        for row in connection.fetch(
            "SELECT name FROM organisation WHERE archived_at IS NULL ORDER BY name"
        )
    ]


def partner_names_from(start: str, limit: int) -> list[str]:
    """Return names of organisations that start so."""
    return _named(start.lower().translate(LIKE_SPECIAL) + "%", limit)


def partner_names_with(part: str, limit: int) -> list[str]:
    """Return names of organisations with a part."""
    return _named("%" + part.lower().translate(LIKE_SPECIAL) + "%", limit)


def _named(pattern: str, limit: int) -> list[str]:
    rows = connection.fetch(
        "SELECT name FROM organisation WHERE lower(name) LIKE ? ESCAPE '\\' "
        "AND archived_at IS NULL ORDER BY name LIMIT ?",
        (pattern, limit),
    )
    return [row[0] for row in rows]


def invoice_of(row: Sequence[Any]) -> InvoiceRow:  # Any: comes from the driver
    """Return the head that `COLUMNS` say."""
    return InvoiceRow(*row)._replace(
        dated=day_of(row[7]), due=day_of(row[8]), taxed_on=day_of(row[9])
    )
