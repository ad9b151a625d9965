"""Who works with staff in the tests, and a small company."""

from dataclasses import replace
from datetime import date

from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, departments
from boconsole.staff.changing import NewFact

HIRED = date(2025, 1, 1)


def officer(session: Session, *roles: str) -> Session:
    """Return the session of an HR officer, or of somebody with other roles."""
    return replace(session, permissions=permissions_of(roles or ("hr_officer",)))


def company(hr: Session) -> None:
    """Hire Ann, Budi below her on a contract that ends in June, and Dian below Budi."""
    departments.new(hr, "Company")
    departments.new(hr, "Finance", parent="Company", cost_centre="fin")
    for name, title, department, manager, until in (
        ("Ann Lee", "Director", "Company", "", None),
        ("Budi", "Head of Finance", "Finance", "Ann Lee", date(2026, 6, 10)),
        ("Dian", "Clerk", "Finance", "Budi", date(2027, 3, 31)),
    ):
        place = {"title": title, "department": department, "manager": manager}
        changing.hire(hr, {"name": name}, HIRED, [
            NewFact("position", place),
            NewFact("contract", {"kind": "fixed" if until else "permanent"}, None, until),
            NewFact("schedule", {"country": "ID"}),
            NewFact("salary", {"amount": "20000000 IDR"}),
        ])  # fmt: skip
