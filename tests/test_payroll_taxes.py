"""The year for the tax office: certificates, the month's file, and who is told what."""

import csv
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from boconsole.errors import InvalidChangeError, NotAllowedError, NotFoundError
from boconsole.invoices import company
from boconsole.payroll import (
    approving,
    opening,
    posting,
    reading,
    running,
    tax_files,
    tax_papers,
    tax_years,
)
from boconsole.payroll.errors import MissingNumbersError, UnevenYearError
from boconsole.session import Session
from boconsole.staff import changing, finding
from boconsole.staff.changing import NewFact
from tests.payrolls import as_role, hire, item, open_company, posted
from tests.test_payroll_runs import as_role_of

MONTH = ("TaxPeriodMonth", "TaxPeriodYear", "CounterpartOpt", "CounterpartPassport",
         "CounterpartTin", "StatusTaxExemption", "Position", "TaxCertificate", "TaxObjectCode",
         "Gross", "Rate", "IDPlaceOfBusinessActivity", "WithholdingDate")  # fmt: skip
NUMBER = "3171234501900001"


@pytest.fixture
def year(local_session: Session, tmp_path: Path) -> Session:
    """A company whose year is settled in December, after ten months in another program."""
    hr = open_company(local_session)
    named = as_role_of(hr, "accountant", "admin")
    company.put(named, "company-tax-number", "01.312.166.0-091.000")
    nik = NewFact("identity", {"name": "nik", "country": "ID", "value": NUMBER})
    changing.enter(hr, finding.find(hr, "Ani"), nik)
    item(hr, "car", employee="Ani", kind="benefit", amount="1000000")
    item(hr, "flat", employee="Ani", kind="benefit", amount="700000", taxable=False)
    item(hr, "meals", employee="Ani", amount="300000")
    item(hr, "thr", kind="thr", employee="Ani", starts_on=date(2026, 11, 20),
         ends_on=date(2026, 11, 20))  # fmt: skip
    item(hr, "zakat", employee="Ani", kind="deduction", amount="250000")
    sums = tmp_path / "sums.csv"
    sums.write_text("employee,gross,tax,pension\nAni,100000000,2000000,3000000\n", "utf-8")
    opening.take(hr, 202610, sums)
    approver, poster = as_role(hr, "ava", "approver"), as_role(hr, "ben", "accountant")
    for month in (202611, 202612):
        posting.post(poster, approving.approve(approver, running.run(hr, month)))
    return hr


def test_a_certificate_has_the_rows_of_the_form_and_they_add_up(
    year: Session, tmp_path: Path
) -> None:
    told = {each.name: each for each in tax_years.of_all(year, 2026, "test")}
    ani = told["Ani"].rows
    files = tax_papers.write_all(year, 2026, tmp_path / "out", language="id")
    text = PdfReader(files[0]).pages[0].extract_text()
    taxes = [slip.tax for month in (11, 12) for slip in
             reading.slips(year, reading.find(year, f"2026-{month}"))
             if slip.name == "Ani"]  # fmt: skip

    assert [ani[row] for row in range(1, 13)] == [
        120_000_000, 0, 600_000, 0, 908_000, 2_000_000, 10_000_000, 133_508_000,
        6_000_000, 3_600_000, 500_000, 10_100_000,
    ]  # fmt: skip
    assert (ani[13], ani[16], ani[17]) == (123_408_000, 63_000_000, 60_408_000)
    assert ani[18] == ani[19] == ani[21] == 3_061_200
    assert (ani[22], ani[23]) == (2_000_000 + taxes[0], taxes[1])
    assert (told["Ani"].first, told["Ani"].whole) == (1, True)
    assert (told["Citra"].first, told["Citra"].whole) == (11, False)
    for word in ("BPA1 2026", NUMBER, "133.508.000", "3.061.200", "setahun penuh"):
        assert word in text
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


def test_a_month_for_the_tax_office_names_each_person_once_with_the_rate(
    year: Session, tmp_path: Path
) -> None:
    path = tmp_path / "bpmp.xml"
    with pytest.raises(MissingNumbersError, match="EMP-0002, EMP-0003"):
        tax_files.write_month(year, 202611, path)
    assert not path.exists()
    count = tax_files.write_month(year, 202611, path, skip=True)
    root = ET.parse(path).getroot()
    rows = root.findall("ListOfMmPayroll/MmPayroll")
    values = {field.tag: field.text for field in rows[0]}

    assert (root.tag, root.findtext("TIN"), count) == ("MmPayrollBulk", "0013121660091000", 1)
    assert tuple(field.tag for field in rows[0]) == MONTH
    assert values["CounterpartTin"] == NUMBER
    assert values["Gross"] == str(21_300_000 + 454_000)
    assert (values["Rate"], values["StatusTaxExemption"]) == ("8", "K/1")
    assert values["IDPlaceOfBusinessActivity"] == "0013121660091000000000"
    assert values["WithholdingDate"] == "2026-11-30"
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(NotFoundError):  # December is settled: its people get certificates
        tax_files.write_month(year, 202612, path, skip=True)


