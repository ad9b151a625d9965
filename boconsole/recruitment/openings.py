"""Openings: what is to be filled, for whom, by when it was, and in which state it is."""

from collections.abc import Mapping
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.language import _
from boconsole.recruitment import words
from boconsole.recruitment.errors import (
    ClosedOpeningError,
    NoSeatError,
    StandingOffersError,
    StepError,
)
from boconsole.session import Session
from boconsole.staff import departments, finding
from boconsole.staff.typed import day_of
from boconsole.staff.words import number as employee_number
from boconsole.text import clean, clean_line, required_line
from db.recruitment import interviews, records
from db.recruitment.rows import OpeningRow as OpeningRow  # screens know it from here
from db.recruitment.rows import StandingRow

FIELDS = ("title", "department", "manager", "place", "seats", "opened_on", "closed_on",
          "criteria", "note")  # fmt: skip
MOST_SEATS, MOST_CRITERIA, NOTE_LIMIT = 1_000, 12, 4_000
Given = Mapping[str, object]


def new(session: Session, given: Given, state: str = words.DRAFT) -> OpeningRow:
    """Add an opening, as a draft or open; raises InvalidChangeError."""
    session.require(words.EDIT)
    word = words.choice("state", state, words.STATE_TITLES)
    if word not in (words.DRAFT, words.OPEN):
        raise InvalidChangeError("state", _("a new opening is draft or open"))
    with audit.writing():
        columns = _read(session, {"title": "", **given})
        columns.setdefault("seats", 1)
        if word == words.OPEN:
            columns.setdefault("opened_on", finding.today_of(session))
        row_id = records.insert_opening({**columns, "state": word, "created_at": session.now()})
        row = again(row_id)
        told = {name: (None, value) for name, value in {**told_of(row), "state": word}.items()
                if value not in ("", None)}  # fmt: skip
        audit.record(session, "opening.new", words.OPENINGS, [audit.Line(row.id, told, 1)])
        return row


