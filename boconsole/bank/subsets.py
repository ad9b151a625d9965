"""Which amounts together make another amount; pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

MOST = 16
"""Amounts that a best subset is looked for among: 65,535 sums at most."""


class Subset(NamedTuple):
    """Places of the amounts taken, and their sum less what was wanted."""

    places: tuple[int, ...]
    rest: int


def best_subset(amounts: Sequence[int], target: int) -> Subset | None:
    """Return the amounts whose sum comes nearest to a target; None where there are none.

    Of equally near ones that with the fewest amounts, then the earliest, is taken. Only the
    first 16 amounts are looked at.

    Args:
        amounts: In smallest units, in order of preference.
        target: What they are to make.
    """
    sums: dict[int, tuple[int, ...]] = {}
    for place, amount in enumerate(amounts[:MOST]):
        fresh: dict[int, tuple[int, ...]] = {amount: (place,)}
        for total, places in sums.items():
            _keep(fresh, total + amount, (*places, place))
        for total, places in fresh.items():
            _keep(sums, total, places)
    found = [(abs(total - target), len(each), each, total) for total, each in sums.items()]
    if not found:
        return None
    _distance, _count, places, total = min(found)
    return Subset(places, total - target)


def _keep(sums: dict[int, tuple[int, ...]], total: int, places: tuple[int, ...]) -> None:
    before = sums.get(total)
    if before is None or (len(places), places) < (len(before), before):
        sums[total] = places


def exact_sums(amounts: Sequence[int], target: int, most: int = 3) -> Iterator[tuple[int, ...]]:
    """Yield the places of up to `most` (1 to 3) amounts that make exactly a target.

    Fewer amounts come first.
    """
    by_amount: dict[int, list[int]] = {}
    for place, amount in enumerate(amounts):
        by_amount.setdefault(amount, []).append(place)
    yield from ((place,) for place in by_amount.get(target, ()))
    if most >= 2:
        for first, amount in enumerate(amounts):
            yield from ((first, last) for last in by_amount.get(target - amount, ())
                        if last > first)  # fmt: skip
    if most >= 3:
        yield from _triples(amounts, by_amount, target)


def _triples(
    amounts: Sequence[int], by_amount: dict[int, list[int]], target: int
) -> Iterator[tuple[int, ...]]:
    for first in range(len(amounts)):
        for second in range(first + 1, len(amounts)):
            wanted = target - amounts[first] - amounts[second]
            yield from ((first, second, last) for last in by_amount.get(wanted, ())
                        if last > second)  # fmt: skip
