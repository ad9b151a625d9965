"""Commodities: what amounts are counted in, with the digits of each."""

import re
from collections.abc import Mapping

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger.errors import ControlError, UnknownCommodityError
from boconsole.session import Session
from boconsole.text import clean_line
from db.ledger import charts
from db.ledger.rows import CommodityRow

MOST_DIGITS = 12
CODE = re.compile(r"[A-Z]{3}")
CENTS = 2
NO_CENTS = {
    0: "BIF BYR CLP DJF ESP GNF ISK ITL JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
"""Digits of the currencies that have other than two.

Source: ISO 4217, list one (minor units), and list three for those that ended. Tables of how
people write amounts differ from it and change with their version: rupiah lose their cents there.
"""
DIGITS = {code: digits for digits, codes in NO_CENTS.items() for code in codes.split()}


def by_code() -> dict[str, CommodityRow]:
    """Return all commodities by code."""
    return {row.code: row for row in charts.select_commodities()}


def iso_precision(code: str) -> int | None:
    """Return the digits of a currency; None where the code is none that Babel knows."""
    from babel import Locale

    if not CODE.fullmatch(code) or code not in Locale("en").currencies:
        return None
    return DIGITS.get(code, CENTS)


def ensure(known: dict[str, CommodityRow], wanted: Mapping[str, int | None]) -> None:
    """Add the commodities that are missing to the database and to `known`.

    Args:
        known: As `by_code` returned it; changed.
        wanted: Code to digits; None takes those of the currency.

    Raises:
        UnknownCommodityError: No digits are given for something that is no currency.
    """
    for code, digits in wanted.items():
        if code in known:
            continue
        precision = iso_precision(code) if digits is None else digits
        if precision is None:
            raise UnknownCommodityError(code)
        known[code] = CommodityRow(charts.insert_commodity(code, precision), code, precision, 1)


def add(session: Session, code: str, precision: int) -> CommodityRow:
    """Add a commodity, or change the digits of one that no line has yet.

    Raises:
        InvalidChangeError: The code or the digits cannot be.
        ControlError: Lines have it already with other digits.
    """
    session.require("ledger.configure")
    code = clean_line(code, field="commodity", limit=60)
    if not code or any(letter in code for letter in '";@={}()[]\n') or code[0].isdigit():
        raise InvalidChangeError("commodity", _("{code!r} cannot be a code").format(code=code))
    if not 0 <= precision <= MOST_DIGITS:
        raise InvalidChangeError(
            "precision", _("expected 0 to {most} digits").format(most=MOST_DIGITS)
        )
    with audit.writing():
        before = by_code().get(code)
        if before is None:
            commodity_id = charts.insert_commodity(code, precision)
        else:
            commodity_id = before.id
            change_precision(before, precision)
        told = {"precision": (before.precision if before else None, precision)}
        line = audit.Line(commodity_id, {"code": (None, code), **told})
        audit.record(session, "commodity.set", "commodity", [line])
        return by_code()[code]


def change_precision(commodity: CommodityRow, precision: int) -> None:
    """Give a commodity other digits, inside the caller's transaction.

    Raises:
        ControlError: Lines have it already.
    """
    if precision == commodity.precision:
        return
    if charts.has_lines(commodity.id):
        raise ControlError(
            _(
                "{code} has {precision} digits behind the point and is in use, so it cannot "
                "have {wanted}; round the amounts."
            ).format(code=commodity.code, precision=commodity.precision, wanted=precision)
        )
    charts.set_precision(commodity.id, precision)
