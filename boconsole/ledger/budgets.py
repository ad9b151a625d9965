"""Budgets: what accounts are planned to have by month, against what they had.

Amounts are given and shown as people speak of them: income and expenses positive. A year's
amount is spread over its months so that they sum to it exactly.
"""

import re
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.money import from_minor, plain
from boconsole.session import Session
from db.ledger import budgets as stored
from db.ledger import charts
from db.ledger.rows import AccountRow, CommodityRow

CREDIT = ("income", "liability", "equity")
"""Kinds whose lines are negative when they grow."""
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
YEAR = re.compile(r"\d{4}")


class Against(NamedTuple):
    """A plan and what came of it, in smallest units, growth positive."""

    account: AccountRow
    commodity: CommodityRow
    planned: int
    actual: int

    @property
    def left(self) -> int:
        """What is left of the plan; negative where it is passed."""
        return self.planned - self.actual

    def text(self, minor: int) -> str:
        """Return an amount as an exact decimal."""
        return plain(minor, self.commodity.precision)


def months_of(span: str) -> tuple[int, int]:
    """Return first and last month, as 202611, of `2026` or `2026-11`.

    Raises:
        InvalidChangeError: It is neither.
    """
    if found := MONTH.fullmatch(span.strip()):
        month = int(found[1]) * 100 + int(found[2])
        return month, month
    if YEAR.fullmatch(span.strip()):
        return int(span) * 100 + 1, int(span) * 100 + 12
    raise InvalidChangeError(
        "month", _("{text!r} is no month or year such as 2026-05 or 2026").format(text=span[:20])
    )


def months_between(first: int, last: int) -> list[int]:
    """Return the months from one to another, both included, such as 202611."""
    count = (last // 100 - first // 100) * 12 + last % 100 - first % 100 + 1
    return [later(first, by) for by in range(count)]


def later(month: int, by: int) -> int:
    """Return the month that comes so many after another (before, if negative)."""
    year, place = divmod(month // 100 * 12 + month % 100 - 1 + by, 12)
    return year * 100 + place + 1


def month_name(month: int) -> str:
    """Return a month as it is typed: `2026-11`."""
    return f"{month // 100:04}-{month % 100:02}"


def natural(account: AccountRow, amount: int) -> int:
    """Return an amount with growth positive, or one of people with the sign of lines."""
    return -amount if account.kind in CREDIT else amount


def spread(minor: int, count: int) -> list[int]:
    """Return parts that differ by one unit at most and sum to the whole, larger ones first."""
    whole, rest = divmod(abs(minor), count)
    parts = [whole + (place < rest) for place in range(count)]
    return [part if minor > 0 else -part for part in parts]


def report(session: Session, span: str, until: str = "") -> list[Against]:
    """Return plans against what came of them, by account.

    Args:
        session: Who asks.
        span: First month, or a year.
        until: Last month or year; by default `span`.
    """
    session.require("ledger.read")
    first, last = months_of(span)[0], months_of(until or span)[1]
    rows = {row.id: row for row in charts.select_accounts()}
    codes = {row.id: row for row in charts.select_commodities()}
    found = []
    for account_id, commodity_id, planned, actual in stored.select_sums(first, last):
        account = rows[account_id]
        found.append(
            Against(account, codes[commodity_id], natural(account, planned),
                    natural(account, actual))
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.account.path, each.commodity.code))


def share(each: Against) -> str:
    """Return how much of a plan is used, in whole per cent; nothing where none was planned."""
    if not each.planned:
        return ""
    part = from_minor(each.actual * 100, 0) / from_minor(each.planned, 0)
    return f"{part.to_integral_value():f} %"
