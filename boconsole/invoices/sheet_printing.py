"""Aged lists and statements of account as PDF: under the company's name, upright or lying."""

from boconsole.invoices.sheets import Line as Told
from boconsole.invoices.sheets import Sheet
from boconsole.language import decimal
from boconsole.money import from_minor
from boconsole.paper import tables
from boconsole.paper.pages import Pages
from boconsole.paper.tables import Column, Line
from db.ledger import calendar

UPRIGHT = 8
"""Columns that fit on an upright page."""
STRONG = ("sum", "total")


def laid_out(sheet: Sheet) -> Pages:
    """Return a table on pages.

    Raises:
        NoPaperError: The library that writes PDF is not installed.
        NoSignError: A text has a character without a sign in the fonts.
    """
    pages = Pages(sheet.title, landscape=len(sheet.columns) > UPRIGHT)
    room = pages.right - pages.left
    if company := calendar.select_settings().get("company_name", ""):
        pages.paragraph(company, pages.left, room, size=10)
    pages.paragraph(sheet.title, pages.left, room, size=15, bold=True)
    for text in sheet.about:
        pages.paragraph(text, pages.left, room, size=9)
    pages.top += 8
    columns = [Column(each.title, each.share, to_right=each.amount) for each in sheet.columns]
    digits = max((line.precision for line in sheet.lines), default=0)
    tables.put(pages, columns, [_line(line, digits) for line in sheet.lines], 8)
    return pages


def _line(line: Told, digits: int) -> Line:
    if line.kind == "text":
        return Line([str(line.cells[0] or "")], wide=True)
    texts = [
        decimal(from_minor(cell, line.precision), line.precision) if isinstance(cell, int)
        else cell or ""
        for cell in line.cells
    ]  # fmt: skip
    missing: float = digits - line.precision
    if missing and not line.precision:
        missing += tables.POINT
    return Line(
        texts, line.indent, line.kind in STRONG, above=line.kind == "total", missing=missing
    )
