"""Postings while they are completed, and the tolerance that they allow their entry.

Source: beancount documentation, "Precision & Tolerances".
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from boconsole.journals.beancount.rules import HALF, ONE, ZERO, Rules
from boconsole.journals.beancount.syntax import MISSING, QUOTIENTS
from boconsole.journals.parts import Amount, JournalError, Lot, Place, Posting, Price
from boconsole.language import _


class Leg:
    """A posting while it is completed; one that reduces several lots becomes several legs.

    Attributes:
        units: MISSING until it is known.
        lot: As written, complete once booked.
        price: What one unit is worth, MISSING until known; None without.
        worth: What all units are worth where `@@` says so.
        booked: The lot is complete.
        filled: The number, cost or price was left out.
        taken: The units are taken out of their lot already.
        weight: What it weighs in its group.
        group: Commodity of the weight.
    """

    __slots__ = (
        "booked", "commodity", "filled", "group", "lot", "place", "posting", "price",
        "price_in", "taken", "units", "weight", "worth",
    )  # fmt: skip

    def __init__(self, posting: Posting, place: Place) -> None:
        self.posting, self.place = posting, place
        amount = posting.amount or Amount(MISSING, "")
        self.units, self.commodity = amount
        self.lot = posting.lot
        self.price: Decimal | None = None
        self.worth: Decimal | None = None
        self.price_in = ""
        self.filled = self.booked = self.taken = False
        self.weight = MISSING
        self.group = ""
        if posting.price is not None:
            self._set_price(posting.price)

    def _set_price(self, price: Price) -> None:
        self.price, self.price_in = price.amount
        if not price.total or self.price is MISSING:
            return
        if self.units is MISSING:
            reason = _("a price of all needs a number; write it, or the price of one with `@`")
            raise JournalError(self.place, reason)
        self.worth = self.price
        self.price = QUOTIENTS.divide(self.worth, abs(self.units)) if self.units else ZERO

    def copy(self, units: Decimal, lot: Lot) -> Leg:
        """Return a leg of the same posting that takes some units from a lot."""
        leg = Leg(self.posting, self.place)
        leg.commodity, leg.price, leg.price_in = self.commodity, self.price, self.price_in
        leg.units, leg.lot, leg.group = units, lot, self.group
        leg.booked = leg.taken = True
        return leg

    def weigh(self) -> Decimal:
        """Return what the leg weighs; everything in it is known."""
        if self.lot is not None:
            if self.booked or self.lot.total is None:
                return (self.lot.number or ZERO) * self.units
            whole = self.lot.total + (self.lot.number or ZERO) * abs(self.units)
            return whole if self.units > 0 else -whole
        if self.worth is not None:
            return self.worth.copy_sign(self.units) if self.units else ZERO
        return self.units if self.price is None else self.units * self.price

    def refuse(self, reason: str) -> JournalError:
        """Return an error at the place of the posting."""
        return JournalError(self.place, reason)


def tolerances(legs: Iterable[Leg], rules: Rules, *, finest: bool = False) -> dict[str, Decimal]:
    """Return what may be missing in each commodity (`*`: in others) of an entry."""
    choose = min if finest else max
    found = {"*": ZERO} | rules.defaults
    from_costs: dict[str, Decimal] = {}
    for leg in legs:
        if leg.filled or leg.units is MISSING:
            continue
        exponent = leg.units.as_tuple().exponent
        if not isinstance(exponent, int) or exponent >= 0:
            continue
        tolerance = ONE.scaleb(exponent) * rules.multiplier
        found[leg.commodity] = choose(tolerance, found.get(leg.commodity, tolerance))
        if rules.from_cost:
            _widen(from_costs, leg, tolerance)
    for commodity, tolerance in from_costs.items():
        found[commodity] = choose(tolerance, found.get(commodity, tolerance))
    return found


def _widen(from_costs: dict[str, Decimal], leg: Leg, tolerance: Decimal) -> None:
    """Add what the last digit of the units stands for at cost and at price, at most a half."""
    lot = leg.lot
    if lot is not None:
        told = [ZERO if lot.number is None and lot.total is not None else lot.number, lot.total]
        known = [number for number in told if number is not None and number is not MISSING]
        cost = min([HALF, *(tolerance * number for number in known)])
        from_costs[lot.commodity] = from_costs.get(lot.commodity, ZERO) + cost
    if leg.price is not None and leg.price is not MISSING:
        price = min(HALF, tolerance * leg.price)
        from_costs[leg.price_in] = from_costs.get(leg.price_in, ZERO) + price
