"""Income statement: what was earned and spent, natural signs; entries that close years are out."""

from datetime import date

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


def income_statement(
    session: Session,
    starts: date | None = None,
    ends: date | None = None,
    *,
    compare: str = "none",
    currency: str = "",
    where: str = "",
) -> Statement:
    """Return the income statement of a period.

    Args:
        session: Who asks.
        starts: First day; by default that of the books.
        ends: Last day; by default that of the books.
        compare: `previous`, `year`, `budget` or `none`; see `spans.period_columns`.
        currency: Convert all to it, at the rates of the last day of each column.
        where: Count lines of these tags and links alone; nothing is proved then.

    Raises:
        InvalidChangeError: The days or the comparison cannot be.
        UnknownCommodityError: There is no such currency.
    """
    books = Books(session, currency, where=where)
    budgeted = spans.checked(compare, spans.BESIDE) == spans.BUDGET
    days = spans.span(session, starts, ends)
    columns = spans.period_columns(*days, "none" if budgeted else compare)
    sums: Columns = [books.span(column, closings=False) for column in columns]
    remarks: tuple[str, ...] = ()
    if budgeted:
        planned = plans.of_period(books, columns[0])
        remarks = plans.remarks(session, columns[0], planned)
        columns, sums = plans.beside(columns, sums, planned)
    count = len(columns)
    income = section("income", _("Income"), trees.rows(books, sums, of_kind("income")), count)
    spent = section("expenses", _("Expenses"), trees.rows(books, sums, of_kind("expense")), count)
    net = [
        total([one, opposite(other)])
        for one, other in zip(income.totals, spent.totals, strict=True)
    ]
    result = Section("net-income", _("Net income"), (_net(net),), tuple(net))
    loose = trees.unclassified(books, sums)
    rest = trees.conversion(books, plans.unconverted(sums) if budgeted else sums, 1)
    more = [section("conversion", _("Conversion"), rest, count)] if rest else []
    return Statement(
        "income-statement", _("Income statement"), "natural", "amounts", columns,
        (income, spent, result, *loose, *more),
        () if where else plans.proved(_proofs(books, columns, net, sums, rest, bool(loose))),
        books.precisions, currency, books.left(), trees.loose_paths(loose),
        remarks=(*books.remarks, *remarks),
    )  # fmt: skip


def _net(cells: list[Cell]) -> Row:
    return line(_("Net income"), "result", cells)


def _proofs(
    books: Books,
    columns: tuple[Column, ...],
    net: list[Cell],
    sums: Columns,
    rest: list[Row],
    loose: bool,
) -> list[Proof]:
    """Prove the result from the other side: what the other accounts have gained."""
    if loose:
        sentence = _(
            "Net income equals what assets, liabilities, equity and accounts that are not "
            "classified have changed by."
        )
    elif rest:
        sentence = _(
            "Net income and the difference of conversion equal what assets, liabilities and "
            "equity have changed by."
        )
    else:
        sentence = _("Net income equals what assets, liabilities and equity have changed by.")
    return proofs.in_columns(
        books, columns, "net-income", sentence,
        lambda place: total([net[place], *(row.own[place] for row in rest)]),
        lambda place: trees.sum_of(sums[place], lambda account: account.kind not in RESULT),
    )  # fmt: skip
