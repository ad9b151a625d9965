"""Amounts and days as banks write them."""

import re
from datetime import date, datetime
from decimal import Decimal

from boconsole.bank.reading.parts import Refused
from boconsole.language import _

PLAIN = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)")
GROUPED = {
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:[,' ][0-9]{3})+(?:\.[0-9]*)?|[+-]?[0-9]*(?:\.[0-9]*)?"),
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:[.' ][0-9]{3})+(?:,[0-9]*)?|[+-]?[0-9]*(?:,[0-9]*)?"),
}
"""Digits in groups of three, by the mark before the decimals."""
SIDES = {
    "cr": 1, "c": 1, "k": 1, "kredit": 1, "credit": 1,
    "db": -1, "dr": -1, "d": -1, "debit": -1, "debet": -1,
}  # fmt: skip
"""Words beside an amount, in any case: money in, money out. Indonesian banks write DB and CR."""
OFX_DAY = re.compile(r"([0-9]{8})(?:[0-9]{2,6}(?:\.[0-9]+)?)?\s*(?:\[[^\]]*\]?)?")
MOST_DIGITS = 24


def ofx_amount(text: str) -> Decimal:
    """Return an amount of an OFX file: no groups, a point or a comma before the decimals.

    Source: OFX 1.0.3, 3.2.9.1 Amounts.

    Raises:
        Refused: It is none.
    """
    word = text.strip()
    if len(word) > MOST_DIGITS or not PLAIN.fullmatch(word):
        raise Refused(_("{text!r} is no amount").format(text=word[:40]))
    return Decimal(word.replace(",", "."))


def ofx_day(text: str) -> date:
    """Return the day of an OFX time such as `20180221120000.000[-5:EST]`, as the bank wrote it.

    The zone is not followed: a statement is dated by the bank's own calendar.

    Raises:
        Refused: It is none.
    """
    found = OFX_DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError
        return _sane(datetime.strptime(found[1], "%Y%m%d").date())  # noqa: DTZ007 - a day
    except ValueError:
        raise Refused(
            _("{text!r} is no date such as 20260504").format(text=text.strip()[:40])
        ) from None


def table_amount(text: str, decimal: str) -> tuple[Decimal, int]:
    """Return an amount of a table, and which side a word beside it names: 1, -1, or 0 for none.

    Args:
        text: Such as `1.000,50`, `(12.00)`, `1,500.00 DB`, `Rp 2.500`.
        decimal: The mark before the decimals, `.` or `,`.

    Raises:
        Refused: It is none.
    """
    word = text.strip().replace("−", "-")
    word, side = _side(word)
    word = re.sub(r"^([+-]?)\s*(?:[A-Za-z]{1,3}\.?|[$€£¥])\s*", r"\1", word)
    negative = word.startswith("(") and word.endswith(")")
    word = word[1:-1] if negative else word
    if word.endswith("-"):
        negative, word = not negative, word[:-1]
    word = word.strip()
    digits = any(letter.isdigit() for letter in word)
    if len(word) > MOST_DIGITS or not digits or not GROUPED[decimal].fullmatch(word):
        raise Refused(_("{text!r} is no amount").format(text=text.strip()[:40]))
    number = Decimal(re.sub(r"[^0-9+-]", "", word.partition(decimal)[0]) or "0")
    behind = word.partition(decimal)[2]
    exact = Decimal(f"{word[0] if word[0] in '+-' else ''}{abs(number)}.{behind or '0'}")
    return (-exact if negative else exact), side


def _side(word: str) -> tuple[str, int]:
    head, _blank, last = word.rpartition(" ")
    side = SIDES.get(last.strip(".").casefold(), 0)
    return (head.strip(), side) if side and head else (word, 0)


def table_day(text: str, form: str) -> date:
    """Return the day of a cell in the form of a map, such as `%d/%m/%Y`.

    Raises:
        Refused: It is none.
    """
    word = text.strip()
    try:
        return _sane(datetime.strptime(word, form).date())  # noqa: DTZ007 - a day
    except ValueError:
        raise Refused(
            _("{text!r} is no date of the form {form}").format(text=word[:40], form=form)
        ) from None


def _sane(day: date) -> date:
    if not 1900 <= day.year <= 9998:
        raise ValueError
    return day
