"""What a revaluation changes: monetary items in foreign currencies, valued at a closing rate.

Each open item of a receivable or payable is valued for itself, everything else by account and
currency. An item is worth its open amount at the last rate up to the day, rounded for itself;
what was revalued on the same day before counts as part of its worth, so that a second run finds
only what changed since. A revaluation holds for its day: its opposite is posted on the next one,
and what is settled later is settled at the worth that it was booked with.

Source: IAS 21, paragraphs 23 and 28; PSAK 10.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.ledger import commodities
from boconsole.ledger.statements.rates import Rates, rounded
from boconsole.ledger.words import CASH_ROLES, entry_number
from boconsole.revaluing.errors import NoClosingRateError
from boconsole.session import Session
from db.ledger import charts
from db.ledger import statements as stored
from db.ledger.rows import AccountRow, CommodityRow
from db.revaluing import foreign, lines
from db.revaluing.foreign import HeldRow, ItemNameRow

MONETARY = ("cash", "receivable", "payable")
"""Roles of accounts that are revalued without a mark."""
Key = tuple[int, int, int, int]
"""Account, commodity, the one it is carried in, open item (0 for none)."""


APART = 100_000
"""More than there are commodities."""


class Rate(NamedTuple):
    """What one unit was worth: exact, and the day it was given for; None where several join."""

    exact: Fraction
    dated: date | None


class Line(NamedTuple):
    """A balance or open item, in smallest units; debit is positive.

    Attributes:
        item: What is open; None for what an account holds without open items.
        amount: In its currency.
        before: Its worth in `worth`, with what was revalued on the same day already.
        after: Its worth at the closing rate.
        rate: None where nothing is held any more.
    """

    account: AccountRow
    commodity: CommodityRow
    worth: CommodityRow
    item: ItemNameRow | None
    amount: int
    before: int
    after: int
    rate: Rate | None

    @property
    def key(self) -> int:
        """A number that no other line has: positive for an item, negative for a balance."""
        if self.item is not None:
            return self.item.item_id
        return -((self.account.id * APART + self.commodity.id) * APART + self.worth.id) - 1

    @property
    def difference(self) -> int:
        """What the revaluation adds; a gain is positive."""
        return self.after - self.before

    @property
    def name(self) -> str:
        """The number of the open item, or nothing."""
        if self.item is None:
            return ""
        return entry_number(0, self.item.series, self.item.year, self.item.number)

    @property
    def is_cash(self) -> bool:
        """Whether it is cash of the cash-flow statement."""
        return self.account.role in CASH_ROLES


class Plan(NamedTuple):
    """What a revaluation would do.

    Attributes:
        lines: Everything in foreign currencies, by account, currency and item.
        waiting: Drafts that revalue the same day, by id.
        done: Posted entries that did so before, by id.
    """

    day: date
    lines: tuple[Line, ...]
    waiting: tuple[int, ...]
    done: tuple[int, ...]

    @property
    def changed(self) -> list[Line]:
        """What is worth more or less than it is carried at."""
        return [line for line in self.lines if line.difference]


def plan(session: Session, day: date) -> Plan:
    """Return what a revaluation at the end of a day would do, in a few reads for all items.

    Raises:
        NoClosingRateError: A currency has no rate up to the day.
    """
    session.require("ledger.read")
    session.require("invoice.read")
    chart = {row.id: row for row in charts.select_accounts()}
    known = {row.id: row for row in charts.select_commodities()}
    held, done = _held(chart, known, day), _by_key(lines.select_done(day))
    rates = _rates(known, held, day)
    names = foreign.select_names(day)
    found = []
    for key in held.keys() | done.keys():
        amount, value = held.get(key, (0, 0))
        commodity, worth = known[key[1]], known[key[2]]
        rate = rates[commodity.id, worth.id] if amount else None
        after = _valued(amount, rate.exact, commodity, worth) if rate else 0
        before = value + done.get(key, (0, 0))[1]
        found.append(
            Line(chart[key[0]], commodity, worth, names.get(key[3]), amount, before, after, rate)
        )
    return Plan(
        day, tuple(sorted((line for line in found if any(line[4:7])), key=_order)),
        tuple(lines.select_entries(day, "draft")), tuple(lines.select_entries(day, "posted")),
    )  # fmt: skip


def _order(line: Line) -> tuple[str, str, int, int]:
    item = line.item.item_id if line.item else 0
    return line.account.path, line.commodity.code, line.worth.id, item


def _held(
    chart: Mapping[int, AccountRow], known: Mapping[int, CommodityRow], day: date
) -> dict[Key, tuple[int, int]]:
    """Return amount and worth of open items, and of what accounts hold besides.

    Other commodities than currencies are not monetary.
    """
    items = foreign.select_items(day)
    accounts = set(monetary(chart)) | {row.account_id for row in items}
    monies = {key for key, row in known.items() if commodities.iso_precision(row.code) is not None}
    rest = _by_key(
        row for row in foreign.select_balances(sorted(accounts), day)
        if row.commodity_id in monies
    )  # fmt: skip
    for row in items:
        key = (*row[:3], 0)
        amount, value = rest.get(key, (0, 0))
        rest[key] = (amount - row.amount, value - row.value)
    return {**rest, **_by_key(items)}


def monetary(chart: Mapping[int, AccountRow]) -> list[int]:
    """Return the accounts that are revalued, by their role or their mark."""
    marked = lines.select_accounts()
    taking = {adjustment for adjustment in marked.values() if adjustment}
    return sorted(
        key for key, row in chart.items()
        if (row.role in MONETARY or key in marked) and key not in taking
    )  # fmt: skip


def _by_key(rows: Iterable[HeldRow]) -> dict[Key, tuple[int, int]]:
    return {row[:4]: (row.amount, row.value) for row in rows}


def _rates(
    known: Mapping[int, CommodityRow], held: Mapping[Key, tuple[int, int]], day: date
) -> dict[tuple[int, int], Rate]:
    """Return the closing rate of each currency in what it is carried in."""
    pairs = sorted({key[1:3] for key, (amount, _value) in held.items() if amount})
    by_quote = {quote: Rates(known[quote].code, day) for _code, quote in pairs}
    days = {(code, quote): given for code, quote, given, _text in stored.select_rates(day)}
    found, missing = {}, []
    for commodity_id, worth_id in pairs:
        code, quote = known[commodity_id].code, known[worth_id].code
        exact = by_quote[worth_id].worth(code)
        if not exact:
            missing.append((code, quote))
        else:
            dated = days.get((code, quote)) or days.get((quote, code))
            found[commodity_id, worth_id] = Rate(exact, dated)
    if missing:
        raise NoClosingRateError(missing, day)
    return found


def _valued(minor: int, rate: Fraction, commodity: CommodityRow, worth: CommodityRow) -> int:
    return rounded(minor * rate * Fraction(10) ** (worth.precision - commodity.precision))


def gains(found: Sequence[Line]) -> dict[CommodityRow, tuple[int, int]]:
    """Return what is gained and what is lost, without sign, by the currency it is carried in."""
    sums: dict[CommodityRow, tuple[int, int]] = {}
    for line in found:
        gained, lost = sums.get(line.worth, (0, 0))
        more = line.difference
        sums[line.worth] = (gained + max(more, 0), lost + max(-more, 0))
    return sums
