"""A year of pay as the tax office of Indonesia asks for it: the rows of form BPA1, by person.

The rows are those of the form that replaced 1721-A1 from 2025 on. They come from the slips of runs
that are posted or paid, corrections and what was carried over among them, and the tax of the year
is computed anew from their sums: where both differ, nothing is told but who has to be corrected.

Source: PER-11/PJ/2025, annex, form BPA1.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from boconsole.errors import NotFoundError
from boconsole.language import N_, _
from boconsole.payroll import words
from boconsole.payroll.computing import facts_of, lines_of
from boconsole.payroll.errors import UnevenYearError
from boconsole.payroll.known_rules import Rules
from boconsole.payroll.rules.figures import share
from boconsole.payroll.rules.indonesia import year_of
from boconsole.payroll.rules.lines import Asked, Line, Terms
from boconsole.payroll.rules.sets import INDONESIA, Held
from boconsole.session import Session
from boconsole.staff import privacy
from boconsole.staff import words as staff_words
from db.payroll import runs as stored
from db.payroll.rows import SlipRow

RIGHT = "payroll.read"
ROWS = {
    1: N_("Salary, or pension paid regularly"),
    2: N_("Tax allowance (PPh)"),
    3: N_("Other allowances, overtime and the like"),
    4: N_("Honoraria and the like"),
    5: N_("Insurance premiums paid by the employer"),
    6: N_("Benefits in kind"),
    7: N_("Bonuses, gratuities, THR and the like"),
    8: N_("Gross income (1 to 7)"),
    9: N_("Occupational cost"),
    10: N_("Pension and old-age contributions"),
    11: N_("Zakat or obligatory religious donations through the employer"),
    12: N_("Deductions (9 to 11)"),
    13: N_("Net income (8 - 12)"),
    14: N_("Net income of earlier certificates"),
    15: N_("Net income of the year for the tax"),
    16: N_("Tax-free income (PTKP)"),
    17: N_("Taxable income of the year (15 - 16)"),
    18: N_("PPh 21 on the taxable income of the year"),
    19: N_("PPh 21 due"),
    20: N_("PPh 21 withheld by earlier certificates"),
    21: N_("PPh 21 due by this certificate, to be credited"),
    22: N_("PPh 21 withheld before, or borne by the state"),
    23: N_("PPh 21 still withheld, or given back, in the last month (21 - 22)"),
}
"""The rows of the form, as people read them."""
SALARY = ("salary", "unpaid_leave")


class TaxYear(NamedTuple):
    """One person's year.

    Attributes:
        employee_id: Whose.
        name: As on the last slip.
        title: Likewise.
        status: Of the tax-free income.
        year: Of the calendar.
        first: Month, 1 to 12.
        last: Month in which the year was settled.
        grossed_up: Whether there was a tax allowance.
        rows: Amounts by `ROWS`, in whole rupiah.
        borne: Of the tax, what the state bore.
    """

    employee_id: int
    name: str
    title: str
    status: str
    year: int
    first: int
    last: int
    grossed_up: bool
    rows: Mapping[int, int]
    borne: int

    @property
    def whole(self) -> bool:
        """Whether it is of all twelve months."""
        return (self.first, self.last) == (1, 12)


class Month(NamedTuple):
    """One slip with the month and the kind of its run."""

    month: int
    kind: str
    row: SlipRow


def of_all(session: Session, year: int, how: str) -> list[TaxYear]:
    """Return the settled years of everybody, by number; the look is written down.

    Raises:
        NotFoundError: Nobody's year is settled.
        UnevenYearError: What was withheld is not the tax of the year.
    """
    session.require(RIGHT)
    found = _told(stored.select_employees_of_year(year), year)
    if not found:
        raise NotFoundError(_("settled year {year} of anybody").format(year=year))
    privacy.looked(session, [staff_words.PAY], [each.employee_id for each in found], how)
    return found


def of_one(session: Session, year: int, employee_id: int, how: str) -> TaxYear:
    """Return the settled year of one person; one's own is open.

    Raises:
        NotAllowedError: It is another's, and all pay is not to be seen.
        NotFoundError: It is not settled.
        UnevenYearError: What was withheld is not the tax of the year.
    """
    own = privacy.scope(session).own
    if own != employee_id:
        session.require(RIGHT)
        privacy.looked(session, [staff_words.PAY], [employee_id], how)
    found = _told([employee_id], year)
    if not found:
        number = staff_words.number(employee_id)
        raise NotFoundError(_("settled year {year} of {who}").format(year=year, who=number))
    return found[0]


def _told(employee_ids: Sequence[int], year: int) -> list[TaxYear]:
    office, found, uneven = _Office(), [], []
    for slips in _by_person(stored.select_year_slips(year, employee_ids)):
        told = office.year_of(year, slips)
        if told is None:
            continue
        if told.rows[23] != sum(each.row.tax for each in slips) - told.rows[22]:
            uneven.append(staff_words.number(told.employee_id))
        found.append(told)
    if uneven:
        raise UnevenYearError(year, uneven)
    return found


def _by_person(rows: Iterable[tuple[int, str, SlipRow]]) -> Iterable[list[Month]]:
    found: list[Month] = []
    for row in (Month(*each) for each in rows):
        if found and found[-1].row.employee_id != row.row.employee_id:
            yield found
            found = []
        found.append(row)
    if found:
        yield found


class _Office:
    """Makes rows of slips; knows the rules, each read once."""

    def __init__(self) -> None:
        self._rules = Rules()
        self._held: dict[tuple[str, int], Held] = {}

    def year_of(self, year: int, slips: Sequence[Month]) -> TaxYear | None:
        """Return the year of one person's slips by month; None where it is not settled."""
        last = next((each for each in reversed(slips) if each.kind != words.OPENING), None)
        if last is None or not facts_of(last.row).get("settled"):
            return None
        held = self._on(last)
        if held.kind != INDONESIA:
            return None
        rows = dict.fromkeys(range(1, 8), 0)
        for each in slips:
            for number, amount in self._earned(each).items():
                rows[number] += amount
        self._settle(rows, last, held, slips)
        worked = int(str(facts_of(last.row).get("worked") or 1))
        carried = any(each.kind == words.OPENING for each in slips)
        months = [each.month % 100 for each in slips]
        first = max(last.month % 100 - worked + 1, 1) if carried else min(months)
        return TaxYear(last.row.employee_id, last.row.name, last.row.title, last.row.status, year,
                       first, last.month % 100, rows[2] != 0, rows,
                       sum(each.row.borne for each in slips))  # fmt: skip

    def _on(self, slip: Month) -> Held:
        key = (slip.row.rules, slip.month)
        if key not in self._held:
            first = words.days_of(slip.month)[0]
            self._held[key] = self._rules.on(slip.row.rules, first).on(first.year, first.month)
        return self._held[key]

    def _earned(self, slip: Month) -> dict[int, int]:
        """Return rows 1 to 7 of a slip, which sum up to its taxable income."""
        row = slip.row
        if slip.kind == words.OPENING:
            return {1: row.gross}
        facts, lines = facts_of(row), lines_of(row)
        untaxed, odd = _codes(facts, "untaxed"), _codes(facts, "odd_benefits")
        insured = {f"{each.code}.employer" for each in self._on(slip).contributions
                   if each.employer_taxable}  # fmt: skip
        benefits = [line for line in lines if line.kind == "benefit" and line.code not in untaxed]
        found = {
            1: _sum(line for line in lines if line.code in SALARY),
            2: _sum(line for line in lines if line.code == "tax_allowance"),
            5: _sum(line for line in lines if line.code in insured),
            6: _sum(benefits),
        }
        rare = row.gross - row.regular - found[2]
        found[7] = rare - _sum(line for line in benefits if line.code in odd)
        found[3] = row.gross - sum(found.values())
        return found

    def _settle(
        self, rows: dict[int, int], last: Month, held: Held, slips: Sequence[Month]
    ) -> None:
        """Add rows 8 to 23."""
        facts = facts_of(last.row)
        pension = sum(each.row.pension for each in slips)
        zakat = sum(each.row.zakat for each in slips)
        asked = Asked(Terms(last.row.status), (), 0, worked=int(str(facts.get("worked") or 1)))
        year = year_of(held, asked, sum(rows.values()), pension, zakat)
        due = year.tax
        if any(line.code == "no_number" for each in slips if each.month == last.month
               for line in lines_of(each.row)):  # fmt: skip
            due += share(due, held.figure("no_number").value)
        before = sum(each.row.tax for each in slips if each.month < last.month)
        rows.update({
            8: year.gross, 9: year.cost, 10: pension, 11: zakat, 12: year.cost + pension + zakat,
            13: year.net, 14: 0, 15: year.net, 16: year.free, 17: year.taxable, 18: year.tax,
            19: due, 20: 0, 21: due, 22: before, 23: due - before,
        })  # fmt: skip


def _codes(facts: Mapping[str, object], name: str) -> frozenset[str]:
    found = facts.get(name)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.amount for line in lines)
