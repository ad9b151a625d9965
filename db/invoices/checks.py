"""What must not be found among documents and open items, and sums that prove them."""

from typing import NamedTuple

from db import connection

MOST = 100
"""Faults of one kind that are told at most."""
CONTROL = (
    "(SELECT id FROM ledger_account WHERE role IN ('receivable', 'payable') "
    "UNION SELECT account_id FROM open_item)"
)
SIGN = "CASE WHEN i.kind IN ('invoice', 'bill-credit') THEN 1 ELSE -1 END"
CHANGES = "a.credit_value - a.debit_value"
"""What an allocation adds to the worth of all that is open."""
PER_ENTRY = f"""
    SELECT m.entry_id, m.account_id, m.commodity_id, sum(m.amount), sum(m.value) FROM (
    SELECT entry_id, account_id, commodity_id, value_commodity_id, amount, value FROM posting
    WHERE posted AND kind = 0 AND account_id IN {CONTROL}
    UNION ALL SELECT entry_id, account_id, commodity_id, value_commodity_id, -amount, -value
    FROM open_item
    UNION ALL SELECT p.entry_id, o.account_id, o.commodity_id, o.value_commodity_id, 0,
    -({CHANGES}) FROM allocation a JOIN payment p ON p.id = a.payment_id
    JOIN open_item o ON o.id = a.debit_id WHERE a.credit_value <> a.debit_value
    UNION ALL SELECT p.reversal_id, o.account_id, o.commodity_id, o.value_commodity_id, 0,
    {CHANGES} FROM allocation a JOIN payment p ON p.id = a.payment_id
    JOIN open_item o ON o.id = a.debit_id
    WHERE a.credit_value <> a.debit_value AND a.undone_on IS NOT NULL
    ) m GROUP BY m.entry_id, m.account_id, m.commodity_id, m.value_commodity_id
    HAVING sum(m.amount) <> 0 OR sum(m.value) <> 0 ORDER BY m.entry_id LIMIT ?
"""
DOCUMENTS = f"""
    SELECT m.entry_id, m.account_id, sum(m.value) FROM (
    SELECT p.entry_id, p.account_id, p.value FROM posting p
    JOIN invoice i ON i.entry_id = p.entry_id
    UNION ALL SELECT i.entry_id, l.account_id, {SIGN} * l.value FROM invoice_line l
    JOIN invoice i ON i.id = l.invoice_id WHERE i.state = 'issued'
    UNION ALL SELECT i.entry_id, x.account_id, {SIGN} * x.value FROM invoice_tax x
    JOIN invoice i ON i.id = x.invoice_id WHERE x.account_id IS NOT NULL
    UNION ALL SELECT entry_id, account_id, -value FROM open_item WHERE invoice_id IS NOT NULL
    ) m GROUP BY m.entry_id, m.account_id HAVING sum(m.value) <> 0 ORDER BY m.entry_id LIMIT ?
"""
TOTALS = """
    SELECT i.id FROM invoice i LEFT JOIN open_item o ON o.invoice_id = i.id
    WHERE i.state = 'issued' AND (o.id IS NULL OR abs(o.amount) <> i.total
    OR i.net <> (SELECT coalesce(sum(net), 0) FROM invoice_line WHERE invoice_id = i.id)
    OR i.tax <> (SELECT coalesce(sum(amount), 0) FROM invoice_tax WHERE invoice_id = i.id)
    OR i.total <> i.net + i.tax) ORDER BY i.id LIMIT ?
"""
STANDING = """
    SELECT i.id FROM invoice i LEFT JOIN open_item o ON o.invoice_id = i.id
    WHERE i.open <> coalesce(o.open, 0) OR i.standing <> CASE WHEN o.id IS NULL THEN 'draft'
    WHEN i.total <> 0 AND o.credited = i.total THEN 'cancelled' WHEN o.open = 0 THEN 'paid'
    WHEN abs(o.open) = i.total THEN 'issued' ELSE 'partly paid' END ORDER BY i.id LIMIT ?
"""
ITEMS = """
    SELECT o.id, o.entry_id FROM open_item o LEFT JOIN (
    SELECT item_id, sum(amount) AS amount, sum(value) AS value, sum(credited) AS credited FROM (
    SELECT debit_id AS item_id, amount, debit_value AS value,
    CASE WHEN payment_id IS NULL THEN amount ELSE 0 END AS credited
    FROM allocation WHERE undone_on IS NULL
    UNION ALL SELECT credit_id, -amount, -credit_value,
    CASE WHEN payment_id IS NULL THEN amount ELSE 0 END
    FROM allocation WHERE undone_on IS NULL) sides GROUP BY item_id
    ) s ON s.item_id = o.id LEFT JOIN invoice i ON i.id = o.invoice_id
    WHERE o.open <> o.amount - coalesce(s.amount, 0)
    OR o.open_value <> o.value - coalesce(s.value, 0) OR (o.open = 0 AND o.open_value <> 0)
    OR o.credited <> CASE WHEN i.kind IN ('invoice', 'bill') THEN coalesce(s.credited, 0) ELSE 0 END
    ORDER BY o.id LIMIT ?
"""
SIDES = """
    SELECT a.id, d.entry_id FROM allocation a JOIN open_item d ON d.id = a.debit_id
    JOIN open_item c ON c.id = a.credit_id WHERE a.amount <= 0 OR d.amount <= 0 OR c.amount >= 0
    OR d.partner_id <> c.partner_id OR d.account_id <> c.account_id
    OR d.commodity_id <> c.commodity_id OR d.value_commodity_id <> c.value_commodity_id
    OR a.dated < d.dated OR a.dated < c.dated ORDER BY a.id LIMIT ?
"""
ORPHANS = """
    SELECT e.id FROM journal_entry e WHERE e.kind = 'document'
    AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.entry_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.entry_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM pay_run r WHERE e.id IN (r.entry_id, r.payment_entry_id))
    ORDER BY e.id LIMIT ?
"""


