"""What beancount makes of lines as they are written: weights, tolerances and lots needed."""

from __future__ import annotations

from collections.abc import Iterable
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
    return abs(lot.number * line.number - line.value) <= max(ONE, abs(line.value)) / 100


def has_price(line: Line, price: Price) -> bool:
    """Return whether beancount takes the price, and weighs the line as it is valued."""
    if price.amount.number < 0 or not line.number:
        return False
    if weighs_at_cost(line):
        return price.amount.commodity == line.value_commodity
    if price.amount.commodity != line.value_commodity or line.commodity == line.value_commodity:
        return False
    return abs(_weight(line) - line.value) <= max(ONE, abs(line.value)) / 100


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
    held: dict[tuple[str, str], dict[Lot, Decimal]] = {}
    loose = set()
    for entry in entries:
        for line in entry.lines:
            if line.lot is None or not weighs_at_cost(line):
                continue
            lots = held.setdefault((line.account, line.commodity), {})
            there = lots.get(line.lot, ZERO)
            reduces = any(number * line.number < 0 for number in lots.values())
            if reduces and (there * line.number >= 0 or abs(there) < abs(line.number)):
                loose.add(line.account)
            lots[line.lot] = there + line.number
    return loose
