"""What is shown of a statement, as a file for other programs or for paper.

Amounts are exact: decimals in CSV, numbers in a workbook as long as it holds them to the last
digit. A name from the records never becomes a formula.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless, workbook
from boconsole.ledger.statements import plans
from boconsole.ledger.statements.shapes import Statement
from boconsole.money import from_minor, plain
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError

FORMATS = ("csv", "xlsx", "pdf")
EXACT = 2**53
"""Smallest units from which on a number of a workbook no longer holds each of them."""


class Told(NamedTuple):
    """One line: its amounts in smallest units by column, a column may be missing.

    Attributes:
        section: Under which heading it stands.
        title: The account, or what the line is.
        commodity: Of the amounts.
        precision: Digits behind its point.
        amounts: By the key of the column.
        short: The title as it stands indented below others.
        indent: How far, in steps.
        kind: `heading`, `account`, `sum`, `total`, `proof` or `text`.
        more: Whether more than planned is welcome; see `plans.welcome`.
    """

    section: str
    title: str
    commodity: str
    precision: int
    amounts: Mapping[str, int]
    short: str = ""
    indent: int = 0
    kind: str = "account"
    more: int = 0


def format_of(path: Path, form: str = "") -> str:
    """Return the format that is named, else the one that a file's name ends in.

    Raises:
        InvalidChangeError: It is none of `FORMATS`.
    """
    wanted = form or path.suffix.lower().removeprefix(".")
    if wanted not in FORMATS:
        raise InvalidChangeError(
            "format", _("expected one of {words}").format(words=", ".join(FORMATS))
        )
    return wanted


def write(
    session: Session,
    path: Path,
    statement: Statement,
    lines: Sequence[Told],
    *,
    form: str = "",
    spreadsheet: bool = False,
    overwrite: bool = False,
) -> None:
    """Write lines of a statement: section, account or title, commodity, an amount by column.

    Args:
        session: Who asks.
        path: Where to.
        statement: For its columns and title.
        lines: In order.
        form: One of `FORMATS`; by default as the file's name ends.
        spreadsheet: CSV with a byte order mark, in which names that a spreadsheet would run begin
            with an apostrophe.
        overwrite: Take the place of a file that is there.

    Raises:
        NotAllowedError: The reader may not export the books.
        InvalidChangeError: There is no such format.
        UnwrittenError: The file is there already, or cannot be written.
        NoWorkbookError: The library that writes workbooks is not installed.
        NoPaperError: The library that writes PDF is not installed.
    """
    session.require("ledger.export")
    wanted = format_of(path, form)
    if path.is_file() and not overwrite:
        raise UnwrittenError(path, _("there is such a file already; choose another name"))
    try:
        if wanted == "pdf":
            from boconsole.ledger.statements import printing

            printing.laid_out(statement, lines).write(path)
        elif wanted == "xlsx":
            with workbook(path) as book:
                _fill(book, statement, lines)
        else:
            _write_csv(path, statement, lines, spreadsheet=spreadsheet)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error


def _write_csv(
    path: Path, statement: Statement, lines: Sequence[Told], *, spreadsheet: bool
) -> None:
    with whole(path, "", marked=spreadsheet) as file:
        sheet = csv.writer(file)
        sheet.writerow(_headings(statement))
        for line in lines:
            amounts = (plain(line.amounts[column.key], line.precision)
                       if column.key in line.amounts else ""
                       for column in statement.columns)  # fmt: skip
            names = (line.section, line.title, line.commodity)
            sheet.writerow((*(map(harmless, names) if spreadsheet else names), *amounts,
                            *told_judgement(statement, line)))  # fmt: skip


def _headings(statement: Statement) -> tuple[str, ...]:
    judged = (_("Per cent"), _("Verdict")) if plans.is_budgeted(statement) else ()
    return ("section", "account", "commodity", *(column.title for column in statement.columns),
            *judged)  # fmt: skip


def told_judgement(statement: Statement, line: Told) -> tuple[str, ...]:
    """Return share and verdict of a line beside its budget, empty where it has no amounts."""
    if not plans.is_budgeted(statement):
        return ()
    if not line.amounts or line.kind in ("proof", "text"):
        return ("", "")
    percent, verdict = plans.judged(statement, line.amounts, line.more)
    return ("" if percent is None else f"{percent:f}",
            _(plans.VERDICTS[verdict]) if verdict else "")  # fmt: skip


def _fill(book: Any, statement: Statement, lines: Sequence[Told]) -> None:  # Any: untyped library
    sheet = book.add_worksheet(_("Statement"))
    looks: dict[tuple[object, ...], Any] = {}  # Any: as above

    def look(**wanted: object) -> Any:  # Any: as above
        key = tuple(wanted.items())
        if key not in looks:
            looks[key] = book.add_format(wanted)
        return looks[key]

    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 44)
    sheet.set_column(2, 2, 11)
    sheet.set_column(3, 4 + len(statement.columns), 20)
    for place, title in enumerate(_headings(statement)):
        sheet.write_string(0, place, title, look(bold=True, text_wrap=True))
    for number, line in enumerate(lines, 1):
        bold = line.kind in ("heading", "total")
        sheet.write_string(number, 0, line.section)
        sheet.write_string(number, 1, line.title, look(bold=bold, indent=min(line.indent, 15)))
        sheet.write_string(number, 2, line.commodity)
        for place, column in enumerate(statement.columns, 3):
            if column.key in line.amounts:
                _put_amount(sheet, (number, place), line, line.amounts[column.key], look, bold)
        for place, text in enumerate(told_judgement(statement, line), 3 + len(statement.columns)):
            sheet.write_string(number, place, text, look(bold=bold, align="right"))


def _put_amount(
    sheet: Any,  # Any: untyped library
    place: tuple[int, int],
    line: Told,
    minor: int,
    look: Any,  # Any: makes what the library calls a format
    bold: bool,
) -> None:
    if abs(minor) < EXACT:
        digits = f".{'0' * line.precision}" if line.precision else ""
        shown = look(bold=bold, num_format=f"#,##0{digits}")
        sheet.write_number(*place, float(from_minor(minor, line.precision)), shown)
    else:
        sheet.write_string(*place, plain(minor, line.precision), look(bold=bold, align="right"))
