"""Bringing a register of documents in from a table, by a map; importing again adds nothing.

The number that a document had elsewhere is its key. A column of files names files beside the
table; they are kept as first versions.
"""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from boconsole import audit, filing
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.filing import File
from boconsole.importing import chunks, values
from boconsole.importing.chunks import Arrival
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.registry import fields, writing
from boconsole.session import Session
from db.registry import documents


class Draft(NamedTuple):
    """A row, as texts."""

    title: str
    document_class: str
    level: str
    owner: str
    counterpart: str
    contract: str
    reference: str
    value: str
    dated: str
    expires: str
    review: str
    tags: str
    readers: str
    note: str
    file: str


NAMES = {"document_class": "class", "dated": "dated_on", "expires": "expires_on",
         "review": "review_on"}  # fmt: skip
"""Fields of a document that a map calls otherwise."""


class Ready(NamedTuple):
    """A row that can be written."""

    given: dict[str, object]
    file: File | None


def import_file(
    session: Session, path: Path, map_path: Path, *, dry_run: bool = False,
    refused_path: Path | None = None, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Import the rows of a file as documents, all good ones in one transaction.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    session.require("document.edit")
    plan = read_map(find_map(map_path), Draft._fields)
    return chunks.run(
        path, plan, lambda header: _Writer(session, path.parent, plan, header),
        transaction=nullcontext if dry_run else audit.writing, dry_run=dry_run,
        refused_path=refused_path, progress=progress,
    )  # fmt: skip


class _Writer:
    """Checks rows and writes them."""

    def __init__(
        self, session: Session, folder: Path, plan: ImportMap, header: Sequence[str]
    ) -> None:
        self._session, self._folder = session, folder
        types = {
            name: FieldType(values.text() if name == "note" else values.line(), "",
                            required=name == "title")
            for name in Draft._fields
        }  # fmt: skip
        self._reader = RowReader(Draft, types, plan, header)

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that were imported before."""
        return {key for key in external_keys if documents.find_by_key(key) is not None}

    def check(self, cells: Sequence[str]) -> Ready:
        """Return a row that can be written."""
        typed = self._reader.read(cells)._asdict()
        name = typed.pop("file")
        given = {NAMES.get(field, field): value for field, value in typed.items() if value}
        try:
            fields.columns_of(
                {name: value for name, value in given.items() if name not in ("tags", "readers")},
                None,
            )
            fields.people_of(given.get("readers"))
            return Ready(given, self._file(name) if name else None)
        except InvalidChangeError as error:
            raise RowRefusedError([(error.field, error.reason)]) from error
        except BoconsoleError as error:
            raise RowRefusedError([("", str(error))]) from error

    def _file(self, name: str) -> File:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise InvalidChangeError("file", _("lies outside of the folder of the table"))
        try:
            if not path.is_file():
                raise InvalidChangeError("file", _("{path} is not a file").format(path=name[:80]))
            if path.stat().st_size > filing.limit_in_bytes:
                raise InvalidChangeError("file", _("{path} is larger than {limit} MiB").format(
                    path=name[:80], limit=filing.limit_in_bytes // 2**20))  # fmt: skip
            file = File(path.name, path.read_bytes())
        except OSError as error:
            raise InvalidChangeError("file", error.strerror or str(error)) from error
        filing.require_room(file)
        return file

    def write(self, arrivals: Sequence[Arrival[Ready]]) -> None:
        """Write a chunk with its lines of the trail."""
        for arrival in arrivals:
            ready = arrival.record
            writing.create(self._session, ready.given, ready.file, arrival.external_key,
                           read=False)  # fmt: skip
