"""What is asked of the rules for one person and month, and what they answer, line by line.

The net is what is paid out in money: earnings less deductions less tax. Every line says what it
was taken of, at which rate, and where the rule stands.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, NamedTuple

Kind = Literal["earning", "benefit", "employer", "deduction", "tax", "working"]
KINDS: tuple[Kind, ...] = ("earning", "benefit", "employer", "deduction", "tax", "working")
"""Paid in money, given in kind, paid by the employer on top, kept from the pay, tax kept from the
pay, and steps of a computation that change nothing by themselves."""
Method = Literal["gross", "net", "gross-up"]
METHODS: tuple[Method, ...] = ("gross", "net", "gross-up")
"""Who carries the tax: the employee; the employer; the employer by an allowance that is taxed."""


class Line(NamedTuple):
    """One step from gross to net.

    Attributes:
        kind: What it does to the pay.
        code: Its name for programs.
        name: Its name for people, in English.
        base: What the rate is taken of; 0 without one.
        rate: As people write it: `2 %`, `9/12`; empty without one.
        amount: In smallest units.
        source: Where the rule stands.
    """

    kind: Kind
    code: str
    name: str
    base: int
    rate: str
    amount: int
    source: str = ""


class Item(NamedTuple):
    """What is paid, given or kept in a month besides what the rules compute.

    Attributes:
        code: Its name for programs: `salary`, `thr`, `loan`.
        name: Its name for people.
        amount: In smallest units.
        kind: `earning`, `benefit` (in kind) or `deduction`.
        taxable: It is income for the tax; of deductions: it lowers the year's taxable income.
        irregular: It does not come every month: a bonus, the THR.
        base: What it was computed from; 0 without it.
        rate: How much of the base; empty without it.
        source: The agreement or rule.
        final: Name of the table by which its tax is final, such as `severance`; else empty.
    """

    code: str
    name: str
    amount: int
    kind: Kind = "earning"
    taxable: bool = True
    irregular: bool = False
    base: int = 0
    rate: str = ""
    source: str = ""
    final: str = ""


class Past(NamedTuple):
    """The months of this year before this one, at this employer.

    Attributes:
        gross: Taxable income.
        tax: Withheld, with what the state or the employer bore.
        pension: Contributions of the employee that lower the taxable income.
        zakat: Given through the employer.
        borne: Of the tax, what the state bore.
    """

    gross: int = 0
    tax: int = 0
    pension: int = 0
    zakat: int = 0
    borne: int = 0


class Terms(NamedTuple):
    """What the rules want to know of a person.

    Attributes:
        status: Of the tax-free income on 1 January: `TK/0` to `K/3`.
        method: Who carries the tax.
        risk: Risk class of the work.
        without: Codes of contributions that are not paid; `all` for none at all.
        family: Members of the family insured beyond those that are included.
        wage_floor: Least wage of the place, for contributions that have such a floor.
        numbered: There is a tax number.
        sector: Of the employer, for tax that the state bears; empty for none.
        first_gross: Regular income of January or the first month; None takes this month's.
    """

    status: str = "TK/0"
    method: Method = "gross"
    risk: str = "1"
    without: frozenset[str] = frozenset()
    family: int = 0
    wage_floor: int = 0
    numbered: bool = True
    sector: str = ""
    first_gross: int | None = None


class Asked(NamedTuple):
    """One person in one month.

    Attributes:
        terms: What is known of the person.
        items: What is paid, given and kept.
        wage: What contributions are taken of: the wage with its fixed allowances.
        past: The year before this month.
        last: It is the last month of the year or of the employment: the year is settled.
        worked: Months of the year in this employment, with this one.
        resident: Months of tax residence, where it starts or ends in the year; 12 otherwise.
    """

    terms: Terms
    items: Sequence[Item]
    wage: int
    past: Past = Past()
    last: bool = False
    worked: int = 12
    resident: int = 12


class Paid(NamedTuple):
    """A contribution of one month."""

    code: str
    base: int
    employer: int
    employee: int


class Sheet(NamedTuple):
    """What the rules make of one person's month.

    Attributes:
        rules: Name of the set.
        lines: In the order of a pay slip.
        category: Of the monthly rates; empty without.
        rate: By which the month is taxed; None where several bands are.
        gross: Taxable income of the month.
        tax: Of the month; below 0 it is given back.
        borne: Of the tax, what the state bears.
        net: Paid out.
        cost: What the month costs the employer.
        pension: Contributions of the employee that lower the taxable income.
        zakat: Given through the employer.
        contributions: One for each that is paid.
        regular: Of the taxable income, what comes every month.
    """

    rules: str
    lines: tuple[Line, ...]
    category: str
    rate: Fraction | None
    gross: int
    tax: int
    borne: int
    net: int
    cost: int
    pension: int
    zakat: int
    contributions: tuple[Paid, ...]
    regular: int = 0

    def after(self, past: Past) -> Past:
        """Return the year up to and with this month."""
        return Past(
            past.gross + self.gross,
            past.tax + self.tax,
            past.pension + self.pension,
            past.zakat + self.zakat,
            past.borne + self.borne,
        )


def net_of(lines: Sequence[Line]) -> int:
    """Return what lines pay out."""
    signs = {"earning": 1, "deduction": -1, "tax": -1}
    return sum(signs.get(line.kind, 0) * line.amount for line in lines)


def cost_of(lines: Sequence[Line]) -> int:
    """Return what lines cost the employer; tax that the state bears is not among it."""
    return sum(
        line.amount
        for line in lines
        if line.kind in ("earning", "benefit", "employer") and line.code != "borne"
    )
