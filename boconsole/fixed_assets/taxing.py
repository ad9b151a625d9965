"""Depreciation of the books beside that of the tax law, year by year.

The tax law knows what an asset cost: revaluations and write-downs of the books leave its schedule
as it is, unless the tax office approved a revaluation of its own.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from boconsole.fixed_assets import reading, words
from boconsole.fixed_assets.depreciation import DECLINING, Terms, fiscal_year, schedule
from boconsole.fixed_assets.fiscal_groups import group_of
from boconsole.fixed_assets.reading import CHANGES, LIVE, Asset
from db.fixed_assets import register


class Year(NamedTuple):
    """A fiscal year, named by the calendar year in which it ends.

    Attributes:
        book: What wears off in the books.
        fiscal: What wears off by the tax law.
        revalued: What revaluations and write-downs add to the book value.
        book_value: At the end of the year.
        fiscal_value: At the end of the year.
    """

    year: int
    book: int
    fiscal: int
    revalued: int
    book_value: int
    fiscal_value: int


def beside_tax(asset: Asset, group: str, declining: bool) -> list[Year]:
    """Return the depreciation of an asset year by year, beside that of the tax law.

    Source: UU PPh, Art. 10 and 11; PMK 72/2023: on the cost, from the month of acquisition,
    without residual value.

    Raises:
        InvalidChangeError: There is no such group.
    """
    law, first = group_of(group), reading.first_month()
    row = asset.row
    tax = Terms(
        row.paid, 0, row.acquired_on, law.months,
        "declining-fiscal" if declining and law.declining else "straight-line",
        law.declining or reading.terms_of(row, first).rate, every=12, first_month=first,
    )  # fmt: skip
    sums: dict[int, list[int]] = {}
    told = (
        _worn(asset, first),
        ((each.ends, each.amount) for each in schedule(tax)),
        ((each.dated, each.cost - each.accumulated)
         for each in register.select_movements(row.id)
         if each.kind in CHANGES and each.posted and not each.undone_by),
    )  # fmt: skip
    for place, parts in enumerate(told):
        for day, amount in parts:
            sums.setdefault(fiscal_year(tax, day), [0, 0, 0])[place] += amount
    return list(_years(row.paid, sums))


def of_class(asset: Asset) -> list[Year]:
    """Return the years beside the group that the class of an asset names; none without one."""
    group = reading.class_of(asset)
    if not group.fiscal_group:
        return []
    return beside_tax(asset, group.fiscal_group, group.method in DECLINING)


def _years(cost: int, sums: dict[int, list[int]]) -> Iterator[Year]:
    book = fiscal = cost
    for year, (worn, taxed, revalued) in sorted(sums.items()):
        book, fiscal = book - worn + revalued, fiscal - taxed
        yield Year(year, worn, taxed, revalued, book, fiscal)


def _worn(asset: Asset, first: int) -> Iterator[tuple[date, int]]:
    """Yield what wears off in the books, by the last day of the period.

    Of an asset that was changed that is what was booked, and what is planned: what wore off
    before the register stands in one sum.
    """
    terms = reading.terms_of(asset.row, first)
    if not asset.row.anew:
        whole = terms._replace(opening=0, through=None, every=12)
        yield from ((each.ends, each.amount) for each in schedule(whole))
        return
    live = set()
    for each in register.select_movements(asset.row.id):
        if each.undone_by or not each.posted:
            continue
        if each.kind in LIVE:
            live.add(each.month)
            yield date(each.month // 100, each.month % 100, 1), each.accumulated
        elif each.kind == "acquisition":
            yield each.dated, each.accumulated
    if asset.state not in (words.GONE, words.WITHDRAWN):
        yield from ((each.ends, each.amount) for each in schedule(terms)
                    if reading.month_of(each) not in live)  # fmt: skip
