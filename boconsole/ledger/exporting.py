"""The books as plain-text journals and tables, for other programs."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.journals.parts import AccountLine, Amount, Books, Rate
from boconsole.language import _
from boconsole.ledger import reading, sheets
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.sheets import Exported
from boconsole.ledger.words import CASH_ROLES
from boconsole.session import Session
from boconsole.whole_files import UnwrittenError
from db.fields import number_of
from db.ledger import charts, entries
from db.ledger.rows import EntryRow, PostingRow

FORMATS = ("hledger", "beancount", "csv", "xlsx")
CHUNK = 2_000
"""Entries whose lines are read at once."""
TABLES = ("csv", "xlsx")
ENDINGS = {
    ".csv": "csv", ".xlsx": "xlsx", ".journal": "hledger", ".hledger": "hledger",
    ".ledger": "hledger", ".beancount": "beancount",
}  # fmt: skip
"""What the name of a file ends in, and its format."""
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


def export(
    session: Session,
    path: Path,
    form: str,
    *,
    starts: date = FIRST,
    ends: date = LAST,
    spreadsheet: bool = False,
) -> Exported:
    """Write the posted entries between two days, both included, to a file.

    Args:
        session: Who asks.
        path: Where to; a file that is there is written anew.
        form: One of `FORMATS`.
        starts: The first day.
        ends: The last day.
        spreadsheet: CSV with a byte order mark, in which texts that a spreadsheet would run begin
            with an apostrophe.

    Raises:
        InvalidChangeError: There is no such format.
        UnwrittenError: The file cannot be written.
    """
    session.require("ledger.export")
    return _put(path, form, read(starts, ends), spreadsheet=spreadsheet)


def export_listed(
    session: Session, path: Path, query: str, chosen: Sequence[int] | None = None
) -> Exported:
    """Write the entries that a query finds, in its order, as the file's name ends.

    Journals of other programs have the posted ones alone, for drafts are not yet in the books.

    Args:
        session: Who asks.
        path: Where to; no file may be there.
        query: A filter line.
        chosen: Ids of entries to write instead.

    Raises:
        QuerySyntaxError: The query cannot be read.
        InvalidChangeError: No format has such an ending.
        UnwrittenError: The file is there already, or cannot be written.
    """
    session.require("ledger.export")
    form = ENDINGS.get(path.suffix.lower(), "")
    if not form:
        raise InvalidChangeError("file", _("expected a name that ends in {words}").format(
            words=", ".join(ENDINGS)))  # fmt: skip
    whole_files.require_new(path)
    found = _listed(session, query) if chosen is None else iter(chosen)
    return _put(path, form, _whole(found, drafts=form in TABLES))


def _put(
    path: Path, form: str, found: Iterable[JournalEntry], *, spreadsheet: bool = False
) -> Exported:
    spreadsheet = spreadsheet and form == "csv"
    if form not in FORMATS:
        raise InvalidChangeError("format", _("expected one of {words}").format(
            words=", ".join(FORMATS)))  # fmt: skip
    try:
        if form == "xlsx":
            return sheets.write_workbook(path, found)
        with whole(path, "" if form == "csv" else "\n", marked=spreadsheet) as file:
            if form == "csv":
                return sheets.write_csv(file, path, found, spreadsheet=spreadsheet)
            return _write_journal(file, path, form, found)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error


@contextmanager
def whole(
    path: Path, newline: str, *, marked: bool = False, private: bool = False
) -> Iterator[IO[str]]:
    """Open a file that takes its name when the block is done, and is gone when it fails.

    Args:
        path: Where to.
        newline: As for `open`.
        marked: Begin with the byte order mark by which spreadsheets know UTF-8.
        private: Let only its owner read it.
    """
    encoding = "utf-8-sig" if marked else "utf-8"
    try:
        if private:
            whole_files.keep_to_owner(path)
        with whole_files.unfinished(path).open("w", encoding=encoding, newline=newline) as file:
            yield file
        whole_files.put_in_place(path)
    except BaseException:
        with suppress(OSError):
            whole_files.discard(path)
        raise


def _write_journal(file: IO[str], path: Path, form: str, found: Iterable[JournalEntry]) -> Exported:
    books = _books(found)
    if form == "beancount":
        from boconsole.journals.beancount import writing as beancount

        file.writelines(beancount.write(books))
    else:
        from boconsole.journals.hledger import writing

        file.writelines(writing.write(books))
    lines = sum(len(entry.lines) for entry in books.entries)
    return Exported(str(path), len(books.entries), lines)


def read(starts: date, ends: date) -> Iterator[JournalEntry]:
    """Yield the posted entries between two days, both included, in order of day."""
    heads = []
    for head in entries.read_between(number_of(starts), number_of(ends)):
        heads.append(head)
        if len(heads) == CHUNK:
            yield from _with_lines(heads)
            heads = []
    yield from _with_lines(heads)


def _listed(session: Session, query: str) -> Iterator[int]:
    """Yield the ids that a query finds."""
    after = ""
    while (page := reading.list_page(session, query, after, CHUNK)).rows:
        yield from (row.id for row in page.rows)
        if not page.more:
            return
        after = page.cursors[-1]


def _whole(ids: Iterator[int], *, drafts: bool) -> Iterator[JournalEntry]:
    """Yield entries by their ids, in that order."""
    while chunk := list(islice(ids, CHUNK)):
        heads = entries.select_entries(chunk)
        yield from _with_lines(
            heads[entry_id] for entry_id in chunk
            if entry_id in heads and (drafts or heads[entry_id].state == "posted")
        )  # fmt: skip


def _with_lines(heads: Iterable[EntryRow]) -> Iterator[JournalEntry]:
    heads = list(heads)
    lines: dict[int, list[PostingRow]] = {head.id: [] for head in heads}
    for row in entries.select_postings(list(lines)):
        lines[row.entry_id].append(row)
    yield from (JournalEntry(head, tuple(lines[head.id])) for head in heads)


def _books(found: Iterable[JournalEntry]) -> Books:
    """Return entries as a journal, with all accounts and rates."""
    told = [each.written for each in found]
    chart = [
        AccountLine(row.path, row.opened_on, row.closed_on, (),
                    "cash" if row.role in CASH_ROLES else row.kind)
        for row in charts.select_accounts()
    ]  # fmt: skip
    digits = {row.code: row.precision for row in charts.select_commodities()}
    rates = [
        Rate(day, code, Amount(Decimal(worth), quote))
        for code, quote, day, worth in charts.select_rates()
    ]
    return Books(told, chart, digits, rates, ())
