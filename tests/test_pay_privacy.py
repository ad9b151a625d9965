"""Every role at every door to pay, taxes and leave: what somebody earns and why they are ill."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from boconsole import approvals, audit
from boconsole.doors import arguments
from boconsole.doors.calls import Call
from boconsole.doors.main import carry_out, main
from boconsole.errors import NotAllowedError, NotFoundError
from boconsole.invoices import company
from boconsole.leave import asking, deciding, presets, reading, setting_up, team
from boconsole.leave import exporting as leave_export
from boconsole.leave.counting import Wish
from boconsole.ledger import entries
from boconsole.payroll import (
    bank_file,
    comparing,
    exporting,
    running,
    slips,
    tax_files,
    tax_papers,
    tax_years,
)
from boconsole.payroll import reading as pay
from boconsole.payroll import setting_up as pay_setup
from boconsole.roles import ROLES, permissions_of
from boconsole.session import Session
from boconsole.settings import read_settings
from boconsole.staff import asking as people
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from boconsole.trail import reading as trail
from db import connection, users
from tests.payrolls import as_role, hire, item, open_company, posted
from tests.people import StandingClock, open_session

ANI, GITA = 1, 4
PAY, ILL, LOAN, NIK = "7531246", "pneumonia", "gambling", "3171234501900001"
SECRETS = {"pay": PAY, "health": ILL, "deduction": LOAN, "number": NIK}
JANUARY, FEBRUARY = 202601, 202602
Door = Callable[[Session, Path], Any]


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A company that paid January and computed February; Ani was ill, Gita left."""
    path = tmp_path_factory.mktemp("pay") / "pay.sqlite"
    shutil.copy(sqlite_template, path)
    root = open_session(f"sqlite:///{path}", StandingClock())
    hr = open_company(root)
    company.put(root, "company-tax-number", "01.312.166.0-091.000")
    hire(hr, "Gita", int(PAY), "K/0", date(2026, 1, 1), "Works")
    for name, login in (("Ani", "ani"), ("Budi", "budi"), ("Gita", "gita")):
        as_role(root, login, "agent")
        changing.edit(hr, finding.find(hr, name), {"user": login})
    nik = NewFact("identity", {"name": "nik", "country": "ID", "value": NIK})
    for name in ("Ani", "Gita"):
        one = finding.find(hr, name)
        changing.enter(hr, one, nik)
        manager = {"title": "Clerk", "department": "Works", "manager": "EMP-0002"}
        changing.enter(hr, one, NewFact("position", manager, date(2026, 1, 2)))
        item(hr, LOAN, name=LOAN, employee=name, kind="deduction", amount="250000")
    salary = NewFact("salary", {"amount": f"{PAY} IDR"}, date(2026, 1, 1))
    changing.enter(hr, finding.find(hr, "Ani"), salary)
    changing.leave(hr, finding.find(hr, "Gita"), date(2026, 1, 31))
    posted(hr, JANUARY)
    running.run(hr, FEBRUARY)
    setting_up.take_presets(hr, presets.types_of("indonesia"), date(2024, 1, 1))
    ani = replace(root, user=_user("ani"), permissions=permissions_of(("agent",)))
    ill = asking.request(ani, ANI, "sick", Wish(date(2026, 5, 4), date(2026, 5, 5)), ILL)
    deciding.approve(hr, [deciding.Ref(ill.id, ill.version)])
    asking.request(ani, ANI, "sick", Wish(date(2026, 5, 11), date(2026, 5, 12)), ILL)
    yield root
    connection.close_database()


def _user(login: str) -> Any:
    found = users.find(login)
    assert found is not None
    return found


def _as(root: Session, who: str) -> Session:
    """Return a role that is nobody of the company, Ani and Gita themselves, or their manager."""
    if who in ("ani", "budi", "gita"):
        return replace(root, user=_user(who), permissions=permissions_of(("agent",)))
    return replace(root, user=_user("root"), permissions=permissions_of((who,)))


def _run(month: int) -> Any:
    from db.payroll import runs

    return runs.select_of_month(month)[0]


def _pdf(paths: list[Path]) -> str:
    return "".join(page.extract_text() for path in paths for page in PdfReader(path).pages)


def _written(path: Path, write: Callable[[Path], object]) -> str:
    write(path)
    return path.read_text("utf-8")


def _leave(session: Session, path: Path) -> Any:
    return [leave_export.request(each, days=True) for each in reading.seen(session)]


def _one_leave(session: Session, path: Path) -> Any:
    return leave_export.request(reading.get(session, "LVE-0001"))


