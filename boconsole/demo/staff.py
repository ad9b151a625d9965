"""Who works in the demo's organisation: people, their positions, contracts and pay."""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from boconsole import audit
from boconsole.demo.colleagues import DOMAIN
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, departments, finding
from boconsole.staff.changing import NewFact
from db import users
from db.staff import people

TOP = "Arunika"
DEPARTMENTS = (
    (TOP, "", "mgt"), ("Keuangan", TOP, "fin"), ("SDM", TOP, "hr"), ("TI", TOP, "it"),
    ("Operasional", TOP, "ops"), ("Gudang", "Operasional", "wh"), ("Penjualan", TOP, "sal"),
)  # fmt: skip
HEADS = (
    (TOP, "Lestari Dewi"), ("Keuangan", "Hasan Basri"), ("SDM", "Putri Maharani"),
    ("TI", "Wayan Sudarma"), ("Operasional", "Damar Wicaksono"), ("Gudang", "Slamet Riyadi"),
    ("Penjualan", "Ratna Kusuma"),
)  # fmt: skip
JAKARTA, SURABAYA = "Jakarta", "Surabaya"


class Hire(NamedTuple):
    """Somebody: who, what, for whom, since how many days, and million rupiah a month."""

    name: str
    login: str
    title: str
    department: str
    manager: str
    days: int
    pay: int
    status: str = "TK/0"
    ends: int = 0
    """Days until a fixed-term contract ends; 0 where it has no end."""


HIRES = (
    Hire("Lestari Dewi", "lestari", "Direktur Utama", TOP, "", 3200, 62, "K/2"),
    Hire("Hasan Basri", "hasan", "Kepala Keuangan", "Keuangan", "Lestari Dewi", 2600, 34, "K/1"),
    Hire("Putri Maharani", "putri", "Kepala SDM", "SDM", "Lestari Dewi", 2100, 28, "TK/0"),
    Hire("Wayan Sudarma", "wayan", "Kepala TI", "TI", "Lestari Dewi", 1900, 31, "K/3"),
    Hire("Damar Wicaksono", "damar", "Kepala Operasional", "Operasional", "Lestari Dewi", 1700, 30,
         "K/0"),
    Hire("Ratna Kusuma", "", "Kepala Penjualan", "Penjualan", "Lestari Dewi", 1500, 29, "TK/1"),
    Hire("Yusuf Maulana", "", "Akuntan", "Keuangan", "Hasan Basri", 1200, 12, "K/1"),
    Hire("Intan Permata", "", "Staf Pajak", "Keuangan", "Hasan Basri", 640, 10),
    Hire("Galih Pranata", "", "Kasir", "Keuangan", "Hasan Basri", 320, 7, ends=38),
    Hire("Maya Sari", "", "Staf SDM", "SDM", "Putri Maharani", 900, 9),
    Hire("Sekar Ayu", "sekar", "Resepsionis", "SDM", "Putri Maharani", 410, 6, ends=210),
    Hire("Agus Salim", "", "Administrator Sistem", "TI", "Wayan Sudarma", 1100, 15, "K/2"),
    Hire("Nadia Putri", "", "Pengembang", "TI", "Wayan Sudarma", 530, 16),
    Hire("Rizky Ramadhan", "", "Teknisi", "TI", "Agus Salim", 270, 8, ends=12),
    Hire("Fajar Nugroho", "", "Magang TI", "TI", "Agus Salim", 60, 3, ends=95),
    Hire("Slamet Riyadi", "", "Kepala Gudang", "Gudang", "Damar Wicaksono", 1400, 13, "K/3"),
    Hire("Dewi Anggraini", "", "Staf Gudang", "Gudang", "Slamet Riyadi", 700, 6),
    Hire("Joko Susilo", "", "Sopir", "Gudang", "Slamet Riyadi", 980, 6, "K/2"),
    Hire("Siti Aminah", "", "Staf Gudang", "Gudang", "Slamet Riyadi", 150, 5, ends=20),
    Hire("Bambang Hartono", "", "Penyelia Operasional", "Operasional", "Damar Wicaksono", 1250, 14,
         "K/1"),
    Hire("Citra Lestari", "", "Staf Operasional", "Operasional", "Bambang Hartono", 480, 7),
    Hire("Dian Purnama", "", "Tenaga Penjual", "Penjualan", "Ratna Kusuma", 860, 9, "K/0"),
    Hire("Eko Prasetyo", "", "Tenaga Penjual", "Penjualan", "Ratna Kusuma", 200, 8, ends=160),
    Hire("Bagus Pratama", "bagus", "Staf Layanan", "TI", "Wayan Sudarma", 800, 8),
)  # fmt: skip
LEFT = "Bagus Pratama"


