"""What the query language offers and looks up by name: ids for words, words for prefixes."""

from db import connection
from db.assets import network, records
from db.compiling import LIKE_SPECIAL
from db.tickets.choices import find_asset_categories as find_categories
from db.tickets.choices import find_asset_places as find_places
from db.tickets.choices import find_contacts
from db.tickets.choices import list_asset_categories as list_categories
from db.tickets.choices import list_asset_places as list_places
from db.tickets.choices import list_assets as list_tags

MOST = 5_000
"""Addresses that a range stands for at most."""


def find_models(name: str) -> tuple[int, ...]:
    """Return models by name, number, or maker and name, whatever their case."""
    return _ids(
        "SELECT id FROM asset_model WHERE lower(name) = lower(?) OR "
        "(number <> '' AND lower(number) = lower(?)) OR "
        "lower(manufacturer || ' ' || name) = lower(?)",
        name, name, name,
    )  # fmt: skip


def find_holders(word: str) -> tuple[str, ...]:
    """Return people as tickets find them, places by path, and an asset by its tag."""
    people = [f"person:{key}" for key in find_contacts(word)]
    rows = connection.fetch(
        "SELECT 'place:' || id FROM place WHERE lower(path) = lower(?) UNION "
        "SELECT 'asset:' || id FROM asset WHERE lower(tag) = lower(?) LIMIT 500",
        (word, word),
    )
    return (*people, *(row[0] for row in rows))


def find_tag(word: str) -> tuple[int, ...]:
    """Return the asset of a tag."""
    return tuple(records.find_tags([word]).values())


def find_serial(word: str) -> tuple[int, ...]:
    """Return the assets of a serial number."""
    return tuple(records.find_serial(word))


def find_host(word: str) -> tuple[int, ...]:
    """Return the assets of a host name, their own or that of an address."""
    return tuple(
        dict.fromkeys(
            (
                *records.find_host(word),
                *_ids("SELECT asset_id FROM asset_address WHERE lower(host) = lower(?)", word),
            )
        )
    )


def find_between(first: str, last: str) -> tuple[str, ...]:
    """Return the keys of the addresses from one key to another."""
    return tuple(network.select_keys(first, last, MOST))


def list_models(start: str, limit: int) -> list[str]:
    """Return names of models that start so."""
    return _names("asset_model", "name", start, limit, "active")


def list_makers(start: str, limit: int) -> list[str]:
    """Return makers that start so."""
    return _names("asset_model", "manufacturer", start, limit, "manufacturer <> ''")


def list_holders(start: str, limit: int) -> list[str]:
    """Return names of people and paths of places that start so."""
    people = _names("contact", "name", start, limit)
    return [*people, *list_places(start, max(0, limit - len(people)))]


def list_hosts(start: str, limit: int) -> list[str]:
    """Return host names that start so."""
    return _names("asset", "host", start, limit, "host <> ''")


def _ids(sql: str, *params: str) -> tuple[int, ...]:
    return tuple(row[0] for row in connection.fetch(sql, params))


def _names(table: str, column: str, start: str, limit: int, also: str = "1 = 1") -> list[str]:
    rows = connection.fetch(
        f"SELECT DISTINCT {column} FROM {table} WHERE lower({column}) LIKE ? ESCAPE '\\' "
        f"AND {also} ORDER BY {column} LIMIT ?",
        (start.lower().translate(LIKE_SPECIAL) + "%", limit),
    )
    return [row[0] for row in rows]


__all__ = [
    "find_between", "find_categories", "find_holders", "find_host", "find_models", "find_places",
    "find_serial", "find_tag", "list_categories", "list_holders", "list_hosts", "list_makers",
    "list_models", "list_places", "list_tags",
]  # fmt: skip
