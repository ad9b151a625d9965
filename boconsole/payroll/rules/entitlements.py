"""THR and overtime, and taxes on what is paid besides a monthly wage: pure, by dated figures.

Source: Permenaker 6/2016, PP 35/2021, PP 58/2023, PP 68/2009, PMK 168/2023.
"""

from collections.abc import Sequence
from fractions import Fraction

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.payroll.rules.figures import half_up, percent, share
from boconsole.payroll.rules.indonesia import article_17
from boconsole.payroll.rules.lines import Item, Line
from boconsole.payroll.rules.sets import Held

WORKDAY = "workday"
DAYS = (WORKDAY, "rest.5", "rest.6", "rest.short")
"""A working day; a day of rest in a week of five or six days; the shortest day of six."""
LUMPS = ("severance", "old_age")


def thr(held: Held, wage: int, months: int) -> Item:
    """Return the religious holiday allowance.

    Args:
        held: The rules of the month in which it is paid.
        wage: A month's wage with fixed allowances; of freelancers the average of their months.
        months: Full months of service on the holiday.
    """
    full = held.figure("thr.full")
    part = Fraction(min(max(months, 0), full.whole), full.whole)
    amount = share(wage, part)
    rate = f"{min(max(months, 0), full.whole)}/{full.whole}"
    return Item("thr", N_("Holiday allowance THR"), amount, irregular=True, base=wage, rate=rate,
                source=full.cited)  # fmt: skip


def severance(held: Held, wage: int, months: int, times: Fraction = Fraction(1)) -> list[Item]:
    """Return severance pay and the reward for service of somebody whose employment is ended.

    Args:
        held: The rules of the month.
        wage: A month's wage with fixed allowances.
        months: Full months of service.
        times: Of the severance pay, by the reason of the end: 1/2 to 2 by Art. 41 to 57.

    Source: PP 35/2021, Art. 40 (2) and (3); what replaces other rights, (4), is not in it.
    """
    found = []
    for code, name, by in (
        ("severance.pay", N_("Severance pay"), times),
        ("severance.service", N_("Reward for service"), Fraction(1)),
    ):
        table = held.table(code)
        rate = table.bands[table.row_of(months)].rate * by
        found.append(Item(code, name, share(wage, rate), irregular=True, base=wage,
                          rate=f"{percent(rate / 100)} x", source=table.cited))  # fmt: skip
    return found


def average(wages: Sequence[int]) -> int:
    """Return the average of the last twelve months, or of as many as there are."""
    last = wages[-12:]
    return half_up(sum(last), len(last)) if last else 0


def overtime(
    held: Held, wage: int, hours: Fraction | int, day: str = WORKDAY, whole: int = 0
) -> Item:
    """Return the pay for the hours of one day.

    Args:
        held: The rules of the month.
        wage: A month's wage with fixed allowances.
        hours: Beyond the working time, parts of hours too.
        day: One of `DAYS`.
        whole: The wage with variable allowances too, where there are any.

    Raises:
        InvalidChangeError: There is no such day, or it has no such hour.
    """
    if day not in DAYS:
        raise InvalidChangeError("day", _("expected one of {days}").format(days=", ".join(DAYS)))
    table = held.table(f"overtime.{day}")
    if not 0 <= hours <= table.limits[-1]:
        reason = _("such a day has at most {n} hours of overtime")
        raise InvalidChangeError("hours", reason.format(n=table.limits[-1]))
    least = share(whole, held.value("overtime.least"))
    base = max(wage, least)
    long = Fraction(hours)
    times, below = Fraction(0), Fraction(0)
    for band in table.bands:
        top = min(long, Fraction(band.upto or long))
        times += max(top - below, Fraction(0)) * band.rate
        below = max(top, below)
    divisor = held.figure("overtime.hours").value
    amount = half_up(*(base * times / divisor).as_integer_ratio())
    rate = f"{percent(times / 100)} x 1/{divisor}"
    return Item("overtime", N_("Overtime"), amount, base=base, rate=rate, source=table.cited)


def daily_tax(held: Held, gross: int) -> Line:
    """Return the tax of a day's wage of somebody paid by the day."""
    table = held.table("daily")
    row = table.row_of(gross)
    if row < len(table.limits):
        rate = table.bands[row].rate
        return Line("tax", "tax", N_("Income tax PPh 21"), gross, f"{percent(rate)} %",
                    share(gross, rate), f"{table.cited}, {table.row_text(row)}")  # fmt: skip
    return outsider_tax(held, gross)


def outsider_tax(held: Held, gross: int) -> Line:
    """Return the tax on what somebody is paid who is no employee: Article 17 on half of it."""
    half = held.figure("outsider")
    base = share(gross, half.value)
    tax = article_17(held, base)
    source = f"{half.cited}; {held.table('article17').cited}"
    return Line("tax", "tax", N_("Income tax PPh 21"), base, "", tax, source)


def lump_tax(held: Held, kind: str, amount: int) -> list[Line]:
    """Return the final tax on severance or old-age savings, band by band.

    Args:
        held: The rules of the month.
        kind: One of `LUMPS`.
        amount: Paid at once, or within two years.
    """
    table = held.table(kind)
    return [
        Line("tax", f"tax.band{each.row + 1}", N_("Final income tax PPh 21"), each.base,
             f"{percent(each.rate)} %", each.amount, f"{table.cited}, {table.row_text(each.row)}")
        for each in table.slices(amount)
    ]  # fmt: skip
