"""Trial balance: what every account holds, debit positive and credit negative; the sum is zero."""

from datetime import date, timedelta

from boconsole.language import _
from boconsole.ledger.statements import plans, proofs, spans, trees
from boconsole.ledger.statements.books import Books
from boconsole.ledger.statements.shapes import Cell, Column, Row, Statement, line, section
from boconsole.ledger.statements.trees import Columns
from boconsole.session import Session


def trial_balance(
    session: Session,
    starts: date | None = None,
    ends: date | None = None,
    *,
    compare: str = "none",
    currency: str = "",
    where: str = "",
) -> Statement:
    """Return the trial balance at the end of a day.

    Args:
        session: Who asks.
        starts: Shows what accounts held before this day, and what was added since.
        ends: The last day; by default that of the books.
        compare: `budget` shows what was added since `starts`, by default since the fiscal year
            began, beside what was planned; entries that close years are out. Or `none`.
        currency: Convert all to it.
        where: Count lines of these tags and links alone; nothing is proved then.

    Raises:
        InvalidChangeError: The last day comes before the first.
        UnknownCommodityError: There is no such currency.
    """
    books = Books(session, currency, where=where)
    first, last = spans.span(session, starts, ends)
    remarks: tuple[str, ...] = ()
    booked: Columns
    if spans.checked(compare, ("none", spans.BUDGET)) == spans.BUDGET:
        moved = _moved(starts or plans.start_of_year(session, last), last)
        planned = plans.of_period(books, moved)
        remarks = plans.remarks(session, moved, planned)
        columns, sums = plans.beside([moved], [books.span(moved, closings=False)], planned)
        booked = plans.unconverted(sums)
    else:
        columns = _columns(first if starts else None, last)
        booked = sums = [books.span(column) for column in columns]
    rows = trees.rows(books, sums, lambda _account: True, natural=False)
    rows += trees.conversion(books, booked, -1)
    accounts = section("accounts", _("Accounts"), rows, len(columns))
    sides = _sides(rows, len(columns))
    return Statement(
        "trial-balance", _("Trial balance"), "debit", "amounts", columns,
        (accounts, section("sides", _("Sides"), sides, len(columns))),
        () if where else plans.proved(proofs.in_columns(
            books, columns, "debit-credit", _("What is on the debit side equals the credit side."),
            lambda place: sides[0].own[place],
            lambda place: sides[1].own[place],
        )),
        books.precisions, currency, books.left(),
        tuple(row.path for row in rows if row.account_id and not row.kind and any(
            cell.amounts or cell.values for cell in row.own)),
        remarks=(*books.remarks, *remarks),
    )  # fmt: skip


def _columns(starts: date | None, ends: date) -> tuple[Column, ...]:
    if starts is None:
        return (spans.until("balance", ends),)
    before = starts - timedelta(days=1)
    return (
        Column("opening", str(before), None, before),
        _moved(starts, ends),
        Column("closing", str(ends), None, ends),
    )


def _moved(starts: date, ends: date) -> Column:
    return Column("movement", f"{starts} - {ends}", starts, ends)


def _sides(rows: list[Row], columns: int) -> tuple[Row, Row]:
    debit, credit = [], []
    for place in range(columns):
        amounts = proofs.sides([row.own[place].amounts for row in rows])
        values = proofs.sides([row.own[place].values for row in rows])
        debit.append(Cell(amounts[0], values[0]))
        credit.append(Cell(amounts[1], values[1]))
    return line(_("Debit"), "sum", debit), line(_("Credit"), "sum", credit)
