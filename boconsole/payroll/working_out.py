"""What one month's pay comes to by a set of rules, for a question typed by hand; no records.

The year before the month is either told, or taken to have been months like this one. An answer
that settles a year tells the year too, and where what was withheld before comes from.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Literal, NamedTuple

from boconsole import settings
from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.payroll.rules import reading
from boconsole.payroll.rules.errors import UnknownRulesError
from boconsole.payroll.rules.figures import half_up
from boconsole.payroll.rules.indonesia import Year, status_of, year_of
from boconsole.payroll.rules.lines import METHODS, Asked, Item, Method, Past, Sheet, Terms
from boconsole.payroll.rules.month import compute
from boconsole.payroll.rules.sets import INDONESIA, Held, RuleSet

LATEST_BY_TABLE = 11
"""The last month of a year that is taxed by the table: what is asked without a month."""
LARGEST = 10**15
HOURS, TIMES = 24, 2


@dataclass(frozen=True)
class Question:
    """One month of one person; amounts in smallest units.

    Attributes:
        wage: The month's wage, of which contributions are taken.
        month: 1 to 12.
        terms: Status, method and the like.
        bonus: Paid besides it, this month only.
        benefit: Given in kind.
        pension: Own contributions: of the month; in a last month all those of the year.
        zakat: Through the employer, likewise.
        leaving: It is the last month of the employment.
        worked: Months worked this year with this one; 0 takes those since January.
        resident: Months of tax residence.
        year_gross: Taxable income of the whole year, in gross-up without this month's allowance;
            None takes months like this one.
        withheld: Tax of the months before; None finds it from months like this one.
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


Basis = Literal["told", "months like this one", "unknown"]
"""Where the tax that was withheld before comes from."""


class Settlement(NamedTuple):
    """The year that an answer settles.

    Attributes:
        year: By Article 17.
        pension: Own contributions of the year.
        zakat: Of the year.
        tax: Of the year, with what a missing tax number adds.
        withheld: Before this month; the rest is this month's.
        basis: Where that comes from; `unknown` counts nothing as withheld.
    """

    year: Year
    pension: int
    zakat: int
    tax: int
    withheld: int
    basis: Basis


class Answer(NamedTuple):
    """A month, with the year where it is settled."""

    sheet: Sheet
    settlement: Settlement | None


def answer(rules: RuleSet, year: int, question: Question) -> Answer:
    """Return the month, line by line, with the year that it settles.

    Raises:
        InvalidChangeError: The question cannot be.
        NoRuleError: The rules do not speak for the month.
    """
    held = rules.on(year, question.month)
    _check(held, question)
    asked = _asked(question)
    if held.kind != INDONESIA or not question.last:
        return Answer(compute(held, asked), None)
    past, basis = _past(rules, year, question)
    asked = asked._replace(last=True, past=past)
    sheet = compute(held, asked)
    whole_year = sheet.after(past)
    settled = year_of(held, asked, whole_year.gross, whole_year.pension, whole_year.zakat)
    return Answer(sheet, Settlement(settled, whole_year.pension, whole_year.zakat,
                                    whole_year.tax, past.tax, basis))  # fmt: skip


def _check(held: Held, question: Question) -> None:
    """Refuse what would count for nothing; raises InvalidChangeError."""
    if held.kind != INDONESIA:
        for field in ("year_gross", "withheld"):
            if getattr(question, field) is not None:
                raise InvalidChangeError(field, _("plain rules settle no year"))
    elif not question.last and question.withheld is not None:
        reason = _("it counts where the year is settled: --month 12, --leaving or --year-gross")
        raise InvalidChangeError("withheld", reason)
    if question.worked and question.worked > question.month:
        reason = _("by month {n} of the year at most {n} were worked")
        raise InvalidChangeError("months_worked", reason.format(n=question.month))


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


def _past(rules: RuleSet, year: int, question: Question) -> tuple[Past, Basis]:
    """Return the year before a last month: as it was told, or of months like this one.

    What the year comes to with months like this one may be told as wages or as taxable income;
    the months before are then computed. Of another year nobody can tell what was withheld.
    """
    before = _like_this_one(rules, year, question)
    this = compute(rules.on(year, question.month), _asked(_untaxed(question)))
    own, told, withheld = question.pension, question.year_gross, question.withheld
    past = before._replace(zakat=question.zakat or 0)
    basis: Basis = "months like this one" if withheld is None else "told"
    if told is not None and told not in _usual_years(rules, year, question, before.gross, this):
        if told < this.gross:
            reason = _("it is less than the taxable income of the month alone")
            raise InvalidChangeError("year_gross", reason)
        past = past._replace(gross=told - this.gross, tax=0)
        basis = "unknown" if withheld is None else "told"
    if own is not None:
        past = past._replace(pension=own - this.pension)
    return (past if withheld is None else past._replace(tax=withheld)), basis


def _usual_years(
    rules: RuleSet, year: int, question: Question, before: int, this: Sheet
) -> set[int]:
    """Return what a year of months like this one comes to: as wages, and as taxable income."""
    wages = question.wage * (question.worked or question.month) + question.bonus + question.benefit
    plain = _like_this_one(rules, year, _untaxed(question)).gross
    return {wages, before + this.gross, plain + this.gross}


def _untaxed(question: Question) -> Question:
    """Return the question of somebody who gets no tax allowance."""
    return replace(question, terms=question.terms._replace(method="gross"))


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


def hours(text: str) -> Fraction:
    """Return typed hours of one day, parts too; raises InvalidChangeError."""
    word = text.strip().replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,4})?", word) or Fraction(word) > HOURS:
        reason = _("expected {least} to {most}")
        raise InvalidChangeError("hours", reason.format(least=0, most=HOURS))
    return Fraction(word)


def times(text: str) -> Fraction:
    """Return how many times severance pay is due, such as 0.5; raises InvalidChangeError."""
    word = text.strip().replace(",", ".")
    if not re.fullmatch(r"[0-9](?:\.[0-9]{1,2})?", word) or Fraction(word) > TIMES:
        reason = _("expected {least} to {most}")
        raise InvalidChangeError("times", reason.format(least=0, most=TIMES))
    return Fraction(word)


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
    """Return rules from a file of the user, or by name: of the program, or of the user's folder.

    Pay runs never read that folder: what others are paid by is loaded for all.

    Raises:
        RuleFileError: A file has a fault.
        UnknownRulesError: There are none of that name.
    """
    if file:
        return reading.read(Path(file))
    try:
        return reading.find(name)
    except UnknownRulesError:
        for rules in reading.in_folder(settings.rules_folder()):
            if rules.name == name:
                return rules
        raise
