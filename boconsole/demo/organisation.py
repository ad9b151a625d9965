"""The people of the demo: our own organisation, its offices and teams, and those it works with.

Names are combinations of common first and last names; mail addresses lie in domains that are
reserved for examples. The same seed gives the same people.
"""

from random import Random
from typing import NamedTuple

OWN_NAME = "Arunika Niaga"
OWN_DOMAIN = "arunika.example"
SINCE = 1_262_304_000
"""When the own organisation was entered: 2010-01-01, in seconds since the epoch."""

FIRST_NAMES = (
    "Adi", "Agus", "Aisyah", "Andi", "Anita", "Arif", "Ayu", "Bagus", "Bambang", "Bayu", "Budi",
    "Citra", "Dewi", "Dian", "Dimas", "Dina", "Eka", "Eko", "Fajar", "Farah", "Fitri", "Galih",
    "Gita", "Hadi", "Hendra", "Indah", "Intan", "Irfan", "Joko", "Kartika", "Laras", "Lestari",
    "Maya", "Mega", "Nadia", "Nanda", "Ningsih", "Nur", "Putri", "Rahmat", "Raka", "Ratna", "Reza",
    "Rina", "Rizki", "Sari", "Sinta", "Siti", "Surya", "Tari", "Teguh", "Tiara", "Tri", "Umar",
    "Vina", "Wahyu", "Wulan", "Yanti", "Yoga", "Yusuf", "Zahra", "Alice", "Amara", "Ben", "Carla",
    "Chen", "Daniel", "Elena", "Emeka", "Farid", "Grace", "Hanna", "Ivan", "Jonas", "Keiko",
    "Leila", "Liam", "Lucia", "Marek", "Mei", "Miguel", "Nadine", "Oscar", "Priya", "Rohan",
    "Sofia", "Tomas", "Uma", "Victor", "Yuki", "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Anggraini", "Ardiansyah", "Basuki", "Cahyono", "Darmawan", "Effendi", "Firmansyah", "Gunawan",
    "Halim", "Handayani", "Hartono", "Hidayat", "Irawan", "Iskandar", "Kurniawan", "Kusuma",
    "Lubis", "Maharani", "Mahendra", "Maulana", "Nasution", "Nugroho", "Pangestu", "Permata",
    "Prasetyo", "Pratama", "Purnomo", "Puspita", "Rahayu", "Rahman", "Ramadhan", "Sanjaya",
    "Santoso", "Saputra", "Setiawan", "Siregar", "Sitorus", "Subagyo", "Suryadi", "Susanto",
    "Tanjung", "Utami", "Wibowo", "Wijaya", "Winata", "Yulianto", "Adeyemi", "Becker", "Costa",
    "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jensen", "Kowalski", "Lim",
    "Moreau", "Novak", "Okafor", "Petrov", "Rossi", "Sharma", "Tanaka", "Vargas", "Weber", "Zhang",
)  # fmt: skip
FIRM_HEADS = (
    "Bukit", "Cakra", "Delta", "Embun", "Fajar", "Gema", "Harapan", "Kembang", "Lentera", "Mitra",
    "Nusa", "Padma", "Rimba", "Samudra", "Tirta", "Wana", "Northwind", "Riverside", "Highland",
    "Lakeview", "Bluefin", "Redwood", "Stonebridge", "Seabright",
)  # fmt: skip
FIRM_TAILS = (
    "Abadi", "Agro", "Bahari", "Cemerlang", "Farma", "Logistik", "Makmur", "Mandiri", "Medika",
    "Pangan", "Sejahtera", "Tekstil", "Clinics", "Foods", "Freight", "Hotels", "Textiles",
    "Trading",
)  # fmt: skip


class Office(NamedTuple):
    """A place where we work; `code` is part of the names of its devices."""

    city: str
    code: str
    floors: int


class Organisation(NamedTuple):
    """A row of organisations."""

    id: int
    name: str
    kind: str
    domain: str


class Person(NamedTuple):
    """A contact, with what tickets say of them."""

    id: int
    name: str
    email: str
    phone: str
    organisation: Organisation
    vip: bool
    language: str
    office: Office
    department: str
    laptop: str


