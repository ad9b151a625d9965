"""The sums above which an approval is needed: one for each commodity, and one for all others.

The general one is in the reporting currency: what has no sum of its own is converted at the
highest of the rates of the entry's day, the week and the month before, so that a rate kept for the
occasion lowers nothing. Without a rate, or without a reporting currency, its whole units are
compared as they are.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.ledger.errors import UnknownCommodityError
from boconsole.ledger.statements.rates import Rates
from boconsole.money import from_minor
from boconsole.session import Session
from db.ledger import calendar

THRESHOLD = "approval_threshold"
"""The setting of the general sum; that of a commodity has its code behind a colon."""
REPORTING = "reporting_currency"
BEFORE = (0, 7, 31)
"""Days before an entry of which the rates count."""
DIGITS = 15
"""Before and behind the point of a sum, as of any amount that the books hold."""
Moved = tuple[str, int, int]
"""A commodity, its digits, and how much of it a line moves in smallest units."""


class Limit(NamedTuple):
    """One sum, in whole units; without a commodity the general one, without a sum none."""

    commodity: str
    most: Decimal | None

    @property
    def text(self) -> str:
        """The sum with its commodity, `10000 USD`."""
        return f"{self.most} {self.commodity}".strip()


class Limits:
    """What was chosen, as it is compared.

    Args:
        settings: Of the books.
    """

    def __init__(self, settings: Mapping[str, str]) -> None:
        start = f"{THRESHOLD}:"
        self.own = {
            name.removeprefix(start): Decimal(text)
            for name, text in settings.items() if name.startswith(start) and text
        }  # fmt: skip
        self.reporting = settings.get(REPORTING, "")
        general = settings.get(THRESHOLD, "")
        self.general = Decimal(general) if general else None
        if self.reporting in self.own:
            self.general = self.own[self.reporting]
        self._rates: dict[date, Rates] = {}

    def __bool__(self) -> bool:
        """Return whether anything ever needs an approval."""
        return self.general is not None or bool(self.own)

    def exceeded(self, moved: Iterable[Moved], day: date) -> Limit | None:
        """Return the first sum that the debits or the credits of a commodity are above.

        Args:
            moved: By every line.
            day: Of the rates.
        """
        sums: dict[tuple[str, bool], Decimal] = {}
        for code, precision, minor in moved:
            key = (code, minor > 0)
            sums[key] = sums.get(key, Decimal(0)) + from_minor(abs(minor), precision)
        for (code, _debit), total in sums.items():
            limit, worth = self._compared(code, total, day)
            if limit.most is not None and worth > limit.most:
                return limit
        return None

    def _compared(self, code: str, total: Decimal, day: date) -> tuple[Limit, Fraction]:
        """Return the sum that counts for a commodity, and what is compared with it."""
        units = Fraction(total)
        if code in self.own:
            return Limit(code, self.own[code]), units
        limit = Limit(self.reporting, self.general)
        if self.general is None or not self.reporting or code == self.reporting:
            return limit, units
        known = [self._rates_of(day - timedelta(days)).worth(code) for days in BEFORE]
        rates = [rate for rate in known if rate is not None]
        return (limit, units * max(rates)) if rates else (Limit("", self.general), units)

    def _rates_of(self, day: date) -> Rates:
        if day not in self._rates:
            self._rates[day] = Rates(self.reporting, day)
        return self._rates[day]


def read() -> Limits:
    """Return what was chosen."""
    return Limits(calendar.select_settings())


def listed(session: Session) -> list[Limit]:
    """Return the general sum, and then those of single commodities by code."""
    session.require("ledger.read")
    settings = calendar.select_settings()
    general = settings.get(THRESHOLD, "")
    start = f"{THRESHOLD}:"
    own = [
        Limit(name.removeprefix(start), Decimal(text))
        for name, text in sorted(settings.items()) if name.startswith(start) and text
    ]  # fmt: skip
    return [Limit("", Decimal(general) if general else None), *own]


def put(session: Session, text: str, commodity: str = "") -> Limit:
    """Choose the sum above which an entry needs an approval; empty for none of its own.

    Args:
        session: Who chooses.
        text: In whole units.
        commodity: Whose; empty for the general one.

    Raises:
        InvalidChangeError: It is no sum, or negative.
        UnknownCommodityError: There is no such commodity.
    """
    session.require("ledger.configure")
    most = _read(text)
    code = commodity.strip()
    if code and code not in commodities.by_code() and commodities.iso_precision(code) is None:
        raise UnknownCommodityError(code)
    name = f"{THRESHOLD}:{code}" if code else THRESHOLD
    kept = "" if most is None else str(most)
    with audit.writing():
        before = calendar.select_settings().get(name, "")
        calendar.put_setting(name, kept)
        audit.record(session, "ledger.set", "ledger", [audit.Line(0, {name: (before, kept)})])
    return Limit(code, most)


def _read(text: str) -> Decimal | None:
    wanted = text.strip()
    try:
        number = Decimal(wanted) if wanted else None
    except InvalidOperation:
        number = Decimal("NaN")
    if number is None:
        return None
    if not number.is_finite() or number < 0 or abs(number.adjusted()) > DIGITS:
        raise InvalidChangeError(THRESHOLD, _("{text!r} is no sum").format(text=text[:40]))
    return Decimal(f"{abs(number):f}")
