"""The hardware of the demo: laptops and phones of its people, its servers, and a small network.

Some things are overdue, some near the end of their warranty; tickets name the devices that they
speak of.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from boconsole import audit
from boconsole.assets import changing, creating, lending, network, relating, setting_up, ticketing
from boconsole.assets.fields import Cost
from boconsole.assets.inventory import saving
from boconsole.assets.inventory.parts import Inventory, Part
from boconsole.assets.lending import Terms
from boconsole.assets.writing import Ref
from boconsole.demo.devices import SERVERS
from boconsole.demo.organisation import OFFICES
from boconsole.session import Session
from db.assets import relations

CURRENCY = "IDR"
CATEGORIES = (
    ("Laptop", "computer"), ("Monitor", "peripheral"), ("Printer", "peripheral"),
    ("Telepon", "phone"), ("Server", "server"), ("Jaringan", "network"), ("Rak", "other"),
)  # fmt: skip
MODELS = (
    ("Tangguh 14", "Rimba", "T14-3", "Laptop", 48, 14_500_000),
    ("Ringan 13", "Rimba", "R13-2", "Laptop", 48, 17_900_000),
    ("Jernih 24", "Lensa", "J24", "Monitor", 60, 2_350_000),
    ("Cetak Pro 400", "Sinar", "CP-400", "Printer", 60, 6_800_000),
    ("Saku 9", "Gema", "S9", "Telepon", 36, 4_200_000),
    ("Kokoh R2", "Rimba", "KR2-740", "Server", 60, 48_000_000),
    ("Lintas 24", "Jala", "L24-P", "Jaringan", 72, 9_100_000),
    ("Udara AX", "Jala", "AX-2", "Jaringan", 60, 2_900_000),
    ("Gerbang 100", "Jala", "G100", "Jaringan", 72, 12_400_000),
    ("Rak 42U", "Kokoh", "R42", "Rak", None, 11_000_000),
)  # fmt: skip
COSTS = {name: cost for name, _maker, _number, _category, _life, cost in MODELS}
BOOKED = 96_000_000
"""What the first server cost, as `fixed_assets` took it into the books."""
LAPTOPS, STORE = 22, "Gudang"
PLACED = OFFICES[:3]


def keep(session: Session) -> int:
    """Add places, models, assets and what hangs on them; returns how many assets there are."""
    with audit.writing():
        return _Hardware(session).keep()


class _Hardware:
    """What was made so far."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = session.now().astimezone(session.zone).date()
        self._made = 0

    def keep(self) -> int:
        """Make everything."""
        for name, kind in CATEGORIES:
            setting_up.add_category(self._session, name, kind)
        setting_up.add_field(self._session, "memory_gb", "Memory in GB", "number",
                             category="Laptop")  # fmt: skip
        for name, maker, number, category, life, _cost in MODELS:
            setting_up.add_model(self._session, name, manufacturer=maker, number=number,
                                 category=category, life_months=life)  # fmt: skip
        for office in PLACED:
            for room in (STORE, *(f"Lantai {floor}" for floor in range(1, office.floors + 1))):
                setting_up.add_place(self._session, f"{office.city} / {room}")
        setting_up.add_place(self._session, "Jakarta / Ruang server")
        rack = self._network()
        self._servers(rack)
        self._laptops()
        self._shelf()
        return self._made

    def _add(self, name: str, model: str, place: str, age: int, **fields: object) -> Ref:
        """Add an asset that was bought so many days ago."""
        self._made += 1
        bought = self._today - timedelta(days=age)
        given = {
            "name": name, "model": next(row[2] for row in MODELS if row[0] == model),
            "place": place, "bought": bought, "warranty": "36mo",
            "cost": Cost(Decimal(COSTS[model]), CURRENCY),
            "serial": f"{model[:2].upper()}{bought:%y}{self._made:05}", **fields,
        }  # fmt: skip
        session = replace(self._session, clock=lambda: self._session.now() - timedelta(days=30))
        made = creating.create(session, given)
        if not place.endswith(STORE):
            lending.check_out(session, [made], place, Terms())
        return made

    def _network(self) -> Ref:
        """Make subnets, gateways, switches, access points and printers; returns the rack."""
        session = self._session
        rack = self._add("Rak server Jakarta", "Rak 42U", "Jakarta / Ruang server", 1_400)
        core: Ref | None = None
        for place, office in enumerate(PLACED):
            subnet = f"10.20.{place}.0/24"
            network.add_subnet(session, subnet, name=office.city, vlan=20 + place)
            gate = self._add(f"Gerbang {office.city}", "Gerbang 100", f"{office.city} / Lantai 1",
                             1_070, host=f"gw-{office.code.lower()}")  # fmt: skip
            network.add(session, gate.id, "lan", _mac(place, 1), subnet, "")
            if core is not None:
                relating.relate(session, gate.id, "depends_on", core.id)
            core = core or gate
            for number in (1, 2):
                self._branch(office.code, office.city, subnet, number, gate)
        return rack

    def _branch(self, code: str, city: str, subnet: str, number: int, gate: Ref) -> None:
        session, low = self._session, code.lower()
        floor = f"{city} / Lantai {min(number, 2)}"
        switch = self._add(f"SW-{code}-{number:02}", "Lintas 24", floor, 900 + 40 * number,
                           host=f"sw-{low}-{number:02}")  # fmt: skip
        printer = self._add(f"PRN-{code}-{number:02}", "Cetak Pro 400", floor, 1_085,
                            host=f"prn-{low}-{number:02}")  # fmt: skip
        relating.relate(session, switch.id, "depends_on", gate.id)
        for ref in (switch, printer):
            network.add_address(session, ref.id, subnet)
        relating.relate(session, printer.id, "depends_on", switch.id)
        if number == 1:
            point = self._add(f"AP-{code}-2F-01", "Udara AX", floor, 500,
                              host=f"ap-{low}-2f-01")  # fmt: skip
            network.add_address(session, point.id, subnet)
            relating.relate(session, point.id, "depends_on", switch.id)
        for text, ticket, _mail in relations.select_spoken_of("asset", f"PRN-{code}-0{number}", 1):
            if text == f"PRN-{code}-{number:02}":
                ticketing.name_assets(session, ticket, [printer.id])

    def _servers(self, rack: Ref) -> None:
        session = self._session
        made = {}
        for number, name in enumerate(SERVERS, 1):
            linked: dict[str, object] = {} if number > 1 else {
                "fixed_asset": "FA-0001", "cost": Cost(Decimal(BOOKED), CURRENCY),
            }  # fmt: skip
            made[name] = self._add(name, "Kokoh R2", "Jakarta / Ruang server", 300 + 130 * number,
                                   host=f"{name}.arunika.example", **linked)  # fmt: skip
            relating.relate(session, made[name].id, "part_of", rack.id)
            network.add(session, made[name].id, "eth0", _mac(9, number), "10.20.0.0/24", name)
            self._inside(made[name], number, 4, 32)
        for name in ("srv-web-01", "srv-report-01", "srv-erp-02"):
            relating.relate(session, made[name].id, "depends_on", made["srv-erp-01"].id)

    def _laptops(self) -> None:
        """Give people the laptops that their tickets speak of."""
        session = self._session
        found = relations.select_spoken_of("asset", "LT-", LAPTOPS)
        for number, (name, ticket, mail) in enumerate(found):
            city = PLACED[number % len(PLACED)].city
            model = "Ringan 13" if number % 4 == 0 else "Tangguh 14"
            age = (1_090 if number % 6 == 1 else 1_060) if number % 3 == 1 else 120 + 31 * number
            ref = self._add(name, model, f"{city} / {STORE}", age, host=name.lower(),
                            **{"cf.memory_gb": "32" if number % 4 == 0 else "16"})  # fmt: skip
            ticketing.name_assets(session, ticket, [ref.id])
            if number % 4 == 0:
                self._inside(ref, 100 + number, 2, 16)
            self._lend(ref, mail, number)

    def _inside(self, ref: Ref, number: int, slots: int, size: int) -> None:
        """Let a machine say what is in it; memory is put into every second one later."""
        first = slots // 2
        memory = [
            Part("memory", f"DIMM {place}", "Kilat DDR5-5600", f"KM{number:03}{place}",
                 f"{size} GiB") for place in range(slots)
        ]  # fmt: skip
        others = [
            Part("processor", "CPU 0", f"Rimba Inti {slots * 4}"),
            Part("disk", "nvme0n1", "Simpan NV2", f"SN{number:05}", "953.9 GiB"),
        ]
        for count in (first, slots)[: 1 + number % 2]:
            found = Inventory("lshw", (*others, *memory[:count]), frozenset(("memory",)))
            saving.save(self._session, ref.id, found)

    def _lend(self, ref: Ref, mail: str, number: int) -> None:
        """Hand a laptop out; every fifth is a loan, and some of these are late."""
        gone = 20 - number % 15
        at = self._session.now() - timedelta(days=gone)
        day = self._today + timedelta(days=5 - number) if number % 5 == 0 else None
        if number == 3:
            changing.set_state(self._session, [Ref(ref.id)], "in_repair", condition="broken")
            return
        terms = Terms(str(max(day, _day(self._session, at))) if day else "",
                      "good", acceptance=number % 4 == 2)  # fmt: skip
        session = replace(self._session, clock=lambda: at)
        lending.check_out(session, [Ref(ref.id)], mail, terms)
        if number % 8 == 2:
            lending.accept(self._session, [Ref(ref.id)])

    def _shelf(self) -> None:
        """Put spare things into the stores, and one away."""
        for number in range(6):
            city = PLACED[number % len(PLACED)].city
            self._add(f"Monitor {number + 1}", "Jernih 24", f"{city} / {STORE}", 200)
            if number < 3:
                self._add(f"Telepon cadangan {number + 1}", "Saku 9", f"{city} / {STORE}", 90)
        old = self._add("Monitor lama", "Jernih 24", f"Jakarta / {STORE}", 2_200)
        changing.set_state(self._session, [Ref(old.id)], "retired", condition="worn")


def _mac(group: int, number: int) -> str:
    """Return a locally administered address, which no maker uses."""
    return f"02:00:5e:20:{group:02x}:{number:02x}"


def _day(session: Session, at: datetime) -> date:
    return at.astimezone(session.zone).date()
