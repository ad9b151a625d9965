"""Taxes by plain rules: a table of bands on the income of a month, or of a year of such months."""

from fractions import Fraction

from boconsole.payroll.rules.figures import Levy, Slice, percent, share
from boconsole.payroll.rules.indonesia import Taxed
from boconsole.payroll.rules.lines import Line
from boconsole.payroll.rules.sets import Held

MONTHS = 12


def tax(held: Held, taxable: int) -> Taxed:
    """Return all taxes of a month together, with the step of each band."""
    lines: list[Line] = []
    total, rates = 0, []
    for levy in held.levies:
        amount, rate, found = _levied(levy, taxable)
        total += amount
        rates.append(rate)
        lines += found
    sources = "; ".join(levy.cited for levy in held.levies)
    return Taxed(total, rates[0] if len(rates) == 1 else None, tuple(lines), sources, taxable)


def _levied(levy: Levy, taxable: int) -> tuple[int, Fraction | None, list[Line]]:
    """Return the tax of a month, its rate where there is one, and its steps."""
    assert levy.table is not None
    times = MONTHS if levy.period == "year" else 1
    income = max(taxable * times - levy.allowance, 0)
    table, rate = levy.table, None
    if levy.flat:
        row = table.row_of(income)
        rate = table.bands[row].rate
        steps = [Slice(row, income, rate, share(income, rate))]
    else:
        steps = table.slices(income)
        rate = table.bands[0].rate if len(table.bands) == 1 else None
    whole = max(sum(step.amount for step in steps) - levy.credit, 0)
    amount = share(whole, Fraction(1, times))
    lines = [
        Line("working", f"{levy.code}.band{each.row + 1}", levy.name, each.base,
             f"{percent(each.rate)} %", each.amount, f"{levy.cited}, {table.row_text(each.row)}")
        for each in steps
    ]  # fmt: skip
    part = f"1/{times}" if times > 1 else ""
    lines.append(Line("working", levy.code, levy.name, income, part, amount, levy.cited))
    return amount, rate, lines
