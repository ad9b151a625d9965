"""Departments: a tree of names, each with a cost centre of the ledger."""

from collections.abc import Mapping

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import finding, privacy
from boconsole.text import clean_line, required_line
from db.fields import number_of
from db.staff import people
from db.staff.rows import DepartmentRow as DepartmentRow  # screens know it from here

FEATURE = "department"
FIELDS = ("name", "parent", "head", "cost_centre", "closed_on")


def every(session: Session) -> list[DepartmentRow]:
    """Return all departments by name; anybody may know them."""
    del session
    return people.select_departments()


def named(name: str) -> DepartmentRow:
    """Return the department of a name; raises NotFoundError."""
    line = clean_line(name, field="department")
    row = people.find_department(line)
    if row is None:
        raise NotFoundError(_("department {name}").format(name=line[:60]))
    return row


def paths(rows: list[DepartmentRow]) -> dict[int, str]:
    """Return the names from the top down of each department: `Company / Finance`."""
    by_id = {row.id: row for row in rows}

    def path(row: DepartmentRow) -> str:
        above = by_id.get(row.parent_id) if row.parent_id else None
        return f"{path(above)} / {row.name}" if above else row.name

    return {row.id: path(row) for row in rows}


def new(session: Session, name: str, **given: object) -> DepartmentRow:
    """Add a department; fields as of `edit`. Raises InvalidChangeError."""
    privacy.require_edit(session, ())
    line = required_line(name, field="name")
    with audit.writing():
        if people.find_department(line):
            raise InvalidChangeError("name", _("there is a department {name}").format(name=line))
        columns, told = _read(session, {**given, "name": line}, None)
        row_id = people.insert_department(columns)
        changes = {field: (None, value) for field, value in told.items() if value}
        audit.record(session, "department.new", FEATURE, [audit.Line(row_id, changes, 1)])
        return named(line)


def edit(session: Session, row: DepartmentRow, given: Mapping[str, object]) -> DepartmentRow:
    """Change a department.

    Raises:
        InvalidChangeError: A value cannot be, or it would lie in itself.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    privacy.require_edit(session, ())
    with audit.writing():
        columns, told = _read(session, given, row)
        before = _told(row)
        changes = {field: (before[field], value) for field, value in told.items()
                   if before[field] != value}  # fmt: skip
        if not changes:
            return row
        if not people.update_department(row.id, row.version, columns):
            raise StaleRecordError(row.name, row.id)
        line = audit.Line(row.id, changes, row.version + 1)
        audit.record(session, "department.edit", FEATURE, [line])
        return named(str(columns.get("name", row.name)))


def ensure(session: Session, name: str) -> DepartmentRow:
    """Return the department of a name, made where there is none, inside a transaction."""
    return people.find_department(clean_line(name, field="department")) or new(session, name)


def _read(
    session: Session, given: Mapping[str, object], old: DepartmentRow | None
) -> tuple[dict[str, object], dict[str, object]]:
    """Return columns and what the audit says of them."""
    columns: dict[str, object] = {}
    told: dict[str, object] = {}
    for field, value in given.items():
        if field not in FIELDS:
            raise InvalidChangeError(field, _("there is no such field; expected {words}").format(
                words=", ".join(FIELDS)))  # fmt: skip
        text = clean_line("" if value is None else str(value), field=field)
        if field == "parent":
            parent = named(text) if text else None
            if old and parent and _lies_in(parent, old.id):
                raise InvalidChangeError("parent", _("a department cannot lie in itself"))
            columns["parent_id"], told[field] = parent and parent.id, parent.name if parent else ""
        elif field == "head":
            head = finding.by_word(session, text) if text else None
            columns["head_id"], told[field] = head and head.id, head.number if head else ""
        elif field == "closed_on":
            from boconsole.staff.typed import day_of

            day = day_of(value, field)
            columns[field], told[field] = number_of(day) if day else None, str(day or "")
        else:
            columns[field] = told[field] = (
                required_line(text, field=field) if field == "name" else text
            )
    return columns, told


def _lies_in(row: DepartmentRow, other_id: int) -> bool:
    by_id = {each.id: each for each in people.select_departments()}
    found: DepartmentRow | None = row
    while found is not None:
        if found.id == other_id:
            return True
        found = by_id.get(found.parent_id) if found.parent_id else None
    return False


def _told(row: DepartmentRow) -> dict[str, object]:
    from boconsole.staff.words import number

    return {
        "name": row.name, "parent": row.parent, "head": number(row.head_id) if row.head_id else "",
        "cost_centre": row.cost_centre, "closed_on": str(row.closed_on or ""),
    }  # fmt: skip


def record(row: DepartmentRow, path: str) -> dict[str, object]:
    """Return a department for programs."""
    return {**_told(row), "path": path, "closed_on": row.closed_on}


def values_of(row: DepartmentRow) -> dict[str, object]:
    """Return a department as it could be typed."""
    return {**_told(row), "closed_on": row.closed_on}
