"""Files for the tax office of Indonesia: a month's tax as XML, and a year as CSV.

The XML has the layout `MmPayrollBulk` (form BPMP) that the portal takes for the months that are
taxed by the monthly rates; people whose year is settled in a month are not in it. The CSV is our
own table: one line for each person, a column for each row of form BPA1.

Source: converter and template of form BPMP, portal of the tax office, version of December 2024.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.invoices import company
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless
from boconsole.payroll import tax_years, words
from boconsole.payroll.computing import facts_of
from boconsole.payroll.errors import MissingNumbersError
from boconsole.payroll.known_rules import Rules
from boconsole.payroll.rules.sets import INDONESIA
from boconsole.payroll.tax_papers import KINDS
from boconsole.session import Session
from boconsole.staff import paying, privacy
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import RunRow, SlipRow

OBJECT = "21-100-01"
"""Pay of employees."""
NIL = {"xsi:nil": "true"}
SIXTEEN, PLACE = re.compile(r"[0-9]{16}"), re.compile(r"[0-9]{22}")
HEAD_OFFICE = "000000"
COLUMNS = ("employee", "name", "nik", "npwp", "position", "status", "year", "first", "last",
           "gross_up", "borne", *(f"row_{number}" for number in tax_years.ROWS))  # fmt: skip


class Withheld(NamedTuple):
    """What the tax office is told of one person and month."""

    row: SlipRow
    gross: int
    borne: int


def write_month(
    session: Session, month: int, path: Path, *, place: str = "", skip: bool = False
) -> int:
    """Write the month's tax as XML; returns how many people are in it.

    Args:
        session: Needs `payroll.read` with `staff.read` and `staff.identity`.
        month: Such as 202601; its runs are posted or paid.
        path: Where to; a file that is there is written anew, whole or not at all.
        place: 22 digits of the place of business; by default the head office.
        skip: Leave out people whose number nobody entered.

    Raises:
        NotFoundError: Nobody was paid by such rules.
        MissingNumbersError: Numbers of people, or the employer's, are missing.
    """
    session.require(tax_years.RIGHT)
    privacy.require_all(session, staff_words.IDENTITY)
    ours = _own_number()
    if place and not PLACE.fullmatch(place):
        raise InvalidChangeError("place", _("expected 22 digits"))
    paid, withheld = _of_month(month)
    how = f"tax file of {words.month_text(month)}"
    ids = [each.row.employee_id for each in withheld]
    privacy.looked(session, [staff_words.PAY], ids, how)
    numbers = _numbers(paying.identities(session, KINDS, ids, how), ids, skip=skip)
    found = [each for each in withheld if each.row.employee_id in numbers]
    root = ET.Element("MmPayrollBulk", {"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance"})
    ET.SubElement(root, "TIN").text = ours
    rows = ET.SubElement(root, "ListOfMmPayroll")
    for each in found:
        _put(rows, each, month, numbers[each.row.employee_id], place or ours + HEAD_OFFICE, paid)
    ET.indent(root)
    with whole(path, "", private=True) as file:
        file.write('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
        file.write(ET.tostring(root, encoding="unicode") + "\n")
    _told(session, words.month_text(month), len(found))
    return len(found)


def _put(rows: ET.Element, each: Withheld, month: int, number: str, place: str, paid: date) -> None:
    row = ET.SubElement(rows, "MmPayroll")
    values = {
        "TaxPeriodMonth": month % 100, "TaxPeriodYear": month // 100, "CounterpartOpt": "Resident",
        "CounterpartPassport": None, "CounterpartTin": number,
        "StatusTaxExemption": each.row.status, "Position": each.row.title or "-",
        "TaxCertificate": "DTP" if each.borne else "N/A", "TaxObjectCode": OBJECT,
        "Gross": each.gross, "Rate": each.row.rate, "IDPlaceOfBusinessActivity": place,
        "WithholdingDate": paid,
    }  # fmt: skip
    for name, value in values.items():
        field = ET.SubElement(row, name, NIL if value is None else {})
        field.text = None if value is None else str(value)


def _own_number() -> str:
    """Return the employer's number of 16 digits; the older ones of 15 digits had no 0 before."""
    digits = re.sub(r"\D", "", company.read().tax_number)
    digits = f"0{digits}" if len(digits) == 15 else digits
    if not SIXTEEN.fullmatch(digits):
        reason = _("name the employer's NPWP: ledger set company-tax-number")
        raise InvalidChangeError("company-tax-number", reason)
    return digits


def _of_month(month: int) -> tuple[date, list[Withheld]]:
    """Return when a month was paid, and what was withheld in it by the monthly rates."""
    runs: dict[int, RunRow] = {
        row.id: row for row in stored.select_of_month(month)
        if row.state in (words.POSTED, words.PAID) and row.kind != words.OPENING
    }  # fmt: skip
    first, rules = words.days_of(month)[0], Rules()
    found: dict[int, Withheld] = {}
    for row in stored.select_month_slips(month):  # a correction comes after what it corrects
        if row.run_id in runs and rules.on(row.rules, first).kind == INDONESIA:
            had = found.get(row.employee_id, Withheld(row, 0, 0))
            found[row.employee_id] = Withheld(row, had.gross + row.gross, had.borne + row.borne)
    withheld = [each for each in found.values()
                if each.gross > 0 and not facts_of(each.row).get("settled")]  # fmt: skip
    if not withheld:
        raise NotFoundError(_("tax withheld by the monthly rates in {month}").format(
            month=words.month_text(month)))  # fmt: skip
    return max(row.paid_on or row.pay_on for row in runs.values()), withheld


def _numbers(
    known: Mapping[int, Mapping[str, str]], ids: Sequence[int], *, skip: bool
) -> dict[int, str]:
    """Return the number of 16 digits of each person: the NIK, else the NPWP."""
    found, missing = {}, []
    for one in ids:
        plain = (re.sub(r"\D", "", known.get(one, {}).get(kind, "")) for kind in KINDS)
        number = next((each for each in plain if SIXTEEN.fullmatch(each)), None)
        if number:
            found[one] = number
        else:
            missing.append(staff_words.number(one))
    if missing and not (skip and found):
        raise MissingNumbersError(missing)
    return found


def write_year(session: Session, year: int, path: Path) -> int:
    """Write the settled years of everybody as CSV; returns how many people are in it.

    Raises:
        NotFoundError: Nobody's year is settled.
        UnevenYearError: What was withheld is not the tax of the year.
    """
    session.require(tax_years.RIGHT)
    privacy.require_all(session, staff_words.IDENTITY)
    how = f"tax file of {year}"
    found = tax_years.of_all(session, year, how)
    numbers = paying.identities(session, KINDS, [each.employee_id for each in found], how)
    with whole(path, "", private=True) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for each in found:
            known = numbers.get(each.employee_id, {})
            table.writerow((
                staff_words.number(each.employee_id), harmless(each.name),
                *(harmless(known.get(kind, "")) for kind in KINDS), harmless(each.title),
                each.status, each.year, each.first, each.last,
                "yes" if each.grossed_up else "no", each.borne, *each.rows.values(),
            ))  # fmt: skip
    _told(session, str(year), len(found))
    return len(found)


def _told(session: Session, what: str, count: int) -> None:
    with audit.writing():
        told: dict[str, tuple[object, object]] = {"tax_file": (None, what), "people": (None, count)}
        audit.record(session, "payroll.tax_file", words.AREA, [audit.Line(0, told)])
