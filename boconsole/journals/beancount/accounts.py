"""The accounts of a beancount journal while it is booked: when each is open, what it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from boconsole.journals.beancount.rules import ZERO
from boconsole.journals.parts import AccountLine, JournalError, Lot, Place
from boconsole.language import _


class Lots:
    """The lots of one commodity in an account, with the units of each.

    Attributes:
        ordered: They stand in the order of their days.
    """

    __slots__ = ("_latest", "_longs", "_shorts", "ordered", "units")

    def __init__(self) -> None:
        self.units: dict[Lot, Decimal] = {}
        self.ordered = True
        self._latest = date.min
        self._longs = self._shorts = 0

    def add(self, number: Decimal, lot: Lot) -> None:
        """Put units into a lot; one that comes to zero is there no more."""
        before = self.units.get(lot, ZERO)
        after = before + number
        self._longs += (after > 0) - (before > 0)
        self._shorts += (after < 0) - (before < 0)
        if after:
            self.units[lot] = after
        else:
            self.units.pop(lot, None)
        if not before:
            acquired = lot.acquired or date.min
            self.ordered = (self.ordered and acquired >= self._latest) or len(self.units) < 2
            self._latest = acquired

    def oppose(self, number: Decimal) -> bool:
        """Return whether there are units with the other sign."""
        return self._shorts > 0 if number > 0 else self._longs > 0


class Account:
    """An account with what it holds.

    Attributes:
        closed: Last day on which it may be used.
        commodities: Those it may hold; empty for all.
        held: Numbers of commodities that were booked without a cost.
        lots: By commodity, what was booked at a cost.
    """

    __slots__ = ("booking", "closed", "commodities", "held", "line", "lots", "opened")

    def __init__(self, line: AccountLine, booking: str) -> None:
        self.line = line
        self.opened = line.opened or date.min
        self.closed = date.max
        self.commodities = frozenset(line.commodities)
        self.booking = line.booking or booking
        self.held: dict[str, Decimal] = {}
        self.lots: dict[str, Lots] = {}

    def add(self, number: Decimal, commodity: str, lot: Lot | None) -> None:
        """Put a number in; what comes to zero is held no more."""
        if lot is None:
            self.held[commodity] = self.held.get(commodity, ZERO) + number
            return
        if commodity not in self.lots:
            self.lots[commodity] = Lots()
        self.lots[commodity].add(number, lot)

    def declared(self) -> AccountLine:
        """Return what the file says of it, and how its lots are found where it is not STRICT."""
        booking = self.line.booking or ("" if self.booking == "STRICT" else self.booking)
        return self.line._replace(booking=booking)

    def commodities_held(self) -> set[str]:
        """Return the commodities of which the account holds something."""
        return {name for name, number in self.held.items() if number} | {
            name for name, lots in self.lots.items() if lots.units
        }

    def costs_held(self) -> set[str]:
        """Return the commodities in which the lots of the account cost."""
        return {lot.commodity for lots in self.lots.values() for lot in lots.units}


class Chart:
    """All accounts of a journal by name."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.opens_itself = False
        self._booking = "STRICT"

    def declare(self, lines: list[AccountLine], booking: str) -> None:
        """Take what `open` and `close` say.

        Raises:
            JournalError: An account opens or closes twice, or closes before it opens.
        """
        self._booking = booking
        for line in lines:
            if line.opened is None:
                continue
            if line.account in self.accounts:
                reason = _("{account} is opened already; take this line out")
                raise JournalError(line.place, reason.format(account=line.account))
            self.accounts[line.account] = Account(line, booking)
        for line in lines:
            if line.closed is not None:
                self._close(line, line.closed)

    def _close(self, line: AccountLine, day: date) -> None:
        account = self.accounts.get(line.account)
        if account is None and self.opens_itself:
            return
        if account is None or account.opened > day or account.closed != date.max:
            reason = _("{account} is not open here and cannot close; correct the date or name")
            raise JournalError(line.place, reason.format(account=line.account))
        account.closed = day
        account.line = account.line._replace(closed=day)

    def _opened(self, name: str, day: date, place: Place) -> Account:
        account = Account(AccountLine(name, day, place=place), self._booking)
        account.opened = date.min
        return account

    def usable_day(self, name: str, day: date) -> date:
        """Return the day, or the one on which the account closed if that is earlier."""
        account = self.accounts.get(name)
        return day if account is None else min(day, account.closed)

    def at(self, name: str, day: date, commodity: str, place: Place) -> Account:
        """Return an account that is open on a day and may hold a commodity.

        Raises:
            JournalError: It is not open, or may not hold it.
        """
        account = self.accounts.get(name)
        if account is None and self.opens_itself:
            account = self.accounts[name] = self._opened(name, day, place)
        if account is None:
            reason = _("{account} is never opened; add `{day} open {account}`")
            raise JournalError(place, reason.format(account=name, day=day))
        if not account.opened <= day <= account.closed:
            reason = _("{account} is not open on {day}; it is from {opened} to {closed}")
            closed = "…" if account.closed == date.max else account.closed
            raise JournalError(
                place,
                reason.format(account=name, day=day, opened=account.opened, closed=closed),
            )
        if account.commodities and commodity and commodity not in account.commodities:
            reason = _("{account} may not hold {commodity}; it is opened for {commodities}")
            names = ", ".join(account.line.commodities)
            raise JournalError(
                place, reason.format(account=name, commodity=commodity, commodities=names)
            )
        return account
