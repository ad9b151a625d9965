"""One person whole: what holds on a day, what held and will hold, and what is private of it.

Private groups stay closed until somebody who may see them opens them; that look is written down.
One's own record is open.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from boconsole import audit, filing
from boconsole.filing import FileRow
from boconsole.session import Session
from boconsole.staff import dated, departments, finding, privacy, words
from boconsole.staff.dated import Standing
from db import files
from db.files import Shelf
from db.staff import facts, people
from db.staff.rows import PartRow

SHELF = Shelf("employee_file", "employee_id")


class Card(NamedTuple):
    """A person on a day.

    Attributes:
        standing: What holds on the day.
        path: Of the department, from the top.
        facts: Kind to all facts that hold at some time, by day; closed groups are not there.
        parts: Kind to parts; closed groups are not there.
        files: None while documents are closed.
        opened: Private groups that are open.
        closed: Private groups that may be opened.
        reports: Those who report to the person that day: number, name, title.
    """

    standing: Standing
    path: str
    facts: dict[str, list[Any]]  # Any: the rows of each kind
    parts: dict[str, list[PartRow]]
    files: list[FileRow] | None
    opened: tuple[str, ...]
    closed: tuple[str, ...]
    reports: list[tuple[str, str, str]]

    @property
    def id(self) -> int:
        """Of the person."""
        return self.standing.id

    @property
    def number(self) -> str:
        """Of the person."""
        return self.standing.number

    def at(self, kind: str, day: date) -> Any | None:  # Any: the row of the kind
        """Return what of an open kind holds on a day."""
        found = [one for one in self.facts.get(kind, ()) if one.head.starts_on <= day
                 and (one.head.ends_on is None or one.head.ends_on >= day)]  # fmt: skip
        return found[-1] if found else None


def read(
    session: Session, employee_id: int, day: date | None = None, *, opened: bool = False,
    look: bool = True,
) -> Card:  # fmt: skip
    """Return a person.

    Args:
        session: Who looks.
        employee_id: At whom.
        day: On which day; None is today.
        opened: With all private groups that may be seen; the look is written down.
        look: Whether this is a new look; False where one that is written down goes on.

    Raises:
        NotAllowedError: The person may not be seen.
        NotFoundError: There is no such person.
    """
    day = day or finding.today_of(session)
    standing = dated.one_on(session, employee_id, day)
    seen = privacy.scope(session)
    may = tuple(group for group in words.GROUPS
                if privacy.may_see(session, group, employee_id, seen))  # fmt: skip
    shown = may if opened or employee_id == seen.own else ()
    if shown and look:
        privacy.looked(session, shown, [employee_id])
    paths = departments.paths(departments.every(session))
    position = standing.position
    parts: dict[str, list[PartRow]] = {}
    for part in facts.select_of("part", employee_id):
        if (group := words.PARTS[part.kind].group) in shown or not group:
            parts.setdefault(part.kind, []).append(part)
    return Card(
        standing, paths.get(position.department_id or 0, "") if position else "",
        {kind: facts.select_of(kind, employee_id) for kind, group in words.FACTS.items()
         if not group or group in shown},
        parts, files.select(SHELF, employee_id) if words.DOCUMENTS in shown else None,
        shown, tuple(group for group in may if group not in shown), _reports(employee_id, day),
    )  # fmt: skip


def _reports(employee_id: int, day: date) -> list[tuple[str, str, str]]:
    from db.fields import number_of

    ids = [one for one, manager in people.managers_at(number_of(day)) if manager == employee_id]
    return [
        (one.number, one.employee.name, one.position.title if one.position else "")
        for one in dated.standings(day, ids) if one.state == dated.EMPLOYED
    ]  # fmt: skip


def attach(session: Session, employee_id: int, given: Sequence[filing.File]) -> list[FileRow]:
    """File documents of a person; their names stay out of the audit trail."""
    privacy.require_edit(session, (words.DOCUMENTS,))
    with audit.writing():
        row = finding.again(employee_id)
        people.touch(row.id, row.version)
        filing.attach(session, SHELF, row.id, given)
        changes = {"documents": (None, len(given))}
        line = audit.Line(row.id, changes, row.version + 1)
        audit.record(session, "staff.attach", words.AREA, [line])
        return files.select(SHELF, row.id)


def document(session: Session, employee_id: int, name: str) -> tuple[str, bytes]:
    """Return name and content of a document; the look is written down."""
    privacy.require(session, words.DOCUMENTS, employee_id)
    row = filing.find(SHELF, employee_id, name)
    privacy.looked(session, [words.DOCUMENTS], [employee_id], f"document {row.id}")
    return row.name, filing.content(row.name, row.sha256)


def detach(session: Session, employee_id: int, name: str) -> FileRow:
    """Take a document from a person; its content stays kept."""
    privacy.require_edit(session, (words.DOCUMENTS,))
    with audit.writing():
        row = finding.again(employee_id)
        found = filing.find(SHELF, employee_id, name)
        people.touch(row.id, row.version)
        filing.remove(SHELF, found)
        line = audit.Line(row.id, {"documents": (1, None)}, row.version + 1)
        audit.record(session, "staff.detach", words.AREA, [line])
        return found


def documents(session: Session, employee_id: int) -> list[FileRow]:
    """Return the documents of a person; the look is written down."""
    privacy.require(session, words.DOCUMENTS, employee_id)
    privacy.looked(session, [words.DOCUMENTS], [employee_id])
    return files.select(SHELF, employee_id)
