"""The slips of a month: everyone's facts, items and year, put to the rules.

Reads only; what comes out is the same for the same records, which its seal shows.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.errors import BoconsoleError, InvalidChangeError
from boconsole.language import _
from boconsole.payroll import attended, inputs, words
from boconsole.payroll.attended import Attended
from boconsole.payroll.errors import NobodyError, PayFactsError
from boconsole.payroll.inputs import Case, Year
from boconsole.payroll.known_rules import Rules
from boconsole.payroll.prorating import Span
from boconsole.payroll.rules.errors import NoYearError
from boconsole.payroll.rules.figures import percent
from boconsole.payroll.rules.lines import Line, Sheet
from boconsole.payroll.rules.month import compute
from boconsole.payroll.rules.sets import Held, RuleSet
from boconsole.session import Session
from boconsole.staff import paying
from boconsole.staff.paying import Pay
from db.payroll import runs, setup
from db.payroll.rows import GroupRow, ItemRow, SlipRow
from db.staff import facts

NO_GROUP = GroupRow(0, 0, "", "id", words.CALENDAR, "{}")
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Computed(NamedTuple):
    """The slips of a month, all in one currency."""

    currency: str
    digits: int
    slips: list[SlipRow]


def month(
    session: Session, number: int, group: str, *, employee_ids: Sequence[int] | None = None,
    without: frozenset[int] = frozenset(),
) -> Computed:  # fmt: skip
    """Return the slips of a month, by name of the person.

    Args:
        session: Needs to see the pay of everyone.
        number: Such as 202601.
        group: Of whom; empty for all.
        employee_ids: Only these people.
        without: People who are in other runs of the month.

    Raises:
        PayFactsError: Somebody's records do not say enough.
        NobodyError: Nobody is to be paid.
        NoYearError: No rules speak for the month.
    """
    first, last = words.days_of(number)
    how = f"pay run {words.month_text(number)}"
    people = paying.between(session, first, last, group=group, how=how, employee_ids=employee_ids)
    people = [pay for pay in people if pay.standing.id not in without]
    if not people:
        raise NobodyError(words.month_text(number), group)
    return _Month(number, Span(first, last)).slips(session, people)


class _Month:
    """Everything that the slips of one month share, read once."""

    def __init__(self, number: int, span: Span) -> None:
        self._number = number
        self._span = span
        self._groups = {row.name: row for row in setup.select_groups()}
        self._rules = Rules()
        self._held: dict[str, tuple[RuleSet, Held]] = {}
        self._past = runs.select_past(number)
        self._regular = runs.select_first_regular(number)
        self._attended = Attended({}, {})
        self._own: dict[int, list[ItemRow]] = {}
        self._shared: list[ItemRow] = []
        for row in setup.select_items(span.first, span.last):
            if row.employee_id is None:
                self._shared.append(row)
            else:
                self._own.setdefault(row.employee_id, []).append(row)

    def slips(self, session: Session, people: Sequence[Pay]) -> Computed:
        """Return the slips of people; raises PayFactsError."""
        ids = [pay.standing.id for pay in people]
        january = facts.select_at("terms", date(self._span.first.year, 1, 1), ids)
        worked = self._worked(ids)
        self._attended = attended.of_month(session, *self._span, ids)
        found: list[SlipRow] = []
        problems: list[str] = []
        for pay in people:
            one = pay.standing.id
            terms = january.get(one)
            year = Year(self._past.get(one), self._regular.get(one),
                        terms.tax_status if terms else "", worked.get(one, 1))  # fmt: skip
            try:
                found.append(self._slip(pay, year))
            except NoYearError:  # it is so for everybody
                raise
            except BoconsoleError as error:
                who = f"{pay.standing.number} {pay.standing.employee.name}"
                problems.append(f"{who}: {str(error).rstrip('.')}")
        if problems:
            raise PayFactsError(problems)
        return Computed(*self._currency(), found)

    def _currency(self) -> tuple[str, int]:
        sets = {(rules.currency, rules.digits) for rules, _held in self._held.values()}
        if len(sets) > 1:
            codes = ", ".join(sorted(code for code, _digits in sets))
            reason = _("its people are paid in {codes}; make a group of each")
            raise InvalidChangeError("group", reason.format(codes=codes))
        return sets.pop()

    def _slip(self, pay: Pay, year: Year) -> SlipRow:
        one, terms = pay.standing.id, pay.terms
        group = self._groups.get(terms.pay_group if terms else "", NO_GROUP)
        rules, held = self._rules_of((terms.rule_set if terms else "") or group.rules)
        items = [*(row for row in self._shared if row.pay_group in ("", group.name)),
                 *self._own.get(one, ())]  # fmt: skip
        case = Case(pay, rules, held, group, self._span, items, year,
                    self._attended.overtime.get(one, ()),
                    self._attended.unpaid.get(one, ()))  # fmt: skip
        return slip(case, compute(held, inputs.ask(case)))

    def _rules_of(self, name: str) -> tuple[RuleSet, Held]:
        if name not in self._held:
            rules = self._rules.on(name, self._span.first)
            self._held[name] = (rules, rules.on(self._span.first.year, self._span.first.month))
        return self._held[name]

    def _worked(self, ids: Sequence[int]) -> dict[int, int]:
        """Return the months of the year, up to this one, in which people were employed."""
        year, months = self._span.first.year, self._span.first.month
        found: dict[int, set[int]] = {}
        for spell in facts.select_all("employment", ids):
            starts, ends = spell.head.starts_on, spell.head.ends_on
            if starts > self._span.last or (ends is not None and ends.year < year):
                continue
            first = starts.month if starts.year == year else 1
            last = ends.month if ends is not None and ends.year == year else months
            found.setdefault(spell.head.employee_id, set()).update(
                range(first, min(last, months) + 1)
            )
        return {one: len(each) for one, each in found.items()}


def slip(case: Case, sheet: Sheet) -> SlipRow:
    """Return a month of a person as it is kept."""
    position = case.pay.positions[-1] if case.pay.positions else None
    rate = "" if sheet.rate is None else percent(sheet.rate)
    told = {**case.facts, "category": sheet.category, "rate": rate, "rules": sheet.rules}
    return SlipRow(
        0, 0, case.pay.standing.id, case.pay.standing.employee.name,
        position.title if position else "", position.department if position else "",
        position.cost_centre if position else "", sheet.rules, str(case.facts.get("status", "")),
        sheet.category, rate, earned(sheet.lines), sheet.gross, sheet.regular, sheet.tax,
        sheet.borne, sheet.pension, sheet.zakat, sheet.net, sheet.cost, _dump(told),
        dump_lines(sheet.lines),
    )  # fmt: skip


def earned(lines: Sequence[Line]) -> int:
    """Return what lines pay before anything is kept."""
    return sum(line.amount for line in lines if line.kind == "earning")


def lines_of(row: SlipRow) -> list[Line]:
    """Return the lines of a slip."""
    return [Line(*each) for each in json.loads(row.lines)]


def dump_lines(lines: Sequence[Line]) -> str:
    """Return lines as they are kept."""
    return _dump([list(line) for line in lines])


def facts_of(row: SlipRow) -> Mapping[str, object]:
    """Return what a slip rests on."""
    found: Mapping[str, object] = json.loads(row.facts)
    return found


def seal_of(slips: Sequence[SlipRow]) -> str:
    """Return the hash over all that slips say."""
    digest = hashlib.sha256()
    for row in slips:
        digest.update(_dump([str(each) for each in row[2:]]).encode())
    return digest.hexdigest()
