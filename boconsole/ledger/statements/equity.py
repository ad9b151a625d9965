"""Changes in equity: from the start of a period to its end, natural signs.

Columns: at the start, result of the period, transfers by entries that close years, other
changes, at the end. The result not yet closed has a line of its own.
"""

from datetime import date, timedelta

from boconsole.language import _
from boconsole.ledger.statements import trees
from boconsole.ledger.statements.books import RESULT, Books
from boconsole.ledger.statements.position import open_result
from boconsole.ledger.statements.proofs import in_columns
from boconsole.ledger.statements.shapes import (
    NOTHING,
    Cell,
    Column,
    Proof,
    Row,
    Section,
    Statement,
    line,
    opposite,
    section,
    total,
)
from boconsole.ledger.statements.spans import span
from boconsole.ledger.statements.trees import Columns, of_kind
from boconsole.session import Session


def equity_changes(
    session: Session,
    starts: date | None = None,
    ends: date | None = None,
    *,
    currency: str = "",
) -> Statement:
    """Return how equity changed in a period.

    Args:
        session: Who asks.
        starts: First day; by default that of the books.
        ends: Last day; by default that of the books.
        currency: Convert all to it, at the rates of the last day.

    Raises:
        InvalidChangeError: The last day comes before the first.
        UnknownCommodityError: There is no such currency.
    """
    columns = _columns(*span(session, starts, ends))
    books = Books(session, currency, columns[-1].ends)
    held = (books.span(columns[0]), books.closings(columns[2]), books.span(columns[4]))
    whole = section("equity", _("Equity"), _rows(books, held), len(columns))
    loose = trees.unclassified(books, held)
    moved = [
        each._replace(rows=tuple(_moved(row) for row in each.rows),
                      totals=_other(each.totals)) for each in loose
    ]  # fmt: skip
    measure = "amounts" if currency else "values"
    return Statement(
        "equity-changes", _("Changes in equity"), "natural", measure, columns, (whole, *moved),
        tuple(_proofs(books, columns, whole, held)), books.precisions, currency, books.left(),
        trees.loose_paths(loose),
    )  # fmt: skip


def _columns(starts: date, ends: date) -> tuple[Column, ...]:
    before = starts - timedelta(days=1) if starts > date.min else starts
    return (
        Column("opening", _("At the start"), None, before),
        Column("result", _("Result"), starts, ends),
        Column("transfer", _("Transfers"), starts, ends),
        Column("other", _("Other changes"), starts, ends),
        Column("closing", _("At the end"), None, ends),
    )


def _rows(books: Books, held: Columns) -> list[Row]:
    """Return equity accounts, the open result, and what conversion leaves, in five columns."""
    rows = [_moved(row) for row in trees.rows(books, held, of_kind("equity"))]
    opening, transfer, closing = (open_result(sums) for sums in held)
    earned = total([closing, opposite(opening), opposite(transfer)])
    rows.append(
        line(_("Result not yet closed"), "result", (opening, earned, transfer, NOTHING, closing))
    )
    return rows + [_moved(row) for row in trees.conversion(books, (held[0], [], held[2]), 1)]


def _moved(row: Row) -> Row:
    return row._replace(own=_other(row.own), total=_other(row.total))


def _other(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return start, transfer and end with what else must have changed between them."""
    opening, transfer, closing = cells
    other = total([closing, opposite(opening), opposite(transfer)])
    return opening, NOTHING, transfer, other, closing


def _proofs(
    books: Books, columns: tuple[Column, ...], whole: Section, held: Columns
) -> list[Proof]:
    """Prove both ends against what is owned less what is owed, and the result by its accounts."""
    sentence = _("Equity equals what is owned less what is owed.")
    others = trees.of_kind("asset", "liability", "")
    found = [
        proof
        for place, sums in ((0, held[0]), (4, held[2]))
        for proof in in_columns(
            books, columns[place : place + 1], "equity", sentence,
            lambda _place, at=place: whole.totals[at],  # type: ignore[misc]  # bound now
            lambda _place, counted=sums: trees.sum_of(counted, others),  # type: ignore[misc]  # so
        )
    ]  # fmt: skip
    if not books.currency:
        earned = opposite(
            trees.sum_of(books.span(columns[1], closings=False), trees.of_kind(*RESULT))
        )
        told = _("The result equals income less expenses of the period.")
        found.append(Proof("result", told, "result", whole.totals[1].values, earned.values))
    return found
