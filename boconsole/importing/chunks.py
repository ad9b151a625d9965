"""The way of an import, the same for all records: read, check, write, chunk by chunk.

The whole file is one transaction: either every good row is in, or nothing of it. Rows are
told apart by an external key, so that importing again adds nothing twice.
"""

import gc
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from boconsole.importing.report import Progress, Refusal, RefusedRows, Report
from boconsole.importing.rows import RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.importing.table import Table, TableRow, open_table
from boconsole.language import _
from boconsole.text import UNSAFE

CHUNK = 2_000
KEY_LIMIT = 200
Ready = TypeVar("Ready")
Ready_contra = TypeVar("Ready_contra", contravariant=True)


class Arrival(NamedTuple, Generic[Ready]):
    """A row that was checked, and the key that tells it from the others."""

    external_key: str
    record: Ready


class Writer(Protocol[Ready]):
    """What an area brings: how its rows are checked and written."""

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that were imported before."""

    def check(self, cells: Sequence[str]) -> Ready:
        """Return a checked row, whose cells have no blanks around; raises RowRefusedError."""

    def write(self, arrivals: Sequence[Arrival[Ready]]) -> None:
        """Write a chunk inside the transaction of the import."""


def run(
    path: Path,
    plan: ImportMap,
    writer_of: Callable[[Sequence[str]], Writer[Ready]],
    *,
    transaction: Callable[[], AbstractContextManager[None]],
    dry_run: bool = False,
    refused_path: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a file by a map.

    Args:
        path: The file of rows.
        plan: The map.
        writer_of: From the heading to the area's writer.
        transaction: Holds everything that is written, together.
        dry_run: Check all rows and write nothing.
        refused_path: Where refused rows go; by default beside the file, and nowhere in a dry run.
        progress: Told after each chunk.

    Raises:
        ImportFileError, MapError: Nothing was imported.
    """
    if refused_path is None and not dry_run:
        refused_path = path.with_name(path.name + ".refused.csv")
    with open_table(
        path, encoding=plan.encoding, delimiter=plan.delimiter, wanted=plan.columns,
        repeated=plan.repeated,
    ) as table:  # fmt: skip
        refused = RefusedRows(
            refused_path, table.header, encoding=plan.encoding, delimiter=table.delimiter
        )
        try:
            with transaction():
                run = _Run(table, plan, writer_of(table.header), refused)
                with _no_collection():
                    run.all(dry_run, progress)
                refused.finish()
        finally:
            refused.discard()
    return Report(run.read, run.created, run.known, refused.refusals, refused.file, dry_run)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Spare the cyclic garbage collector: rows make no cycles, and looking takes a fifth longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Keyed(NamedTuple):
    """A row and its key."""

    row: TableRow
    external_key: str


class _Run(Generic[Ready]):
    """One import under way."""

    def __init__(
        self, table: Table, plan: ImportMap, writer: Writer[Ready], refused: RefusedRows
    ) -> None:
        self.read = self.created = self.known = 0
        self._table = table
        self._writer = writer
        self._refused = refused
        self._source = plan.source
        self._places = [table.header.index(name) for name in plan.key]
        self._told = plan.key[0] if len(plan.key) == 1 else ""
        self._lines: dict[str, int] = {}
        self._waiting: list[tuple[Refusal, list[str]]] = []

    def all(self, dry_run: bool, progress: Progress | None) -> None:
        """Take every row of the table."""
        rows = self._keyed()
        while chunk := list(islice(rows, CHUNK)):
            known = self._writer.known([keyed.external_key for keyed in chunk])
            self.known += len(known)
            arrivals = list(self._checked(chunk, known))
            self._tell_refused()
            self.created += len(arrivals)
            if arrivals and not dry_run:
                self._writer.write(arrivals)
            if progress is not None:
                progress(self.read, self._table.done())
        self._tell_refused()

    def _keyed(self) -> Iterator[_Keyed]:
        """Yield the rows that have a key of their own."""
        for row in self._table.rows():
            self.read += 1
            if row.fault:
                self._refuse(row, "", row.fault)
                continue
            key = self._key(row.cells)
            if not key or len(key) > KEY_LIMIT:
                told = (
                    _("is longer than {key_limit} characters").format(key_limit=KEY_LIMIT)
                    if key
                    else _("is empty")
                )
                self._refuse(row, self._told, _("the key {told}").format(told=told))
                continue
            line = self._lines.setdefault(key, row.line)
            if line != row.line:
                self._refuse(
                    row,
                    self._told,
                    _("the key {key!r} is on line {line} already").format(key=key, line=line),
                )
                continue
            yield _Keyed(row, f"{self._source}:{key}")

    def _key(self, cells: Sequence[str]) -> str:
        if not self._places:
            return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()
        parts = [cells[place].strip() for place in self._places]
        return UNSAFE.sub("", "/".join(parts)) if all(parts) else ""

    def _checked(self, chunk: Sequence[_Keyed], known: set[str]) -> Iterator[Arrival[Ready]]:
        for row, key in chunk:
            if key in known:
                continue
            try:
                yield Arrival(key, self._writer.check([cell.strip() for cell in row.cells]))
            except RowRefusedError as error:
                self._refuse(row, error.column, error.reason)

    def _refuse(self, row: TableRow, column: str, reason: str) -> None:
        self._waiting.append((Refusal(row.line, column, reason), row.cells))

    def _tell_refused(self) -> None:
        """Tell the refused rows of a chunk in the order of the file."""
        for refusal, cells in sorted(self._waiting):
            self._refused.add(refusal, cells)
        self._waiting.clear()
