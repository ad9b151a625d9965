"""Courses, what who passes gets, and who needs them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.session import Session
from boconsole.staff import departments, privacy
from boconsole.text import clean, clean_line, required_line
from boconsole.training import words
from db.training import stored
from db.training.rows import CourseRow as CourseRow
from db.training.rows import NeedRow as NeedRow

FIELDS = ("name", "provider", "hours", "certificate", "valid_months", "skill", "level", "note",
          "closed")  # fmt: skip
NOTE, LONGEST, OLDEST, HIGHEST = 4_000, 10_000, 600, 100
YES = ("yes", "true", "1", "on")
Given = Mapping[str, object]


def require(session: Session) -> None:
    """Raise NotAllowedError for those who do not run training."""
    session.require(words.EDIT)
    session.require(privacy.EDIT)


def every(session: Session) -> list[CourseRow]:
    """Return all courses by name; anybody may know them."""
    del session
    return stored.select_courses()


def find(word: str) -> CourseRow:
    """Return the course of a number or a name; raises NotFoundError."""
    number = words.parse_number(word)
    row = stored.course_named(word.strip())
    if row is None and number is not None:
        row = stored.find_course(number)
    if row is None:
        raise NotFoundError(_("course {name}").format(name=word[:40]))
    return row


def again(course_id: int) -> CourseRow:
    """Return a course by id, for rules; raises NotFoundError."""
    row = stored.find_course(course_id)
    if row is None:
        raise NotFoundError(_("course {name}").format(name=f"CRS-{course_id:04}"))
    return row


def new(session: Session, given: Given) -> CourseRow:
    """Add a course; `name` is needed. Raises InvalidChangeError."""
    require(session)
    with audit.writing():
        values = _parse({"name": "", **given}, None)
        empty = {"provider": "", "minutes": 0, "certificate": "", "skill": "", "note": "",
                 "closed": False, "version": 1}  # fmt: skip
        course_id = stored.insert("training_course", {**empty, **values})
        told = {name: (None, value) for name, value in values.items() if value}
        audit.record(session, "training_course.new", words.COURSE,
                     [audit.Line(course_id, told, 1)])  # fmt: skip
        return again(course_id)


def edit(session: Session, row: CourseRow, given: Given) -> CourseRow:
    """Change a course; raises InvalidChangeError and StaleRecordError."""
    require(session)
    with audit.writing():
        now = again(row.id)
        before = now._asdict()
        values = {name: value for name, value in _parse(given, now).items()
                  if before[name] != value}  # fmt: skip
        if not values:
            return now
        if not stored.update("training_course", row.id, row.version, values):
            raise StaleRecordError(row.number, row.id, now.version)
        told = {name: (before[name], value) for name, value in values.items()}
        line = audit.Line(row.id, told, row.version + 1)
        audit.record(session, "training_course.edit", words.COURSE, [line])
        return again(row.id)


def values_of(row: CourseRow) -> dict[str, object]:
    """Return a course as it could be typed."""
    found = {name: getattr(row, name) for name in FIELDS if name != "hours"}
    return {**found, "hours": hours_of(row.minutes)}


def hours_of(minutes: int) -> str:
    """Return minutes as hours: `7.5`."""
    return format((Decimal(minutes) / 60).quantize(Decimal("0.01")).normalize(), "f")


def _parse(given: Given, old: CourseRow | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, value in given.items():
        text = "" if value is None else str(value)
        if field == "name":
            found[field] = required_line(text, field=field, limit=120)
            other = stored.course_named(str(found[field]))
            if other and (old is None or other.id != old.id):
                raise InvalidChangeError(
                    field, _("there is a course {name}").format(name=text[:60])
                )
        elif field in ("provider", "certificate", "skill"):
            found[field] = clean_line(text, field=field, limit=120)
        elif field == "hours":
            found["minutes"] = _minutes(text)
        elif field in ("valid_months", "level"):
            found[field] = _whole(text, field, OLDEST if field == "valid_months" else HIGHEST)
        elif field == "note":
            found[field] = clean(text, field=field, limit=NOTE).strip()
        elif field == "closed":
            found[field] = text.lower() in YES
        else:
            raise InvalidChangeError(field[:40], _("there is no such field; expected {words}")
                                     .format(words=", ".join(FIELDS)))  # fmt: skip
    return found


def _minutes(text: str) -> int:
    try:
        hours = Decimal(text.strip().replace(",", ".") or "0")
    except InvalidOperation:
        hours = Decimal("NaN")
    if not hours.is_finite() or not 0 <= hours <= LONGEST:
        raise InvalidChangeError("hours", _("is a number of hours, such as 8 or 7.5"))
    return int(hours * 60)


def _whole(text: str, field: str, most: int) -> int | None:
    word = text.strip()
    if not word:
        return None
    if not (word.isascii() and word.isdecimal() and 1 <= int(word) <= most):
        raise InvalidChangeError(field, _("lies between 1 and {most}").format(most=most))
    return int(word)


# Who needs it


def needs(course_id: int | None = None) -> list[NeedRow]:
    """Return who needs a course, or all of them."""
    return [row for row in stored.select_needs() if course_id in (None, row.course_id)]


def need(session: Session, row: CourseRow, department: str = "", title: str = "") -> NeedRow:
    """Say that a department with those below it, a title, both, or everybody needs a course.

    Raises:
        InvalidChangeError: It is said already.
    """
    require(session)
    title = clean_line(title, field="title", limit=120)
    with audit.writing():
        place = departments.named(department) if department.strip() else None
        same = [one for one in needs(row.id) if one.department_id == (place.id if place else None)
                and one.title.casefold() == title.casefold()]  # fmt: skip
        if same:
            raise InvalidChangeError("title", _("that is said already"))
        need_id = stored.insert("training_need", {
            "course_id": row.id, "department_id": place.id if place else None, "title": title,
        })  # fmt: skip
        told = {"need": (None, who(place.name if place else "", title))}
        audit.record(session, "training_course.need", words.COURSE, [audit.Line(row.id, told)])
        return next(one for one in needs(row.id) if one.id == need_id)


def drop_need(session: Session, row: CourseRow, need_id: int) -> None:
    """Say that they do not need it any more; raises NotFoundError."""
    require(session)
    with audit.writing():
        found = next((one for one in needs(row.id) if one.id == need_id), None)
        if found is None:
            raise NotFoundError(_("need {id} of {number}").format(id=need_id, number=row.number))
        stored.delete("training_need", need_id)
        told = {"need": (who(found.department, found.title), None)}
        audit.record(session, "training_course.need", words.COURSE, [audit.Line(row.id, told)])


def who(department: str, title: str) -> str:
    """Return who needs a course, in words."""
    return ", ".join(filter(None, (title, department))) or _("everybody")
