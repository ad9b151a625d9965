"""The one way in which people and their facts are written, with the line of the audit trail.

The trail names facts by kind and id and tells what public ones say; of private ones it holds a
hash that only the fact itself explains.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from boconsole import audit
from boconsole.errors import StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import finding, privacy, typed, words
from boconsole.staff.checks import check_circles, check_free
from boconsole.staff.errors import GoneFactError
from boconsole.staff.typed import Fact
from db.staff import facts, people
from db.staff.rows import EmployeeRow, FactRow, PartRow

FACTS = "facts"
"""The field of an audit line that names facts: those replaced, and those added."""


class Work(NamedTuple):
    """What is to be done to a person, in one step.

    Attributes:
        adds: New facts.
        drops: Facts that hold no more, as they were read.
        columns: Of the person.
        told: What the trail says of those columns.
    """

    adds: Sequence[Fact] = ()
    drops: Sequence[FactRow] = ()
    columns: Mapping[str, object] = {}
    told: Mapping[str, tuple[object, object]] = {}


def kind_of(row: Any) -> str:  # Any: one of the rows of `FactRow`
    """Return the table's kind of a fact: `salary`, or `part` for every kind of part."""
    return next(kind for kind, shape in facts.SHAPES.items() if type(row) is shape.row)


def group_of(row: FactRow) -> str:
    """Return the group of a fact."""
    return words.group_of(row.kind if isinstance(row, PartRow) else kind_of(row))


def write(
    session: Session, row: EmployeeRow, work: Work, action: str, version: int | None = None,
    *, undoes: int = 0, operation: int = 0,
) -> EmployeeRow:  # fmt: skip
    """Do what is to be done to a person, inside the caller's `audit.writing()`.

    Raises:
        StaleRecordError: The person is not of that version any more.
        GoneFactError: A fact to be replaced holds no more.
        OverlapError, SameDayError, ManagerCircleError: The facts would not fit together.
    """
    version = row.version if version is None else version
    if not people.update(row.id, version, work.columns):
        now = finding.again(row.id)
        raise StaleRecordError(row.number, row.id, now.version, {}, work.told)
    at = int(session.now().timestamp())
    for gone in work.drops:
        if not facts.replace(kind_of(gone), gone.head.id, at, session.user.id):
            raise GoneFactError(row.number)
    for fact in work.adds:
        check_free(row, fact)
    added = [_add(session, row.id, fact, at) for fact in work.adds]
    check_circles(row, [fact for fact in work.adds if fact.kind == "position"])
    changes = {**work.told, **told_of_facts(work.drops, added)}
    line = audit.Line(row.id, changes, version + 1)
    audit.record(session, action, words.AREA, [line], undoes=undoes, operation=operation)
    return finding.again(row.id)


def _add(session: Session, employee_id: int, fact: Fact, at: int) -> FactRow:
    kind = "part" if fact.kind in words.PARTS else fact.kind
    values = {
        "employee_id": employee_id, "starts_on": fact.starts_on, "reason": fact.reason,
        "salt": secrets.token_hex(8) if words.group_of(fact.kind) else "", "made_at": at,
        "made_by": session.user.id, **fact.columns,
    }  # fmt: skip
    if facts.SHAPES[kind].spans:
        values["ends_on"] = fact.ends_on
    found: FactRow = facts.get(kind, facts.insert(kind, values))
    return found


def told_of_facts(
    drops: Sequence[FactRow], adds: Sequence[FactRow]
) -> dict[str, tuple[object, object]]:
    """Return what the trail says of facts that were replaced and added."""
    found: dict[str, tuple[object, object]] = {}
    for rows, place in ((drops, 0), (adds, 1)):
        for row in rows:
            title = row.kind if isinstance(row, PartRow) else kind_of(row)
            both = list(found.get(title, (None, None)))
            text = told_of(row)
            both[place] = f"{both[place]}; {text}" if both[place] else text
            found[title] = (both[0], both[1])
    named = tuple([f"{kind_of(row)}#{row.head.id}" for row in rows] for rows in (drops, adds))
    return {**found, FACTS: (named[0], named[1])} if drops or adds else found


def told_of(row: FactRow) -> str:
    """Return a public fact in words, a private one as its seal."""
    if group_of(row):
        return privacy.seal(row.head.id, row.head.salt, sealed_values(row))
    return told_of_days(row)


def told_of_days(row: FactRow) -> str:
    """Return a fact in words, for those who may see it."""
    values = typed.values_of(row)
    values.pop("end_reason", None)
    parts = [str(value) for value in values.values() if value not in (None, "", {})]
    return " · ".join([*parts, *_days(row.head.starts_on, row.head.ends_on)])


def _days(starts: date | None, ends: date | None) -> list[str]:
    return [*([_("from {day}").format(day=starts)] if starts else []),
            *([_("until {day}").format(day=ends)] if ends else [])]  # fmt: skip


def sealed_values(row: FactRow) -> list[object]:
    """Return what the seal of a private fact vouches for."""
    values = typed.values_of(row)
    if isinstance(values.get("details"), str):
        values["details"] = json.loads(str(values["details"]))
    days = [str(row.head.starts_on or ""), str(row.head.ends_on or "")]
    return [*days, row.head.reason, {name: str(value) for name, value in sorted(values.items())}]
