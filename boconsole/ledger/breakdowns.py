"""Income and expense by the values of a tag, or by what links name.

Each line counts once, under the first value it has: its own before that of its entry.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from boconsole.errors import NotFoundError
from boconsole.language import _
from boconsole.session import Session
from db.ledger import charts, dimension_sums
from db.ledger import statements as stored
from db.ledger.dimension_sums import LINKS, ValueSum
from db.ledger.dimensions import RECORDS, key_of

LAST = date(9999, 12, 31)


class Named(NamedTuple):
    """A tag in use, or a kind of link, and how many values it has."""

    kind: str
    name: str
    values: int


class Part(NamedTuple):
    """What lines of one value earned and spent of a commodity, in smallest units, both positive.

    The value is None for lines that have none.
    """

    value: str | None
    commodity: str
    precision: int
    income: int
    expense: int

    @property
    def net(self) -> int:
        """Income without expense."""
        return self.income - self.expense


def names(session: Session) -> list[Named]:
    """Return the tags in use, by name, and then what links name."""
    session.require("ledger.read")
    return [
        Named(kind, name if kind == "tag" else name or LINKS, values)
        for kind, name, values in dimension_sums.select_names()
    ]


def breakdown(
    session: Session, name: str, starts: date | None = None, ends: date | None = None
) -> list[Part]:
    """Return income and expense by value and commodity; lines without a value come last.

    Args:
        session: Who asks.
        name: A tag; or `ticket`, `asset`, `contact`, `project`, `document`, `link` for all links.
        starts: First day.
        ends: Last day.

    Raises:
        NotFoundError: No entry has such a tag.
    """
    session.require("ledger.read")
    key = key_of(name.strip())
    if not dimension_sums.is_used(key) and key not in (*RECORDS, LINKS):
        known = ", ".join(each.name for each in names(session)[:10]) or "-"
        raise NotFoundError(_("tag {name}; there are: {names}").format(name=name[:40], names=known))
    found = dimension_sums.select_breakdown(key, starts, ends or LAST)
    kinds = {row.id: row.kind for row in charts.select_accounts()}
    sums: dict[tuple[str | None, int], list[int]] = {}
    for row in found:
        _add(sums, row.value, row, kinds, 1)
    for each in _all(starts, ends or LAST):
        _add(sums, None, each, kinds, 1)
    for row in found:
        _add(sums, None, row, kinds, -1)
    commodities = {row.id: row for row in charts.select_commodities()}
    return [
        Part(value, commodities[key].code, commodities[key].precision, -earned, spent)
        for (value, key), (earned, spent) in sorted(
            sums.items(), key=lambda item: _order(item[0][0], commodities[item[0][1]].code)
        )
        if earned or spent
    ]


def _all(starts: date | None, ends: date) -> list[ValueSum]:
    """Return what all lines add to each account, without entries that close years."""
    rows = [ValueSum("", row.account_id, row.commodity_id, row.amount)
            for row in stored.select_span(starts, ends)]  # fmt: skip
    return rows + [
        ValueSum("", each.sum.account_id, each.sum.commodity_id, -each.sum.amount)
        for each in stored.select_closings(starts, ends)
    ]


def _add(
    sums: dict[tuple[str | None, int], list[int]],
    value: str | None,
    row: ValueSum,
    kinds: Mapping[int, str],
    sign: int,
) -> None:
    if kinds[row.account_id] in ("income", "expense"):
        both = sums.setdefault((value, row.commodity_id), [0, 0])
        both[kinds[row.account_id] == "expense"] += sign * row.amount


def _order(value: str | None, commodity: str) -> tuple[bool, str, str]:
    return value is None, (value or "").casefold(), commodity
