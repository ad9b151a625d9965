"""What people see of the work on one asset: its plans, its whole history, what it all cost."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from boconsole.assets.service import opening, repairs
from boconsole.assets.service.words import RESULT_TITLES
from boconsole.assets.writing import again
from boconsole.fixed_assets import reading as register
from boconsole.language import _
from boconsole.ledger import commodities
from boconsole.money import plain
from boconsole.session import Session
from db.assets import plans as stored_plans
from db.assets import repairs as stored_repairs
from db.assets import work
from db.assets.plan_rows import DueRow as DueRow  # screens know them from here
from db.assets.plan_rows import PlanRow as PlanRow
from db.assets.repairs import RepairRow
from db.assets.work import CounterRow, ReadingRow

HISTORY = 500
"""Lines of one asset's history that are shown at most."""


class Line(NamedTuple):
    """One line of an asset's history of work.

    Attributes:
        kind: One of `words.WORK_TITLES`.
        id: Of the entry, repair or reading.
        cost: As an exact text.
        about: A word more: where it went, how it ended, why a counter went back.
    """

    day: date
    kind: str
    id: int
    what: str
    who: str
    minutes: int | None
    ticket_id: int | None
    cost: str
    about: str


class Cost(NamedTuple):
    """What an asset cost in one currency, as exact texts."""

    currency: str
    purchase: str
    repairs: str
    total: str


# One asset


def dues_of(session: Session, asset_id: int) -> list[DueRow]:
    """Return when the plans for an asset are due, the nearest first."""
    session.require("asset.read")
    return stored_plans.select_of_asset(asset_id)


def dues_of_plan(session: Session, plan_id: int) -> list[DueRow]:
    """Return for the assets of a plan when it is due, the nearest first, `HISTORY` at most."""
    session.require("asset.read")
    return stored_plans.select_dues(plan_id, HISTORY)


def counters_of(session: Session, asset_id: int) -> list[CounterRow]:
    """Return what the counters of an asset last showed."""
    session.require("asset.read")
    return work.select_counters(asset_id)


def readings_of(session: Session, asset_id: int) -> list[ReadingRow]:
    """Return the readings of an asset, the latest first."""
    session.require("asset.read")
    return work.select_readings(asset_id, HISTORY)


def history(session: Session, asset_id: int) -> list[Line]:
    """Return all work on an asset, the latest first: entries, repairs, readings."""
    session.require("asset.read")
    found = [
        Line(row.done_on, row.kind, row.id, row.what, row.who, row.minutes, row.ticket_id, "", "")
        for row in work.select_work(asset_id, HISTORY)
    ]
    found += [_repair(row) for row in stored_repairs.select_of_asset(asset_id)]
    found += [
        Line(row.read_on, "reading", row.id, f"{row.value} {row.counter}", row.who, None, None,
             "", row.reason)
        for row in work.select_readings(asset_id, HISTORY)
    ]  # fmt: skip
    return sorted(found, key=lambda line: line.day, reverse=True)[:HISTORY]


def _repair(row: RepairRow) -> Line:
    told = [_(RESULT_TITLES[row.result]) if row.returned_on else _("away")]
    if row.warranty:
        told.append(_("warranty"))
    return Line(row.sent_on, "repair", row.id, row.description, row.supplier, None, row.ticket_id,
                repairs.cost_of(row), ", ".join(told))  # fmt: skip


def costs_of(session: Session, asset_id: int) -> list[Cost]:
    """Return what an asset cost to buy and to repair, by currency.

    What was paid counts as it is noted at the asset; where nothing is, the cost of its fixed asset
    does, for those who may read the register.
    """
    session.require("asset.read")
    record = again(asset_id)
    known = {row.id: row for row in commodities.by_code().values()}
    digits: dict[str, int] = {}
    bought: Counter[str] = Counter()
    mended: Counter[str] = Counter()
    if record.cost is not None and record.commodity_id is not None:
        commodity = known[record.commodity_id]
        digits[commodity.code] = commodity.precision
        bought[commodity.code] += record.cost
    elif record.fixed_asset_id is not None and session.may("fixed_asset.read"):
        fixed = register.again(record.fixed_asset_id).row
        digits[fixed.commodity] = fixed.precision
        bought[fixed.commodity] += fixed.paid
    for code, precision, total in stored_repairs.sum_costs(asset_id):
        digits[code] = precision
        mended[code] += total
    return [
        Cost(code, plain(bought[code], digits[code]), plain(mended[code], digits[code]),
             plain(bought[code] + mended[code], digits[code]))
        for code in sorted(digits)
    ]  # fmt: skip


ticket_word = opening.ticket_word
