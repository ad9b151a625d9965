"""What readers find in a journal, and what booking makes of it.

A reader yields statements in the order of the files; booking turns them into `Books`: every
amount known, every entry balanced, every assertion held.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple, overload

from boconsole.errors import BoconsoleError
from boconsole.language import _

Status = Literal["", "!", "*"]
REAL, BALANCED, UNBALANCED = 0, 1, 2
"""Kinds of posting: a real one, `[virtual and balanced]`, `(virtual and unbalanced)`."""


class Place(NamedTuple):
    """Where something stands: a file as it was named, line and column from 1."""

    file: str
    line: int
    column: int = 1


class Amount(NamedTuple):
    """An exact number of a commodity; the commodity is empty where none is written."""

    number: Decimal
    commodity: str


class Price(NamedTuple):
    """`@ amount` for one, or `@@ amount` for all of a posting."""

    amount: Amount
    total: bool = False


class Lot(NamedTuple):
    """What is written in braces behind an amount; each part may be missing.

    Attributes:
        number: Cost of one unit.
        total: Cost of all units, or what is added to `number` × units.
        commodity: Of both.
        acquired: Day of the purchase.
        label: Name of the lot.
        merge: Average cost is asked for (`{*}`).
    """

    number: Decimal | None = None
    total: Decimal | None = None
    commodity: str = ""
    acquired: date | None = None
    label: str = ""
    merge: bool = False


class Claim(NamedTuple):
    """A balance that a posting asserts (or, without an amount of its own, brings about).

    Attributes:
        sole: No other commodity is in the account (`==`).
        inclusive: Accounts below count too (`=*`).
        column: Where it starts in the line, from 1.
    """

    amount: Amount
    sole: bool = False
    inclusive: bool = False
    price: Price | None = None
    column: int = 1


class Posting(NamedTuple):
    """One line of an entry as it is written; `amount` is None where it is left out."""

    account: str
    amount: Amount | None
    price: Price | None = None
    lot: Lot | None = None
    claim: Claim | None = None
    kind: int = REAL
    status: Status = ""
    dated: date | None = None
    comment: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    line: int = 0
    column: int = 1


class Transaction(NamedTuple):
    """One entry as it is written.

    Attributes:
        dated: The (primary) date.
        effective: The secondary date, if any.
        code: In parentheses in hledger; empty in beancount.
        payee: In beancount; in hledger the part of the description before `|`, if any.
        description: hledger's description whole, beancount's narration.
        tags: Names and values, the own ones of the entry.
        links: beancount's `^links`.
        comment: Text behind `;` at the entry, lines joined by newline.
    """

    dated: date
    effective: date | None
    status: Status
    code: str
    payee: str
    description: str
    postings: Sequence[Posting]
    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    comment: str = ""
    place: Place = Place("", 0)


class Rate(NamedTuple):
    """What one unit of a commodity was worth on a day."""

    dated: date
    commodity: str
    worth: Amount
    place: Place = Place("", 0)


class AccountLine(NamedTuple):
    """An account that is declared; dates where it opens or closes, commodities it may hold."""

    account: str
    opened: date | None = None
    closed: date | None = None
    commodities: tuple[str, ...] = ()
    kind: str = ""
    """`asset`, `liability`, `equity`, `income`, `expense`, `cash` where the file says so."""
    note: str = ""
    place: Place = Place("", 0)
    booking: str = ""
    """How beancount finds the lots that a posting reduces, where the file says so: `FIFO` …"""


class CommodityLine(NamedTuple):
    """A commodity that is declared; `precision` is None where no format is given."""

    commodity: str
    precision: int | None = None
    place: Place = Place("", 0)


class Assertion(NamedTuple):
    """beancount's `balance`: what an account (with those below) holds as a day begins."""

    dated: date
    account: str
    amount: Amount
    tolerance: Decimal | None
    place: Place


class Pad(NamedTuple):
    """beancount's `pad`: fill `account` from `source` up to its next assertion."""

    dated: date
    account: str
    source: str
    place: Place


class Left(NamedTuple):
    """Something that was read and understood, but does not belong to books: told, not taken."""

    what: str
    place: Place


class Line(NamedTuple):
    """One booked posting.

    `value` is what the line weighs in its entry: the amount itself, or what it was worth at
    the stated price or cost. In each entry the values of the real lines are zero in sum, commodity
    by commodity, to the precision of that commodity; so are those of balanced virtual lines.

    Attributes:
        price: Unit price as written (`@`), or of all (`@@`); None without.
        lot: Cost as it was found, complete; None without.
        kind: REAL, BALANCED or UNBALANCED.
    """

    account: str
    number: Decimal
    commodity: str
    value: Decimal
    value_commodity: str
    price: Price | None = None
    lot: Lot | None = None
    claim: Claim | None = None
    kind: int = REAL
    status: Status = ""
    dated: date | None = None
    comment: str = ""
    tags: tuple[tuple[str, str], ...] = ()


class PlainLines(Sequence[Line]):
    """The lines of a plain entry: one commodity, no price and no note; made when asked for.

    Args:
        commodity: Of all.
        digits: Behind the point.
        amounts: Accounts and what they get, in units of the last digit; zero in sum.
    """

    __slots__ = ("amounts", "commodity", "digits")

    def __init__(self, commodity: str, digits: int, amounts: list[tuple[str, int]]) -> None:
        self.commodity = commodity
        self.digits = digits
        self.amounts = amounts

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.amounts)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...

    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        """Return one line, or some."""
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        account, minor = self.amounts[index]
        number = Decimal(minor).scaleb(-self.digits)
        return Line(account, number, self.commodity, number, self.commodity)

    def __eq__(self, other: object) -> bool:
        """Return whether they are the same lines, however they are kept."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list


class Entry(NamedTuple):
    """One booked entry: as a transaction, with lines in the place of postings."""

    dated: date
    effective: date | None
    status: Status
    code: str
    payee: str
    description: str
    lines: Sequence[Line]
    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    comment: str = ""
    place: Place = Place("", 0)


Statement = Transaction | Entry | Rate | AccountLine | CommodityLine | Assertion | Pad | Left
"""An entry is one that its reader has booked already."""


class Books(NamedTuple):
    """A journal, booked.

    Attributes:
        entries: In the order of their dates, those of one day as in the files.
        accounts: Declared ones, in order.
        precisions: Digits behind the point of every commodity: the most that an amount or a
            declaration has (prices do not count).
        rates: In the order of the files.
        left: What was read and is not imported.
        reporting: Commodities that the file says it is reported in.
    """

    entries: Sequence[Entry]
    accounts: Sequence[AccountLine]
    precisions: Mapping[str, int]
    rates: Sequence[Rate]
    left: Sequence[Left]
    reporting: Sequence[str] = ()


class JournalError(BoconsoleError):
    """A journal cannot be read or does not hold; says what is wrong, where, and what to do.

    Attributes:
        place: Of the fault.
        reason: A sentence without the place.
    """

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(f"{place.file}:{place.line}:{place.column}: {reason}")
        self.place = place
        self.reason = reason


def require_file(path: Path, asked: Place) -> None:
    """Refuse to include what is neither file nor folder, such as a device: it may never end.

    Raises:
        JournalError: It is such; told where it was named.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        reason = _("{path} is no file; save what it gives as a file and include that.")
        raise JournalError(asked, reason.format(path=path))
