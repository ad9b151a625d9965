"""Estimates that turn out otherwise: useful life, residual value, and what an asset is worth less.

A change counts from the month in which it is made; what was depreciated before stays. Its terms
stand in its movement and hold once its entry is posted, so that a draft changes nothing.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import booking, classes, impairing, reading, surplus
from boconsole.fixed_assets.depreciation import last_day, schedule
from boconsole.fixed_assets.errors import DepreciatedFurtherError, DepreciationMissingError
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, required_line
from db.fields import number_of
from db.fixed_assets import register
from db.fixed_assets.rows import AssetRow, MovementLoad


class Change(NamedTuple):
    """New estimates; None leaves one as it is.

    Attributes:
        months: Useful life, counted from the first day in use.
        residual: In whole units.
        write_down: What is lost at once, in whole units.
        write_back: What of earlier write-downs is there again, in whole units.
    """

    months: int | None = None
    residual: Decimal | None = None
    write_down: Decimal = Decimal(0)
    write_back: Decimal = Decimal(0)


def change(session: Session, asset: Asset, day: date, wanted: Change, reason: str) -> Asset:
    """Spread what is left of an asset anew over what is left of its life.

    Returns:
        The asset; waiting, and as it was, where a colleague has to approve what is written.

    Raises:
        AssetStateError, WaitingEntryError: Nothing can be changed now.
        DepreciationMissingError: A month before that of the day is not depreciated.
        DepreciatedFurtherError: The month of the day is depreciated already.
        RevaluedError: A revalued asset is revalued, its write-downs are not taken back.
        InvalidChangeError: An estimate cannot be.

    Source: IAS 8, paragraphs 36 to 38; IAS 36, paragraphs 59 to 63, and 114 to 121.
    """
    session.require("fixed_asset.edit")
    reason = required_line(reason, field="reason", limit=LINE_LIMIT)
    with audit.writing():
        asset = reading.again(asset.row.id)
        reading.require_in_use(asset)
        reading.require_after_changes(asset, day)
        through = day.replace(day=1) - timedelta(days=1)
        require_depreciated(asset, through)
        lost = _lost(asset, wanted, through)
        new = anew(asset.row, through, months=wanted.months, residual=wanted.residual,
                   opening=asset.row.accumulated + lost)  # fmt: skip
        _book(session, asset, day, new, lost, reason)
        told = {"months": new.months, "residual": plain(new.residual, new.precision),
                "accumulated": plain(new.opening, new.precision), "reason": reason}  # fmt: skip
        booking.record(session, "change", asset, told)
        return reading.again(asset.row.id)


def require_depreciated(asset: Asset, through: date) -> None:
    """Raise where an asset is depreciated for more or less than up to the end of a month."""
    live = register.select_months_of(asset.row.id)
    if any(month > through.year * 100 + through.month for month in live):
        raise DepreciatedFurtherError(asset.number, through)
    for row in schedule(reading.terms_of(asset.row, reading.first_month())):
        if row.ends <= through and row.amount and reading.month_of(row) not in live:
            raise DepreciationMissingError(asset.number, row.ends)


def anew(
    row: AssetRow, through: date, *, months: int | None, residual: Decimal | None, opening: int,
    cost: int | None = None,
) -> AssetRow:  # fmt: skip
    """Return an asset with the terms that begin after a day.

    Args:
        row: As it is.
        through: The last day that the old terms cover.
        months: Useful life; None leaves it.
        residual: In whole units; None leaves it.
        opening: What has worn off of the gross amount then.
        cost: The gross amount from then on; None leaves it.

    Raises:
        InvalidChangeError: It cannot wear off by such terms.
    """
    if row.method == "sum-of-years":
        raise InvalidChangeError("method", _("the years' digits cannot be spread anew"))
    life = row.months if months is None else months
    left = row.residual
    if residual is not None:
        left = to_minor(residual, row.commodity, row.precision)
    classes.check_terms(row.method, life, row.rate, row.convention, row.every)
    gross = row.cost if cost is None else cost
    if not 0 <= left <= gross - opening:
        raise InvalidChangeError("residual", _("cannot be more than what is left of the asset"))
    new = row._replace(
        cost=gross, months=life, residual=left, opening=opening, anew=True,
        through=max(through, row.through or through),
    )  # fmt: skip
    ends = last_day(reading.terms_of(new, reading.first_month())) if life else None
    if row.method != "none" and ends is not None and ends <= through:
        raise InvalidChangeError("months", _("its life would be over before the change"))
    return new


def _lost(asset: Asset, wanted: Change, through: date) -> int:
    """Return what is written down, or back below 0."""
    row = asset.row
    down = to_minor(wanted.write_down, row.commodity, row.precision)
    back = to_minor(wanted.write_back, row.commodity, row.precision)
    if down < 0:
        raise InvalidChangeError("write_down", _("expected an amount of 0 or more"))
    if back < 0 or (down and back):
        raise InvalidChangeError("write_back", _("expected an amount, and no write-down beside it"))
    if back:
        impairing.require_room(asset, back, through)
    return down - back


def _book(session: Session, asset: Asset, day: date, new: AssetRow, lost: int, reason: str) -> None:
    row = asset.row
    parts = surplus.split(-lost, row.surplus, row.lost)
    movement = begins(new, MovementLoad(
        row.id, None, "change", number_of(day), 0, 0, lost, parts.surplus, parts.lost
    ))  # fmt: skip
    if not lost:
        register.insert_movements([movement])
        return
    group = reading.class_of(asset)
    told = _("Write-down of {number}: {reason}") if lost > 0 else (
        _("Write-down of {number} taken back: {reason}"))  # fmt: skip
    about = told.format(number=asset.number, reason=reason)
    lines = [
        booking.line(group.expense, parts.lost, row),
        booking.line(group.surplus, -parts.surplus, row),
        booking.line(group.accumulated, -lost, row),
    ]
    booking.finish(session, [booking.prepare(session, day, about[:LINE_LIMIT], lines, [movement])])


def begins(new: AssetRow, movement: MovementLoad) -> MovementLoad:
    """Return a movement that the terms of an asset begin with."""
    return movement._replace(
        gross=new.cost, residual=new.residual, months=new.months, opening=new.opening,
        through=number_of(new.through) if new.through else None,
    )  # fmt: skip
