"""The books of the demo: a year of a small company in rupiah, entered by the real operations.

Everything lies before the present; who opens the demo has entered it, beside two drafts and a
bill of a colleague that wait for an approval.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from boconsole.demo import bank, fixed_assets, foreign, plans, trade
from boconsole.journals.parts import Entry
from boconsole.ledger import entries, limits, templates
from boconsole.ledger.typing import typed
from boconsole.moments import add_months
from boconsole.roles import ACCOUNTANT
from boconsole.session import Session
from db import connection, users

CHART, MONTHS, SEED = "indonesia", 12, 7
THRESHOLD = "25000000"


class Written(NamedTuple):
    """One entry to make: its day, payee, what it is about, and its lines."""

    dated: date
    payee: str
    about: str
    lines: tuple[str, ...]


def keep(session: Session) -> int:
    """Enter the year that ends today; returns how many entries were made."""
    today = session.now().astimezone(session.zone).date()
    first = add_months(today.replace(day=1), 1 - MONTHS)
    every = sorted(_year(first, Random(SEED)))
    months, random = [add_months(first, number) for number in range(MONTHS)], Random(SEED)
    deals = [deal for month in months for deal in trade.of_month(month, random)]
    past = [written for written in every if written.dated <= today]
    with connection.transaction():
        templates.load(session, CHART)
        made = [entries.enter(session, _entry(written)) for written in past]
        fixed_assets.keep(session, first, months[: MONTHS - 2], made[0].number)
        traded = trade.keep(session, deals, today)
        wrong = Written(today, "Rumah Kopi", "Rapat bulanan", _paid("5231", 1_250_000))
        twice = entries.enter(session, _entry(wrong))
        entries.reverse(session, twice, dated=today, reason="Sudah dicatat bulan lalu")
        foreign.keep(session, today)
        limits.put(session, THRESHOLD)
        plans.keep(session, today)
        drafted = _drafts(session, today)
        bank.keep(session, today)
    return len(past) + traded + drafted + 2


def _entry(written: Written) -> Entry:
    return typed(written.dated, written.about, written.lines, payee=written.payee)


def _drafts(session: Session, today: date) -> int:
    """Prepare what is not posted yet: one entry of our own, two and a bill of a colleague."""
    own = Written(today, "Cetak Cepat", "Kartu nama", _paid("5221", 385_000))
    entries.draft(session, _entry(own))
    others = [user for user in users.select_all() if user.id != session.user.id]
    if not others:
        return 1
    colleague = replace(session, user=others[0], permissions=frozenset(ACCOUNTANT))
    for written in (
        Written(today - timedelta(1), "Sumber Komputer", "Server baru", _paid("1201", 68_500_000)),
        Written(
            today - timedelta(2), "Auto Prima", "Mobil operasional", _paid("1203", 182_000_000)
        ),
    ):
        entries.draft(colleague, _entry(written))
    trade.leave_waiting(colleague, today)
    return 3


def _year(first: date, random: Random) -> Iterator[Written]:
    yield Written(first, "Arunika Niaga", "Saldo awal", (
        "1111  620000000 IDR", "1101  10000000 IDR", "1201  180000000 IDR",
        "2201  -240000000 IDR", "3101",
    ))  # fmt: skip
    for number in range(MONTHS):
        month = add_months(first, number)
        yield from _regular(month, random)


def _regular(month: date, random: Random) -> Iterator[Written]:
    """Yield what comes every month."""
    power, paper = random.randrange(2_100, 3_400), random.randrange(280, 950)
    yield Written(_on(month, 2), "", "Isi kas kecil", ("1101  1500000 IDR", "1111"))
    yield Written(_on(month, 3), "Gedung Sentosa", "Sewa kantor", _paid("5211", 12_500_000))
    yield Written(_on(month, 7), "PLN", "Listrik", _paid("5212", power * 1_000))
    yield Written(_on(month, 8), "Telkom", "Internet kantor", _paid("5213", 1_450_000))
    yield Written(_on(month, 12), "Toko Sumber", "Alat tulis",
                  (f"5221  {paper * 1_000} IDR  ; bagian: kantor", "1101"))  # fmt: skip
    yield Written(_on(month, 15), "Awan Hosting", "Peladen awan",
                  ("5222  240 USD @ 16250 IDR  ; proyek: portal", "1111"))  # fmt: skip
    yield Written(_on(month, 20), "Bank Nusa", "Angsuran pinjaman",
                  ("2201  5000000 IDR", "5282  1900000 IDR", "1111"))  # fmt: skip
    yield Written(_on(month, 25), "Karyawan", "Gaji", (
        "5201  31000000 IDR  ; bagian: kantor", "5201  55000000 IDR  ; proyek: portal",
        "5203  3440000 IDR", "2122  -4300000 IDR", "2131  -6020000 IDR", "1111",
    ))  # fmt: skip
    yield Written(_on(month, 26), "Kas Negara", "PPh 21 dan BPJS",
                  ("2122  4300000 IDR", "2131  6020000 IDR", "1111"))  # fmt: skip
    yield Written(_on(month, 28), "Bank Nusa", "Administrasi bank", _paid("5281", 35_000))


def _on(month: date, day: int) -> date:
    return month.replace(day=day)


def _paid(code: str, amount: int) -> tuple[str, ...]:
    """Return the lines of something paid from the bank."""
    return (f"{code}  {amount} IDR", "1111")
