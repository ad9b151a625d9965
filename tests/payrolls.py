"""A small company that is paid, for tests: people with terms, accounts, three roles."""

from dataclasses import replace
from datetime import date

from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.payroll import approving, posting, running, setting_up
from boconsole.payroll.setting_up import NewItem
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import changing, departments, finding
from boconsole.staff.changing import NewFact
from db.payroll.rows import RunRow
from tests.people import add_agent

CHART = (
    NewAccount("Assets:Bank", "1100", role="cash"),
    NewAccount("Expenses:Salaries", "5200"),
    NewAccount("Expenses:Contributions", "5210"),
    NewAccount("Liabilities:Net Pay", "2110"),
    NewAccount("Liabilities:Income Tax", "2120"),
    NewAccount("Liabilities:Contributions", "2130"),
    NewAccount("Liabilities:Kept", "2140"),
)
BOOKED = {
    "wages": "5200", "employer": "5210", "net": "2110", "tax": "2120", "contributions": "2130",
    "deductions": "2140", "bank": "1100",
}  # fmt: skip


def as_role(session: Session, login: str, *roles: str) -> Session:
    """Return the session of a new account with some roles."""
    return add_agent(session, login, roles)


def open_company(session: Session) -> Session:
    """Make accounts and three people; returns the session of an HR officer."""
    accounts.add(session, CHART)
    setup = replace(session, permissions=permissions_of(("admin", "hr_officer")))
    for key, code in BOOKED.items():
        setting_up.set_account(setup, key, code)
    hr = add_agent(session, "hana", ("hr_officer",))
    departments.new(hr, "Works")
    departments.new(hr, "Office", cost_centre="off")
    hire(hr, "Ani", 10_000_000, "K/1", date(2024, 3, 1), "Office")
    hire(hr, "Budi", 20_000_000, "TK/0", date(2025, 7, 16), "Works")
    hire(hr, "Citra", 6_000_000, "TK/0", date(2026, 1, 12), "Works")
    return hr


def hire(
    hr: Session, name: str, salary: int, status: str, day: date, department: str, **terms: object
) -> None:
    """Employ somebody with a salary and pay terms."""
    bank = {"account": f"00{len(name)}77{salary // 1_000_000}", "bank": "BCA"}
    changing.hire(hr, {"name": name}, day, [
        NewFact("position", {"title": "Clerk", "department": department}),
        NewFact("salary", {"amount": f"{salary} IDR"}),
        NewFact("terms", {"tax_status": status, **terms}),
        NewFact("bank", bank),
    ])  # fmt: skip


def item(hr: Session, code: str, **more: object) -> None:
    """Add a pay item from January 2026 on."""
    given = {"name": code.title(), "kind": "earning", "starts_on": date(2026, 1, 1), **more}
    setting_up.add_item(hr, NewItem(code, **given))  # type: ignore[arg-type]  # as typed


def posted(hr: Session, month: int) -> tuple[Session, RunRow]:
    """Return an accountant, and the month's run after approval and posting."""
    row = running.run(hr, month)
    approver = as_role(hr, f"ava{month}", "approver")
    poster = as_role(hr, f"ben{month}", "accountant")
    return poster, posting.post(poster, approving.approve(approver, row))


def two_months(session: Session) -> Session:
    """Post January and compute February, with a raise, somebody new and THR."""
    hr = open_company(session)
    item(hr, "transport", employee="Ani", amount="500000", fixed=True)
    posted(hr, 202601)
    raised = NewFact("salary", {"amount": "25000000 IDR"}, date(2026, 2, 1))
    changing.enter(hr, finding.find(hr, "Budi"), raised)
    hire(hr, "Dewi", 8_000_000, "K/0", date(2026, 2, 9), "Works")
    item(hr, "thr", kind="thr", name="THR", starts_on=date(2026, 2, 20), ends_on=date(2026, 2, 20))
    running.run(hr, 202602)
    return hr
