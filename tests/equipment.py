"""Assets for tests: a laptop, a switch, a server and the places and people around them."""

from boconsole.assets import (
    creating,
    lending,
    network,
    reading,
    relating,
    setting_up,
    ticketing,
)
from boconsole.assets.lending import Terms
from boconsole.assets.reading import AssetRow
from boconsole.assets.writing import Ref
from boconsole.session import Session
from boconsole.tickets import creating as tickets
from boconsole.tickets.rows import NewTicket


def set_up(session: Session) -> None:
    """Make categories, a model, and places."""
    setting_up.add_category(session, "Laptops", "computer")
    setting_up.add_category(session, "Switches", "network")
    setting_up.add_model(session, "ThinkPad T14", manufacturer="Lenovo", number="21HD",
                         category="Laptops", life_months=48)  # fmt: skip
    for place in ("Jakarta / Store", "Jakarta / Floor 3", "Bandung"):
        setting_up.add_place(session, place)


def laptop(session: Session, **fields: object) -> Ref:
    """Add a laptop that stands in the store."""
    given = {"model": "21HD", "place": "Jakarta / Store", **fields}
    return creating.create(session, given)


def thing(session: Session, name: str, **fields: object) -> Ref:
    """Add an asset of no model."""
    return creating.create(session, {"name": name, **fields})


def lend(session: Session, ref: Ref, to: str = "ann@example.com", **terms: object) -> None:
    """Hand an asset out."""
    lending.check_out(session, [Ref(ref.id)], to, Terms(**terms))  # type: ignore[arg-type]  # of Terms


def now(session: Session, ref: Ref) -> AssetRow:
    """Return an asset as it is."""
    return reading.get(session, ref.id)


def tags(session: Session, query: str) -> list[str]:
    """Return the tags that a query finds."""
    return [row.tag for row in reading.list_page(session, query).rows]


def build(session: Session) -> None:
    """Make a laptop that is late, a server on a switch, and a ticket about the switch."""
    set_up(session)
    late = laptop(session, serial="PF3ABC", warranty="2026-05-20")
    lend(session, late, "Ann <ann@example.com>", expected="2026-05-04")
    switch = thing(session, "Switch 1", category="Switches", host="sw1")
    server = thing(session, "Server 1")
    relating.relate(session, server.id, "depends_on", switch.id)
    network.add_subnet(session, "10.1.0.0/24", name="Office")
    network.add(session, switch.id, "eth0", "00:1b:44:11:3a:b7", "10.1.0.1", "")
    ticket = tickets.create(session, NewTicket("Net is down"))
    ticketing.name_assets(session, ticket.id, [switch.id])
