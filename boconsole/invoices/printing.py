"""Documents as PDF: what is due, for what, with which taxes, and where to pay it."""

from contextvars import copy_context
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from boconsole.errors import InvalidChangeError
from boconsole.invoices import company, reading
from boconsole.invoices.company import Company
from boconsole.invoices.reading import Document
from boconsole.invoices.words import KINDS, invoice_number
from boconsole.language import _, active_language, decimal, languages, ngettext, use_language
from boconsole.money import from_minor
from boconsole.paper import fonts, tables
from boconsole.paper.pages import GREY, LINE, Pages
from boconsole.paper.tables import Column, Line
from boconsole.paper.words import in_words
from boconsole.session import Session
from boconsole.text import safe
from db.invoices import documents as stored
from db.invoices.rows import InvoiceTaxRow

SMALL = 8.5
LABEL = 75.0
"""Room for the names of facts in the head."""
SUMS = 260.0
"""Width of what stands under the lines."""
MARKED = ("draft", "cancelled")


def write(session: Session, number: str, path: Path, language: str = "") -> int:
    """Write a document as PDF; returns how many pages it has.

    Args:
        session: Who asks.
        number: Of the document, or its id.
        path: Where to; a file that is there is written anew, whole or not at all.
        language: `en` or `id`; by default that of the interface.

    Raises:
        NotFoundError: There is no such document.
        InvalidChangeError: There is no such language.
        NoPaperError: The library that writes PDF is not installed.
        NoSignError: A text has a character without a sign in the fonts.
        UnwrittenError: The file cannot be written.
    """
    if language and language not in languages():
        raise InvalidChangeError("language", _("expected one of {words}").format(
            words=", ".join(languages())))  # fmt: skip
    document = reading.get(session, number)
    return _laid_out(document, language).write(path)


def _laid_out(document: Document, language: str) -> Pages:
    def lay_out() -> Pages:
        use_language(language or active_language())
        return _Sheet(document, company.read()).lay_out()

    return copy_context().run(lay_out)


def day_of(day: date) -> str:
    """Return a day as the language writes it: `4 Mei 2026`."""
    from babel.dates import format_date

    return str(format_date(day, "long", locale=active_language()))


