"""Fills in the one number that the postings of a group leave out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from boconsole.journals.beancount.legs import Leg
from boconsole.journals.beancount.lots import unit_cost
from boconsole.journals.beancount.rules import ZERO
from boconsole.journals.beancount.syntax import MISSING, QUOTIENTS
from boconsole.journals.parts import Lot
from boconsole.language import _

_FINE = 5
"""A tolerance of fewer digits than this says how finely a number is filled in."""


def _lacks(leg: Leg) -> str:
    """Return what a leg lacks, `units`, `each`, `total` or `price`, several joined by a blank."""
    lacks = []
    if leg.units is MISSING:
        lacks.append("units")
    if leg.lot is not None:
        if leg.lot.number is MISSING or (leg.lot.number is None and leg.lot.total is None):
            lacks.append("each")
        if leg.lot.total is MISSING:
            lacks.append("total")
    if leg.price is MISSING:
        lacks.append("price")
    return " ".join(lacks)


def filled(legs: list[Leg], group: str, allowed: Mapping[str, Decimal]) -> list[Leg]:
    """Return the legs of a group with its one missing number filled in, all weighed."""
    lacking = [(leg, lacks) for leg in legs if (lacks := _lacks(leg))]
    if len(lacking) > 1 or any(" " in lacks for _leg, lacks in lacking):
        leg = lacking[-1][0]
        reason = _("more than one number is left out in {commodity}; write all but one")
        raise leg.refuse(reason.format(commodity=group))
    others = [leg for leg in legs if not lacking or leg is not lacking[0][0]]
    for leg in others:
        leg.weight = leg.weigh()
    for leg, lacks in lacking:
        weight = -sum((other.weight for other in others), ZERO)
        if not _fill(leg, lacks, weight, allowed):
            legs = others
    for leg in legs:
        _complete_lot(leg)
    return legs


def _fill(leg: Leg, lacks: str, weight: Decimal, allowed: Mapping[str, Decimal]) -> bool:
    """Fill in what lacks so that the leg weighs this; answer whether the leg is needed."""
    leg.filled = True
    leg.weight = weight
    if lacks == "units":
        found = _units(leg, weight)
        leg.units = _rounded(found, allowed.get(leg.commodity, allowed["*"]))
        if leg.units != found or (leg.lot is not None and leg.lot.total):
            leg.weight = leg.weigh()
        return weight != 0
    if not leg.units:
        if lacks == "each":
            return False
        raise leg.refuse(_("nothing can be told from zero units; write the price"))
    if lacks == "price":
        if leg.lot is not None:
            raise leg.refuse(_("the price cannot be told beside a cost; write it"))
        leg.price = abs(QUOTIENTS.divide(weight, leg.units))
        leg.weight = abs(weight).copy_sign(leg.units)
        return True
    lot = leg.lot or Lot()
    if lacks == "each":
        each = QUOTIENTS.divide(weight - (lot.total or ZERO), leg.units)
        leg.lot = lot._replace(number=each)
    else:
        leg.lot = lot._replace(total=weight - (lot.number or ZERO) * leg.units)
    if leg.units < 0 and leg.lot.total:
        leg.weight = leg.weigh()
    return True


def _units(leg: Leg, weight: Decimal) -> Decimal:
    if leg.lot is not None:
        if not leg.lot.number:
            raise leg.refuse(_("the number cannot be told from a total cost; write it"))
        return QUOTIENTS.divide(weight - (leg.lot.total or ZERO), leg.lot.number)
    if leg.price is None:
        return weight
    if not leg.price:
        raise leg.refuse(_("the number cannot be told from a price of zero; write it"))
    return QUOTIENTS.divide(weight, leg.price)


def _rounded(number: Decimal, tolerance: Decimal) -> Decimal:
    """Round a number that was filled in to the place that the tolerance stands for."""
    quantum = (tolerance * 2).normalize()
    if not tolerance or len(quantum.as_tuple().digits) >= _FINE:
        return number
    return number.quantize(quantum)


def _complete_lot(leg: Leg) -> None:
    lot = leg.lot
    if lot is None or leg.booked:
        return
    if not leg.units:
        raise leg.refuse(_("a lot has a number; zero units cannot be held at a cost"))
    cost = unit_cost(lot, leg.units)
    if cost is None or cost < 0:
        raise leg.refuse(_("a cost is not negative; give the amount the sign"))
    leg.lot = Lot(cost, None, lot.commodity, lot.acquired, lot.label)
    leg.booked = True
