"""Groups, accounts and pay items: what a run rests on besides the staff records.

An item that a posted run has paid is ended, never changed; one that was wrong is withdrawn, and a
correction pays the difference.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.payroll import words
from boconsole.payroll.known_rules import Rules
from boconsole.payroll.rules.entitlements import DAYS, LUMPS
from boconsole.payroll.rules.figures import half_up
from boconsole.payroll.working_out import LARGEST, whole
from boconsole.session import Session
from boconsole.staff import finding, privacy
from boconsole.staff import words as staff_words
from boconsole.text import clean_line
from db.payroll import setup as stored
from db.payroll.rows import GroupRow, ItemRow

DETAILS = ("risk", "without", "family", "wage_floor", "tax_number", "sector", "method", "smallest")
"""What a group or the pay terms of a person may tell the rules."""
CODE = re.compile(r"[a-z][a-z0-9_.-]{0,39}")
TAKEN = ("salary", "tax", "tax_allowance", "borne", "net", "tax_final")


class NewItem(NamedTuple):
    """A pay item as typed.

    Attributes:
        code: Its name for programs.
        name: Its name on pay slips.
        kind: One of `ITEM_KINDS`.
        employee: Number or name; empty for all of a group.
        group: Of whom, where no employee is named; empty for all.
        amount: In whole units, or empty.
        percent: Of the salary, or empty.
        hours: Of overtime.
        day: Kind of day of the overtime.
        starts_on, ends_on: When it holds; the same day pays it once.
        taxable, irregular, fixed, prorated: As of the item.
        note: The agreement.
    """

    code: str
    name: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    employee: str = ""
    group: str = ""
    amount: str = ""
    percent: str = ""
    hours: int = 0
    day: str = ""
    taxable: bool = True
    irregular: bool = False
    fixed: bool = False
    prorated: bool = False
    note: str = ""


def groups(session: Session) -> list[GroupRow]:
    """Return the pay groups by name."""
    session.require("payroll.read")
    return stored.select_groups()


def put_group(
    session: Session, name: str, rules: str, prorate: str, details: Mapping[str, str]
) -> GroupRow:
    """Add a pay group or change it; the empty name is for people of no group.

    Raises:
        InvalidChangeError: Something of it cannot be.
        UnknownRulesError: There are no such rules.
    """
    session.require("payroll.configure")
    if prorate not in words.PRORATES:
        raise InvalidChangeError("prorate", _("expected calendar or work"))
    unknown = sorted(set(details) - set(DETAILS))
    if unknown:
        reason = _("expected some of {codes}")
        raise InvalidChangeError(unknown[0][:40], reason.format(codes=", ".join(DETAILS)))
    if "smallest" in details:
        whole(details["smallest"], "smallest", 1, 99)
    Rules().on(rules, session.now().date())
    with audit.writing():
        line = clean_line(name, field="name", limit=60)
        stored.put_group(line, rules, prorate, json.dumps(dict(details), sort_keys=True))
        told: dict[str, tuple[object, object]] = {
            "group": (None, line), "rules": (None, rules), "prorate": (None, prorate),
        }  # fmt: skip
        audit.record(session, "payroll.group", words.AREA, [audit.Line(0, told)])
        return next(row for row in stored.select_groups() if row.name == line)


def named_accounts(session: Session) -> dict[str, str]:
    """Return the path of the account of each key that has one."""
    session.require("payroll.read")
    return {key: path for key, (_id, path) in stored.select_accounts().items()}


def set_account(session: Session, key: str, account: str) -> str:
    """Say where lines are booked; returns the path of the account.

    Args:
        session: Needs `payroll.configure`.
        key: One of `KEYS`, or the code of a line such as `thr` or `jht.employee.owed`.
        account: Path, code or the end of a path.
    """
    session.require("payroll.configure")
    if not CODE.fullmatch(key):
        raise InvalidChangeError("key", _("expected one of {keys}, or the code of a line").format(
            keys=", ".join(words.KEYS)))  # fmt: skip
    row = accounts.find(account)
    with audit.writing():
        before = stored.select_accounts().get(key, (0, None))[1]
        stored.put_account(key, row.id)
        told: dict[str, tuple[object, object]] = {key: (before, row.path)}
        audit.record(session, "payroll.account", words.AREA, [audit.Line(0, told)])
    return row.path


# Items


def items(session: Session) -> list[ItemRow]:
    """Return the pay items by day; the look at others' is written down."""
    session.require("payroll.read")
    found = stored.select_items()
    ids = sorted({row.employee_id for row in found if row.employee_id is not None})
    privacy.looked(session, [staff_words.PAY], ids, "pay items")
    return found


