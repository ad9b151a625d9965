"""What is shown of a statement, as a table for other programs; amounts are exact decimals."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.language import _
from boconsole.ledger.exporting import whole
from boconsole.ledger.statements.shapes import Statement
from boconsole.money import plain
from boconsole.session import Session
from boconsole.text import safe

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Told(NamedTuple):
    """One line: its amounts in smallest units by column, a column may be missing."""

    section: str
    title: str
    commodity: str
    precision: int
    amounts: Mapping[str, int]


def write_csv(session: Session, path: Path, statement: Statement, lines: Sequence[Told]) -> None:
    """Write lines of a statement: section, account or title, commodity, an amount by column.

    Names that a spreadsheet would run as formulas begin with an apostrophe.

    Raises:
        NotAllowedError: The reader may not export the books.
        BoconsoleError: The file is there already, or cannot be written.
    """
    session.require("ledger.export")
    if path.is_file():
        raise _unwritten(path, _("there is such a file already"))
    keys = [column.key for column in statement.columns]
    try:
        with whole(path, newline="") as file:
            sheet = csv.writer(file)
            titles = [column.title for column in statement.columns]
            sheet.writerow(("section", "account", "commodity", *titles))
            for line in lines:
                amounts = (plain(line.amounts[key], line.precision) if key in line.amounts else ""
                           for key in keys)  # fmt: skip
                names = (_harmless(line.section), _harmless(line.title), _harmless(line.commodity))
                sheet.writerow((*names, *amounts))
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error


def _unwritten(path: Path, reason: str) -> BoconsoleError:
    text = _("{path} cannot be written: {reason}.")
    return BoconsoleError(text.format(path=safe(str(path)), reason=reason))


def _harmless(name: str) -> str:
    return f"'{name}" if name.startswith(FORMULA_STARTS) else name
