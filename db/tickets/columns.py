"""Where the fields of tickets are stored, for conditions and orders.

Fields are called as the query language calls them. The ticket is `t`; rows that hang on it
are `r`.
"""

from db import connection
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import Changed, Was

FEATURE = "ticket"
"""How the audit trail, notifications and presence call this feature."""


REOPENED = (
    "EXISTS (SELECT 1 FROM state_span a JOIN state_span b ON b.ticket_id = a.ticket_id "
    "AND (b.since, b.id) > (a.since, a.id) WHERE a.ticket_id = t.id "
    "AND a.state IN ('resolved', 'closed') AND b.state NOT IN ('resolved', 'closed', 'merged'))"
)
"""Whether a ticket was active again after it had been solved."""


def _plain(sql: str, *, nullable: bool = False, zero: object = 0) -> Column:
    return Column(f"t.{sql}", nullable, zero=zero)


def _hanging(table: str, sql: str, also: str = "", key: str = "r.ticket_id") -> Column:
    return Column(f"r.{sql}", False, f"{table} r", key, "t.id", also)


def _asking(sql: str) -> Column:
    return Column(f"r.{sql}", False, "contact r", "r.id", "t.requester_id")


def _about(sql: str, also: str = "") -> Column:
    """A column of the assets that a ticket is about."""
    table = "ticket_asset r JOIN asset a ON a.id = r.asset_id"
    return Column(sql, False, table, "r.ticket_id", "t.id", also)


COLUMNS: dict[str, Column] = {
    "number": _plain("id"),
    "active": _plain("active"),
    "subject": _plain("subject"),
    "state": Column("t.state", zero="", loose="(t.state || '')", scattered=True),
    "kind": _plain("kind", zero=""),
    "priority": _plain("priority"),
    "impact": _plain("impact"),
    "urgency": _plain("urgency"),
    "queue": _plain("queue_id", nullable=True),
    "assignee": Column("t.assignee_id", nullable=True, loose="(t.assignee_id + 0)"),
    "requester": _plain("requester_id", nullable=True),
    "organisation": _plain("organisation_id", nullable=True),
    "category": _plain("category_id", nullable=True),
    "created": _plain("created_at"),
    "updated": _plain("updated_at"),
    "due": _plain("due_at", nullable=True),
    "sla": _plain("sla_due_at", nullable=True),
    "sla.warn": _plain("sla_warn_at", nullable=True),
    "sla.state": _plain("sla_state"),
    "response.due": _plain("first_response_due_at", nullable=True),
    "response.state": _plain("first_response_state"),
    "reply.due": _plain("next_reply_due_at", nullable=True),
    "reply.state": _plain("next_reply_state"),
    "resolution.due": _plain("resolution_due_at", nullable=True),
    "resolution.state": _plain("resolution_state"),
    "wake": _plain("wake_at", nullable=True),
    "resolved": _plain("resolved_at", nullable=True),
    "closed": _plain("closed_at", nullable=True),
    "responded": _plain("responded_at", nullable=True),
    "waiting": _plain("waiting_since", nullable=True),
    "resolution": _plain("resolution"),
    "rating": _plain("rating", nullable=True),
    "spent": _plain("minutes_spent"),
    "channel": _plain("channel"),
    "key": _plain("external_key", nullable=True),
    "merged": _plain("merged_into_id", nullable=True),
    "policy": _plain("policy_id", nullable=True),
    "reopened": Column(REOPENED),
    "tag": _hanging("ticket_tag", "tag_id"),
    "watcher": _hanging("watcher", "user_id"),
    "parent": _hanging("ticket_link", "ticket_id", "r.kind = 'parent_of'", "r.other_id"),
    "child": _hanging("ticket_link", "other_id", "r.kind = 'parent_of'"),
    "blocker": _hanging(
        "ticket_link",
        "ticket_id",
        "r.kind = 'blocks' AND EXISTS "
        "(SELECT 1 FROM ticket b WHERE b.id = r.ticket_id AND b.active)",
        "r.other_id",
    ),
    "link": _hanging("ticket_link", "other_id"),
    "linked": _hanging("ticket_link", "ticket_id", key="r.other_id"),
    "requester.name": _asking("name"),
    "requester.email": _asking("email"),
    "requester.phone": _asking("phone"),
    "requester.org": _asking("organisation_id"),
    "requester.vip": _asking("vip"),
    "asset": _hanging("ticket_asset", "asset_id"),
    "asset.state": _about("a.state"),
    "asset.category": _about("a.category_id"),
    "asset.warranty": _about("a.warranty_on", "a.warranty_on IS NOT NULL"),
    "asset.end": _about("a.end_of_life_on", "a.end_of_life_on IS NOT NULL"),
    "asset.place": _about("a.place_id", "a.place_id IS NOT NULL"),
    "unread": _hanging(
        "notification",
        "user_id",
        f"r.feature = '{FEATURE}' AND r.read_at IS NULL",
        "r.record_id",
    ),
}


