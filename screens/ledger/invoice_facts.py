"""What documents look like: where they stand, their lines, taxes, sums, and what was paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal, Inexact, localcontext
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from boconsole.invoices.documents import InvoiceRow, InvoiceTaxRow, Whole
from boconsole.invoices.reading import Document
from boconsole.invoices.words import KINDS, state_of
from boconsole.language import N_, _, decimal, ngettext
from boconsole.registry.beside import Linked
from boconsole.session import Session
from screens import attached, papers_at
from screens.cells import Cell, Look, fit, moment, safe
from screens.ledger.facts import LABEL, money
from screens.prose import toned, wrapped

FEATURE = "invoice"
STATES = {
    "draft": Look("D", N_("draft"), "warn"),
    "issued": Look("I", N_("issued"), ""),
    "partly paid": Look("p", N_("partly paid"), "info"),
    "paid": Look("P", N_("paid"), "good"),
    "cancelled": Look("C", N_("cancelled"), "muted"),
}
CREDIT_NOTES = ("invoice-credit", "bill-credit")
TEXT = 18
"""Cells that the text of a line has at least; what does not fit stands on a line below."""


def state_letter(row: InvoiceRow) -> Cell:
    """Return the letter of where a document stands: D, I, p, P or C."""
    look = STATES[state_of(row)]
    return Cell(look.letter, look.tone)


def state_word(word: str) -> Cell:
    """Return letter and word of where a document stands: `I issued`."""
    look = STATES[word]
    return Cell(f"{look.letter} {_(look.word)}", look.tone)


def sign(row: InvoiceRow) -> int:
    """Return -1 for a credit note, whose amounts are shown with a minus."""
    return -1 if row.kind in CREDIT_NOTES else 1


def total(row: InvoiceRow) -> Cell:
    """Return the total with its currency."""
    return Cell(f"{money(sign(row) * row.total, row.precision)} {safe(row.commodity)}")


def open_part(row: InvoiceRow) -> Cell:
    """Return what is open, empty where nothing is."""
    return Cell(money(sign(row) * abs(row.open), row.precision) if row.open else "", "strong")


def due(row: InvoiceRow, today: date) -> Cell:
    """Return the due day, marked where it is over."""
    late = is_late(row, today)
    return Cell(f"{row.due} !" if late else str(row.due), "bad" if late else "")


def is_late(row: InvoiceRow, today: date) -> bool:
    """Return whether a document is open after its due day; a credit note never is."""
    return bool(row.open) and row.due < today and row.kind not in CREDIT_NOTES


def today(session: Session) -> date:
    """Return the day it is for whoever looks."""
    return session.now().astimezone(session.zone).date()


def picture(
    whole: Whole, room: int, session: Session, papers: Sequence[Linked] = ()
) -> list[Content]:
    """Return a document to read: its facts, its lines, taxes and sums, and what was paid."""
    document, head = whole.document, whole.document.head
    kind = _(KINDS[head.kind].title)
    lines = wrapped(toned((safe(f"{kind} {document.number} | {head.partner}"), "strong")), room)
    for label, cell in _facts(whole, session):
        first = toned((fit(_(label), LABEL), "muted"))
        lines += wrapped(toned(cell), room, first, " " * LABEL)
    lines += papers_at.lines(papers, room, LABEL)
    lines += [Content(""), *_table(document, room), Content(""), *_sums(document, room)]
    if whole.settled:
        lines += [Content(""), *_settled(whole, room)]
    return lines


def _facts(whole: Whole, session: Session) -> Iterator[tuple[str, Cell]]:
    document, head = whole.document, whole.document.head
    yield N_("State"), state_word(document.state)
    yield N_("Date"), Cell(str(head.dated))
    yield N_("Due"), _due(head, today(session))
    address = "  ".join(head.partner_address.splitlines())
    told = [
        (N_("Address"), Cell(safe(address))),
        (N_("Tax number"), Cell(safe(head.partner_tax_number))),
        (N_("Reference"), Cell(safe(head.reference))),
        (N_("Credits"), Cell(whole.origin[1] if whole.origin else "", "info")),
        (N_("Credit notes"), Cell(", ".join(number for _id, number in whole.notes), "info")),
        (N_("Files"), Cell(attached.told(whole.files))),
        (N_("Exchange rate"), Cell(rate(head.rate))),
        (N_("Note"), Cell(safe(head.note))),
        (N_("Prepared by"), Cell(safe(whole.people.get(head.prepared_by, "")))),
        (N_("Approved by"), Cell(_by(whole, head.approved_by, head.approved_at, session.zone))),
        (N_("Issued"), Cell(_at(head.issued_at, session.zone))),
    ]
    yield from ((label, cell) for label, cell in told if cell.text)


def rate(text: str) -> str:
    """Return a rate as a decimal where it is one, else as the fraction that it is."""
    if text in ("", "1"):
        return ""
    top, _slash, bottom = text.partition("/")
    with localcontext(prec=30) as context:
        context.clear_flags()  # those of whatever was computed before
        found = Decimal(top) / Decimal(bottom or 1)
        return safe(text) if context.flags[Inexact] else f"{found:f}"


def _due(head: InvoiceRow, day: date) -> Cell:
    if not is_late(head, day):
        return Cell(str(head.due))
    days = (day - head.due).days
    late = ngettext("{n} day overdue", "{n} days overdue", days).format(n=days)
    return Cell(f"{head.due} ! {late}", "bad")


def _by(whole: Whole, person: int | None, at: int | None, zone: ZoneInfo) -> str:
    if person is None:
        return ""
    return f"{safe(whole.people.get(person, ''))}  {_at(at, zone)}".rstrip()


def _at(seconds: int | None, zone: ZoneInfo) -> str:
    return moment(datetime.fromtimestamp(seconds, zone)) if seconds else ""


def _table(document: Document, room: int) -> list[Content]:
    """Return the lines in columns: text, quantity × price, taxes, net; accounts below each."""
    digits = document.head.precision
    counted = [_counted(line.quantity, line.unit, line.price, line.discount)
               for line in document.lines]  # fmt: skip
    nets = [money(line.net, digits) for line in document.lines]
    heads = (_("Description"), _("Quantity × price"), _("Taxes"), _("Net"))
    taxes = [safe(line.taxes) for line in document.lines]
    wide = [max(map(cell_len, [head, *texts]))
            for head, texts in zip(heads[1:], (counted, taxes, nets), strict=True)]  # fmt: skip
    text = room - sum(wide) - 6
    below = text < TEXT
    text = room - wide[2] - 2 if below else text
    lines = [_row((heads[0], *([""] * 2 if below else heads[1:3]), heads[3]),
                  text, [0, 0, wide[2]] if below else wide, "muted")]  # fmt: skip
    for line, sum_, codes, net in zip(document.lines, counted, taxes, nets, strict=True):
        first, *others = wrapped(toned(safe(line.text)), text)
        cells = (first.plain, *(("", "") if below else (sum_, codes)), net)
        lines += [_row(cells, text, [0, 0, wide[2]] if below else wide), *others]
        more = (sum_, codes, line.account) if below else (line.account,)
        told = "  ".join(part for part in more if part)
        lines += wrapped(toned((told, "muted")), room, "  ", "  ")
    return lines


def _counted(quantity: str, unit: str, price: str, discount: str) -> str:
    """Return `10 h × 150.00 -5 %`."""
    told = " ".join(part for part in (_plain(quantity), safe(unit), "×", _plain(price)) if part)
    return f"{told} -{_plain(discount)} %" if Decimal(discount) else told


def _plain(text: str) -> str:
    """Return an exact number as the language writes it, with the digits that it has."""
    number = Decimal(text)
    exponent = number.as_tuple().exponent
    return decimal(number, -exponent if isinstance(exponent, int) and exponent < 0 else 0)


def _row(cells: Sequence[str], text: int, wide: Sequence[int], tone: str = "") -> Content:
    parts = [fit(cells[0], text)]
    for place, (cell, width) in enumerate(zip(cells[1:], wide, strict=True)):
        if width:
            parts.append(fit(cell, width, right=place != 1))
    return toned(("  ".join(parts), tone))


def tax_title(tax: InvoiceTaxRow, digits: int) -> str:
    """Return `PPN 12 % × 45,833,333.00 (11/12)`."""
    if tax.kind == "fixed":
        return safe(tax.code)
    part = f" ({tax.factor})" if tax.factor != "1" else ""
    rate = tax.rate if "/" in tax.rate else _plain(tax.rate)
    return safe(f"{tax.code} {rate} % × {money(tax.base, digits)}{part}")


def _sums(document: Document, room: int) -> list[Content]:
    """Return net, taxes, total, what was paid and what is open, at the right."""
    head, digits, code = document.head, document.head.precision, safe(document.head.commodity)
    rows = [(_("Net"), money(head.net, digits), "")]
    rows += [(tax_title(tax, digits), money(tax.amount, digits), "") for tax in document.taxes]
    rows.append((_("Total"), f"{money(head.total, digits)} {code}", "strong"))
    if head.state == "issued":
        if head.credited:
            rows.append((_("Credited"), money(head.credited, digits), ""))
        paid = head.total - head.credited - abs(head.open)
        rows.append((_("Paid"), money(paid, digits), ""))
        rows.append((_("Left open"), f"{money(abs(head.open), digits)} {code}", "strong"))
    wide = max(cell_len(value) for _name, value, _tone in rows)
    pad = cell_len(f" {code}")
    name = room - wide - 2
    return [
        toned((f"{fit(label, name, right=True)}  "
               f"{fit(value if value.endswith(code) else value + ' ' * pad, wide, right=True)}",
               tone))
        for label, value, tone in rows
    ]  # fmt: skip


def _settled(whole: Whole, room: int) -> list[Content]:
    """Return what cancels it: day, number, amount."""
    digits = whole.document.head.precision
    lines = [toned((_("Paid and credited by"), "muted"))]
    for each in whole.settled:
        amount = money(each.amount, digits)
        said = f"{each.dated}  {each.number}"
        if each.undone_on:
            said += "  " + _("undone on {day}").format(day=each.undone_on)
        names = room - cell_len(amount) - 2
        lines.append(toned((f"{fit(said, names)}  {amount}", "muted" if each.undone_on else "")))
    return lines
