"""Numbers with their arithmetic, amounts, prices and costs, taken from the words of a line.

What may be left out is `MISSING` where something beside it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation

from boconsole.journals.beancount.syntax import (
    EXACT,
    MISSING,
    QUOTIENTS,
    Tokens,
    parse_number,
)
from boconsole.journals.parts import Amount, JournalError, Lot, Place, Price
from boconsole.language import _

_NESTING = 50

_SUMS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {"+": EXACT.add, "-": EXACT.subtract}
_PRODUCTS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "*": EXACT.multiply,
    "/": lambda one, other: QUOTIENTS.divide(one, other),
}


def maybe_number(tokens: Tokens) -> Decimal:
    """Take a number or a sum of products of them; MISSING where none starts here."""
    token = tokens.peek()
    if token.kind == "number" or (token.kind == "mark" and token.text in "+-("):
        return _sum(tokens, 0)
    return MISSING


def need_number(tokens: Tokens) -> Decimal:
    """Take a number; raises JournalError where none starts here."""
    number = maybe_number(tokens)
    if number.is_nan():
        tokens.refuse(_("a number"))
    return number


def _sum(tokens: Tokens, depth: int) -> Decimal:
    number = _product(tokens, depth)
    while sign := tokens.take("mark", "+") or tokens.take("mark", "-"):
        number = _joined(tokens, _SUMS[sign], number, _product(tokens, depth))
    return number


def _product(tokens: Tokens, depth: int) -> Decimal:
    number = _factor(tokens, depth)
    while sign := tokens.take("mark", "*") or tokens.take("mark", "/"):
        number = _joined(tokens, _PRODUCTS[sign], number, _factor(tokens, depth))
    return number


def _joined(
    tokens: Tokens,
    join: Callable[[Decimal, Decimal], Decimal],
    one: Decimal,
    other: Decimal,
) -> Decimal:
    try:
        number = join(one, other)
    except (DivisionByZero, InvalidOperation):
        reason = _("a number cannot be divided by zero; correct the calculation")
        raise JournalError(tokens.place(), reason) from None
    return number if len(number.as_tuple().digits) <= QUOTIENTS.prec else QUOTIENTS.plus(number)


def _factor(tokens: Tokens, depth: int) -> Decimal:
    if depth > _NESTING:
        tokens.refuse(_("a number"))
    if tokens.take("mark", "-"):
        return EXACT.minus(_factor(tokens, depth + 1))
    if tokens.take("mark", "+"):
        return _factor(tokens, depth + 1)
    if tokens.take("mark", "("):
        number = _sum(tokens, depth + 1)
        tokens.need_mark(")")
        return number
    place = tokens.place()
    return parse_number(tokens.need("number", _("a number")), place)


def maybe_amount(tokens: Tokens) -> Amount | None:
    """Take an amount of which the number, the commodity or both may be left out."""
    number, commodity = maybe_number(tokens), tokens.commodity()
    return None if number is MISSING and not commodity else Amount(number, commodity)


def need_amount(tokens: Tokens) -> Amount:
    """Take an amount with its commodity."""
    return Amount(need_number(tokens), tokens.need_commodity())


def maybe_price(tokens: Tokens) -> Price | None:
    """Take `@ amount` or `@@ amount`, whose parts may be left out."""
    sign = tokens.take("mark", "@") or tokens.take("mark", "@@")
    if not sign:
        return None
    place = tokens.place()
    amount = maybe_amount(tokens) or Amount(MISSING, "")
    if amount.number is not MISSING and amount.number < 0:
        reason = _("a price is not negative; give the amount the sign")
        raise JournalError(place, reason)
    return Price(amount, sign == "@@")


def maybe_lot(tokens: Tokens) -> Lot | None:
    """Take `{…}` or `{{…}}`: cost, day, label and `*`, in any order, each at most once."""
    brace = tokens.take("mark", "{") or tokens.take("mark", "{{")
    if not brace:
        return None
    closing = "}" * len(brace)
    lot = Lot()
    while not tokens.take("mark", closing):
        place = tokens.place()
        lot = _with_part(tokens, lot, place, total=brace == "{{")
        if not tokens.take("mark", ",") and tokens.peek().text != closing:
            tokens.refuse(f"`,` / `{closing}`")
    return lot


def _with_part(tokens: Tokens, lot: Lot, place: Place, *, total: bool) -> Lot:
    kind = tokens.peek().kind
    if kind == "date":
        once, lot = lot.acquired is None, lot._replace(acquired=tokens.date())
    elif kind == "string":
        once, lot = not lot.label, lot._replace(label=tokens.string(""))
    elif tokens.take("mark", "*"):
        once, lot = not lot.merge, lot._replace(merge=True)
    else:
        once = lot[:3] == Lot()[:3]
        lot = _with_cost(tokens, lot, total=total)
    if not once:
        reason = _("a cost, a day, a label stand in braces once each; take one out")
        raise JournalError(place, reason)
    return lot


def _with_cost(tokens: Tokens, lot: Lot, *, total: bool) -> Lot:
    number = maybe_number(tokens)
    if not total and tokens.take("mark", "#"):
        added = maybe_number(tokens)
        return lot._replace(number=number, total=added, commodity=tokens.need_commodity())
    commodity = tokens.commodity()
    if number is MISSING and not commodity:
        tokens.refuse(_("a cost such as 12.50 USD, a date, a label or `*`"))
    if total:
        return lot._replace(total=number, commodity=commodity)
    return lot._replace(number=None if number is MISSING else number, commodity=commodity)
