"""Fields of projects and tasks as they are typed or told by the trail, turned into columns."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.language import _
from boconsole.ledger import commodities, dimensions
from boconsole.money import plain, to_minor
from boconsole.projects import words
from boconsole.projects.dating import Dates, agreed, calendar
from boconsole.projects.working_days import LAST
from boconsole.text import clean, clean_line, required_line
from boconsole.tickets.words import one_of
from db.projects.rows import ProjectRow, TaskRow
from db.tickets import names

Given = Mapping[str, object]
FIRST = date(1900, 1, 1)
PROJECT_FIELDS = (
    "name", "goal", "owner", "sponsor", "organisation", "start_on", "due_on", "budget", "tag",
    "holidays",
)  # fmt: skip
TASK_FIELDS = (
    "title", "note", "kind", "owner", "estimate", "remaining", "percent", "days", "start_on",
    "due_on", "cost", "state", "begun_on", "done_on",
)  # fmt: skip


def known(given: Given, fields: tuple[str, ...]) -> None:
    """Refuse a field that there is not; raises InvalidChangeError."""
    if unknown := sorted(given.keys() - set(fields)):
        raise InvalidChangeError(
            unknown[0], _("is not a field; use one of {fields}").format(fields=", ".join(fields))
        )


def day_of(value: object, field: str) -> date | None:
    """Return a day, or of a text such as 2026-05-04; raises InvalidChangeError."""
    if value is None or value == "":
        return None
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    except ValueError:
        raise InvalidChangeError(
            field, _("{text!r} is no day such as 2026-12-25").format(text=str(value)[:40])
        ) from None
    if not FIRST <= day <= LAST:
        raise InvalidChangeError(field, _("lies between {least} and {most}").format(
            least=FIRST, most=LAST))  # fmt: skip
    return day


def whole_of(value: object, field: str, least: int, most: int) -> int:
    """Return a whole number between two; raises InvalidChangeError."""
    text = str(value if value is not None else "").strip().removesuffix("%")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
    if not least <= number <= most:
        raise InvalidChangeError(
            field, _("lies between {least} and {most}").format(least=least, most=most)
        )
    return number


def minutes_of(value: object, field: str) -> int:
    """Return minutes; a text is read as a length."""
    return value if isinstance(value, int) else words.parse_length(str(value or "0"), field)


def person_id(value: object) -> int | None:
    """Return the account of a login; raises NotFoundError."""
    login = clean_line(str(value or ""), field="owner")
    if not login:
        return None
    found = names.user_id(login)
    if found is None:
        raise NotFoundError(_("user {login!r}").format(login=login[:40]))
    return found


def money_of(value: object, code: str, field: str) -> tuple[int | None, int | None, str]:
    """Return minor units, currency and amount as text of `48000 USD`; raises InvalidChangeError.

    Args:
        value: What was typed; nothing is no amount.
        code: The currency where none is typed.
        field: As refusals name it.
    """
    text = clean_line(str(value if value is not None else ""), field=field)
    if not text:
        return None, None, ""
    number, _blank, typed = text.replace(",", "").replace("_", "").partition(" ")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        amount = Decimal("NaN")
    typed = typed.strip().upper() or code
    if not amount.is_finite() or amount < 0:
        raise InvalidChangeError(field, _("{text!r} is not an amount").format(text=text[:40]))
    if not typed:
        raise InvalidChangeError(field, _("needs a currency, such as 480 USD"))
    there = commodities.by_code()
    commodities.ensure(there, {typed: None})
    commodity = there[typed]
    minor = to_minor(amount, commodity.code, commodity.precision)
    return minor, commodity.id, f"{plain(minor, commodity.precision)} {commodity.code}"


def budget_text(row: ProjectRow) -> str:
    """Return a budget as it is typed."""
    return "" if row.budget is None else f"{plain(row.budget, row.precision)} {row.commodity}"


def told_of_project(row: ProjectRow) -> dict[str, object]:
    """Return a project as it could be typed."""
    return {
        "name": row.name, "goal": row.goal, "owner": row.owner, "sponsor": row.sponsor,
        "organisation": row.organisation, "start_on": row.start_on, "due_on": row.due_on,
        "budget": budget_text(row), "tag": row.tag, "holidays": row.holidays,
    }  # fmt: skip


def project_columns(given: Given, before: ProjectRow | None) -> dict[str, object]:
    """Return the columns of fields of a project, checked.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    known(given, PROJECT_FIELDS)
    found: dict[str, object] = {}
    if "name" in given:
        found["name"] = required_line(str(given["name"] or ""), field="name", limit=200)
    if "goal" in given:
        found["goal"] = clean(str(given["goal"] or ""), field="goal")
    if "sponsor" in given:
        found["sponsor"] = clean_line(str(given["sponsor"] or ""), field="sponsor")
    if "owner" in given:
        found["owner_id"] = person_id(given["owner"])
    if "organisation" in given:
        found["organisation_id"] = _organisation_id(given["organisation"])
    for name in ("start_on", "due_on"):
        if name in given:
            found[name] = day_of(given[name], name)
    if "budget" in given:
        code = before.commodity if before else ""
        found["budget"], found["commodity_id"], _told = money_of(given["budget"], code, "budget")
    if "tag" in given:
        found["tag"] = _tag(given["tag"])
    if "holidays" in given:
        days = words.parse_days(str(given["holidays"] or ""))
        found["holidays"] = " ".join(map(str, days))
    _check_dates(found, before)
    return found


