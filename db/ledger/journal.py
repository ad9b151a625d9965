"""Where the fields of journal entries are stored, for conditions and orders.

The entry is `t`. What asks for lines either gathers the entries that match, where they are few,
or looks at the lines of each entry of a walk.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from db import connection, search
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import All, AnyOf, Changed, Compare, Condition, Not, Was, Words
from db.ledger import dimension_sums

COLUMNS = {
    "id": Column("t.id"),
    "date": Column("t.dated"),
    "kind": Column("t.kind", zero="", loose="(t.kind || '')"),
    "payee": Column("t.payee"),
    "code": Column("t.code"),
    "description": Column("t.description"),
    "preparer": Column("t.prepared_by", loose="(t.prepared_by + 0)"),
    "approver": Column("t.approved_by", nullable=True),
}
TEXTS = ("payee", "description", "code", "comment")
DOCUMENT = f"entry_document({', '.join(f't.{name}' for name in TEXTS)})"
"""As the index of PostgreSQL has it."""
ON_LINES = ("account", "commodity", "amount")
DRAFT, POSTED = Compare("stored", "=", "draft"), Compare("stored", "=", "posted")
REVERSED, REVERSAL = Compare("reversed", "=", True), Compare("kind", "=", "reversal")
STATES: dict[object, Condition] = {"draft": DRAFT, "posted": POSTED, "reversed": REVERSED}


def stated(condition: Condition) -> Condition:
    """Return a condition with states said in columns: reversed ones are posted too."""
    match condition:
        case Compare("state", "=", value):
            return STATES[value]
        case Compare("state", "in", values):
            assert isinstance(values, tuple)
            return AnyOf(tuple(STATES[value] for value in values))
        case Not(part):
            return Not(stated(part))
        case AnyOf(parts):
            return AnyOf(tuple(stated(part) for part in parts))
        case All(parts):
            return All(tuple(stated(part) for part in parts))
    return condition


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in COLUMNS:
        raise UnknownColumnError(name)
    return COLUMNS[name]


def own(condition: Compare | Words, gather: bool) -> Sql | None:
    """Return the SQL of what is no plain column, or None."""
    if isinstance(condition, Words):
        return _match(condition)
    if condition == REVERSAL:
        return Sql("(t.reverses_id > 0 AND t.kind = 'reversal')")
    if condition.field in ON_LINES:
        if gather:
            ids = gathered(condition)
            return Sql(f"t.id IN ({ids.text})", ids.params)
        test = _line_test(condition)
        text = f"EXISTS (SELECT 1 FROM posting r WHERE r.entry_id = t.id AND {test.text})"
        return Sql(text, test.params)
    if dimension_sums.asked(condition.field):
        if condition.operator == "empty":
            found = dimension_sums.of_entry(condition)
            return Sql(f"NOT {found.text}", found.params)
        if not gather:
            return dimension_sums.of_entry(condition)
        ids = dimension_sums.entry_ids(condition)
        return Sql(f"t.id IN ({ids.text})", ids.params)
    if condition.field == "stored":
        # Said literally, so that the index of drafts is seen to fit.
        return Sql(f"t.state = '{condition.value}'") if condition in (DRAFT, POSTED) else None
    if condition.field == "reversed":
        return Sql(
            "t.id IN (SELECT r.reverses_id FROM journal_entry r "
            "WHERE r.reverses_id > 0 AND r.state || '' = 'posted')"
        )
    return None


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the journal keeps no past")


MAP = Map(column, _never, _never, own)


def gathered(condition: Compare) -> Sql:
    """Return a statement of the ids of the entries whose lines match, or their tags and links."""
    if dimension_sums.asked(condition.field):
        return dimension_sums.entry_ids(condition)
    test = _line_test(condition)
    if condition.field != "account":
        return Sql(f"SELECT r.entry_id FROM posting r WHERE {test.text}", test.params)
    # Each half has an index of its own.
    return Sql(
        f"SELECT r.entry_id FROM posting r WHERE {test.text} AND r.posted UNION ALL "
        f"SELECT r.entry_id FROM posting r WHERE {test.text} AND NOT r.posted",
        test.params * 2,
    )


def _line_test(condition: Compare) -> Sql:
    if condition.field == "amount":
        return _amount(condition.operator, condition.value)
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    marks = ", ".join("?" * len(values)) or "NULL"
    return Sql(f"r.{condition.field}_id IN ({marks})", values)


def _amount(operator: str, value: object) -> Sql:
    """Return the test of a line's amount without its sign, digits of each commodity apart."""
    wanted = value if isinstance(value, tuple) else (value,)
    pieces, params = [], []
    for digits in _digits():
        here = f"r.commodity_id + 0 IN (SELECT id FROM commodity WHERE precision = {digits})"
        for one in wanted:
            text, bounds = _of_digits(operator, Decimal(str(one)).scaleb(digits))
            pieces.append(f"({here} AND {text})")
            params += bounds
    return Sql(f"({' OR '.join(pieces)})" if pieces else "1 = 0", tuple(params))


def _of_digits(operator: str, bound: Decimal) -> tuple[str, list[int]]:
    """Return the test against a bound in smallest units, which need not be whole."""
    low = int(bound.to_integral_value(ROUND_FLOOR))
    high = int(bound.to_integral_value(ROUND_CEILING))
    if operator in ("=", "in"):
        return ("r.amount IN (?, ?)", [low, -low]) if low == high else ("1 = 0", [])
    if operator in (">", ">="):
        least = low + 1 if operator == ">" else high
        return "(r.amount >= ? OR r.amount <= ?)", [least, -least]
    most = high - 1 if operator == "<" else low
    return "r.amount BETWEEN ? AND ?", [-most, most]


def _digits() -> list[int]:
    rows = connection.fetch("SELECT DISTINCT precision FROM commodity ORDER BY precision")
    return [row[0] for row in rows]


def _match(words: Words) -> Sql:
    """Return the full-text condition on payee, description, code and comment."""
    if connection.engine() == "sqlite":
        text = search.fts5_text(words)
        found = "t.id IN (SELECT rowid FROM entry_search WHERE entry_search MATCH ?)"
    else:
        text = search.tsquery_text(words)
        found = f"{DOCUMENT} @@ to_tsquery('simple', ?)"
        if words.column and text:
            texts = [f"t.{name}" if name == words.column else "''" for name in TEXTS]
            again = f"entry_document({', '.join(texts)}) @@ to_tsquery('simple', ?)"
            return Sql(f"({found} AND {again})", (text, text))
    return Sql(found, (text,)) if text else Sql("1 = 1")
