"""Work on the assets of `tests.equipment`: plans, an open ticket, a counter, an entry, a repair."""

from boconsole.assets.service import doing, plans, repairs
from boconsole.assets.writing import Ref
from boconsole.doors import chores
from boconsole.session import Session
from tests.equipment import build as equip

SWITCH, SERVER = 2, 3


def build(session: Session) -> None:
    """Plan service for the server and for laptops, and send the switch away."""
    equip(session)
    plans.add(session, {"name": "Dust filters", "asset": "AST-0003", "every": "3mo", "lead": "7"})
    plans.add(session, {"name": "Battery test", "category": "Laptops", "every": "1y",
                        "starts": "+20d"})  # fmt: skip
    doing.read_counter(session, SERVER, "hours", "41250")
    doing.add_work(session, [SERVER], {"kind": "upgrade", "what": "Memory to 64 GiB",
                                     "minutes": "40", "on": "2026-04-20"})  # fmt: skip
    repairs.send(session, Ref(SWITCH), {"description": "Port 7 is dead", "warranty": True,
                                        "sent": "2026-05-01"})  # fmt: skip
    chores.run(session)
