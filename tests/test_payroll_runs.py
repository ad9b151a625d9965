"""Pay runs from draft to the bank: what they compute, who may do what, what the books get."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import peewee
import pytest

from boconsole import approvals, audit
from boconsole.errors import InvalidChangeError, NotAllowedError
from boconsole.invoices import checking, company
from boconsole.ledger import entries
from boconsole.ledger.errors import ApprovalError
from boconsole.payroll import (
    approving,
    bank_file,
    comparing,
    credit_transfers,
    opening,
    posting,
    reading,
    running,
    setting_up,
)
from boconsole.payroll import slips as paper
from boconsole.payroll.computing import lines_of
from boconsole.payroll.errors import (
    MissingAccountsError,
    NobodyError,
    OpenMonthError,
    PayFactsError,
    RunStateError,
)
from boconsole.payroll.rules.errors import NoYearError
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from db import connection
from db.errors import StorageError
from db.payroll.rows import RunRow
from tests.books import held
from tests.payrolls import as_role, hire, item, open_company, posted

JANUARY, FEBRUARY = 202601, 202602
REFUSED = (peewee.DatabaseError, StorageError)


@pytest.fixture
def hr(session: Session) -> Session:
    return open_company(session)


@pytest.fixture
def local(local_session: Session) -> Session:
    """On SQLite, where the engine does not matter."""
    return open_company(local_session)


def amounts(hr: Session, row: RunRow, name: str) -> dict[str, int]:
    slip = next(each for each in reading.slips(hr, row) if each.name == name)
    return {line.code: line.amount for line in lines_of(slip) if line.kind != "working"}


def test_a_month_goes_from_draft_through_four_eyes_to_books_and_bank(hr: Session) -> None:
    setup = as_role_of(hr, "admin")
    setting_up.put_group(setup, "", "id", "calendar", {"smallest": "1"})
    item(hr, "transport", employee="Ani", amount="500000", fixed=True)
    item(hr, "loan", employee="Ani", kind="deduction", amount="250000", taxable=False)
    item(hr, "car", employee="Budi", kind="benefit", amount="1000000")
    row = running.run(hr, JANUARY)
    again = running.run(hr, JANUARY)
    approver = as_role(hr, "ava", "approver", "hr_officer")
    with pytest.raises(ApprovalError):
        approving.approve(as_role_of(hr, "approver"), again)
    with pytest.raises(RunStateError):
        posting.post(as_role(hr, "ben", "accountant"), again)
    approved = approving.approve(approver, again)
    poster = as_role(hr, "bea", "accountant")
    done = posting.post(poster, approved)
    entry = entries.get(poster, str(done.entry_id))
    owed = held(poster)
    paid = posting.pay(poster, done, date(2026, 2, 2))

    assert list(checking.faults()) == []
    assert (row.id, row.seal) == (again.id, again.seal)
    assert row.people == 3
    assert (done.state, entry.head.state, paid.state) == ("posted", "posted", "paid")
    assert entry.head.dated == date(2026, 1, 31)
    assert sum(line.amount for line in entry.postings) == 0
    assert owed["Liabilities:Net Pay"] == f"-{done.net}.00 IDR"
    assert owed["Liabilities:Income Tax"] == f"-{done.tax}.00 IDR"
    assert owed["Liabilities:Kept"] == "-250000.00 IDR"
    assert (
        "Liabilities:Net Pay" not in held(poster) or held(poster)["Liabilities:Net Pay"][0] == "0"
    )
    salaries = [line for line in entry.postings if line.account == "Expenses:Salaries"]
    assert sum(line.amount for line in salaries) == done.earned * 100
    assert {tuple(map(tuple, tags_of(line))) for line in salaries} == {
        (("department", "Office"), ("cost-centre", "off")), (("department", "Works"),),
    }  # fmt: skip
    slips = reading.slips(hr, done)
    assert (sum(s.net for s in slips), sum(s.cost for s in slips)) == (done.net, done.cost)


def tags_of(line) -> list[list[str]]:
    import json

    return json.loads(line.details or "{}").get("tags", [])


def as_role_of(session: Session, *roles: str) -> Session:
    from boconsole.roles import permissions_of

    return replace(session, permissions=permissions_of(roles))


def test_joiners_and_changes_within_a_month_are_paid_by_days(local: Session) -> None:
    hr = local
    ani = finding.find(hr, "Ani")
    changing.enter(hr, ani, NewFact("salary", {"amount": "13100000 IDR"}, date(2026, 1, 16)))
    row = running.run(hr, JANUARY)
    slips = {slip.name: [line for line in lines_of(slip) if line.code == "salary"]
             for slip in reading.slips(hr, row)}  # fmt: skip

    assert [(line.base, line.rate, line.amount) for line in slips["Citra"]] == [
        (6_000_000, "20/31", 3_870_968),
    ]  # fmt: skip
    assert [(line.base, line.rate, line.amount) for line in slips["Ani"]] == [
        (10_000_000, "15/31", 4_838_710), (13_100_000, "16/31", 6_761_290),
    ]  # fmt: skip
    assert "by calendar days 2026-01-16 to 2026-01-31" in slips["Ani"][1].source


def test_each_difference_from_the_month_before_has_its_cause(local: Session) -> None:
    hr = local
    posted(hr, JANUARY)
    budi = finding.find(hr, "Budi")
    changing.enter(hr, budi, NewFact("salary", {"amount": "25000000 IDR"}, date(2026, 2, 1)))
    hire(hr, "Dewi", 8_000_000, "K/0", date(2026, 2, 9), "Works")
    item(hr, "thr", kind="thr", name="THR", employee="Ani", starts_on=date(2026, 2, 20),
         ends_on=date(2026, 2, 20))  # fmt: skip
    row = running.run(hr, FEBRUARY)
    before, found = comparing.compare(hr, row)
    causes = {(each.person, each.code): each.cause for each in found}

    assert before is not None
    assert amounts(hr, row, "Ani")["thr"] == 10_000_000
    assert causes["Budi", "salary"] == "salary changed on 2026-02-01"
    assert causes["Budi", "tax"].startswith("other band: 9 % of 20,")
    assert causes["Dewi", "net"] == "joined on 2026-02-09"
    assert causes["Citra", "salary"] == "employed for the whole month"
    assert causes["Ani", "thr"].startswith("new: 2026-02-20, 23 months of service;")
    assert ("Budi", "jp.employee") not in causes
    assert all(each.cause for each in found)


def test_what_was_posted_is_corrected_by_another_run_and_never_changed(hr: Session) -> None:
    poster, first = posted(hr, JANUARY)
    with pytest.raises(RunStateError):
        running.run(hr, JANUARY)
    for statement in ("UPDATE pay_run SET net = 0", "UPDATE pay_slip SET net = 0",
                      "DELETE FROM pay_slip", "UPDATE pay_run SET state = 'draft'"):  # fmt: skip
        with pytest.raises(REFUSED), connection.transaction():
            connection.execute(statement)
    with pytest.raises(NobodyError):
        running.correct(hr, first, "nothing happened")
    ani = finding.find(hr, "Ani")
    fact = next(iter(changing.facts.select_of("salary", ani.id)))
    right = NewFact("salary", {"amount": "11000000 IDR"}, reason="typed wrong")
    changing.correct(hr, ani, fact.head.id, right)
    second = running.correct(hr, first, "raise was entered late")
    change = amounts(hr, second, "Ani")
    approver = as_role(hr, "una", "approver")
    booked = posting.post(poster, approving.approve(approver, second))
    third = running.run(hr, FEBRUARY)

    assert (second.kind, second.people) == ("correction", 1)
    assert change["salary"] == 1_000_000
    assert second.net == 1_000_000 - change["tax"] - sum(
        amount for code, amount in change.items() if code.endswith(".employee")
    )
    assert sum(p.amount for p in entries.get(poster, str(booked.entry_id)).postings) == 0
    assert third.state == "draft"


def test_a_year_of_runs_ends_at_article_17_and_leavers_are_settled(hr: Session) -> None:
    running.run(hr, JANUARY)
    with pytest.raises(OpenMonthError):
        running.run(hr, FEBRUARY)
    changing.leave(hr, finding.find(hr, "Budi"), date(2026, 3, 31))
    approver = as_role(hr, "ava", "approver")
    approving.approve(approver, reading.find(hr, "2026-01"))
    taxes: dict[str, int] = {}
    slips = {}
    for month in range(JANUARY, JANUARY + 12):
        row = reading.find(hr, "2026-01") if month == JANUARY else running.run(hr, month)
        if month != JANUARY:
            approving.approve(approver, row)
        for slip in reading.slips(hr, row):
            taxes[slip.name] = taxes.get(slip.name, 0) + slip.tax
            slips[slip.name] = slip
    year = {name: {line.code: line.amount for line in lines_of(slip)}
            for name, slip in slips.items()}  # fmt: skip

    assert {name: each["year.tax"] for name, each in year.items()} == taxes
    assert year["Budi"]["year.cost"] == 1_500_000
    assert slips["Budi"].tax < 0
    assert year["Citra"]["year.free"] == 54_000_000


def test_severance_of_a_leaver_is_taxed_finally_and_apart_from_the_year(hr: Session) -> None:
    budi = finding.find(hr, "Budi")
    paid_once = {"employee": "Budi", "starts_on": date(2026, 1, 31), "ends_on": date(2026, 1, 31)}
    item(hr, "severance", kind="severance", amount="600000000", **paid_once)
    with pytest.raises(PayFactsError, match=r"Budi.*last month of an employment"):
        running.run(hr, JANUARY)
    changing.leave(hr, budi, date(2026, 1, 31))
    item(hr, "savings", kind="old_age", amount="80000000", **paid_once)
    for wrong in ({"employee": ""}, {"amount": ""}, {"ends_on": None}, {"fixed": True}):
        with pytest.raises(InvalidChangeError):
            item(hr, "more", kind="severance", **{"amount": "1", **paid_once, **wrong})
    poster, row = posted(hr, JANUARY)
    slip = next(each for each in reading.slips(hr, row) if each.name == "Budi")
    finals = [line.amount for line in lines_of(slip) if line.code == "tax_final"]
    year = {line.code: line.amount for line in lines_of(slip)}

    assert finals == [2_500_000, 60_000_000, 25_000_000, 1_500_000]
    assert slip.gross == 20_000_000 + 480_000 + 48_000 + 60_000
    assert slip.tax == year["year.tax"]
    own = sum(line.amount for line in lines_of(slip) if line.code.endswith(".employee"))
    assert slip.net == 700_000_000 - slip.tax - 89_000_000 - own
    assert sum(p.amount for p in entries.get(poster, str(row.entry_id)).postings) == 0
    assert held(poster)["Liabilities:Income Tax"] == f"-{row.tax + 89_000_000}.00 IDR"


def test_pay_is_private_to_those_who_may_see_it_and_to_each_person(hr: Session) -> None:
    item(hr, "zakat", employee="Ani", kind="deduction", amount="25000")
    _poster, row = posted(hr, JANUARY)
    ani = finding.find(hr, "Ani")
    agent = as_role(hr, "ani", "agent")
    changing.edit(hr, ani, {"user": "ani"})
    own = reading.own(agent)
    looks = [line for line in audit.recent(as_role_of(hr, "auditor"))
             if line.action == "staff.look"]  # fmt: skip

    assert [each.row.name for each in own] == ["Ani"]
    assert reading.slip(agent, row, ani.id).row.net == own[0].row.net
    for role in ("agent", "accountant", "executive", "auditor", "admin"):
        with pytest.raises(NotAllowedError):
            reading.slips(as_role_of(agent, role), row)
        with pytest.raises(NotAllowedError):
            reading.slip(as_role_of(agent, role), row, ani.id + 1)
    assert looks
    told = " ".join(str(line) for line in audit.recent(as_role_of(hr, "auditor")))
    assert str(own[0].row.net) not in told
    assert "zakat" not in told  # a religion


def test_what_is_missing_is_named_and_nothing_is_kept(local: Session) -> None:
    hr = local
    hire(hr, "Eka", 5_000_000, "", date(2026, 1, 1), "Works")
    with pytest.raises(PayFactsError, match=r"Eka.*tax_status"):
        running.run(hr, JANUARY)
    with pytest.raises(InvalidChangeError):
        item(hr, "salary", amount="1")
    connection.execute("DELETE FROM pay_account WHERE key = 'net'")
    terms = NewFact("terms", {"tax_status": "TK/0"}, date(2026, 1, 2))
    changing.enter(hr, finding.find(hr, "Eka"), terms)
    row = running.run(hr, JANUARY)
    approved = approving.approve(as_role(hr, "ava", "approver"), row)
    with pytest.raises(MissingAccountsError, match="net"):
        posting.post(as_role(hr, "ben", "accountant"), approved)

    assert reading.find(hr, row.number).state == "approved"


def test_a_month_of_a_year_without_rules_is_refused_as_such(local: Session) -> None:
    with pytest.raises(NoYearError, match=r"no rules id for 2027-01.*payroll load FILE"):
        running.run(local, 202701)


def test_sums_of_another_program_count_in_the_settlement(local: Session, tmp_path: Path) -> None:
    path = tmp_path / "sums.csv"
    path.write_text("employee,gross,tax\nEMP-0001,110000000,2000000\nBudi,1,x\n", "utf-8")
    with pytest.raises(InvalidChangeError, match="line 3"):
        opening.take(local, 202611, path)
    path.write_text("employee,gross,tax\nEMP-0001,110000000,2000000\n", "utf-8")
    carried = opening.take(local, 202611, path)
    row = running.run(local, 202612)
    slip = next(each for each in reading.slips(local, row) if each.name == "Ani")
    year = {line.code: line.amount for line in lines_of(slip)}

    assert carried.kind == "opening"
    assert year["year.gross"] == 110_000_000 + slip.gross
    assert year["year.withheld"] == 2_000_000
    with pytest.raises(RunStateError):
        posting.pay(as_role(local, "ben", "accountant"), carried, date(2026, 12, 31))


def test_files_that_tell_pay_are_their_owners_alone(local: Session, tmp_path: Path) -> None:
    path, folder = tmp_path / "bank.csv", tmp_path / "slips"
    path.touch(0o644)
    _poster, row = posted(local, JANUARY)
    bank_file.write(local, row, path)
    found = [folder, path, *paper.write_all(local, row, folder)]

    assert {file.name: file.stat().st_mode & 0o077 for file in found} == {
        file.name: 0 for file in found
    }  # fmt: skip


def test_a_bank_file_of_iso_20022_has_its_elements_in_their_order(
    local: Session, tmp_path: Path
) -> None:
    hr, path = local, tmp_path / "pay.xml"
    setup = as_role_of(hr, "accountant", "admin")
    company.put(setup, "company-name", "PT Contoh & Co")
    ani = NewFact("bank", {"account": "DE89370400440532013000", "bic": "COBADEFFXXX"},
                  date(2025, 1, 1))  # fmt: skip
    changing.enter(hr, finding.find(hr, "Ani"), ani)
    _poster, row = posted(hr, JANUARY)
    with pytest.raises(InvalidChangeError, match="no IBAN is printed"):
        bank_file.write(hr, row, path)
    bank_file.write(hr, row, path, account="ID 0812-7755", bic="CENAIDJA")
    company.put(setup, "company-bank", "Bank A\nIBAN: DE02 1203 0000 0000 2020 51\nBIC BYLADEM1001")
    bank_file.write(hr, row, tmp_path / "iban.xml")
    root, iban = ET.parse(path).getroot(), ET.parse(tmp_path / "iban.xml").getroot()
    space = {"p": credit_transfers.NAMESPACE}
    batch = root.find("p:CstmrCdtTrfInitn/p:PmtInf", space)
    rows = root.findall(".//p:CdtTrfTxInf", space)

    def tags(element: ET.Element) -> list[str]:
        return list(dict.fromkeys(each.tag.partition("}")[2] for each in element))

    assert batch is not None
    assert tags(root[0]) == ["GrpHdr", "PmtInf"]
    assert tags(root[0][0]) == ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"]
    assert tags(batch) == [
        "PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr", "DbtrAcct",
        "DbtrAgt", "CdtTrfTxInf",
    ]  # fmt: skip
    assert tags(rows[0]) == ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"]
    assert batch.findtext("p:CtrlSum", "", space) == str(row.net)
    assert sum(int(each.text or 0) for each in root.findall(".//p:InstdAmt", space)) == row.net
    assert rows[0].findtext(".//p:IBAN", "", space) == "DE89370400440532013000"
    assert rows[1].findtext("p:CdtrAcct/p:Id/p:Othr/p:Id", "", space) == "0047720"
    assert rows[1].findtext("p:CdtrAgt/p:FinInstnId/p:Nm", "", space) == "BCA"
    assert batch.findtext("p:Dbtr/p:Nm", "", space) == "PT Contoh & Co"
    assert batch.findtext("p:DbtrAcct/p:Id/p:Othr/p:Id", "", space) == "ID0812-7755"
    assert iban.findtext(".//p:DbtrAcct/p:Id/p:IBAN", "", space) == "DE02120300000000202051"
    assert iban.findtext(".//p:DbtrAgt/p:FinInstnId/p:BICFI", "", space) == "BYLADEM1001"
    assert path.stat().st_mode & 0o077 == 0


def test_a_draft_waits_in_the_inbox_of_approvers_alone(local: Session) -> None:
    running.run(local, JANUARY)
    ava = as_role(local, "ava", "approver")
    waiting = approvals.waiting(ava, "you")
    seen = approvals.waiting(as_role(local, "ben", "accountant"))
    approvals.approve(ava, waiting)

    assert [(row.number, row.preparer, row.approvers) for row in waiting] == [
        ("PYR-0001", "hana", ("ava",)),
    ]  # fmt: skip
    assert seen == []
    assert reading.find(local, "2026-01").state == "approved"


def test_a_month_names_its_only_run_whatever_its_group(local: Session) -> None:
    setup = as_role_of(local, "admin", "hr_officer")
    setting_up.put_group(setup, "monthly", "id", "calendar", {})
    hire(local, "Dewi", 8_000_000, "K/0", date(2025, 2, 1), "Works", pay_group="monthly")
    grouped = running.run(local, JANUARY, "monthly")

    assert reading.find(local, "2026-01") == grouped
    whole = running.run(local, JANUARY)
    assert reading.find(local, "2026-01") == whole
