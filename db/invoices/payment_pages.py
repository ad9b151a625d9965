"""Lists of payments: pages and counts of a selection, each at the cost of a page.

The payment is `t`. What it left over is what is open of its own item.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, NamedTuple

from db import compiling, connection
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError
from db.conditions import (
    Changed,
    Compare,
    Order,
    Selection,
    Was,
    Words,
)
from db.fields import day_of
from db.keyset import Key, Source
from db.listing import Listing, Page

LEFT = "SELECT i.payment_id FROM open_item i WHERE i.open <> 0"
LINES = (
    "t.id, t.version, t.state, t.kind, t.side, t.partner_id, o.name, t.dated, "
    "coalesce(a.path, ''), c.code, c.precision, t.amount, t.written_off, t.reference, "
    "coalesce(e.series, ''), coalesce(y.name, ''), e.number, t.entry_id, t.gain, t.prepared_by, "
    "coalesce(u.login, ''), t.approved_by, t.undo_by, t.undo_approved_by, "
    "(SELECT coalesce(sum(abs(i.open)), 0) FROM open_item i WHERE i.payment_id = t.id)"
)
JOINS = (
    "JOIN payment t ON t.id = p.id JOIN organisation o ON o.id = t.partner_id "
    "JOIN commodity c ON c.id = t.commodity_id LEFT JOIN ledger_account a ON a.id = t.account_id "
    "LEFT JOIN journal_entry e ON e.id = t.entry_id LEFT JOIN fiscal_year y ON y.id = e.year_id "
    "LEFT JOIN user_account u ON u.id = t.prepared_by"
)
COLUMNS = {
    "id": Column("t.id"),
    "entry": Column("t.entry_id", nullable=True),
    "date": Column("t.dated"),
    "partner": Column("t.partner_id", loose="(t.partner_id + 0)"),
    "kind": Column("t.kind"),
    "side": Column("t.side"),
    "stored": Column("t.state"),
    "currency": Column("t.commodity_id"),
    "account": Column("t.account_id", nullable=True),
    "reference": Column("t.reference"),
    "preparer": Column("t.prepared_by"),
    "approver": Column("t.approved_by", nullable=True),
    "undoer": Column("t.undo_by", nullable=True),
    "gain": Column("t.gain"),
}
LEFT_OVER, WAITING = Compare("left", "=", True), Compare("waiting", "=", True)
WAITS = (
    "SELECT w.id FROM payment w WHERE w.state = 'draft' AND w.approved_by IS NULL UNION ALL "
    "SELECT w.id FROM payment w WHERE w.undo_by IS NOT NULL AND w.state = 'posted' "
    "AND w.undo_approved_by IS NULL"
)
"""Payments, and undoings, that nobody approved yet; each half has an index of its own."""
DRAFT, POSTED, UNDONE = (Compare("stored", "=", state) for state in ("draft", "posted", "undone"))


class PaymentLine(NamedTuple):
    """A payment on one line of a list; `left` is what is open of it, without its sign."""

    id: int
    version: int
    state: str
    kind: str
    side: str
    partner_id: int
    partner: str
    dated: date
    account: str
    commodity: str
    precision: int
    amount: int
    written_off: int
    reference: str
    series: str
    year: str
    number: int | None
    entry_id: int | None
    gain: int
    prepared_by: int
    preparer: str
    approved_by: int | None
    undo_by: int | None
    undo_approved_by: int | None
    left: int


PaymentPage = Page[PaymentLine]


def find_partners(word: str) -> tuple[int, ...]:
    """Return the organisation of a name, else those whose names have it in them."""
    rows = connection.fetch(
        "SELECT DISTINCT coalesce(merged_into_id, id) FROM organisation "
        "WHERE lower(name) = lower(?)",
        (word,),
    )
    if not rows:
        rows = connection.fetch(
            "SELECT id FROM organisation WHERE lower(name) LIKE ? ESCAPE '\\' ORDER BY id",
            (_within(word),),
        )
    return tuple(row[0] for row in rows)


def list_partners(start: str, limit: int) -> list[str]:
    """Return names of organisations that start so."""
    return _partners(start.lower().translate(LIKE_SPECIAL) + "%", limit)


def list_partners_with(part: str, limit: int) -> list[str]:
    """Return names of organisations that have a text in them."""
    return _partners(_within(part), limit)


def _partners(pattern: str, limit: int) -> list[str]:
    rows = connection.fetch(
        "SELECT name FROM organisation WHERE lower(name) LIKE ? ESCAPE '\\' "
        "AND archived_at IS NULL ORDER BY name LIMIT ?",
        (pattern, limit),
    )
    return [row[0] for row in rows]


def _keys(selection: Selection) -> tuple[Key, ...]:
    order = (selection.order or (Order("date", descending=True),))[0]
    return (Key("date", "t.dated", order.descending), Key("id", "t.id", order.descending))


def _lines(rows: Sequence[tuple[Any, ...]]) -> list[PaymentLine]:
    return [PaymentLine._make((*row[:7], day_of(row[7]), *row[8:-1], int(row[-1]))) for row in rows]


# Conditions


def _column(name: str) -> Column:
    if name not in COLUMNS:
        raise UnknownColumnError(name)
    return COLUMNS[name]


def _own(condition: Compare | Words, gather: bool) -> Sql | None:
    """Return the SQL of what is no plain column, or None."""
    del gather
    if isinstance(condition, Words):
        return _said(condition)
    if condition == LEFT_OVER:
        return Sql(f"t.id IN ({LEFT})")
    if condition == WAITING:
        return Sql(f"t.id IN ({WAITS})")
    if condition.field == "stored" and condition.operator == "=":
        # Said literally, so that the index of drafts is seen to fit.
        return Sql(f"t.state = '{condition.value}'") if condition == DRAFT else None
    if condition.field == "amount":
        return _amount(condition.operator, condition.value)
    return None


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("payments keep no past")


MAP = Map(_column, _never, _never, _own)


def _said(words: Words) -> Sql:
    """Return the test that each word stands in the reference, a reason or the partner's name."""
    pieces, params = [], []
    for word in (*words.words, *words.phrases):
        pieces.append(
            "(t.partner_id IN (SELECT id FROM organisation WHERE lower(name) LIKE ? ESCAPE '\\') "
            "OR lower(t.reference) LIKE ? ESCAPE '\\' OR lower(t.reason) LIKE ? ESCAPE '\\')"
        )
        params += [_within(word)] * 3
    return Sql(f"({' AND '.join(pieces)})" if pieces else "1 = 1", tuple(params))


