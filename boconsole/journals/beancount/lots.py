"""Finds the lots that a posting at cost reduces.

Source: beancount documentation, "How Inventories Work" and "Booking Methods".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from boconsole.journals.beancount.accounts import Account, Lots
from boconsole.journals.beancount.rules import ZERO
from boconsole.journals.beancount.syntax import MISSING, QUOTIENTS
from boconsole.journals.parts import JournalError, Lot, Place
from boconsole.language import _

Parts = list[tuple[Decimal, Lot]]


def unit_cost(lot: Lot, units: Decimal) -> Decimal | None:
    """Return what one unit costs by the words in braces; None where they do not say."""
    if lot.number is MISSING or lot.total is MISSING:
        return None
    if lot.total is None:
        return lot.number
    if not units:
        return None
    each = ZERO if lot.number is None else lot.number
    return QUOTIENTS.divide(lot.total + each * abs(units), abs(units))


def reduces(account: Account, units: Decimal, commodity: str) -> bool:
    """Return whether the account holds some of the commodity with the other sign."""
    if account.booking == "NONE" or not units:
        return False
    lots = account.lots.get(commodity)
    return (lots is not None and lots.oppose(units)) or (
        account.held.get(commodity, ZERO) * units < 0
    )


def reduced(account: Account, units: Decimal, commodity: str, wanted: Lot, place: Place) -> Parts:
    """Return the lots that a number of units reduces, with the units of each.

    Raises:
        JournalError: No lot is meant, several may be, or they are too small.
    """
    lots = account.lots.get(commodity) or Lots()
    cost = unit_cost(wanted, units)
    if lots.ordered and account.booking in ("FIFO", "LIFO"):
        in_turn = lots.units if account.booking == "FIFO" else reversed(lots.units)
        parts, left = _taken(
            ((lots.units[lot], lot) for lot in in_turn if _is_meant(lot, wanted, cost)), units
        )
        if not left:
            return parts
    found = [(number, lot) for lot, number in lots.units.items() if _is_meant(lot, wanted, cost)]
    if not found:
        reason = _("{account} has no such lot; it holds {lots}")
        told = _told([(number, lot) for lot, number in lots.units.items()])
        raise JournalError(place, reason.format(account=account.line.account, lots=told))
    if account.booking.startswith("STRICT") and len(found) > 1:
        return _strict(account, found, units, place)
    return _in_order(account, _sorted(found, account.booking), units, place)


def _sorted(found: Parts, booking: str) -> Parts:
    if booking == "HIFO":
        return sorted(found, key=lambda part: part[1].number or ZERO, reverse=True)
    return sorted(found, key=lambda part: part[1].acquired or date.min, reverse=booking == "LIFO")


def _is_meant(lot: Lot, wanted: Lot, cost: Decimal | None) -> bool:
    return (
        (cost is None or lot.number == cost)
        and wanted.commodity in ("", lot.commodity)
        and wanted.acquired in (None, lot.acquired)
        and wanted.label in ("", lot.label)
    )


def _strict(account: Account, found: Parts, units: Decimal, place: Place) -> Parts:
    if sum((number for number, _lot in found), ZERO) == -units:
        return [(-number, lot) for number, lot in found]
    if account.booking == "STRICT_WITH_SIZE":
        same = [part for part in found if part[0] == -units]
        if same:
            return [(units, _sorted(same, "FIFO")[0][1])]
    reason = _("several lots of {account} may be meant: {lots}; add a cost, day or label")
    raise JournalError(place, reason.format(account=account.line.account, lots=_told(found)))


def _in_order(account: Account, found: Parts, units: Decimal, place: Place) -> Parts:
    parts, left = _taken(found, units)
    if left:
        reason = _("{account} has too little in the lots that are meant: {lots}")
        raise JournalError(place, reason.format(account=account.line.account, lots=_told(found)))
    return parts


def _taken(found: Iterable[tuple[Decimal, Lot]], units: Decimal) -> tuple[Parts, Decimal]:
    """Return what is taken from lots one after the other, and the units that are left."""
    parts: Parts = []
    left = units
    for number, lot in found:
        if number * units < 0:
            taken = -number if abs(number) < abs(left) else left
            parts.append((taken, lot))
            left -= taken
            if not left:
                break
    return parts, left


def _told(found: Parts) -> str:
    told = [
        f"{number:f} {{{lot.number:f} {lot.commodity}, {lot.acquired}}}"
        for number, lot in found[:5]
    ]
    return "; ".join(told) or _("none")