def add_item(session: Session, new: NewItem) -> ItemRow:
    """Add a pay item.

    Raises:
        InvalidChangeError: Something of it cannot be.
        NotFoundError: There is no such person or group.
    """
    session.require("payroll.prepare")
    privacy.require_all(session, staff_words.PAY)
    values = _values(session, new)
    with audit.writing():
        item_id = stored.insert_item(values)
        about = values["employee_id"]
        told: dict[str, tuple[object, object]] = {
            "item": (None, f"#{item_id}"), "employee": (None, about),
        }  # fmt: skip
        audit.record(session, "payroll.item", words.AREA, [audit.Line(0, told)])
    found = stored.find_item(item_id)
    assert found is not None
    return found


def _values(session: Session, new: NewItem) -> dict[str, object]:
    if not CODE.fullmatch(new.code) or new.code in TAKEN:
        raise InvalidChangeError("code", _("expected a word such as transport"))
    if new.kind not in words.ITEM_KINDS:
        raise InvalidChangeError(
            "kind", _("expected one of {days}").format(days=", ".join(words.ITEM_KINDS))
        )
    if new.ends_on is not None and new.ends_on < new.starts_on:
        raise InvalidChangeError("until", _("it ends before it starts"))
    if new.kind == "overtime" and (not new.hours or (new.day or DAYS[0]) not in DAYS):
        raise InvalidChangeError("hours", _("overtime needs hours and a kind of day"))
    if new.kind in LUMPS:
        _check_lump(new)
    if new.kind in ("earning", "benefit", "deduction") and bool(new.amount) == bool(new.percent):
        raise InvalidChangeError("amount", _("an amount or a percentage is needed"))
    if new.group and new.group not in {row.name for row in stored.select_groups()}:
        raise NotFoundError(_("pay group {name}").format(name=new.group[:40]))
    amount, digits = _amount(new.amount) if new.amount else (0, 0)
    return {
        "employee_id": finding.find(session, new.employee).id if new.employee else None,
        "pay_group": "" if new.employee else new.group, "code": new.code,
        "name": clean_line(new.name or new.code, field="name", limit=80), "kind": new.kind,
        "amount": amount, "digits": digits, "percent": _percent(new.percent), "hours": new.hours,
        "day_kind": new.day, "taxable": new.taxable, "irregular": new.irregular,
        "fixed": new.fixed, "prorated": new.prorated,
        "note": clean_line(new.note, field="note"), "starts_on": new.starts_on,
        "ends_on": new.ends_on, "made_at": int(session.now().timestamp()),
        "made_by": session.user.id,
    }  # fmt: skip


def _check_lump(new: NewItem) -> None:
    """Refuse severance or old-age savings that are not one amount of one person, paid once."""
    if not new.employee:
        raise InvalidChangeError("employee", _("name the person who gets it"))
    if not new.amount or new.percent:
        raise InvalidChangeError("amount", _("an amount is needed"))
    if new.ends_on != new.starts_on:
        raise InvalidChangeError("until", _("it is paid once, on one day"))
    if new.fixed:
        raise InvalidChangeError("fixed", _("it is no part of the wage"))


def _amount(text: str) -> tuple[int, int]:
    number = _number(text, "amount")
    digits = max(-int(number.as_tuple().exponent), 0)
    if digits > 4 or abs(number) >= LARGEST:
        raise InvalidChangeError("amount", _("{text!r} is no amount").format(text=text[:40]))
    scaled = number.scaleb(digits)
    return half_up(int(scaled), 1), digits


def _percent(text: str) -> str:
    if not text:
        return ""
    number = _number(text, "percent")
    if not 0 < number <= 1000 or number.as_tuple().exponent < -6:  # type: ignore[operator]  # finite
        raise InvalidChangeError("percent", _("expected a percentage such as 7.5"))
    return format(number, "f")


def _number(text: str, field: str) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InvalidChangeError(field, _("{text!r} is no amount").format(text=text[:40]))
    return number


def end_item(session: Session, item_id: int, last: date | None) -> ItemRow:
    """Let an item end on a day, or take it back where no day is given.

    Raises:
        NotFoundError: There is no such item.
        StaleRecordError: It changed in the meantime.
    """
    session.require("payroll.prepare")
    privacy.require_all(session, staff_words.PAY)
    with audit.writing():
        row = stored.find_item(item_id)
        if row is None:
            raise NotFoundError(_("pay item {id}").format(id=item_id))
        if last is not None and last < row.starts_on:
            raise InvalidChangeError("until", _("it ends before it starts"))
        at = int(session.now().timestamp())
        done = (stored.withdraw_item(row.id, row.version, at) if last is None
                else stored.end_item(row.id, row.version, last))  # fmt: skip
        if not done:
            raise StaleRecordError(f"{row.code}#{row.id}", row.id)
        told: dict[str, tuple[object, object]] = {
            "item": (f"#{row.id}", None if last is None else str(last))
        }
        audit.record(session, "payroll.item", words.AREA, [audit.Line(0, told)])
    return row._replace(ends_on=last)
