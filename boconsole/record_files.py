"""Records of a register as a file: CSV for spreadsheets, JSON for programs."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from boconsole import whole_files
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.sheets import harmless
from boconsole.whole_files import UnwrittenError

FORMATS = ("csv", "json")


def write(path: Path, records: Sequence[dict[str, object]], *, private: bool = False) -> int:
    """Write records to a file, as its name ends; returns how many.

    Args:
        path: Where to; there is no such file yet.
        records: Of one shape.
        private: Let only the owner of the file read it.

    Raises:
        InvalidChangeError: The name ends in none of `FORMATS`.
        UnwrittenError: The file cannot be written.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise InvalidChangeError("file", _("expected a name that ends in {words}").format(
            words=", ".join(f".{word}" for word in FORMATS)))  # fmt: skip
    whole_files.require_new(path)
    try:
        newline = "" if form == "csv" else "\n"
        with whole(path, newline, marked=form == "csv", private=private) as file:
            if form == "json":
                json.dump(records, file, ensure_ascii=False, indent=2, default=str)
            else:
                sheet = csv.writer(file)
                sheet.writerow(records[0] if records else ())
                sheet.writerows([_cell(cell) for cell in each.values()] for each in records)
    except OSError as error:
        raise UnwrittenError(path, error.strerror or str(error)) from error
    return len(records)


def _cell(value: object) -> str:
    """Return a cell whose text no spreadsheet runs."""
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else str(value)