class _Sheet:
    """One document on its pages."""

    def __init__(self, document: Document, ours: Company) -> None:
        self.document = document
        self.head = document.head
        self.ours = ours
        self.title = f"{_(KINDS[self.head.kind].title)} {document.number}"
        mark = _(document.state).upper() if document.state in MARKED else ""
        self.pages = Pages(self.title, mark=mark)
        self.money = partial(self._money, digits=self.head.precision)

    @staticmethod
    def _money(minor: int, digits: int) -> str:
        return decimal(from_minor(minor, digits), digits)

    def lay_out(self) -> Pages:
        """Put everything on pages."""
        self._put_head()
        self._put_lines()
        self._put_sums()
        self._put_words()
        self._put_payment()
        return self.pages

    # The head

    def _put_head(self) -> None:
        pages = self.pages
        middle = (pages.left + pages.right) / 2 + 20
        pages.text(_(KINDS[self.head.kind].title).upper(), pages.right, size=18, bold=True,
                   to_right=True)  # fmt: skip
        ours = self.head.kind.startswith("invoice")
        start = pages.top
        head = self.head
        partner = Company(head.partner, head.partner_address, head.partner_tax_number, "")
        self._put_party(self.ours if ours else partner, middle - 40 - pages.left)
        low, pages.top = pages.top, start + 30
        for name, value in self._facts():
            pages.text(name, middle, size=SMALL, grey=GREY)
            for part in fonts.wrapped(value, SMALL, pages.right - middle - LABEL):
                pages.text(part, pages.right, size=SMALL, to_right=True)
                pages.top += SMALL * LINE
        pages.top = max(pages.top, low) + 12
        pages.text(_("Bill to"), pages.left, size=SMALL, grey=GREY)
        pages.top += SMALL * LINE
        self._put_party(partner if ours else self.ours, pages.right - pages.left)
        pages.top += 16

    def _put_party(self, party: Company, room: float) -> None:
        left = self.pages.left
        self.pages.paragraph(party.name or "-", left, room, size=11, bold=True)
        if party.address:
            self.pages.paragraph(party.address, left, room, size=SMALL)
        if party.tax_number:
            told = _("Tax number: {number}").format(number=party.tax_number)
            self.pages.paragraph(told, left, room, size=SMALL)

    def _facts(self) -> list[tuple[str, str]]:
        head = self.head
        days = (head.due - head.dated).days
        terms = ngettext("{n} day", "{n} days", days).format(n=days)
        facts = [
            (_("Number"), self.document.number),
            (_("Date"), day_of(head.dated)),
            (_("Due"), day_of(head.due)),
            (_("Terms"), terms if days > 0 else _("at once")),
            (_("Currency"), head.commodity),
        ]
        if head.reference:
            facts.append((_("Reference"), head.reference))
        if head.origin_id and (origin := stored.find(head.origin_id)):
            facts.append((_("Credits"), invoice_number(origin)))
        facts.append((_("State"), _(self.document.state)))
        return facts

    # What it is about

    def _put_lines(self) -> None:
        discounted = any(Decimal(line.discount) for line in self.document.lines)
        columns = [Column("", 0, to_right=True), Column(_("Description"), 1),
                   Column(_("Quantity"), to_right=True), Column(_("Price"), to_right=True),
                   *([Column(_("Discount"), to_right=True)] if discounted else []),
                   Column(_("Taxes")), Column(_("Amount"), to_right=True)]  # fmt: skip
        lines = [
            Line(
                [str(at), line.text, f"{_number(line.quantity)} {safe(line.unit)}".strip(),
                 _number(line.price, self.head.precision),
                 *([_percent(line.discount)] if discounted else []),
                 line.taxes, self.money(line.net)]
            )
            for at, line in enumerate(self.document.lines, 1)
        ]  # fmt: skip
        tables.put(self.pages, columns, lines, SMALL)

    def _put_sums(self) -> None:
        head, code = self.head, safe(self.head.commodity)
        rows = [(_("Subtotal"), self.money(head.net), False)]
        rows += [(self._tax(tax), self.money(tax.amount), False) for tax in self.document.taxes]
        rows.append((_("Total {currency}").format(currency=code), self.money(head.total), True))
        if head.state == "issued":
            credited, rest = head.credited, abs(head.open)
            paid = head.total - credited - rest
            if credited:
                rows.append((_("Credited"), self.money(credited), False))
            rows.append((_("Paid so far"), self.money(paid), False))
            rows.append((_("Open {currency}").format(currency=code), self.money(rest), True))
        pages = self.pages
        pages.need(min(len(rows), 12) * SMALL * LINE * 1.6)
        pages.rule(pages.left, pages.right, down=2)
        pages.top += 8
        for name, value, bold in rows:
            self._put_sum(name, value, bold=bold)

    def _put_sum(self, name: str, value: str, *, bold: bool) -> None:
        pages, size = self.pages, SMALL + (1 if bold else 0)
        left = pages.right - SUMS
        room = SUMS - fonts.width(fonts.drawable(value), size, bold=bold) - 10
        parts = fonts.wrapped(name, size, max(room, 60), bold=bold)
        pages.need(len(parts) * size * LINE)
        for at, part in enumerate(parts):
            pages.text(part, left, size=size, bold=bold)
            if at == len(parts) - 1:
                pages.text(value, pages.right, size=size, bold=bold, to_right=True)
            pages.top += size * LINE
        pages.top += 1.5

    def _tax(self, tax: InvoiceTaxRow) -> str:
        """Return `PPN 12 % × 45,833,333.00 (DPP nilai lain 11/12 of 50,000,000.00)`."""
        code, base = safe(tax.code), self.money(tax.base)
        if tax.kind == "fixed":
            return code
        told = f"{code} {_number(tax.rate)} % × {base}"
        if tax.factor == "1":
            return told
        # The law's own words, in either language: PMK 131/2024, article 3.
        name = "DPP nilai lain" if code.startswith("PPN") else _("tax base")
        part = _("{name} {factor} of {net}").format(
            name=name, factor=tax.factor, net=self.money(tax.net)
        )
        return f"{told} ({part})"

    # Below

    def _put_words(self) -> None:
        pages, room = self.pages, self.pages.right - self.pages.left
        pages.top += 8
        pages.need(SMALL * LINE * 3)
        told = _("In words: {words}").format(words=self._words())
        pages.paragraph(told, pages.left, room, size=SMALL)
        if self.head.note:
            pages.top += 6
            pages.paragraph(self.head.note, pages.left, room, size=SMALL)

    def _words(self) -> str:
        total, code = self.head.total, safe(self.head.commodity)
        whole, rest = divmod(abs(total), 10**self.head.precision)
        told = f"{in_words(whole)} {code}"
        if rest:
            cents = f"{rest:0{self.head.precision}d}/{10**self.head.precision}"
            told = _("{amount} and {part}").format(amount=told, part=cents)
        return _("minus {amount}").format(amount=told) if total < 0 else told

    def _put_payment(self) -> None:
        owed = self.head.kind == "invoice" and self.head.state == "issued" and self.head.open > 0
        if not owed:
            return
        pages, room = self.pages, self.pages.right - self.pages.left
        pages.top += 10
        pages.need(SMALL * LINE * 5)
        told = _("Please pay {amount} {currency} by {day} and name {number}.").format(
            amount=self.money(self.head.open), currency=safe(self.head.commodity),
            day=day_of(self.head.due), number=self.document.number,
        )  # fmt: skip
        pages.paragraph(told, pages.left, room, size=SMALL, bold=True)
        if self.ours.bank:
            pages.paragraph(_("Bank account"), pages.left, room, size=SMALL)
            pages.paragraph(self.ours.bank, pages.left, room, size=SMALL)


def _number(text: str, digits: int = 0) -> str:
    """Return an exact decimal in the form of the language, with so many digits at least."""
    try:
        number = Decimal(text)
    except ArithmeticError:
        return text
    exponent = number.normalize().as_tuple().exponent
    behind = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return decimal(number, max(digits, behind))


def _percent(text: str) -> str:
    return f"{_number(text)} %" if Decimal(text) else ""
