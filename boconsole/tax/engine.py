"""The taxes of a document: from prices to nets, taxes and a total, to the smallest unit.

Prices that contain taxes go through the same function as those that do not: a net is found
whose taxes make up the price again. What rounding leaves is always placed: of several taxes on
one base the first takes it, of several lines those that were rounded most.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from boconsole.tax.rates import Rounding, Tax
from boconsole.tax.rounding import fitted, rounded, rounded_together

DOCUMENT = -1
"""Stands for a line where a tax is rounded for the whole document."""


class TaxableLine(NamedTuple):
    """One line of a document.

    Attributes:
        price: Quantity × unit price less discount, exact, in whole units of the currency.
        quantity: What fixed taxes are multiplied with.
        taxes: In the order in which they are taken.
    """

    price: Fraction
    quantity: Fraction
    taxes: tuple[Tax, ...] = ()


class TaxSum(NamedTuple):
    """A tax of the whole document, in smallest units.

    Attributes:
        tax: Which.
        net: Sum of the nets of its lines.
        base: What the rate is taken of: the net by the factor, with compound taxes before it.
        amount: The tax.
    """

    tax: Tax
    net: int
    base: int
    amount: int


class Taxed(NamedTuple):
    """A document with its taxes, in smallest units; `nets` has one for each line."""

    nets: tuple[int, ...]
    taxes: tuple[TaxSum, ...]

    @property
    def net(self) -> int:
        """The sum without taxes."""
        return sum(self.nets)

    @property
    def tax(self) -> int:
        """The sum of the taxes."""
        return sum(each.amount for each in self.taxes)

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.net + self.tax


class _Part(NamedTuple):
    """What one tax takes of one line, exact, in smallest units."""

    line: int
    tax: Tax
    base: Fraction
    amount: Fraction


def compute(lines: Sequence[TaxableLine], precision: int, currency: str = "") -> Taxed:
    """Return nets and taxes of a document.

    Args:
        lines: With the taxes of its day.
        precision: Digits behind the point of its currency.
        currency: Its code, for taxes that are rounded otherwise in one.
    """
    unit = 10**precision
    parts = [
        part
        for place, line in enumerate(lines)
        for part in _parts(place, line, line.price * unit, unit)
    ]
    steps = {part.tax: step_of(part.tax.rounding, precision, currency) for part in parts}
    amounts = _rounded(parts, steps)
    nets = _nets(lines, parts, amounts, unit)
    return Taxed(tuple(nets), tuple(_sums(parts, amounts, nets, steps)))


def _parts(place: int, line: TaxableLine, price: Fraction, unit: int) -> list[_Part]:
    """Return what the taxes of a line take; those rounded by line begin at a whole price."""
    exact = _shares(exact_net(price, line, unit), line, unit)
    whole = Fraction(rounded(price))
    by_line = exact if whole == price else _shares(exact_net(whole, line, unit), line, unit)
    return [
        _Part(place, tax, *(by_line if tax.rounding.scope == "line" else exact)[turn])
        for turn, tax in enumerate(line.taxes)
    ]


def _shares(net: Fraction, line: TaxableLine, unit: int) -> list[tuple[Fraction, Fraction]]:
    """Return base and amount of each tax on a net."""
    found = []
    before = net
    for tax in line.taxes:
        base = before * tax.factor
        each, of = (unit * line.quantity, 1) if tax.kind == "fixed" else (base, 100)
        amount = tax.rate * each / of
        found.append((base, amount))
        if tax.compound:
            before += amount
    return found


def exact_net(price: Fraction, line: TaxableLine, unit: int = 1) -> Fraction:
    """Return the net that makes up a price together with the taxes that it contains.

    What net and taxes sum to is a straight line over the net: two points of it give the rest.
    """

    def summed(net: Fraction) -> Fraction:
        shares = zip(line.taxes, _shares(net, line, unit), strict=True)
        return net + sum((amount for tax, (_base, amount) in shares if tax.included), Fraction(0))

    start = summed(Fraction(0))
    return (price - start) / (summed(Fraction(1)) - start)


def _rounded(parts: Sequence[_Part], steps: Mapping[Tax, int]) -> dict[tuple[int, Tax], int]:
    """Return the amounts as booked, by line and tax."""
    exact: dict[tuple[int, Tax], Fraction] = {}
    lines: dict[tuple[int, Tax], list[int]] = {}
    for part in parts:
        key = (part.line if part.tax.rounding.scope == "line" else DOCUMENT, part.tax)
        exact[key] = exact.get(key, Fraction(0)) + part.amount
        lines.setdefault(key, []).append(part.line)
    together: dict[tuple[object, ...], list[tuple[int, Tax]]] = {}
    for key, places in lines.items():
        shared = (tuple(places), key[0], key[1].included, key[1].rounding)
        together.setdefault(shared, []).append(key)
    found: dict[tuple[int, Tax], int] = {}
    for keys in together.values():
        tax = keys[0][1]
        amounts = rounded_together([exact[key] for key in keys], tax.rounding.mode, steps[tax])
        found.update(zip(keys, amounts, strict=True))
    return found


def step_of(rounding: Rounding, precision: int, currency: str = "") -> int:
    """Return the smallest units that a tax is rounded to: 100 for whole rupiah with two digits."""
    fits = rounding.digits is not None and rounding.currency in ("", currency)
    digits = min(rounding.digits or 0, precision) if fits else precision
    return int(10 ** (precision - digits))


def _nets(
    lines: Sequence[TaxableLine],
    parts: Iterable[_Part],
    amounts: dict[tuple[int, Tax], int],
    unit: int,
) -> list[int]:
    """Return the net of each line: its rounded price without the taxes contained in it."""
    prices = [rounded(line.price * unit) for line in lines]
    exact = [Fraction(price) for price in prices]
    shared: set[int] = set()
    for part in parts:
        if not part.tax.included:
            continue
        if part.tax.rounding.scope == "line":
            exact[part.line] -= amounts[part.line, part.tax]
        else:
            exact[part.line] -= part.amount
            shared.add(part.line)
    nets = [int(number) if place not in shared else 0 for place, number in enumerate(exact)]
    places = sorted(shared)
    contained = sum(
        amount
        for (line, tax), amount in amounts.items()
        if tax.included and (line == DOCUMENT or line in shared)
    )
    total = sum(prices[place] for place in places) - contained
    for place, net in zip(places, fitted([exact[at] for at in places], total), strict=True):
        nets[place] = net
    return nets


def _sums(
    parts: Sequence[_Part],
    amounts: dict[tuple[int, Tax], int],
    nets: Sequence[int],
    steps: Mapping[Tax, int],
) -> Iterable[TaxSum]:
    for tax in dict.fromkeys(part.tax for part in parts):
        mine = [part for part in parts if part.tax == tax]
        base = sum((part.base for part in mine), Fraction(0))
        yield TaxSum(
            tax,
            sum(nets[part.line] for part in mine),
            rounded(base, tax.rounding.mode, steps[tax]),
            sum(amount for (_line, each), amount in amounts.items() if each == tax),
        )