def keep(session: Session) -> int:
    """Write all of it in one transaction; returns how many people there are."""
    hr = replace(session, permissions=permissions_of(("hr_officer",)))
    today = finding.today_of(session)
    with audit.writing():
        for name, parent, centre in DEPARTMENTS:
            departments.new(hr, name, parent=parent, cost_centre=centre)
        for number, one in enumerate(HIRES):
            _hire(hr, one, number, today)
        _further(hr, today)
        for name, head in HEADS:
            departments.edit(hr, departments.named(name), {"head": head})
    return len(HIRES)


def _hire(hr: Session, one: Hire, number: int, today: date) -> None:
    first = today - timedelta(days=one.days)
    contract = NewFact("contract", {"kind": "permanent"})
    if one.ends:
        kind = "internship" if one.title.startswith("Magang") else "fixed"
        contract = NewFact("contract", {"kind": kind}, None, today + timedelta(days=one.ends))
    place = SURABAYA if number % 5 == 4 else JAKARTA
    entries = [
        NewFact("position", {"title": one.title, "department": one.department,
                             "manager": one.manager, "place": place}),
        contract,
        NewFact("schedule", {"country": "ID"}),
        NewFact("salary", {"amount": f"{one.pay}000000 IDR"}),
        NewFact("terms", {"pay_group": "bulanan", "tax_status": one.status}),
    ]  # fmt: skip
    given: dict[str, object] = {"name": one.name, "language": "id"}
    if login := _login(one.login):
        given |= {"user": login, "email": f"{one.login}@{DOMAIN}"}
    changing.hire(hr, given, first, entries)


def _login(login: str) -> str:
    """Return the account of somebody, where it is there and nobody's yet."""
    for name in (f"{login}.arunika", login):
        user_id = users.find_id(name) if login else 0
        if user_id and people.find_of_user(user_id) is None:
            return name
    return ""


def _further(hr: Session, today: date) -> None:
    """Enter a raise to come, a family, certificates, and who left."""

    def enter(name: str, *facts: NewFact) -> None:
        changing.enter_all(hr, finding.by_word(hr, name), facts)

    soon = today.replace(day=1) + timedelta(days=62)
    enter("Nadia Putri", NewFact("salary", {"amount": "18000000 IDR"}, soon.replace(day=1)),
          NewFact("skill", {"name": "Python", "value": "3"}),
          NewFact("skill", {"name": "PostgreSQL", "value": "2"}))  # fmt: skip
    enter("Agus Salim",
          NewFact("certificate", {"name": "LFCS", "detail": "Linux Foundation"},
                  today - timedelta(days=700), today + timedelta(days=30)),
          NewFact("emergency", {"name": "Nur Salim", "detail": "istri",
                                "value": "+62 812 555 0142"}),
          NewFact("dependant", {"name": "Raka Salim", "detail": "anak", "value": "yes"},
                  date(2019, 4, 12)),
          NewFact("identity", {"name": "npwp", "country": "ID", "value": "013000666091000"}),
          NewFact("bank", {"account": "0123 456 789", "bank": "Bank Arunika",
                           "holder": "Agus Salim"}, today - timedelta(days=1100)))  # fmt: skip
    enter("Joko Susilo",
          NewFact("certificate", {"name": "SIM B1", "detail": "Polri"}, None,
                  today + timedelta(days=75)),
          NewFact("health", {"name": "Kacamata wajib saat mengemudi"}))  # fmt: skip
    enter("Intan Permata",
          NewFact("training", {"name": "Brevet pajak A dan B", "detail": "IAI", "value": "lulus"},
                  today - timedelta(days=180), today - timedelta(days=120)))  # fmt: skip
    row = finding.by_word(hr, LEFT)
    changing.leave(hr, row, today - timedelta(days=45), "Pindah kota")
