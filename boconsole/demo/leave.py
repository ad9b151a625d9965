"""Who is away in the demo's organisation: leave asked for and decided, attendance, overtime."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta

from boconsole import audit
from boconsole.leave import asking, attending, deciding, overtime, presets, setting_up
from boconsole.leave.counting import Wish
from boconsole.leave.deciding import Ref
from boconsole.leave.errors import NoDaysError, ShortError
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import finding

ASKED = (
    ("Hasan Basri", "annual", -8, 4, "Mudik ke Padang", True),
    ("Yusuf Maulana", "annual", -3, 2, "", True),
    ("Agus Salim", "sick", -1, 1, "Demam berdarah", True),
    ("Dewi Anggraini", "maternity", -4, 89, "", True),
    ("Nadia Putri", "annual", 0, 3, "Pindah rumah", True),
    ("Bambang Hartono", "wedding", 1, 2, "", True),
    ("Slamet Riyadi", "annual", 1, 4, "Panen di kampung", False),
    ("Maya Sari", "annual", 2, 1, "", False),
    ("Joko Susilo", "annual", 4, 4, "Hajatan keluarga", False),
    ("Citra Lestari", "unpaid", 3, 4, "Ujian akhir", False),
)
"""Person, type, weeks from this Monday, days after the first one, note, whether it is approved."""
CLOCKED = (("Agus Salim", time(7, 52)), ("Siti Aminah", time(8, 24)), ("Joko Susilo", time(8, 1)))
HOURS = {
    "timezone": "Asia/Jakarta",
    "hours": {day: ["08:00-12:00", "13:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
}


def keep(session: Session) -> None:
    """Write all of it in one transaction."""
    hr = replace(session, permissions=permissions_of(("hr_officer",)))
    today = finding.today_of(session)
    monday = today - timedelta(days=today.weekday())
    with audit.writing():
        setting_up.take_presets(hr, presets.types_of("indonesia"), date(2000, 1, 1))
        setting_up.take_joint_days(hr, "ID", today.year)
        setting_up.put_hours(hr, "Kantor", HOURS, 10)
        rows = []
        for name, code, weeks, days, note, approved in ASKED:
            first = monday + timedelta(weeks=weeks)
            wish = Wish(first, first + timedelta(days=days))
            with suppress(NoDaysError, ShortError):  # in some weeks nobody works
                row = asking.request(hr, finding.by_word(hr, name).id, code, wish, note)
                rows += [row] if approved else []
        deciding.approve(hr, [Ref(row.id, row.version) for row in rows])
        _work(hr, monday)


def _work(hr: Session, monday: date) -> None:
    """Enter a week of attendance, and overtime of it."""
    week = monday - timedelta(weeks=2)
    for name, begin in CLOCKED:
        person = finding.by_word(hr, name).id
        for day in range(5):
            if name != "Siti Aminah" or day != 2:
                attending.enter(hr, person, week + timedelta(days=day), begin, time(17, 4))
    for name, day, minutes, note in (
        ("Joko Susilo", 1, 120, "Kiriman ke Bogor"), ("Agus Salim", 5, 240, "Ganti server"),
    ):  # fmt: skip
        overtime.request(
            hr, finding.by_word(hr, name).id, week + timedelta(days=day), minutes, note
        )
