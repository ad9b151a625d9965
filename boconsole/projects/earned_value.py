"""Earned value: how much of the plan was done, and what it cost, as pure functions.

Amounts are exact decimals in one currency; an index that would divide by nothing is None, and
so is what follows from it.

Source: PMI, Practice Standard for Earned Value Management, and PMBOK Guide, sixth edition, 7.4.
"""

from decimal import Decimal
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.money import rounded

TYPICAL, ATYPICAL, BOTH, ESTIMATE = "typical", "atypical", "both", "estimate"
METHODS = {
    TYPICAL: N_("costs go on as until now: BAC / CPI"),
    ATYPICAL: N_("the rest costs what was planned: AC + BAC - EV"),
    BOTH: N_("costs and delays go on: AC + (BAC - EV) / (CPI × SPI)"),
    ESTIMATE: N_("the rest was estimated anew: AC + ETC"),
}
HUNDRED = Decimal(100)


class EarnedValue(NamedTuple):
    """The figures of one day.

    Attributes:
        bac: Budget at completion.
        pv: Planned value: what was to be done by now.
        ev: Earned value: what is done.
        ac: Actual cost of what is done.
        sv: Schedule variance, EV - PV; below 0 is late.
        cv: Cost variance, EV - AC; below 0 is too dear.
        spi: Schedule performance index, EV / PV.
        cpi: Cost performance index, EV / AC.
        eac: Estimate at completion, by the method.
        etc: Estimate to complete, EAC - AC.
        vac: Variance at completion, BAC - EAC.
        tcpi: What the rest must reach to keep the budget, (BAC - EV) / (BAC - AC).
        method: One of `METHODS`.
    """

    bac: Decimal
    pv: Decimal
    ev: Decimal
    ac: Decimal
    sv: Decimal
    cv: Decimal
    spi: Decimal | None
    cpi: Decimal | None
    eac: Decimal | None
    etc: Decimal | None
    vac: Decimal | None
    tcpi: Decimal | None
    method: str


def of_shares(
    bac: Decimal, planned: Decimal, complete: Decimal, actual: Decimal, method: str = TYPICAL,
    rest: Decimal | None = None,
) -> EarnedValue:  # fmt: skip
    """Return the figures of a budget of which shares were planned and done.

    Args:
        bac: Budget at completion.
        planned: Percent that was to be done by now, 0 to 100.
        complete: Percent that is done, 0 to 100.
        actual: What it cost until now.
        method: How the end is estimated, one of `METHODS`.
        rest: What the rest will cost, for the method `estimate`.

    Raises:
        InvalidChangeError: A share or an amount cannot be.
    """
    for name, share in (("planned", planned), ("complete", complete)):
        if not 0 <= share <= HUNDRED:
            raise InvalidChangeError(name, _("lies between 0 and 100"))
    return measure(bac, bac * planned / HUNDRED, bac * complete / HUNDRED, actual, method, rest)


def measure(
    bac: Decimal, pv: Decimal, ev: Decimal, ac: Decimal, method: str = TYPICAL,
    rest: Decimal | None = None,
) -> EarnedValue:  # fmt: skip
    """Return the figures of amounts; raises InvalidChangeError as `of_shares`."""
    for name, amount in (("bac", bac), ("actual", ac)):
        if amount < 0:
            raise InvalidChangeError(name, _("cannot be below 0"))
    spi, cpi = _ratio(ev, pv), _ratio(ev, ac)
    eac = _at_completion(bac, ev, ac, spi, method, rest)
    return EarnedValue(
        bac, pv, ev, ac, ev - pv, ev - ac, spi, cpi, eac,
        None if eac is None else eac - ac, None if eac is None else bac - eac,
        _ratio(bac - ev, bac - ac), method,
    )  # fmt: skip


def settled(value: EarnedValue, precision: int) -> EarnedValue:
    """Return figures of whole smallest units, half-up, whose differences agree with them.

    Args:
        value: Exact figures.
        precision: Decimals of the currency.
    """
    bac, pv, ev, ac = (rounded(each, precision) for each in value[:4])
    eac = None if value.eac is None else rounded(value.eac, precision)
    return value._replace(
        bac=bac, pv=pv, ev=ev, ac=ac, sv=ev - pv, cv=ev - ac, eac=eac,
        etc=None if eac is None else eac - ac, vac=None if eac is None else bac - eac,
    )  # fmt: skip


def _at_completion(
    bac: Decimal, ev: Decimal, ac: Decimal, spi: Decimal | None, method: str, rest: Decimal | None
) -> Decimal | None:
    """Return the estimate at completion; in one division, so that nothing is rounded twice."""
    if method not in METHODS:
        raise InvalidChangeError("method", _("is one of {words}").format(words=", ".join(METHODS)))
    if method == ATYPICAL:
        return ac + bac - ev
    if method == ESTIMATE:
        if rest is None:
            raise InvalidChangeError("rest", _("says what the rest will cost"))
        return ac + rest
    if ac == 0 and ev == 0:
        return bac
    typical = bac * ac / ev if ev and ac else None
    if method == TYPICAL or typical is None:
        return typical
    return None if not spi else ac + (bac - ev) * ac / (ev * spi)


def _ratio(upper: Decimal, lower: Decimal) -> Decimal | None:
    return upper / lower if lower else None
