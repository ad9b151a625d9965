"""Balance sheet: what is owned and owed on a day, natural signs (all sides positive).

The result of years that are not closed stands in equity on a line of its own.
"""

from datetime import date, timedelta

from boconsole.language import _
from boconsole.ledger.statements import plans, proofs, spans, trees
from boconsole.ledger.statements.books import RESULT, Books
from boconsole.ledger.statements.shapes import (
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
from boconsole.ledger.statements.trees import Columns, of_kind
from boconsole.session import Session


def balance_sheet(
    session: Session,
    at: date | None = None,
    *,
    starts: date | None = None,
    compare: str = "none",
    currency: str = "",
) -> Statement:
    """Return the balance sheet at the end of a day.

    Args:
        session: Who asks.
        at: The day; by default the last one of the books.
        starts: Shows the balance sheet before this day too.
        compare: `previous` (the end of the month before), `year` (a year earlier), `budget` or
            `none`.
        currency: Convert all to it, at the rates of the day of each column.

    Raises:
        InvalidChangeError: The days or the comparison cannot be.
        UnknownCommodityError: There is no such currency.
    """
    books = Books(session, currency)
    first, last = spans.span(session, starts, at)
    budgeted = spans.checked(compare, spans.BESIDE) == spans.BUDGET
    columns = spans.day_columns(last, "none" if budgeted else compare)
    if starts is not None and first > date.min:
        columns = (*columns, spans.until("opening", first - timedelta(days=1)))
    sums: Columns = [books.span(column) for column in columns]
    remarks: tuple[str, ...] = ()
    if budgeted:
        planned = plans.of_day(session, books, columns[0])
        remarks = plans.remarks(session, columns[0], planned)
        columns, sums = plans.beside(columns, sums, planned)
    count = len(columns)
    booked = plans.unconverted(sums) if budgeted else sums
    assets = section("assets", _("Assets"), trees.rows(books, sums, of_kind("asset")), count)
    owed = section(
        "liabilities", _("Liabilities"), trees.rows(books, sums, of_kind("liability")), count
    )
    equity = section("equity", _("Equity"), _equity(books, sums, booked), count)
    loose = trees.unclassified(books, sums)
    return Statement(
        "balance-sheet", _("Balance sheet"), "natural", "amounts", columns,
        (assets, owed, equity, *loose),
        plans.proved(_proofs(books, columns, assets, owed, equity, loose)), books.precisions,
        currency, books.left(), trees.loose_paths(loose), remarks=remarks,
    )  # fmt: skip


def _equity(books: Books, sums: Columns, booked: Columns) -> list[Row]:
    rows = trees.rows(books, sums, of_kind("equity"))
    rows.append(line(_("Result not yet closed"), "result", [open_result(each) for each in sums]))
    return rows + trees.conversion(books, booked, 1)


def open_result(sums: trees.Sums) -> Cell:
    """Return what income exceeds expenses by, as far as no year was closed over it."""
    return opposite(trees.sum_of(sums, of_kind(*RESULT)))


def _proofs(
    books: Books,
    columns: tuple[Column, ...],
    assets: Section,
    owed: Section,
    equity: Section,
    loose: list[Section],
) -> list[Proof]:
    if loose:
        sentence = _("Assets and accounts that are not classified equal liabilities and equity.")
    else:
        sentence = _("Assets equal liabilities and equity.")
    return proofs.in_columns(
        books, columns, "assets-liabilities-equity", sentence,
        lambda place: total([assets.totals[place], *(each.totals[place] for each in loose)]),
        lambda place: total([owed.totals[place], equity.totals[place]]),
    )  # fmt: skip
