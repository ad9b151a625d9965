"""Lines of entries as tables: CSV, and workbooks whose amounts are numbers."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from boconsole import whole_files
from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.ledger.entries import JournalEntry
from boconsole.money import plain
from boconsole.whole_files import UnwrittenError
from db.ledger.rows import PostingRow

DIGITS = 15
"""Characters of a decimal that a cell of a workbook holds exactly."""
HEADINGS = (
    "date", "number", "code", "payee", "description", "account", "amount", "commodity", "value",
    "value_commodity", "virtual", "label",
)  # fmt: skip
AMOUNTS = ("amount", "value")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class NoWorkbookError(BoconsoleError):
    """The library that writes workbooks is not installed."""

    def __init__(self) -> None:
        super().__init__(_("Workbooks need the extra package: pip install 'boconsole[office]'."))


class Exported(NamedTuple):
    """What an export wrote."""

    file: str
    entries: int
    lines: int


def write_csv(
    file: IO[str], path: Path, found: Iterable[JournalEntry], *, spreadsheet: bool
) -> Exported:
    """Write entries as CSV, a row for each line; as `exporting.export`."""
    sheet = csv.writer(file)
    sheet.writerow(HEADINGS)
    heads = lines = 0
    for entry in found:
        heads += 1
        lines += len(entry.postings)
        for posting in entry.postings:
            row = _row(entry, posting)
            sheet.writerow(_harmless_row(row) if spreadsheet else row)
    return Exported(str(path), heads, lines)


def _harmless_row(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a row whose texts no spreadsheet runs; amounts stay as they are."""
    return tuple(
        value if heading in AMOUNTS or not isinstance(value, str) else harmless(value)
        for heading, value in zip(HEADINGS, row, strict=True)
    )


def write_workbook(path: Path, found: Iterable[JournalEntry]) -> Exported:
    """Write a workbook; amounts are numbers there as long as its 15 digits hold them exactly."""
    heads = lines = 0
    with workbook(path, constant_memory=True) as book:
        sheet = _sheet(book)
        for entry in found:
            heads += 1
            for posting in entry.postings:
                lines += 1
                _cells(sheet, lines, _row(entry, posting))
        sheet.autofilter(0, 0, max(lines, 1), len(HEADINGS) - 1)
    return Exported(str(path), heads, lines)


@contextmanager
def workbook(path: Path, **choices: object) -> Iterator[Any]:  # Any: the library is untyped
    """Open a workbook that takes its name when the block is done, and is gone when it fails.

    Raises:
        NoWorkbookError: The library that writes workbooks is not installed.
        UnwrittenError: There is a device or a pipe.
        OSError: It cannot be written.
    """
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise NoWorkbookError from error
    if path.exists() and not path.is_file():
        raise UnwrittenError(path, _("a workbook needs a file"))
    try:
        with Workbook(str(whole_files.unfinished(path)), choices) as book:
            yield book
        whole_files.put_in_place(path)
    except BaseException as error:
        with suppress(OSError):
            whole_files.discard(path)
        if isinstance(error, FileCreateError):
            raise OSError(str(error)) from error
        raise


def _sheet(book: Any) -> Any:  # Any: the library is untyped
    sheet = book.add_worksheet(_("Lines"))
    bold = book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 4, 14)
    sheet.set_column(5, 5, 40)
    sheet.set_column(6, len(HEADINGS) - 1, 14)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(0, column, heading, bold)
    return sheet


def _cells(sheet: Any, number: int, row: tuple[object, ...]) -> None:  # Any: as above
    for column, value in enumerate(row):
        text = str(value)
        exact = HEADINGS[column] in AMOUNTS and len(text.strip("-")) <= DIGITS
        if exact:
            sheet.write_number(number, column, float(text))
        elif sheet.write_string(number, column, text):
            raise BoconsoleError(
                _("The {heading} of {number} is longer than a cell holds; export as csv.").format(
                    heading=HEADINGS[column], number=row[1]
                )
            )


def harmless(name: str) -> str:
    """Return a text that a spreadsheet does not run as a formula when it opens a CSV file."""
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name


def _row(entry: JournalEntry, posting: PostingRow) -> tuple[object, ...]:
    head = entry.head
    return (
        head.dated, entry.number, head.code, head.payee, head.description, posting.account,
        plain(posting.amount, posting.precision), posting.commodity,
        plain(posting.value, posting.value_precision), posting.value_commodity, posting.kind,
        posting.label,
    )  # fmt: skip
