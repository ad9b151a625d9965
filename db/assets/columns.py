"""Where the fields of assets are stored, for conditions and orders.

The asset is `t`; rows that hang on it are `r`. A holder is asked for as `person:7`, `place:7` or
`asset:7`.
"""

from db.assets import words
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import Changed, Compare, Was, Words
from db.tickets import columns as audited

FEATURE = "asset"
"""How the audit trail, notifications and presence call this feature."""
IS_ACTIVE = Compare("active", "=", True)
HOLDERS = {"person": "holder_contact_id", "place": "holder_place_id", "asset": "holder_asset_id"}


def _plain(sql: str, *, nullable: bool = False, zero: object = 0) -> Column:
    return Column(f"t.{sql}", nullable, zero=zero)


def _grouping(sql: str) -> Column:
    """Return a column that many assets share."""
    return Column(f"t.{sql}", nullable=True, zero=0, loose=f"(t.{sql} + 0)")


def _hanging(table: str, sql: str, also: str = "", key: str = "r.asset_id") -> Column:
    return Column(f"r.{sql}", False, f"{table} r", key, "t.id", also)


COLUMNS: dict[str, Column] = {
    "id": _plain("id"),
    "active": _plain("active"),
    "hidden_active": Column("(t.active IS TRUE)"),
    "tag": _plain("tag", zero=""),
    "hidden_tag": Column("(t.tag || '')", zero=""),
    "name": _plain("name", zero=""),
    "serial": _plain("serial", zero=""),
    "host": _plain("host", zero=""),
    "state": Column("t.state", zero="", loose="(t.state || '')", scattered=True),
    "condition": _plain("condition", zero=""),
    "category": _grouping("category_id"),
    "kind": Column("r.kind", False, "asset_category r", "r.id", "t.category_id"),
    "model": _grouping("model_id"),
    "maker": Column("r.manufacturer", False, "asset_model r", "r.id", "t.model_id"),
    "model.name": Column("r.name", False, "asset_model r", "r.id", "t.model_id"),
    "place": _grouping("place_id"),
    "organisation": _plain("organisation_id", nullable=True),
    "supplier": _plain("supplier_id", nullable=True),
    "order": _plain("order_number", zero=""),
    "bought": _plain("bought_on", nullable=True),
    "warranty": _plain("warranty_on", nullable=True),
    "end": _plain("end_of_life_on", nullable=True),
    "expected": _plain("expected_on", nullable=True),
    "held": _plain("held_since", nullable=True),
    "holder.name": Column("r.name", False, "contact r", "r.id", "t.holder_contact_id"),
    "holder.email": Column("r.email", False, "contact r", "r.id", "t.holder_contact_id"),
    "holder.org": Column("r.organisation_id", False, "contact r", "r.id", "t.holder_contact_id"),
    "acceptance": _hanging("asset_holding", "acceptance", "r.until_at IS NULL"),
    "past": _hanging("asset_holding", "contact_id"),
    "ip": _hanging("asset_address", "key"),
    "mac": _hanging("asset_interface", "mac"),
    "ticket": _hanging("ticket_asset", "ticket_id"),
    "fixed": _plain("fixed_asset_id", nullable=True),
    "invoice": _plain("invoice_id", nullable=True),
    "key": _plain("external_key", nullable=True),
    "created": _plain("created_at"),
    "updated": _plain("updated_at"),
}


def column(name: str) -> Column:
    """Return where a field is stored; `cf.ID.text` and `cf.ID.number` are custom values.

    Raises:
        UnknownColumnError: There is no such field.
    """
    found = COLUMNS.get(name)
    if found is not None:
        return found
    prefix, _, rest = name.partition(".")
    key, _, part = rest.partition(".")
    if prefix == "cf" and key.isdecimal() and part in ("text", "number"):
        return _hanging("asset_value", part, f"r.field_id = {int(key)}")
    raise UnknownColumnError(name)


def own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of what is no plain column, or None."""
    if isinstance(condition, Words):
        found = words.gathered(condition)
        return Sql(f"t.id IN ({found.text})", found.params) if found else Sql("1 = 1")
    if condition.field != "holder":
        return None
    if condition.operator == "empty":
        return Sql("t.holder_kind = ''")
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    pieces, params = [], []
    for value in values:
        kind, _, key = str(value).partition(":")
        pieces.append(f"t.{HOLDERS[kind]} = ?")
        params.append(int(key))
    return Sql(f"({' OR '.join(pieces)})" if pieces else "1 = 0", tuple(params))


def was(condition: Was) -> Sql:
    """Return the SQL of what a field was, by the audit trail.

    Of the state, the present one counts where nothing changed it since.
    """
    past = audited.was_audited(condition, FEATURE)
    if condition.field != "state" or condition.start is None:
        return past
    after = condition.start if condition.end is None else condition.end - 1
    since = changed(Changed("state", after + 1))
    marks = ", ".join("?" * len(condition.values))
    return Sql(
        f"({past.text} OR (t.state IN ({marks}) AND t.created_at <= ? AND NOT ({since.text})))",
        (*past.params, *condition.values, after, *since.params),
    )


def changed(condition: Changed) -> Sql:
    """Return the SQL of a field having been changed in a time."""
    return audited.changed(condition, FEATURE)


def _column_walking(name: str) -> Column:
    """Return the same, hidden from the index of those that many assets share."""
    found = column(name)
    return found._replace(sql=found.loose) if found.loose else found


MAP = Map(column, was, changed, own)
WALKING = Map(_column_walking, was, changed, own)
