"""Types, days off, hours and corrections, as HR sets them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.leave import calendar, knowing, permitted, rules
from boconsole.leave.presets import Preset
from boconsole.session import Session
from boconsole.sla.calendar import Calendar
from boconsole.sla.errors import CalendarError
from boconsole.text import clean_line, required_line
from db.fields import number_of
from db.leave import requests, types
from db.leave.rows import DayOffRow, TypeRow
from db.staff import people

CONFIGURE = permitted.CONFIGURE
MOST_GRACE = 240


def take_presets(session: Session, found: Sequence[Preset], since: date) -> list[TypeRow]:
    """Add types with their rules; of types that are there the rule holds from that day on."""
    session.require(CONFIGURE)
    with audit.writing():
        for each in found:
            title = each.titles.get(session.language, each.titles["en"])
            _put(session, each.code, title, each.letter, each.rule, since)
    return types.select_types()


def put_type(
    session: Session, code: str, table: Mapping[str, object], since: date,
    title: str = "", letter: str = "",
) -> TypeRow:  # fmt: skip
    """Add a type, or give it another rule from a day on.

    Args:
        session: Who acts.
        code: Its word in commands.
        table: The rule, as `rules.from_table` reads it.
        since: From when it holds; what was granted before stays.
        title: Its name; empty leaves it.
        letter: Of calendars; empty leaves it.

    Raises:
        LeaveRuleError: The rule cannot be read.
    """
    session.require(CONFIGURE)
    rule = rules.from_table(table)
    with audit.writing():
        return _put(session, code, title, letter, rule, since)


def _put(
    session: Session, code: str, title: str, letter: str, rule: rules.Rule, since: date
) -> TypeRow:
    code = required_line(code, field="code").lower()
    title, letter = clean_line(title, field="title"), clean_line(letter, field="letter")
    if len(code) > 20 or not code.replace("_", "").replace("-", "").isalnum():
        raise InvalidChangeError("code", _("must be up to 20 small letters and digits"))
    there = {row.code: row for row in types.select_types()}
    old = there.get(code)
    letter = (letter or (old.letter if old else code))[:1].upper()
    if any(row.letter == letter for row in there.values() if row.code != code and not row.closed):
        raise InvalidChangeError("letter", _("{letter} stands for another type").format(
            letter=letter))  # fmt: skip
    if old is None:
        type_id = types.insert_type(code, title or code.capitalize(), letter)
    else:
        type_id = old.id
        types.update_type(old.id, old.version, {"title": title or old.title, "letter": letter})
    types.put_rule(type_id, since, rule.to_json())
    told: dict[str, tuple[object, object]] = {
        "code": (old and old.code, code), "since": (None, str(since)),
        "rule": (None, rule.to_json()),
    }  # fmt: skip
    audit.record(session, "leave.type", "leave_type", [audit.Line(type_id, told)])
    return next(row for row in types.select_types() if row.id == type_id)


def close_type(session: Session, row: TypeRow, *, closed: bool = True) -> None:
    """Take a type out of use, or back."""
    session.require(CONFIGURE)
    with audit.writing():
        if not types.update_type(row.id, row.version, {"closed": closed}):
            raise StaleRecordError(row.title, row.id, row.version)
        told: dict[str, tuple[object, object]] = {"closed": (not closed, closed)}
        audit.record(session, "leave.type", "leave_type", [audit.Line(row.id, told)])


def put_day(
    session: Session, day: date, name: str, kind: str = calendar.COMPANY, country: str = "",
    region: str = "",
) -> None:  # fmt: skip
    """Add a day off, a day of joint leave, or a working day on a holiday."""
    session.require(CONFIGURE)
    _put_days(session, [(day, required_line(name, field="name"))], kind, country, region)


def take_joint_days(session: Session, country: str, year: int) -> int:
    """Take in the days of joint leave that a government names for a year; returns how many."""
    session.require(CONFIGURE)
    found = calendar.joint_days(country.upper(), year, session.language)
    _put_days(session, list(found.items()), calendar.JOINT, country, "")
    return len(found)


def _put_days(
    session: Session, days: Sequence[tuple[date, str]], kind: str, country: str, region: str
) -> None:
    if kind not in calendar.OWN_KINDS:
        raise InvalidChangeError("kind", _("{text!r} is none of {words}").format(
            text=kind[:40], words=", ".join(calendar.OWN_KINDS)))  # fmt: skip
    country, region = country.strip().upper(), region.strip().upper()
    if country and days:
        calendar.public_days(country, region, days[0][0].year, session.language)
    with audit.writing():
        lines = []
        for day, name in days:
            row_id = types.put_day_off(day, country, region, clean_line(name, field="name"), kind)
            lines.append(audit.Line(row_id, {"day": (None, str(day)), "kind": (None, kind),
                                             "name": (None, name)}))  # fmt: skip
        if lines:
            audit.record(session, "leave.day_off", "leave_day", lines)


def remove_day(session: Session, row: DayOffRow) -> None:
    """Take out a day of the company; raises NotFoundError where it is gone."""
    session.require(CONFIGURE)
    with audit.writing():
        if not types.delete_day_off(row.id):
            raise NotFoundError(_("day off {day}").format(day=row.day))
        told: dict[str, tuple[object, object]] = {"day": (str(row.day), None),
                                                  "name": (row.name, None)}  # fmt: skip
        audit.record(session, "leave.day_off", "leave_day", [audit.Line(row.id, told)])


def put_hours(session: Session, name: str, table: Mapping[str, object], grace: int = 0) -> None:
    """Write the clock of a week; people whose week is as long follow it.

    Args:
        session: Who acts.
        name: Of the clock, such as `Office`.
        table: `timezone` and `hours`, as calendars of service levels are written.
        grace: Minutes that somebody may come late.
    """
    session.require(CONFIGURE)
    name = required_line(name, field="name")
    if not 0 <= grace <= MOST_GRACE:
        raise InvalidChangeError("grace", _("lies between 0 and {most}").format(most=MOST_GRACE))
    try:
        hours = Calendar.from_table(table).to_json()
    except CalendarError as fault:
        raise InvalidChangeError("hours", fault.reason) from None
    with audit.writing():
        row_id = types.put_hours(name, hours, grace)
        told: dict[str, tuple[object, object]] = {
            "hours": (None, json.loads(hours)["hours"]), "grace": (None, grace),
        }  # fmt: skip
        audit.record(session, "leave.hours", "work_hours", [audit.Line(row_id, told)])


def correct(
    session: Session, employee_id: int, code: str, day: date, amount: int, note: str, *,
    lasts_until: date | None = None, opening: bool = False,
) -> None:  # fmt: skip
    """Enter more or less for a balance, or what it was when the console began to count.

    Raises:
        InvalidChangeError: Nothing is corrected, or the type counts no balance.
        NotAllowedError: Of oneself, or without the permission.
    """
    from boconsole.leave.asking import type_named
    from boconsole.leave.errors import NotDeciderError

    session.require(permitted.EDIT)
    note = required_line(note, field="note")
    with audit.writing():
        own = people.find_of_user(session.user.id)
        if own is not None and own.id == employee_id:
            raise NotDeciderError(own.number)
        known = knowing.load(session, [employee_id], ())
        kind = type_named(known, code)
        rule = known.rule_of(kind.id, day)
        if rule is None or not rule.has_balance:
            raise InvalidChangeError("type", _("{title} counts no balance").format(
                title=kind.title))  # fmt: skip
        if not amount and not opening:
            raise InvalidChangeError("amount", _("cannot be 0"))
        if lasts_until is not None and (lasts_until < day or amount <= 0):
            raise InvalidChangeError("until", _("cannot come before {day}").format(day=day))
        made = requests.insert_correction({
            "employee_id": employee_id, "leave_type_id": kind.id, "day": number_of(day),
            "amount": amount, "lasts_until": number_of(lasts_until) if lasts_until else None,
            "opening": opening, "note": note, "made_at": int(session.now().timestamp()),
            "made_by": session.user.login,
        })  # fmt: skip
        told: dict[str, tuple[object, object]] = {"leave_correction": (None, f"#{made}")}
        audit.record(session, "leave.correct", "staff", [audit.Line(employee_id, told)])
