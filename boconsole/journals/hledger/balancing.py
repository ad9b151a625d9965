"""What the lines of one entry weigh, and how the amounts left out follow from it.

Weights are exact products; values are weights rounded half-up to the precision of their
commodity, and what rounding leaves over is put on the biggest converted line.

Source: hledger's manual, "Postings", "Transaction prices", "Balance assertions".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from typing import NamedTuple

from boconsole.journals.parts import (
    BALANCED,
    REAL,
    UNBALANCED,
    Amount,
    JournalError,
    Line,
    Place,
    Posting,
    Price,
)
from boconsole.language import _

EXACT = Context(prec=1000, traps=[Inexact, InvalidOperation])
"""Adds and multiplies without ever rounding."""
_ROUNDING = Context(prec=1000, rounding=ROUND_HALF_UP)
_ZERO = Decimal(0)
_NOTHING = Amount(_ZERO, "")


class Precisions(NamedTuple):
    """Digits behind the point of commodities: those kept, and those that entries balance to."""

    kept: Mapping[str, int]
    balanced: Mapping[str, int]


def rounded(number: Decimal, digits: int) -> Decimal:
    """Return a number rounded half-up to so many digits behind the point."""
    return number.quantize(Decimal((0, (1,), -digits)), context=_ROUNDING)


def weight(posting: Posting | Line, amount: Amount) -> Amount:
    """Return what an amount weighs in its entry, exactly: itself, or at its price."""
    price = posting.price
    if price is None:
        return amount
    worth = price.amount
    if not price.total:
        return Amount(EXACT.multiply(amount.number, worth.number), worth.commodity)
    number = worth.number.copy_negate() if amount.number < 0 else worth.number
    return Amount(number, worth.commodity)


def filled(postings: Sequence[Posting], precisions: Precisions, place: Place) -> list[Posting]:
    """Return the postings with the amounts that were left out; one may become several.

    Raises:
        JournalError: More than one amount of a kind is left out.
    """
    missing: dict[int, Posting] = {}
    for posting in postings:
        if posting.amount is None and posting.kind in (REAL, BALANCED):
            if posting.kind in missing:
                at = Place(place.file, posting.line, posting.column)
                reason = _("More than one amount is left out; write it, with two blanks before it.")
                raise JournalError(at, reason)
            missing[posting.kind] = posting
    found = []
    for posting in postings:
        if posting.amount is not None:
            found.append(posting)
            continue
        rest = sums(postings, posting.kind) if posting.kind in missing else {"": _ZERO}
        found += _completed(posting, rest, precisions)
    return found


def _completed(
    posting: Posting, rest: Mapping[str, Decimal], precisions: Precisions
) -> list[Posting]:
    amounts = [
        Amount(rounded(number.copy_negate(), precisions.kept[commodity]), commodity)
        for commodity, number in rest.items()
        if number
    ]
    amounts = [amount for amount in amounts if amount.number] or [
        Amount(_ZERO, next(iter(rest), ""))
    ]
    return [posting._replace(amount=amount) for amount in amounts]


def sums(postings: Sequence[Posting], kind: int) -> dict[str, Decimal]:
    """Return the exact weights of one kind of postings, by commodity in order of appearance."""
    found: dict[str, Decimal] = {}
    for posting in postings:
        if posting.kind == kind and posting.amount is not None:
            number, commodity = weight(posting, posting.amount)
            found[commodity] = EXACT.add(found.get(commodity, _ZERO), number)
    return found


def balanced(postings: Sequence[Posting], precisions: Precisions, place: Place) -> list[Line]:
    """Return the booked lines of an entry whose amounts are all known.

    Raises:
        JournalError: It does not balance.
    """
    lines = []
    weights: dict[int, dict[str, Decimal]] = {REAL: {}, BALANCED: {}}
    plain = True
    for posting in postings:
        account, amount, price, lot, claim, kind, status, dated, comment, tags, *_at = posting
        number, commodity = amount or _NOTHING
        value, of = number, commodity
        if price is not None:
            value, of = weight(posting, Amount(number, commodity))
            plain = False
        if kind != UNBALANCED:
            total = weights[kind]
            total[of] = EXACT.add(total[of], value) if of in total else value
        lines.append(
            Line(
                account, number, commodity, value, of, price, lot, claim, kind, status, dated,
                comment, tags,
            )
        )  # fmt: skip
    if plain and not any(number for total in weights.values() for number in total.values()):
        return lines
    for kind, total in weights.items():
        _check(lines, kind, total, precisions, place)
    _round(lines, precisions)
    for kind in weights:
        _settle(lines, kind, place)
    return lines


def _check(
    lines: list[Line],
    kind: int,
    weights: Mapping[str, Decimal],
    precisions: Precisions,
    place: Place,
) -> None:
    """Refuse what is left over, unless a price can be inferred from it."""
    rest = {name: number for name, number in weights.items() if number}
    if not rest or _infer(lines, kind):
        return
    half = {name: Decimal((0, (5,), -precisions.balanced[name] - 1)) for name in rest}
    wrong = {name: number for name, number in rest.items() if abs(number) > half[name]}
    if wrong:
        raise _unbalanced(wrong, place)


def _unbalanced(rest: Mapping[str, Decimal], place: Place) -> JournalError:
    amounts = ", ".join(f"{number:f} {name}".rstrip() for name, number in rest.items())
    reason = _("The entry does not balance: {amounts} is over; correct an amount.")
    return JournalError(place, reason.format(amounts=amounts))


def _infer(lines: list[Line], kind: int) -> bool:
    """Value one commodity in another where just these two are over, without a price."""
    over: dict[tuple[str, Price | None], Decimal] = {}
    for line in lines:
        if line.kind == kind:
            key = (line.commodity, line.price)
            over[key] = EXACT.add(over.get(key, _ZERO), line.number)
    pair = [(key[0], number) for key, number in over.items() if number]
    if len(pair) != 2 or any(number and key[1] for key, number in over.items()):
        return False
    (first, given), (other, taken) = pair
    if (given < 0) == (taken < 0):
        return False
    for index, line in enumerate(lines):
        if line.kind == kind and line.commodity == first and line.price is None:
            worth = _ROUNDING.divide(_ROUNDING.multiply(line.number, -taken), given)
            lines[index] = line._replace(value=worth, value_commodity=other)
    return True


def _converted(line: Line) -> bool:
    return line.price is not None or line.commodity != line.value_commodity


def _round(lines: list[Line], precisions: Precisions) -> None:
    for index, line in enumerate(lines):
        if _converted(line):
            value = rounded(line.value, precisions.kept[line.value_commodity])
            lines[index] = line._replace(value=value)


def _settle(lines: list[Line], kind: int, place: Place) -> None:
    """Take what rounding left over off the biggest converted line of the commodity."""
    totals: dict[str, Decimal] = {}
    for line in lines:
        if line.kind == kind:
            total = totals.get(line.value_commodity, _ZERO)
            totals[line.value_commodity] = EXACT.add(total, line.value)
    for commodity, number in totals.items():
        if not number:
            continue
        found = [
            (abs(line.value), -index)
            for index, line in enumerate(lines)
            if line.kind == kind and line.value_commodity == commodity and _converted(line)
        ]
        if not found:
            raise _unbalanced({commodity: number}, place)
        index = -max(found)[1]
        lines[index] = lines[index]._replace(value=EXACT.subtract(lines[index].value, number))