class Movement(NamedTuple):
    """What a day adds to a control account, or to what is open on it."""

    account_id: int
    commodity_id: int
    value_commodity_id: int
    dated: int
    amount: int
    value: int


def select_per_entry() -> list[tuple[int, int, int, int, int]]:
    """Return entry, account, commodity, amount and worth that no open item explains."""
    rows = connection.fetch(PER_ENTRY, (MOST,))
    return [(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]


def select_documents() -> list[tuple[int, int, int]]:
    """Return entry, account and worth in which a document and its entry differ."""
    rows = connection.fetch(DOCUMENTS, (MOST,))
    return [(row[0], row[1], int(row[2])) for row in rows]


def select_totals() -> list[int]:
    """Return documents whose lines and taxes do not sum to their total."""
    return [row[0] for row in connection.fetch(TOTALS, (MOST,))]


def select_standing() -> list[int]:
    """Return documents whose lists show something else than their open item says."""
    return [row[0] for row in connection.fetch(STANDING, (MOST,))]


def select_items() -> list[tuple[int, int]]:
    """Return items (with their entries) whose open part is not what allocations left."""
    return [(row[0], row[1]) for row in connection.fetch(ITEMS, (MOST,))]


def select_sides() -> list[tuple[int, int]]:
    """Return allocations (with the entry of the debit) between things that do not fit."""
    return [(row[0], row[1]) for row in connection.fetch(SIDES, (MOST,))]


def select_orphans() -> list[int]:
    """Return entries of documents that are not there."""
    return [row[0] for row in connection.fetch(ORPHANS, (MOST,))]


def select_booked() -> list[Movement]:
    """Return what each day adds to the control accounts, as kept with the postings."""
    rows = connection.fetch(
        "SELECT account_id, commodity_id, value_commodity_id, dated, amount, value "
        f"FROM balance_day WHERE kind = 0 AND account_id IN {CONTROL}"
    )
    return [Movement(*row) for row in rows]


def select_opened() -> list[Movement]:
    """Return what each day adds to what is open."""
    rows = connection.fetch(
        "SELECT account_id, commodity_id, value_commodity_id, dated, sum(amount), sum(value) "
        "FROM open_item GROUP BY account_id, commodity_id, value_commodity_id, dated"
    )
    rows += connection.fetch(
        "SELECT o.account_id, o.commodity_id, o.value_commodity_id, a.dated, 0, "
        f"{CHANGES} FROM allocation a JOIN open_item o ON o.id = a.debit_id "
        "WHERE a.credit_value <> a.debit_value AND (a.undone_on IS NULL OR a.undone_on > a.dated)"
    )
    rows += connection.fetch(
        "SELECT o.account_id, o.commodity_id, o.value_commodity_id, a.undone_on, 0, "
        f"-({CHANGES}) FROM allocation a JOIN open_item o ON o.id = a.debit_id "
        "WHERE a.credit_value <> a.debit_value AND a.undone_on > a.dated"
    )
    return [Movement(*(int(number) for number in row)) for row in rows]


def select_waiting(starts: int, ends: int, limit: int) -> list[tuple[str, int]]:
    """Return kind and id of what waits between two days, both included: drafts, and undoings."""
    rows = connection.fetch(
        "SELECT kind, id FROM invoice WHERE state = 'draft' AND dated BETWEEN ? AND ? "
        "UNION ALL SELECT 'payment', id FROM payment WHERE state = 'draft' "
        "AND dated BETWEEN ? AND ? "
        "UNION ALL SELECT 'undoing', id FROM payment WHERE state = 'posted' "
        "AND undo_by IS NOT NULL AND undone_on BETWEEN ? AND ? ORDER BY 1, 2 LIMIT ?",
        (starts, ends, starts, ends, starts, ends, limit),
    )
    return [(row[0], row[1]) for row in rows]


def count_waiting() -> list[tuple[int, int]]:
    """Return how many documents and payments of each month wait; see `select_waiting`."""
    rows = connection.fetch(
        "SELECT month, count(*) FROM ("
        "SELECT dated / 100 AS month FROM invoice WHERE state = 'draft' "
        "UNION ALL SELECT dated / 100 FROM payment WHERE state = 'draft' "
        "UNION ALL SELECT undone_on / 100 FROM payment WHERE state = 'posted' "
        "AND undo_by IS NOT NULL AND undone_on IS NOT NULL) waiting GROUP BY month ORDER BY month"
    )
    return [(int(row[0]), int(row[1])) for row in rows]
