"""Books beancount statements: every number known, every entry balanced, every assertion held.

Entries of plain amounts go a short way; those with costs, prices or something left out are
completed and weighed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, localcontext
from operator import attrgetter

from boconsole.journals.beancount.accounts import Chart
from boconsole.journals.beancount.asserting import check, padded
from boconsole.journals.beancount.legs import Leg, tolerances
from boconsole.journals.beancount.precisions import Precisions
from boconsole.journals.beancount.reading import AUTO_ACCOUNTS
from boconsole.journals.beancount.rules import ZERO, Rules
from boconsole.journals.beancount.syntax import EXACT, MISSING, Setting
from boconsole.journals.beancount.weighing import Weigher
from boconsole.journals.parts import (
    REAL,
    AccountLine,
    Amount,
    Assertion,
    Books,
    CommodityLine,
    Entry,
    JournalError,
    Left,
    Line,
    Pad,
    Place,
    Posting,
    Price,
    Rate,
    Statement,
    Transaction,
)
from boconsole.language import _

_new = tuple.__new__


def book(statements: Iterable[Statement | Setting]) -> Books:
    """Return the books that a journal's statements make.

    Raises:
        JournalError: An entry does not balance, an assertion does not hold, an account is not
            open, or what the statements come from cannot be read.
    """
    with localcontext(EXACT), _no_collecting():
        booker = _Booker()
        for statement in statements:
            booker.take(statement)
        return booker.books()


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: there is none in circles, and looking doubles the time.

    Freezing and thawing makes what was read count as old, so that it is not looked through at
    once when looking begins again.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


class _Booker:
    """Takes statements in any order of dates, then books them by date."""

    def __init__(self) -> None:
        self._rules = Rules()
        self._chart = Chart()
        self._precisions = Precisions()
        self._transactions: list[Transaction] = []
        self._lines: list[AccountLine] = []
        self._pads: list[Pad] = []
        self._assertions: list[Assertion] = []
        self._rates: list[Rate] = []
        self._left: list[Left] = []
        self._commodities: set[str] = set()

    def take(self, statement: Statement | Setting) -> None:
        """Sort a statement in."""
        match statement:
            case Transaction():
                self._transactions.append(statement)
                self._see(statement)
            case Rate():
                self._rates.append(statement)
                self._precisions.see_price(*statement.worth)
            case AccountLine():
                self._lines.append(statement)
            case CommodityLine():
                self._take_commodity(statement)
            case Assertion():
                self._assertions.append(statement)
            case Pad():
                self._pads.append(statement)
            case Left():
                self._left.append(statement)
            case Setting():
                self._chart.opens_itself |= statement.name in AUTO_ACCOUNTS
                self._rules.set(statement)

    def _see(self, transaction: Transaction) -> None:
        see = self._precisions.see
        for posting in transaction.postings:
            if posting.amount is not None:
                see(posting.amount.number, posting.amount.commodity)
                if posting.price is not None or posting.lot is not None:
                    self._precisions.see_posting(posting)

    def _take_commodity(self, line: CommodityLine) -> None:
        if line.commodity in self._commodities:
            reason = _("{commodity} is declared already; take this line out")
            raise JournalError(line.place, reason.format(commodity=line.commodity))
        self._commodities.add(line.commodity)
        self._precisions.see_price(ZERO, line.commodity)

    def books(self) -> Books:
        """Return all that was taken, booked."""
        self._chart.declare(self._lines, self._rules.booking)
        self._transactions.sort(key=attrgetter("dated"))
        weigher = Weigher(self._chart, self._rules)
        plain = self._rules.plain
        entries = []
        for one in self._transactions:
            lines = self._common_lines(one, plain)
            entries.append(_entry(one, self._lines_of(one, weigher) if lines is None else lines))
        entries = self._assert(entries)
        return Books(
            entries,
            [account.declared() for account in self._chart.accounts.values()],
            self._precisions.all(),
            self._rates,
            self._left,
            tuple(dict.fromkeys(self._rules.reporting)),
        )

    def _assert(self, entries: list[Entry]) -> list[Entry]:
        for pad in self._pads:
            self._chart.at(pad.account, pad.dated, "", pad.place)
            self._chart.at(pad.source, pad.dated, "", pad.place)
        for claim in self._assertions:
            day = self._chart.usable_day(claim.account, claim.dated)
            self._chart.at(claim.account, day, claim.amount.commodity, claim.place)
        if self._pads:
            entries = padded(entries, self._pads, self._assertions, self._rules)
            self._check_filled(entries)
        if self._assertions:
            check(entries, self._assertions, self._rules)
        return entries

    def _check_filled(self, entries: list[Entry]) -> None:
        pads = {pad.place for pad in self._pads}
        for entry in entries:
            if entry.place in pads:
                for line in entry.lines:
                    self._chart.at(line.account, entry.dated, line.commodity, entry.place)
                    self._precisions.see(line.number, line.commodity)

    def _common_lines(self, one: Transaction, plain: bool) -> list[Line] | None:
        """Return the lines of an entry of plain amounts, at most one of them left out.

        None where the entry needs more than adding up.
        """
        sums: dict[str, Decimal] = {}
        alone = None
        for posting in one.postings:
            amount = posting.amount
            if amount is None:
                if alone is not None:
                    return None
                alone = posting
            elif posting.lot is not None or posting.price is not None:
                return None
            else:
                number, commodity = amount
                if number is MISSING or not commodity:
                    return None
                sums[commodity] = sums[commodity] + number if commodity in sums else number
        filled = None
        if alone is not None:
            filled = self._filled(one, sums, plain)
            if filled is None:
                return None
        else:
            for left in sums.values():
                if left:
                    return None
        return self._booked(one, filled)

    def _filled(self, one: Transaction, sums: dict[str, Decimal], plain: bool) -> Amount | None:
        """Return the one amount left out, where no rounding can be needed."""
        if len(sums) != 1 or not plain:
            return None
        ((commodity, left),) = sums.items()
        if not left:
            return None
        for posting in one.postings:
            if posting.amount is not None and not left.same_quantum(posting.amount.number):
                return None
        return Amount(-left, commodity)

    def _booked(self, one: Transaction, filled: Amount | None) -> list[Line]:
        accounts, dated = self._chart.accounts, one.dated
        lines = []
        for posting in one.postings:
            number, commodity = posting.amount or filled  # type: ignore[misc]  # one is known
            name = posting.account
            account = accounts.get(name)
            if (
                account is None
                or not account.opened <= dated <= account.closed
                or (account.commodities and commodity not in account.commodities)
            ):
                place = Place(one.place.file, posting.line, posting.column)
                account = self._chart.at(name, dated, commodity, place)
            held = account.held
            held[commodity] = held[commodity] + number if commodity in held else number
            lines.append(_plain_line(posting, number, commodity))
        return lines

    def _lines_of(self, one: Transaction, weigher: Weigher) -> list[Line]:
        """Return the lines of an entry that is completed and weighed."""
        legs = weigher.complete(one)
        self._check_balanced(one, legs)
        for leg in legs:
            self._precisions.see(leg.units, leg.commodity)
        values = self._precisions.values(legs)
        lines = []
        for leg, value in zip(legs, values, strict=True):
            if not leg.taken:
                account = self._chart.accounts[leg.posting.account]
                account.add(leg.units, leg.commodity, leg.lot)
            number = self._precisions.settled(leg.units, leg.commodity)
            lines.append(_line(leg, number, value))
        return lines

    def _check_balanced(self, one: Transaction, legs: list[Leg]) -> None:
        sums: dict[str, Decimal] = {}
        for leg in legs:
            sums[leg.group] = sums.get(leg.group, ZERO) + leg.weight
        if not any(sums.values()):
            return
        allowed = tolerances(legs, self._rules)
        for commodity, left in sums.items():
            if abs(left) > allowed.get(commodity, allowed["*"]):
                reason = _("this entry does not balance: {left} {commodity} are left over")
                raise JournalError(
                    one.place, reason.format(left=f"{left.normalize():f}", commodity=commodity)
                )


def _plain_line(posting: Posting, number: Decimal, commodity: str) -> Line:
    values = (
        posting.account, number, commodity, number, commodity, None, None, None,
        REAL, posting.status, None, posting.comment, posting.tags,
    )  # fmt: skip
    return _new(Line, values)


def _line(leg: Leg, number: Decimal, value: Decimal) -> Line:
    posting = leg.posting
    return Line(
        posting.account,
        number,
        leg.commodity,
        value,
        leg.group,
        _price(posting, leg),
        leg.lot,
        None,
        REAL,
        posting.status,
        None,
        posting.comment,
        posting.tags,
    )


def _price(posting: Posting, leg: Leg) -> Price | None:
    if posting.price is None or leg.price is None:
        return None
    if posting.price.total and leg.worth is not None:
        return Price(Amount(leg.worth, leg.price_in), total=True)
    return Price(Amount(leg.price, leg.price_in))


def _entry(one: Transaction, lines: list[Line]) -> Entry:
    values = (
        one.dated, None, one.status, "", one.payee, one.description, lines,
        one.tags, one.links, one.comment, one.place,
    )  # fmt: skip
    return _new(Entry, values)
