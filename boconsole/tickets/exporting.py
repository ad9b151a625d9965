"""Writing tickets to tables that other programs read, and that `tickets import` reads again.

Rows are read a page at a time, so that a million cost no more memory than a hundred. A file
appears whole or not at all.
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TextIO

from boconsole import whole_files
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.importing.report import Progress
from boconsole.language import _
from boconsole.session import Session
from boconsole.tickets.matching import selection
from boconsole.tickets.words import LEVELS, PRIORITIES, number
from db import keyset
from db.conditions import Selection
from db.tickets import exporting as stored
from db.tickets import names, pages, relations
from db.tickets.exporting import ExportMessage, ExportRow

Form = Literal["csv", "json"]
FORMS: tuple[Form, ...] = ("csv", "json")
PAGE = 1_000
COLUMNS = ("number", *ExportRow._fields[1:], "tags")
"""What is written without `cols:`, before the custom fields; docs/importing.md explains each."""
REFERENCES = frozenset(
    ("requester", "requester_name", "requester_phone", "organisation", "queue", "assignee",
     "category")
)  # fmt: skip
"""What is null in JSON where a ticket has none."""
QUERY_NAMES = {
    "tag": "tags",
    "spent": "minutes_spent",
    "key": "external_key",
    "merged": "merged_into",
    "requester.name": "requester_name",
    "requester.email": "requester",
    "requester.phone": "requester_phone",
    "sla.state": "sla_state",
    "sla": "sla_due",
}
"""Columns that the query language calls by another name."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ExportTargetError(BoconsoleError):
    """The file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(_("{path} was not written: {reason}.").format(path=path, reason=reason))


class Exported(NamedTuple):
    """A ticket with everything that hangs on it."""

    row: ExportRow
    tags: tuple[str, ...]
    custom: dict[str, str]
    messages: Sequence[ExportMessage]


class _Writer(Protocol):
    """One form of output."""

    def write(self, tickets: Sequence[Exported]) -> None:
        """Write a page."""

    def finish(self) -> None:
        """Write what stands at the end."""


def export_tickets(
    session: Session,
    query: str,
    target: Path | TextIO,
    form: Form = "csv",
    *,
    overwrite: bool = False,
    spreadsheet: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the tickets that a query finds; returns how many.

    Args:
        session: Who reads; needs `ticket.read`.
        query: A filter line; `sort:`, `limit:` and `cols:` count. Like in lists, only active
            tickets are found unless it names a state or `any`.
        target: A file, written in UTF-8, or an open stream of text.
        form: `csv`, or `json` with whole threads.
        overwrite: Take the place of a file that is there.
        spreadsheet: CSV that is safe to open in a spreadsheet: with a byte order mark, and an
            apostrophe before cells that it would run as formulas. Otherwise cells are exact.
        progress: Told the tickets done after each page; the part of the whole is not known.

    Raises:
        NotAllowedError, QuerySyntaxError, ExportTargetError: Nothing was written.
    """
    session.require("ticket.read")
    wanted = selection(session, query)
    columns = _columns(wanted)
    count = 0
    with opened(target, overwrite, "utf-8-sig" if spreadsheet else "utf-8") as stream:
        writer = _writer(stream, form, columns, spreadsheet)
        for page in _pages(wanted, threads=form == "json"):
            writer.write(page)
            count += len(page)
            if progress is not None:
                progress(count, 0.0)
        writer.finish()
    return count


def _writer(stream: TextIO, form: Form, columns: Sequence[str], spreadsheet: bool) -> "_Writer":
    return _JsonWriter(stream) if form == "json" else _CsvWriter(stream, columns, spreadsheet)


def _columns(wanted: Selection) -> tuple[str, ...]:
    """Return the columns that `cols:` names, or all."""
    custom = tuple(f"cf.{field.name}" for field in names.select_fields())
    every = (*COLUMNS, *custom)
    chosen = tuple(QUERY_NAMES.get(name, name) for name in wanted.columns)
    for name in chosen:
        if name not in every:
            raise InvalidChangeError(
                "cols",
                _("{name} cannot be exported; use {every}").format(
                    name=name, every=", ".join(every)
                ),
            )
    return chosen or every


