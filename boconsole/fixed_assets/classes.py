"""Classes of fixed assets: useful life, method, and the accounts they are booked on."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, NotFoundError, StaleRecordError
from boconsole.fixed_assets import surplus
from boconsole.fixed_assets.depreciation import (
    CONVENTIONS,
    DECLINING,
    EVERY,
    METHODS,
    double_rate,
    written_down_rate,
)
from boconsole.fixed_assets.errors import ClassInUseError
from boconsole.fixed_assets.fiscal_groups import group_of, percent
from boconsole.language import _
from boconsole.ledger import accounts
from boconsole.session import Session
from boconsole.text import required_line
from db.fixed_assets import register
from db.fixed_assets.rows import ClassLoad, ClassRow

LONGEST = 1_200
"""Months."""
WRITTEN_DOWN = "written-down"
ACCOUNTS = {
    "cost": ("asset",),
    "accumulated": ("asset",),
    "expense": ("expense",),
    "result": ("income", "expense"),
}
"""The accounts of a class, and of which kind each may be."""


class NewClass(NamedTuple):
    """A class to add; accounts by path, code or ending.

    Attributes:
        rate: Percent of the book value a year, `written-down` (what leads to the residual
            value), or empty for twice the straight line.
        fiscal_group: Of the tax law; gives life and rate where they are left out.
        surplus: Account of equity for what revaluations add; empty takes, when one is needed, the
            one with the role `surplus`.
        with_use: The surplus goes to retained earnings as assets wear off (IAS 16, paragraph 41).
    """

    name: str
    cost: str
    accumulated: str
    expense: str
    result: str
    method: str = "straight-line"
    months: int = 0
    rate: str = ""
    convention: str = "month"
    every: int = 1
    fiscal_group: str = ""
    surplus: str = ""
    with_use: bool = False


def classes(session: Session) -> list[ClassRow]:
    """Return all classes by name."""
    session.require("fixed_asset.read")
    return register.select_classes()


def find(name: str) -> ClassRow:
    """Return the class of a name, whatever its case; raises NotFoundError."""
    wanted = name.strip().casefold()
    for row in register.select_classes():
        if row.name.casefold() == wanted:
            return row
    raise NotFoundError(_("class of fixed assets {name}").format(name=name[:60]))


def put(session: Session, new: NewClass) -> ClassRow:
    """Add a class, or write the one of the same name anew; its assets keep their terms.

    Raises:
        InvalidChangeError: Method, life, rate or an account cannot be.
        UnknownAccountError: An account is not there.
        ClassInUseError: The accounts of a class with assets would change.
    """
    session.require("fixed_asset.configure")
    load = _load(new)
    with audit.writing():
        before = next((row for row in register.select_classes()
                       if row.name.casefold() == load.name.casefold()), None)  # fmt: skip
        if before is None:
            class_id = register.insert_class(load)
        else:
            class_id = before.id
            if load.surplus_id is None:
                load = load._replace(surplus_id=before.surplus_id)
            _require_same_accounts(before, load)
            if not register.update_class(before.id, before.version, load):
                raise StaleRecordError(before.name, before.id)
        told = {
            field: (str(getattr(before, field)) if before else None, str(value))
            for field, value in load._asdict().items()
            if before is None or getattr(before, field) != value
        }
        version = before.version + 1 if before else 1
        line = audit.Line(class_id, told, version)
        audit.record(session, "fixed_asset_class.set", "fixed_asset_class", [line])
        return find(load.name)


def _require_same_accounts(before: ClassRow, load: ClassLoad) -> None:
    same = all(getattr(before, f"{name}_id") == getattr(load, f"{name}_id") for name in ACCOUNTS)
    same = same and before.surplus_id in (None, load.surplus_id)
    if not same and register.count_of_class(before.id):
        raise ClassInUseError(before.name)


def _load(new: NewClass) -> ClassLoad:
    months, rate = new.months, new.rate.strip()
    if new.fiscal_group:
        group = group_of(new.fiscal_group)
        months = months or group.months
        if new.method in DECLINING and not rate:
            if group.declining is None:
                raise InvalidChangeError(
                    "method", _("the tax law has only the straight line for buildings")
                )
            rate = percent(group.declining)
    check_terms(new.method, months, rate, new.convention, new.every)
    cost, accumulated, expense, result = _account_ids(new)
    return ClassLoad(
        required_line(new.name, field="name", limit=60), new.method, months, rate,
        new.convention, new.every, new.fiscal_group.strip().casefold(), cost, accumulated,
        expense, result, _surplus_id(new), new.with_use,
    )  # fmt: skip


def _surplus_id(new: NewClass) -> int | None:
    if not new.surplus.strip():
        return None
    account = accounts.find(new.surplus)
    surplus.require_surplus(account)
    return account.id


def _account_ids(new: NewClass) -> list[int]:
    found: dict[str, int] = {}
    for name, kinds in ACCOUNTS.items():
        account = accounts.find(getattr(new, name))
        if account.kind not in kinds:
            raise InvalidChangeError(
                name,
                _("{account} is not of the kind {kinds}").format(
                    account=account.path, kinds=" / ".join(_(kind) for kind in kinds)
                ),
            )
        if account.id in found.values() and name == "accumulated":
            raise InvalidChangeError(
                name, _("depreciation is kept on an account of its own, beside the cost")
            )
        found[name] = account.id
    return [found[name] for name in ACCOUNTS]


def check_terms(method: str, months: int, rate: str, convention: str, every: int) -> None:
    """Raise InvalidChangeError where assets cannot wear off by such terms."""
    for field, value, words in (
        ("method", method, METHODS), ("convention", convention, CONVENTIONS),
        ("every", every, EVERY),
    ):  # fmt: skip
        if value not in words:
            expected = ", ".join(str(word) for word in words)
            raise InvalidChangeError(field, _("expected one of {words}").format(words=expected))
    if method == "none":
        return
    if not 1 <= months <= LONGEST:
        raise InvalidChangeError(
            "months", _("a useful life has 1 to {most} months").format(most=LONGEST)
        )
    if method == "sum-of-years" and months % 12:
        raise InvalidChangeError("months", _("the years' digits need whole years"))
    if rate and rate != WRITTEN_DOWN:
        _percent(rate)


def rate_of(method: str, rate: str, cost: int, residual: int, months: int) -> Fraction:
    """Return the part of the book value that wears off in a year; 0 for the other methods."""
    if method not in DECLINING:
        return Fraction(0)
    if rate == WRITTEN_DOWN:
        return written_down_rate(cost, residual, months)
    return _percent(rate) if rate else double_rate(months)


def _percent(text: str) -> Fraction:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or not 0 < number <= 100:
        raise InvalidChangeError(
            "rate", _("{text!r} is no percentage above 0 and up to 100").format(text=text[:20])
        )
    return Fraction(number) / 100
