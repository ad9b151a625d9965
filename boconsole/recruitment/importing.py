"""Bringing candidates in from a table, by a map; importing again adds nothing.

A row is found again by a hash of its key, which goes when the candidate is forgotten.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.importing import chunks, values
from boconsole.importing import facts as cells_of
from boconsole.importing.chunks import Arrival
from boconsole.importing.maps import find_map, read_map
from boconsole.importing.report import Progress, Report
from boconsole.importing.rows import FieldType, RowReader, RowRefusedError
from boconsole.importing.rules import ImportMap
from boconsole.language import _
from boconsole.recruitment import candidates, openings, seeing, stages, words
from boconsole.recruitment.openings import OpeningRow
from boconsole.session import Session
from db.recruitment import records

MAP = "boconsole_candidates"


class Draft(NamedTuple):
    """A row, converted; days are instants."""

    name: str
    email: str
    phone: str
    source: str
    note: str
    consent_on: int | None
    keep_until: int | None
    opening: str


class Ready(NamedTuple):
    """A row that can be written: the candidate, and the opening that is applied for."""

    given: dict[str, object]
    opening: OpeningRow | None


def _fields() -> dict[str, FieldType]:
    found = {name: FieldType(values.line(), "") for name in Draft._fields}
    found["name"] = FieldType(values.line(candidates.NAME_LIMIT), "", required=True)
    found["note"] = FieldType(values.text(), "", varied=True)
    found["consent_on"] = found["keep_until"] = FieldType(None)
    return found


def import_candidates(
    session: Session, path: Path, map_path: Path, *, dry_run: bool = False,
    refused_path: Path | None = None, progress: Progress | None = None,
) -> Report:  # fmt: skip
    """Import the rows of a file as candidates, all good ones in one transaction.

    Raises:
        NotAllowedError, ImportFileError, MapError: Nothing was imported.
    """
    session.require(words.EDIT)
    plan = read_map(find_map(map_path), Draft._fields)
    return chunks.run(
        path, plan, lambda header: _Writer(session, plan, header), transaction=audit.writing,
        dry_run=dry_run, refused_path=refused_path, progress=progress,
    )  # fmt: skip


class _Writer:
    """Checks rows and writes them."""

    def __init__(self, session: Session, plan: ImportMap, header: Sequence[str]) -> None:
        self._session = session
        self._reader = RowReader(Draft, _fields(), plan, header)
        self._mails: set[str] = set()

    def known(self, external_keys: Sequence[str]) -> set[str]:
        """Return those keys that candidates have."""
        hidden = {_hidden(key): key for key in external_keys}
        return {hidden[found] for found in records.candidate_keys(list(hidden))}

    def check(self, cells: Sequence[str]) -> Ready:
        """Return a row that can be written."""
        draft = self._reader.read(cells)
        given: dict[str, object] = {**draft._asdict(), "consent_on": _day(draft.consent_on),
                                    "keep_until": _day(draft.keep_until)}  # fmt: skip
        del given["opening"]
        try:
            mail = str(candidates.check(self._session, given).get("email") or "").lower()
            if mail and mail in self._mails:
                raise InvalidChangeError("email", _("stands in the file twice"))
            opening = seeing.opening(self._session, draft.opening) if draft.opening else None
            if opening is not None:
                openings.require_open(opening.number, opening.state)
        except InvalidChangeError as error:
            raise RowRefusedError([(error.field, error.reason)]) from error
        except BoconsoleError as error:
            raise RowRefusedError([("opening", str(error))]) from error
        self._mails.add(mail)
        return Ready(given, opening)

    def write(self, arrivals: Sequence[Arrival[Ready]]) -> None:
        """Write a chunk."""
        for arrival in arrivals:
            row = candidates.new(
                self._session, arrival.record.given, key=_hidden(arrival.external_key)
            )
            if arrival.record.opening is not None:
                stages.apply(self._session, row, arrival.record.opening)


def _day(instant: int | None) -> date | None:
    return cells_of.day_of(instant)


def _hidden(external_key: str) -> str:
    """Return what tells a row apart without telling who it is."""
    source, _colon, key = external_key.partition(":")
    return f"{source}:{hashlib.sha256(key.encode()).hexdigest()}"
