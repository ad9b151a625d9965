"""Makes books of a journal: fills what is left out, balances entries, checks assertions.

Source: hledger's manual, "Postings", "Balance assertions", "Balance assignments".
"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from operator import attrgetter

from boconsole.journals.hledger.balancing import (
    EXACT,
    Precisions,
    balanced,
    filled,
    rounded,
    weight,
)
from boconsole.journals.hledger.claims import Balances, assigned
from boconsole.journals.parts import (
    AccountLine,
    Amount,
    Books,
    CommodityLine,
    Entry,
    JournalError,
    Left,
    Line,
    Place,
    PlainLines,
    Posting,
    Rate,
    Statement,
    Transaction,
)
from boconsole.language import _

_ONE = Amount(Decimal(1), "")


def book(statements: Iterable[Statement]) -> Books:
    """Return the books that statements of a journal make.

    Raises:
        JournalError: An entry does not balance, or an assertion does not hold.
    """
    with _collector_at_rest():
        found = _Found()
        for statement in statements:
            found.take(statement)
        precisions = found.precisions()
        if found.claims:
            entries = _Checked(found.transactions, precisions).entries()
        else:
            entries = _booked(found.transactions, precisions)
    entries.sort(key=attrgetter("dated"))
    return Books(entries, found.accounts, precisions.kept, found.rates, found.left)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Search for no cycles meanwhile: none are made, and looking would take half of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


class _Found:
    """Statements by their kind, and the digits of every commodity in them.

    Attributes:
        written: The most digits that amounts of postings have.
        claimed: The most that asserted balances have.
        declared: The most that declarations have.
        last: Those of the last declaration: hledger balances to them.
        named: Commodities that have no digits of their own, perhaps.
        priced: Postings of entries with a price.
        claims: Whether any balance is asserted.
    """

    def __init__(self) -> None:
        self.transactions: list[Transaction | Entry] = []
        self.accounts: list[AccountLine] = []
        self.rates: list[Rate] = []
        self.left: list[Left] = []
        self.written: dict[str, int] = {}
        self.claimed: dict[str, int] = {}
        self.declared: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.named: set[str] = set()
        self.priced: list[Sequence[Posting]] = []
        self.claims = False

    def take(self, statement: Statement) -> None:
        """Sort one statement in."""
        if isinstance(statement, Entry):
            self.transactions.append(statement)
            self._measure_plain(statement.lines)
        elif isinstance(statement, Transaction):
            self.transactions.append(statement)
            self._measure(statement.postings)
        elif isinstance(statement, Rate):
            self.rates.append(statement)
        elif isinstance(statement, AccountLine):
            self.accounts.append(statement)
        elif isinstance(statement, CommodityLine):
            name, digits = statement.commodity, statement.precision
            self.named.add(name)
            if digits is not None:
                self.last[name] = digits
                self.declared[name] = max(digits, self.declared.get(name, 0))
        elif isinstance(statement, Left):
            self.left.append(statement)
        else:
            raise JournalError(statement.place, _("This belongs to the format of beancount."))

    def _measure_plain(self, lines: Sequence[Line]) -> None:
        if isinstance(lines, PlainLines) and lines.digits > self.written.get(lines.commodity, -1):
            self.written[lines.commodity] = lines.digits

    def _measure(self, postings: Sequence[Posting]) -> None:
        written = self.written
        priced = False
        for posting in postings:
            amount = posting.amount
            if amount is not None:
                digits = -amount.number.as_tuple().exponent  # type: ignore[operator]  # finite
                if digits > written.get(amount.commodity, -1):
                    written[amount.commodity] = max(digits, 0)
            elif not any(other.amount and other.kind == posting.kind for other in postings):
                self.named.add("")
            if posting.price is not None:
                priced = True
            if posting.claim is not None:
                self.claims = True
                _most(self.claimed, posting.claim.amount)
                priced = priced or posting.claim.price is not None
        if priced:
            self.priced.append(postings)

    def precisions(self) -> Precisions:
        """Return the digits that are kept, and those that entries balance to.

        Digits of prices count where nothing else is known of a commodity. Amounts that are left
        out keep their cents where no declaration says otherwise.
        """
        given = {
            name: max(self.written.get(name, 0), self.claimed.get(name, 0))
            for name in self.written.keys() | self.claimed.keys()
        }
        kept = dict.fromkeys(self.named, 0) | given
        for name, digits in self._worth(given).items():
            kept[name] = max(digits, kept.get(name, 0))
        for name, digits in self.declared.items():
            kept[name] = max(digits, given.get(name, 0))
        return Precisions(kept, kept | self.written | self.last)

    def _worth(self, given: Container[str]) -> dict[str, int]:
        """Return the digits that prices bring about, by commodity."""
        found: dict[str, int] = {}
        for postings in self.priced:
            elided = {posting.kind for posting in postings if posting.amount is None}
            for posting in postings:
                price = posting.price or (posting.claim.price if posting.claim else None)
                if price is None or price.amount.commodity in self.declared:
                    continue
                name = price.amount.commodity
                if name not in given:
                    _most(found, price.amount)
                if name not in given or posting.kind in elided:
                    value = weight(posting, posting.amount or _ONE).number
                    value = rounded(value, 2) if name in given else value
                    _most(found, Amount(value.normalize(EXACT), name))
        return found


def _most(digits: dict[str, int], amount: Amount) -> None:
    """Keep the most digits behind the point that a commodity has."""
    own = -int(amount.number.as_tuple().exponent)
    digits[amount.commodity] = max(own, digits.get(amount.commodity, 0))


def _booked(written: list[Transaction | Entry], precisions: Precisions) -> list[Entry]:
    """Return the entries; what was written is used up on the way, to need less memory."""
    entries = []
    written.reverse()
    while written:
        one = written.pop()
        if isinstance(one, Transaction):
            one = _entry(one, one.postings, precisions)
        entries.append(one)
    return entries


def _entry(written: Transaction, postings: Sequence[Posting], precisions: Precisions) -> Entry:
    for posting in postings:
        if posting.amount is None:
            postings = filled(postings, precisions, written.place)
            break
    lines = balanced(postings, precisions, written.place)
    return Entry(
        written.dated, written.effective, written.status, written.code, written.payee,
        written.description, lines, written.tags, written.links, written.comment, written.place,
    )  # fmt: skip


class _Checked:
    """Books entries whose postings assert balances, day by day.

    Days are those of the postings; entries with a balance assignment are booked on their own
    day, as hledger does it.
    """

    def __init__(self, transactions: Sequence[Transaction | Entry], precisions: Precisions) -> None:
        self.transactions = transactions
        self.precisions = precisions
        self.balances = Balances()

    def entries(self) -> list[Entry]:
        """Return the entries, in the order of the files."""
        found: list[Entry | None] = []
        steps: list[tuple[date, int, Line | None]] = []
        for index, written in enumerate(self.transactions):
            entry = self._known(written)
            found.append(entry)
            if entry is None:
                steps.append((written.dated, index, None))
            else:
                steps += [(line.dated or entry.dated, index, line) for line in entry.lines]
        steps.sort(key=lambda step: step[0])
        for _day, index, line in steps:
            written = self.transactions[index]
            if line is not None:
                self.balances.take(line, _place(written, line))
            elif isinstance(written, Transaction):
                found[index] = self._assign(written)
        return [entry for entry in found if entry is not None]

    def _known(self, written: Transaction | Entry) -> Entry | None:
        """Return an entry, or None for one whose amounts follow from balances."""
        if isinstance(written, Entry):
            return written
        if any(posting.amount is None and posting.claim for posting in written.postings):
            return None
        return _entry(written, written.postings, self.precisions)

    def _assign(self, written: Transaction) -> Entry:
        """Fill assigned amounts in turn, then what is left out, then book the entry."""
        known: list[Posting] = []
        for posting in written.postings:
            place = Place(written.place.file, posting.line, posting.column)
            if posting.amount is None and posting.claim is not None:
                parts = assigned(posting, self.balances, place)
            else:
                parts = [posting]
            known += parts
            for part in parts:
                if part.amount is not None:
                    self.balances.add(part.account, part.amount)
            if posting.claim is not None:
                self.balances.check(posting.account, posting.claim, place)
        complete = filled(known, self.precisions, written.place)
        for posting in complete:
            if posting.amount is not None and not any(posting is part for part in known):
                self.balances.add(posting.account, posting.amount)
        return _entry(written, complete, self.precisions)


def _place(written: Transaction | Entry, line: Line) -> Place:
    """Return where what a line asserts stands."""
    if line.claim is not None and isinstance(written, Transaction):
        for posting in written.postings:
            if posting.claim is line.claim:
                return Place(written.place.file, posting.line, line.claim.column)
    return written.place
