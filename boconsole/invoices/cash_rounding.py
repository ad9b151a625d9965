"""Totals of customers' documents rounded to the smallest coin, the difference in a line of its own.

Such as 42.06 to 42.10, where the smallest coin is 0.05; the line is booked on the account with
the role `rounding`.
"""

from fractions import Fraction
from typing import Literal, NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.invoices.worth import known_commodity
from boconsole.language import _
from boconsole.session import Session
from boconsole.tax.rates import fraction_of
from boconsole.tax.rounding import rounded
from db.ledger import calendar

SETTING = "cash_rounding"
"""The setting: `CHF 0.05 nearest`, several joined by commas; empty for none."""
Direction = Literal["nearest", "up", "down"]
DIRECTIONS: tuple[Direction, ...] = ("nearest", "up", "down")


class Coin(NamedTuple):
    """The smallest coin of a currency, in smallest units, and where totals go."""

    currency: str
    step: int
    direction: Direction


def set_coins(session: Session, text: str) -> None:
    """Choose how totals are rounded, as `CHF 0.05 nearest`; empty for not at all.

    Raises:
        InvalidChangeError: It cannot be read.
        UnknownCommodityError: There is no such currency.
    """
    session.require("ledger.configure")
    wanted = " ".join(text.split())
    with audit.writing():
        _read(wanted)
        before = calendar.select_settings().get(SETTING, "")
        calendar.put_setting(SETTING, wanted)
        line = audit.Line(0, {SETTING: (before, wanted)})
        audit.record(session, "ledger.set", "ledger", [line])


def coin_of(currency: str) -> Coin | None:
    """Return the smallest coin of a currency, where totals are rounded to it."""
    return next((coin for coin in coins() if coin.currency == currency), None)


def coins() -> list[Coin]:
    """Return the smallest coins that totals are rounded to."""
    return _read(calendar.select_settings().get(SETTING, ""))


def difference(total: int, coin: Coin) -> int:
    """Return what is added to a total so that coins can pay it, in smallest units.

    Source of the case 42.06 to 42.10: Tryton, modules/account_cash_rounding/tests/, which
    rounds up.
    """
    if coin.direction == "nearest":
        return rounded(Fraction(total), "half-up", coin.step) - total
    below = total // coin.step * coin.step
    return (below if coin.direction == "down" or below == total else below + coin.step) - total


def _read(text: str) -> list[Coin]:
    found = []
    for part in text.split(",") if text else ():
        words = part.split()
        if len(words) != 3 or words[2] not in DIRECTIONS:
            raise InvalidChangeError(
                SETTING, _("expected CHF 0.05 nearest, or up or down, found {text!r}").format(
                    text=part[:40])
            )  # fmt: skip
        currency = known_commodity(words[0])
        step = fraction_of(words[1], field=SETTING) * 10**currency.precision
        if step <= 0 or step.denominator != 1:
            raise InvalidChangeError(SETTING, _("{coin} is no coin of {code}").format(
                coin=words[1], code=currency.code))  # fmt: skip
        found.append(Coin(currency.code, int(step), words[2]))
    return found
