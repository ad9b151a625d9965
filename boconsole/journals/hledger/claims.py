"""Balances that grow posting by posting, and what postings assert of them.

Prices do not count: a balance is of the commodities themselves, exact.
Source: hledger's manual, "Balance assertions", "Balance assignments".
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from boconsole.journals.hledger.balancing import EXACT
from boconsole.journals.parts import Amount, Claim, JournalError, Line, Place, Posting
from boconsole.language import _

_ZERO = Decimal(0)


class Balances:
    """What every account holds at one moment of the journal."""

    def __init__(self) -> None:
        self._held: dict[str, dict[str, Decimal]] = {}

    def add(self, account: str, amount: Amount) -> None:
        """Add an amount to an account."""
        number, commodity = amount
        held = self._held.setdefault(account, {})
        held[commodity] = EXACT.add(held.get(commodity, _ZERO), number)

    def held(self, account: str, *, inclusive: bool) -> Mapping[str, Decimal]:
        """Return what an account holds, with those below it if asked."""
        if not inclusive:
            return self._held.get(account, {})
        found: dict[str, Decimal] = {}
        for name, held in self._held.items():
            if name == account or name.startswith(account + ":"):
                for commodity, number in held.items():
                    found[commodity] = EXACT.add(found.get(commodity, _ZERO), number)
        return found

    def check(self, account: str, claim: Claim, place: Place) -> None:
        """Refuse a claim that does not hold.

        Raises:
            JournalError: Says what was asserted, and what the account holds.
        """
        held = self.held(account, inclusive=claim.inclusive)
        number, commodity = claim.amount
        wrong = commodity if held.get(commodity, _ZERO) != number else None
        if wrong is None and claim.sole:
            others = (name for name, rest in held.items() if rest and name != commodity)
            wrong = next(others, None)
        if wrong is None:
            return
        expected = number if wrong == commodity else _ZERO
        reason = _(
            "{account} should hold {asserted} here and holds {held}; "
            "correct the assertion, or find the entry that is missing or wrong."
        )
        raise JournalError(
            place._replace(column=claim.column),
            reason.format(
                account=account,
                asserted=_told(expected, wrong),
                held=_told(held.get(wrong, _ZERO), wrong),
            ),
        )

    def take(self, line: Line, place: Place) -> None:
        """Add a booked line and check what it asserts."""
        self.add(line.account, Amount(line.number, line.commodity))
        if line.claim is not None:
            self.check(line.account, line.claim, place)


def _told(number: Decimal, commodity: str) -> str:
    return f"{number:f} {commodity}".rstrip()


def assigned(posting: Posting, balances: Balances, place: Place) -> list[Posting]:
    """Return postings that bring about the balance that one claims, the claim on the last.

    With a price, what was there leaves without one and the balance comes in at the price, as
    hledger books it.

    Raises:
        JournalError: The posting has a date of its own, which hledger does not allow either.
    """
    claim = posting.claim
    if claim is None:
        return [posting]
    if posting.dated is not None:
        reason = _("A posting with a date of its own needs an amount; write it before the =.")
        raise JournalError(place, reason)
    held = balances.held(posting.account, inclusive=claim.inclusive)
    number, commodity = claim.amount
    before = held.get(commodity, _ZERO)
    gone = [
        Amount(rest.copy_negate(), name)
        for name, rest in held.items()
        if claim.sole and rest and name != commodity
    ]
    if claim.price is not None and before:
        gone.append(Amount(before.copy_negate(), commodity))
        before = _ZERO
    bare = posting._replace(claim=None)
    last = posting._replace(
        amount=Amount(EXACT.subtract(number, before), commodity), price=claim.price
    )
    return [*(bare._replace(amount=amount) for amount in gone), last]
