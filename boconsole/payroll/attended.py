"""What leave and overtime mean for the pay of a month: approved hours, and days without pay."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.leave import knowing, overtime
from boconsole.leave import words as leave_words
from boconsole.leave.worktime import OvertimeDay
from boconsole.payroll.rules import entitlements
from boconsole.session import Session
from db.leave import requests, types

DAYS = "days"


class Unpaid(NamedTuple):
    """Leave without pay that one request takes of a month.

    Attributes:
        title: Of the type of leave.
        number: Of the request.
        quantity: In days or hours.
        unit: `days` or `hours`.
        working: Working days are counted, instead of calendar days.
    """

    title: str
    number: str
    quantity: Fraction
    unit: str
    working: bool


class Attended(NamedTuple):
    """Overtime and unpaid leave by person."""

    overtime: dict[int, list[OvertimeDay]]
    unpaid: dict[int, list[Unpaid]]


def of_month(session: Session, first: date, last: date, ids: Sequence[int]) -> Attended:
    """Return what was approved for a month; needs `staff.pay`."""
    hours = overtime.overtime_hours(session, first, ids)
    return Attended(hours, _unpaid(session, first, last, ids))


def _unpaid(
    session: Session, first: date, last: date, ids: Sequence[int]
) -> dict[int, list[Unpaid]]:
    if not any('"paid"' in row.rule for row in types.select_rules()):
        return {}
    rows = requests.select_between(
        employee_ids=ids, first=first, last=last, states=(leave_words.APPROVED,)
    )
    known = knowing.load(session, sorted({row.employee_id for row in rows}), ())
    found: dict[int, list[Unpaid]] = {}
    for row in rows:
        rule = known.rule_of(row.type_id, row.first)
        if rule is None or rule.paid:
            continue
        taken = sum(each.quantity for each in known.count(row) if first <= each.day <= last)
        if taken:
            found.setdefault(row.employee_id, []).append(Unpaid(
                row.title, leave_words.number(row.id), Fraction(taken, 100), rule.unit,
                rule.counts == "working",
            ))  # fmt: skip
    return found


def kind_of(day: OvertimeDay) -> str:
    """Return the kind of a day as the law of overtime tells them apart."""
    if day.kind == "workday":
        return entitlements.WORKDAY
    if day.days_a_week < 6:
        return "rest.5"
    return "rest.short" if day.kind == "holiday" and day.shortest else "rest.6"
