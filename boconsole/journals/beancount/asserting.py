"""Balance assertions of beancount: checked, and brought about where a `pad` asks for it.

Source: beancount documentation, "Balance Assertions and Padding".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter

from boconsole.journals.beancount.rules import ZERO, Rules
from boconsole.journals.parts import (
    Amount,
    Assertion,
    Entry,
    JournalError,
    Line,
    Pad,
)
from boconsole.language import _

_dated = attrgetter("dated")


class _Balances:
    """What some accounts hold, those below them included, as entries are added."""

    def __init__(self, watched: Iterable[str], names: Iterable[str]) -> None:
        self._members = {
            account: [name for name in names if name == account or name.startswith(f"{account}:")]
            for account in watched
        }
        self._held: dict[str, dict[str, Decimal]] = {
            name: {} for members in self._members.values() for name in members
        }
        self.at_cost: set[tuple[str, str]] = set()

    def add(self, entry: Entry) -> None:
        for line in entry.lines:
            held = self._held.get(line.account)
            if held is not None:
                held[line.commodity] = held.get(line.commodity, ZERO) + line.number
                if line.lot is not None:
                    self.at_cost.add((line.account, line.commodity))

    def of(self, account: str, commodity: str) -> Decimal:
        return sum((self._held[name].get(commodity, ZERO) for name in self._members[account]), ZERO)

    def holds_at_cost(self, account: str, commodity: str) -> bool:
        return any((name, commodity) in self.at_cost for name in self._members[account])


def check(entries: Sequence[Entry], assertions: Sequence[Assertion], rules: Rules) -> None:
    """Check that every assertion holds as its day begins.

    Raises:
        JournalError: One does not.
    """
    balances = _Balances({claim.account for claim in assertions}, _names(entries, assertions))
    done = 0
    for claim in sorted(assertions, key=_dated):
        until = bisect_left(entries, claim.dated, lo=done, key=_dated)
        for entry in entries[done:until]:
            balances.add(entry)
        done = until
        found = balances.of(claim.account, claim.amount.commodity)
        if abs(found - claim.amount.number) > _tolerance(claim, rules):
            _refuse(claim, found)


def _tolerance(claim: Assertion, rules: Rules) -> Decimal:
    if claim.tolerance is not None:
        return claim.tolerance
    return rules.assertion_tolerance(claim.amount.number)


def _refuse(claim: Assertion, found: Decimal) -> None:
    number, commodity = claim.amount
    reason = _(
        "{account} holds {found} {commodity}, not {number} {commodity}: {difference} differ; "
        "correct the entries before {day}, or the balance"
    )
    raise JournalError(
        claim.place,
        reason.format(
            account=claim.account,
            found=f"{found:f}",
            number=f"{number:f}",
            commodity=commodity,
            difference=f"{abs(found - number):f}",
            day=claim.dated,
        ),
    )


def _names(entries: Iterable[Entry], assertions: Iterable[Assertion]) -> list[str]:
    names = {line.account: None for entry in entries for line in entry.lines}
    return list(names | {claim.account: None for claim in assertions})


def padded(
    entries: list[Entry], pads: Sequence[Pad], assertions: Sequence[Assertion], rules: Rules
) -> list[Entry]:
    """Return the entries with those that pads ask for, each where its pad stands.

    Raises:
        JournalError: A pad is not needed, or would fill in a commodity that is held at cost.
    """
    made: list[tuple[Pad, Entry]] = []
    for account in dict.fromkeys(pad.account for pad in pads):
        own = sorted((pad for pad in pads if pad.account == account), key=_dated)
        claims = sorted((claim for claim in assertions if claim.account == account), key=_dated)
        made += _fill(entries, own, claims, rules)
    used = {id(pad) for pad, _entry in made}
    for pad in pads:
        if id(pad) not in used:
            reason = _("this pad fills nothing; take it out, or add a balance behind it")
            raise JournalError(pad.place, reason)
    filled = list(entries)
    for pad, entry in sorted(made, key=lambda one: (one[0].dated, one[0].place.line)):
        filled.insert(_position(filled, pad), entry)
    return filled


def _fill(
    entries: Sequence[Entry], pads: Sequence[Pad], claims: Sequence[Assertion], rules: Rules
) -> list[tuple[Pad, Entry]]:
    account = pads[0].account
    balances = _Balances([account], _names(entries, claims))
    made: list[tuple[Pad, Entry]] = []
    done = 0
    filled: set[tuple[date, str]] = set()
    for claim in claims:
        until = bisect_left(entries, claim.dated, lo=done, key=_dated)
        for entry in entries[done:until]:
            balances.add(entry)
        done = until
        active = [pad for pad in pads if pad.dated < claim.dated]
        number, commodity = claim.amount
        missing = number - balances.of(account, commodity)
        if not active or abs(missing) <= _tolerance(claim, rules):
            continue
        pad = active[-1]
        if (pad.dated, commodity) in filled:
            continue
        if balances.holds_at_cost(account, commodity):
            reason = _("{account} holds {commodity} at a cost, which a pad cannot fill")
            raise JournalError(pad.place, reason.format(account=account, commodity=commodity))
        filled.add((pad.dated, commodity))
        made.append((pad, _entry(pad, Amount(missing, commodity))))
        balances.add(made[-1][1])
    return made


def _entry(pad: Pad, missing: Amount) -> Entry:
    number, commodity = missing
    lines = [
        Line(pad.account, number, commodity, number, commodity),
        Line(pad.source, -number, commodity, -number, commodity),
    ]
    what = _("Filled up to the next balance")
    return Entry(pad.dated, None, "*", "", "", what, lines, place=pad.place)


def _position(entries: Sequence[Entry], pad: Pad) -> int:
    """Return where a pad's entry goes: before those of its day that stand below it."""
    end = bisect_right(entries, pad.dated, key=_dated)
    for index in range(bisect_left(entries, pad.dated, key=_dated), end):
        place = entries[index].place
        if place.file == pad.place.file and place.line > pad.place.line:
            return index
    return end
