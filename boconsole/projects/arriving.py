"""Rows of a file on their way in: read by a map, told apart by keys, taken whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from boconsole import audit
from boconsole.errors import REFUSALS, InvalidChangeError
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Refusal, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.importing.table import Table, open_table
from boconsole.language import _

Draft = TypeVar("Draft", bound=NamedTuple)
KEY_LIMIT = 200


class Arrived(NamedTuple, Generic[Draft]):
    """A row that was read, where it stands, and what tells it apart in its file."""

    line: int
    key: str
    draft: Draft


class Reading(Generic[Draft]):
    """The rows of a file, and why some of them cannot be taken.

    Attributes:
        rows: Those that were read.
        read: How many rows there are in all.
        refused: Of any row, in the order in which they were found.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.rows: list[Arrived[Draft]] = []
        self.read = 0
        self.refused: list[Refusal] = []

    def refuse(self, line: int, column: str, reason: str) -> None:
        """Say why a row cannot be taken."""
        self.refused.append(Refusal(line, column, reason))

    @contextmanager
    def checked(self, row: Arrived[Draft]) -> Iterator[None]:
        """Let what is refused of a row be told with its line; the others go on."""
        try:
            yield
        except InvalidChangeError as error:
            self.refuse(row.line, COLUMNS.get(error.field, error.field), error.reason)
        except REFUSALS as error:
            self.refuse(row.line, "", str(error))

    def key_of(self, row: Arrived[Draft]) -> str:
        """Return what tells a row apart in all databases."""
        return f"{self.source}:{row.key}"


COLUMNS = {"start_on": "start", "due_on": "due", "begun_on": "begun", "done_on": "done"}
"""Fields of maps by those of records."""


def read(
    path: Path, map_path: Path, draft: type[Draft], types: Mapping[str, FieldType],
    progress: Progress | None = None,
) -> Reading[Draft]:  # fmt: skip
    """Return the rows of a file.

    Raises:
        ImportFileError, MapError: It cannot be read.
    """
    plan = read_map(find_map(map_path), draft._fields)
    found: Reading[Draft] = Reading(plan.source)
    with open_table(
        path, encoding=plan.encoding, delimiter=plan.delimiter, wanted=plan.columns,
        repeated=plan.repeated,
    ) as table:  # fmt: skip
        reader = RowReader(draft, types, plan, table.header)
        _take(found, table, plan, reader)
        if progress is not None:
            progress(found.read, table.done())
    return found


def _take(found: Reading[Draft], table: Table, plan: ImportMap, reader: RowReader[Draft]) -> None:
    places, lines = [table.header.index(name) for name in plan.key], dict[str, int]()
    for row in table.rows():
        found.read += 1
        cells = [cell.strip() for cell in row.cells]
        if row.fault:
            found.refuse(row.line, "", row.fault)
            continue
        key = "/".join(cells[place] for place in places) if places else str(row.line)
        if not key.strip("/") or len(key) > KEY_LIMIT:
            told = _("is longer than {key_limit} characters").format(key_limit=KEY_LIMIT) \
                if key.strip("/") else _("is empty")  # fmt: skip
            found.refuse(row.line, ", ".join(plan.key), _("the key {told}").format(told=told))
        elif (line := lines.setdefault(key, row.line)) != row.line:
            told = _("the key {key!r} is on line {line} already").format(key=key, line=line)
            found.refuse(row.line, ", ".join(plan.key), told)
        else:
            try:
                found.rows.append(Arrived(row.line, key, reader.read(cells)))
            except RowRefusedError as error:
                found.refuse(row.line, error.column, error.reason)


class _RolledBack(Exception):  # noqa: N818 - a way out, no fault
    """All was tried; nothing of it stays."""


def whole(found: Reading[Draft], work: Callable[[], int], *, dry_run: bool) -> Report:
    """Do the work in one transaction, and undo it where a row was refused or nothing is to stay.

    Args:
        found: The rows; the work adds what it refuses.
        work: Writes them; returns how many were known already.
        dry_run: Try all of it, and keep nothing.
    """
    known = 0
    try:
        with audit.writing():
            known = work()
            if found.refused or dry_run:
                raise _RolledBack
    except _RolledBack:
        pass
    refused = sorted(found.refused)
    made = 0 if refused else len(found.rows) - known
    return Report(found.read, made, known, refused, None, dry_run)
