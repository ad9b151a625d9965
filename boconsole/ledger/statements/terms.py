"""What a number of a statement is made of: signed sums of lines and plans, and their worth.

A term is read from the posted lines, where the statement reads kept balances. Terms of one group
are converted together, as the statement did, so that each rounding is the same one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from boconsole.ledger.statements.rates import Rates, rounded
from db.ledger import budgets, explanations
from db.ledger.explanations import Lines, Wanted
from db.ledger.rows import AccountRow

AMOUNTS, VALUES = "amounts", "values"
PLAN = Lines("plan")
ALL, OPEN, CLOSING = (
    Lines(explanations.ALL), Lines(explanations.OPEN), Lines(explanations.CLOSING),
)  # fmt: skip


class Term(NamedTuple):
    """Lines of one account, with the sign they count with.

    Attributes:
        lines: Which, or `PLAN` for its budget.
        starts: First day; None for the beginning.
        ends: Last day.
        half: What was booked (`amounts`), or its book value (`values`).
        group: What is converted together.
        at: The day of the rates.
        codes: Only these commodities; empty for all.
    """

    account_id: int
    sign: int
    lines: Lines
    starts: date | None
    ends: date
    half: str
    group: str
    at: date
    codes: tuple[str, ...] = ()

    @property
    def wanted(self) -> Wanted:
        """What is read for it."""
        return Wanted((self.account_id,), self.lines, self.starts, self.ends)


class Part(NamedTuple):
    """What a term has in one commodity, with its sign, in smallest units, and how many lines."""

    term: Term
    account: AccountRow
    commodity: str
    amount: int
    number: int


class Group(NamedTuple):
    """Parts that are converted together.

    Attributes:
        amount: Their sum, in their commodity.
        rate: What one unit is worth in the commodity shown; None where it is the same one.
        worth: The sum in the commodity shown.
    """

    parts: tuple[Part, ...]
    commodity: str
    amount: int
    rate: Fraction | None
    worth: int


class Read(NamedTuple):
    """What terms have: groups, and commodities that no rate leads from."""

    groups: tuple[Group, ...]
    without_rate: tuple[str, ...]

    @property
    def total(self) -> int:
        """What they sum to, in the commodity shown."""
        return sum(group.worth for group in self.groups)


def opposite(found: Iterable[Term]) -> list[Term]:
    """Return terms with the other sign."""
    return [term._replace(sign=-term.sign) for term in found]


def within(found: Iterable[Term], starts: date, ends: date) -> list[Term]:
    """Return terms cut to some days."""
    return [
        term._replace(starts=max(term.starts or starts, starts), ends=min(term.ends, ends))
        for term in found
        if (term.starts or starts) <= ends and term.ends >= starts
    ]


def read(
    found: Sequence[Term],
    accounts: Mapping[int, AccountRow],
    precisions: Mapping[str, int],
    code: str,
    currency: str = "",
) -> Read:
    """Return what terms have in a commodity, or converted to one; blocks.

    Args:
        found: The terms.
        accounts: The chart.
        precisions: Digits behind the point, by commodity.
        code: What the number is in.
        currency: What all is converted to; then it is `code`.
    """
    parts: dict[tuple[str, str, date], list[Part]] = {}
    sums = _sums(found)
    for term in found:
        key = (term.lines, term.starts, term.ends, term.account_id, term.half)
        for commodity, (amount, count) in sums.get(key, {}).items():
            if (currency or commodity == code) and commodity in (term.codes or (commodity,)):
                part = Part(term, accounts[term.account_id], commodity, term.sign * amount, count)
                parts.setdefault((term.group, commodity, term.at), []).append(part)
    rates: dict[date, Rates] = {}
    groups, without = [], set()
    for (_group, commodity, day), some in parts.items():
        amount = sum(part.amount for part in some)
        if not currency or commodity == currency:
            groups.append(Group(tuple(some), commodity, amount, None, amount))
            continue
        rate = rates.setdefault(day, Rates(currency, day)).worth(commodity)
        if rate is None:
            without.add(commodity)
            continue
        digits = precisions[currency] - precisions[commodity]
        worth = rounded(amount * rate * Fraction(10) ** digits)
        groups.append(Group(tuple(some), commodity, amount, rate, worth))
    kept = [group for group in groups if group.worth or any(part.amount for part in group.parts)]
    return Read(tuple(kept), tuple(sorted(without)))


_Key = tuple[Lines, date | None, date, int, str]


def _sums(found: Sequence[Term]) -> dict[_Key, dict[str, tuple[int, int]]]:
    """Return amount and number of lines by commodity for each term, read by its own statement."""
    spans: dict[tuple[Lines, date | None, date], set[int]] = {}
    for term in found:
        spans.setdefault((term.lines, term.starts, term.ends), set()).add(term.account_id)
    sums: dict[_Key, dict[str, tuple[int, int]]] = {}

    def add(key: _Key, code: str, amount: int, count: int) -> None:
        before = sums.setdefault(key, {}).get(code, (0, 0))
        sums[key][code] = (before[0] + amount, before[1] + count)

    for (lines, starts, ends), ids in spans.items():
        if lines == PLAN:
            for account_id, code, amount, count in _planned(starts or ends, ends, ids):
                add((lines, starts, ends, account_id, AMOUNTS), code, amount, count)
            continue
        wanted = Wanted(tuple(sorted(ids)), lines, starts, ends)
        for row in explanations.select_sums(wanted):
            key = (lines, starts, ends, row.account_id)
            add((*key, AMOUNTS), row.commodity, row.amount, row.number)
            add((*key, VALUES), row.value_commodity, row.value, row.number)
    return sums


def _planned(starts: date, ends: date, ids: Iterable[int]) -> list[tuple[int, str, int, int]]:
    from db.ledger import charts

    codes = {row.id: row.code for row in charts.select_commodities()}
    first, last = (day.year * 100 + day.month for day in (starts, ends))
    return [
        (row.account_id, codes[row.commodity_id], row.amount, 1)
        for row in budgets.select_plans(first, last, sorted(ids))
    ]