def _pages(wanted: Selection, *, threads: bool) -> Iterator[list[Exported]]:
    """Yield the tickets of a selection, a page in memory at a time."""
    left = wanted.limit
    after: keyset.Cursor | None = None
    while left is None or left > 0:
        page = pages.page(wanted, after, PAGE if left is None else min(PAGE, left))
        if not page.rows:
            return
        ids = [line.id for line in page.rows]
        tags, custom = relations.select_tags(ids), relations.select_custom(ids)
        messages = stored.select_messages(ids) if threads else {}
        yield [
            Exported(row, tags[row.id], custom[row.id], messages.get(row.id, ()))
            for row in stored.select_rows(ids)
        ]
        if not page.more:
            return
        after = keyset.decode(page.cursors[-1])
        left = None if left is None else left - len(ids)


@contextmanager
def opened(target: Path | TextIO, overwrite: bool, encoding: str) -> Iterator[TextIO]:
    """Open a file that takes its name when it is whole; a stream stays as it is."""
    if not isinstance(target, Path):
        yield target
        return
    if target.exists() and not overwrite:
        raise ExportTargetError(target, _("it exists; name another file, or ask to overwrite it"))
    try:
        try:
            unfinished = whole_files.unfinished(target)
            with unfinished.open("w", encoding=encoding, newline="") as stream:
                yield stream
            whole_files.put_in_place(target)
        finally:
            with suppress(OSError):
                whole_files.discard(target)
    except OSError as error:
        raise ExportTargetError(target, error.strerror or str(error)) from error


class _CsvWriter:
    """A row of cells for each ticket, after a heading."""

    def __init__(self, stream: TextIO, columns: Sequence[str], spreadsheet: bool) -> None:
        self._writer = csv.writer(stream)
        self._spreadsheet = spreadsheet
        self._takes = [_cell(name) for name in columns]
        self._writer.writerow(columns)

    def write(self, tickets: Sequence[Exported]) -> None:
        """Write a page."""
        rows = [[take(ticket) for take in self._takes] for ticket in tickets]
        if self._spreadsheet:
            rows = [[harmless(cell) for cell in row] for row in rows]
        self._writer.writerows(rows)

    def finish(self) -> None:
        """Nothing stands at the end."""


class _JsonWriter:
    """A list of objects, one a line, each with its whole thread."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._separator = "[\n"
        self._encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def write(self, tickets: Sequence[Exported]) -> None:
        """Write a page."""
        lines = ",\n".join([self._encode(_object(ticket)) for ticket in tickets])
        self._stream.write(self._separator + lines)
        self._separator = ",\n"

    def finish(self) -> None:
        """Close the list."""
        self._stream.write("[]\n" if self._separator == "[\n" else "\n]\n")


def _cell(column: str) -> Callable[[Exported], str]:
    """Return what makes the cell of a column."""
    if column == "number":
        return lambda ticket: number(ticket.row.id)
    if column == "tags":
        return lambda ticket: ", ".join(ticket.tags)
    if column.startswith("cf."):
        name = column.removeprefix("cf.")
        return lambda ticket: ticket.custom.get(name, "")
    place = ExportRow._fields.index(column)
    word = WORDS.get(column, _text)
    return lambda ticket: word(ticket.row[place])


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return "" if value is None else str(value)


WORDS: dict[str, Callable[..., str]] = {
    "priority": lambda value: PRIORITIES[value - 1],
    "impact": lambda value: LEVELS[value - 1],
    "urgency": lambda value: LEVELS[value - 1],
    "merged_into": lambda value: "" if value is None else number(value),
}


def harmless(cell: str) -> str:
    """Return a cell that a spreadsheet does not run as a formula."""
    return "'" + cell if cell.startswith(FORMULA_STARTS) else cell


def _object(ticket: Exported) -> dict[str, object]:
    told: dict[str, object] = {"number": number(ticket.row.id)}
    for name, value in zip(ExportRow._fields[1:], ticket.row[1:], strict=True):
        exact = value is None or name in ("rating", "minutes_spent")
        told[name] = value if exact else WORDS.get(name, _text)(value)
        if name in REFERENCES and not value:
            told[name] = None
    told["tags"] = list(ticket.tags)
    told["custom"] = ticket.custom
    told["messages"] = [
        {
            "at": _text(message.at),
            "kind": message.kind,
            "author": message.author,
            "text": message.text,
            "minutes": message.minutes,
        }
        for message in ticket.messages
    ]
    return told
