"""Sums of taxes over a time, from documents and from the ledger."""

from typing import NamedTuple

from db import connection

TAXED = "i.state = 'issued' AND i.dated BETWEEN ? AND ?"
SIGN = "CASE WHEN i.kind IN ('invoice', 'bill') THEN 1 ELSE -1 END"
LEDGER_SIGN = "CASE WHEN i.kind IN ('invoice', 'bill-credit') THEN -1 ELSE 1 END"
TAX_ACCOUNTS = (
    "(SELECT collected_id FROM tax_code WHERE collected_id IS NOT NULL "
    "UNION SELECT deductible_id FROM tax_code WHERE deductible_id IS NOT NULL "
    "UNION SELECT account_id FROM invoice_tax WHERE account_id IS NOT NULL)"
)


class TaxBox(NamedTuple):
    """What a code taxed at a rate: net and tax, credit notes taken off."""

    side: str
    code: str
    rate: str
    factor: str
    commodity: str
    precision: int
    net: int
    tax: int


class TaxAccount(NamedTuple):
    """What moved on a tax account: by taxes, by entries of documents, and in all."""

    account: str
    commodity: str
    precision: int
    taxes: int
    booked: int
    moved: int


def select_boxes(starts: int, ends: int) -> list[TaxBox]:
    """Return what was taxed between two days, both included."""
    rows = connection.fetch(
        "SELECT CASE WHEN i.kind IN ('invoice', 'invoice-credit') THEN 'sales' "
        "ELSE 'purchases' END AS side, t.code, x.rate, x.factor, c.code, c.precision, "
        f"sum({SIGN} * x.net_value), sum({SIGN} * x.value) "
        "FROM invoice_tax x JOIN invoice i ON i.id = x.invoice_id "
        "JOIN tax_code t ON t.id = x.tax_id JOIN commodity c ON c.id = x.value_commodity_id "
        f"WHERE {TAXED} GROUP BY 1, t.code, x.rate, x.factor, c.code, c.precision "
        "ORDER BY 1 DESC, t.code, x.rate, x.factor, c.code",
        (starts, ends),
    )
    return [TaxBox(*row)._replace(net=int(row[6]), tax=int(row[7])) for row in rows]


def select_accounts(starts: int, ends: int) -> list[TaxAccount]:
    """Return what moved on the tax accounts between two days, both included; debit positive."""
    rows = connection.fetch(
        "SELECT a.path, c.code, c.precision, sum(m.tax), sum(m.booked), sum(m.moved) FROM ("
        "SELECT x.account_id, x.value_commodity_id AS commodity_id, "
        f"{LEDGER_SIGN} * x.value AS tax, 0 AS booked, 0 AS moved FROM invoice_tax x "
        f"JOIN invoice i ON i.id = x.invoice_id WHERE {TAXED} AND x.account_id IS NOT NULL "
        "UNION ALL SELECT p.account_id, p.value_commodity_id, 0, "
        "CASE WHEN i.id IS NULL THEN 0 ELSE p.value END, p.value FROM posting p "
        "LEFT JOIN invoice i ON i.entry_id = p.entry_id "
        f"WHERE p.posted AND p.kind = 0 AND p.account_id IN {TAX_ACCOUNTS} "
        "AND p.dated BETWEEN ? AND ? "
        f"UNION ALL SELECT l.account_id, e.value_commodity_id, 0, -({LEDGER_SIGN}) * l.value, 0 "
        "FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id "
        "JOIN open_item e ON e.invoice_id = i.id "
        f"WHERE {TAXED} AND l.account_id IN {TAX_ACCOUNTS}"
        ") m JOIN ledger_account a ON a.id = m.account_id "
        "JOIN commodity c ON c.id = m.commodity_id GROUP BY a.path, c.code, c.precision "
        "ORDER BY a.path, c.code",
        (starts, ends) * 3,
    )
    return [TaxAccount(*row[:3], *(int(number) for number in row[3:])) for row in rows]
