"""Rows of the bank, as plain values; amounts in smallest units."""

from datetime import date, datetime
from typing import NamedTuple


class BankRow(NamedTuple):
    """A bank account: an account of the books whose statements are imported."""

    id: int
    account_id: int
    account: str
    commodity_id: int
    commodity: str
    precision: int
    number: str
    table_map: str
    version: int


class StatementRow(NamedTuple):
    """A statement that was imported."""

    id: int
    bank_id: int
    name: str
    sha256: str
    at: datetime
    starts: date | None
    opening: int | None
    closing: int | None
    closing_on: date | None
    added: int
    seen: int
    kind: str


class BankLineRow(NamedTuple):
    """A movement that the bank tells of.

    Attributes:
        state: `open`, `matched`, `aside`, or `doubtful`: told twice, as it seems.
        reason: Why it was set aside.
        twin_id: The line that seems to be the same, where it came doubtful.
        waits: The payment that was recorded for it and is a draft.
    """

    id: int
    bank_id: int
    dated: date
    amount: int
    name: str
    memo: str
    reference: str
    key: str
    state: str
    version: int
    reason: str = ""
    twin_id: int | None = None
    waits: int | None = None


class BookLineRow(NamedTuple):
    """A posted line of the bank's account, with the head of its entry.

    Attributes:
        entry_id: The entry, whose number people see is made of series, year and number.
        reverses_id: The entry that its entry reverses, if any.
    """

    id: int
    entry_id: int
    dated: date
    amount: int
    series: str
    year: str
    number: int
    code: str
    payee: str
    description: str
    label: str
    reverses_id: int | None


class ClosingRow(NamedTuple):
    """A day up to which bank and books were found equal."""

    id: int
    bank_id: int
    through: date
    balance: int
    closed_by: int
    at: datetime


class RuleRow(NamedTuple):
    """What was learned: lines of a text were matched with entries against an account."""

    id: int
    pattern: str
    account_id: int
    account: str
    uses: int


class BankLineLoad(NamedTuple):
    """A movement to add."""

    bank_id: int
    statement_id: int
    dated: int
    amount: int
    name: str
    memo: str
    reference: str
    key: str
    state: str
    twin_id: int | None = None


class StatementLoad(NamedTuple):
    """A statement to add; days and instants as numbers."""

    bank_id: int
    name: str
    sha256: str
    at: int
    imported_by: int
    starts: int | None
    opening: int | None
    closing: int | None
    closing_on: int | None
    added: int
    seen: int
    kind: str
