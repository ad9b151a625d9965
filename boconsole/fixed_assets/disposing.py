"""Assets that go: sold with a gain or a loss, or scrapped.

Two entries: the depreciation up to the day, and the disposal, which has only cost, accumulated
depreciation, what was paid, and the difference, so that cash flows find its place; what is left of
a revaluation surplus becomes retained earnings in it, past profit or loss. Where a colleague has
to approve they are one: a draft alone would leave the register torn.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import booking, depreciating, reading
from boconsole.fixed_assets.acquiring import other_side
from boconsole.fixed_assets.depreciating import Due
from boconsole.fixed_assets.depreciation import schedule, schedule_until
from boconsole.fixed_assets.errors import DepreciatedFurtherError
from boconsole.fixed_assets.reading import Asset
from boconsole.journals.parts import Line
from boconsole.language import _
from boconsole.ledger import approving, commodities, limits
from boconsole.ledger.entries import JournalEntry
from boconsole.ledger.lines import weigh
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line
from db.fields import number_of
from db.fixed_assets import register
from db.fixed_assets.rows import MovementLoad


class Disposal(NamedTuple):
    """How an asset goes, in smallest units.

    Attributes:
        due: What is depreciated before.
        accumulated: What has worn off then.
        proceeds: What was paid.
        result: Gain, or loss below 0.
        surplus: What of a revaluation surplus becomes retained earnings.
    """

    asset: Asset
    day: date
    due: Due
    accumulated: int
    proceeds: int
    result: int
    surplus: int


def plan(session: Session, asset: Asset, day: date, proceeds: Decimal = Decimal(0)) -> Disposal:
    """Return what a disposal would book.

    Raises:
        AssetStateError: It is not in use.
        WaitingEntryError: An entry of it is not posted yet.
        DepreciatedFurtherError: It is depreciated beyond the day.
        InvalidChangeError: The day or the price cannot be.
    """
    session.require("fixed_asset.read")
    reading.require_in_use(asset)
    row = asset.row
    reading.require_after_changes(asset, day)
    if row.through and day < row.through:
        raise InvalidChangeError("date", _("lies before the asset came into the register"))
    paid = to_minor(proceeds, row.commodity, row.precision)
    if paid < 0:
        raise InvalidChangeError("proceeds", _("expected an amount of 0 or more"))
    due = _due(asset, day)
    accumulated = row.accumulated + due.amount
    result = paid - (row.booked - accumulated)
    surplus = row.surplus - sum(due.realised)
    return Disposal(asset, day, due, accumulated, paid, result, surplus)


def _due(asset: Asset, day: date) -> Due:
    """Return the periods up to a day that are not booked yet; the last may be a part."""
    terms = reading.terms_of(asset.row, reading.first_month())
    rows = schedule_until(terms, day)
    whole = {row.ends for row in schedule(terms)}
    live = register.select_months_of(asset.row.id)
    after = asset.row.through
    done = {reading.month_of(row) for row in rows if row.ends in whole}
    for month in live:
        older = after is not None and month <= after.year * 100 + after.month
        if month not in done and not older:
            raise DepreciatedFurtherError(asset.number, day)
    return Due(
        asset,
        tuple(row for row in rows if row.amount and reading.month_of(row) not in live),
        reading.class_of(asset).with_use,
    )


def dispose(
    session: Session,
    asset: Asset,
    day: date,
    *,
    proceeds: Decimal = Decimal(0),
    to: str = "",
    reason: str = "",
) -> list[JournalEntry]:
    """Depreciate an asset up to a day and book that it goes.

    Args:
        session: Who acts.
        asset: In use.
        day: The day on which it goes.
        proceeds: What was paid for it without tax, in whole units; 0 scraps it.
        to: The account that takes this: cash, or a receivable of the class investing.
        reason: For the audit, and the text of the entry.

    Returns:
        The entries, the disposal last; one draft where a colleague has to approve.

    Raises:
        InvalidChangeError: Day, price or account cannot be.
        PeriodClosedError: Nothing can be booked on that day.
        BoconsoleError: As `plan`.
    """
    session.require("fixed_asset.edit")
    if bool(proceeds) != bool(to):
        raise InvalidChangeError("to", _("a price needs the account that takes it, and only then"))
    with audit.writing():
        asset = reading.again(asset.row.id)
        found = plan(session, asset, day, proceeds)
        parts = [] if not found.due.amount else [_last(session, found)]
        parts.append(_disposal(session, found, to, reason))
        if any(_waits(part, day) for part in parts):
            parts = [_joined(parts)]
        drafts = [booking.prepare(session, day, *part) for part in parts]
        row = asset.row
        told = {
            "disposed_on": str(day), "proceeds": plain(found.proceeds, row.precision),
            "result": plain(found.result, row.precision), "reason": reason,
        }  # fmt: skip
        booking.record(session, "dispose", asset, told)
        return booking.finish(session, drafts)


class _Part(NamedTuple):
    """An entry to prepare, with its movements."""

    about: str
    lines: list[Line]
    movements: list[MovementLoad]


def _waits(part: _Part, day: date) -> bool:
    weighed = weigh(part.lines, commodities.by_code())
    return approving.weighed_over(limits.read(), weighed, day) is not None


def _joined(parts: Sequence[_Part]) -> _Part:
    return _Part(
        parts[-1].about,
        [line for part in parts for line in part.lines],
        [movement for part in parts for movement in part.movements],
    )


def _last(session: Session, found: Disposal) -> _Part:
    asset = found.asset
    about = _("Depreciation of {number} up to its disposal").format(number=asset.number)
    return _Part(
        about, depreciating.lines_of(session, [found.due]),
        depreciating.movements_of(found.due, "last"),
    )  # fmt: skip


def _disposal(session: Session, found: Disposal, to: str, reason: str) -> _Part:
    asset, row = found.asset, found.asset.row
    group = reading.class_of(asset)
    about = _("Disposal of {number}: {name}").format(number=asset.number, name=row.name)
    if said := clean_line(reason, field="reason", limit=LINE_LIMIT):
        about = f"{about} ({said})"
    lines = [
        booking.line(group.accumulated, found.accumulated, row),
        booking.line(group.cost, -row.booked, row),
        booking.line(group.result, -found.result, row),
    ]
    if found.proceeds:
        lines.insert(0, booking.line(other_side(to).path, found.proceeds, row))
    if found.surplus:
        lines += depreciating.retained_lines(session, group, found.surplus, row)
    movement = MovementLoad(
        row.id, None, "disposal", number_of(found.day), 0, -row.booked, -found.accumulated,
        -found.surplus,
    )  # fmt: skip
    return _Part(about[:LINE_LIMIT], lines, [movement])
