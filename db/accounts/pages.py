"""Lists of accounts: pages and counts of a selection."""

from db import connection
from db.accounts.records import COLUMNS, AccountRow, rows_of
from db.compiling import LIKE_SPECIAL, Column, Map, Sql, UnknownColumnError, where
from db.conditions import Changed, Compare, Condition, Selection, Was, Words
from db.keyset import Key, Source
from db.listing import Listing, Page

AccountPage = Page[AccountRow]
OF_TEAMS = "queue_member m JOIN queue q ON q.id = m.queue_id AND q.active"
FIELDS = {
    "id": Column("t.id"),
    "login": Column("t.login", zero=""),
    "name": Column("t.name", zero=""),
    "email": Column("t.email", zero=""),
    "active": Column("t.active"),
    "signed_in": Column("t.signed_in_at", nullable=True),
    "created": Column("t.created_at"),
    "role": Column("r.role", table="user_role r", key="r.user_id"),
    "team": Column("q.name", table=OF_TEAMS, key="m.user_id"),
    "key": Column("k.id", table="user_key k", key="k.user_id"),
    "code": Column("c.user_id", table="user_code c", key="c.user_id"),
    "password": Column("p.user_id", table="user_password p", key="p.user_id"),
    "must_change": Column("p.must_change", table="user_password p", key="p.user_id"),
}
SORTS = ("login", "name", "email", "signed_in", "created")


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in FIELDS:
        raise UnknownColumnError(name)
    return FIELDS[name]


def own(condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of words, which are looked for in login, name and address."""
    if not isinstance(condition, Words):
        return None
    like = "LIKE" if connection.engine() == "sqlite" else "ILIKE"
    texts = (*condition.words, *condition.phrases)
    piece = " OR ".join(f"t.{name} {like} ? ESCAPE '\\'" for name in ("login", "name", "email"))
    params = [f"%{text.translate(LIKE_SPECIAL)}%" for text in texts for _field in range(3)]
    return Sql(" AND ".join([f"({piece})"] * len(texts)) or "1 = 1", tuple(params))


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the list of accounts has no past")


MAP = Map(column, _never, _never, own)


def _where(condition: Condition) -> Sql:
    return where(condition, MAP)


def _keys(selection: Selection) -> tuple[Key, ...]:
    keys = [
        Key(order.field, column(order.field).sql, order.descending,
            nullable=column(order.field).nullable, zero=column(order.field).zero)
        for order in selection.order
        if order.field in SORTS
    ] or [Key("login", "t.login", zero="")]  # fmt: skip
    return (*keys, Key("id", "t.id", keys[0].descending))


ACCOUNTS = Listing(
    Source("user_account t", COLUMNS, "JOIN user_account u ON u.id = p.id"), _where, _keys, rows_of
)
page, page_around, count = ACCOUNTS.page, ACCOUNTS.page_around, ACCOUNTS.count
