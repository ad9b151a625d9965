"""Appraisals of the demo's organisation: the cycle of last year, closed, and one that runs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from boconsole import audit
from boconsole.appraisals import cycles, goals, rating, reviewing
from boconsole.appraisals.reviewing import Answer
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import finding
from db import users
from db.appraisals import stored
from db.appraisals.rows import AppraisalRow, CycleRow
from db.staff import people

SCALE = "1=kurang; 2=sebagian; 3=memenuhi; 4=melebihi; 5=istimewa"
QUESTIONS = (
    "Hasil kerja: Selesai tepat waktu dan benar?\nPengetahuan: Cukup dan bertambah?\n"
    "Kerja sama: Dapat diandalkan rekan?\nPrakarsa: Melihat yang perlu dikerjakan?"
)
TITLES = ("Hasil kerja", "Pengetahuan", "Kerja sama", "Prakarsa")
LAST = {"Agus Salim": 4, "Nadia Putri": 5, "Yusuf Maulana": 3, "Slamet Riyadi": 3,
        "Bambang Hartono": 4, "Dian Purnama": 2}  # fmt: skip
"""Who was appraised last year, and the rating."""
GOALS = (("Layanan selesai dalam dua hari kerja", "rata-rata bulanan", 60),
         ("Satu pelatihan baru", "sertifikat", 40))  # fmt: skip
NOW = (
    "Hasan Basri", "Wayan Sudarma", "Damar Wicaksono", "Putri Maharani", "Sekar Ayu",
    "Agus Salim", "Nadia Putri", "Rizky Ramadhan", "Yusuf Maulana", "Slamet Riyadi",
    "Bambang Hartono", "Dian Purnama",
)  # fmt: skip
WORDS = "Target utama tercapai; saya ingin belajar mengelola anggaran."


def keep(session: Session) -> None:
    """Write all of it in one transaction."""
    hr = replace(session, permissions=permissions_of(("hr_officer",)))
    today = finding.today_of(session)
    with audit.writing():
        _closed(hr, today)
        _running(hr, today)


def _cycle(hr: Session, names: Sequence[str], days: tuple[date, date], due: date) -> CycleRow:
    fields = ("goals_on", "self_on", "review_on", "calibration_on")
    query = "name:" + ",".join(f'"{name}"' for name in names)
    given = {"name": f"Tahun {days[0].year}", "starts_on": days[0], "ends_on": days[1],
             "scale": SCALE, "questions": QUESTIONS, "takes": "query",
             "takes_from": query}  # fmt: skip
    weeks = {field: due + timedelta(weeks=place) for place, field in enumerate(fields)}
    return cycles.advance(hr, cycles.new(hr, {**given, **weeks}))


def _running(hr: Session, today: date) -> None:
    """Let a cycle of this year run: goals are set, and who has an account wrote the review."""
    days = date(today.year, 1, 1), date(today.year, 12, 31)
    cycle = _cycle(hr, NOW, days, today - timedelta(days=4))
    rows = [_goals(hr, row) for row in stored.select_of_cycle(cycle.id)]
    cycles.advance(hr, cycle)
    for row in rows:
        if (person := people.find(row.employee_id)) and (user := users.find(person.login)):
            own = replace(hr, user=user, permissions=frozenset())
            said = {title: Answer(str(3 + place % 2), "") for place, title in enumerate(TITLES)}
            reviewing.write_self(own, row, said, WORDS, submit=True)


def _closed(hr: Session, today: date) -> None:
    year = today.year - 1
    days = date(year, 1, 1), date(year, 12, 31)
    cycle = _cycle(hr, list(LAST), days, date(year, 12, 1))
    rows = [_goals(hr, row) for row in stored.select_of_cycle(cycle.id)]
    cycle = cycles.advance(hr, cycle)
    cycle = cycles.advance(hr, cycle, "Ulasan diri di kertas")
    done = []
    for row in rows:
        for goal, reached in zip(goals.of(row), (80 + LAST[row.name] * 5, 100), strict=True):
            row = goals.put(hr, row, {"reached": str(reached)}, goal.id)
        done.append(_reviewed(hr, row, LAST[row.name]))
    cycle = cycles.advance(hr, cycle)
    done[0] = rating.calibrate(hr, done[0], "3", "Setara dengan rekan setingkat")
    rating.release(hr, done)
    cycles.advance(hr, cycle, "Dikonfirmasi di kertas")


def _goals(hr: Session, row: AppraisalRow) -> AppraisalRow:
    for title, measure, weight in GOALS:
        row = goals.put(hr, row, {"title": title, "measure": measure, "weight": str(weight)})
    return row


def _reviewed(hr: Session, row: AppraisalRow, value: int) -> AppraisalRow:
    said = {title: Answer(str(max(1, value - place % 2)), "") for place, title in enumerate(TITLES)}
    return reviewing.write_review(hr, row, said, "Terima kasih atas kerja kerasnya.", str(value),
                                  submit=True)  # fmt: skip