def column(name: str) -> Column:
    """Return where a field is stored.

    `cf.ID.text` and `cf.ID.number` are values of a custom field, `others.ID` is when people
    other than one user were last seen at a ticket.

    Raises:
        UnknownColumnError: There is no such field.
    """
    found = COLUMNS.get(name)
    if found is not None:
        return found
    prefix, _, rest = name.partition(".")
    key, _, part = rest.partition(".")
    if prefix == "cf" and key.isdecimal() and part in ("text", "number"):
        return _hanging("custom_value", part, f"r.field_id = {int(key)}")
    if prefix == "others" and key.isdecimal():
        also = f"r.feature = '{FEATURE}' AND r.user_id <> {int(key)}"
        return _hanging("presence", "seen_at", also, "r.record_id")
    raise UnknownColumnError(name)


def was(condition: Was) -> Sql:
    """Return the SQL of what a field was: states from their spans, others from the audit."""
    if condition.field == "state":
        return _was_state(condition)
    return was_audited(condition, FEATURE)


def _was_state(condition: Was) -> Sql:
    marks = ", ".join("?" * len(condition.values))
    text = f"EXISTS (SELECT 1 FROM state_span r WHERE r.ticket_id = t.id AND r.state IN ({marks})"
    if condition.start is None:
        return Sql(text + ")", condition.values)
    end = condition.start + 1 if condition.end is None else condition.end
    return Sql(
        text + " AND r.since < ? AND NOT EXISTS (SELECT 1 FROM state_span n "
        "WHERE n.ticket_id = t.id AND n.since <= ? AND (n.since, n.id) > (r.since, r.id)))",
        (*condition.values, max(end, condition.start + 1), condition.start),
    )


def was_audited(condition: Was, feature: str) -> Sql:
    """Return the SQL of a value that the trail knows of, for the records `t` of a feature.

    At a moment, the value is the one that the next change after it found; without such a
    change it is the present one, which the caller asks for. In a span, also one set there.
    """
    marks = ", ".join("?" * len(condition.values))
    old, new = _json(condition.field, 0), _json(condition.field, 1)
    lines = f"audit_entry r WHERE r.feature = '{feature}' AND r.record_id = t.id"
    start, end = condition.start, condition.end
    if start is None:
        return Sql(
            f"EXISTS (SELECT 1 FROM {lines} AND ({old} IN ({marks}) OR {new} IN ({marks})))",
            condition.values * 2,
        )
    at_start = Sql(
        f"(SELECT {old} FROM {lines} AND r.at > ? AND {_touches(condition.field)} "
        f"ORDER BY r.id LIMIT 1) IN ({marks})",
        (start, *condition.values),
    )
    if end is None:
        return at_start
    within = f"EXISTS (SELECT 1 FROM {lines} AND r.at >= ? AND r.at < ? AND {new} IN ({marks}))"
    return Sql(
        f"({at_start.text} OR {within})",
        (*at_start.params, start, end, *condition.values),
    )


def changed(condition: Changed, feature: str = FEATURE) -> Sql:
    """Return the SQL of a field having been changed in a time, for the records `t` of a feature."""
    text = f"r.feature = '{feature}' AND {_touches(condition.field)}"
    params: tuple[int, ...] = ()
    if condition.start is not None:
        text, params = text + " AND r.at >= ?", (*params, condition.start)
    if condition.end is not None:
        text, params = text + " AND r.at < ?", (*params, condition.end)
    if condition.start is not None:
        return Sql(f"t.id IN (SELECT r.record_id FROM audit_entry r WHERE {text})", params)
    return Sql(f"EXISTS (SELECT 1 FROM audit_entry r WHERE r.record_id = t.id AND {text})", params)


def _json(field: str, place: int) -> str:
    if connection.engine() == "sqlite":
        return f"CAST(json_extract(r.changes, '$.\"{field}\"[{place}]') AS text)"
    return f"(r.changes::json -> '{field}' ->> {place})"


def _touches(field: str) -> str:
    if connection.engine() == "sqlite":
        return f"json_type(r.changes, '$.\"{field}\"') IS NOT NULL"
    return f"(r.changes::json -> '{field}') IS NOT NULL"


def _column_walking(name: str) -> Column:
    """Return the same, but hide the state from the index of states."""
    return Column("(t.state || '')", zero="") if name == "state" else column(name)


MAP = Map(column, was, changed)
WALKING = Map(_column_walking, was, changed)
