"""What can be asked of people, and the lists that answer.

A field that is private is only there for those who may see it of everyone: to filter by it, to
sort by it and to ask whether it is filled tell it as surely as showing it. Who asked is written.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from boconsole.filters import whole
from boconsole.filters.whole import Has, Register
from boconsole.money import from_minor
from boconsole.session import Session
from boconsole.staff import dated, departments, finding, privacy, words
from boconsole.staff import skills as skill_rules
from boconsole.staff.dated import COMING, EMPLOYED, LEFT, NONE, Standing
from db.staff import facts, people
from db.staff.rows import EmployeeRow

FURTHEST = timedelta(days=3_650)
"""How far ahead a contract can ask to be told of."""


class Person(NamedTuple):
    """A person in a list.

    Attributes:
        standing: On the day that is asked.
        path: Of the department, from the top.
        skills: Names of skills and certificates.
        levels: Skills in small letters with their levels.
        private: Field to value of what was asked for and may be seen; empty otherwise.
    """

    standing: Standing
    path: str
    skills: str
    private: dict[str, Any]  # Any: as the field's kind says
    levels: skill_rules.Levels

    @property
    def id(self) -> int:
        """Of the person."""
        return self.standing.employee.id

    @property
    def row(self) -> EmployeeRow:
        """The person."""
        return self.standing.employee

    @property
    def number(self) -> str:
        """Of the person."""
        return self.row.number

    @property
    def contract_ends(self) -> date | None:
        """The last day of the contract that holds."""
        found = self.standing.contract
        return found.head.ends_on if found else None


PRIVATE = {
    "salary": words.PAY, "currency": words.PAY, "pay_group": words.PAY, "tax": words.PAY,
    "bonus": words.PAY, "account": words.BANK, "identity": words.IDENTITY,
    "born": words.PERSONAL, "gender": words.PERSONAL, "dependants": words.PERSONAL,
    "health": words.HEALTH, "note": words.NOTES,
}  # fmt: skip
"""Fields of queries that are private, with their groups."""


class _Fields(dict[str, Has[Person]]):
    """Fields of which the private ones are there only for those who may see them of everyone."""

    def __init__(self, session: Session) -> None:
        super().__init__(PUBLIC | {name: _private(name) for name in PRIVATE})
        self._session = session
        self.used: set[str] = set()

    def get(self, name: str, default: Any = None) -> Any:  # Any: as dict has it
        """Return a field; raises NotAllowedError for one that may not be seen."""
        if group := PRIVATE.get(name):
            privacy.require_all(self._session, group)
            self.used.add(group)
        return super().get(name, default)

    def __iter__(self) -> Any:  # Any: as dict has it
        """Return the names that may be asked for, as refusals tell them."""
        return iter([name for name in super().__iter__() if name not in PRIVATE
                     or privacy.may_see_all(self._session, PRIVATE[name])])  # fmt: skip


def _private(name: str) -> Has[Person]:
    kind = {"salary": "number", "dependants": "number", "born": "day"}.get(name, "text")
    return Has(lambda row: row.private.get(name), kind)  # type: ignore[arg-type]  # one of the kinds


def _position(take: Callable[[Any], Any]) -> Callable[[Person], Any]:  # Any: of a position
    return lambda row: take(row.standing.position) if row.standing.position else ""


PUBLIC: dict[str, Has[Person]] = {
    "number": Has(lambda row: row.number),
    "name": Has(lambda row: row.row.name),
    "email": Has(lambda row: row.row.email),
    "title": Has(_position(lambda one: one.title)),
    "department": Has(_position(lambda one: one.department)),
    "manager": Has(_position(lambda one: one.manager)),
    "place": Has(_position(lambda one: one.place)),
    "grade": Has(_position(lambda one: one.grade)),
    "cost_centre": Has(_position(lambda one: one.cost_centre)),
    "country": Has(lambda row: row.standing.schedule.country if row.standing.schedule else ""),
    "state": Has(lambda row: row.standing.state, "choice", (EMPLOYED, COMING, LEFT, NONE)),
    "contract": Has(lambda row: row.standing.contract.kind if row.standing.contract else "",
                    "choice", tuple(words.CONTRACTS)),
    "ends": Has(lambda row: row.contract_ends, "day"),
    "since": Has(lambda row: row.standing.first, "day"),
    "left": Has(lambda row: row.standing.last, "day"),
    "skill": Has(lambda row: row.skills, fits=lambda row, word: skill_rules.fits(row.levels, word)),
    "path": Has(lambda row: row.path),
}  # fmt: skip


def _text(row: Person) -> str:
    one = row.standing
    said = (row.number, row.row.name, row.row.email, row.row.phone, row.skills)
    placed = one.position[1:] if one.position else ()
    return "\n".join((*said, *(word for word in placed if isinstance(word, str))))


def register(session: Session) -> tuple[Register[Person], _Fields]:
    """Return what somebody may ask, and where is noted which groups a query asked for."""
    fields = _Fields(session)
    found: Register[Person] = Register(
        text=_text, fields=fields,
        flags={
            "ending": lambda row: bool(row.private.get("ending")),
            "manager": lambda row: bool(row.private.get("reports")),
            "mine": lambda row: bool(row.private.get("mine")),
        },
        usual=lambda row: row.standing.state in (EMPLOYED, COMING),
    )  # fmt: skip
    return found, fields


def check(session: Session, query: str) -> None:
    """Raise QuerySyntaxError where a query cannot be read, NotAllowedError where it may not be."""
    whole.check(session, register(session)[0], query)


def select(
    session: Session, query: str = "", day: date | None = None, how: str = ""
) -> list[Person]:
    """Return the people that a query names, in its order, as they stand on a day.

    Raises:
        QuerySyntaxError: The query cannot be read.
        NotAllowedError: It asks for a private field that may not be seen of everyone.
    """
    known, fields = register(session)
    whole.check(session, known, query)
    rows = everyone(session, day or finding.today_of(session), sorted(fields.used))
    if fields.used:
        ids, asked = [row.id for row in rows], how or f"list {query}"
        privacy.looked_once(session, fields.used, ids, asked, _unsaid(asked))
    return whole.select(session, known, query, rows)


_ASKED = re.compile(
    rf"""(?<!\w)({"|".join(PRIVATE)})(:[<>=~]*|[<>=~]+)"""
    r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\s()])*""",
    re.IGNORECASE,
)


