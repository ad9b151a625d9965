"""What the demo's organisation has licensed and counts: one product over-used, one ending soon."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from boconsole.holders import Holder
from boconsole.licences import changing, installing, secrets
from boconsole.licences import seats as giving
from boconsole.licences.changing import Terms
from boconsole.session import Session
from boconsole.stock import changing as counting
from boconsole.stock import moving
from boconsole.stock.changing import Facts
from boconsole.stock.moving import Purchase
from db import connection, holders

CURRENCY = "IDR"
PEOPLE = 24


class Bought(NamedTuple):
    """A licence: its terms, in how many days it ends, how many seats are given."""

    product: str
    maker: str
    category: str
    seats: int
    given: int
    cost: int
    ends_in: int | None = None
    kind: str = "subscription"
    key: str = ""


LICENCES = (
    Bought("Papirus Office", "Papirus", "Office", 20, 18, 38_000_000, 212),
    Bought("Gambar Studio", "Rupa", "Design", 3, 3, 14_700_000, 16, key="RUPA-7Q2F-M0K4-88LD"),
    Bought("Benteng Antivirus", "Benteng", "Security", 25, 9, 11_250_000, 95),
    Bought("Skema CAD", "Skema", "Design", 2, 2, 46_000_000, None, "perpetual",
           "SKM-2231-9910-AX"),
)  # fmt: skip
OLD = Bought("Gambar Studio", "Rupa", "Design", 2, 2, 9_200_000, -12)
"""Ended, and still used: so more of it is used than was bought."""
SPARE = "Benteng Antivirus"
COUNTED = (
    ("consumable", Facts("Toner hitam 26X", "Toner", "Cetak", minimum=6), 4, 1_150_000),
    ("consumable", Facts("Kertas A4 80 g", "Kertas", "Sinar", minimum=20), 64, 52_000),
    ("accessory", Facts("Kabel USB-C 1 m", "Kabel", "Sambung", minimum=10), 32, 85_000),
    ("accessory", Facts("Docking station", "Docking", "Labuh", minimum=3), 9, 1_890_000),
    ("accessory", Facts("Headset kantor", "Audio", "Suara", minimum=2), 6, 640_000),
    ("component", Facts("RAM 16 GB DDR5", "RAM", "Ingat", minimum=4), 10, 780_000),
)  # fmt: skip


def keep(session: Session) -> None:
    """Add products, licences, seats and things that are counted."""
    people = [Holder(row.id, None, f"{row.name} <{row.email}>")
              for row in holders.people_from("", PEOPLE)]  # fmt: skip
    assets = [Holder(None, row.id, f"{row.tag} {row.name}")
              for row in holders.tagged_from("", 6)]  # fmt: skip
    today = session.now().astimezone(session.zone).date()
    with connection.transaction():
        before = replace(session, clock=lambda: session.now() - timedelta(days=60))
        _buy(before, OLD, today, people[-2:])
        for bought in LICENCES:
            _buy(session, bought, today, people)
        for asset in assets:
            installing.install(session, SPARE, asset, today, release="12.4")
        _count(session, people, assets, today)


def _buy(session: Session, bought: Bought, today: date, people: list[Holder]) -> None:
    ends = None if bought.ends_in is None else today + timedelta(days=bought.ends_in)
    terms = Terms(
        bought.product, bought.seats, bought.kind, bought.maker, bought.category,
        cost=Decimal(bought.cost), currency=CURRENCY, supplier="Sumber Komputer",
        bought_on=today - timedelta(days=300), ends_on=ends,
    )  # fmt: skip
    licence = changing.new(session, terms)
    if bought.key:
        secrets.keep(session, licence, bought.key)
    for holder in people[: bought.given]:
        giving.assign(session, licence.row.id, holder)


def _count(session: Session, people: list[Holder], assets: list[Holder], today: date) -> None:
    for kind, facts, quantity, cost in COUNTED:
        purchase = Purchase("Sumber Komputer", "PO-2026-014", today - timedelta(days=40),
                            Decimal(cost), CURRENCY)  # fmt: skip
        item = counting.new(session, kind, facts, quantity, purchase)
        takers = assets[:2] if kind == "component" else people[:3]
        for holder in takers:
            moving.give(session, item.row.id, 1, holder)
