"""Reading a table of text cells, however broken, row by row.

Nothing in a file makes the reading crash: a row that is no row is yielded as one that is
refused, and the reading goes on at the next line.
"""

import csv
import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from boconsole.importing.errors import ImportFileError, MissingColumnsError
from boconsole.language import _

DELIMITERS = (",", ";", "\t", "|")
CELL_LIMIT = 4_000_000
"""Characters of one cell; only an unclosed quote or a wrong file has more."""
KEEP = "surrogateescape"
"""How bytes that are no text are read, and written again: as they are."""
UNDECODED = re.compile("[\ud800-\udfff]")


class TableRow(NamedTuple):
    """A row of cells; `fault` says why it is none, and the cells are then what could be read."""

    line: int
    cells: list[str]
    fault: str = ""


class Lines:
    """The physical lines of a file, which can be gone back over to the start of a record."""

    def __init__(self, stream: TextIO) -> None:
        self.number = 0
        self.record: list[str] = []
        self._stream = stream
        self._again: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        """Yield the lines to read again, then those of the file."""
        keep, again = self.record.append, self._again
        while again:
            line = again.popleft()
            self.number += 1
            keep(line)
            yield line
        for line in self._stream:
            self.number += 1
            keep(line)
            yield line

    def go_back(self) -> None:
        """Return to the line after the first one of the record."""
        self._again.extendleft(reversed(self.record[1:]))
        self.number -= len(self.record) - 1


class Table:
    """An open file: its heading, and its rows once."""

    def __init__(
        self, path: Path, file: BinaryIO, stream: TextIO, delimiter: str, *, repeated: bool = False
    ) -> None:
        self.path = path
        self._repeated = repeated
        self._twins: list[tuple[int, int]] = []
        self._file = file
        self._size = max(1, path.stat().st_size)
        self._lines = Lines(stream)
        self.delimiter = delimiter
        self.header: list[str] = []

    def done(self) -> float:
        """Return which part of the file was read, from 0 to 1."""
        return min(1.0, self._file.tell() / self._size)

    def read_header(self, wanted: Collection[str]) -> None:
        """Take the heading from the first line with text, and the delimiter if none was given."""
        first = next((line for line in self._lines if line.strip()), None)
        if first is None:
            raise ImportFileError(
                self.path, _("the file is empty; the first line names the columns")
            )
        choices = (self.delimiter,) if self.delimiter else DELIMITERS
        headers = {choice: self._heading(first, choice) for choice in choices}
        self.delimiter = max(
            headers, key=lambda choice: (_hits(headers[choice], wanted), len(headers[choice]))
        )
        self.header = headers[self.delimiter]
        self._check(wanted)

    def _heading(self, first: str, delimiter: str) -> list[str]:
        try:
            cells = next(csv.reader([first], delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise ImportFileError(
                self.path, _("the heading has a stray quote ({error})").format(error=error)
            ) from error
        return [cell.strip() for cell in cells]

    def _check(self, wanted: Collection[str]) -> None:
        if UNDECODED.search("".join(self.header)) or "\0" in "".join(self.header):
            raise ImportFileError(
                self.path, _("the heading is not text in the map's encoding; set [file] encoding")
            )
        named = [name for name in self.header if name]
        twice = sorted({name for name in named if named.count(name) > 1})
        if self._repeated:
            first = {name: self.header.index(name) for name in twice}
            self._twins = [
                (first[name], place) for place, name in enumerate(self.header)
                if name in first and place != first[name]
            ]  # fmt: skip
        elif twice:
            raise ImportFileError(
                self.path,
                _("two columns are called {twice!r}; give each a name of its own").format(
                    twice=twice[0]
                ),
            )
        missing = [name for name in wanted if name not in named]
        if missing:
            raise MissingColumnsError(self.path, missing, named)

    def rows(self) -> Iterator[TableRow]:
        """Yield every row after the heading; lines without any text are passed over."""
        lines, width = self._lines, len(self.header)
        reader = self._reader()
        while True:
            start = lines.number + 1
            lines.record.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                fault = self._fault(str(error))
                raw = lines.record[0].rstrip("\r\n")[:CELL_LIMIT]
                lines.go_back()
                reader = self._reader()
                yield TableRow(start, [raw], fault)
                continue
            if not any(cells) or (len(cells) == 1 and not cells[0].strip()):
                continue
            if len(cells) == width:
                yield TableRow(start, cells, _undecoded(cells) or self._contradiction(cells))
            else:
                told = _("has {count} cells where the heading has {width}").format(
                    count=len(cells), width=width
                )
                yield TableRow(start, cells, told)

    def _contradiction(self, cells: Sequence[str]) -> str:
        for first, again in self._twins:
            if cells[first].strip() != cells[again].strip():
                return _("says two things under {column!r}").format(column=self.header[first])
        return ""

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._lines, delimiter=self.delimiter, strict=True)

    def _fault(self, message: str) -> str:
        if "field larger" in message or "unexpected end" in message:
            return _("a quote opens in this row and is never closed")
        return _("has a stray quote: a quoted cell must end before the next {delimiter!r}").format(
            delimiter=self.delimiter
        )


def _hits(header: Sequence[str], wanted: Collection[str]) -> int:
    return sum(name in header for name in wanted)


def _undecoded(cells: list[str]) -> str:
    """Return why cells are no text, or nothing."""
    joined = "".join(cells)
    if "\0" in joined:
        return _("holds a NUL byte")
    if joined.isascii():
        return ""
    found = UNDECODED.search(joined)
    if found is None:
        return ""
    shown = ord(found[0]) - 0xDC00
    return _(
        "is not text in the map's encoding (byte 0x{shown:02X}); save the file as "
        "UTF-8 or set [file] encoding"
    ).format(shown=shown)


@contextmanager
def open_table(
    path: Path, *, encoding: str, delimiter: str, wanted: Collection[str], repeated: bool = False
) -> Iterator[Table]:
    """Open a file of separated cells and read its heading.

    Args:
        path: The file.
        encoding: A codec of Python, by its own name; `utf-8` also takes a byte order mark.
        delimiter: One character, or empty to find it by the heading.
        wanted: The columns that must be there.
        repeated: A column may be there twice, with the same cells in each row.

    Raises:
        ImportFileError: The file cannot be read, is empty, or its heading cannot be used.
        MissingColumnsError: A wanted column is not there.
    """
    csv.field_size_limit(CELL_LIMIT)
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        with (
            path.open("rb") as file,
            TextIOWrapper(file, encoding=codec, errors=KEEP, newline="") as stream,
        ):
            table = Table(path, file, stream, delimiter, repeated=repeated)
            table.read_header(wanted)
            yield table
    except UnicodeError as error:
        raise ImportFileError(
            path, _("is not text in {encoding} ({error})").format(encoding=encoding, error=error)
        ) from error
    except OSError as error:
        raise ImportFileError(path, error.strerror or str(error)) from error
