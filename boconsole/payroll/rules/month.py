"""One person's month by a set of rules: from what is agreed to what is paid out."""

from fractions import Fraction
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.payroll.rules import contributions, entitlements, indonesia, plain
from boconsole.payroll.rules.figures import percent
from boconsole.payroll.rules.indonesia import Taxed
from boconsole.payroll.rules.lines import Asked, Item, Kind, Line, Paid, Sheet, cost_of, net_of
from boconsole.payroll.rules.sets import INDONESIA, Held

ZAKAT = "zakat"
FINAL = "tax_final"
GROSS_UP = "PMK 168/2023: tax allowance; the smallest that equals the tax on pay with it"
NET = "PMK 168/2023: tax carried by the employer"


class _Basis(NamedTuple):
    """What the tax of a month is taken of, before a tax allowance."""

    lines: tuple[Line, ...]
    finals: tuple[Line, ...]
    gross: int
    pension: int
    zakat: int
    paid: tuple[Paid, ...]
    regular: int


def compute(held: Held, asked: Asked) -> Sheet:
    """Return one month, line by line.

    Raises:
        InvalidChangeError: The rules know no such status or risk class.
        NoRuleError: They say nothing about something that is needed.
    """
    basis = _basis(held, asked)
    if held.kind != INDONESIA:
        if asked.terms.method == "gross-up":
            raise InvalidChangeError("method", _("plain rules know gross and net"))
        return _sheet(held, asked, basis, plain.tax(held, basis.gross - basis.pension), 0)
    if asked.terms.method != "gross-up":
        return _sheet(held, asked, basis, _taxed(held, asked, basis, 0), 0)
    start = -max(asked.past.tax, 0) if asked.last else 0
    more = indonesia.allowance(lambda t: _taxed(held, asked, basis, t).amount, start)
    return _sheet(held, asked, basis, _taxed(held, asked, basis, more), more)


def _basis(held: Held, asked: Asked) -> _Basis:
    lines = [_line(item) for item in asked.items]
    income = [item for item in asked.items if item.kind != "deduction"
              and item.taxable and not item.final]  # fmt: skip
    less = [item for item in asked.items if item.kind == "deduction" and item.taxable]
    gross = sum(item.amount for item in income)
    regular = sum(item.amount for item in income if not item.irregular)
    zakat = sum(item.amount for item in less if item.code == ZAKAT)
    pension = sum(item.amount for item in less) - zakat
    paid = []
    for rule, each, found in contributions.due(held, asked.terms, asked.wage):
        lines += found
        paid.append(each)
        if rule.employer_taxable:
            gross += each.employer
            regular += each.employer
        if rule.employee_deductible:
            pension += each.employee
    return _Basis(tuple(lines), _finals(held, asked), gross, pension, zakat, tuple(paid), regular)


def _finals(held: Held, asked: Asked) -> tuple[Line, ...]:
    """Return the final tax on what is paid at once; it has no part in the year's tax.

    Source: PP 68/2009; all that is paid of one kind together meets the bands.
    """
    sums: dict[str, int] = {}
    for item in asked.items:
        if item.final:
            sums[item.final] = sums.get(item.final, 0) + item.amount
    return tuple(
        line._replace(code=FINAL)
        for kind, amount in sums.items()
        for line in entitlements.lump_tax(held, kind, amount)
        if line.amount
    )


def _line(item: Item) -> Line:
    return Line(item.kind, item.code, item.name, item.base, item.rate, item.amount, item.source)


def _taxed(held: Held, asked: Asked, basis: _Basis, more: int) -> Taxed:
    if asked.last:
        return indonesia.by_year(held, asked, basis.gross + more, basis.pension, basis.zakat)
    return indonesia.by_month(held, asked, basis.gross + more)


def _sheet(held: Held, asked: Asked, basis: _Basis, taxed: Taxed, more: int) -> Sheet:
    """Return the month with its tax, carried by whom the terms say."""
    method = asked.terms.method
    borne, kept = _borne(held, asked, basis, taxed)
    rate = "" if taxed.rate is None else f"{percent(taxed.rate)} %"
    kind: Kind = "employer" if method == "net" else "tax"
    name = N_("Income tax") if held.kind != INDONESIA else N_("Income tax PPh 21")
    tax = Line(kind, "tax", name, taxed.base, rate, taxed.amount,
               f"{NET}; {taxed.source}" if method == "net" else taxed.source)  # fmt: skip
    lines = list(basis.lines)
    if method == "gross-up" and held.kind == INDONESIA:
        lines.append(Line("earning", "tax_allowance", N_("Tax allowance"), 0, "", more, GROSS_UP))
    lines += [*taxed.lines, *([] if held.kind != INDONESIA and not held.levies else [tax]), *kept,
              *basis.finals]  # fmt: skip
    category = indonesia.category_of(held, asked.terms.status) if held.kind == INDONESIA else ""
    return Sheet(
        held.name, tuple(lines), category, taxed.rate, basis.gross + more, taxed.amount, borne,
        net_of(lines), cost_of(lines), basis.pension, basis.zakat, basis.paid,
        basis.regular,
    )  # fmt: skip


def _borne(held: Held, asked: Asked, basis: _Basis, taxed: Taxed) -> tuple[int, list[Line]]:
    """Return the tax that the state bears, and its line; a refund of such tax is not paid out."""
    terms = asked.terms
    limit = held.figures.get("borne.month")
    if terms.method == "net" or limit is None or not terms.numbered:
        return 0, []
    first = basis.regular if terms.first_gross is None else terms.first_gross
    if terms.sector not in held.names("borne.sectors") or first > limit.whole:
        return 0, []
    borne = max(taxed.amount, -max(asked.past.borne, 0))
    name = N_("Tax borne by the state")
    return borne, [Line("earning", "borne", name, 0, "", borne, limit.cited)] if borne else []


def whole_rate(rate: Fraction | None) -> str | None:
    """Return a rate for programs: `2`; None stays."""
    return None if rate is None else percent(rate)
