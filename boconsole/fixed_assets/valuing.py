"""Assets that are revalued: carried at what somebody found them worth, above their cost or below.

The depreciation up to the day is eliminated against the gross amount, which becomes the value;
what is left of the life wears it off. The other way of IAS 16, to restate both in proportion, is
not offered. Nothing here touches the schedule of the tax law.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from boconsole import audit
from boconsole.errors import InvalidChangeError
from boconsole.fixed_assets import booking, changing, reading, surplus, words
from boconsole.fixed_assets.depreciating import end_of_month
from boconsole.fixed_assets.depreciation import schedule
from boconsole.fixed_assets.reading import Asset
from boconsole.fixed_assets.surplus import Split
from boconsole.journals.parts import Line
from boconsole.language import _
from boconsole.ledger.entries import JournalEntry
from boconsole.money import plain, to_minor
from boconsole.session import Session
from boconsole.text import LINE_LIMIT, clean_line
from db.fields import number_of
from db.fixed_assets import register
from db.fixed_assets.rows import AssetRow, ClassRow, MovementLoad


class Valuation(NamedTuple):
    """What an asset was found to be worth.

    Attributes:
        amount: Its fair value, in whole units.
        by: Who valued it, or why.
        months: Its useful life from the first day in use; None leaves it.
        residual: What is left at the end of it, in whole units; None leaves it.
    """

    amount: Decimal
    by: str = ""
    months: int | None = None
    residual: Decimal | None = None


class Plan(NamedTuple):
    """What a revaluation would book, in smallest units.

    Attributes:
        asset: As it is.
        day: Of the valuation.
        group: Its class.
        new: The asset with the terms that begin.
        parts: What goes to the surplus, and to profit or loss.
        others: Assets of its class that are in use and not revalued on that day.
    """

    asset: Asset
    day: date
    group: ClassRow
    new: AssetRow
    parts: Split
    others: tuple[Asset, ...]

    @property
    def change(self) -> int:
        """What is added to the book value."""
        return self.new.cost - self.asset.book

    @property
    def lines(self) -> list[Line]:
        """The lines of the entry, none of them 0."""
        row = self.asset.row
        amounts = (
            (self.group.cost, self.new.cost - row.booked),
            (self.group.accumulated, row.accumulated),
            (surplus.path_of(self.group), -self.parts.surplus),
            (self.group.expense, self.parts.lost),
        )
        return [booking.line(path, minor, row) for path, minor in amounts if minor]


def plan(session: Session, asset: Asset, day: date, wanted: Valuation) -> Plan:
    """Return what a revaluation would book.

    The last day of a month is its end: the month is depreciated before. Any other day counts from
    the beginning of its month.

    Raises:
        AssetStateError, WaitingEntryError: Nothing can be booked on it now.
        DepreciationMissingError, DepreciatedFurtherError: It is not depreciated up to the day.
        InvalidChangeError: Day, value or an estimate cannot be.

    Source: IAS 16, paragraphs 31 to 40, with 35 (b).
    """
    session.require("fixed_asset.read")
    reading.require_in_use(asset)
    reading.require_after_changes(asset, day)
    through = day if day == end_of_month(day) else day.replace(day=1) - timedelta(days=1)
    changing.require_depreciated(asset, through)
    _require_whole_period(asset, through)
    row = asset.row
    value = to_minor(wanted.amount, row.commodity, row.precision)
    if value <= 0:
        raise InvalidChangeError("amount", _("expected an amount above 0"))
    if value == row.booked and not row.accumulated:
        raise InvalidChangeError("amount", _("is the book value already"))
    new = changing.anew(row, through, months=wanted.months, residual=wanted.residual, opening=0,
                        cost=value)  # fmt: skip
    parts = surplus.split(value - asset.book, row.surplus, row.lost)
    return Plan(asset, day, reading.class_of(asset), new, parts, _others(asset, day))


def _require_whole_period(asset: Asset, through: date) -> None:
    for row in schedule(reading.terms_of(asset.row, reading.first_month())):
        if row.starts <= through < row.ends:
            raise InvalidChangeError(
                "date",
                _("lies within a period of {n} months; take {day}, its end").format(
                    n=asset.row.every, day=row.ends
                ),
            )


def _others(asset: Asset, day: date) -> tuple[Asset, ...]:
    """Return the assets that IAS 16, paragraph 36, wants revalued with this one."""
    return tuple(
        each for each in (Asset(row) for row in register.select_assets())
        if each.row.class_id == asset.row.class_id and each.row.id != asset.row.id
        and each.state in (words.IN_USE, words.WORN)
        and (each.row.revalued_on is None or each.row.revalued_on < day)
    )  # fmt: skip


def revalue(session: Session, asset: Asset, day: date, wanted: Valuation) -> JournalEntry:
    """Carry an asset at what it was found to be worth.

    Returns:
        The entry; a draft where a colleague has to approve it, and the asset as it was until then.

    Raises:
        PeriodClosedError: Nothing can be booked on the day.
        BoconsoleError: As `plan`.
    """
    session.require("fixed_asset.edit")
    by = clean_line(wanted.by, field="by", limit=LINE_LIMIT)
    with audit.writing():
        asset = reading.again(asset.row.id)
        found = plan(session, asset, day, wanted)
        if found.parts.surplus and not found.group.surplus:
            path = surplus.ensure(session, found.group)
            found = found._replace(group=found.group._replace(surplus=path))
        row, parts = asset.row, found.parts
        movement = changing.begins(found.new, MovementLoad(
            row.id, None, "revaluation", number_of(day), 0, found.new.cost - row.booked,
            -row.accumulated, parts.surplus, parts.lost,
        ))  # fmt: skip
        about = _("Revaluation of {number}: {name}").format(number=asset.number, name=row.name)
        if by:
            about = f"{about} ({by})"
        draft = booking.prepare(session, day, about[:LINE_LIMIT], found.lines, [movement])
        told = {
            "value": plain(found.new.cost, row.precision), "revalued_on": str(day), "by": by,
            "surplus": plain(parts.surplus, row.precision),
            "loss": plain(parts.lost, row.precision),
            "months": found.new.months, "residual": plain(found.new.residual, row.precision),
        }  # fmt: skip
        booking.record(session, "revalue", asset, told)
        return booking.finish(session, [draft])[0]


def names(assets: Sequence[Asset], most: int = 5) -> str:
    """Return the numbers of some assets, and how many there are besides."""
    told = ", ".join(asset.number for asset in assets[:most])
    return told if len(assets) <= most else f"{told}, +{len(assets) - most}"
