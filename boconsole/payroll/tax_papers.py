"""The year's tax certificate of an employee as PDF: the rows of form BPA1, filled from the slips.

It is what the employee checks and the employer enters. The certificate that counts is the one
that the portal of the tax office makes and numbers.

Source: PER-11/PJ/2025, annex, form BPA1 (until 2024: 1721-A1, PER-2/PJ/2024).
"""

from contextvars import copy_context
from pathlib import Path

from boconsole.invoices import company
from boconsole.invoices.company import Company
from boconsole.language import _, active_language, decimal, languages, use_language
from boconsole.paper import tables
from boconsole.paper.pages import GREY, Pages
from boconsole.paper.tables import Column
from boconsole.paper.tables import Line as Row
from boconsole.payroll import tax_years
from boconsole.payroll.slips import known_language
from boconsole.payroll.tax_years import ROWS, TaxYear
from boconsole.session import Session
from boconsole.staff import finding, paying, privacy
from boconsole.staff import words as staff_words
from db.staff import people

KINDS = ("nik", "npwp")
SMALL = 8.5
LABEL = 150.0
HOW = "tax certificates of {year}"
NEW_FORM = 2025
SUMS = (8, 12, 13, 17, 21, 23)
"""Rows that stand out."""


def write_all(
    session: Session, year: int, folder: Path, *, employee: str = "", language: str = ""
) -> list[Path]:
    """Write certificates into a folder, one file for each person whose year is settled.

    Args:
        session: Needs `payroll.read` with `staff.read` and `staff.identity`.
        year: Of the calendar.
        folder: Is made where it is missing.
        employee: Only of this person, by number or name.
        language: `en` or `id`; by default that of each person, else of the interface.

    Raises:
        NotFoundError: Nobody's year is settled.
        UnevenYearError: What was withheld is not the tax of the year.
        UnwrittenError: A file cannot be written.
    """
    known_language(language)
    session.require(tax_years.RIGHT)
    privacy.require_all(session, staff_words.IDENTITY)
    how = HOW.format(year=year)
    if employee:
        found = [tax_years.of_one(session, year, finding.find(session, employee).id, how)]
    else:
        found = tax_years.of_all(session, year, how)
    ids = [each.employee_id for each in found]
    numbers = paying.identities(session, KINDS, ids, how)
    spoken = {row.id: row.language for row in people.select_all(ids)}
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours, written = company.read(), []
    for each in found:
        path = folder / f"BPA1-{year}-{staff_words.number(each.employee_id)}.pdf"
        pages = _laid_out(each, numbers.get(each.employee_id, {}), ours,
                          language or spoken.get(each.employee_id, ""))  # fmt: skip
        pages.write(path, private=True)
        written.append(path)
    return written


def write_own(session: Session, year: int, path: Path, language: str = "") -> TaxYear:
    """Write one's own certificate of a year; raises NotFoundError where it is not settled."""
    known_language(language)
    own, how = privacy.scope(session).own, HOW.format(year=year)
    found = tax_years.of_one(session, year, own, how)
    numbers = paying.identities(session, KINDS, [own], how)
    _laid_out(found, numbers.get(own, {}), company.read(), language).write(path, private=True)
    return found


def _laid_out(told: TaxYear, numbers: dict[str, str], ours: Company, language: str) -> Pages:
    def lay_out() -> Pages:
        use_language(language if language in languages() else active_language())
        return _Form(told, numbers, ours).lay_out()

    return copy_context().run(lay_out)


class _Form:
    """One certificate on its pages."""

    def __init__(self, told: TaxYear, numbers: dict[str, str], ours: Company) -> None:
        self.told, self.numbers, self.ours = told, numbers, ours
        self.form = "BPA1" if told.year >= NEW_FORM else "1721-A1"
        self.pages = Pages(f"{self.form} {told.year} {told.name}")

    def lay_out(self) -> Pages:
        """Put everything on pages."""
        pages = self.pages
        pages.text(f"{self.form} {self.told.year}", pages.right, size=18, bold=True, to_right=True)
        title = _("Tax withheld from employees, PPh 21")
        pages.paragraph(title, pages.left, 330, size=11, bold=True)
        pages.top += 14
        for name, value in self._facts():
            pages.text(name, pages.left, size=SMALL, grey=GREY)
            pages.paragraph(value, pages.left + LABEL, 330, size=SMALL)
        pages.top += 10
        amount = _("Amount {currency}").format(currency="IDR")
        columns = [Column("", to_right=True), Column(_("Income and its tax"), 4),
                   Column(amount, to_right=True)]  # fmt: skip
        rows = [
            Row([str(number), _(text), decimal(self.told.rows[number], 0)], bold=number in SUMS,
                above=number in SUMS)
            for number, text in ROWS.items()
        ]  # fmt: skip
        tables.put(pages, columns, rows, SMALL)
        pages.top += 10
        self._put_notes()
        return pages

    def _facts(self) -> list[tuple[str, str]]:
        told = self.told
        months = f"{told.first:02}-{told.year} - {told.last:02}-{told.year}"
        kind = _("the whole year") if told.whole else _("less than a year, not annualised")
        return [
            (_("Months"), f"{months}, {kind}"), (_("Employer"), self.ours.name or "-"),
            (_("NPWP of the employer"), self.ours.tax_number or "-"),
            (_("Name"), f"{told.name}, {staff_words.number(told.employee_id)}"),
            (_("NIK"), self.numbers.get("nik", "-")), (_("NPWP"), self.numbers.get("npwp", "-")),
            (_("Tax status"), told.status), (_("Position"), told.title or "-"),
            (_("Tax object"), "21-100-01"),
        ]  # fmt: skip

    def _put_notes(self) -> None:
        notes = [
            _(
                "Filled from the pay slips, with the row numbers of the form. The certificate that "
                "counts is made and numbered by the portal of the tax office."
            )
        ]
        if self.told.borne:
            borne = decimal(self.told.borne, 0)
            notes.append(_("Of the tax, the state bore {amount}.").format(amount=borne))
        for note in notes:
            self.pages.paragraph(note, self.pages.left, self.pages.right - self.pages.left,
                                 size=SMALL - 1)  # fmt: skip
