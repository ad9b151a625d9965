"""Fixed assets as they are read: what the register knows, and what is still to come."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole.errors import InvalidChangeError, NotFoundError
from boconsole.fixed_assets import words
from boconsole.fixed_assets.classes import WRITTEN_DOWN, rate_of
from boconsole.fixed_assets.depreciation import Row, Terms, schedule
from boconsole.fixed_assets.errors import AssetStateError, WaitingEntryError
from boconsole.language import _
from boconsole.ledger.checking import number_of_entry
from boconsole.ledger.periods import FISCAL_START
from boconsole.ledger.words import entry_number
from boconsole.session import Session
from db.fixed_assets import register
from db.fixed_assets.rows import AssetRow, ClassRow, MovementRow
from db.ledger import calendar

LIVE, CHANGES = ("depreciation", "last"), ("change", "revaluation")


class Asset(NamedTuple):
    """An asset with its number, state and book value."""

    row: AssetRow

    @property
    def number(self) -> str:
        """`FA-0007`."""
        return words.asset_number(self.row.id)

    @property
    def state(self) -> str:
        """One of `words.STATE_TITLES`."""
        row = self.row
        if row.disposed_on is not None:
            return words.GONE
        if not row.booked:
            return words.WAITING if row.waiting else words.WITHDRAWN
        return words.IN_USE if self.book > row.residual else words.WORN

    @property
    def book(self) -> int:
        """Cost less depreciation, in smallest units; 0 once it went."""
        return self.row.booked - self.row.accumulated


class Line(NamedTuple):
    """One line of an asset's history or of what is planned.

    Attributes:
        kind: As in `words.KIND_TITLES`.
        day: The entry's, or the last one of a planned period.
        amount: What wears off; for an acquisition or disposal its cost; for a revaluation what
            it adds to the book value.
        accumulated: What has worn off then.
        entry_id: Of its entry; None where it is planned, or older than the register.
        entry: The number of its entry, or empty.
        state: `planned`, `waiting`, `posted` or `reversed`.
    """

    kind: str
    day: date
    month: str
    amount: int
    accumulated: int
    book: int
    entry_id: int | None
    entry: str
    state: str


def assets(session: Session) -> list[Asset]:
    """Return all assets by number."""
    session.require("fixed_asset.read")
    return [Asset(row) for row in register.select_assets()]


def get(session: Session, number: str) -> Asset:
    """Return the asset of a number such as FA-0007; raises NotFoundError."""
    session.require("fixed_asset.read")
    return again(words.parse_asset_number(number))


def again(asset_id: int) -> Asset:
    """Return an asset as it is now; raises NotFoundError."""
    row = register.find_asset(asset_id)
    if row is None:
        raise NotFoundError(_("fixed asset {number}").format(number=words.asset_number(asset_id)))
    return Asset(row)


def require_in_use(asset: Asset) -> None:
    """Raise where nothing can be booked on an asset now."""
    require_settled(asset)
    if asset.state not in (words.IN_USE, words.WORN):
        raise AssetStateError(asset.number, asset.state)


def require_settled(asset: Asset) -> None:
    """Raise WaitingEntryError where an entry of an asset is not posted yet."""
    if asset.row.waiting:
        raise WaitingEntryError(asset.number, number_of_entry(asset.row.waiting))


def first_month() -> int:
    """Return the month in which fiscal years begin."""
    return int(calendar.select_settings().get(FISCAL_START, "1"))


def terms_of(row: AssetRow, first: int) -> Terms:
    """Return what the depreciation of an asset follows from."""
    months = row.months
    if row.anew and row.through and row.rate == WRITTEN_DOWN:
        months = max(1, months - _months_between(row.in_use_on, row.through))
    rate = rate_of(row.method, row.rate, row.cost - row.opening, row.residual, months)
    return Terms(
        row.cost, row.residual, row.in_use_on, row.months, row.method, rate, row.convention,
        row.every, first, row.opening, row.through, row.anew,
    )  # fmt: skip


def _months_between(first: date, last: date) -> int:
    """Return how many months two days touch."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def month_of(row: Row) -> int:
    """Return the last month of a period: 202611."""
    return row.ends.year * 100 + row.ends.month


def history(session: Session, asset: Asset) -> list[Line]:
    """Return what happened to an asset, then what is planned."""
    session.require("fixed_asset.read")
    found: list[Line] = []
    booked = accumulated = 0
    movements = register.select_movements(asset.row.id)
    for each in movements:
        if each.posted:
            booked, accumulated = booked + each.cost, accumulated + each.accumulated
        found.append(_happened(each, booked, accumulated))
    if asset.state not in (words.GONE, words.WITHDRAWN):
        found += _planned(asset, movements)
    return found


def _happened(each: MovementRow, booked: int, accumulated: int) -> Line:
    state = "posted" if each.posted else "waiting"
    number = ""
    if each.entry_id is not None:
        number = entry_number(each.entry_id, each.series, each.year, each.number)
    amount = each.accumulated if each.kind in (*LIVE, "change") else each.cost
    if each.kind == "revaluation":
        amount = each.cost - each.accumulated
    if each.kind == "reversal" and not amount:
        amount = each.accumulated
    return Line(
        each.kind, each.dated, _month(each.month), amount, accumulated, booked - accumulated,
        each.entry_id, number, "reversed" if each.undone_by else state,
    )  # fmt: skip


def _planned(asset: Asset, movements: Sequence[MovementRow]) -> list[Line]:
    live = {each.month for each in movements if each.kind in LIVE and not each.undone_by}
    return [
        Line("depreciation", row.ends, _month(month_of(row)), row.amount, row.accumulated,
             asset.row.cost - row.accumulated, None, "", "planned")
        for row in schedule(terms_of(asset.row, first_month()))
        if month_of(row) not in live and row.amount
    ]  # fmt: skip


def _month(number: int) -> str:
    return f"{number // 100}-{number % 100:02}" if number else ""


def require_after_changes(asset: Asset, day: date) -> None:
    """Raise InvalidChangeError where a day lies before the asset came, or was last changed."""
    row = asset.row
    if day < row.acquired_on:
        raise InvalidChangeError("date", _("lies before the asset came into the register"))
    changed = [each.dated for each in register.select_movements(row.id)
               if each.kind in CHANGES and not each.undone_by]  # fmt: skip
    if changed and day < max(changed):
        raise InvalidChangeError(
            "date", _("lies before {day}, on which it was changed").format(day=max(changed))
        )


def class_of(asset: Asset) -> ClassRow:
    """Return the class of an asset."""
    return next(row for row in register.select_classes() if row.id == asset.row.class_id)
