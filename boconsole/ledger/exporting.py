"""The books as plain-text journals and tables, for other programs."""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from boconsole import whole_files
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.journals.parts import AccountLine, Amount, Books, Entry, Rate, Status
from boconsole.language import _
from boconsole.ledger.entries import JournalEntry
from boconsole.money import plain
from boconsole.session import Session
from boconsole.text import safe
from db.fields import number_of
from db.ledger import charts, entries
from db.ledger.rows import EntryRow, PostingRow

FORMATS = ("hledger", "beancount", "csv", "xlsx")
CHUNK = 2_000
"""Entries whose lines are read at once."""
DIGITS = 15
"""Characters of a decimal that a cell of a workbook holds exactly."""
HEADINGS = (
    "date", "number", "code", "payee", "description", "account", "amount", "commodity", "value",
    "value_commodity", "virtual", "label",
)  # fmt: skip
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


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


def export(
    session: Session, path: Path, form: str, *, starts: date = FIRST, ends: date = LAST
) -> Exported:
    """Write the posted entries between two days, both included, to a file.

    Raises:
        InvalidChangeError: There is no such format.
        BoconsoleError: The file cannot be written.
    """
    session.require("ledger.export")
    if form not in FORMATS:
        raise InvalidChangeError("format", _("expected one of {words}").format(
            words=", ".join(FORMATS)))  # fmt: skip
    try:
        if form == "xlsx":
            return _write_sheet(path, starts, ends)
        with whole(path, newline="" if form == "csv" else "\n") as file:
            return _write(file, path, form, starts, ends)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BoconsoleError(
            _("{path} cannot be written: {reason}.").format(path=safe(str(path)), reason=reason)
        ) from error


@contextmanager
def whole(path: Path, newline: str) -> Iterator[IO[str]]:
    """Open a file that takes its name when the block is done, and is gone when it fails."""
    try:
        with whole_files.unfinished(path).open("w", encoding="utf-8", newline=newline) as file:
            yield file
        whole_files.put_in_place(path)
    except BaseException:
        with suppress(OSError):
            whole_files.discard(path)
        raise


def _write(file: IO[str], path: Path, form: str, starts: date, ends: date) -> Exported:
    if form == "csv":
        return _write_csv(file, path, starts, ends)
    books = books_between(starts, ends)
    if form == "beancount":
        from boconsole.journals.beancount import writing as beancount

        file.writelines(beancount.write(books))
    else:
        from boconsole.journals.hledger import writing

        file.writelines(writing.write(books))
    lines = sum(len(entry.lines) for entry in books.entries)
    return Exported(str(path), len(books.entries), lines)


def _write_csv(file: IO[str], path: Path, starts: date, ends: date) -> Exported:
    sheet = csv.writer(file)
    sheet.writerow(HEADINGS)
    heads = lines = 0
    for entry in read(starts, ends):
        heads += 1
        lines += len(entry.postings)
        sheet.writerows(_row(entry, posting) for posting in entry.postings)
    return Exported(str(path), heads, lines)


def _write_sheet(path: Path, starts: date, ends: date) -> Exported:
    """Write a workbook; amounts are numbers there as long as its 15 digits hold them exactly."""
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ImportError as error:
        raise NoWorkbookError from error
    heads = lines = 0
    if path.exists() and not path.is_file():
        raise BoconsoleError(
            _("{path} cannot be written: {reason}.").format(
                path=safe(str(path)), reason=_("a workbook needs a file")
            )
        )
    target = whole_files.unfinished(path)
    try:
        with Workbook(str(target), {"constant_memory": True}) as book:
            sheet = _sheet(book)
            for entry in read(starts, ends):
                heads += 1
                for posting in entry.postings:
                    lines += 1
                    _cells(sheet, lines, _row(entry, posting))
            sheet.autofilter(0, 0, max(lines, 1), len(HEADINGS) - 1)
        whole_files.put_in_place(path)
    except BaseException as error:
        with suppress(OSError):
            whole_files.discard(path)
        if isinstance(error, FileCreateError):
            raise OSError(str(error)) from error
        raise
    return Exported(str(path), heads, lines)


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
        exact = HEADINGS[column] in ("amount", "value") and len(text.strip("-")) <= DIGITS
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


def read(starts: date, ends: date) -> Iterator[JournalEntry]:
    """Yield the posted entries between two days, both included, in order of day."""
    heads = []
    for head in entries.read_between(number_of(starts), number_of(ends)):
        heads.append(head)
        if len(heads) == CHUNK:
            yield from _with_lines(heads)
            heads = []
    yield from _with_lines(heads)


def _with_lines(heads: Iterable[EntryRow]) -> Iterator[JournalEntry]:
    lines: dict[int, list[PostingRow]] = {head.id: [] for head in heads}
    for row in entries.select_postings(list(lines)):
        lines[row.entry_id].append(row)
    yield from (JournalEntry(head, tuple(lines[head.id])) for head in heads)


def books_between(starts: date, ends: date) -> Books:
    """Return the posted entries between two days, both included, as a journal."""
    found = [_entry(each) for each in read(starts, ends)]
    chart = [
        AccountLine(row.path, row.opened_on, row.closed_on, (),
                    "cash" if row.role == "cash" else row.kind)
        for row in charts.select_accounts()
    ]  # fmt: skip
    digits = {row.code: row.precision for row in charts.select_commodities()}
    rates = [
        Rate(day, code, Amount(Decimal(worth), quote))
        for code, quote, day, worth in charts.select_rates()
    ]
    return Books(found, chart, digits, rates, ())


def _entry(each: JournalEntry) -> Entry:
    head = each.head
    return Entry(
        head.dated, head.effective, cast("Status", head.status), head.code, head.payee,
        head.description, each.lines,
        tuple((name, value) for name, value in json.loads(head.tags)),
        tuple(json.loads(head.links)), head.comment,
    )  # fmt: skip