def test_a_year_is_a_table_of_our_own_and_an_uneven_one_is_refused(
    year: Session, tmp_path: Path
) -> None:
    tax_files.write_year(year, 2026, tmp_path / "bpa1.csv")
    with (tmp_path / "bpa1.csv").open() as file:
        rows = list(csv.DictReader(file))
    ani = finding.find(year, "Ani")
    fact = next(iter(changing.facts.select_of("salary", ani.id)))
    raised = NewFact("salary", {"amount": "11000000 IDR"}, reason="typed wrong")
    changing.correct(year, ani, fact.head.id, raised)
    late = running.correct(year, reading.find(year, "2026-11"), "raise was entered late")
    approved = approving.approve(as_role(year, "una", "approver"), late)
    posting.post(as_role(year, "bob", "accountant"), approved)
    tax_files.write_month(year, 202611, tmp_path / "bpmp.xml", skip=True)
    told = ET.parse(tmp_path / "bpmp.xml").getroot()

    assert [row["employee"] for row in rows] == ["EMP-0001", "EMP-0002", "EMP-0003"]
    assert rows[0]["nik"] == NUMBER
    assert tuple(rows[0]) == tax_files.COLUMNS
    with pytest.raises(UnevenYearError, match="EMP-0001; correct"):
        tax_files.write_year(year, 2026, tmp_path / "again.csv")
    assert (told.findtext(".//Gross"), told.findtext(".//Rate")) == ("23799400", "9")


def test_who_left_with_a_posted_month_is_settled_by_its_correction(
    local_session: Session, tmp_path: Path
) -> None:
    hr = open_company(local_session)
    company.put(as_role_of(hr, "accountant", "admin"), "company-tax-number", NUMBER)
    budi = finding.find(hr, "Budi")
    nik = NewFact("identity", {"name": "nik", "country": "ID", "value": NUMBER})
    changing.enter(hr, budi, nik)
    poster, first = posted(hr, 202601)
    changing.leave(hr, budi, date(2026, 1, 31))
    late = running.correct(hr, first, "left with this month")
    posting.post(poster, approving.approve(as_role(hr, "una", "approver"), late))
    (told,) = tax_years.of_all(hr, 2026, "test")

    # 20 588 000 less 500 000 cost and 305 474 pension lies below 54 000 000: all is given back
    assert (told.name, told.first, told.last) == ("Budi", 1, 1)
    assert (told.rows[8], told.rows[21], told.rows[22], told.rows[23]) == (20_588_000, 0, 0, 0)
    with pytest.raises(MissingNumbersError, match="EMP-0001, EMP-0003"):
        tax_files.write_month(hr, 202601, tmp_path / "bpmp.xml", skip=True)


def test_a_certificate_is_its_persons_and_of_those_who_see_pay_and_numbers(
    session: Session, tmp_path: Path
) -> None:
    hr = open_company(session)
    hire(hr, "Gita", 9_000_000, "K/0", date(2026, 1, 1), "Works")
    agent, path = as_role(hr, "gita", "agent"), tmp_path / "own.pdf"
    gita = changing.edit(hr, finding.find(hr, "Gita"), {"user": "gita"})
    changing.leave(hr, gita, date(2026, 1, 31))
    posted(hr, 202601)
    own = tax_papers.write_own(agent, 2026, path)

    assert (own.name, own.first, own.last, own.whole) == ("Gita", 1, 1, False)
    for role in ("agent", "accountant", "approver", "executive", "auditor", "admin"):
        other = as_role_of(agent, role)
        with pytest.raises(NotAllowedError):
            tax_papers.write_all(other, 2026, tmp_path / "out")
        with pytest.raises(NotFoundError if role == "approver" else NotAllowedError):
            tax_years.of_one(other, 2026, 1, "test")
        with pytest.raises(NotAllowedError):
            tax_files.write_month(other, 202601, path)
        with pytest.raises(NotAllowedError):
            tax_files.write_year(other, 2026, path)
    with pytest.raises(InvalidChangeError, match="company-tax-number"):
        tax_files.write_month(hr, 202601, path)
    company.put(as_role_of(hr, "accountant", "admin"), "company-tax-number", "0013121660091000")
    with pytest.raises(MissingNumbersError):  # a file of nobody helps nobody
        tax_files.write_month(hr, 202601, path, skip=True)
