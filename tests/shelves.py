"""Licences, counted things and an open stocktake for the pictures, made by the operations."""

from datetime import date
from decimal import Decimal

from boconsole import holders
from boconsole.licences import changing, installing, seats, secrets
from boconsole.licences.changing import Terms
from boconsole.session import Session
from boconsole.stock import changing as stock
from boconsole.stock import moving, stocktaking
from boconsole.stock.changing import Facts
from boconsole.stock.moving import Purchase
from tests.things import add_asset, add_person, add_place

FLOOR, CELLAR = "Jakarta / Floor 3", "Jakarta / Cellar"
TODAY = date(2026, 5, 4)


def build(session: Session) -> None:
    """Three products, of which one is over-used; three things; a stocktake half done."""
    floor, cellar = add_place(FLOOR), add_place(CELLAR)
    ann = add_person("Ann Lee", "ann.lee@northwind.example")
    add_person("Omar Haddad", "omar@northwind.example")
    add_asset("AST-0001", "Ann's laptop", holder=ann, place=floor)
    for number, name in enumerate(("Studio box", "Label printer", "Meeting screen"), 2):
        add_asset(f"AST-{number:04}", name, place=floor)
    add_asset("AST-0005", "Spare switch", place=cellar)
    _licences(session)
    _stock(session)
    take = stocktaking.open_one(session, "Floor 3, May", at=[FLOOR]).id
    for text in ("AST-0001", "AST-0003", "AST-0005", "4711"):
        stocktaking.scan(session, take, text, FLOOR)


def _licences(session: Session) -> None:
    studio = changing.new(session, Terms(
        "Photo Studio", 2, "subscription", "Pixel House", "Design", cost=Decimal("480.50"),
        currency="USD", supplier="Pixel House", bought_on=date(2025, 5, 20),
        ends_on=date(2026, 5, 20),
    ))  # fmt: skip
    secrets.keep(session, studio, "PXH-7Q2F-M0K4")
    office = changing.new(session, Terms(
        "Office Suite", 25, maker="Paper Works", category="Office", maintained=True,
        maintained_until=date(2026, 12, 31), bought_on=date(2024, 1, 2),
    ))  # fmt: skip
    changing.new(session, Terms("Site Planner", 3, "trial", ends_on=date(2026, 4, 30)))
    omar = holders.find("omar@northwind.example")
    seats.release(session, seats.assign(session, studio.row.id, omar, "for the fair"))
    for who in ("ann.lee@northwind.example", "AST-0004"):
        seats.assign(session, studio.row.id, holders.find(who))
    seats.assign(session, office.row.id, omar)
    for tag in ("AST-0001", "AST-0002", "AST-0004"):
        installing.install(session, "Photo Studio", holders.asset(tag), TODAY, release="4.1")


def _stock(session: Session) -> None:
    bought = Purchase("Cable Co", "PO-7", date(2026, 4, 20), Decimal("89.90"), "EUR")
    dock = stock.new(
        session, "accessory", Facts("Docking station", "Docking", minimum=4, place=FLOOR), 5, bought
    )
    stock.new(session, "accessory", Facts("USB-C cable 1 m", "Cables", minimum=10), 32)
    for mail in ("ann.lee@northwind.example", "omar@northwind.example"):
        moving.give(session, dock.row.id, 1, holders.find(mail))
