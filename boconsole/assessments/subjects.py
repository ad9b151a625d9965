"""What an assessment is about: a record by its number, a department, or a text."""

from typing import NamedTuple

from boconsole.language import _
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, required_line
from db.assessments.records import SUBJECTS, AssessmentRow

DEPARTMENT = "department:"
PREFIXES = {"CON": "contact", "ORG": "organisation", "AST": "asset", "PRJ": "project"}


class Subject(NamedTuple):
    """A subject: one of `SUBJECTS` and its id, or "" and 0; and what it is called."""

    kind: str
    id: int
    title: str

    @property
    def columns(self) -> dict[str, object]:
        """As it is stored."""
        found: dict[str, object] = {f"{kind}_id": None for kind in SUBJECTS}
        if self.kind:
            found[f"{self.kind}_id"] = self.id
        return {**found, "subject": self.title}


def find(session: Session, text: str) -> Subject:
    """Return the subject of `ORG-3`, `CON-4`, `AST-0001`, `PRJ-2`, `department:Finance`, a text.

    Raises:
        NotFoundError: There is no such record.
        NotAllowedError: It may not be read.
        InvalidChangeError: The text is empty.
    """
    line = required_line(text, field="subject", limit=LINE_LIMIT)
    if line.casefold().startswith(DEPARTMENT):
        return _department(session, line[len(DEPARTMENT) :].strip())
    prefix, dash, digits = line.upper().partition("-")
    kind = PREFIXES.get(prefix, "") if dash and digits.isascii() and digits.isalnum() else ""
    if kind == "asset":
        return _asset(session, line)
    if kind == "project":
        from boconsole.projects import reading as projects

        row = projects.get(session, line).row
        return Subject(kind, row.id, row.name)
    if kind in ("contact", "organisation"):
        return _contact(session, kind, line)
    return Subject("", 0, line)


def _contact(session: Session, kind: str, number: str) -> Subject:
    from boconsole.contacts import reading
    from db.contacts.rows import Kind

    of: Kind = "contact" if kind == "contact" else "organisation"
    found = reading.row(of, reading.find(session, of, number))
    return Subject(kind, found.id, found.name)


def _asset(session: Session, number: str) -> Subject:
    from boconsole.assets import reading

    ref = reading.find(session, number)
    row = reading.get(session, ref.id)
    return Subject("asset", row.id, f"{row.tag} {row.name}")


def _department(session: Session, name: str) -> Subject:
    from boconsole.errors import NotFoundError
    from db.staff import people

    session.require("staff.read")
    row = people.find_department(name)
    if row is None:
        raise NotFoundError(_("department {name}").format(name=name[:60]))
    return Subject("department", row.id, row.name)


def place_of(row: AssessmentRow) -> tuple[str, str]:
    """Return area and number of the record that an assessment is about; two "" for a text."""
    if row.organisation_id:
        return "contacts", f"ORG-{row.organisation_id}"
    if row.contact_id:
        return "contacts", f"CON-{row.contact_id}"
    if row.project_id:
        return "projects", f"PRJ-{row.project_id:04}"
    if row.asset_id:
        return "assets", row.subject.partition(" ")[0]
    return "", ""
