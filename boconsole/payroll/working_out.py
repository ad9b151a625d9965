"""What one month's pay comes to by a set of rules, for a question typed by hand; no records.

The year before the month is either told, or taken to have been months like this one.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.payroll.rules import reading
from boconsole.payroll.rules.figures import half_up
from boconsole.payroll.rules.indonesia import status_of
from boconsole.payroll.rules.lines import METHODS, Asked, Item, Method, Past, Sheet, Terms
from boconsole.payroll.rules.month import compute
from boconsole.payroll.rules.sets import INDONESIA, Held, RuleSet

LATEST_BY_TABLE = 11
"""The last month of a year that is taxed by the table: what is asked without a month."""
LARGEST = 10**15


@dataclass(frozen=True)
class Question:
    """One month of one person; amounts in smallest units.

    Attributes:
        wage: The month's wage, of which contributions are taken.
        month: 1 to 12.
        terms: Status, method and the like.
        bonus: Paid besides it, this month only.
        benefit: Given in kind.
        pension: Own contributions: of the month; in a last month those of the year.
        zakat: Through the employer, likewise.
        leaving: It is the last month of the employment.
        worked: Months worked this year with this one; 0 takes those since January.
        resident: Months of tax residence.
        year_gross: Taxable income of the whole year; None takes months like this one.
        withheld: Tax of the months before, where the year's income is told.
    """

    wage: int
    month: int
    terms: Terms
    bonus: int = 0
    benefit: int = 0
    pension: int | None = None
    zakat: int | None = None
    leaving: bool = False
    worked: int = 0
    resident: int = 12
    year_gross: int | None = None
    withheld: int | None = None

    @property
    def last(self) -> bool:
        """Whether the year is settled."""
        return self.leaving or self.month == 12 or self.year_gross is not None


def answer(rules: RuleSet, year: int, question: Question) -> Sheet:
    """Return the month, line by line.

    Raises:
        InvalidChangeError: The question cannot be.
        NoRuleError: The rules do not speak for the month.
    """
    held = rules.on(year, question.month)
    asked = _asked(question)
    if held.kind != INDONESIA or not question.last:
        return compute(held, asked)
    return compute(held, asked._replace(last=True, past=_past(rules, year, question)))


def _asked(question: Question) -> Asked:
    items = [Item("salary", N_("Salary"), question.wage)]
    if question.bonus:
        items.append(Item("bonus", N_("Bonus"), question.bonus, irregular=True))
    if question.benefit:
        items.append(Item("benefit", N_("Benefit in kind"), question.benefit, "benefit"))
    if not question.last:
        items += [
            Item(code, name, amount, "deduction")
            for code, name, amount in (
                ("pension", N_("Pension contribution"), question.pension),
                ("zakat", N_("Zakat"), question.zakat),
            )
            if amount
        ]
    worked = question.worked or question.month
    return Asked(question.terms, tuple(items), question.wage, worked=worked,
                 resident=question.resident)  # fmt: skip


def _past(rules: RuleSet, year: int, question: Question) -> Past:
    """Return the year before a last month: as it was told, or of months like this one."""
    before = _like_this_one(rules, year, question)
    own, zakat = question.pension, question.zakat or 0
    if question.year_gross is None:
        tax = before.tax if question.withheld is None else question.withheld
        return before._replace(tax=tax, pension=before.pension + (own or 0), zakat=zakat)
    this = compute(rules.on(year, question.month), _asked(question))
    pension = before.pension if own is None else own - this.pension
    return Past(question.year_gross - this.gross, question.withheld or 0, pension, zakat)


def _like_this_one(rules: RuleSet, year: int, question: Question) -> Past:
    past = Past()
    plain = Question(question.wage, question.month, question.terms)
    for month in range(question.month - (question.worked or question.month) + 1, question.month):
        held: Held = rules.on(year, month)
        past = compute(held, _asked(plain)._replace(past=past)).after(past)
    return past


def whole(text: str, field: str, least: int, most: int) -> int:
    """Return a typed whole number within bounds; raises InvalidChangeError."""
    if text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most:
        return int(text)
    reason = _("expected {least} to {most}")
    raise InvalidChangeError(field, reason.format(least=least, most=most))


def amount(text: str, field: str, digits: int) -> int:
    """Return a typed amount in smallest units, halves up; raises InvalidChangeError."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0 or number >= LARGEST:
        raise InvalidChangeError(field, _("{text!r} is no amount").format(text=text[:40]))
    exact = Fraction(number) * 10**digits
    return half_up(exact.numerator, exact.denominator)


def method_of(text: str) -> Method:
    """Return a method; raises InvalidChangeError."""
    for each in METHODS:
        if text == each:
            return each
    raise InvalidChangeError("method", _("expected gross, net or gross-up"))


def status(rules: RuleSet, text: str) -> str:
    """Return the status that the rules know; other rules than Indonesia's know none."""
    return status_of(text) if rules.kind == INDONESIA else text


def rules_of(name: str, file: str) -> RuleSet:
    """Return rules by name, or from a file of the user."""
    return reading.read(Path(file)) if file else reading.find(name)
