"""Who has a part in a project: those who work on it, and those with a stake in it."""

from collections.abc import Mapping

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.projects import writing
from boconsole.projects.fields import known, whole_of
from boconsole.session import Session
from boconsole.text import clean, clean_line, required_line
from db import users
from db.projects import parts
from db.projects.rows import PersonRow as PersonRow  # screens know it from here
from db.tickets import names

FIELDS = ("who", "role", "hours", "influence", "interest", "note")
STORED = (
    "name", "user_id", "contact_id", "role", "hours", "influence", "interest", "note",
)  # fmt: skip
WEEK_HOURS = 168


def create(session: Session, project_id: int, given: Mapping[str, object]) -> PersonRow:
    """Add somebody: a colleague by login, a contact by mail address, anybody by name.

    Raises:
        InvalidChangeError: A value cannot be taken.
    """
    session.require("project.edit")
    with audit.writing():
        columns = {"role": "", "note": "", "version": 1, **_columns({"who": "", **given})}
        user = columns.get("user_id")
        if user and any(row.user_id == user for row in parts.select_people(project_id)):
            raise InvalidChangeError("who", _("has a part in it already"))
        told = {name: columns[name] for name in ("name", "role")}
        return again(writing.add(session, project_id, writing.PERSON, columns, told))


def edit(session: Session, person_id: int, version: int, given: Mapping[str, object]) -> PersonRow:
    """Change the part of somebody; raises StaleRecordError, and as `create`."""
    session.require("project.edit")
    with audit.writing():
        old = again(person_id)
        columns = _columns(given)
        if version and version != old.version:
            raise StaleRecordError(old.name, old.id, old.version, {}, dict(given))
        told = {name: (getattr(old, name, None), value) for name, value in columns.items()
                if getattr(old, name, None) != value}  # fmt: skip
        if not told:
            return old
        told = {"name": (old.name, columns.get("name", old.name)), **told}
        seen = (old.id, old.version)
        writing.change(session, old.project_id, writing.PERSON, seen, columns, told)
        return again(person_id)


def remove(session: Session, person_id: int) -> PersonRow:
    """Take somebody out of a project; raises NotFoundError."""
    session.require("project.edit")
    with audit.writing():
        old = again(person_id)
        writing.remove(
            session,
            old.project_id,
            writing.PERSON,
            (old.id, old.version),
            {name: getattr(old, name) for name in STORED},
        )
        return old


def list_people(session: Session, project_id: int) -> list[PersonRow]:
    """Return who has a part in a project, those who work on it first."""
    session.require("project.read")
    return parts.select_people(project_id)


def again(person_id: int) -> PersonRow:
    """Return somebody who is there; raises NotFoundError."""
    row = parts.find_person(person_id)
    if row is None:
        raise NotFoundError(_("person {number}").format(number=person_id))
    return row


def _columns(given: Mapping[str, object]) -> dict[str, object]:
    known(given, FIELDS)
    found: dict[str, object] = {}
    if "who" in given:
        found |= _who(required_line(str(given["who"] or ""), field="who", limit=200))
    if "role" in given:
        found["role"] = clean_line(str(given["role"] or ""), field="role", limit=100)
    for name, least, most in (("hours", 0, WEEK_HOURS), ("influence", 1, 5), ("interest", 1, 5)):
        if name in given:
            empty = given[name] in (None, "")
            found[name] = None if empty else whole_of(given[name], name, least, most)
    if "note" in given:
        found["note"] = clean(str(given["note"] or ""), field="note")
    return found


def _who(text: str) -> dict[str, object]:
    user = users.find(text.casefold())
    if user is not None:
        return {"name": user.name or user.login, "user_id": user.id, "contact_id": None}
    if "@" in text:
        contact = names.contact(text)
        if contact is None:
            raise NotFoundError(_("contact {email}").format(email=text[:80]))
        name = names.contact_name(contact[0]) or text
        return {"name": name, "user_id": None, "contact_id": contact[0]}
    return {"name": text, "user_id": None, "contact_id": None}