def _unsaid(query: str) -> str:
    """Return a query for the trail, without the values that private fields were compared with."""
    return _ASKED.sub(r"\1\2…", query)


def everyone(session: Session, day: date, groups: Sequence[str] = ()) -> list[Person]:
    """Return who is seen, by name, with the private fields of some groups for queries."""
    found = dated.on(session, day)
    ids = [one.id for one in found]
    paths = departments.paths(departments.every(session))
    skills: dict[int, list[str]] = {}
    parts = facts.select_all("part", ids if len(ids) < MANY else None)
    levels = skill_rules.levels_of(parts)
    for part in parts:
        if part.kind in ("skill", "certificate"):
            skills.setdefault(part.head.employee_id, []).append(part.name)
    private = _values(ids, day, groups)
    reports: dict[int, int] = {}
    for one in found:
        if one.position and one.position.manager_id and one.state == EMPLOYED:
            boss = one.position.manager_id
            reports[boss] = reports.get(boss, 0) + 1
    own = people.find_of_user(session.user.id) if session.user.id else None
    ending = _ending(day)
    return [
        Person(
            one, paths.get(one.position.department_id or 0, "") if one.position else "",
            ", ".join(skills.get(one.id, ())),
            {**private.get(one.id, {}), "reports": reports.get(one.id, 0),
             "mine": bool(own and one.position and one.position.manager_id == own.id),
             "ending": one.id in ending},
            levels.get(one.id, {}),
        )
        for one in found
    ]  # fmt: skip


def _ending(day: date) -> set[int]:
    """Return whose contract ends within the days in which it asks to be told of, not renewed."""
    return {
        one.head.employee_id for one in facts.select_contracts_ending(day, day + FURTHEST)
        if one.head.ends_on is not None and (one.head.ends_on - day).days <= one.warn_days
    }  # fmt: skip


MANY = 2_000
"""People from which on all parts are read rather than those of each."""


def _values(
    ids: Sequence[int], day: date, groups: Sequence[str]
) -> dict[int, dict[str, Any]]:  # Any: as above
    found: dict[int, dict[str, Any]] = {one: {} for one in ids}  # Any: as above
    if not groups:
        return found
    if words.PAY in groups:
        for one, row in facts.select_at("salary", day, ids).items():
            found[one].update(salary=from_minor(row.amount, row.precision), currency=row.commodity)
        for one, row in facts.select_at("terms", day, ids).items():
            found[one].update(pay_group=row.pay_group, tax=row.tax_status)
    if words.BANK in groups:
        for one, row in facts.select_at("bank", day, ids).items():
            found[one]["account"] = row.account
    for part in facts.select_all("part", ids if len(ids) < MANY else None):
        values = found.get(part.head.employee_id)
        if values is not None and words.PARTS[part.kind].group in groups:
            _put(values, part)
    return found


def _put(values: dict[str, Any], part: Any) -> None:  # Any: as above; a row of parts
    match part.kind:
        case "person":
            values.update(born=part.head.starts_on, gender=part.detail)
        case "dependant":
            values["dependants"] = values.get("dependants", 0) + 1
        case "identity":
            values["identity"] = f"{values.get('identity', '')} {part.value}".strip()
        case "health":
            values["health"] = f"{values.get('health', '')} {part.name} {part.note}".strip()
        case "note" | "disciplinary":
            values["note"] = f"{values.get('note', '')} {part.name} {part.note}".strip()
        case "bonus":
            values["bonus"] = f"{values.get('bonus', '')} {part.name}".strip()
