"""Where the fields of documents are stored, for conditions and orders.

The document is `t`. Words are gathered, totals where few match, else tested document by document.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from db import connection
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import Changed, Compare, Was, Words
from db.invoices import words

COLUMNS = {
    "id": Column("t.id"),
    "side": Column("t.side"),
    "loose_side": Column("(t.side || '')"),
    "date": Column("t.dated"),
    "due": Column("t.due"),
    "kind": Column("t.kind", loose="(t.kind || '')"),
    "state": Column("t.standing", loose="(t.standing || '')", scattered=True),
    "contact": Column("t.partner_id", loose="(t.partner_id + 0)"),
    "partner_name": Column("t.partner_name"),
    "currency": Column("t.commodity_id"),
    "approver": Column("t.approved_by", nullable=True),
    "preparer": Column("t.prepared_by"),
}
OPEN, DRAFT = Compare("is_open", "=", True), Compare("state", "=", "draft")
AMOUNTS = ("amount", "rest")


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in COLUMNS:
        raise UnknownColumnError(name)
    return COLUMNS[name]


def own(condition: Compare | Words, gather: bool) -> Sql | None:
    """Return the SQL of what is no plain column, or None."""
    if isinstance(condition, Words):
        found = words.gathered(condition)
        return Sql(f"t.id IN ({found.text})", found.params) if found else Sql("1 = 1")
    if condition == OPEN:
        # Said literally, so that the indexes of what is open are seen to fit.
        return Sql("t.open <> 0")
    if condition == DRAFT:
        return Sql("t.state = 'draft'")
    if condition.field == "amount" and gather and (found := gathered(condition)):
        return Sql(f"t.id IN ({found.text})", found.params)
    if condition.field in AMOUNTS:
        return _amount(condition)
    return None


def _amount(condition: Compare) -> Sql:
    """Return the test of the amount of each document; what is open of one is said literally."""
    pieces = _pieces(condition, "t")
    text = f"({' OR '.join(piece.text for piece in pieces)})"
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    least = min(Decimal(str(value)) for value in values)
    some = condition.operator in ("=", "in", ">", ">=") and least > 0
    text = f"(t.open <> 0 AND {text})" if condition.field == "rest" and some else text
    return Sql(text, _params(pieces))


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("documents keep no past")


MAP = Map(column, _never, _never, own)


def gathered(condition: Compare | Words) -> Sql | None:
    """Return a statement of the ids with some words or some total; None for all else."""
    if isinstance(condition, Words):
        return words.gathered(condition)
    if condition.field != "amount":
        return None
    pieces = _pieces(condition, "r")
    selects = (f"SELECT r.id FROM invoice r WHERE {piece.text}" for piece in pieces)
    return Sql(" UNION ALL ".join(selects), _params(pieces))


def _params(pieces: Sequence[Sql]) -> tuple[object, ...]:
    return tuple(value for piece in pieces for value in piece.params)


def _pieces(condition: Compare, row: str) -> list[Sql]:
    """Return the tests of an amount without its sign, digits of each currency apart."""
    value = condition.value
    pieces = [Sql("1 = 0")]
    for (digits,) in connection.fetch("SELECT DISTINCT precision FROM commodity ORDER BY 1"):
        here = f"{row}.commodity_id + 0 IN (SELECT id FROM commodity WHERE precision = {digits})"
        for one in value if isinstance(value, tuple) else (value,):
            bound = Decimal(str(one)).scaleb(digits)
            told = _of_digits(condition.field, row, condition.operator, bound)
            pieces.append(Sql(f"({told.text} AND {here})", told.params))
    return pieces


def _of_digits(field: str, row: str, operator: str, bound: Decimal) -> Sql:
    """Return the test against a bound in smallest units, which need not be whole."""
    low = int(bound.to_integral_value(ROUND_FLOOR))
    high = int(bound.to_integral_value(ROUND_CEILING))
    side = f"abs({row}.open)" if field == "rest" else f"{row}.total"
    if operator in ("=", "in"):
        return Sql(f"{side} = ?", (low,)) if low == high else Sql("1 = 0")
    if operator in (">", ">="):
        return Sql(f"{side} >= ?", (low + 1 if operator == ">" else high,))
    return Sql(f"{side} <= ?", (high - 1 if operator == "<" else low,))


def find_by_entries(side: str, entry_ids: tuple[int, ...]) -> tuple[int, ...]:
    """Return the documents of a side that some entries book."""
    marks = ", ".join("?" * len(entry_ids)) or "NULL"
    rows = connection.fetch(
        f"SELECT id FROM invoice WHERE entry_id IN ({marks}) AND side = ?", (*entry_ids, side)
    )
    return tuple(row[0] for row in rows)


def find_id(side: str, invoice_id: int) -> tuple[int, ...]:
    """Return an id where a document of a side has it."""
    rows = connection.fetch("SELECT id FROM invoice WHERE id = ? AND side = ?", (invoice_id, side))
    return tuple(row[0] for row in rows)


def find_partners(name: str) -> tuple[int, ...]:
    """Return the organisation of a name, whatever its case; a merged one as what it is part of."""
    rows = connection.fetch(
        "SELECT DISTINCT coalesce(merged_into_id, id) FROM organisation "
        "WHERE lower(name) = lower(?)",
        (name,),
    )
    return tuple(row[0] for row in rows)
