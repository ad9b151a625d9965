"""How accounts moved in the last twelve months, for a line of bars beside each."""

from collections.abc import Iterable
from datetime import date

from boconsole.ledger.statements.trees import CREDIT
from boconsole.session import Session
from db.ledger import balances as stored
from db.ledger import statements
from db.ledger.rows import AccountRow

MONTHS = 12
FLOWS = ("income", "expense")
"""Kinds whose months are shown, without what closes a year; of others what they held at ends."""

Trends = dict[str, dict[int, list[int]]]
"""By path and commodity: a sum for each month, the latest last, in smallest units."""


def trends(session: Session, chart: Iterable[AccountRow]) -> Trends:
    """Return the months of every account together with those below it.

    Income, liabilities and equity are turned, so that more of them is more.
    """
    months = _months(session.now().astimezone(session.zone).date())
    by_id = {row.id: row for row in chart}
    own: dict[tuple[int, int], dict[int, int]] = {}
    for account, commodity, month, amount in stored.select_by_month(months[0], months[-1]):
        own.setdefault((account, commodity), {})[month] = amount
    first = date(months[0] // 100, months[0] % 100, 1)
    for closing in statements.select_closings(first, date.max):
        found = own.get((closing.sum.account_id, closing.sum.commodity_id))
        if found and closing.month in found and by_id[closing.sum.account_id].kind in FLOWS:
            found[closing.month] -= closing.sum.amount
    sums: Trends = {}
    for (account, commodity), moved in own.items():
        row = by_id[account]
        parts = row.path.split(":")
        values = _values(row.kind, moved, months)
        for depth in range(1, len(parts) + 1):
            kept = sums.setdefault(":".join(parts[:depth]), {})
            kept[commodity] = [
                one + other
                for one, other in zip(kept.get(commodity, [0] * MONTHS), values, strict=True)
            ]
    return sums


def _months(today: date) -> list[int]:
    """Return the months up to today's, as numbers such as 202605."""
    last = today.year * 12 + today.month - 1
    return [place // 12 * 100 + place % 12 + 1 for place in range(last - MONTHS + 1, last + 1)]


def _values(kind: str, moved: dict[int, int], months: list[int]) -> list[int]:
    sign = -1 if kind in CREDIT else 1
    if kind in FLOWS:
        return [sign * moved.get(month, 0) for month in months]
    held, values = moved.get(0, 0), []
    for month in months:
        held += moved.get(month, 0)
        values.append(sign * held)
    return values
