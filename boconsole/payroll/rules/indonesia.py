"""PPh 21: the tax of Indonesia on employment, by month and by year.

A month is taxed as a whole at the one rate that the table has for its gross. The last month of
the year, or of the employment, settles the year by Article 17; what was withheld too much is
given back, whatever it is.

Source: PP 58/2023, PMK 168/2023, UU 7/2021 Art. 17.
"""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.payroll.rules.figures import percent, share
from boconsole.payroll.rules.lines import Asked, Line, Past
from boconsole.payroll.rules.sets import Held

CATEGORIES = ("A", "B", "C")
STATUS = re.compile(r"(TK|K)/?([0-3])")
ANNUALISED = "PMK 168/2023: annualised where residence starts or ends"
STEPS = 10_000
SETTLED = "PMK 168/2023: the year less what was withheld"


class Taxed(NamedTuple):
    """The tax of a month.

    Attributes:
        amount: In smallest units; below 0 it is given back.
        rate: Of the month; None where the year was settled.
        lines: How it was found: steps that change nothing by themselves.
        source: Where it stands.
        base: What the rate was taken of.
    """

    amount: int
    rate: Fraction | None
    lines: tuple[Line, ...]
    source: str
    base: int


class Year(NamedTuple):
    """The taxable year of a settlement; amounts in smallest units."""

    gross: int
    cost: int
    net: int
    free: int
    taxable: int
    tax: int


def status_of(text: str) -> str:
    """Return a status as the rules write it: `TK/0`; raises InvalidChangeError."""
    found = STATUS.fullmatch(text.strip().upper())
    if not found:
        raise InvalidChangeError("ptkp", _("expected TK/0 to TK/3 or K/0 to K/3"))
    return f"{found[1]}/{found[2]}"


def category_of(held: Held, status: str) -> str:
    """Return the table of monthly rates that a status belongs to."""
    return next(each for each in CATEGORIES if status in held.names(f"category.{each}"))


def monthly_rate(held: Held, status: str, gross: int) -> tuple[Fraction, int]:
    """Return the rate of a month's gross, and the row of the table, counted from 0."""
    table = held.table(f"ter.{category_of(held, status)}")
    row = table.row_of(max(gross, 0))
    return table.bands[row].rate, row


def by_month(held: Held, asked: Asked, gross: int) -> Taxed:
    """Return the tax of a month by the table."""
    rate, row = monthly_rate(held, asked.terms.status, gross)
    table = held.table(f"ter.{category_of(held, asked.terms.status)}")
    tax, more = _surcharged(held, asked, share(max(gross, 0), rate))
    return Taxed(tax, rate, more, f"{table.cited}, {table.row_text(row)}", gross)


def article_17(held: Held, taxable: int) -> int:
    """Return the tax of a year's taxable income, which is cut to full thousands first."""
    step = held.figure("pkp.step").whole
    return held.table("article17").progressive(max(taxable, 0) // step * step)


def year_of(held: Held, asked: Asked, gross: int, pension: int, zakat: int) -> Year:
    """Return the year that a settlement taxes.

    Args:
        held: The rules of its last month.
        asked: For the months worked and of residence, and the status.
        gross: Of the whole year.
        pension: Of the whole year.
        zakat: Of the whole year.
    """
    most = held.figure("occupational.month").whole * asked.worked
    cost = min(share(max(gross, 0), held.figure("occupational.rate").value), most)
    net = gross - cost - pension - zakat
    free = held.figure(f"ptkp.{asked.terms.status}").whole
    whole = share(net, Fraction(12, asked.resident))
    step = held.figure("pkp.step").whole
    taxable = max(whole - free, 0) // step * step
    tax = share(article_17(held, taxable), Fraction(asked.resident, 12))
    return Year(gross, cost, net, free, taxable, tax)


def by_year(held: Held, asked: Asked, gross: int, pension: int, zakat: int) -> Taxed:
    """Return the tax of the last month: Article 17 for the year less what was withheld.

    Args:
        held: The rules of the month.
        asked: The month, with the year before it.
        gross: Of this month.
        pension: Of this month.
        zakat: Of this month.
    """
    past: Past = asked.past
    year = year_of(held, asked, past.gross + gross, past.pension + pension, past.zakat + zakat)
    whole, more = _surcharged(held, asked, year.tax)
    steps = _workings(held, asked, year, past.pension + pension, past.zakat + zakat)
    before = Line("working", "year.withheld", N_("Withheld before"), 0, "", past.tax, SETTLED)
    return Taxed(whole - past.tax, None, (*steps, *more, before), SETTLED, year.taxable)


def _workings(held: Held, asked: Asked, year: Year, pension: int, zakat: int) -> list[Line]:
    rate, free = held.figure("occupational.rate"), held.figure(f"ptkp.{asked.terms.status}")
    cap = held.figure("occupational.month")
    table, step = held.table("article17"), held.figure("pkp.step")
    rows = [
        ("year.gross", N_("Gross of the year"), 0, "", year.gross, ""),
        ("year.cost", N_("Occupational cost"), year.gross, f"{percent(rate.value)} %", year.cost,
         f"{cap.cited}, {asked.worked} x {cap.whole:,}"),
        ("year.pension", N_("Pension contributions of the year"), 0, "", pension,
         "PMK 168/2023"),
        ("year.zakat", N_("Zakat of the year"), 0, "", zakat, "PMK 168/2023"),
        ("year.net", N_("Net income of the year"), 0, "", year.net, ""),
        ("year.free", N_("Tax-free income"), 0, asked.terms.status, year.free, free.cited),
        ("year.taxable", N_("Taxable income"), 0, "", year.taxable, step.cited),
    ]  # fmt: skip
    if asked.resident != 12:
        rows.append(("year.residence", N_("Months of tax residence"), year.net,
                     f"12/{asked.resident}", share(year.net, Fraction(12, asked.resident)),
                     ANNUALISED))  # fmt: skip
    rows += [
        (f"year.band{each.row + 1}", N_("Article 17"), each.base, f"{percent(each.rate)} %",
         each.amount, f"{table.cited}, {table.row_text(each.row)}")
        for each in table.slices(year.taxable)
    ]  # fmt: skip
    rows.append(("year.tax", N_("Tax of the year"), year.taxable, "", year.tax, table.cited))
    return [Line("working", *row) for row in rows]


def _surcharged(held: Held, asked: Asked, tax: int) -> tuple[int, tuple[Line, ...]]:
    """Return a tax with what a missing tax number adds."""
    if asked.terms.numbered:
        return tax, ()
    figure = held.figure("no_number")
    more = share(tax, figure.value)
    name = N_("Surcharge without a tax number")
    line = Line("working", "no_number", name, tax, f"{percent(figure.value)} %", more, figure.cited)
    return tax + more, (line,)


def allowance(tax_of: Callable[[int], int], start: int) -> int:
    """Return the smallest allowance that equals the tax on the pay with the allowance in it.

    Every step is `t -> tax(pay + t)`. The tax never falls when the pay rises, and the first
    value lies at or below every solution; so each next value does too, values only rise, and
    where they stop is a solution that no other one lies below. They stop because the tax takes
    less than the whole of each further rupiah, save at the few edges of bands.

    Args:
        tax_of: The tax for an allowance.
        start: At or below every tax that can come out.

    Raises:
        InvalidChangeError: The tax takes about as much as the allowance gives.
    """
    found = start
    for _step in range(STEPS):
        tax = tax_of(found)
        if tax == found:
            return found
        found = tax
    raise InvalidChangeError("method", _("no allowance covers a tax at such rates"))
