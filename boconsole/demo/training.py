"""Training in the demo's organisation: a few courses, who needs them, and two sessions."""

from dataclasses import replace
from datetime import timedelta

from boconsole import audit
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from boconsole.training import courses, sessions, words

COURSES = (
    {"name": "P3K dasar", "provider": "PMI", "hours": "8", "certificate": "P3K",
     "valid_months": "24"},
    {"name": "Keselamatan gudang", "provider": "Arunika", "hours": "4", "certificate": "K3 gudang",
     "valid_months": "12"},
    {"name": "Python lanjutan", "provider": "Kampus Digital", "hours": "24", "skill": "Python",
     "level": "4"},
    {"name": "Perlindungan data pribadi", "provider": "Arunika", "hours": "1.5"},
)  # fmt: skip
NEEDS = (("P3K dasar", "", "Resepsionis"), ("P3K dasar", "Gudang", ""),
         ("Keselamatan gudang", "Operasional", ""),
         ("Perlindungan data pribadi", "SDM", ""))  # fmt: skip
SKILLS = {
    "Wayan Sudarma": "Jaringan 4, Python 2", "Agus Salim": "Linux 5, Jaringan 4, PostgreSQL 3",
    "Rizky Ramadhan": "Jaringan 2, Linux 2", "Fajar Nugroho": "Python 1",
    "Hasan Basri": "Excel 5, Pajak 4", "Yusuf Maulana": "Excel 4, Pajak 3",
    "Intan Permata": "Pajak 4, Excel 3", "Dian Purnama": "Negosiasi 4, Excel 2",
    "Slamet Riyadi": "Forklif 5", "Joko Susilo": "Forklif 3", "Maya Sari": "Excel 3",
}  # fmt: skip


def keep(session: Session) -> None:
    """Write all of it in one transaction."""
    hr = replace(session, permissions=permissions_of(("hr_officer",)))
    with audit.writing():
        found = {str(each["name"]): courses.new(hr, each) for each in COURSES}
        for name, department, title in NEEDS:
            courses.need(hr, found[name], department, title)
        for name, told in SKILLS.items():
            facts = [NewFact("skill", {"name": each.rpartition(" ")[0],
                                       "value": each.rpartition(" ")[2]})
                     for each in told.split(", ")]  # fmt: skip
            changing.enter_all(hr, finding.by_word(hr, name), facts)
        _session(hr, found["Keselamatan gudang"], -330, ("Slamet Riyadi", "Joko Susilo"), done=True)
        _session(hr, found["Python lanjutan"], -20, ("Nadia Putri",), done=True)
        _session(hr, found["P3K dasar"], 16, ("Sekar Ayu", "Dewi Anggraini", "Joko Susilo"))


def _session(
    hr: Session, course: courses.CourseRow, days: int, names: tuple[str, ...], *, done: bool = False
) -> None:
    first = finding.today_of(hr) + timedelta(days=days)
    row = sessions.new(hr, course, {"starts_on": first, "place": "Jakarta", "seats": "12"})
    row = sessions.enrol(hr, row, [finding.by_word(hr, name).id for name in names])
    if done:
        places = [one.id for one in sessions.places(hr, row)]
        sessions.hold(hr, sessions.record(hr, row, places, words.PASSED, "lulus"))
