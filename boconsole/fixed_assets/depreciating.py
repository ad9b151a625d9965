"""A month's depreciation: what is due, and the one entry that books it for all assets.

What earlier months left out is caught up. No period of an asset is ever booked twice. Where a
class says so, the revaluation surplus of its assets goes to retained earnings with it.
"""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from boconsole import audit
from boconsole.fixed_assets import booking, reading, surplus, words
from boconsole.fixed_assets.depreciation import Row, schedule
from boconsole.fixed_assets.errors import FutureMonthError, NothingToDepreciateError
from boconsole.fixed_assets.reading import Asset
from boconsole.journals.parts import Line
from boconsole.language import _
from boconsole.ledger.closing import retained_earnings
from boconsole.ledger.entries import JournalEntry
from boconsole.session import Session
from db.fixed_assets import register
from db.fixed_assets.rows import AssetRow, ClassRow, MovementLoad


class Due(NamedTuple):
    """What an asset has to be depreciated by; `with_use` as its class has it."""

    asset: Asset
    rows: tuple[Row, ...]
    with_use: bool = False

    @property
    def amount(self) -> int:
        """All of it, in smallest units."""
        return sum(row.amount for row in self.rows)

    @property
    def realised(self) -> tuple[int, ...]:
        """What of the surplus becomes retained earnings with each period."""
        row, found = self.asset.row, []
        held, left = row.surplus, row.cost - row.residual - row.accumulated
        for each in self.rows:
            part = surplus.realised(held, each.amount, left) if self.with_use else 0
            held, left = held - part, left - each.amount
            found.append(part)
        return tuple(found)

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
    with_use = {each.id: each.with_use for each in register.select_classes()}
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
            due.append(Due(asset, rows, with_use[row.class_id]))
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
        prepared = booking.prepare(
            session, found.ends, about, lines_of(session, found.due), movements
        )
        entry = booking.finish(session, [prepared])[0]
        for due in found.due:
            told = {"entry": entry.number, "months": ", ".join(due.months)}
            booking.record(session, "depreciate", due.asset, told)
        return entry


def lines_of(session: Session, dues: Sequence[Due]) -> list[Line]:
    """Return expense and accumulated depreciation by class and currency, and realised surpluses."""
    groups = {row.id: row for row in register.select_classes()}
    sums: dict[tuple[int, str], tuple[ClassRow, Due, int, int]] = {}
    for due in dues:
        row = due.asset.row
        key = (row.class_id, row.commodity)
        _group, _due, amount, realised = sums.get(key, (None, None, 0, 0))
        sums[key] = (groups[row.class_id], due, amount + due.amount, realised + sum(due.realised))
    found = []
    for group, due, amount, realised in sums.values():
        row = due.asset.row
        found.append(booking.line(group.expense, amount, row, group.name))
        found.append(booking.line(group.accumulated, -amount, row, group.name))
        if realised:
            found += retained_lines(session, group, realised, row)
    return found


def retained_lines(session: Session, group: ClassRow, amount: int, row: AssetRow) -> list[Line]:
    """Return the lines that make a surplus retained earnings, past profit or loss.

    Source: IAS 16, paragraph 41.
    """
    return [
        booking.line(surplus.path_of(group), amount, row, group.name),
        booking.line(retained_earnings(session).path, -amount, row, group.name),
    ]


def movements_of(due: Due, kind: str) -> list[MovementLoad]:
    """Return a movement for each period."""
    return [
        MovementLoad(due.asset.row.id, None, kind, 0, reading.month_of(row), 0, row.amount, -part)
        for row, part in zip(due.rows, due.realised, strict=True)
    ]
