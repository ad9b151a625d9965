"""Tax codes and their rates as they are stored."""

from datetime import date

from db import connection
from db.fields import day_of, number_of
from db.invoices.rows import TaxCodeRow, TaxRateRow


def select_codes() -> list[TaxCodeRow]:
    """Return all tax codes by name."""
    rows = connection.fetch(
        "SELECT id, code, collected_id, deductible_id, version FROM tax_code ORDER BY code"
    )
    return [TaxCodeRow(*row) for row in rows]


def insert_code(code: str, collected_id: int | None, deductible_id: int | None) -> int:
    """Add a tax code; returns its id."""
    rows = connection.fetch(
        "INSERT INTO tax_code (code, collected_id, deductible_id, version) VALUES (?, ?, ?, 1) "
        "RETURNING id",
        (code, collected_id, deductible_id),
    )
    return int(rows[0][0])


def update_code(row: TaxCodeRow) -> bool:
    """Change the accounts of a code; False when it changed in the meantime."""
    cursor = connection.execute(
        "UPDATE tax_code SET collected_id = ?, deductible_id = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        (row.collected_id, row.deductible_id, row.id, row.version),
    )
    return bool(cursor.rowcount)


def select_rates() -> list[TaxRateRow]:
    """Return all rates by code and first day."""
    rows = connection.fetch(
        "SELECT r.id, r.tax_id, t.code, r.starts, r.ends, r.kind, r.rate, r.included, "
        "r.compound, r.factor, r.scope, r.mode, r.digits, r.currency, r.source "
        "FROM tax_rate r JOIN tax_code t ON t.id = r.tax_id ORDER BY t.code, r.starts"
    )
    return [
        TaxRateRow(*row)._replace(
            starts=day_of(row[3]),
            ends=day_of(row[4]) if row[4] is not None else None,
            included=bool(row[7]),
            compound=bool(row[8]),
        )
        for row in rows
    ]


def insert_rate(row: TaxRateRow) -> int:
    """Add a rate, whose id is given here; returns it."""
    found = connection.fetch(
        "INSERT INTO tax_rate (tax_id, starts, ends, kind, rate, included, compound, factor, "
        "scope, mode, digits, currency, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        (
            row.tax_id, number_of(row.starts), number_of(row.ends) if row.ends else None, row.kind,
            row.rate, row.included, row.compound, row.factor, row.scope, row.mode, row.digits,
            row.currency, row.source,
        ),
    )  # fmt: skip
    return int(found[0][0])


def end_rate(rate_id: int, ends: date) -> None:
    """Let a rate end on a day, where another one follows."""
    connection.execute("UPDATE tax_rate SET ends = ? WHERE id = ?", (number_of(ends), rate_id))


def find_worth(code: str, quote: str, day: date) -> tuple[str, bool] | None:
    """Return the last rate of a pair up to a day, and whether it says `code` in `quote`."""
    rows = connection.fetch(
        "SELECT r.worth, c.code FROM commodity_rate r JOIN commodity c ON c.id = r.commodity_id "
        "JOIN commodity q ON q.id = r.quote_id WHERE r.dated <= ? AND "
        "((c.code = ? AND q.code = ?) OR (c.code = ? AND q.code = ?)) "
        "ORDER BY r.dated DESC, CASE WHEN c.code = ? THEN 0 ELSE 1 END LIMIT 1",
        (number_of(day), code, quote, quote, code, code),
    )
    return (rows[0][0], rows[0][1] == code) if rows else None
