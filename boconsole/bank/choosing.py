"""Which statement of a file belongs to which account of the books."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from boconsole.bank.errors import MapMissingError, OtherAccountError, WhichStatementError
from boconsole.bank.reading.maps import TableMap, kept, of_kept
from boconsole.bank.reading.ofx import is_ofx, read_ofx
from boconsole.bank.reading.parts import ReadStatement
from boconsole.bank.reading.tables import read_table
from boconsole.language import _
from boconsole.text import safe
from db.bank import accounts as stored
from db.bank.rows import BankRow


class Choices(NamedTuple):
    """What is said beside a file.

    Attributes:
        table_map: How a table is read; by default as the last one of the account.
        number: The bank's number of the account, where a file holds several.
        currency: Where the file does not tell.
        opening: What was held before the first line, where the file does not tell.
        closing: What is held after the last line, where the file does not tell.
        half_up: Round amounts with too many digits, halves away from zero, instead of refusing.
    """

    table_map: TableMap | None = None
    number: str = ""
    currency: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    half_up: bool = False


class Chosen(NamedTuple):
    """Statements to take, what is to be kept of how they were read, and numbers left aside."""

    statements: tuple[ReadStatement, ...]
    number: str
    table_map: str
    others: tuple[str, ...] = ()
    kind: str = "ofx"


def read_statements(path: Path, content: bytes, bank: BankRow | None, choices: Choices) -> Chosen:
    """Read a file and return what of it belongs to an account.

    Raises:
        StatementError: It cannot be read; MapMissingError where no map says how.
        WhichStatementError, OtherAccountError: None of it belongs to the account.
    """
    file = safe(path.name)
    if is_ofx(content):
        return _chosen(file, read_ofx(file, content), bank, choices)
    known = of_kept(bank.table_map) if bank is not None and bank.table_map else None
    table_map = choices.table_map or known
    if table_map is None:
        raise MapMissingError(file)
    found = read_table(file, content, table_map)
    number = choices.number or (bank.number if bank is not None else "")
    return Chosen((_told(found, choices),), number, kept(table_map), kind="table")


def _chosen(
    file: str, found: Sequence[ReadStatement], bank: BankRow | None, choices: Choices
) -> Chosen:
    numbers = list(dict.fromkeys(each.number for each in found))
    wanted = choices.number or (bank.number if bank is not None else "")
    if not wanted and len(numbers) > 1:
        raise WhichStatementError(file, numbers)
    if wanted and wanted not in numbers:
        if choices.number:
            raise WhichStatementError(file, numbers)
        raise OtherAccountError(
            _(
                "{file} is of the account {numbers}, not of {wanted}; choose another account, or "
                "say --number if the bank changed it."
            ).format(file=file, numbers=", ".join(numbers), wanted=wanted)
        )
    number = wanted or numbers[0]
    _require_own(file, number, bank)
    mine = sorted((each for each in found if each.number == number), key=_first_day)
    others = tuple(each for each in numbers if each != number)
    table_map = bank.table_map if bank is not None else ""
    told = (_told(each, choices) for each in mine)
    return Chosen(tuple(told), number, table_map, others)


def _require_own(file: str, number: str, bank: BankRow | None) -> None:
    for other in stored.select_banks():
        if number and other.number == number and (bank is None or other.id != bank.id):
            raise OtherAccountError(
                _("{file} is of the account {number}, which is {account} in the books.").format(
                    file=file, number=number, account=other.account
                )
            )


def _first_day(statement: ReadStatement) -> date:
    return min((line.dated for line in statement.lines), default=statement.closing_on or date.max)


def _told(found: ReadStatement, choices: Choices) -> ReadStatement:
    """Return a statement with what was said beside it; what the file tells goes first."""
    opening, closing, day = found.opening, found.closing, found.closing_on
    if opening is None:
        opening = choices.opening
    if closing is None and choices.closing is not None and found.lines:
        closing, day = choices.closing, max(line.dated for line in found.lines)
    currency = found.currency or choices.currency
    return found._replace(opening=opening, closing=closing, closing_on=day, currency=currency)
