"""Estimates that turn out otherwise: useful life, residual value, and what is written down.

A change counts from the month in which it is made; what was depreciated before stays.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError, StaleRecordError
from boconsole.fixed_assets import booking, classes, reading
from boconsole.fixed_assets.depreciation import last_day, schedule
from boconsole.fixed_assets.errors import DepreciatedFurtherError, DepreciationMissingError
from boconsole.fixed_assets.reading import Asset
from boconsole.language import _
from boconsole.ledger import approving
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
    """

    months: int | None = None
    residual: Decimal | None = None
    write_down: Decimal = Decimal(0)


def change(session: Session, asset: Asset, day: date, wanted: Change, reason: str) -> Asset:
    """Spread what is left of an asset anew over what is left of its life.

    Raises:
        AssetStateError, WaitingEntryError: Nothing can be changed now.
        DepreciationMissingError: A month before that of the day is not depreciated.
        DepreciatedFurtherError: The month of the day is depreciated already.
        InvalidChangeError: An estimate cannot be.
        ApprovalError: What is written down is above the threshold of approvals.

    Source: IAS 8, paragraphs 36 to 38; IAS 36, paragraphs 59 to 63.
    """
    session.require("fixed_asset.edit")
    reason = required_line(reason, field="reason", limit=LINE_LIMIT)
    with audit.writing():
        asset = reading.again(asset.row.id)
        reading.require_in_use(asset)
        through = day.replace(day=1) - timedelta(days=1)
        _require_depreciated(asset, through)
        new = _changed(asset.row, wanted, through)
        if not register.update_terms(new):
            raise StaleRecordError(asset.number, asset.row.id)
        _write_down(session, asset, day, new.opening - asset.row.accumulated, reason)
        told = {"months": new.months, "residual": plain(new.residual, new.precision),
                "accumulated": plain(new.opening, new.precision), "reason": reason}  # fmt: skip
        booking.record(session, "change", reading.again(asset.row.id), told)
        return reading.again(asset.row.id)


def _require_depreciated(asset: Asset, through: date) -> None:
    live = register.select_months_of(asset.row.id)
    if any(month > through.year * 100 + through.month for month in live):
        raise DepreciatedFurtherError(asset.number, through)
    for row in schedule(reading.terms_of(asset.row, reading.first_month())):
        if row.ends <= through and row.amount and reading.month_of(row) not in live:
            raise DepreciationMissingError(asset.number, row.ends)


def _changed(row: AssetRow, wanted: Change, through: date) -> AssetRow:
    if row.method == "sum-of-years":
        raise InvalidChangeError("method", _("the years' digits cannot be spread anew"))
    months = row.months if wanted.months is None else wanted.months
    residual = row.residual
    if wanted.residual is not None:
        residual = to_minor(wanted.residual, row.commodity, row.precision)
    lost = to_minor(wanted.write_down, row.commodity, row.precision)
    classes.check_terms(row.method, months, row.rate, row.convention, row.every)
    if lost < 0 or not 0 <= residual <= row.cost - row.accumulated - lost:
        raise InvalidChangeError("residual", _("cannot be more than what is left of the asset"))
    new = row._replace(
        months=months, residual=residual, opening=row.accumulated + lost, anew=True,
        through=max(through, row.through or through),
    )  # fmt: skip
    if row.method != "none" and last_day(reading.terms_of(new, reading.first_month())) <= through:
        raise InvalidChangeError("months", _("its life would be over before the change"))
    return new


def _write_down(session: Session, asset: Asset, day: date, lost: int, reason: str) -> None:
    movement = MovementLoad(asset.row.id, None, "change", number_of(day), 0, 0, lost)
    if not lost:
        register.insert_movements([movement])
        return
    group = reading.class_of(asset)
    about = _("Write-down of {number}: {reason}").format(number=asset.number, reason=reason)
    lines = [
        booking.line(group.expense, lost, asset.row),
        booking.line(group.accumulated, -lost, asset.row),
    ]
    entry = booking.prepare(session, day, about[:LINE_LIMIT], lines, [movement])
    approving.require_approval(entry.head, entry.postings)
    booking.finish(session, [entry])
