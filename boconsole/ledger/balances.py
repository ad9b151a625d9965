"""What accounts hold, at any day, from sums that are kept with every posting.

What only some questions need is imported when one is asked: the rest is half of a command's start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from boconsole.ledger.words import entry_number
from boconsole.money import plain
from boconsole.session import Session
from db.fields import number_of
from db.ledger import balances as stored
from db.ledger import charts
from db.ledger.rows import AccountRow, CommodityRow

if TYPE_CHECKING:
    from db.conditions import Condition
    from db.ledger import registers

FOREVER = date(9999, 12, 31)


class Balance(NamedTuple):
    """What an account holds of a commodity, in smallest units."""

    account: AccountRow
    commodity: CommodityRow
    amount: int

    @property
    def text(self) -> str:
        """The amount as an exact decimal."""
        return plain(self.amount, self.commodity.precision)


class Worth(NamedTuple):
    """What an account holds, and what that weighs in its entries, in smallest units."""

    account: AccountRow
    commodity: CommodityRow
    amount: int
    value_commodity: CommodityRow
    value: int


class RegisterRow(NamedTuple):
    """A line of an account with what the account held after it, in smallest units."""

    line: registers.RegisterLine
    account: str
    balance: int

    @property
    def number(self) -> str:
        """The number of its entry."""
        line = self.line
        return entry_number(line.entry_id, line.series, line.year, line.number)


def worths(
    session: Session,
    at: date | None = None,
    *,
    memo: bool = True,
    lines: Condition | None = None,
) -> list[Worth]:
    """Return what every account holds at the end of a day, by path and commodity.

    Args:
        session: Who asks.
        at: The last day counted; by default all.
        memo: Count virtual lines too.
        lines: Count these alone; see `matching.lines_of`.
    """
    session.require("ledger.read")
    if lines is None:
        found = stored.select_at(at or FOREVER, memo=memo)
    else:
        from db.ledger import dimension_sums

        found = dimension_sums.select_at(lines, at or FOREVER, memo=memo)
    accounts = {row.id: row for row in charts.select_accounts()}
    commodities = {row.id: row for row in charts.select_commodities()}
    held = [
        Worth(
            accounts[row.account_id], commodities[row.commodity_id], row.amount,
            commodities[row.value_commodity_id], row.value,
        )
        for row in found
    ]  # fmt: skip
    return sorted(held, key=lambda each: (each.account.path, each.commodity.code))


def balances(
    session: Session, query: str = "", at: date | None = None, *, memo: bool = True
) -> list[Balance]:
    """Return what accounts hold, without zeros, by path and commodity.

    Args:
        session: Who asks.
        query: Which accounts, and lines of which tags and links; see `matching`.
        at: The last day counted; by default all.
        memo: Count virtual lines too.

    Raises:
        QuerySyntaxError: The query cannot be read.
    """
    if not query.strip():
        return totals(worths(session, at, memo=memo))
    from boconsole.ledger import matching

    wanted, lines = matching.asked(session, query)
    return totals(each for each in worths(session, at, memo=memo, lines=lines) if wanted(each))


def lines_of(session: Session, query: str) -> Condition | None:
    """Return which lines a query names by their tags and links; None for an empty one.

    Raises:
        QuerySyntaxError: It asks for anything else.
    """
    if not query.strip():
        return None
    from boconsole.ledger import matching

    return matching.lines_of(session, query)


def totals(found: Iterable[Worth]) -> list[Balance]:
    """Return the sums by account and commodity, without zeros, in the order given."""
    sums: dict[tuple[int, int], Balance] = {}
    for each in found:
        key = (each.account.id, each.commodity.id)
        before = sums.get(key)
        amount = each.amount + (before.amount if before else 0)
        sums[key] = Balance(each.account, each.commodity, amount)
    return [balance for balance in sums.values() if balance.amount]


def register(
    session: Session,
    account: AccountRow,
    *,
    starts: date | None = None,
    ends: date | None = None,
    limit: int = 1_000,
    after: tuple[int, int] | None = None,
    backwards: bool = False,
    below: bool = True,
    lines: Condition | None = None,
) -> list[RegisterRow]:
    """Return lines of an account with the running balance of their commodity.

    Args:
        session: Who asks.
        account: Which account.
        starts: First day shown; the balance counts what was before.
        ends: Last day shown.
        limit: At most so many lines.
        after: Day (as a number) and id of the line that the page follows.
        backwards: The page comes before `after` (or ends the register) instead.
        below: Count the accounts under it too.
        lines: Show and count these alone; see `matching.lines_of`.
    """
    from db.ledger import registers

    session.require("ledger.read")
    paths = {row.id: row.path for row in charts.select_accounts()}
    start = f"{account.path}:"
    ids = [key for key, path in paths.items()
           if key == account.id or (below and path.startswith(start))]  # fmt: skip
    found = registers.page(
        ids, after, limit, starts=starts, ends=ends, backwards=backwards, lines=lines
    )
    if not found:
        return []
    place = (number_of(found[0].dated), found[0].id)
    if lines is None:
        held = registers.sums_before(ids, *place)
    else:
        from db.ledger import dimension_sums

        held = dimension_sums.select_before(lines, ids, *place)
    return _running(found, held, paths)


def _running(
    lines: Iterable[registers.RegisterLine], held: Mapping[str, int], paths: Mapping[int, str]
) -> list[RegisterRow]:
    sums, found = dict(held), []
    for line in lines:
        sums[line.commodity] = sums.get(line.commodity, 0) + line.amount
        found.append(RegisterRow(line, paths[line.account_id], sums[line.commodity]))
    return found
