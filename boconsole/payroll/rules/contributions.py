"""Contributions of employer and employee; limits apply to the wage, never to the contribution."""

from collections.abc import Iterator
from fractions import Fraction

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.payroll.rules.figures import Contribution, percent, share
from boconsole.payroll.rules.lines import Kind, Line, Paid, Terms
from boconsole.payroll.rules.sets import Held

EVERYTHING = "all"
WHO = {"employer": "employer", "deduction": "employee"}
"""Who pays a line, by its kind."""


def due(held: Held, terms: Terms, wage: int) -> Iterator[tuple[Contribution, Paid, list[Line]]]:
    """Yield each contribution that is paid, with its amounts and its lines.

    Raises:
        InvalidChangeError: There is no such risk class.
    """
    if EVERYTHING in terms.without:
        return
    for rule in held.contributions:
        if rule.code in terms.without:
            continue
        base = base_of(rule, terms, wage)
        employer = share(base, _employer(rule, terms))
        rate = rule.employee + rule.per_person * terms.family
        employee = share(base, rate)
        parts: tuple[tuple[Kind, Fraction, int], ...] = (
            ("employer", _employer(rule, terms), employer),
            ("deduction", rate, employee),
        )
        lines = [
            Line(kind, f"{rule.code}.{WHO[kind]}", rule.name, base, f"{percent(part)} %", amount,
                 rule.cited)
            for kind, part, amount in parts
            if part
        ]  # fmt: skip
        yield rule, Paid(rule.code, base, employer, employee), lines


def base_of(rule: Contribution, terms: Terms, wage: int) -> int:
    """Return the wage that a contribution is taken of, within its limits."""
    least = max(rule.floor, terms.wage_floor if rule.least_wage and wage > 0 else 0)
    base = max(wage, least, 0)
    return base if rule.cap is None else min(base, rule.cap)


def _employer(rule: Contribution, terms: Terms) -> Fraction:
    if not rule.classes:
        return rule.employer
    found = dict(rule.classes).get(terms.risk)
    if found is None:
        known = ", ".join(name for name, _rate in rule.classes)
        raise InvalidChangeError("risk", _("there are the classes {known}").format(known=known))
    return found
