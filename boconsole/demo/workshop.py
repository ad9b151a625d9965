"""The work on the hardware of the demo: plans of service, counters, repairs, entries."""

from datetime import timedelta
from decimal import Decimal

from boconsole import audit
from boconsole.assets import reading
from boconsole.assets.fields import Cost
from boconsole.assets.service import doing, plans, repairs
from boconsole.assets.writing import Ref
from boconsole.session import Session

CURRENCY, SUPPLIER = "IDR", "Sumber Komputer"
PLANS = (
    {"name": "Bersihkan filter debu", "category": "Server", "every": "3mo", "starts": "+18d",
     "lead": "7", "body": "Matikan kipas cadangan dulu; catat suhu sebelum dan sesudah."},
    {"name": "Periksa kabel dan label", "category": "Jaringan", "every": "1y", "starts": "+75d",
     "lead": "14"},
    {"name": "Uji baterai UPS", "asset": "Rak server Jakarta", "every": "6mo", "starts": "today",
     "lead": "7", "priority": "2"},
    {"name": "Ganti rol printer", "asset": "prn-jkt-01", "counter": "halaman",
     "count_every": "50000", "count_lead": "2500", "after": "done"},
)  # fmt: skip
WORK = (
    ("srv-erp-01", "upgrade", "Memori menjadi 128 GiB", 160, 55),
    ("srv-erp-01", "inspection", "Suhu dan kipas diperiksa", 71, 20),
    ("srv-web-01", "installation", "Dipasang di rak, posisi 12", 540, 90),
    ("prn-jkt-01", "service", "Rol dan kaset dibersihkan", 118, 35),
)  # fmt: skip
"""Asset, kind, what, how many days ago, minutes."""
READINGS = ((34, "147310"), (13, "148020"), (2, "148265"))


def keep(session: Session) -> None:
    """Plan service, and note what was done, read and repaired."""
    with audit.writing():
        _Workshop(session).keep()


class _Workshop:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = session.now().astimezone(session.zone).date()

    def _asset(self, name: str) -> Ref:
        query = f'any name:~"{name}"' if " " in name else f"any host:{name}"
        found = reading.refs(self._session, query, 1)
        return Ref(found[0].id)

    def keep(self) -> None:
        """Make everything."""
        session = self._session
        printer = self._asset("prn-jkt-01")
        for age, value in READINGS:
            doing.read_counter(session, printer.id, "halaman", value, on=f"-{age}d")
        for plan in PLANS:
            given = dict(plan)
            if "asset" in given:
                row = reading.get(session, self._asset(given["asset"]).id)
                given["asset"] = row.tag
            plans.add(session, given)
        for host, kind, what, age, minutes in WORK:
            name = f"{host}.arunika.example" if host.startswith("srv") else host
            doing.add_work(session, [self._asset(name).id], {
                "kind": kind, "what": what, "minutes": str(minutes), "who": "Wayan Sudarma",
                "on": self._today - timedelta(age),
            })  # fmt: skip
        self._repairs(printer)

    def _repairs(self, printer: Ref) -> None:
        session = self._session
        done = repairs.send(session, printer, {
            "description": "Kertas macet di unit fuser", "sent": self._today - timedelta(62),
            "supplier": SUPPLIER,
        })  # fmt: skip
        repairs.take_back(session, done, {
            "returned": self._today - timedelta(55), "cost": Cost(Decimal(850_000), CURRENCY),
            "note": "Fuser diganti.", "condition": "good",
        })  # fmt: skip
        for away in reading.refs(session, "state:in_repair", 1):
            repairs.send(session, Ref(away.id), {
                "description": "Layar bergaris setelah jatuh", "supplier": SUPPLIER,
                "sent": self._today - timedelta(9), "warranty": True,
            })  # fmt: skip
