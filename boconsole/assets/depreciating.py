"""What an asset wears off month by month: the register's schedule, or one of any terms.

Nothing is computed here: `boconsole.fixed_assets.depreciation` does, for the books as well.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from boconsole.assets.writing import again
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import reading
from boconsole.fixed_assets.depreciation import Row, Terms, double_rate, last_day, schedule
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.ledger.errors import UnknownCommodityError
from boconsole.money import plain, to_minor
from boconsole.session import Session

METHODS = {"straight-line": "straight-line", "declining-balance": "declining"}
LIFE = range(1, 1_201)


class Period(NamedTuple):
    """What wears off in a month, as exact texts."""

    period: str
    amount: str
    accumulated: str
    book_value: str


def of_asset(session: Session, asset_id: int, until: date | None = None) -> list[Period]:
    """Return the schedule of the fixed asset that an asset is, from its first month.

    What the books were told before the register took it over is not parted into months. Once its
    terms were changed, or it was revalued, months before are told as they were booked.

    Raises:
        InvalidChangeError: It is no fixed asset.
    """
    asset = fixed_of(session, asset_id)
    row = asset.row
    if row.anew:
        return [
            Period(line.month, *(plain(minor, row.precision)
                                 for minor in (line.amount, line.accumulated, line.book)))
            for line in reading.history(session, asset)
            if line.kind in reading.LIVE and line.state in ("posted", "planned")
            and line.month <= f"{until or date.max:%Y-%m}"
        ]  # fmt: skip
    terms = reading.terms_of(row, reading.first_month())
    return _periods(schedule(terms, until or date.max), row.cost, row.precision)


def fixed_of(session: Session, asset_id: int) -> Asset:
    """Return the fixed asset that an asset is; raises InvalidChangeError where it is none."""
    session.require("asset.read")
    session.require("fixed_asset.read")
    record = again(asset_id)
    if record.fixed_asset_id is None:
        raise InvalidChangeError(
            "fixed_asset",
            _("{tag} is no fixed asset; link it with fixed_asset=FA-0007").format(tag=record.tag),
        )
    return reading.again(record.fixed_asset_id)


def of_terms(
    cost: Decimal, salvage: Decimal, life_months: int, start: date, method: str,
    *, rate: Decimal | None = None, until: date | None = None, currency: str = "USD",
) -> list[Period]:  # fmt: skip
    """Return the schedule of an asset that need not be there.

    Args:
        cost: In whole units.
        salvage: What is left at the end of its life.
        life_months: How long it is used.
        start: From when; the first month counts whole.
        method: One of `METHODS`.
        rate: The part of the book value that wears off in a year, in percent, for the declining
            balance; by default twice that of the straight line.
        until: Leave out months that end later.
        currency: Whose digits amounts are rounded to.

    Raises:
        InvalidChangeError: The terms cannot be.
    """
    digits = commodities.iso_precision(currency)
    if digits is None:
        raise UnknownCommodityError(currency)
    if method not in METHODS:
        raise InvalidChangeError(
            "method",
            _("{word!r} is not one of {words}").format(word=method[:40], words=", ".join(METHODS)),
        )
    if life_months not in LIFE:
        raise InvalidChangeError("life_months", _("lies between 1 and 1200 months"))
    if not 0 <= salvage <= cost or cost <= 0:
        raise InvalidChangeError("salvage", _("lies between 0 and the cost"))
    share = double_rate(life_months)
    if rate is not None:
        if method != "declining-balance":
            raise InvalidChangeError("rate", _("is of the declining balance only"))
        if not 0 < rate <= 100:
            raise InvalidChangeError("rate", _("lies between 0 and 100 percent"))
        share = Fraction(rate) / 100
    terms = Terms(
        to_minor(cost, currency, digits), to_minor(salvage, currency, digits), start, life_months,
        METHODS[method], share,
    )  # fmt: skip
    try:
        last_day(terms)
    except (ValueError, OverflowError):
        raise InvalidChangeError("start", _("its life ends after the calendar")) from None
    return _periods(schedule(terms, until or date.max), terms.cost, digits)


def _periods(rows: Iterable[Row], cost: int, digits: int) -> list[Period]:
    return [
        Period(
            f"{row.ends:%Y-%m}", plain(row.amount, digits), plain(row.accumulated, digits),
            plain(cost - row.accumulated, digits),
        )
        for row in rows
    ]  # fmt: skip
