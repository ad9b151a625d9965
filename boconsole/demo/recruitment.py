"""Who the demo's organisation looks for, who applied, and who comes and goes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from boconsole import audit
from boconsole.checklists import moves, reading, templates, ticking, words
from boconsole.recruitment import candidates, interviewing, offering, openings, stages
from boconsole.recruitment.openings import OpeningRow
from boconsole.recruitment.words import INTERVIEW, OFFER
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import finding
from boconsole.staff.changing import NewFact
from db import users


class Wanted(NamedTuple):
    """An opening and who applied: a name, the stages gone through, days ago, and the source."""

    title: str
    department: str
    manager: str
    seats: int
    state: str
    people: tuple[tuple[str, str, int, str], ...]


WANTED = (
    Wanted("Pengembang", "TI", "Wayan Sudarma", 2, "open", (
        ("Arif Hidayat", "screened interview", 21, "situs"),
        ("Laras Puspita", "screened", 9, "kampus"),
        ("Bayu Saputra", "interview offer", 30, "rujukan"), ("Tiara Anjani", "", 2, "situs"),
        ("Reza Firmansyah", "rejected", 25, "situs"), ("Winda Lestari", "", 1, "LinkedIn"),
        ("Gilang Ramadhan", "screened interview", 16, "LinkedIn"),
    )),
    Wanted("Akuntan", "Keuangan", "Hasan Basri", 1, "open", (
        ("Mega Utami", "interview", 12, "situs"), ("Andi Wijaya", "screened", 8, "rujukan"),
        ("Rina Kartika", "", 3, "situs"), ("Teguh Santoso", "withdrawn", 14, "pameran"),
        ("Yuni Astuti", "screened interview", 11, "kampus"),
    )),
    Wanted("Sopir", "Gudang", "Slamet Riyadi", 1, "on_hold", (
        ("Hendra Gunawan", "screened", 40, "rujukan"), ("Surya Darma", "", 38, "rujukan"),
        ("Wahyu Setiawan", "", 37, "situs"),
    )),
)  # fmt: skip
WHY = {"rejected": "Belum cukup pengalaman", "withdrawn": "Sudah diterima di tempat lain"}
COMES = (
    "Tanda tangan kontrak", "Akun surat dan jaringan | hr | -2 | access",
    "Laptop | hr | 0 | asset | Laptop", "Kenalkan tim | manager | 0",
    "Tinjau bulan pertama | hr | 30",
)  # fmt: skip
GOES = ("Surat keterangan kerja | hr | 7", "Wawancara pamit | manager | -3")


def keep(session: Session) -> int:
    """Write all of it in one transaction; returns how many candidates there are."""
    hr = replace(session, permissions=permissions_of(("hr_officer",)))
    with audit.writing():
        templates.put(hr, "Semua yang masuk", words.ONBOARDING, COMES)
        templates.put(hr, "Semua yang keluar", words.OFFBOARDING, GOES)
        for wanted in WANTED:
            _tell(hr, wanted)
        _come_and_go(hr)
    return sum(len(wanted.people) for wanted in WANTED)


def _tell(hr: Session, wanted: Wanted) -> None:
    row = openings.new(hr, {
        "title": wanted.title, "department": wanted.department, "manager": wanted.manager,
        "seats": wanted.seats, "place": "Jakarta",
    }, "open")  # fmt: skip
    for name, gone, days, source in wanted.people:
        _apply(hr, row, name, gone, days, source)
    if wanted.state != row.state:
        openings.set_state(hr, row, wanted.state)


def _apply(hr: Session, row: OpeningRow, name: str, gone: str, days: int, source: str) -> None:
    then = replace(hr, clock=partial(_ago, hr, days))
    mail = f"{name.lower().replace(' ', '.')}@example.com"
    given = {"name": name, "email": mail, "source": source,
             "consent_on": finding.today_of(then)}  # fmt: skip
    person = candidates.new(then, given)
    one = stages.apply(then, person, row)
    for place, stage in enumerate(gone.split(), 1):
        later = replace(hr, clock=partial(_ago, hr, max(days - 4 * place, 0)))
        if stage == OFFER:
            _offer(later, one)
        else:
            one = stages.move(later, [one], stage, WHY.get(stage, ""))[0]
        if stage == INTERVIEW:
            _talk(hr, one, days)


def _ago(hr: Session, days: int) -> datetime:
    return hr.now() - timedelta(days=days)


def _talk(hr: Session, one: stages.ApplicationRow, days: int) -> None:
    """Plan an interview that its interviewer scored, where it lies in the past."""
    others = [user for user in users.select_all() if user.id != hr.user.id][:1]
    interviewer = others[0] if others else hr.user
    at = hr.now() + timedelta(days=2 if days % 2 else -2)
    talk = interviewing.plan(hr, one, at, [interviewer.login], place="Ruang Anggrek")
    if days % 2 == 0:
        points = {name: 3 + (days + place) % 3
                  for place, name in enumerate(interviewing.get(hr, talk.id).criteria)}  # fmt: skip
        interviewing.score(replace(hr, user=interviewer), talk.id, points, "yes")


def _offer(hr: Session, one: stages.ApplicationRow) -> None:
    today: date = finding.today_of(hr)
    offering.make(hr, one, {
        "amount": "15000000 IDR", "starts_on": today + timedelta(days=45),
        "expires_on": today + timedelta(days=30), "contract": "permanent",
    })  # fmt: skip


def _come_and_go(hr: Session) -> None:
    """Hire somebody whose list is half done, and let go somebody who has things to give back."""
    today = finding.today_of(hr)
    place = NewFact("position", {"title": "Staf Operasional", "department": "Operasional",
                                 "manager": "Bambang Hartono"})  # fmt: skip
    came = moves.hire(hr, {"name": "Nina Marlina", "language": "id"}, today - timedelta(days=3),
                      [place, NewFact("contract", {"kind": "permanent"})])  # fmt: skip
    for step in reading.of_person(hr, came.id)[0].steps[:2]:
        ticking.tick(hr, step.id)
    moves.leave(hr, finding.by_word(hr, "Eko Prasetyo"), today + timedelta(days=14), "Pindah kota")
