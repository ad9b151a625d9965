"""Pay slips as PDF, in English or Indonesian: what was earned, kept and paid, and by which rule."""

from contextvars import copy_context
from datetime import date
from pathlib import Path

from boconsole.errors import InvalidChangeError
from boconsole.invoices import company
from boconsole.invoices.company import Company
from boconsole.invoices.printing import day_of
from boconsole.language import _, active_language, decimal, languages, use_language
from boconsole.money import from_minor
from boconsole.paper import tables
from boconsole.paper.pages import GREY, LINE, Pages
from boconsole.paper.tables import Column
from boconsole.paper.tables import Line as Row
from boconsole.paper.words import in_words
from boconsole.payroll import citing, reading, words
from boconsole.payroll.reading import Slip
from boconsole.payroll.rules.lines import Line
from boconsole.session import Session
from boconsole.staff import words as staff_words
from db.payroll.rows import RunRow
from db.staff import people

SMALL = 8.5
LABEL = 110.0
SECTIONS = ("earning", "deduction", "tax")
ASIDE = ("benefit", "employer", "working")


def write_all(session: Session, run: RunRow, folder: Path, language: str = "") -> list[Path]:
    """Write the slips of a run into a folder, one file for each person.

    Args:
        session: Needs `payroll.read`.
        run: Posted or paid; a draft's slips say that they are drafts.
        folder: Is made where it is missing.
        language: `en` or `id`; by default that of each person, else of the interface.

    Raises:
        InvalidChangeError: There is no such language.
        NoPaperError: The library that writes PDF is not installed.
        UnwrittenError: A file cannot be written.
    """
    known_language(language)
    found = reading.slips(session, run, f"pay slips of {run.number}")
    spoken = {row.id: row.language for row in
              people.select_all([each.employee_id for each in found])}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours, written = company.read(), []
    for row in found:
        slip = Slip(run, row, tuple(reading.lines_of(row)))
        path = folder / f"{run.number}-{staff_words.number(row.employee_id)}.pdf"
        _laid_out(slip, ours, language or spoken.get(row.employee_id, "")).write(path, private=True)
        written.append(path)
    return written


def write_own(session: Session, number: str, path: Path, language: str = "") -> Slip:
    """Write one's own slip of a run, or the newest one.

    Raises:
        NotFoundError: There is none.
    """
    known_language(language)
    slip = reading.own_of(session, number)
    _laid_out(slip, company.read(), language).write(path, private=True)
    return slip


def known_language(language: str) -> None:
    """Raise InvalidChangeError where nobody speaks a language here; empty is anyone's own."""
    if language and language not in languages():
        raise InvalidChangeError("language", _("expected one of {words}").format(
            words=", ".join(languages())))  # fmt: skip


def _laid_out(slip: Slip, ours: Company, language: str) -> Pages:
    def lay_out() -> Pages:
        use_language(language if language in languages() else active_language())
        return _Sheet(slip, ours).lay_out()

    return copy_context().run(lay_out)


class _Sheet:
    """One slip on its pages."""

    def __init__(self, slip: Slip, ours: Company) -> None:
        self.slip = slip
        self.run, self.row = slip.run, slip.row
        self.ours = ours
        mark = _(self.run.state).upper() if self.run.state in (words.DRAFT, words.APPROVED) else ""
        title = f"{self.run.title} {self.row.name}"
        self.pages = Pages(_("Pay slip") + f" {title}", mark=mark)

    def money(self, amount: int) -> str:
        """Return an amount as the language writes it."""
        return decimal(from_minor(amount, self.run.digits), self.run.digits)

    def lay_out(self) -> Pages:
        """Put everything on pages."""
        self._put_head()
        for kind, title in ((SECTIONS[0], _("Earned")), (SECTIONS[1], _("Kept from the pay")),
                            (SECTIONS[2], _("Income tax"))):  # fmt: skip
            self._put_lines(title, [line for line in self.slip.lines if line.kind == kind])
        self._put_net()
        for kind, title in ((ASIDE[0], _("In kind")), (ASIDE[1], _("Paid by the employer on top")),
                            (ASIDE[2], _("How the tax was found"))):  # fmt: skip
            self._put_lines(title, [line for line in self.slip.lines if line.kind == kind])
        return self.pages

    def _put_head(self) -> None:
        pages, row = self.pages, self.row
        pages.text(_("Pay slip").upper(), pages.right, size=18, bold=True, to_right=True)
        pages.paragraph(self.ours.name or "-", pages.left, 260, size=11, bold=True)
        if self.ours.address:
            pages.paragraph(self.ours.address, pages.left, 260, size=SMALL)
        pages.top += 14
        facts = [
            (_("Month"), _month_text(self.run.month)), (_("Pay run"), self.run.number),
            (_("Name"), row.name), (_("Number"), staff_words.number(row.employee_id)),
            (_("Position"), row.title), (_("Department"), row.department),
            (_("Tax status"), row.status), (_("Rules"), row.rules),
            (_("Paid on"), day_of(self.run.paid_on or self.run.pay_on)),
        ]  # fmt: skip
        for name, value in facts:
            if value:
                pages.text(name, pages.left, size=SMALL, grey=GREY)
                pages.text(value, pages.left + LABEL, size=SMALL)
                pages.top += SMALL * LINE
        pages.top += 10

    def _put_lines(self, title: str, lines: list[Line]) -> None:
        if not lines:
            return
        columns = [Column(title, 3), Column(_("Base"), to_right=True),
                   Column(_("Rate"), to_right=True),
                   Column(_("Amount {currency}").format(currency=self.run.currency),
                          to_right=True), Column(_("Source"), 4)]  # fmt: skip
        rows = [
            Row([words.line_name(line.name), self.money(line.base) if line.base else "",
                 line.rate, self.money(line.amount), citing.source(line.source)])
            for line in lines
        ]  # fmt: skip
        if len(lines) > 1 and lines[0].kind != "working":
            total = sum(line.amount for line in lines)
            rows.append(Row([_("Sum"), "", "", self.money(total), ""], bold=True, above=True))
        tables.put(self.pages, columns, rows, SMALL - 1)
        self.pages.top += 10

    def _put_net(self) -> None:
        pages, row = self.pages, self.row
        pages.need(SMALL * LINE * 4)
        pages.rule(pages.left, pages.right, down=1)
        pages.top += 6
        told = _("Paid out {currency}").format(currency=self.run.currency)
        pages.text(told, pages.left, size=SMALL + 2, bold=True)
        pages.text(self.money(row.net), pages.right, size=SMALL + 2, bold=True, to_right=True)
        pages.top += (SMALL + 2) * LINE
        whole = row.net // 10**self.run.digits
        if whole > 0:
            pages.paragraph(in_words(whole), pages.left, pages.right - pages.left, size=SMALL)
        pages.top += 12


def _month_text(month: int) -> str:
    from babel.dates import format_date

    day = date(month // 100, month % 100, 1)
    return str(format_date(day, "MMMM y", locale=active_language()))