class Agent(NamedTuple):
    """An account that works on tickets, with its queues by name."""

    id: int
    login: str
    name: str
    email: str
    queues: tuple[str, ...]


OFFICES = (
    Office("Jakarta", "JKT", 5), Office("Bandung", "BDG", 3), Office("Surabaya", "SBY", 3),
    Office("Medan", "MDN", 2), Office("Makassar", "UPG", 2), Office("Denpasar", "DPS", 1),
)  # fmt: skip
DEPARTMENTS = (
    "Finance", "Warehouse", "Sales", "Purchasing", "Customer Care", "Human Resources", "Legal",
    "Planning",
)  # fmt: skip
QUEUES = ("Service Desk", "Field Support", "Network", "Applications", "Facilities")
AGENT_QUEUES = (
    ("Service Desk",), ("Service Desk",), ("Service Desk", "Facilities"), ("Service Desk",),
    ("Field Support",), ("Field Support", "Service Desk"), ("Field Support", "Facilities"),
    ("Network",), ("Network", "Field Support"), ("Applications",), ("Applications",),
    ("Facilities",),
)  # fmt: skip
OPENER_QUEUES = ("Service Desk", "Network", "Applications")
OTHER_ROLES = ("auditor", "executive")
"""Held by the two accounts after the agents."""


def organisations(random: Random, tickets: int) -> list[Organisation]:
    """Return our own organisation and some 40 or more that we work with."""
    names = [f"{head} {tail}" for head in FIRM_HEADS for tail in FIRM_TAILS]
    chosen = random.sample(names, min(40 + tickets // 10_000, 240))
    return [
        Organisation(1, OWN_NAME, "own", OWN_DOMAIN),
        *(
            Organisation(
                number,
                name,
                ("partner" if number % 5 == 0 else "supplier" if number % 7 == 0 else "customer"),
                f"{name.lower().replace(' ', '-')}.example",
            )
            for number, name in enumerate(chosen, 2)
        ),
    ]


def people(random: Random, tickets: int, firms: list[Organisation]) -> list[Person]:
    """Return the staff first, then the contacts elsewhere; 600 of them or more."""
    staff = min(60 + tickets // 2_500, 460)
    total = 600 + tickets // 50
    taken: dict[str, int] = {}
    found = []
    for number in range(1, total + 1):
        first = FIRST_NAMES[int(random.random() * len(FIRST_NAMES))]
        last = LAST_NAMES[int(random.random() * len(LAST_NAMES))]
        firm = firms[0] if number <= staff else firms[1 + (number - staff) % (len(firms) - 1)]
        local = f"{first}.{last}".lower()
        key = f"{local}@{firm.domain}"
        taken[key] = taken.get(key, 0) + 1
        suffix = "" if taken[key] == 1 else str(taken[key])
        found.append(
            Person(
                number,
                f"{first} {last}",
                f"{local}{suffix}@{firm.domain}",
                f"+62 21 5550 {number % 10_000:04}",
                firm,
                number % 37 == 5,
                "id" if random.random() < 0.4 else "en",
                OFFICES[min(int(random.random() ** 1.6 * len(OFFICES)), len(OFFICES) - 1)],
                DEPARTMENTS[int(random.random() * len(DEPARTMENTS))],
                f"LT-{1000 + number * 7}",
            )
        )
    return found


def agents(staff: list[Person], first_id: int, opener: str) -> list[Agent]:
    """Return the accounts of the first staff: agents, then those of `OTHER_ROLES`.

    Nobody gets the login of the opener.
    """
    wanted = len(AGENT_QUEUES) + len(OTHER_ROLES)
    taken = {opener}
    found = []
    for number, person in enumerate(staff[:wanted]):
        local = person.email.partition("@")[0]
        choices = (local.partition(".")[0], local, f"{local}.{number}")
        login = next(choice for choice in choices if choice not in taken)
        taken.add(login)
        queues = AGENT_QUEUES[number] if number < len(AGENT_QUEUES) else ()
        found.append(Agent(first_id + number, login, person.name, person.email, queues))
    return found
