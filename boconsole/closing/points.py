"""The check list of a month or year over all features, in the order in which it is worked off."""

from collections.abc import Sequence

from boconsole.fixed_assets import waiting as fixed_assets
from boconsole.invoices import waiting, worth
from boconsole.language import _
from boconsole.ledger import checklist
from boconsole.ledger.checklist import Finder, Point
from boconsole.ledger.statements.rates import Rates
from boconsole.revaluing import waiting as revaluations
from boconsole.session import Session
from db.bank import waiting as bank
from db.ledger import balances, charts
from db.ledger import statements as stored
from db.ledger.rows import PeriodRow

HELD = ("asset", "liability")


def unmatched(session: Session, period: PeriodRow) -> Point:
    """Return the point that names bank accounts with lines that nobody has dealt with."""
    session.require("bank.read")
    found = bank.count_between(period.starts, period.ends)
    total = sum(count for _path, count in found)
    causes = tuple(f"{path} ({count})" for path, count in found[: checklist.SHOWN])
    return Point("bank", _("Lines of the bank are reconciled"), causes, total)


def rates(session: Session, period: PeriodRow) -> Point:
    """Return the point that names what is held in other commodities without a rate of these days.

    Where no reporting currency is chosen, nothing is converted and none is missing.
    """
    session.require("ledger.read")
    title = _("Rates of what is held are there")
    currency = worth.chosen_reporting()
    if not currency:
        return Point("rates", title, ())
    known = Rates(currency, period.ends)
    fresh = {
        code
        for first, second, day, _text in stored.select_rates(period.ends)
        for code in (first, second) if day >= period.starts
    }  # fmt: skip
    missing = [code for code in _held(period) if code != currency
               and (known.worth(code) is None or code not in fresh)]  # fmt: skip
    return Point("rates", title, tuple(missing[: checklist.SHOWN]), len(missing))


def _held(period: PeriodRow) -> list[str]:
    """Return the commodities that are owned or owed at the end of a period, by code."""
    kinds = {row.id: row.kind for row in charts.select_accounts()}
    codes = {row.id: row.code for row in charts.select_commodities()}
    return sorted(
        {
            codes[row.commodity_id]
            for row in balances.select_at(period.ends, memo=False)
            if kinds[row.account_id] in HELD and row.amount
        }
    )


FINDERS: Sequence[Finder] = (
    waiting.invoices, waiting.bills, waiting.payments, unmatched, waiting.unexplained, rates,
    revaluations.foreign, fixed_assets.depreciation,
)  # fmt: skip
"""Points of features above the ledger."""


def of(session: Session, period: PeriodRow) -> list[Point]:
    """Return the list of a month, or of `checklist.of_year`."""
    return checklist.points(session, period, FINDERS)
