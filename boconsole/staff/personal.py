"""What stands on the record of a person itself: name, ways to reach them at work, account."""

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import privacy
from boconsole.staff import words as staff_words
from boconsole.staff.typed import Given
from boconsole.text import clean_line, required_line
from db import users
from db.contacts import records
from db.staff import people
from db.staff.rows import EmployeeRow

FIELDS = ("name", "sort_as", "email", "phone", "language", "user", "contact", "external_key")
HIDDEN = "…"
"""Stands in the trail for a key of an import, which may be a hash of an identity number."""
NAME_LIMIT = 200
Told = dict[str, tuple[object, object]]


def parse(
    session: Session, given: Given, old: EmployeeRow | None
) -> tuple[dict[str, object], Told]:
    """Return columns and what the audit trail says of what changes.

    Raises:
        InvalidChangeError: A value cannot be, or belongs to somebody else.
        NotAllowedError: The one who acts would make private fields of another their own.
    """
    columns: dict[str, object] = {}
    before = values_of(old) if old else {}
    told: Told = {}
    for field, value in given.items():
        text = clean_line("" if value is None else str(value), field=field, limit=NAME_LIMIT)
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise InvalidChangeError(
                field[:40], _("there is no such field; expected {words}").format(words=known)
            )
        columns.update(_columns(field, text, old))
        if text != str(before.get(field) or ""):
            told[field] = (before.get(field) or None, text or None)
    if old is not None and columns.get("user_id") == session.user.id:
        for group in (*staff_words.GROUPS, staff_words.APPRAISALS):
            privacy.require(session, group, old.id)
    if "external_key" in told:
        told["external_key"] = (told["external_key"][0] and HIDDEN, HIDDEN)
    mail = str(columns.get("email") or "")
    if old is None and mail and "contact" not in given and (found := records.person_of_mail(mail)):
        from boconsole.contacts import words

        columns["contact_id"] = found
        told["contact"] = (None, words.number("contact", found))
    if "name" in columns and not columns.get("sort_name"):
        kept = old is not None and old.sort_name != old.name.casefold()
        columns["sort_name"] = old.sort_name if kept and old else str(columns["name"]).casefold()
    return columns, told


def _columns(field: str, text: str, old: EmployeeRow | None) -> dict[str, object]:
    from boconsole.contacts import reaching

    match field:
        case "name":
            return {"name": required_line(text, field="name", limit=NAME_LIMIT)}
        case "sort_as":
            return {"sort_name": text.casefold()} if text else {}
        case "email":
            return {"email": reaching.mail(text)}
        case "user":
            return {"user_id": _user(text, old)}
        case "contact":
            return {"contact_id": _contact(text)}
        case "external_key":
            return {"external_key": text or None}
    return {field: text}


def _user(login: str, old: EmployeeRow | None) -> int | None:
    if not login:
        return None
    user_id = users.find_id(login.lower())
    if not user_id:
        raise InvalidChangeError("user", _("there is no account {login}").format(login=login[:40]))
    holder = people.find_of_user(user_id)
    if holder is not None and (old is None or holder.id != old.id):
        raise InvalidChangeError("user", _("{login} belongs to {owner} already").format(
            login=login[:40], owner=holder.number))  # fmt: skip
    return user_id


def _contact(word: str) -> int | None:
    from boconsole.contacts import words

    if not word:
        return None
    found = words.parse_number("contact", word) if "-" in word else records.person_of_mail(word)
    if not found or records.find_person(found) is None:
        raise InvalidChangeError("contact", _("there is no contact {word}").format(word=word[:40]))
    return found


def values_of(row: EmployeeRow) -> dict[str, object]:
    """Return a person as it could be typed."""
    from boconsole.contacts import words

    contact = words.number("contact", row.contact_id) if row.contact_id else ""
    sort_as = "" if row.sort_name == row.name.casefold() else row.sort_name
    return {
        "name": row.name, "sort_as": sort_as, "email": row.email, "phone": row.phone,
        "language": row.language, "user": row.login, "contact": contact,
        "external_key": row.external_key or "",
    }  # fmt: skip
