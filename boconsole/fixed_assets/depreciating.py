"""A month's depreciation: what is due, and the one entry that books it for all assets.

What earlier months left out is caught up. No period of an asset is ever booked twice.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.fixed_assets import booking, reading, words
from boconsole.fixed_assets.depreciation import Row, schedule
from boconsole.fixed_assets.errors import FutureMonthError, NothingToDepreciateError
from boconsole.fixed_assets.reading import Asset
from boconsole.journals.parts import Line
from boconsole.language import _
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db.fixed_assets import register
from db.fixed_assets.rows import ClassRow, MovementLoad


class Due(NamedTuple):
    """What an asset has to be depreciated by."""

    asset: Asset
    rows: tuple[Row, ...]

    @property
    def amount(self) -> int:
        """All of it, in smallest units."""
        return sum(row.amount for row in self.rows)

    @property
    def months(self) -> tuple[str, ...]:
        """The months in which its periods end."""
        return tuple(f"{row.ends:%Y-%m}" for row in self.rows)


class Plan(NamedTuple):
    """What a run would book; `waiting` are assets with an entry that is not posted yet."""

    ends: date
    due: tuple[Due, ...]
    waiting: tuple[Asset, ...]


def end_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def plan(session: Session, month: date) -> Plan:
    """Return what is to be depreciated up to the end of a month, by asset."""
    session.require("fixed_asset.read")
    ends, first = end_of_month(month), reading.first_month()
    live = register.select_months()
    due, waiting = [], []
    for row in register.select_assets():
        asset = Asset(row)
        if asset.state != words.IN_USE and not row.waiting:
            continue
        rows = tuple(
            each for each in schedule(reading.terms_of(row, first), ends)
            if each.amount and (row.id, reading.month_of(each)) not in live
        )  # fmt: skip
        if rows and row.waiting:
            waiting.append(asset)
        elif rows:
            due.append(Due(asset, rows))
    return Plan(ends, tuple(due), tuple(waiting))


def depreciate(session: Session, month: date) -> JournalEntry:
    """Book the depreciation of a month, and of earlier ones that were left out, in one entry.

    Returns:
        The entry, dated on the last day of the month; a draft where a colleague has to approve.

    Raises:
        NothingToDepreciateError: All is booked.
        FutureMonthError: The month has not begun.
        PeriodClosedError: The month is closed.
    """
    session.require("fixed_asset.edit")
    today = session.now().astimezone(session.zone).date()
    if month.replace(day=1) > today:
        raise FutureMonthError(month)
    with audit.writing():
        found = plan(session, month)
        if not found.due:
            raise NothingToDepreciateError(month)
        about = _("Depreciation {month}").format(month=f"{found.ends:%Y-%m}")
        movements = [each for due in found.due for each in movements_of(due, "depreciation")]
        prepared = booking.prepare(session, found.ends, about, lines_of(found.due), movements)
        entry = booking.finish(session, [prepared])[0]
        for due in found.due:
            told = {"entry": entry.number, "months": ", ".join(due.months)}
            booking.record(session, "depreciate", due.asset, told)
        return entry


def lines_of(dues: Sequence[Due]) -> list[Line]:
    """Return expense and accumulated depreciation, by class and currency."""
    groups = {row.id: row for row in register.select_classes()}
    sums: dict[tuple[int, str], tuple[ClassRow, Due, int]] = {}
    for due in dues:
        row = due.asset.row
        key = (row.class_id, row.commodity)
        before = sums[key][2] if key in sums else 0
        sums[key] = (groups[row.class_id], due, before + due.amount)
    found = []
    for group, due, amount in sums.values():
        found.append(booking.line(group.expense, amount, due.asset.row, group.name))
        found.append(booking.line(group.accumulated, -amount, due.asset.row, group.name))
    return found


def movements_of(due: Due, kind: str) -> list[MovementLoad]:
    """Return a movement for each period."""
    return [
        MovementLoad(due.asset.row.id, None, kind, 0, reading.month_of(row), 0, row.amount)
        for row in due.rows
    ]
