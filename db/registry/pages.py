"""Lists of documents: pages and counts of a selection, each at the cost of a page.

Where words are asked for and no order, the best match comes first, as long as not too many match.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db import compiling, connection
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import All, Changed, Compare, Condition, Selection, Was, Words, conjuncts
from db.fields import number_of
from db.keyset import Cursor, Key, Source
from db.listing import Listing, Page
from db.registry import documents, words
from db.registry.rows import DocumentRow

RANKED = 2_000
"""Matches up to which the best come first when no order is asked for."""
RANK = "rank"
COLUMNS = {
    "number": Column("t.id"),
    "title": Column("t.title", zero=""),
    "state": Column("t.state"),
    "level": Column("t.level"),
    "class": Column("t.class_id", nullable=True),
    "owner": Column("t.owner_id", nullable=True),
    "author": Column("r.added_by_id", False, "document_version r", "r.document_id"),
    "organisation": Column("t.organisation_id", nullable=True),
    "contact": Column("t.contact_id", nullable=True),
    "contract": Column("t.contract_id", nullable=True),
    "reference": Column("t.reference", zero=""),
    "amount": Column("t.amount", nullable=True),
    "dated": Column("t.dated_on", nullable=True),
    "expires": Column("t.expires_on", nullable=True),
    "review": Column("t.review_on", nullable=True),
    "approved": Column("t.approved_on", nullable=True),
    "closed": Column("t.closed_on", nullable=True),
    "due": Column("t.due_on", nullable=True),
    "then": Column("t.due_then"),
    "versions": Column("t.latest"),
    "created": Column("t.created_at"),
    "updated": Column("t.updated_at"),
    "proposed": Column(
        "r.document_id", False, "destruction_line r JOIN destruction d ON d.id = r.destruction_id "
        "AND d.state = 'proposed'", "r.document_id",
    ),
    "tag": Column("r.tag_id", False, "document_tag r", "r.document_id"),
    "reader": Column("r.user_id", False, "document_reader r", "r.document_id"),
    "text": Column(
        "r.text_state", False, "document_version r JOIN document d ON d.id = r.document_id "
        "AND d.latest = r.number", "r.document_id",
    ),
    "reviewer": Column(
        "r.user_id", False, "document_review r JOIN document d ON d.id = r.document_id "
        "AND d.round = r.round AND d.state = 'review'", "r.document_id", also="r.decision = ''",
    ),
}  # fmt: skip
DocumentPage = Page[DocumentRow]


def column(name: str) -> Column:
    """Return where a field is stored; raises UnknownColumnError."""
    if name not in COLUMNS:
        raise UnknownColumnError(name)
    return COLUMNS[name]


def _own(day: date) -> compiling.Own:
    """Return the SQL of words and of holds; all else is a plain column."""

    def own(condition: Compare | Words, _gather: bool) -> Sql | None:
        if isinstance(condition, Words):
            found = words.gathered(condition)
            return Sql(f"t.id IN ({found.text})", found.params) if found else Sql("1 = 1")
        if condition.field == "held":
            return Sql(documents.HELD.format(id="t.id", today=number_of(day)))
        if condition.field == "undated":
            return Sql("(t.due_on IS NULL AND t.due_then <> '')")
        return None

    return own


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the past of documents is in the trail")


class Pages:
    """Lists of documents as of a day.

    Args:
        day: On which legal holds are looked at.
    """

    def __init__(self, day: date) -> None:
        self._day = day
        self._map = Map(column, _never, _never, _own(day))

    def page(
        self, selection: Selection, after: Cursor | None, limit: int, *, backwards: bool = False
    ) -> DocumentPage:
        """Return the documents behind a position (before it, when reading backwards).

        Raises:
            CursorError: The position belongs to a list in another order.
        """
        ranked = after is not None and RANK in after.names
        return self._listing(selection, ranked if after else None).page(
            selection, after, limit, backwards=backwards
        )

    def page_around(
        self, selection: Selection, document_id: int, limit: int
    ) -> DocumentPage | None:
        """Return the documents around one; None when the selection does not have it."""
        return self._listing(selection, None).page_around(selection, document_id, limit)

    def count(self, selection: Selection, cap: int) -> int:
        """Return how many documents match, at most `cap` + 1."""
        return self._listing(selection._replace(order=()), False).count(selection, cap)

    def which(self, condition: Condition, ids: Sequence[int]) -> set[int]:
        """Return those of some documents for which a condition holds."""
        found = compiling.where(condition, self._map)
        marks = ", ".join("?" * len(ids)) or "NULL"
        rows = connection.fetch(
            f"SELECT t.id FROM document t WHERE t.id IN ({marks}) AND {found.text}",
            (*ids, *found.params),
        )
        return {row[0] for row in rows}

    def by_class(self, condition: Condition) -> dict[int, int]:
        """Return how many documents for which a condition holds each class has."""
        found = compiling.where(condition, self._map)
        rows = connection.fetch(
            "SELECT t.class_id, count(*) FROM document t WHERE t.class_id IS NOT NULL "
            f"AND {found.text} GROUP BY t.class_id",
            found.params,
        )
        return dict(rows)

    def _listing(self, selection: Selection, ranked: bool | None) -> Listing[DocumentRow]:
        """Return how a selection is listed; `ranked` None lets the number of matches decide."""
        parts = conjuncts(selection.where)
        asked = next((part for part in parts if isinstance(part, Words)), None)
        text = words.match(asked) if asked is not None and not selection.order else None
        if asked is None or text is None or ranked is False:
            return self._plain()
        if ranked is None and _matches(asked) > RANKED:
            return self._plain()
        key = f"s.{words.key()}"
        sqlite = connection.engine() == "sqlite"
        table = f"{text.source} CROSS JOIN document t" if sqlite else (
            f"{text.source} JOIN document t ON t.id = {key}"
        )  # fmt: skip
        rest = All(tuple(part for part in parts if part is not asked))

        def where(_condition: Condition) -> Sql:
            found = compiling.where(rest, self._map)
            join = f" AND t.id = {key}" if sqlite else ""
            return Sql(f"{text.sql} AND {found.text}{join}", (text.text, *found.params))

        keys = (Key(RANK, text.rank, zero=0.0), Key("number", "t.id"))
        return Listing(self._source(table), where, lambda _selection: keys, _rows)

    def _plain(self) -> Listing[DocumentRow]:
        return Listing(
            self._source("document t"), lambda condition: compiling.where(condition, self._map),
            _keys, _rows,
        )  # fmt: skip

    def _source(self, table: str) -> Source:
        joins = f"JOIN document a ON a.id = p.id {documents.JOINS}"
        return Source(table, documents.columns(self._day), joins)


def _matches(asked: Words) -> int:
    found = words.gathered(asked)
    if found is None:
        return 0
    rows = connection.fetch(
        f"SELECT count(*) FROM ({found.text} LIMIT ?) n", (*found.params, RANKED + 1)
    )
    return int(rows[0][0])


def _keys(selection: Selection) -> tuple[Key, ...]:
    keys: list[Key] = []
    for order in selection.order:
        stored = column(order.field)
        keys.append(Key(order.field, stored.sql, order.descending, stored.nullable, stored.zero))
        if order.field == "number":
            return tuple(keys)
    if not keys:
        keys.append(Key("updated", "t.updated_at", descending=True))
    return (*keys, Key("number", "t.id", keys[-1].descending))


def _rows(rows: Sequence[tuple[Any, ...]]) -> list[DocumentRow]:
    return [documents.row_of(row) for row in rows]
