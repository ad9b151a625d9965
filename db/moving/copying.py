"""Copying all rows of one database into another, compared by count and hash before they stay."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

from db import upgrading
from db.moving import target, words
from db.moving.errors import CopyDiffersError, UnsortedError
from db.moving.shape import TableShape
from db.moving.source import Rows, Source
from db.reports import cells

Told = Callable[[int, int], None]
"""Hears how many rows are done, of how many; each row counts when it leaves and when it arrives."""
HASH = 2**128


class Copied(NamedTuple):
    """What was copied."""

    tables: int
    rows: int


class Sum:
    """Count and hash of rows, whatever their order."""

    def __init__(self) -> None:
        self.count = 0
        self.hash = 0

    def add(self, rows: Rows) -> None:
        """Take rows in."""
        self.count += len(rows)
        self.hash += sum(
            int.from_bytes(blake2b(repr(row).encode(), digest_size=16).digest()) for row in rows
        )

    def equals(self, other: "Sum") -> bool:
        """Return whether both took in the same rows."""
        return (self.count, self.hash % HASH) == (other.count, other.hash % HASH)


def copy(source: Source, told: Told = lambda _done, _of: None) -> Copied:
    """Copy all rows into the open, migrated database, inside the caller's transaction.

    Raises:
        UnsortedError: The two do not have the same tables and columns.
        CopyDiffersError: A table did not arrive as it left.
        ReferenceMissingError: A row refers to one that is not there.
    """
    there = source.tables()
    tables = _same(source, there)
    total = sum(source.count(table) for table in tables) * 2
    progress = _Progress(told, total)
    sums: dict[str, Sum] = {}
    with target.taken_apart():
        words.clear()
        target.clear(tables)
        for table in tables:
            sums[table.name] = left = Sum()
            target.load(table, _counted(source.chunks(there[table.name]), left, progress))
    for table in tables:
        _compare(table, sums[table.name], progress)
    with target.words_apart():
        words.rebuild()
    cells.begin_anew()
    target.analyze()
    return Copied(len(tables), total // 2)


class _Progress:
    def __init__(self, told: Told, of: int) -> None:
        self._told = told
        self._of = max(of, 1)
        self._done = 0

    def add(self, rows: int) -> None:
        self._done += rows
        self._told(self._done, self._of)


def _same(source: Source, there: Mapping[str, TableShape]) -> list[TableShape]:
    """Return the tables of the target, which the source has too."""
    here = target.tables()
    if names := sorted(set(there) ^ set(here)) or [
        name for name in words.unknown() if "asset" not in name
    ]:
        raise UnsortedError(names[0])
    for name, table in here.items():
        if table.names() != there[name].names():
            raise UnsortedError(name)
    names_there = [row[0] for row in source.fetch(f"SELECT name FROM {upgrading.HISTORY}")]
    if sorted(names_there) != upgrading.applied():
        raise UnsortedError(upgrading.HISTORY)
    return list(here.values())


def _counted(chunks: Iterable[Rows], into: Sum, progress: _Progress) -> Iterator[Rows]:
    for chunk in chunks:
        into.add(chunk)
        yield chunk
        progress.add(len(chunk))


def _compare(table: TableShape, left: Sum, progress: _Progress) -> None:
    arrived = Sum()
    for chunk in target.chunks(table):
        arrived.add(chunk)
        progress.add(len(chunk))
    if not arrived.equals(left):
        raise CopyDiffersError(table.name, left.count, arrived.count)
