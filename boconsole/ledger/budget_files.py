"""Budgets as CSV: account, commodity, and a column for each month of a fiscal year.

What is exported is imported unchanged. A file is taken whole or not at all; an empty cell plans
nothing, and months and accounts that are not in the file stay as they are.
"""

import csv
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.ledger import accounts, budget_grid
from boconsole.ledger.budget_grid import Year
from boconsole.ledger.budgets import MONTH, month_name
from boconsole.ledger.exporting import whole
from boconsole.ledger.planning import Cell, commodity_of, write
from boconsole.ledger.sheets import harmless
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import safe
from boconsole.whole_files import UnwrittenError
from db.ledger.rows import CommodityRow

HEADINGS = ("account", "commodity")
MOST = 16 * 2**20
"""Bytes of a file at most."""


class BudgetFileError(BoconsoleError):
    """A file of budgets cannot be taken; says where."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(
            _("{path}, line {line}: {reason} Nothing was imported.").format(
                path=safe(path.name), line=line, reason=reason
            )
        )
        self.reason = reason


class Imported(NamedTuple):
    """What an import did: rows of the file, and its operation, 0 where nothing changed."""

    rows: int
    operation: int


def export(
    session: Session, path: Path, year: Year, *, query: str = "", spreadsheet: bool = False,
    overwrite: bool = False,
) -> int:  # fmt: skip
    """Write the planned rows of a year; returns how many.

    Raises:
        NotAllowedError: The reader may not export the books.
        UnwrittenError: The file is there already, or cannot be written.
    """
    session.require("ledger.export")
    if path.is_file() and not overwrite:
        raise UnwrittenError(path, _("there is such a file already; choose another name"))
    rows = [row for row in budget_grid.every(session, year, query) if any(row.planned)]
    try:
        with whole(path, "", marked=spreadsheet) as file:
            sheet = csv.writer(file)
            sheet.writerow((*HEADINGS, *map(month_name, year.months)))
            for row in rows:
                digits = row.commodity.precision
                names = (row.account.path, row.commodity.code)
                amounts = (plain(minor, digits) if minor else "" for minor in row.planned)
                sheet.writerow((*(map(harmless, names) if spreadsheet else names), *amounts))
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return len(rows)


def take(session: Session, path: Path) -> Imported:
    """Read a file as `export` writes it, in one transaction and with one undo.

    Raises:
        NotAllowedError: The person may not plan.
        BudgetFileError: The file or a line of it cannot be taken; nothing is.
    """
    session.require("ledger.prepare")
    lines = _lines(path)
    months = _months(path, lines[0][1] if lines else [])
    cells: dict[tuple[int, int, int], Cell] = {}
    with audit.writing():
        for number, line in lines[1:]:
            try:
                found = _row(line, months)
            except BudgetFileError as error:
                raise BudgetFileError(path, number, error.reason) from error
            except BoconsoleError as error:
                raise BudgetFileError(path, number, str(error)) from error
            for cell in found:
                key = (cell.account.id, cell.commodity.id, cell.month)
                if key in cells:
                    told = _("{account} is there twice.").format(account=cell.account.path)
                    raise BudgetFileError(path, number, told)
                cells[key] = cell
        rows = max(len(lines) - 1, 0)
        return Imported(rows, write(session, "budget.import", list(cells.values())))


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """Return the lines that hold something, each with its number."""
    try:
        if path.stat().st_size > MOST:
            raise BudgetFileError(path, 1, _("It is too long for a file of budgets."))
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheet = csv.reader(file)
            return [(sheet.line_num, line) for line in sheet if any(map(str.strip, line))]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", "") or str(error)
        raise BudgetFileError(path, 1, f"{reason}.") from error


def _months(path: Path, headings: Sequence[str]) -> list[int]:
    names = [heading.strip() for heading in headings]
    found = [MONTH.fullmatch(name) for name in names[2:]]
    if tuple(names[:2]) != HEADINGS or not found or not all(found):
        raise BudgetFileError(
            path, 1, _("It begins with account,commodity and months such as 2026-01.")
        )
    months = [int(each[1]) * 100 + int(each[2]) for each in found if each]
    if len(set(months)) < len(months):
        raise BudgetFileError(path, 1, _("A month is there twice."))
    return months


def _row(line: Sequence[str], months: Sequence[int]) -> list[Cell]:
    if len(line) != len(months) + 2:
        raise BudgetFileError(Path(), 0, _("It has not as many cells as there are headings."))
    account = accounts.find(line[0].removeprefix("'"))
    commodity = commodity_of(line[1].strip().removeprefix("'"))
    return [Cell(account, commodity, month, None, _minor(text, commodity))
            for month, text in zip(months, line[2:], strict=True)]  # fmt: skip


def _minor(text: str, commodity: CommodityRow) -> int:
    try:
        number = Decimal(text.strip() or "0")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BudgetFileError(Path(), 0, _("{text!r} is no number.").format(text=text[:40]))
    return to_minor(number, commodity.code, commodity.precision)
