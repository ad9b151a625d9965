"""What the query language offers and looks up by name: ids for words, words for prefixes."""

from db import connection
from db.compiling import LIKE_SPECIAL


def find_queues(name: str) -> tuple[int, ...]:
    """Return the queue of a name, whatever its case."""
    return _ids("SELECT id FROM queue WHERE lower(name) = lower(?)", name)


def find_categories(path: str) -> tuple[int, ...]:
    """Return a category by path or own name, with all below it."""
    return _ids(
        "SELECT c.id FROM category c JOIN category top ON c.id = top.id "
        "OR substr(c.path, 1, length(top.path) + 3) = top.path || ' / ' "
        "WHERE lower(top.path) = lower(?) OR lower(top.name) = lower(?)",
        path,
        path,
    )


def find_users(word: str) -> tuple[int, ...]:
    """Return accounts by login, mail address or full name, whatever their case."""
    return _ids(
        "SELECT id FROM user_account WHERE lower(login) = lower(?) OR lower(name) = lower(?) "
        "OR (email <> '' AND lower(email) = lower(?))",
        word,
        word,
        word,
    )


def find_tags(name: str) -> tuple[int, ...]:
    """Return the tag of a name."""
    return _ids("SELECT id FROM tag WHERE name = ?", name.lower())


def find_organisations(name: str) -> tuple[int, ...]:
    """Return organisations by name or mail domain, whatever their case; merged ones as part."""
    if found := _numbered("org-", name):
        return found
    return _ids(
        "SELECT DISTINCT coalesce(merged_into_id, id) FROM organisation "
        "WHERE lower(name) = lower(?) OR domain = lower(?)",
        name,
        name,
    )


def find_contacts(word: str) -> tuple[int, ...]:
    """Return contacts by mail address or full name; at most 500."""
    if found := _numbered("con-", word):
        return found
    return _ids(
        "SELECT id FROM contact WHERE email = lower(?) UNION "
        "SELECT coalesce(merged_into_id, id) FROM contact WHERE name = ? UNION "
        "SELECT contact_id FROM contact_channel WHERE value = lower(?) AND kind = 'mail' "
        "AND contact_id IS NOT NULL LIMIT 500",
        word,
        word,
        word,
    )


def find_policies(name: str) -> tuple[int, ...]:
    """Return the service level policy of a name, whatever its case."""
    return _ids("SELECT id FROM sla_policy WHERE lower(name) = lower(?)", name)


def find_assets(word: str) -> tuple[int, ...]:
    """Return assets by tag, serial number or host name, whatever their case."""
    return _ids(
        "SELECT id FROM asset WHERE lower(tag) = lower(?) UNION "
        "SELECT id FROM asset WHERE lower(serial) = lower(?) AND serial <> '' UNION "
        "SELECT id FROM asset WHERE lower(host) = lower(?) AND host <> '' LIMIT 500",
        word,
        word,
        word,
    )


def find_asset_categories(name: str) -> tuple[int, ...]:
    """Return the category of assets with a name."""
    return _ids("SELECT id FROM asset_category WHERE lower(name) = lower(?)", name)


def find_asset_places(path: str) -> tuple[int, ...]:
    """Return a place by path or own name, with all below it."""
    return _ids(
        "SELECT c.id FROM place c JOIN place top ON c.id = top.id "
        "OR substr(c.path, 1, length(top.path) + 3) = top.path || ' / ' "
        "WHERE lower(top.path) = lower(?) OR lower(top.name) = lower(?)",
        path,
        path,
    )


def list_assets(start: str, limit: int) -> list[str]:
    """Return tags of active assets that start so."""
    return _names("asset", "tag", start, limit, "active")


def list_asset_categories(start: str, limit: int) -> list[str]:
    """Return categories of assets that start so."""
    return _names("asset_category", "name", start, limit, "active")


def list_asset_places(start: str, limit: int) -> list[str]:
    """Return paths of places that start so."""
    return _names("place", "path", start, limit)


def list_queues(start: str, limit: int) -> list[str]:
    """Return names of active queues that start so."""
    return _names("queue", "name", start, limit, "active")


def list_categories(start: str, limit: int) -> list[str]:
    """Return paths of categories that start so."""
    return _names("category", "path", start, limit)


def list_users(start: str, limit: int) -> list[str]:
    """Return logins of active accounts that start so."""
    return _names("user_account", "login", start, limit, "active")


def list_tags(start: str, limit: int) -> list[str]:
    """Return tags that start so."""
    return _names("tag", "name", start, limit)


def list_organisations(start: str, limit: int) -> list[str]:
    """Return names of organisations that start so."""
    return _names("organisation", "name", start, limit, "archived_at IS NULL")


def list_contacts(start: str, limit: int) -> list[str]:
    """Return mail addresses of contacts that start so."""
    return _names("contact", "email", start, limit, "email <> '' AND archived_at IS NULL")


def list_policies(start: str, limit: int) -> list[str]:
    """Return names of service level policies that start so."""
    return _names("sla_policy", "name", start, limit)


def _numbered(prefix: str, word: str) -> tuple[int, ...]:
    """Return the id of a number such as CON-12."""
    digits = word.lower().removeprefix(prefix)
    sound = digits != word.lower() and digits.isascii() and digits.isdecimal() and len(digits) < 10
    return (int(digits),) if sound else ()


def _ids(sql: str, *params: str) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.fetch(sql, params))


def _names(table: str, column: str, start: str, limit: int, also: str = "1 = 1") -> list[str]:
    rows = connection.fetch(
        f"SELECT {column} FROM {table} WHERE lower({column}) LIKE ? ESCAPE '\\' AND {also} "
        f"ORDER BY {column} LIMIT ?",
        (start.lower().translate(LIKE_SPECIAL) + "%", limit),
    )
    return [row[0] for row in rows]
