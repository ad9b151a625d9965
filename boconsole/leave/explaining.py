"""Lines of the ledger in words: where each number comes from."""

from datetime import date
from fractions import Fraction

from boconsole.language import _, ngettext
from boconsole.leave import balances, words
from boconsole.leave.balances import Line, Lot
from boconsole.leave.granting import Granted
from boconsole.leave.quantities import ONE, shown
from boconsole.leave.telling import span


def sentence(line: Line, unit: str = "days") -> str:
    """Return what a line is about: why so much, from which lots, until when."""
    said = {
        balances.GRANTED: _granted, balances.CARRIED: _carried, balances.TAKEN: _taken,
        balances.JOINT: _taken, balances.LAPSED: _ended, balances.EXPIRED: _ended,
    }.get(line.kind)  # fmt: skip
    return said(line, unit) if said else _entered(line)


def amount(quantity: int, unit: str) -> str:
    """Return an amount with its unit: `12 days`, `0.5 days`."""
    count = 1 if abs(quantity) == ONE else 2
    if unit == "hours":
        return ngettext("{n} hour", "{n} hours", count).format(n=shown(quantity))
    return ngettext("{n} day", "{n} days", count).format(n=shown(quantity))


def _granted(line: Line, unit: str) -> str:
    grant = line.grant
    if grant is None:
        return ""
    parts = [_why(grant, unit)]
    if line.until is not None:
        parts.append(_("leave year to {day}").format(day=line.until))
    if line.capped:
        parts.append(_("{n} over the maximum not granted").format(n=shown(line.capped)))
    return "; ".join(parts)


def _why(grant: Granted, unit: str) -> str:
    full, years = amount(grant.full, unit), _years(grant.years)
    if grant.share == Fraction(1) and grant.amount == grant.full:
        return _("{full} a year, {years} of service").format(full=full, years=years)
    if grant.amount * 3 <= grant.full and grant.share == 1:
        return _("a twelfth of {full} a year").format(full=full)
    if (grant.share * 12).denominator == 1:
        return _("{n} of 12 months of {full}").format(n=int(grant.share * 12), full=full)
    return _("{a} of {b} days of {full}").format(
        a=grant.share.numerator, b=grant.share.denominator, full=full
    )


def _years(years: int) -> str:
    return ngettext("{n} year", "{n} years", years).format(n=years)


def _carried(line: Line, unit: str) -> str:
    kept = sum(lot.amount for lot in line.lots)
    of_year = _("{n} of the year to {day}").format(n=amount(kept, unit), day=line.lots[0].on)
    if line.until is None:
        return _("{what} can be used for ever").format(what=of_year)
    return _("{what} can be used to {day}").format(what=of_year, day=line.until)


def _taken(line: Line, unit: str) -> str:
    parts = []
    if line.key:
        parts.append(words.number(line.key))
    if line.until is not None and line.until != line.on:
        parts.append(_("to {day}").format(day=line.until))
    if line.lots:
        parts.append(_("from {lots}").format(lots=", ".join(_lot(lot) for lot in line.lots)))
    if line.short:
        parts.append(_("{n} not covered").format(n=amount(line.short, unit)))
    if line.uncovered:
        parts.append(_("{n} not taken, as nothing was left").format(n=amount(line.uncovered, unit)))
    return " ".join(parts)


def _lot(lot: Lot) -> str:
    return _("{n} {kind} {day}").format(
        n=shown(lot.amount), kind=_(words.KINDS[lot.kind]).lower(), day=_day(lot.on)
    )


def _day(day: date) -> str:
    return str(day)


def _ended(line: Line, unit: str) -> str:
    del unit
    lots = ", ".join(_lot(lot) for lot in line.lots)
    if line.kind == balances.LAPSED:
        return _("not taken in the leave year, over what is carried: of {lots}").format(lots=lots)
    return _("not taken in time: {lots}").format(lots=lots)


def _entered(line: Line) -> str:
    if line.until is None or line.change <= 0:
        return line.note
    return f"{line.note}; " + _("to {day}").format(day=line.until)


__all__ = ["amount", "sentence", "span"]
