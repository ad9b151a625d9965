"""What beancount makes of lines as they are written: weights, tolerances and lots needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from boconsole.journals.beancount.rules import ONE, ZERO
from boconsole.journals.beancount.syntax import QUOTIENTS
from boconsole.journals.parts import UNBALANCED, Entry, Line, Lot, Price

_ENDLESS = 12
"""Digits behind the point of the tolerance that a division which does not end needs."""


def weighs_at_cost(line: Line) -> bool:
    """Return whether the value of a line is its lot's cost, up to rounding."""
    lot = line.lot
    if lot is None or lot.number is None or not line.number or lot.number < 0:
        return False
    if lot.commodity != line.value_commodity or lot.commodity == line.commodity:
        return False
    return _is_near(lot.number * line.number, line.value)


def _is_near(weight: Decimal, value: Decimal) -> bool:
    """Return whether a value is a weight, but for rounding and what is placed there."""
    exponent = value.as_tuple().exponent
    last = ONE.scaleb(exponent) if isinstance(exponent, int) else ONE
    return abs(weight - value) <= max(last, abs(value) / 100)


def has_price(line: Line, price: Price) -> bool:
    """Return whether beancount takes the price, and weighs the line as it is valued."""
    if price.amount.number < 0 or not line.number:
        return False
    if weighs_at_cost(line):
        return price.amount.commodity == line.value_commodity
    if price.amount.commodity != line.value_commodity or line.commodity == line.value_commodity:
        return False
    return _is_near(_weight(line), line.value)


def _weight(line: Line) -> Decimal:
    """Return what beancount makes of a line as it is written."""
    if weighs_at_cost(line) and line.lot is not None and line.lot.number is not None:
        return line.lot.number * line.number
    price = line.price
    if price is not None and line.commodity != line.value_commodity:
        if price.total:
            return price.amount.number.copy_sign(line.number)
        return price.amount.number * line.number
    return line.value if line.commodity != line.value_commodity else line.number


def left_over(entries: Iterable[Entry]) -> dict[str, Decimal]:
    """Return the most by which entries as they are written miss zero, by commodity."""
    found: dict[str, Decimal] = {}
    for entry in entries:
        sums: dict[str, Decimal] = {}
        for line in entry.lines:
            if line.kind != UNBALANCED:
                commodity = line.value_commodity
                sums[commodity] = sums.get(commodity, ZERO) + _written_weight(line)
        for commodity, left in sums.items():
            if left:
                found[commodity] = max(abs(left), found.get(commodity, ZERO))
    return {name: _rounded_up(number) for name, number in found.items()}


def _written_weight(line: Line) -> Decimal:
    """Return the weight as beancount computes it: a price of all is divided first."""
    if line.commodity == line.value_commodity and line.price is None and line.lot is None:
        return line.number
    weight = _weight(line)
    divided = not weighs_at_cost(line) and line.number and (line.price is None or line.price.total)
    if divided:
        return QUOTIENTS.multiply(QUOTIENTS.divide(weight, line.number), line.number)
    return weight


def _rounded_up(number: Decimal) -> Decimal:
    """Return a number of few digits that is not smaller."""
    quantum = ONE.scaleb(max(number.adjusted() - 1, -_ENDLESS))
    return number.quantize(quantum) + quantum


def loose_accounts(entries: Iterable[Entry]) -> set[str]:
    """Return accounts in which a lot is reduced that is not there: beancount must not look."""
    held: dict[tuple[str, str], dict[Lot | None, Decimal]] = {}
    loose = set()
    for entry in entries:
        for line in entry.lines:
            if line.kind == UNBALANCED:
                continue
            lot = line.lot if weighs_at_cost(line) else None
            there = held.setdefault((line.account, line.commodity), {})
            if lot is not None and not _is_found(lot, line.number, there):
                loose.add(line.account)
            there[lot] = there.get(lot, ZERO) + line.number
    return loose


def _is_found(lot: Lot, number: Decimal, held: Mapping[Lot | None, Decimal]) -> bool:
    """Return whether a lot is new to an account, or there to be reduced by a number."""
    if lot.acquired is None:
        return False
    if not any(other * number < 0 for other in held.values()):
        return True
    there = held.get(lot, ZERO)
    return there * number < 0 and abs(there) >= abs(number)
