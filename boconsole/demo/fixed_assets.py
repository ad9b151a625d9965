"""The fixed assets of the demo: computers, furniture, a motorcycle, a shop that was revalued.

A projector was sold. The last whole month is left to depreciate.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole.fixed_assets import acquiring, classes, depreciating, disposing, valuing
from boconsole.fixed_assets.acquiring import NewAsset, Source
from boconsole.fixed_assets.classes import NewClass
from boconsole.fixed_assets.depreciating import end_of_month
from boconsole.fixed_assets.valuing import Valuation
from boconsole.moments import add_months
from boconsole.session import Session

BANK, WORN, WEAR, RESULT = "1111", "1291", "5271", "4205"
CURRENCY = "IDR"


class Bought(NamedTuple):
    """An asset: its class, its name, when it came (months after the first, day), its cost."""

    group: str
    name: str
    month: int
    day: int
    cost: int


CLASSES = (
    NewClass("Komputer", "1201", WORN, WEAR, RESULT, fiscal_group="1"),
    NewClass("Perabot kantor", "1202", WORN, WEAR, RESULT, fiscal_group="1"),
    NewClass("Kendaraan", "1203", WORN, WEAR, RESULT, "declining-fiscal", fiscal_group="2"),
    NewClass("Bangunan", "1204", WORN, WEAR, RESULT, fiscal_group="permanent", with_use=True),
)
OWNED = (
    Bought("Komputer", "Server gudang", 0, 1, 96_000_000),
    Bought("Komputer", "12 laptop tim layanan", 0, 1, 84_000_000),
)
"""What the opening balance has."""
BOUGHT = (
    Bought("Perabot kantor", "Meja dan lemari arsip", 1, 10, 24_000_000),
    Bought("Perabot kantor", "Proyektor ruang rapat", 1, 10, 9_600_000),
    Bought("Kendaraan", "Sepeda motor kurir", 3, 14, 21_500_000),
    Bought("Bangunan", "Kios pajangan", 2, 3, 60_000_000),
)
SOLD, SOLD_MONTH, PRICE = "Proyektor ruang rapat", 7, 8_750_000
VALUED, VALUED_MONTH, WORTH = "Kios pajangan", 6, 74_000_000
VALUER = "KJPP Arif dan Rekan"


def keep(session: Session, first: date, months: Sequence[date], opening: str) -> None:
    """Take assets in, depreciate months, and sell one.

    Args:
        session: Who acts.
        first: The first day of the books.
        months: The first days of the months to depreciate.
        opening: The number of the entry that has what was owned.
    """
    for each in CLASSES:
        classes.put(session, each)
    for owned in OWNED:
        acquiring.acquire(session, _asset(owned, first), Source(entry=opening))
    for place, month in enumerate(months):
        for bought in BOUGHT:
            if bought.month == place:
                asset = acquiring.acquire(session, _asset(bought, first), Source(against=BANK))
                if bought.name == SOLD:
                    sold = asset
                elif bought.name == VALUED:
                    valued = asset
        if place == SOLD_MONTH:
            disposing.dispose(
                session, sold, month.replace(day=18), proceeds=Decimal(PRICE), to=BANK,
                reason="diganti layar",
            )  # fmt: skip
        depreciating.depreciate(session, month)
        if place == VALUED_MONTH:
            worth = Valuation(Decimal(WORTH), VALUER)
            valuing.revalue(session, valued, end_of_month(month), worth)


def _asset(bought: Bought, first: date) -> NewAsset:
    day = add_months(first, bought.month).replace(day=bought.day)
    return NewAsset(bought.name, bought.group, day, Decimal(bought.cost), CURRENCY)
