"""Facts as people type them: checked, as columns of their tables.

What is not typed of a state stays as it was before.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import typing as sums
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.ledger.words import parse_day
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.staff import departments, finding, identifying, words
from boconsole.text import LINE_LIMIT, clean, clean_line, required_line
from db.staff.rows import FactRow, PartRow

Given = Mapping[str, object]
NOTE_LIMIT, MOST_WARN, MOST_MINUTES = 4_000, 3_650, 1_440
FIELDS: dict[str, tuple[str, ...]] = {
    "employment": ("counted_from", "end_reason"),
    "contract": ("kind", "renews", "warn_days", "note"),
    "position": ("title", "department", "manager", "place", "grade"),
    "schedule": ("country", "region", "week"),
    "salary": ("amount", "currency", "per"),
    "terms": ("pay_group", "rule_set", "tax_status", "tax_method", "details"),
    "bank": ("account", "holder", "bank", "bic", "country"),
}
"""What can be said of each kind of fact beside its days and the reason."""


class Fact(NamedTuple):
    """A fact ready to be written; columns of its table."""

    kind: str
    starts_on: date | None
    ends_on: date | None
    reason: str
    columns: dict[str, object]


def day_of(value: object, field: str) -> date | None:
    """Return a day, None for nothing; raises InvalidChangeError."""
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    return parse_day(text, field=field) if text else None


def parse(
    session: Session, kind: str, given: Given, *, starts_on: date | None,
    ends_on: date | None = None, reason: str = "", before: FactRow | None = None,
) -> Fact:  # fmt: skip
    """Return a fact as it was typed.

    Args:
        session: Who types.
        kind: One of `words.FACTS` or of `words.PARTS`.
        given: Field to value, as text or typed.
        starts_on: Its first day.
        ends_on: Its last day, of employments, contracts and parts.
        reason: Why, as it is kept.
        before: What held until then; its values are kept where none is given.

    Raises:
        InvalidChangeError: A value cannot be.
    """
    part = words.PARTS.get(kind)
    known = tuple(part.labels) if part else FIELDS.get(kind)
    if known is None:
        raise InvalidChangeError("kind", _("{text!r} is none of {words}").format(
            text=kind[:40], words=", ".join((*words.FACTS, *words.PARTS))))  # fmt: skip
    known = (*known, "currency") if part and "amount" in known else known
    if strange := [field for field in given if field not in known]:
        raise InvalidChangeError(
            strange[0][:40], _("there is no such field; expected {words}").format(
                words=", ".join(known)))  # fmt: skip
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        raise InvalidChangeError("ends_on", _("cannot come before {day}").format(day=starts_on))
    values = {**(values_of(before) if before else {}), **given}
    columns = _part(session, kind, values) if part else READ[kind](session, values)
    if part is None and starts_on is None:
        raise InvalidChangeError("starts_on", _("is needed"))
    kept = clean_line(reason, field="reason", limit=NOTE_LIMIT)
    return Fact(kind, starts_on, ends_on, kept, columns)


def _line(given: Given, field: str, limit: int = LINE_LIMIT) -> str:
    value = given.get(field)
    return clean_line("" if value is None else str(value), field=field, limit=limit)


def _employment(_session: Session, given: Given) -> dict[str, object]:
    counted = day_of(given.get("counted_from"), "counted_from")
    return {"end_reason": _line(given, "end_reason"), "counted_from": counted}


def _contract(_session: Session, given: Given) -> dict[str, object]:
    days = _whole(given.get("warn_days", 45), "warn_days", MOST_WARN)
    renews = given.get("renews")
    return {
        "kind": words.choice("kind", str(given.get("kind") or "permanent"), words.CONTRACTS),
        "renews_id": int(str(renews)) if renews else None, "warn_days": days,
        "note": clean(str(given.get("note") or ""), field="note", limit=NOTE_LIMIT).strip(),
    }  # fmt: skip


def _position(session: Session, given: Given) -> dict[str, object]:
    department, manager = _line(given, "department"), _line(given, "manager")
    return {
        "title": required_line(str(given.get("title") or ""), field="title"),
        "department_id": departments.named(department).id if department else None,
        "manager_id": finding.by_word(session, manager).id if manager else None,
        "place": _line(given, "place"), "grade": _line(given, "grade"),
    }  # fmt: skip


def _schedule(_session: Session, given: Given) -> dict[str, object]:
    return {
        "country": identifying.country(_line(given, "country")),
        "region": _line(given, "region").upper(), "week": week_of(given.get("week")),
    }  # fmt: skip


def week_of(value: object) -> str:
    """Return minutes of seven days, Monday first, of hours such as `8 8 8 8 4`.

    Raises:
        InvalidChangeError: A day has more than 24 hours, or none are numbers.
    """
    text = str(value if value is not None else "8 8 8 8 8").replace(",", " ")
    try:
        hours = [Decimal(word) for word in text.split()]
    except InvalidOperation as error:
        raise InvalidChangeError("week", _("expected the hours of each day: 8 8 8 8 8")) from error
    minutes = [int(hour * 60) for hour in hours if hour.is_finite()]
    if (
        not 1 <= len(hours) <= 7
        or len(minutes) != len(hours)
        or not all(0 <= each <= MOST_MINUTES for each in minutes)
    ):
        raise InvalidChangeError("week", _("expected the hours of each day: 8 8 8 8 8"))
    return " ".join(map(str, minutes + [0] * (7 - len(minutes))))


def hours_of(week: str) -> str:
    """Return minutes of days as the hours that people type."""
    return " ".join(format((Decimal(word) / 60).normalize(), "f") for word in week.split())


def _salary(_session: Session, given: Given) -> dict[str, object]:
    amount, commodity_id = _money(given)
    if amount is None:
        raise InvalidChangeError("amount", _("is needed"))
    per = words.choice("per", str(given.get("per") or "month"), words.PERIODS)
    return {"amount": amount, "commodity_id": commodity_id, "per": per}


def _money(given: Given) -> tuple[int | None, int | None]:
    """Return an amount in smallest units and its currency; made known where it is new."""
    value, code = given.get("amount"), str(given.get("currency") or "") or sums.usual_currency()
    if value in (None, ""):
        return None, None
    if isinstance(value, Decimal):
        number = value
    else:
        number, code = sums.sum_of(str(value), code.upper(), "amount")
    if number < 0:
        raise InvalidChangeError("amount", _("cannot be below 0"))
    if not code:
        raise InvalidChangeError("amount", _("needs a currency, such as 480 USD"))
    known = commodities.by_code()
    commodities.ensure(known, {code: None})
    found = known[code]
    return to_minor(number, code, found.precision), found.id


def _terms(_session: Session, given: Given) -> dict[str, object]:
    details = given.get("details") or {}
    if isinstance(details, str):
        details = _pairs(details)
    if not isinstance(details, Mapping):
        raise InvalidChangeError("details", _("expected name=value, one on each line"))
    kept = {clean_line(str(name), field="details", limit=60):
            clean_line(str(value), field="details") for name, value in details.items()}  # fmt: skip
    return {
        "pay_group": _line(given, "pay_group", 60), "rule_set": _line(given, "rule_set", 60),
        "tax_status": _line(given, "tax_status", 20).upper(),
        "tax_method": words.choice("tax_method", str(given.get("tax_method") or ""), words.METHODS),
        "details": json.dumps(dict(sorted(kept.items())), ensure_ascii=False),
    }  # fmt: skip


def _pairs(text: str) -> dict[str, str]:
    if text.lstrip().startswith("{"):
        try:
            found = json.loads(text)
        except ValueError as error:
            raise InvalidChangeError(
                "details", _("expected name=value, one on each line")) from error  # fmt: skip
        return {str(name): str(value) for name, value in found.items()}
    lines = [line for line in text.replace(";", "\n").splitlines() if line.strip()]
    if any("=" not in line for line in lines):
        raise InvalidChangeError("details", _("expected name=value, one on each line"))
    return {line.partition("=")[0].strip(): line.partition("=")[2].strip() for line in lines}


def _bank(_session: Session, given: Given) -> dict[str, object]:
    typed = required_line(str(given.get("account") or ""), field="account")
    try:
        account, land = identifying.account(typed)
    except InvalidChangeError as error:
        raise InvalidChangeError("account", error.reason) from error
    return {
        "holder": _line(given, "holder"), "account": account, "bank": _line(given, "bank"),
        "bic": _line(given, "bic", 20).upper(),
        "country": land or identifying.country(_line(given, "country")),
    }  # fmt: skip


def _part(session: Session, kind: str, given: Given) -> dict[str, object]:
    del session
    part = words.PARTS[kind]
    columns: dict[str, object] = {"kind": kind}
    for column in part.labels:
        if column in ("starts_on", "ends_on", "amount"):
            continue
        if column == "note":
            text = clean(str(given.get(column) or ""), field=column, limit=NOTE_LIMIT).strip()
        elif column == "country":
            text = identifying.country(_line(given, column))
        else:
            text = _line(given, column)
        columns[column] = text
    if "amount" in part.labels:
        columns["amount"], columns["commodity_id"] = _money(given)
    if kind == "identity":
        columns["name"] = identifying.kind_of(str(columns["name"]))
        columns["value"] = identifying.number(
            str(columns["name"]), str(columns["country"]), str(columns["value"])
        )
    if kind == "dependant":
        columns["value"] = "yes" if str(columns["value"]).lower() in YES else "no"
    for column in part.needed:
        if column != "starts_on" and columns.get(column) in ("", None):
            raise InvalidChangeError(_(part.labels[column]), _("is needed"))
    return columns


YES = ("yes", "true", "1", "y", "x", "ya", "on")
READ: dict[str, Callable[[Session, Given], dict[str, object]]] = {
    "employment": _employment, "contract": _contract, "position": _position,
    "schedule": _schedule, "salary": _salary, "terms": _terms, "bank": _bank,
}  # fmt: skip


def _whole(value: object, field: str, most: int) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdecimal() and int(text) <= most):
        raise InvalidChangeError(field, _("lies between 0 and {most}").format(most=most))
    return int(text)


def values_of(row: Any) -> dict[str, object]:  # Any: one of the rows of `FactRow`
    """Return a fact as it could be typed, without its days and reason."""
    found = {name: getattr(row, name) for name in row._fields if name not in HIDDEN}
    if isinstance(row, PartRow):
        labels = words.PARTS[row.kind].labels
        found = {name: value for name, value in found.items() if name in labels}
    if "manager_id" in row._fields:
        found["manager"] = words.number(row.manager_id) if row.manager_id else ""
    if "week" in found:
        found["week"] = hours_of(row.week)
    if found.get("amount") is not None:
        found["amount"] = Decimal(plain(row.amount, row.precision))
        found["currency"] = row.commodity
    return found


HIDDEN = ("head", "department_id", "cost_centre", "manager_id", "commodity_id", "commodity",
          "precision")  # fmt: skip


def lines_of_details(text: str) -> str:
    """Return a JSON object of texts as lines of name=value."""
    return "\n".join(f"{name}={value}" for name, value in json.loads(text).items())
