"""What an import tells afterwards, and the file of the rows it refused."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from boconsole import whole_files
from boconsole.importing.errors import ImportFileError
from boconsole.importing.table import KEEP
from boconsole.language import _

Progress = Callable[[int, float], None]
"""Told how many rows are done, and which part of the whole that is, from 0 to 1."""

REASON_COLUMN = "boconsole_refused"


class Refusal(NamedTuple):
    """A row that was not taken."""

    line: int
    """Where the row starts, in physical lines of the file, from 1."""
    column: str
    """The first column at fault; empty when it is the row as a whole."""
    reason: str


class Report(NamedTuple):
    """What became of the rows: `read` = `created` + `known` + refused ones."""

    read: int
    created: int
    known: int
    """Imported before, found again by their key and left as they are."""
    refused: list[Refusal]
    refused_file: Path | None
    dry_run: bool = False


class RefusedRows:
    """Collects refused rows, and writes them beside a reason so that they can be mended.

    They are written as the file was, for the same map to read. Nothing is written before the
    first one; `finish` puts the whole file in place at once.
    """

    def __init__(
        self, path: Path | None, header: Sequence[str], *, encoding: str, delimiter: str
    ) -> None:
        self.refusals: list[Refusal] = []
        self.file: Path | None = None
        self._path = path
        self._marked = bool(header) and header[-1] == REASON_COLUMN
        self._width = len(header) - self._marked
        self._header = header[: self._width]
        self._encoding = encoding
        self._delimiter = delimiter
        self._stream: TextIO | None = None

    def add(self, refusal: Refusal, cells: Sequence[str]) -> None:
        """Keep one refused row."""
        self.refusals.append(refusal)
        if self._path is None:
            return
        try:
            writer = self._writer(self._opened(self._path))
            where = _("line {line}").format(line=refusal.line)
            where += f", {refusal.column}" if refusal.column else ""
            shown = [self._encodable(cell) for cell in cells]
            if self._marked and len(shown) == self._width + 1:
                shown.pop()
            shown += [""] * (self._width - len(shown))
            told = self._encodable(f"{where}: {refusal.reason}")
            writer.writerow([*shown[: self._width], told, *shown[self._width :]])
        except OSError as error:
            raise ImportFileError(self._path, error.strerror or str(error)) from error

    def _opened(self, path: Path) -> TextIO:
        if self._stream is None:
            whole_files.keep_to_owner(path)
            self._stream = whole_files.unfinished(path).open(
                "w", encoding=self._encoding, errors=KEEP, newline=""
            )
            self._writer(self._stream).writerow([*self._header, REASON_COLUMN])
        return self._stream

    def _encodable(self, text: str) -> str:
        """Return a text as it is, bytes included that are none, or else what can be written."""
        try:
            text.encode(self._encoding, KEEP)
        except UnicodeEncodeError:
            return text.encode(self._encoding, "replace").decode(self._encoding)
        return text

    def _writer(self, stream: TextIO) -> Any:  # Any: the csv module names no type of its writers
        return csv.writer(stream, delimiter=self._delimiter)

    def finish(self) -> None:
        """Put the file in place, if any row was refused."""
        if self._stream is None or self._path is None:
            return
        try:
            self._stream.close()
            whole_files.put_in_place(self._path)
        except OSError as error:
            raise ImportFileError(self._path, error.strerror or str(error)) from error
        self._stream = None
        self.file = self._path

    def discard(self) -> None:
        """Throw away what was not finished."""
        if self._stream is not None and self._path is not None:
            self._stream.close()
            whole_files.discard(self._path)
            self._stream = None
