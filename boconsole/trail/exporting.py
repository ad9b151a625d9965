"""Lines of the audit trail as a file; each line keeps its number, so gaps show."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless
from boconsole.session import Session
from boconsole.trail.reading import TrailLine, list_page, record
from boconsole.whole_files import UnwrittenError

FORMATS = ("csv", "jsonl")
FIELDS = ("line", "operation", "at", "by", "door", "action", "record", "changes")
CHUNK = 1_000


def export(
    session: Session, path: Path, query: str, chosen: Sequence[TrailLine] | None = None
) -> int:
    """Write the lines that a query names, or those chosen, as the name ends; returns how many.

    Raises:
        InvalidChangeError: The name ends in none of `FORMATS`.
        UnwrittenError: The file cannot be written.
    """
    session.require("audit.read")
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InvalidChangeError("file", _("expected a name that ends in {words}").format(
            words=", ".join(f".{word}" for word in FORMATS)))  # fmt: skip
    lines = _all(session, query) if chosen is None else iter(chosen)
    whole_files.require_new(path)
    done = 0
    try:
        with whole(path, "" if form == "csv" else "\n", marked=form == "csv") as file:
            sheet = csv.writer(file)
            if form == "csv":
                sheet.writerow(FIELDS)
            for line in lines:
                told = record(line)
                done += 1
                if form == "csv":
                    sheet.writerow([_cell(told[name]) for name in FIELDS])
                else:
                    file.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return done


def _all(session: Session, query: str) -> Iterator[TrailLine]:
    after, more = "", True
    while more:
        page = list_page(session, query, after, CHUNK)
        yield from page.rows
        more, after = page.more, page.cursors[-1] if page.cursors else ""


def _cell(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
    return str(harmless(text))
