"""One's own page: everything of oneself without a permission, and nothing of anybody else."""

from datetime import date

from boconsole import audit, my_own
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from boconsole.training import courses
from tests.officers import company, officer
from tests.people import add_agent
from tests.things import add_asset, add_person


def test_ones_own_page_needs_no_permission_and_tells_of_nobody_else(session: Session) -> None:
    hr = officer(session)
    company(hr)
    dian = add_agent(session, "dian", ())
    contact = add_person("Dian", "dian@own.example")
    add_asset("AST-0001", "Laptop", holder=contact)
    add_asset("AST-0002", "Lorry", holder=add_person("Budi", "budi@own.example"))
    changing.edit(hr, finding.again(3), {"user": "dian", "contact": f"CON-{contact}"})
    licence = NewFact("certificate", {"name": "Licence B"}, None, date(2026, 5, 20))
    changing.enter(hr, finding.again(3), licence)
    for plan, until in (("Health", date(2026, 5, 30)), ("Old plan", date(2026, 4, 30))):
        cover = NewFact("enrolment", {"name": plan, "detail": "Insurer"}, date(2025, 1, 1), until)
        changing.enter(hr, finding.again(3), cover)
    courses.need(hr, courses.new(hr, {"name": "Safety"}), "Company")

    lines = audit.length()
    found = [(one.section, one.what, one.told, one.tone) for one in my_own.read(dian)]

    assert found == [
        ("record", "EMP-0003", "Dian · Clerk · Finance", ""), ("record", "Manager", "Budi", ""),
        ("record", "Contract until", "2027-03-31", ""),
        ("pay", "Health", "Insurer · until 2026-05-30", "warn"),
        ("training", "Safety", "missing", "bad"),
        ("training", "Licence B", "until 2026-05-20", "warn"),
        ("assets", "AST-0001", "Laptop", ""),
    ]  # fmt: skip
    assert audit.length() == lines  # a look at oneself is none
    (nobody,) = my_own.read(add_agent(session, "guest", ()))
    assert "No staff record is linked with guest" in nobody.told
