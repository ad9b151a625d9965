"""Lists of people and of organisations: pages and counts, each at the cost of a page.

The person or organisation is `t`.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from db import compiling, connection
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError
from db.conditions import Changed, Compare, Condition, Order, Selection, Was, Words
from db.contacts import words
from db.contacts.rows import Kind, OrganisationLine, PersonLine
from db.keyset import Key, Source
from db.listing import Listing

NUMBERS = "x.kind IN ('phone', 'mobile')"
IN_USE = Compare("archived", "empty")
PEOPLE_LINES = Source(
    "contact t",
    "c.id, c.version, c.name, c.title, coalesce(o.name, ''), c.email, "
    "CASE WHEN c.words <> '' THEN c.words ELSE c.phone END, c.vip, "
    "c.archived_at IS NOT NULL",
    "JOIN contact c ON c.id = p.id LEFT JOIN organisation o ON o.id = c.organisation_id",
)
ORGANISATION_LINES = Source(
    "organisation t",
    "o.id, o.version, o.name, o.kind, o.domain, o.email, "
    "CASE WHEN o.words <> '' THEN o.words ELSE o.phone END, coalesce(u.login, ''), "
    "(SELECT count(*) FROM (SELECT 1 FROM contact x WHERE x.organisation_id = o.id "
    "AND x.archived_at IS NULL LIMIT 1000) n), o.vip, o.archived_at IS NOT NULL",
    "JOIN organisation o ON o.id = p.id LEFT JOIN user_account u ON u.id = o.manager_id",
)
SHARED = {
    "id": Column("t.id"),
    "name": Column("t.name"),
    "vip": Column("t.vip"),
    "language": Column("t.language"),
    "archived": Column("t.archived_at", nullable=True),
    "merged": Column("t.merged_into_id", nullable=True),
    "created": Column("t.created_at"),
}
PEOPLE = SHARED | {
    "organisation": Column("t.organisation_id", nullable=True),
    "organisation.name": Column("r.name", False, "organisation r", "r.id", "t.organisation_id"),
    "title": Column("t.title"),
    "forgotten": Column("t.forgotten_at", nullable=True),
}
ORGANISATIONS = SHARED | {
    "kind": Column("t.kind"),
    "domain": Column("t.domain"),
    "country": Column("t.country"),
    "currency": Column("t.currency"),
    "tax_number": Column("t.tax_number"),
    "parent": Column("t.parent_id", nullable=True),
    "manager": Column("t.manager_id", nullable=True),
}
TEXTS = ("domain", "country", "currency", "tax_number", "title", "language")
"""Columns that are empty where they hold no text."""


def _tag(kind: Kind) -> Column:
    return Column("x.name", table="contact_tag x", key=f"x.{kind}_id")


def _column(kind: Kind, columns: dict[str, Column], name: str) -> Column:
    if name == "tag":
        return _tag(kind)
    if name not in columns:
        raise UnknownColumnError(name)
    return columns[name]


def _own(kind: Kind, condition: Compare | Words, _gather: bool) -> Sql | None:
    if isinstance(condition, Words):
        found = words.gathered(kind, condition)
        return Sql(f"t.id IN ({found.text})", found.params) if found else Sql("1 = 1")
    if condition.field == "email":
        return _mail(kind, condition)
    if condition.operator == "empty":
        return _empty(kind, condition.field)
    if condition.field in ("ways", "place", "note"):
        begun = Words((str(condition.value),), prefix=True, column=condition.field)
        return _own(kind, begun, _gather)
    if condition.field == "mail_domain":
        return _at(kind, str(condition.value))
    return None


def _empty(kind: Kind, field: str) -> Sql | None:
    """Return the test of having nothing where that is no plain NULL."""
    if field in TEXTS:
        return Sql(f"t.{field} = ''")
    if field == "ways":
        return Sql(
            f"(t.phone = '' AND NOT EXISTS (SELECT 1 FROM contact_channel x "
            f"WHERE x.{kind}_id = t.id AND {NUMBERS}))"
        )
    if field == "place":
        own = "t.address = '' AND " if kind == "organisation" else ""
        return Sql(f"({own}NOT EXISTS (SELECT 1 FROM contact_address x WHERE x.{kind}_id = t.id))")
    if field in ("note", "tag"):
        return Sql(f"NOT EXISTS (SELECT 1 FROM contact_{field} x WHERE x.{kind}_id = t.id)")
    return None


def _mail(kind: Kind, condition: Compare) -> Sql:
    """Return the test of mail addresses, the first and further ones."""
    if condition.operator == "empty":
        return Sql(
            f"(t.email = '' AND NOT EXISTS (SELECT 1 FROM contact_channel x "
            f"WHERE x.{kind}_id = t.id AND x.kind = 'mail'))"
        )
    value = str(condition.value)
    if condition.operator == "=":
        test, bound = "= ?", value
    else:
        test = "LIKE ? ESCAPE '\\'"
        end = "" if condition.operator == "ends" else "%"
        bound = "%" + value.lower().translate(LIKE_SPECIAL) + end
    return Sql(
        f"t.id IN (SELECT id FROM {kind} WHERE email {test} UNION ALL SELECT x.{kind}_id "
        f"FROM contact_channel x WHERE x.value {test} AND x.kind = 'mail' "
        f"AND x.{kind}_id IS NOT NULL)",
        (bound, bound),
    )


def _at(kind: Kind, domain: str) -> Sql:
    """Return the test of a mail domain: of the organisation, or of a person's addresses."""
    if kind == "contact":
        return _mail(kind, Compare("email", "ends", f"@{domain}"))
    return Sql(
        "t.id IN (SELECT id FROM organisation WHERE domain = ? UNION ALL "
        "SELECT x.organisation_id FROM contact_channel x WHERE x.value = ? AND x.kind = 'domain')",
        (domain, domain),
    )


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("lists of contacts keep no past")


