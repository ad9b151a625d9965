"""What is done to the grid of budgets: a cell, a row to the right, a year spread, last year copied.

Each returns the operation, by which it is undone; 0 where nothing was to change.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger import entering
from boconsole.ledger.budget_grid import GridRow, Year
from boconsole.ledger.budgets import later, natural, spread
from boconsole.ledger.entering import LineError, Typed
from boconsole.ledger.planning import Cell, write
from boconsole.money import EXACT, to_minor
from boconsole.session import Session
from db.ledger import budgets as stored

MOST_PERCENT = 1_000


def read_amount(text: str, row: GridRow) -> int:
    """Return a typed amount in smallest units; nothing is 0, which plans nothing.

    Thousands may be grouped as the language does.

    Raises:
        InvalidChangeError: It is no number.
        PrecisionError, AmountTooLargeError: It cannot be held.
    """
    code, digits = row.commodity.code, row.commodity.precision
    word = entering.with_commodity(text.strip() or "0", code, {code: digits})
    try:
        posting = entering.posting_of(Typed("x", word), 1)
    except LineError as error:
        raise InvalidChangeError("amount", error.reason) from error
    if posting.amount is None or posting.price is not None or posting.amount.commodity != code:
        raise InvalidChangeError(
            "amount", _("{text!r} is no amount in {commodity}").format(
                text=text[:40], commodity=code)
        )  # fmt: skip
    return to_minor(posting.amount.number, code, digits)


def read_percent(text: str) -> Decimal:
    """Return a typed per cent, `5`, `-2.5` or `5 %`; nothing is 0.

    Raises:
        InvalidChangeError: It is none.
    """
    word = text.strip().removesuffix("%").strip().replace(",", ".") or "0"
    try:
        number = Decimal(word)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not -100 <= number <= MOST_PERCENT:
        raise InvalidChangeError(
            "percent", _("{text!r} is no per cent from -100 to {most}").format(
                text=text[:20], most=MOST_PERCENT)
        )  # fmt: skip
    return number


def _cells(row: GridRow, year: Year, wanted: Sequence[int | None]) -> list[Cell]:
    """Return the cells of a row that shall be others; None leaves a month as it is."""
    return [
        Cell(row.account, row.commodity, month, seen, amount)
        for month, seen, amount in zip(year.months, row.planned, wanted, strict=True)
        if amount is not None
    ]


def set_cell(session: Session, row: GridRow, year: Year, place: int, minor: int) -> int:
    """Plan one month, by its place in the year; raises as `planning.write`."""
    wanted = [minor if at == place else None for at in range(len(row.planned))]
    return write(session, "budget.plan", _cells(row, year, wanted))


def fill_right(session: Session, row: GridRow, year: Year, place: int) -> int:
    """Plan what a month has for all later ones of the year; raises as `planning.write`."""
    wanted = [row.planned[place] if at > place else None for at in range(len(row.planned))]
    return write(session, "budget.fill", _cells(row, year, wanted))


def spread_year(session: Session, row: GridRow, year: Year, minor: int) -> int:
    """Plan a year's sum in twelve parts that sum to it; raises as `planning.write`."""
    return write(session, "budget.spread", _cells(row, year, spread(minor, len(row.planned))))


def copy_last_year(session: Session, rows: Sequence[GridRow], year: Year, percent: Decimal) -> int:
    """Plan what the accounts had in the year before and so many per cent more.

    The year of each account is rounded once, halves away from zero, and its months sum to it.
    """
    first = later(year.first, -12)
    months = Year(first).months
    ids = sorted({row.account.id for row in rows})
    had = {(line.account_id, line.commodity_id, line.month): line.amount
           for line in stored.select_actuals(months[0], months[-1], ids)}  # fmt: skip
    cells: list[Cell] = []
    for row in rows:
        amounts = [natural(row.account, had.get((row.account.id, row.commodity.id, month), 0))
                   for month in months]  # fmt: skip
        cells += _cells(row, year, raised(amounts, percent))
    return write(session, "budget.copy", cells)


def raised(amounts: Sequence[int], percent: Decimal) -> list[int]:
    """Return amounts raised by so many per cent, whole; they sum to the rounded raised sum."""
    factor = EXACT.add(1, EXACT.divide(percent, Decimal(100)))
    found, so_far, placed = [], 0, 0
    for amount in amounts:
        so_far += amount
        until = int(EXACT.multiply(Decimal(so_far), factor).quantize(1, ROUND_HALF_UP, EXACT))
        found.append(until - placed)
        placed += found[-1]
    return found
