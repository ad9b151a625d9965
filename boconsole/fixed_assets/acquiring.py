"""Assets that come into the register: bought, taken over from an entry, or older than it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import booking, classes, reading, words
from boconsole.fixed_assets.depreciation import Terms, last_day
from boconsole.fixed_assets.errors import AdoptionError, LaterMovementError
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.ledger import accounts, commodities, entries
from boconsole.ledger.errors import ControlError
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line, required_line
from db.fields import number_of
from db.fixed_assets import register
from db.fixed_assets.rows import AssetLoad, ClassRow, MovementLoad, MovementRow
from db.ledger.rows import AccountRow, CommodityRow
from db.loading import reserve_ids

CONTROLS = ("receivable", "payable")
"""Roles of accounts that only documents move."""


class NewAsset(NamedTuple):
    """An asset to register; what is None comes from its class.

    Attributes:
        cost: In whole units; None takes all that the entry has left on the account.
        currency: Its code; empty takes that of the entry.
        in_use_on: The day from which it wears off; by default that of the acquisition.
        accumulated: What had worn off before the register, in whole units.
        through: The last day that this covers.
    """

    name: str
    asset_class: str
    acquired_on: date
    cost: Decimal | None = None
    currency: str = ""
    in_use_on: date | None = None
    residual: Decimal = Decimal(0)
    months: int | None = None
    method: str | None = None
    rate: str | None = None
    convention: str | None = None
    accumulated: Decimal = Decimal(0)
    through: date | None = None
    note: str = ""


class Source(NamedTuple):
    """Where the cost of an asset stands in the books; one of the three.

    Attributes:
        against: The account that an entry is posted against.
        entry: The number of an entry that has it on the account of the class already.
        booked: The books had it before the register.
    """

    against: str = ""
    entry: str = ""
    booked: bool = False


def acquire(session: Session, new: NewAsset, source: Source) -> Asset:
    """Take an asset into the register, and post its entry where there is none.

    Returns:
        The asset; waiting where a colleague has to approve its entry.

    Raises:
        InvalidChangeError: An amount, a day or a term cannot be, or the source is not clear.
        AdoptionError: The entry has not as much on the accounts of the class.
        PeriodClosedError: Nothing can be booked on the day.
        BoconsoleError: As `entries.draft`.
    """
    session.require("fixed_asset.edit")
    if [bool(source.against), bool(source.entry), source.booked].count(True) != 1:
        raise InvalidChangeError(
            "source", _("say either the account it was paid from, the entry, or that it is booked")
        )
    with audit.writing():
        group = classes.find(new.asset_class)
        if source.entry:
            new = _from_entry(session, new, source.entry, group)
        if new.cost is None:
            raise InvalidChangeError("cost", _("is missing; say what it cost"))
        commodity = known_commodity(new.currency)
        load = _load(new, group, commodity)
        register.insert_asset(load)
        told = {
            "name": load.name, "class": group.name, "cost": plain(load.cost, commodity.precision),
            "commodity": commodity.code, "in_use_on": str(new.in_use_on or new.acquired_on),
        }  # fmt: skip
        asset = reading.again(load.id)
        _enter(session, asset, group, source)
        booking.record(session, "acquire", asset, told)
        return reading.again(load.id)


def known_commodity(code: str) -> CommodityRow:
    """Return a commodity, added where it is a currency; raises UnknownCommodityError."""
    known = commodities.by_code()
    commodities.ensure(known, {code.strip(): None})
    return known[code.strip()]


def other_side(name: str) -> AccountRow:
    """Return the account that an asset is bought or sold against.

    Raises:
        UnknownAccountError: There is none.
        ControlError: Only documents move it.
    """
    account = accounts.find(name)
    if account.role in CONTROLS:
        raise ControlError(
            _("{account} is moved by documents; take an account beside it, or the entry of a bill.")
            .format(account=account.path)
        )  # fmt: skip
    return account


def _load(new: NewAsset, group: ClassRow, commodity: CommodityRow) -> AssetLoad:
    cost = to_minor(new.cost or Decimal(0), commodity.code, commodity.precision)
    residual = to_minor(new.residual, commodity.code, commodity.precision)
    opening = to_minor(new.accumulated, commodity.code, commodity.precision)
    method = group.method if new.method is None else new.method
    rate = group.rate if new.rate is None and method == group.method else new.rate or ""
    months = group.months if new.months is None else new.months
    convention = group.convention if new.convention is None else new.convention
    classes.check_terms(method, months, rate, convention, group.every)
    in_use_on = new.in_use_on or new.acquired_on
    _check_amounts(cost, residual, opening)
    _check_days(new.acquired_on, in_use_on, opening, new.through)
    life = Terms(cost, residual, in_use_on, months, convention=convention)
    left = cost - residual - opening
    if new.through and method != "none" and left and new.through >= last_day(life):
        raise InvalidChangeError("through", _("its life is over then; take a longer one"))
    return AssetLoad(
        reserve_ids("fixed_asset", 1)[0], group.id,
        required_line(new.name, field="name", limit=LINE_LIMIT),
        clean_line(new.note, field="note", limit=LINE_LIMIT), number_of(new.acquired_on),
        number_of(in_use_on), commodity.id, cost, residual, method,
        months if method != "none" else 0, rate, convention, group.every, opening,
        number_of(new.through) if new.through else None,
    )  # fmt: skip


def _check_amounts(cost: int, residual: int, opening: int) -> None:
    if cost <= 0:
        raise InvalidChangeError("cost", _("expected an amount above 0"))
    if not 0 <= residual <= cost:
        raise InvalidChangeError("residual", _("lies between 0 and the cost"))
    if not 0 <= opening <= cost - residual:
        raise InvalidChangeError(
            "accumulated", _("lies between 0 and the cost less residual value")
        )


def _check_days(acquired_on: date, in_use_on: date, opening: int, through: date | None) -> None:
    if in_use_on < acquired_on:
        raise InvalidChangeError("in_use_on", _("cannot come before the acquisition"))
    if through is None and opening:
        raise InvalidChangeError("through", _("say up to which day it is depreciated"))
    if through is not None and through < in_use_on:
        raise InvalidChangeError("through", _("cannot come before the asset is in use"))


def _from_entry(session: Session, new: NewAsset, number: str, group: ClassRow) -> NewAsset:
    """Return the asset with what an entry tells of it; the entry must have as much left."""
    entry = entries.get(session, number)
    if entry.state != "posted":
        raise AdoptionError(
            _("{number} is {state}; a posted entry is taken.").format(
                number=entry.number, state=_(entry.state)
            )
        )
    of_cost = [row for row in entry.postings if row.account_id == group.cost_id and not row.kind]
    codes = {row.value_commodity for row in of_cost}
    if len(codes) != 1 or (new.currency and {new.currency} != codes):
        raise AdoptionError(
            _("{number} has nothing on {account} in one currency.").format(
                number=entry.number, account=group.cost
            )
        )
    digits = of_cost[0].value_precision
    left = sum(row.value for row in of_cost) - register.sum_adopted(entry.head.id, group.cost_id)
    if left <= 0:
        raise AdoptionError(
            _("{number} has nothing left on {account}.").format(
                number=entry.number, account=group.cost
            )
        )
    cost = new.cost if new.cost is not None else Decimal(left).scaleb(-digits)
    worn = -sum(row.value for row in entry.postings
                if row.account_id == group.accumulated_id and not row.kind)  # fmt: skip
    worn += register.sum_adopted(entry.head.id, group.accumulated_id)
    for account, wanted, there in (
        (group.cost, cost, left), (group.accumulated, new.accumulated, worn),
    ):  # fmt: skip
        if wanted and wanted.scaleb(digits) > there:
            raise AdoptionError(
                _("{number} has {left} left on {account}, not {wanted}.").format(
                    number=entry.number, left=plain(there, digits), account=account, wanted=wanted
                )
            )
    return new._replace(cost=cost, currency=codes.pop())


def _enter(session: Session, asset: Asset, group: ClassRow, source: Source) -> None:
    """Post what was paid, or say where the books have it."""
    row = asset.row
    movement = MovementLoad(
        row.id, None, "acquisition", number_of(row.through or row.acquired_on), 0, row.cost,
        row.opening,
    )  # fmt: skip
    if source.booked:
        register.insert_movements([movement])
        return
    if source.entry:
        entry = entries.get(session, source.entry)
        register.insert_movements(
            [movement._replace(entry_id=entry.head.id, dated=number_of(entry.head.dated))]
        )
        return
    against = other_side(source.against)
    about = _("Acquisition of {number}: {name}").format(number=asset.number, name=row.name)
    lines = [
        booking.line(group.cost, row.cost, row),
        booking.line(group.accumulated, -row.opening, row),
        booking.line(against.path, row.opening - row.cost, row),
    ]
    day = row.through or row.acquired_on
    booking.finish(session, [booking.prepare(session, day, about[:LINE_LIMIT], lines, [movement])])


def withdraw(session: Session, asset: Asset, reason: str) -> Asset:
    """Take an asset out of the register again that nothing happened to since it came.

    An entry that the register posted is reversed; one that it took over stays.

    Raises:
        AssetStateError: It is not in use.
        LaterMovementError: It was depreciated, or went.
        BoconsoleError: As `booking.reverse`.
    """
    session.require("fixed_asset.edit")
    reason = required_line(reason, field="reason", limit=LINE_LIMIT)
    with audit.writing():
        asset = reading.again(asset.row.id)
        reading.require_in_use(asset)
        first = _only_movement(asset)
        if first.series == words.SERIES and first.entry_id:
            booking.reverse(session, str(first.entry_id), reason=reason)
        else:
            register.delete_movement(first.id)
            told = {"reason": reason}
            booking.record(session, "withdraw", asset, told)
        return reading.again(asset.row.id)


def _only_movement(asset: Asset) -> MovementRow:
    live = [each for each in register.select_movements(asset.row.id)
            if each.undone_by is None and each.kind != "reversal"]  # fmt: skip
    if live[-1].kind != "acquisition":
        title = words.KIND_TITLES[live[0].kind]
        raise LaterMovementError(asset.number, _(title))
    return live[0]
