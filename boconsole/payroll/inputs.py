"""What the rules are asked for one person: salary by days, items of the month, terms, the year.

Each line that is made here says from which day its agreement holds.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from boconsole.errors import InvalidChangeError
from boconsole.language import N_, _
from boconsole.leave.worktime import OvertimeDay
from boconsole.payroll import attended, prorating, words
from boconsole.payroll.attended import Unpaid
from boconsole.payroll.prorating import Part, Span, Stretch
from boconsole.payroll.rules import entitlements
from boconsole.payroll.rules.figures import half_up, percent, share
from boconsole.payroll.rules.indonesia import status_of
from boconsole.payroll.rules.lines import METHODS, Asked, Item, Kind, Past, Terms
from boconsole.payroll.rules.sets import INDONESIA, Held, RuleSet
from boconsole.staff.paying import Pay
from db.payroll.rows import GroupRow, ItemRow, PastRow

BY_DAYS = {words.CALENDAR: "calendar days", words.WORK: "working days"}


@dataclass(frozen=True)
class Year:
    """What is known of a person's year before the month.

    Attributes:
        past: Sums of the runs before.
        first_regular: Regular income of its first month; None where this is it.
        status: Of the tax-free income on 1 January, where terms held then.
        worked: Months of employment in the year up to this one.
    """

    past: PastRow | None
    first_regular: int | None
    status: str
    worked: int


@dataclass(frozen=True)
class Case:
    """One person in one month.

    Attributes:
        pay: The facts of the month.
        rules: That hold for the person.
        held: What of them holds in the month.
        group: Of the person.
        month: Its days.
        items: That are for the person, by day.
        year: Before the month.
        overtime: Approved, day by day.
        unpaid: Leave without pay.
        facts: What the month rests on, filled while asking.
    """

    pay: Pay
    rules: RuleSet
    held: Held
    group: GroupRow
    month: Span
    items: Sequence[ItemRow]
    year: Year
    overtime: Sequence[OvertimeDay] = ()
    unpaid: Sequence[Unpaid] = ()
    facts: dict[str, object] = field(default_factory=dict)


def ask(case: Case) -> Asked:
    """Return the question to the rules; raises BoconsoleError where facts are missing."""
    spans = _employed(case)
    week = prorating.week_of(case.pay.standing.schedule.week if case.pay.standing.schedule else "")
    parts = prorating.parts(case.month, _stretches(case, spans), case.group.prorate, week)
    salaries = [_salary_item(case, part) for part in parts]
    base = parts[-1].base if parts else 0
    fixed = sum(_amount(case, row, base) for row in case.items if row.fixed)
    wage = base + fixed
    days = sum(prorating.days_in(span, case.group.prorate, week) for span in spans)
    whole = prorating.days_in(case.month, case.group.prorate, week)
    wages = _Wages(base, wage, Fraction(days, whole or 1))
    found = [*salaries, *(_leave_item(case, each, base, week) for each in case.unpaid),
             *(_hours_item(case, each, wage) for each in case.overtime), *_bonuses(case),
             *(_item(case, row, wages) for row in case.items)]  # fmt: skip
    last_day = spans[-1].last
    leaves = _leaves(case, last_day)
    last = case.month.first.month == 12 or leaves
    for row in case.items:
        if row.kind in entitlements.LUMPS and not leaves:
            reason = _("it is paid in the last month of an employment; enter when that ends")
            raise InvalidChangeError(row.code, reason)
    case.facts.update(
        {"from": str(spans[0].first), "to": str(last_day), "days": days, "of": whole,
         "salary": str(base), "since": str(parts[-1].stretch.since) if parts else "",
         "wage": str(wage), "settled": last, "worked": case.year.worked}
    )  # fmt: skip
    case.facts.update(_untold(case.items))
    if case.held.kind != INDONESIA:
        wage = sum(item.amount for item in found if item.kind == "earning" and item.taxable)
    year = case.year.past
    past = Past(year.gross, year.tax, year.pension, year.zakat, year.borne) if year else Past()
    return Asked(_terms(case), tuple(found), wage, past, last, case.year.worked)


@dataclass(frozen=True)
class _Wages:
    """Wages that items are taken of: the salary, with fixed items, and the part of the month."""

    base: int
    wage: int
    part: Fraction


def _employed(case: Case) -> list[Span]:
    found = [prorating.overlap(case.month, spell.head.starts_on, spell.head.ends_on)
             for spell in case.pay.employments]  # fmt: skip
    return sorted(span for span in found if span)


def _leaves(case: Case, last_day: date) -> bool:
    ends = [spell.head.ends_on for spell in case.pay.employments]
    return None not in ends and max(end for end in ends if end) == last_day


def _stretches(case: Case, spans: Sequence[Span]) -> list[Stretch]:
    salaries = case.pay.salaries
    if not salaries:
        raise InvalidChangeError("salary", _("nobody entered one"))
    found = []
    for place, row in enumerate(salaries):
        if case.rules.currency and row.commodity != case.rules.currency:
            reason = _("it is in {code}, the rules {rules} speak of {other}")
            raise InvalidChangeError("salary", reason.format(
                code=row.commodity, rules=case.rules.name, other=case.rules.currency))  # fmt: skip
        until = salaries[place + 1].head.starts_on if place + 1 < len(salaries) else None
        amount = scaled(row.amount, row.precision, case.rules.digits)
        for span in spans:
            part = prorating.overlap(span, row.head.starts_on, None)
            if part and until:
                last = date.fromordinal(until.toordinal() - 1)
                part = prorating.overlap(part, part.first, last)
            if part:
                found.append(Stretch(part, amount, row.head.starts_on, row.head.reason, row.per))
    return sorted(found, key=lambda each: each.span)


def scaled(amount: int, digits: int, wanted: int) -> Fraction:
    """Return an amount with other digits behind the point."""
    return Fraction(amount * 10**wanted, 10**digits)


def _salary_item(case: Case, part: Part) -> Item:
    stretch = part.stretch
    source = f"salary of {stretch.since}"
    partial = part.days != part.of or stretch.per in ("day", "hour")
    if stretch.per in ("month", "year") and partial:
        source += f", by {BY_DAYS[case.group.prorate]} {stretch.span.first} to {stretch.span.last}"
    elif stretch.per in ("day", "hour"):
        source += f", by the {stretch.per}"
    rate = f"{part.days}/{part.of}" if partial else ""
    return Item("salary", N_("Salary"), part.amount, base=part.base if partial else 0, rate=rate,
                source=source)  # fmt: skip


def _leave_item(case: Case, leave: Unpaid, base: int, week: Sequence[int]) -> Item:
    """Return what leave without pay takes off the salary, as a part of the month."""
    if leave.unit == attended.DAYS:
        of = prorating.days_in(case.month, words.WORK if leave.working else words.CALENDAR, week)
        part = leave.quantity / of
        rate = f"-{_short(leave.quantity)}/{of}"
    else:
        minutes = prorating.minutes_in(case.month, week)
        part = leave.quantity * 60 / minutes
        rate = f"-{_short(leave.quantity)} h/{_short(Fraction(minutes, 60))} h"
    return Item("unpaid_leave", leave.title or N_("Unpaid leave"), -share(base, part), base=base,
                rate=rate, source=f"{leave.number}, without pay")  # fmt: skip


def _short(number: Fraction) -> str:
    return percent(number / 100)


def _hours_item(case: Case, day: OvertimeDay, wage: int) -> Item:
    """Return the pay of approved overtime of one day."""
    kind, hours = attended.kind_of(day), Fraction(day.minutes, 60)
    found = entitlements.overtime(case.held, wage, hours, kind)
    about = f"{day.day}, {_short(hours)} hours, {kind}"
    return found._replace(source=f"{about}; {found.source}")


def _bonuses(case: Case) -> list[Item]:
    found = []
    for row in case.pay.bonuses:
        amount = scaled(row.amount or 0, row.precision, case.rules.digits)
        found.append(Item("bonus", row.name or N_("Bonus"),
                          half_up(amount.numerator, amount.denominator), irregular=True,
                          source=f"bonus of {row.head.starts_on}"))  # fmt: skip
    return found


def _amount(case: Case, row: ItemRow, base: int) -> int:
    """Return what an item pays in a whole month."""
    if row.percent:
        return share(base, Fraction(Decimal(row.percent)) / 100)
    amount = scaled(row.amount, row.digits, case.rules.digits)
    return half_up(amount.numerator, amount.denominator)


def _item(case: Case, row: ItemRow, wages: _Wages) -> Item:
    if row.kind == "thr":
        months = prorating.full_months(_served_since(case, row.starts_on), row.starts_on)
        found = entitlements.thr(case.held, wages.wage, months)
        about = f"{row.starts_on}, {months} months of service"
        return found._replace(name=row.name, source=f"{about}; {found.source}")
    if row.kind == "overtime":
        day = row.day_kind or entitlements.WORKDAY
        found = entitlements.overtime(case.held, wages.wage, row.hours, day)
        about = f"{row.starts_on}, {row.hours} hours, {day}"
        return found._replace(name=row.name, source=f"{about}; {found.source}")
    if row.kind in entitlements.LUMPS:
        source = f"agreed on {row.starts_on}" + (f", {row.note}" if row.note else "")
        return Item(row.code, row.name, _amount(case, row, 0), irregular=True, source=source,
                    final=row.kind)  # fmt: skip
    amount, rate, base = _amount(case, row, wages.base), "", 0
    if row.percent:
        rate, base = f"{percent(Fraction(Decimal(row.percent)) / 100)} %", wages.base
    if row.prorated and wages.part != 1:
        base, rate = amount, f"{wages.part.numerator}/{wages.part.denominator}"
        amount = share(amount, wages.part)
    kind: Kind = "benefit" if row.kind == "benefit" else (
        "deduction" if row.kind == "deduction" else "earning")  # fmt: skip
    source = f"agreed from {row.starts_on}" + (f", {row.note}" if row.note else "")
    return Item(row.code, row.name, amount, kind, row.taxable, row.irregular, base, rate, source)


def _served_since(case: Case, day: date) -> date:
    spells = [spell for spell in case.pay.employments if spell.head.starts_on <= day]
    if not spells:
        return day
    return spells[-1].counted_from or spells[-1].head.starts_on


def _terms(case: Case) -> Terms:
    row = case.pay.terms
    details: dict[str, str] = {
        **_details(case.group.details),
        **_details(row.details if row else ""),
    }
    status = case.year.status or (row.tax_status if row else "")
    if case.held.kind == INDONESIA:
        if not status:
            raise InvalidChangeError("tax_status", _("nobody entered one"))
        status = status_of(status)
    method = (row.tax_method if row else "") or details.get("method", "") or "gross"
    known = {each: each for each in METHODS}
    if method not in known:
        raise InvalidChangeError("tax_method", _("expected gross, net or gross-up"))
    case.facts.update({"status": status, "method": method})
    return Terms(
        status, known[method], details.get("risk", "1"),
        frozenset(word for word in details.get("without", "").split(",") if word),
        _whole(details, "family"), _whole(details, "wage_floor"),
        details.get("tax_number", "yes") != "no", details.get("sector", ""),
        case.year.first_regular,
    )  # fmt: skip


def _details(text: str) -> dict[str, str]:
    found = json.loads(text or "{}")
    return {str(name): str(value) for name, value in found.items()}


def _untold(items: Sequence[ItemRow]) -> dict[str, object]:
    """Return what lines do not tell: which benefits are untaxed, and which come rarely."""
    benefits = [row for row in items if row.kind == "benefit"]
    found = {"untaxed": sorted({row.code for row in benefits if not row.taxable}),
             "odd_benefits": sorted({row.code for row in benefits if row.irregular})}  # fmt: skip
    return {name: codes for name, codes in found.items() if codes}


def _whole(details: Mapping[str, str], name: str) -> int:
    text = details.get(name, "") or "0"
    if not text.isascii() or not text.isdecimal() or len(text) > 12:
        raise InvalidChangeError(name, _("expected a whole number"))
    return int(text)