def edit(session: Session, row: OpeningRow, given: Given) -> OpeningRow:
    """Change an opening.

    Raises:
        InvalidChangeError: A value cannot be, such as fewer seats than people hired.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require(words.EDIT)
    with audit.writing():
        columns = _read(session, given)
        now = again(row.id)
        taken = now.hired + len(promised(now))
        if int(str(columns.get("seats", now.seats))) < taken:
            raise InvalidChangeError(
                "seats", _("{count} are filled or promised already").format(count=taken)
            )
        return _write(session, row, now, columns, "opening.edit")


def set_state(session: Session, row: OpeningRow, state: str) -> OpeningRow:
    """Open, hold, fill or cancel an opening.

    Raises:
        StepError: It cannot go there from where it is.
        StandingOffersError: It would end while candidates have an offer.
        StaleRecordError: Somebody else changed it in the meantime.
    """
    session.require(words.EDIT)
    word = words.choice("state", state, words.STATE_TITLES)
    with audit.writing():
        now = again(row.id)
        if word not in words.NEXT_STATES[now.state]:
            raise StepError(now.number, now.state, word, words.NEXT_STATES[now.state])
        if word == words.CANCELLED or (word == words.FILLED and now.hired < now.seats):
            _require_no_offers(now)
        return _write(session, row, now, state_columns(session, now, word), "opening.state")


def _require_no_offers(row: OpeningRow) -> None:
    standing = interviews.select_standing(opening_id=row.id)
    if standing:
        told = [words.candidate_number(one.candidate_id) for one in standing]
        raise StandingOffersError(row.number, told)


def require_open(number: str, state: str) -> None:
    """Raise ClosedOpeningError where an opening is not open."""
    if state != words.OPEN:
        raise ClosedOpeningError(number, _(words.STATE_TITLES[state]).lower())


def require_seat(row: OpeningRow, application_id: int = 0) -> None:
    """Raise NoSeatError where no seat is left for an application: filled, or promised."""
    others = [one for one in promised(row) if one.application_id != application_id]
    if row.hired + len(others) >= row.seats:
        raise NoSeatError(row.number, row.seats)


def promised(row: OpeningRow) -> list[StandingRow]:
    """Return the offers that candidates accepted, who were not hired yet."""
    standing = interviews.select_standing(opening_id=row.id)
    return [one for one in standing if one.state == "accepted"]


def state_columns(session: Session, row: OpeningRow, state: str) -> dict[str, object]:
    """Return what changes with a state: the days on which it was opened and closed."""
    today = finding.today_of(session)
    columns: dict[str, object] = {"state": state}
    if state == words.OPEN:
        columns["opened_on"] = row.opened_on or today
    columns["closed_on"] = today if state in (words.FILLED, words.CANCELLED) else None
    return columns


def _write(
    session: Session, seen: OpeningRow, now: OpeningRow, columns: dict[str, object], action: str
) -> OpeningRow:
    if not records.update_opening(now.id, seen.version, columns):
        theirs = {name: value for name, value in told_of(now).items() if name in columns}
        raise StaleRecordError(now.number, now.id, now.version, theirs, dict(columns))
    fresh = again(now.id)
    before, after = told_of(now), told_of(fresh)
    told = {name: (before[name] or None, value or None) for name, value in after.items()
            if before[name] != value}  # fmt: skip
    line = audit.Line(now.id, told, fresh.version)
    audit.record(session, action, words.OPENINGS, [line])
    return fresh


def again(opening_id: int) -> OpeningRow:
    """Return an opening that is known to be there."""
    row = records.find_opening(opening_id)
    if row is None:
        raise InvalidChangeError("opening", words.opening_number(opening_id))
    return row


def _read(session: Session, given: Given) -> dict[str, object]:
    """Return columns of what was typed."""
    columns: dict[str, object] = {}
    for field, value in given.items():
        if field not in FIELDS:
            known = ", ".join(FIELDS)
            raise InvalidChangeError(
                field[:40], _("there is no such field; expected {words}").format(words=known)
            )
        columns.update(_columns(session, field, value))
    return columns


def _columns(session: Session, field: str, value: object) -> dict[str, object]:
    if field in ("opened_on", "closed_on"):
        return {field: day_of(value, field)}
    if field == "criteria":
        return {field: _criteria(value)}
    text = clean("" if value is None else str(value), field=field, limit=NOTE_LIMIT)
    if field == "note":
        return {field: text.strip()}
    line = clean_line(text, field=field)
    match field:
        case "title":
            return {field: required_line(line, field=field)}
        case "department":
            return {"department_id": departments.named(line).id if line else None}
        case "manager":
            return {"manager_id": finding.by_word(session, line).id if line else None}
        case "seats":
            if not (line.isascii() and line.isdecimal() and 1 <= int(line) <= MOST_SEATS):
                told = _("lies between 1 and {most}").format(most=MOST_SEATS)
                raise InvalidChangeError(field, told)
            return {field: int(line)}
    return {field: line}


def _criteria(value: object) -> str:
    """Return criteria, one on a line; typed with commas or line ends between them."""
    names = [clean_line(name, field="criteria", limit=60)
             for name in str(value or "").replace(",", "\n").splitlines()]  # fmt: skip
    found = list(dict.fromkeys(name for name in names if name))
    if len(found) > MOST_CRITERIA:
        told = _("lies between 1 and {most}").format(most=MOST_CRITERIA)
        raise InvalidChangeError("criteria", told)
    return "\n".join(found)


def criteria_of(row: OpeningRow) -> list[str]:
    """Return what interviews for an opening score."""
    return row.criteria.splitlines() or [_(name) for name in words.CRITERIA]


def told_of(row: OpeningRow) -> dict[str, object]:
    """Return an opening as the trail and programs have it."""
    return {
        "title": row.title, "department": row.department,
        "manager": employee_number(row.manager_id) if row.manager_id else "",
        "place": row.place, "seats": row.seats, "state": row.state,
        "opened_on": _day(row.opened_on), "closed_on": _day(row.closed_on),
        "criteria": row.criteria, "note": row.note,
    }  # fmt: skip


def _day(day: date | None) -> str:
    return str(day or "")


def values_of(row: OpeningRow) -> dict[str, object]:
    """Return an opening as it could be typed."""
    told = told_of(row)
    return {name: told[name] for name in FIELDS} | {"opened_on": row.opened_on,
                                                   "closed_on": row.closed_on}  # fmt: skip
