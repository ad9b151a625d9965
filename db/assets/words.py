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


class Match(NamedTuple):
    """A search for words; the search table is `s`, the assets are `t`.

    Attributes:
        text: The value of the one `?`, which stands in `table` and `alone`, or in `sql`.
        alone: What to select from to find the search rows alone.
        table: The same, led by the search, with the assets.
        key: The asset's id.
        sql: The condition.
        rank: The lower, the better.
    """

    text: str
    alone: str
    table: str
    key: str
    sql: str
    rank: str


def match(words: Words) -> Match | None:
    """Return how words are looked for; None asks for nothing."""
    if connection.engine() == "sqlite":
        text, alone = search.fts5_text(words), "asset_search s"
        found = Match(
            text, alone, f"{alone} CROSS JOIN asset t ON t.id = s.rowid", "s.rowid",
            "s.asset_search MATCH ?", "s.rank",
        )  # fmt: skip
    else:
        text = search.tsquery_text(words)
        alone = "to_tsquery('simple', ?) w CROSS JOIN asset_search s"
        found = Match(
            text, alone, f"{alone} JOIN asset t ON t.id = s.asset_id", "s.asset_id",
            "s.document @@ w", "(-ts_rank(s.document, w))::float8",
        )  # fmt: skip
    return found if text else None


def gathered(words: Words) -> Sql | None:
    """Return a statement of the ids of assets with some words; None asks for nothing."""
    found = match(words)
    if found is None:
        return None
    return Sql(f"SELECT {found.key} FROM {found.alone} WHERE {found.sql}", (found.text,))


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
