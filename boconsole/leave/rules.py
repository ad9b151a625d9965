"""Leave types as data: how much is granted when, what carries over, how days are counted.

A rule is read from a table and written back as the same; what cannot be read is refused with its
key. A type keeps its rules by the date from which each one holds, so that a change of the rule
never changes what was granted before.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.leave import quantities
from boconsole.leave.errors import LeaveRuleError

ANNIVERSARY = "anniversary"
KINDS = ("none", "yearly", "monthly")
PRORATIONS = ("none", "months", "days")
_YEAR_START = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
NO_LIMIT = -1


@dataclass(frozen=True)
class Grant:
    """What a type gives.

    Attributes:
        kind: `none` for a type without a balance, `yearly`, or `monthly`: a twelfth each month.
        amount: Of a full year, in hundredths; of weeks where `weeks` says so.
        by_service: Amounts from so many completed years of service on, instead of `amount`.
        year: Where the leave year begins: `MM-DD`, or `anniversary` of joining.
        after_months: Months of service before the first grant.
        at: Whether a month's twelfth comes at its `start` or `end`.
        prorate: How a year that is served in part counts: by `months` (one counts when the 15th
            is served), by `days`, or in full.
        prorate_from: Where the share of the first year begins: `joining`, or `first-grant`.
        rounding: One of `quantities.ROUNDINGS`.
        weeks: Whether amounts are weeks, to be multiplied by the days of the person's week.
        most: The most that a year gives; 0 for no limit.
    """

    kind: str = "none"
    amount: int = 0
    by_service: tuple[tuple[int, int], ...] = ()
    year: str = "01-01"
    after_months: int = 0
    at: str = "end"
    prorate: str = "none"
    prorate_from: str = "joining"
    rounding: str = "exact"
    weeks: bool = False
    most: int = 0

    def of_year(self, years: int) -> int:
        """Return the amount after so many completed years of service."""
        found = [amount for since, amount in self.by_service if since <= years]
        return found[-1] if found else self.amount


@dataclass(frozen=True)
class Rule:
    """A leave type as it is from some day on; amounts are hundredths of its unit.

    Attributes:
        unit: `days` or `hours`.
        counts: `working` days of the person's schedule without holidays, or `calendar` days.
        halves: Whether half days and single hours can be taken.
        longest: The most that one request may take; 0 for no limit.
        notice: Days before the first one that a request has to be made.
        paid: Whether pay goes on, for payroll.
        private: Whether notes are health data, which few may read.
        maximum: A grant adds only up to this balance; 0 for no limit.
        overdraw: How far below nothing the balance may go.
        carry: How much is carried over at the end of a leave year; `NO_LIMIT` for all.
        carry_months: Months of the next leave year in which it can be used; 0 for ever.
        joint_leave: Whether days on which all are sent on leave are taken from it.
        joint_overdraws: Whether they are taken where nothing is left.
        source: The law or agreement that says so.
    """

    grant: Grant = field(default_factory=Grant)
    unit: str = "days"
    counts: str = "working"
    halves: bool = False
    longest: int = 0
    notice: int = 0
    paid: bool = True
    private: bool = False
    maximum: int = 0
    overdraw: int = 0
    carry: int = 0
    carry_months: int = 0
    joint_leave: bool = False
    joint_overdraws: bool = False
    source: str = ""

    @property
    def has_balance(self) -> bool:
        """Whether what is left is counted."""
        return self.grant.kind != "none"

    def to_table(self) -> dict[str, object]:
        """Return the table that `from_table` reads, without what is as usual."""
        return _written(self, Rule())

    def to_json(self) -> str:
        """Return the rule as text to be stored."""
        return json.dumps(self.to_table(), sort_keys=True)


class Dated(NamedTuple):
    """A rule and the day from which it holds."""

    since: date
    rule: Rule


def rule_on(versions: Sequence[Dated], day: date) -> Rule | None:
    """Return the rule that holds on a day; versions are in order of their days."""
    found = [version.rule for version in versions if version.since <= day]
    return found[-1] if found else None


def from_json(text: str) -> Rule:
    """Read what `to_json` wrote; raises LeaveRuleError."""
    return from_table(json.loads(text))


def from_table(table: Mapping[str, object]) -> Rule:
    """Make a rule of a table as `to_table` writes it; raises LeaveRuleError."""
    given = dict(table)
    grant_table = given.pop("grant", {})
    if not isinstance(grant_table, Mapping):
        raise LeaveRuleError("grant", _("must be a table"))
    grant_values = dict(grant_table)
    ladder = _by_service(grant_values.pop("by_service", {}))
    grant = Grant(**_read(Grant(), grant_values, "grant."), by_service=ladder)
    rule = Rule(**_read(Rule(), given, ""), grant=grant)
    _check(rule)
    return rule


AMOUNTS = ("amount", "most", "longest", "maximum", "overdraw", "carry")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": KINDS,
    "at": ("start", "end"),
    "prorate": PRORATIONS,
    "prorate_from": ("joining", "first-grant"),
    "rounding": quantities.ROUNDINGS,
    "unit": ("days", "hours"),
    "counts": ("working", "calendar"),
}


def _read(usual: Any, given: Mapping[str, object], prefix: str) -> dict[str, Any]:
    """Return the values of a table, checked one by one against those that are usual."""
    known = {each.name: getattr(usual, each.name) for each in fields(usual)}
    found: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            names = ", ".join(sorted(known))
            raise LeaveRuleError(
                f"{prefix}{key}", _("unknown key; allowed: {keys}").format(keys=names)
            )
        found[key] = _value(f"{prefix}{key}", key, known[key], value)
    return found


def _value(at: str, key: str, usual: object, value: object) -> object:
    if key in AMOUNTS:
        return NO_LIMIT if key == "carry" and value == "all" else _amount(at, value)
    if key in CHOICES and value not in CHOICES[key]:
        raise LeaveRuleError(
            at, _("{value!r} is unknown; allowed: {keys}").format(
                value=value, keys=", ".join(CHOICES[key])
            ),
        )  # fmt: skip
    if type(value) is not type(usual):
        what = {bool: "true/false", int: "1, 2, 3 …", str: "…"}[type(usual)]
        raise LeaveRuleError(at, _("must be written as {form}").format(form=what))
    if isinstance(value, int) and not 0 <= value <= 1200:
        raise LeaveRuleError(at, _("must lie between 0 and 1200"))
    return value


def _amount(at: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise LeaveRuleError(at, _("must be written as {form}").format(form="12 / 2.5"))
    try:
        amount = quantities.parse(str(value), field=at)
    except InvalidChangeError:
        raise LeaveRuleError(at, _("must be written as {form}").format(form="12 / 2.5")) from None
    if amount < 0:
        raise LeaveRuleError(at, _("cannot be below 0"))
    return amount


def _by_service(value: object) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, Mapping):
        raise LeaveRuleError("grant.by_service", _("must be a table of years and amounts"))
    ladder = []
    for years, amount in value.items():
        if not re.fullmatch(r"\d{1,2}", str(years), re.ASCII):
            raise LeaveRuleError("grant.by_service", _("must be a table of years and amounts"))
        ladder.append((int(years), _amount(f"grant.by_service.{years}", amount)))
    return tuple(sorted(ladder))


def _check(rule: Rule) -> None:
    if rule.grant.year != ANNIVERSARY:
        found = _YEAR_START.fullmatch(rule.grant.year)
        try:
            date(2001, *(int(part) for part in found.groups())) if found else date(0, 1, 1)
        except ValueError:
            raise LeaveRuleError(
                "grant.year", _('write "01-01", another day of every year, or "anniversary"')
            ) from None
    if rule.counts == "calendar" and rule.unit == "hours":
        raise LeaveRuleError("counts", _("hours are counted on working days only"))
    if rule.grant.weeks and rule.unit == "hours":
        raise LeaveRuleError("grant.weeks", _("weeks are granted to types of days only"))


def _written(value: Any, usual: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in fields(value):
        mine = getattr(value, each.name)
        if mine == getattr(usual, each.name):
            continue
        if each.name == "grant":
            found["grant"] = _written(mine, Grant())
        elif each.name == "by_service":
            found[each.name] = {str(years): quantities.plain(amount) for years, amount in mine}
        elif each.name in AMOUNTS:
            found[each.name] = "all" if mine == NO_LIMIT else quantities.plain(mine)
        else:
            found[each.name] = mine
    return found
