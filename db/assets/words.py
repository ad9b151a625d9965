"""The words of assets in the full-text index: name, tag and numbers, model, note."""

from collections.abc import Iterable
from typing import NamedTuple

from db import connection, search
from db.compiling import Sql
from db.conditions import Words

FIELDS = ("name", "ident", "model", "note")


class Texts(NamedTuple):
    """What is indexed of an asset; `ident` is its tag, serial number and host name."""

    id: int
    name: str
    ident: str
    model: str
    note: str


def put_all(texts: Iterable[Texts]) -> None:
    """Index assets, in place of what was indexed before."""
    if connection.engine() == "sqlite":
        connection.executemany(
            f"INSERT OR REPLACE INTO asset_search (rowid, {', '.join(FIELDS)}) "
            "VALUES (?, ?, ?, ?, ?)",
            texts,
        )
        return
    parts = " || ".join(
        f"setweight(to_tsvector('simple', ?), '{search.WEIGHTS[name]}')" for name in FIELDS
    )
    connection.executemany(
        f"INSERT INTO asset_search (asset_id, document) VALUES (?, {parts}) "
        "ON CONFLICT (asset_id) DO UPDATE SET document = excluded.document",
        [
            (row.id, *(search.separated(text[: search.MAX_DOCUMENT]) for text in row[1:]))
            for row in texts
        ],
    )


def gathered(words: Words) -> Sql | None:
    """Return a statement of the ids of assets with some words; None asks for nothing."""
    if connection.engine() == "sqlite":
        text = search.fts5_text(words)
        found = "SELECT rowid FROM asset_search WHERE asset_search MATCH ?"
    else:
        text = search.tsquery_text(words)
        found = "SELECT asset_id FROM asset_search WHERE document @@ to_tsquery('simple', ?)"
    return Sql(found, (text,)) if text else None


TEXTS = (
    "SELECT t.id, t.name, t.tag || ' ' || t.serial || ' ' || t.host, "
    "coalesce(m.manufacturer || ' ' || m.name || ' ' || m.number, ''), t.note "
    "FROM asset t LEFT JOIN asset_model m ON m.id = t.model_id"
)


def refresh(ids: Iterable[int]) -> None:
    """Index assets as they are now."""
    wanted = list(ids)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = connection.fetch(f"{TEXTS} WHERE t.id IN ({marks})", part)
        put_all([Texts(*row) for row in rows])


def refresh_model(model_id: int) -> None:
    """Index the assets of a model as they are now."""
    rows = connection.fetch(f"{TEXTS} WHERE t.model_id = ?", (model_id,))
    put_all([Texts(*row) for row in rows])
