"""Lists of contracts and of obligations: pages and counts, each at the cost of a page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from db import compiling
from db.compiling import Column, Map, Sql, UnknownColumnError
from db.conditions import Changed, Compare, Condition, Selection, Was, Words
from db.keyset import Key, Source
from db.listing import Listing
from db.projects import statements
from db.registry import contracts
from db.registry.rows import ContractRow, ObligationRow

RowT = TypeVar("RowT", ContractRow, ObligationRow)
CONTRACTS = {
    "number": Column("t.id"),
    "title": Column("t.title", zero=""),
    "state": Column("t.state"),
    "kind": Column("t.kind"),
    "renewal": Column("t.renewal"),
    "owner": Column("t.owner_id", nullable=True),
    "organisation": Column("t.organisation_id", nullable=True),
    "contact": Column("t.contact_id", nullable=True),
    "reference": Column("t.reference", zero=""),
    "signed": Column("t.signed_on", nullable=True),
    "start": Column("t.start_on"),
    "end": Column("t.end_on", nullable=True),
    "notice": Column("t.notice_on", nullable=True),
    "term": Column("t.term"),
    "updated": Column("t.updated_at"),
    "open": Column("r.contract_id", False, "obligation r", "r.contract_id",
                   also="r.state = 'open'"),
}  # fmt: skip
DUTIES = {
    "number": Column("t.id"),
    "title": Column("t.title", zero=""),
    "state": Column("t.state"),
    "side": Column("t.side"),
    "owner": Column("t.owner_id", nullable=True),
    "contract": Column("t.contract_id"),
    "due": Column("t.due_on"),
    "done": Column("t.done_on", nullable=True),
}
OF_CONTRACTS = (
    "t.title", "t.reference", "t.note",
    "(SELECT o.name FROM organisation o WHERE o.id = t.organisation_id)",
    "(SELECT c.name FROM contact c WHERE c.id = t.contact_id)",
)  # fmt: skip
OF_DUTIES = (
    "t.title", "t.note", "(SELECT c.title FROM contract c WHERE c.id = t.contract_id)",
)  # fmt: skip
"""Texts that words are looked for in."""


class Kind(NamedTuple):
    """What a list is of.

    Attributes:
        columns: Field to column.
        texts: What words are looked for in.
        first: The order where nobody asks for another.
    """

    columns: Mapping[str, Column]
    texts: tuple[str, ...]
    first: Key


def _column(kind: Kind, name: str) -> Column:
    if name not in kind.columns:
        raise UnknownColumnError(name)
    return kind.columns[name]


def _never(_condition: Was | Changed) -> Sql:
    raise UnknownColumnError("the past of contracts is in the trail")


def _own(kind: Kind, condition: Compare | Words, _gather: bool) -> Sql | None:
    """Return the SQL of words: each one stands in some text of the record."""
    if not isinstance(condition, Words):
        return None
    pieces, params = [], []
    for word in (*condition.words, *condition.phrases):
        tests = " OR ".join(
            f"lower(coalesce({text}, '')) LIKE ? ESCAPE '\\'" for text in kind.texts
        )
        pieces.append(f"({tests})")
        params += [f"%{word.lower().translate(compiling.LIKE_SPECIAL)}%"] * len(kind.texts)
    return Sql(" AND ".join(pieces) or "1 = 1", tuple(params))


def _where(columns: Map, condition: Condition) -> Sql:
    return compiling.where(condition, columns)


def _keys(kind: Kind, selection: Selection) -> tuple[Key, ...]:
    keys: list[Key] = []
    for order in selection.order:
        stored = _column(kind, order.field)
        keys.append(Key(order.field, stored.sql, order.descending, stored.nullable, stored.zero))
        if order.field == "number":
            return tuple(keys)
    keys = keys or [kind.first]
    return (*keys, Key("number", "t.id", keys[-1].descending))


def _rows(row: type[RowT], rows: Sequence[tuple[Any, ...]]) -> list[RowT]:
    return [statements.row_of(row, each) for each in rows]


def _listing(kind: Kind, source: Source, row: type[RowT]) -> Listing[RowT]:
    columns = Map(partial(_column, kind), _never, _never, partial(_own, kind))
    return Listing(source, partial(_where, columns), partial(_keys, kind), partial(_rows, row))


LISTED: Listing[ContractRow] = _listing(
    Kind(CONTRACTS, OF_CONTRACTS, Key("updated", "t.updated_at", descending=True)),
    Source("contract t", contracts.LINES, f"JOIN contract a ON a.id = p.id {contracts.JOINS}"),
    ContractRow,
)
OWED: Listing[ObligationRow] = _listing(
    Kind(DUTIES, OF_DUTIES, Key("due", "t.due_on")),
    Source("obligation t", contracts.DUTY_LINES,
           f"JOIN obligation b ON b.id = p.id {contracts.DUTY_JOINS}"),
    ObligationRow,
)  # fmt: skip
