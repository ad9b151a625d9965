"""Measure pay runs and write payroll.md: a month computed, approved, booked and compared."""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from run import head, session_on

from boconsole.ledger import accounts
from boconsole.ledger.accounts import NewAccount
from boconsole.payroll import approving, comparing, posting, running, setting_up
from boconsole.payroll.setting_up import NewItem
from boconsole.roles import permissions_of
from boconsole.session import Session
from boconsole.staff import departments
from db import connection, users
from db.ledger import charts
from db.loading import reserve_ids

HERE = Path(__file__).parent
STATUSES = ("TK/0", "TK/1", "K/0", "K/1", "K/2", "K/3")
CHART = (
    NewAccount("Assets:Bank", role="cash"), NewAccount("Expenses:Salaries"),
    NewAccount("Expenses:Contributions"), NewAccount("Liabilities:Net"),
    NewAccount("Liabilities:Tax"), NewAccount("Liabilities:Contributions"),
    NewAccount("Liabilities:Kept"),
)  # fmt: skip
KEYS = dict(zip(
    ("bank", "wages", "employer", "net", "tax", "contributions", "deductions"),
    (new.path for new in CHART), strict=True,
))  # fmt: skip
FACT = "employee_id, starts_on, reason, salt, made_at, made_by"


def fill(session: Session, count: int) -> None:
    """Employ people with salary and pay terms in twelve departments, without their history."""
    chance = random.Random(1)
    accounts.add(session, CHART)
    for key, path in KEYS.items():
        setting_up.set_account(session, key, path)
    rooms = [departments.new(session, f"Department {number}").id for number in range(12)]
    from boconsole.ledger import commodities

    commodities.ensure(commodities.by_code(), {"IDR": None})
    rupiah = next(row.id for row in charts.select_commodities() if row.code == "IDR")
    with connection.transaction():
        ids = list(reserve_ids("employee", count))
        connection.executemany(
            "INSERT INTO employee (id, name, sort_name, email, phone, language, created_at, "
            "version) VALUES (?, ?, ?, '', '', '', 0, 1)",
            ((one, f"Person {one:05}", f"person {one:05}") for one in ids),
        )
        for table, columns, row in (
            ("employment", "end_reason", lambda: ("",)),
            ("employee_position", "title, department_id, place, grade",
             lambda: ("Clerk", chance.choice(rooms), "", "")),
            ("employee_salary", "amount, commodity_id, per",
             lambda: (chance.randrange(45, 400) * 10_000_000, rupiah, "month")),
            ("employee_terms", "pay_group, rule_set, tax_status, tax_method, details",
             lambda: ("", "", chance.choice(STATUSES), "", "{}")),
            ("employee_bank", "holder, account, bank, bic, country",
             lambda: ("", "1234567", "BCA", "", "")),
        ):  # fmt: skip
            found = [(one, 20240101, "", "", 0, 0, *row()) for one in ids]
            marks = ", ".join("?" * len(found[0]))
            connection.executemany(
                f"INSERT INTO {table} ({FACT}, {columns}) VALUES ({marks})", found
            )
    setting_up.add_item(session, NewItem(
        "transport", "Transport", "earning", date(2026, 1, 1), amount="750000", fixed=True
    ))  # fmt: skip


def other(session: Session) -> Session:
    """Return the session of a colleague with the same rights."""
    users.insert("colleague", "Colleague", "", session.now())
    user = users.find("colleague")
    assert user is not None
    return replace(session, user=user)


def timed(name: str, work: Callable[[], object]) -> tuple[str, float]:
    start = time.perf_counter()
    work()
    return name, time.perf_counter() - start


def measure(count: int) -> Iterator[tuple[str, float]]:
    """Yield what was done and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        session = session_on(f"sqlite:///{folder}/pay.sqlite")
        roles = ("admin", "hr_officer", "approver", "accountant")
        session = replace(session, permissions=permissions_of(roles))
        fill(session, count)
        colleague = other(session)
        made = {}

        def run(month: int) -> None:
            made[month] = running.run(session, month)

        yield timed("a month computed and saved as a draft", lambda: run(202601))
        yield timed("computed again in its place", lambda: run(202601))
        yield timed("approved", lambda: approving.approve(colleague, made[202601]))
        approved = running.reading.again(made[202601].id)
        yield timed("booked by department", lambda: posting.post(session, approved))
        yield timed("the month after, with the year so far", lambda: run(202602))
        yield timed("compared with the month before",
                    lambda: comparing.compare(session, made[202602]))  # fmt: skip
        connection.close_database()


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    count = parser.parse_args().people
    lines = [*head("Pay, measured"), f"| {count:,} people, SQLite | seconds |", "|---|---|"]
    for name, seconds in measure(count):
        lines.append(f"| {name} | {seconds:.2f} |")
        print(lines[-1], flush=True)
    (HERE / "payroll.md").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