def _within(word: str) -> str:
    return f"%{word.lower().translate(LIKE_SPECIAL)}%"


def _amount(operator: str, value: object) -> Sql:
    """Return the test of an amount, digits of each commodity apart."""
    wanted = value if isinstance(value, tuple) else (value,)
    rows = connection.fetch("SELECT DISTINCT precision FROM commodity ORDER BY precision")
    pieces, params = [], []
    for (digits,) in rows:
        here = f"t.commodity_id IN (SELECT id FROM commodity WHERE precision = {digits})"
        for one in wanted:
            bound = Decimal(str(one)).scaleb(digits)
            low = int(bound.to_integral_value(ROUND_FLOOR))
            high = int(bound.to_integral_value(ROUND_CEILING))
            if operator in ("=", "in") and low != high:
                continue
            sign = "=" if operator in ("=", "in") else operator
            pieces.append(f"({here} AND t.amount {sign} ?)")
            params.append(high if operator in (">=", "<") else low)
    return Sql(f"({' OR '.join(pieces)})" if pieces else "1 = 0", tuple(params))


PAYMENTS = Listing(
    Source("payment t", LINES, JOINS), lambda condition: compiling.where(condition, MAP), _keys,
    _lines,
)  # fmt: skip
page, page_around, count = PAYMENTS.page, PAYMENTS.page_around, PAYMENTS.count