def _map(kind: Kind, columns: dict[str, Column]) -> Map:
    return Map(partial(_column, kind, columns), _never, _never, partial(_own, kind))


def _keys(first: str, selection: Selection) -> tuple[Key, ...]:
    keys = [
        Key(order.field, "t.created_at" if order.field == "created" else f"t.{order.field}",
            order.descending, zero=0 if order.field == "created" else "")
        for order in selection.order or (Order(first),)
    ]  # fmt: skip
    return (*keys, Key("id", "t.id", keys[0].descending))


def _where(fields: Map) -> Callable[[Condition], Sql]:
    return lambda condition: compiling.where(condition, fields)


def _people(rows: Sequence[tuple[Any, ...]]) -> list[PersonLine]:
    return [
        PersonLine(*row)._replace(
            phone=row[6].partition("\n")[0], vip=bool(row[7]), archived=bool(row[8])
        )
        for row in rows
    ]


def _organisations(rows: Sequence[tuple[Any, ...]]) -> list[OrganisationLine]:
    return [
        OrganisationLine(*row)._replace(
            phone=row[6].partition("\n")[0], vip=bool(row[9]), archived=bool(row[10])
        )
        for row in rows
    ]


PEOPLE_LIST = Listing(
    PEOPLE_LINES, _where(_map("contact", PEOPLE)), partial(_keys, "name"), _people
)
ORGANISATION_LIST = Listing(
    ORGANISATION_LINES, _where(_map("organisation", ORGANISATIONS)), partial(_keys, "name"),
    _organisations,
)  # fmt: skip


def countries(start: str, limit: int) -> list[str]:
    """Return countries of organisations that start so."""
    rows = connection.fetch(
        "SELECT DISTINCT country FROM organisation WHERE country LIKE ? ORDER BY country LIMIT ?",
        (start.upper().translate(LIKE_SPECIAL) + "%", limit),
    )
    return [row[0] for row in rows if row[0]]