OPENING: dict[str, tuple[Door, str]] = {
    "slips": (lambda s, p: pay.slips(s, _run(JANUARY)), "pay deduction"),
    "draft": (lambda s, p: pay.slips(s, _run(FEBRUARY)), "pay deduction"),
    "slip": (lambda s, p: pay.slip(s, _run(JANUARY), ANI), "pay deduction"),
    "comparison": (lambda s, p: comparing.compare(s, _run(FEBRUARY)), ""),
    "items": (lambda s, p: pay_setup.items(s), "deduction"),
    "papers": (lambda s, p: _pdf(slips.write_all(s, _run(JANUARY), p)), "pay deduction"),
    "year": (lambda s, p: tax_years.of_one(s, 2026, GITA, "test"), "pay"),
    "one leave": (_one_leave, "health"),
    "certificates": (lambda s, p: _pdf(tax_papers.write_all(s, 2026, p)), "pay number"),
    "month's tax": (
        lambda s, p: _written(p, lambda to: tax_files.write_month(s, JANUARY, to, skip=True)),
        "number",
    ),
    "year's tax": (lambda s, p: _written(p, lambda to: tax_files.write_year(s, 2026, to)),
                   "pay number"),
    "bank file": (lambda s, p: _written(p, lambda to: bank_file.write(s, _run(JANUARY), to)),
                  "bank"),
}  # fmt: skip
"""Doors that show private things, and which, to those who may see them."""
SHUT: dict[str, Door] = {
    "runs": lambda s, p: [exporting.run_record(row) for row in pay.runs(s)],
    "leave": _leave,
    "leave to decide": lambda s, p: reading.waiting(s),
    "calendar": lambda s, p: leave_export.month(team.month(s, date(2026, 5, 1))),
    "inbox": lambda s, p: approvals.waiting(s),
    "books": lambda s, p: [entries.get(s, str(_run(JANUARY).entry_id))],
    "trail": lambda s, p: trail.list_page(s, "", limit=2_000),
    "history of a run": lambda s, p: audit.history(s, "payroll", _run(JANUARY).id),
    "history of leave": lambda s, p: audit.history(s, "leave", 1),
    "words": lambda s, p: [people.select(s, f'"{word}"') for word in SECRETS.values()],
}
"""Doors that show them to nobody."""


def _told(door: Door, session: Session, path: Path) -> str:
    try:
        text = json.dumps(door(session, path), default=str, ensure_ascii=False)
    except (NotAllowedError, NotFoundError) as error:
        return str(error)
    return text.replace(",", "").replace(".", "")


@pytest.mark.parametrize("who", [*sorted(ROLES), "ani", "gita", "budi"])
def test_pay_taxes_and_illness_open_to_their_permission_and_to_oneself(
    house: Session, who: str, tmp_path: Path
) -> None:
    session = _as(house, who)
    doors = {**{name: door for name, (door, _what) in OPENING.items()}, **SHUT}
    told = {name: _told(door, session, tmp_path / str(place))
            for place, (name, door) in enumerate(doors.items())}  # fmt: skip
    seen = {(name, what) for name, text in told.items() for what, word in SECRETS.items()
            if word in text}  # fmt: skip
    everything = {(name, what) for name, (_door, words) in OPENING.items()
                  for what in words.split() if what in SECRETS}  # fmt: skip
    closed = {"certificates", "month's tax", "year's tax", "one leave"}
    own = {"ani": {("slip", "pay"), ("slip", "deduction"), ("one leave", "health"),
                   ("leave", "health")}, "gita": {("year", "pay")}}  # fmt: skip
    expected = {
        "hr_officer": everything,
        "approver": {each for each in everything if each[0] not in closed},
    }

    assert seen == expected.get(who, own.get(who, set()))
    assert ("No account is named" in told["bank file"]) is False
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


WORDS = (
    "payroll show --month 2026-01 --json", "payroll show --month 2026-01 --employee EMP-0001",
    "payroll compare --month 2026-02", "payroll items --json", "payroll list --json",
    "payroll mine --json", "staff show EMP-0001 --private --json", "staff history EMP-0001",
    "staff list salary:>1 --json", "staff list sort:salary", "leave list --json",
    "leave show LVE-0001 --json", "leave calendar 2026-05 --json", "ledger approvals --json",
    "staff list was:salary=7531246@2026-02-01", "staff list changed:salary",
    "reports run staff-cost --json",
)  # fmt: skip


TELLING = [WORDS[place] for place in (0, 1, 3, 6, 8, 9, 11)]
"""What tells an HR officer; the rest tells nobody, or nothing of these."""


@pytest.mark.parametrize(
    ("who", "door"), [("hana", "cli"), ("hana", "ssh"), ("executive", "cli"), ("budi", "ssh")]
)
def test_the_command_line_tells_no_more_here_and_over_ssh(
    house: Session,
    who: str,
    door: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if who == "executive":
        as_role(house, who, who)
    monkeypatch.setenv("BOCONSOLE_USER", who)
    monkeypatch.setenv("BOCONSOLE_CLOCK", "2026-05-04T09:00:00Z")
    database, telling = f"sqlite:///{connection.file()}", []
    for words in WORDS:
        words_of = ["--database", database, *words.split()]
        if door == "cli":
            main(words_of)
        else:
            settings = read_settings({"BOCONSOLE_DATABASE": database}, {})
            guest = Call(arguments.parse(words_of), settings, guest=who, door="ssh")
            carry_out(guest.words, lambda _words, guest=guest: guest)  # type: ignore[misc]
        said = capsys.readouterr()
        text = (said.out + said.err).replace(",", "").replace(".", "")
        telling += [words] if any(word in text for word in SECRETS.values()) else []
    open_session(database, StandingClock())

    assert telling == (TELLING if who == "hana" else [])


def test_a_comparison_looks_at_those_who_were_only_there_before(house: Session) -> None:
    before = audit.length()
    comparing.compare(_as(house, "hr_officer"), _run(FEBRUARY))
    told = [line for line in audit.recent(_as(house, "auditor")) if line.id > before]

    assert [change.after for line in told for change in line.changes
            if change.field == "people"] == [4]  # fmt: skip
