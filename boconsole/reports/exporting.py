"""Reports as files: a table for a spreadsheet, JSON for programs, PDF, SVG and PNG to look at."""

import csv
import json
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless, workbook
from boconsole.reports import telling
from boconsole.reports.running import Result
from boconsole.reports.shapes import Column, Value
from boconsole.whole_files import UnwrittenError

FORMATS = ("csv", "xlsx", "pdf", "svg", "png", "json")
EXACT = 10**15
"""From here on a number of a workbook no longer holds every digit."""
PRIVATE = ("staff", "money")
"""Areas whose files are their owner's alone."""


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


def write(result: Result, path: Path, *, form: str = "", overwrite: bool = False) -> None:
    """Write a report to a file; it appears whole or not at all.

    Args:
        result: The report.
        path: Where to.
        form: One of `FORMATS`; by default as the file's name ends.
        overwrite: Take the place of a file that is there.

    Raises:
        InvalidChangeError: There is no such format.
        UnwrittenError: The file is there already, or cannot be written.
        NoWorkbookError, NoPaperError: A library is not installed.
    """
    wanted = format_of(path, form)
    if not overwrite:
        whole_files.require_new(path)
    private = result.report.area in PRIVATE
    try:
        if wanted == "pdf":
            from boconsole.reports import drawing

            drawing.pages(result).write(path, private=private)
        elif wanted == "png":
            from boconsole.reports import drawing

            _put_bytes(path, drawing.png(result), private=private)
        elif wanted == "xlsx":
            if private:
                whole_files.keep_to_owner(path)
            with workbook(path) as book:
                _fill(book, result)
        else:
            with whole(path, "" if wanted == "csv" else "\n", private=private) as file:
                file.write(text(result, wanted)) if wanted != "csv" else _write_csv(file, result)
    except OSError as error:
        with suppress(OSError):
            whole_files.discard(path)
        raise UnwrittenError(path, error.strerror or str(error)) from error


def content(result: Result, form: str) -> bytes:
    """Return what a file of a report would hold; raises as `write`."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{form}"
        write(result, path, form=form)
        return path.read_bytes()


def _put_bytes(path: Path, content: bytes, *, private: bool) -> None:
    if private:
        whole_files.keep_to_owner(path)
    whole_files.unfinished(path).write_bytes(content)
    whole_files.put_in_place(path)


def text(result: Result, form: str) -> str:
    """Return a report as a text: `csv`, `svg` or `json`."""
    if form == "svg":
        from boconsole.reports import drawing

        return drawing.svg(result)
    if form == "json":
        return json.dumps(telling.record(result), ensure_ascii=False, indent=2) + "\n"
    from io import StringIO

    file = StringIO(newline="")
    _write_csv(file, result)
    return file.getvalue()


def _write_csv(file: Any, result: Result) -> None:  # Any: whatever has a write
    sheet = csv.writer(file)
    sheet.writerow([column.key for column in result.answer.columns])
    for row in result.answer.rows:
        sheet.writerow([
            harmless(str(telling.plain(value))) if column.kind == "text" and value else
            "" if value is None else telling.plain(value)
            for value, column in zip(row.cells, result.answer.columns, strict=True)
        ])  # fmt: skip


def _fill(book: Any, result: Result) -> None:  # Any: the library is untyped
    sheet = book.add_worksheet(_("Report"))
    bold = book.add_format({"bold": True, "text_wrap": True})
    columns = result.answer.columns
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(columns), 16)
    looks = [book.add_format({"num_format": _number_format(column)}) for column in columns]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.title or column.key, bold)
    for number, row in enumerate(result.answer.rows, 1):
        for place, value in enumerate(row.cells):
            _put(sheet, (number, place), value, columns[place], looks[place])
    _put_chart(book, sheet, result)
    if result.answer.rows:
        sheet.autofilter(0, 0, len(result.answer.rows), len(columns) - 1)


def _number_format(column: Column) -> str:
    if column.kind in ("length", "day"):
        return "[h]:mm:ss" if column.kind == "length" else "yyyy-mm-dd"
    return "#,##0" + (f".{'0' * column.digits}" if column.digits else "")


def _put(
    sheet: Any,  # Any: as above
    place: tuple[int, int],
    value: Value,
    column: Column,
    look: Any,  # Any: as above
) -> None:
    if value is None:
        return
    if isinstance(value, int) and column.kind == "length":
        sheet.write_number(*place, value / telling.DAY, look)
    elif isinstance(value, int | Decimal) and -EXACT < value < EXACT:
        sheet.write_number(*place, float(value), look)
    elif isinstance(value, date):
        sheet.write_datetime(*place, datetime.combine(value, time()), look)
    else:
        sheet.write_string(*place, str(telling.plain(value)))


def _put_chart(book: Any, sheet: Any, result: Result) -> None:  # Any: as above
    chart, rows = result.answer.chart, len(result.answer.rows)
    if chart is None or not rows:
        return
    drawn = book.add_chart({"type": "line" if chart.kind == "line" else "column"})
    name = sheet.get_name()
    for value in chart.values:
        drawn.add_series({
            "name": [name, 0, value],
            "categories": [name, 1, chart.labels, rows, chart.labels],
            "values": [name, 1, value, rows, value],
        })  # fmt: skip
    drawn.set_title({"name": telling.title(result)})
    sheet.insert_chart(1, len(result.answer.columns) + 1, drawn)
