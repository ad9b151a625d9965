"""What the options of a beancount file say about tolerances and booking.

Source: beancount documentation, "Precision & Tolerances".
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from boconsole.journals.beancount.syntax import Setting
from boconsole.journals.parts import JournalError, Place
from boconsole.language import _

HALF = Decimal("0.5")
ZERO = Decimal(0)
ONE = Decimal(1)
BOOKINGS = ("STRICT", "STRICT_WITH_SIZE", "FIFO", "LIFO", "HIFO", "NONE", "AVERAGE")


class Rules:
    """Options of the outermost file.

    Attributes:
        multiplier: What part of the last digit of an amount may be missing.
        defaults: Tolerances of commodities (`*`: of all) where no amount says more.
        from_cost: Costs and prices widen the tolerance.
        finest: Numbers are filled in to the finest precision of an entry, not the coarsest.
        booking: How lots are found where the account does not say.
        reporting: Commodities that the file reports in.
    """

    def __init__(self) -> None:
        self.multiplier = HALF
        self.defaults: dict[str, Decimal] = {}
        self.from_cost = self.finest = False
        self.booking = "STRICT"
        self.reporting: list[str] = []

    @property
    def plain(self) -> bool:
        """Whether no option touches the tolerances."""
        return self.multiplier == HALF and not self.defaults and not self.from_cost

    def set(self, setting: Setting) -> None:
        """Keep an option; raises JournalError where its value cannot be one."""
        name, value, place = setting
        match name:
            case "inferred_tolerance_multiplier" | "tolerance_multiplier":
                self.multiplier = _tolerance(value, place)
            case "inferred_tolerance_default":
                commodity, _colon, number = value.partition(":")
                self.defaults[commodity.strip()] = _tolerance(number, place)
            case "infer_tolerance_from_cost":
                self.from_cost = _is_true(value)
            case "use_precise_interpolation":
                self.finest = _is_true(value)
            case "booking_method":
                check_booking(value, place)
                self.booking = value
            case "operating_currency":
                self.reporting.append(value)

    def assertion_tolerance(self, number: Decimal) -> Decimal:
        """Return how far a balance may be from what is asserted: twice the usual."""
        exponent = number.as_tuple().exponent
        if not isinstance(exponent, int) or exponent >= 0:
            return ZERO
        return ONE.scaleb(exponent) * self.multiplier * 2


def check_booking(name: str, place: Place) -> None:
    """Raise a JournalError where there is no such way to book, or none that we have."""
    if name not in BOOKINGS:
        reason = _("there is no booking method {name}; choose one of {names}")
        raise JournalError(place, reason.format(name=name[:40], names=", ".join(BOOKINGS)))
    if name == "AVERAGE":
        reason = _("lots at average cost cannot be booked; choose FIFO or another method")
        raise JournalError(place, reason)


def _tolerance(text: str, place: Place) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or abs(number.adjusted()) > 20:
        reason = _("{text} is no tolerance; write a number such as 0.005")
        raise JournalError(place, reason.format(text=repr(text[:40])))
    return number


def _is_true(text: str) -> bool:
    return text.lower() in ("true", "on", "1")
