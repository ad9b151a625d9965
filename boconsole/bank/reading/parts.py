"""What readers find in a statement file."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ReadLine(NamedTuple):
    """One movement; the amount is positive where money came in.

    Attributes:
        key: The bank's own id of it; empty where there is none.
        name: The other side.
        memo: What else is told.
        reference: Number of a cheque, or what the payer gave.
        line: Where it stands in the file, from 1.
        balance: What the account held after it, where that is told.
    """

    dated: date
    amount: Decimal
    key: str = ""
    name: str = ""
    memo: str = ""
    reference: str = ""
    line: int = 0
    balance: Decimal | None = None


class ReadStatement(NamedTuple):
    """The movements of one account.

    Attributes:
        number: The bank's number of the account; empty where the file does not tell.
        currency: Its code; empty where the file does not tell.
        lines: In the order of the file.
        opening: What was held before the first line, where that is told.
        closing: What is held at the end of `closing_on`, where that is told.
        starts: First day of the statement, where that is told.
        line: Where it begins in the file.
    """

    number: str
    currency: str
    lines: tuple[ReadLine, ...]
    opening: Decimal | None = None
    closing: Decimal | None = None
    closing_on: date | None = None
    starts: date | None = None
    line: int = 0


class Refused(ValueError):  # noqa: N818 - a refusal on its way to its place
    """A value cannot be read; the text says why, and follows the place."""