def _check_dates(found: Mapping[str, object], before: ProjectRow | None) -> None:
    start = found.get("start_on", before.start_on if before else None)
    due = found.get("due_on", before.due_on if before else None)
    if "start_on" in found and start is None:
        raise InvalidChangeError("start_on", _("is needed"))
    if isinstance(start, date) and isinstance(due, date) and due < start:
        raise InvalidChangeError("due_on", _("cannot come before the start"))


def _organisation_id(value: object) -> int | None:
    name = clean_line(str(value or ""), field="organisation")
    if not name:
        return None
    found = names.organisation_id(name)
    if found is None:
        raise NotFoundError(_("organisation {name!r}").format(name=name[:40]))
    return found


def _tag(value: object) -> str:
    text = clean_line(str(value or ""), field="tag")
    if not text:
        return ""
    name, told = dimensions.read_tag(text)
    return f"{name}: {told}" if told else name


def told_of_task(row: TaskRow, precision: int) -> dict[str, object]:
    """Return a task as the trail tells it; undoing reads the same."""
    return {
        "title": row.title, "note": row.note, "kind": row.kind, "state": row.state,
        "owner": row.owner, "estimate": words.length(row.estimate),
        "remaining": "" if row.remaining is None else words.length(row.remaining),
        "percent": row.percent, "days": row.days, "start_on": row.start_on,
        "due_on": row.due_on, "begun_on": row.begun_on, "done_on": row.done_on,
        "cost": plain(row.cost, precision),
    }  # fmt: skip


def task_columns(given: Given, project: ProjectRow, before: TaskRow | None) -> dict[str, object]:
    """Return the columns of fields of a task, checked; its dates agree with one another.

    Raises:
        InvalidChangeError, NotFoundError: A value cannot be taken.
    """
    known(given, TASK_FIELDS)
    found = _plain_columns(given, project)
    kind = str(found.get("kind", before.kind if before else words.WORK))
    asked: dict[str, object] = {
        name: day_of(given[name], name) for name in ("start_on", "due_on") if name in given
    }
    if "days" in given:
        asked["days"] = whole_of(given["days"], "days", 0, 5_000)
    old = Dates(before.start_on, before.due_on, before.days) if before else Dates(None, None, 1)
    if kind == words.MILESTONE:
        asked["days"] = 0
    elif asked.get("days", old.days) == 0:
        asked["days"] = 1
    if before is None and "days" not in asked and found.get("estimate"):
        estimate = int(str(found["estimate"]))
        asked["days"] = -(-estimate // words.DAY)
    if asked or before is None:
        found.update(agreed(calendar(project), old, asked)._asdict())
    return found


def put_back(given: Given, project: ProjectRow) -> dict[str, object]:
    """Return the columns of fields of a task as the trail told them, whatever they were."""
    found = _plain_columns(given, project)
    for name in ("start_on", "due_on"):
        if name in given:
            found[name] = day_of(given[name], name)
    if "days" in given:
        found["days"] = whole_of(given["days"], "days", 0, 100_000)
    return found


def _plain_columns(given: Given, project: ProjectRow) -> dict[str, object]:
    found: dict[str, object] = {}
    if "title" in given:
        found["title"] = required_line(str(given["title"] or ""), field="title", limit=200)
    if "note" in given:
        found["note"] = clean(str(given["note"] or ""), field="note")
    if "kind" in given:
        found["kind"] = one_of("kind", str(given["kind"] or words.WORK), tuple(words.KINDS))
    if "state" in given:
        found["state"] = one_of("state", str(given["state"] or ""), tuple(words.TASK_STATES))
    if "owner" in given:
        found["owner_id"] = person_id(given["owner"])
    if "estimate" in given:
        found["estimate"] = minutes_of(given["estimate"], "estimate")
    if "remaining" in given:
        empty = given["remaining"] in (None, "")
        found["remaining"] = None if empty else minutes_of(given["remaining"], "remaining")
    if "percent" in given:
        found["percent"] = whole_of(given["percent"], "percent", 0, 100)
    for name in ("begun_on", "done_on"):
        if name in given:
            found[name] = day_of(given[name], name)
    if "cost" in given:
        number = str(given["cost"] if given["cost"] is not None else "").strip()
        code = project.commodity
        if number and not code:
            if number.strip("0.") == "":
                number = ""
            else:
                raise InvalidChangeError("cost", _("needs a budget of the project, in a currency"))
        minor, _id, _told = money_of(f"{number} {code}" if number else "", code, "cost")
        found["cost"] = minor or 0
    return found
