"""Finding people by number, name, mail address or `me`."""

from datetime import date

from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import privacy, words
from boconsole.staff.errors import GoneFactError as GoneFactError
from boconsole.text import clean_line
from db.staff import people
from db.staff.rows import EmployeeRow as EmployeeRow

ME = ("me", "emp-me")


def today_of(session: Session) -> date:
    """Return the day it is where the one who acts is."""
    return session.now().astimezone(session.zone).date()


def find(session: Session, word: str) -> EmployeeRow:
    """Return the person that a word names: `EMP-0001`, `me`, a whole name or a mail address.

    Raises:
        NotFoundError: There is none, or several.
        NotAllowedError: There is one that may not be seen.
    """
    row = by_word(session, word)
    privacy.require_seen(session, row.id)
    return row


def by_word(session: Session, word: str) -> EmployeeRow:
    """Return the person that a word names, for rules that do not show it; errors as of `find`."""
    line = clean_line(word, field="employee", limit=200)
    if line.lower() in ME:
        return own(session)
    wanted = words.parse_number(line)
    ids = [wanted] if wanted is not None else people.ids_named(line)
    row = people.find(ids[0]) if len(ids) == 1 else None
    if row is None:
        if len(ids) > 1:
            numbers = ", ".join(words.number(each) for each in ids)
            raise NotFoundError(
                _("one employee {name}; there are {numbers}").format(
                    name=line[:60], numbers=numbers)
            )  # fmt: skip
        raise NotFoundError(_("employee {name}").format(name=line[:60]))
    return row


def own(session: Session) -> EmployeeRow:
    """Return the record of the one who acts; raises NotFoundError."""
    row = people.find_of_user(session.user.id) if session.user.id else None
    if row is None:
        raise NotFoundError(
            _("staff record of {login}; ask HR to link one").format(login=session.user.login)
        )
    return row


def get(session: Session, employee_id: int) -> EmployeeRow:
    """Return a person by id; raises NotFoundError and NotAllowedError."""
    privacy.require_seen(session, employee_id)
    return again(employee_id)


def again(employee_id: int) -> EmployeeRow:
    """Return a person by id, for rules that do not show it."""
    row = people.find(employee_id)
    if row is None:
        raise NotFoundError(_("employee {name}").format(name=words.number(employee_id)))
    return row


def suggest(session: Session, start: str, limit: int = 20) -> list[tuple[str, str]]:
    """Return number and name of people that a beginning may mean and who are seen."""
    seen = privacy.scope(session)
    found = people.names_from(clean_line(start, field="employee"), limit)
    return [(words.number(one), name) for one, name in found if seen.sees(one)]
