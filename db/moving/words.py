"""The indexes of words, made again from the records that they are about.

Every index of words of the schema stands in `REBUILT`; one that does not is never left empty in
silence: `unknown` names it.
"""

from collections.abc import Callable, Iterator

from db import connection, search
from db.loading import CHUNK

BODIES = (
    "SELECT ticket_id, body FROM message WHERE ticket_id BETWEEN ? AND ? AND NOT withdrawn "
    "ORDER BY ticket_id, at, id"
)
TICKET = {
    "sqlite": "INSERT INTO ticket_search (rowid, subject, body) VALUES (?, ?, ?)",
    "postgresql": "INSERT INTO ticket_search (ticket_id, document) VALUES (?, "
    "setweight(to_tsvector('simple', ?), 'A') || setweight(to_tsvector('simple', ?), 'B'))",
}
INVOICE_TEXTS = (
    "SELECT i.id, i.partner_name, i.reference, l.text, i.note FROM invoice i "
    "LEFT JOIN invoice_line l ON l.invoice_id = i.id WHERE i.id BETWEEN ? AND ? "
    "ORDER BY i.id, l.position, l.id"
)
INVOICE = {
    "sqlite": "INSERT INTO invoice_search (rowid, partner, reference, lines, note) "
    "VALUES (?, ?, ?, ?, ?)",
    "postgresql": "INSERT INTO invoice_search (invoice_id, document) VALUES (?, "
    + " || ".join(
        f"setweight(to_tsvector('simple', ?), '{search.WEIGHTS[name]}')"
        for name in ("partner", "reference", "lines", "note")
    )
    + ")",
}

ARTICLE_TAGS = (
    "SELECT l.article_id, t.name FROM article_tag l JOIN tag t ON t.id = l.tag_id "
    "WHERE l.article_id BETWEEN ? AND ? ORDER BY l.article_id, t.name"
)
ARTICLE_TEXTS = (
    "SELECT a.id, v.title, v.body FROM article a JOIN article_version v "
    "ON v.article_id = a.id AND v.number = CASE WHEN a.published > 0 THEN a.published "
    "ELSE a.latest END WHERE a.id BETWEEN ? AND ?"
)
ARTICLE = {
    "sqlite": "INSERT INTO article_search (rowid, subject, tags, body) VALUES (?, ?, ?, ?)",
    "postgresql": "INSERT INTO article_search (article_id, document) VALUES (?, "
    + " || ".join(f"setweight(to_tsvector('simple', ?), '{weight}')" for weight in "ABC")
    + ")",
}


def rebuild() -> None:
    """Fill every index of words from the records, in place of what it held."""
    for name in _indexes():
        REBUILT[name](name)


def clear() -> None:
    """Empty PostgreSQL's tables of words, whose rows refer to records."""
    if connection.engine() == "postgresql":
        for name in _indexes():
            _empty(name)


def unknown() -> list[str]:
    """Return the indexes of words that nothing here can fill."""
    return [name for name in _indexes() if name not in REBUILT]


def _indexes() -> list[str]:
    if connection.engine() == "sqlite":
        found = connection.fetch(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%fts5%' ORDER BY name"
        )
    else:
        found = connection.fetch(
            "SELECT table_name FROM information_schema.columns WHERE data_type = 'tsvector' "
            "AND table_schema = current_schema() ORDER BY table_name"
        )
    return [str(row[0]) for row in found]


def _empty(name: str) -> None:
    connection.execute(f"DELETE FROM {name}")


def _spans(table: str) -> Iterator[tuple[int, int]]:
    """Yield the ids of a table, some hundred at a time, the first and the last of each run."""
    last = 0
    while rows := connection.fetch(
        f"SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT ?", (last, CHUNK)
    ):
        yield rows[0][0], rows[-1][0]
        last = rows[-1][0]


def _tickets(name: str) -> None:
    _empty(name)
    for first, last in _spans("ticket"):
        bodies: dict[int, list[str]] = {}
        for ticket_id, body in connection.fetch(BODIES, (first, last)):
            bodies.setdefault(ticket_id, []).append(body)
        documents = [
            (number, subject, "\n".join(bodies.get(number, ())))
            for number, subject in connection.fetch(
                "SELECT id, subject FROM ticket WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
            )
        ]
        if connection.engine() == "postgresql":
            documents = [search.document(*document) for document in documents]
        connection.executemany(TICKET[connection.engine()], documents)


def _invoices(name: str) -> None:
    _empty(name)
    for first, last in _spans("invoice"):
        found: dict[int, tuple[str, str, list[str], str]] = {}
        for number, partner, reference, text, note in connection.fetch(
            INVOICE_TEXTS, (first, last)
        ):
            lines = found.setdefault(number, (partner, reference, [], note))[2]
            if text is not None:
                lines.append(text)
        documents = [
            (number, *_shown((partner, reference, " ".join(lines), note)))
            for number, (partner, reference, lines, note) in found.items()
        ]
        connection.executemany(INVOICE[connection.engine()], documents)


def _shown(texts: tuple[str, ...]) -> tuple[str, ...]:
    if connection.engine() == "sqlite":
        return texts
    return tuple(search.separated(text[: search.MAX_DOCUMENT]) for text in texts)


def _articles(name: str) -> None:
    _empty(name)
    for first, last in _spans("article"):
        tags: dict[int, list[str]] = {}
        for article_id, tag in connection.fetch(ARTICLE_TAGS, (first, last)):
            tags.setdefault(article_id, []).append(tag)
        documents = [
            (number, *_shown((title, " ".join(tags.get(number, ())), body[: search.MAX_DOCUMENT])))
            for number, title, body in connection.fetch(ARTICLE_TEXTS, (first, last))
        ]
        connection.executemany(ARTICLE[connection.engine()], documents)


def _assets(name: str) -> None:
    from db.assets import words

    _empty(name)
    for first, last in _spans("asset"):
        words.refresh(range(first, last + 1))


def _documents(name: str) -> None:
    from db.registry import words

    _empty(name)
    for first, last in _spans("document"):
        words.refresh(first, last)


def _by_triggers(name: str) -> None:
    """Fill an index that follows its records by triggers: they are made to look again."""
    _empty(name)
    records = name.removesuffix("_search")
    if connection.engine() == "sqlite":
        connection.execute(f"UPDATE {records} SET name = name")
    else:
        connection.execute(f"SELECT count({records}_find(id)) FROM {records}")


def _from_content(name: str) -> None:
    connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


REBUILT: dict[str, Callable[[str], None]] = {
    "ticket_search": _tickets,
    "invoice_search": _invoices,
    "entry_search": _from_content,
    "article_search": _articles,
    "asset_search": _assets,
    "document_search": _documents,
    "contact_search": _by_triggers,
    "organisation_search": _by_triggers,
}
