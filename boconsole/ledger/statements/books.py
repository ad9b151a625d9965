"""The books as statements read them: sums of accounts over some days, converted if asked for."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.ledger.balances import lines_of
from boconsole.ledger.errors import UnknownCommodityError
from boconsole.ledger.statements.rates import Rates
from boconsole.ledger.statements.shapes import (
    Cell,
    Column,
    Money,
    Unconvertible,
    total,
)
from boconsole.ledger.words import ADJUSTMENTS
from boconsole.session import Session
from db.ledger import charts
from db.ledger import statements as stored
from db.ledger.rows import AccountRow, BalanceRow, CommodityRow

RESULT = ("income", "expense")


class Sum(NamedTuple):
    """What lines add to an account; debit is positive. `month` such as 202611, or 0."""

    account: AccountRow
    cell: Cell
    month: int = 0


class Books:
    """The chart, the commodities, and the sums behind one statement.

    Attributes:
        precisions: Digits behind the point, by commodity.
        currency: What all is converted to; empty for none.
        where: Which lines count; empty for all.
        unconvertible: What was asked for and has no rate, by column, account and commodity.
        roundings: How many book values were converted, each to half a unit.
    """

    def __init__(
        self,
        session: Session,
        currency: str = "",
        at: date | None = None,
        where: str = "",
        *,
        anew: bool = False,
    ) -> None:
        """Read chart and commodities.

        Args:
            session: Who asks.
            currency: What all is converted to.
            at: The day of the rates for all columns; by default each has those of its last day.
            where: Count lines of these tags and links alone, as in `tag.project:apollo`.
            anew: What is held is valued by rates, as where all is converted: what closing rates
                added to it is no amount besides.

        Raises:
            QuerySyntaxError: `where` cannot be read.
            NotAllowedError: The reader may not see the books.
            UnknownCommodityError: There is no such currency in the books.
        """
        session.require("ledger.read")
        self.where = where
        self._lines = lines_of(session, where)
        known = commodities.by_code()
        if currency and currency not in known:
            raise UnknownCommodityError(currency)
        self.accounts = {row.id: row for row in charts.select_accounts()}
        self._commodities: dict[int, CommodityRow] = {row.id: row for row in known.values()}
        self.precisions = {row.code: row.precision for row in known.values()}
        self.currency = currency
        self.unconvertible: dict[tuple[str, str, str], int] = {}
        self.roundings = 0
        self._worth_alone = {
            key for key, row in self.accounts.items()
            if (currency or anew) and row.role in ADJUSTMENTS
        }  # fmt: skip
        self._at = at
        self._rates: dict[date, Rates] = {}
        self._months: dict[str, list[Sum]] = {}
        self._order = {
            row.id: place
            for place, row in enumerate(
                sorted(self.accounts.values(), key=lambda each: each.path.split(":"))
            )
        }

    def span(self, column: Column, *, closings: bool = True) -> list[Sum]:
        """Return what the days of a column add to accounts, by path.

        Args:
            column: Which days; rates are those of its last one.
            closings: Count entries that close years.
        """
        if self._lines is not None:
            from db.ledger import dimension_sums  # models, and another half of a start

            found = dimension_sums.select_sums(
                self._lines, column.starts, column.ends, most=1, closings=closings
            )
            return self._sums(column, [(0, row) for _month, row in found])
        rows = [(0, row) for row in stored.select_span(column.starts, column.ends)]
        if not closings:
            rows += [(0, _opposite(each.sum)) for each in self._closings(column)]
        return self._sums(column, rows)

    def months(self, column: Column) -> list[Sum]:
        """Return the same month by month, without entries that close years; read once."""
        if column.key in self._months:
            return self._months[column.key]
        rows = [(each.month, each.sum)
                for each in stored.select_by_month(column.starts, column.ends)]  # fmt: skip
        rows += [(each.month, _opposite(each.sum)) for each in self._closings(column)]
        self._months[column.key] = self._sums(column, rows)
        return self._months[column.key]

    def closings(self, column: Column) -> list[Sum]:
        """Return what entries that close years add to accounts."""
        return self._sums(column, [(0, each.sum) for each in self._closings(column)])

    def counter(self, column: Column, cash: Sequence[int]) -> list[Sum]:
        """Return the lines opposite to those of some accounts, by account and month."""
        starts = column.starts or date.min
        rows = stored.select_counter_sums(cash, starts, column.ends)
        return self._sums(column, [(each.month, each.sum) for each in rows])

    def given(self, column: Column, rows: Iterable[BalanceRow]) -> list[Sum]:
        """Return sums that were not booked, such as plans, by account."""
        return self._sums(column, [(0, row) for row in rows])

    def _closings(self, column: Column) -> list[stored.MonthSum]:
        return stored.select_closings(column.starts, column.ends)

    def _sums(self, column: Column, rows: Iterable[tuple[int, BalanceRow]]) -> list[Sum]:
        found: dict[tuple[int, int], list[Cell]] = {}
        for month, row in rows:
            found.setdefault((row.account_id, month), []).append(self.cell(row))
        sums = [
            Sum(self.accounts[key], self._converted(column, self.accounts[key].path, total(cells)),
                month)
            for (key, month), cells in found.items()
        ]  # fmt: skip
        return sorted(sums, key=lambda each: (self._order[each.account.id], each.month))

    def ordered(self, account_ids: Iterable[int]) -> list[AccountRow]:
        """Return accounts by path, each before those below it."""
        return [self.accounts[key] for key in sorted(account_ids, key=self._order.__getitem__)]

    def cell(self, row: BalanceRow) -> Cell:
        """Return a sum by commodity, as it was booked."""
        counts = row.amount and row.account_id not in self._worth_alone
        amounts = {self._commodities[row.commodity_id].code: row.amount} if counts else {}
        values = {self._commodities[row.value_commodity_id].code: row.value} if row.value else {}
        return Cell(amounts, values)

    def _converted(self, column: Column, path: str, cell: Cell) -> Cell:
        if not self.currency:
            return cell
        amounts, left = self.convert(cell.amounts, column.ends)
        values, _left = self.convert(cell.values, column.ends)
        self.roundings += sum(code != self.currency for code in cell.values)
        for code, amount in left.items():
            key = (column.key, path, code)
            self.unconvertible[key] = self.unconvertible.get(key, 0) + amount
        return Cell(amounts, values)

    def convert(self, amounts: Money, day: date) -> tuple[dict[str, int], dict[str, int]]:
        """Return amounts in the reporting currency at the rates of a day, and what has none."""
        day = self._at or day
        rates = self._rates.get(day)
        if rates is None:
            rates = self._rates[day] = Rates(self.currency, day)
        worth, left = rates.convert(amounts, self.precisions)
        return ({self.currency: worth} if worth else {}), left

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say which lines count, where not all do."""
        if not self.where:
            return ()
        return (
            _("Only lines with {where}; such lines need not balance.").format(where=self.where),
        )

    def left(self) -> tuple[Unconvertible, ...]:
        """Return what could not be converted."""
        return tuple(
            Unconvertible(*key, amount) for key, amount in self.unconvertible.items() if amount
        )


def _opposite(row: BalanceRow) -> BalanceRow:
    return row._replace(amount=-row.amount, value=-row.value)
