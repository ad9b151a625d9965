"""Statements as PDF: as on the screen, upright or lying by the number of columns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from boconsole.language import _, decimal
from boconsole.ledger.statements import plans
from boconsole.ledger.statements.shapes import Statement
from boconsole.money import from_minor
from boconsole.paper import tables
from boconsole.paper.pages import Pages
from boconsole.paper.tables import Column, Line
from db.ledger import calendar

if TYPE_CHECKING:
    from boconsole.ledger.statements.exporting import Told

UPRIGHT = 4
"""Columns of amounts that fit on an upright page."""
STRONG = ("heading", "total")
SUMMED = ("account", "sum", "total")
NIL = "-"


def laid_out(statement: Statement, lines: Sequence["Told"]) -> Pages:
    """Return a statement on pages, the proof at its end.

    Raises:
        NoPaperError: The library that writes PDF is not installed.
        NoSignError: A text has a character without a sign in the fonts.
    """
    budgeted = plans.is_budgeted(statement)
    pages = Pages(statement.title, landscape=len(statement.columns) + budgeted > UPRIGHT)
    room = pages.right - pages.left
    if company := calendar.select_settings().get("company_name", ""):
        pages.paragraph(company, pages.left, room, size=10)
    pages.paragraph(statement.title, pages.left, room, size=15, bold=True)
    first = statement.columns[0]
    if first.starts is not None and len(statement.columns) > 1:
        days = f"{first.starts} - {max(column.ends for column in statement.columns)}"
        pages.paragraph(days, pages.left, room, size=9)
    codes = {line.commodity for line in lines if line.commodity}
    several = len(codes) > 1
    if codes and not several:
        told = _("in {currency}").format(currency=next(iter(codes)))
        pages.paragraph(told, pages.left, room, size=9)
    pages.top += 8
    columns = [Column(_("Account"), 1), *([Column("")] if several else []),
               *(Column(column.title, to_right=True) for column in statement.columns),
               *([Column(_("Per cent"), to_right=True)] if budgeted
                 else [])]  # fmt: skip
    digits = max((line.precision for line in lines if line.amounts), default=0)
    tables.put(pages, columns, [_line(statement, line, several, digits) for line in lines], 9)
    return pages


def _line(statement: Statement, line: "Told", several: bool, digits: int) -> Line:
    amounts = [
        decimal(from_minor(line.amounts[column.key], line.precision), line.precision)
        if column.key in line.amounts else NIL if line.kind in SUMMED else ""
        for column in statement.columns
    ]  # fmt: skip
    if plans.is_budgeted(statement):
        amounts.append(plans.short(statement, line.amounts, line.more)
                       if line.amounts and line.kind != "proof" else "")  # fmt: skip
    name = line.short or ("" if line.indent else line.title)
    if not any(amounts):
        return Line([name], line.indent, line.kind in STRONG, wide=True)
    missing: float = digits - line.precision if line.amounts else 0
    if missing and not line.precision:
        missing += tables.POINT
    return Line(
        [name, *([line.commodity] if several else []), *amounts],
        line.indent, line.kind in STRONG, above=line.kind == "total" and bool(line.short),
        missing=missing,
    )  # fmt: skip
