"""Finds the lots that a posting at cost reduces.

Source: beancount documentation, "How Inventories Work" and "Booking Methods".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from boconsole.journals.beancount.accounts import Account
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


def reduces(account: Account, lots: Mapping[Lot, Decimal], units: Decimal, commodity: str) -> bool:
    """Return whether the account holds some of the commodity with the other sign."""
    if account.booking == "NONE" or not units:
        return False
    held = account.held.get(commodity, ZERO)
    return held * units < 0 or any(number * units < 0 for number in lots.values())


def reduced(
    account: Account, lots: Mapping[Lot, Decimal], units: Decimal, wanted: Lot, place: Place
) -> Parts:
    """Return the lots that a number of units reduces, with the units of each.

    Raises:
        JournalError: No lot is meant, several may be, or they are too small.
    """
    cost = unit_cost(wanted, units)
    found = [(number, lot) for lot, number in lots.items() if _is_meant(lot, wanted, cost)]
    name = account.line.account
    if not found:
        reason = _("{account} has no such lot; it holds {lots}")
        raise JournalError(place, reason.format(account=name, lots=_told(lots)))
    if account.booking.startswith("STRICT"):
        return _strict(account, found, units, place)
    if account.booking == "HIFO":
        found.sort(key=lambda part: part[1].number or ZERO, reverse=True)
    else:
        found.sort(key=lambda part: part[1].acquired or date.min, reverse=account.booking == "LIFO")
    return _in_order(account, found, units, place)


def _is_meant(lot: Lot, wanted: Lot, cost: Decimal | None) -> bool:
    return (
        (cost is None or lot.number == cost)
        and wanted.commodity in ("", lot.commodity)
        and wanted.acquired in (None, lot.acquired)
        and wanted.label in ("", lot.label)
    )


def _strict(account: Account, found: Parts, units: Decimal, place: Place) -> Parts:
    if len(found) == 1:
        return _in_order(account, found, units, place)
    if sum((number for number, _lot in found), ZERO) == -units:
        return [(-number, lot) for number, lot in found]
    if account.booking == "STRICT_WITH_SIZE":
        same = [part for part in found if part[0] == -units]
        if same:
            oldest = min(same, key=lambda part: part[1].acquired or date.min)
            return [(units, oldest[1])]
    reason = _("several lots of {account} may be meant: {lots}; add a cost, day or label")
    told = _told({lot: number for number, lot in found})
    raise JournalError(place, reason.format(account=account.line.account, lots=told))


def _in_order(account: Account, found: Parts, units: Decimal, place: Place) -> Parts:
    parts, left = [], units
    for number, lot in found:
        if left and number * units < 0:
            taken = -number if abs(number) < abs(left) else left
            parts.append((taken, lot))
            left -= taken
    if left:
        reason = _("{account} has too little in the lots that are meant: {lots}")
        told = _told({lot: number for number, lot in found})
        raise JournalError(place, reason.format(account=account.line.account, lots=told))
    return parts


def _told(lots: Mapping[Lot, Decimal]) -> str:
    told = [
        f"{number:f} {{{lot.number:f} {lot.commodity}, {lot.acquired}}}"
        for lot, number in list(lots.items())[:5]
    ]
    return "; ".join(told) or _("none")
