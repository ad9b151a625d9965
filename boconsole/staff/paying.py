"""What people earn and where it goes, for those who may see the pay of everyone.

A run reads all of it at once; that it did is one line of the audit trail.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.session import Session
from boconsole.staff import privacy, words
from boconsole.staff.dated import Standing, standings
from db.staff import facts
from db.staff.rows import (
    BankRow,
    ContractRow,
    EmploymentRow,
    PartRow,
    PositionRow,
    SalaryRow,
    TermsRow,
)


class Pay(NamedTuple):
    """What counts for the pay of a person between two days; lists are by day.

    Attributes:
        standing: On the last of the days on which the person is employed.
        employments: Those that touch the days.
        salaries: Those that hold on one of the days; each until the next one starts.
        positions, contracts: As above; positions have cost centres.
        terms: On the last day employed, None where nobody entered any.
        bonuses: Of these days.
        dependants: Who counts for tax on the last day employed.
    """

    standing: Standing
    employments: list[EmploymentRow]
    salaries: list[SalaryRow]
    positions: list[PositionRow]
    contracts: list[ContractRow]
    terms: TermsRow | None
    bonuses: list[PartRow]
    dependants: list[PartRow]


def between(
    session: Session, first: date, last: date, *, group: str = "", how: str = "",
    employee_ids: Sequence[int] | None = None,
) -> list[Pay]:  # fmt: skip
    """Return what counts for the pay of all who are employed on one of the days, by name.

    Args:
        session: Needs `staff.read` and `staff.pay`.
        first: The first of the days.
        last: The last one.
        group: Only those whose terms name this pay group; "" for all.
        how: For the audit trail, such as `pay run 2026-01`.
        employee_ids: Of whom; None for all.
    """
    privacy.require_all(session, words.PAY)
    ids = None if employee_ids is None else list(employee_ids)
    spells = _by_person([
        one for one in facts.select_all("employment", ids)
        if _touches(one.head.starts_on, one.head.ends_on, first, last)
    ])  # fmt: skip
    days = {one: min(last, _last_day(found, last)) for one, found in spells.items()}
    kinds = {kind: _by_person(facts.select_all(kind, ids))
             for kind in ("salary", "position", "terms", "contract", "part")}  # fmt: skip
    found = []
    for standing in standings(last, ids):
        one = standing.id
        if one not in spells:
            continue
        terms = _holding(kinds["terms"].get(one, []), days[one], days[one])[-1:]
        if group and (not terms or terms[0].pay_group != group):
            continue
        if days[one] < last:
            standing = standings(days[one], [one])[0]
        parts = kinds["part"].get(one, [])
        found.append(Pay(
            standing, spells[one], _holding(kinds["salary"].get(one, []), first, days[one]),
            _holding(kinds["position"].get(one, []), first, days[one]),
            [each for each in kinds["contract"].get(one, [])
             if _touches(each.head.starts_on, each.head.ends_on, first, last)],
            terms[0] if terms else None,
            [each for each in parts if each.kind == "bonus"
             and first <= each.head.starts_on <= last],
            [each for each in parts if each.kind == "dependant" and _counts(each, days[one])],
        ))  # fmt: skip
    privacy.looked(session, [words.PAY], [each.standing.id for each in found], how)
    return found


def banks_on(
    session: Session, day: date, employee_ids: Sequence[int] | None = None, how: str = ""
) -> dict[int, BankRow]:
    """Return where the pay of people goes on a day; needs `staff.read` and `staff.bank`."""
    privacy.require_all(session, words.BANK)
    found = facts.select_at("bank", day, employee_ids)
    privacy.looked(session, [words.BANK], list(found), how)
    return found


def identities(
    session: Session, kinds: Sequence[str], employee_ids: Sequence[int] | None = None,
    how: str = "",
) -> dict[int, dict[str, str]]:  # fmt: skip
    """Return identity numbers of some kinds by person.

    Others' need `staff.read` and `staff.identity`; one's own are open.
    """
    if employee_ids is None or list(employee_ids) != [privacy.scope(session).own]:
        privacy.require_all(session, words.IDENTITY)
    found: dict[int, dict[str, str]] = {}
    for part in facts.select_all("part", employee_ids):
        if part.kind == "identity" and part.name in kinds:
            found.setdefault(part.head.employee_id, {})[part.name] = part.value
    privacy.looked(session, [words.IDENTITY], list(found), how)
    return found


def _by_person(rows: list) -> dict[int, list]:  # type: ignore[type-arg]  # facts of any one kind
    found: dict[int, list] = {}  # type: ignore[type-arg]  # as above
    for row in rows:
        found.setdefault(row.head.employee_id, []).append(row)
    return found


def _touches(starts: date, ends: date | None, first: date, last: date) -> bool:
    return starts <= last and (ends is None or ends >= first)


def _last_day(spells: Sequence[EmploymentRow], last: date) -> date:
    return max(spell.head.ends_on or last for spell in spells)


def _holding(states: list, first: date, last: date) -> list:  # type: ignore[type-arg]  # of one kind
    """Return the states, by day, that hold on one of the days."""
    started = [one for one in states if one.head.starts_on <= last]
    before = [one for one in started if one.head.starts_on <= first]
    return before[-1:] + [one for one in started if one.head.starts_on > first]


def _counts(part: PartRow, day: date) -> bool:
    return part.value == "yes" and (part.head.ends_on is None or part.head.ends_on >= day)
