"""The chart as a tree, with what each account holds together with those below it."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.ledger import accounts, matching
from boconsole.ledger.balances import Worth, worths
from boconsole.ledger.reading import Sum
from boconsole.ledger.trends import trends
from boconsole.session import Session
from db.conditions import Condition
from db.ledger import charts
from db.ledger.rows import AccountRow, CommodityRow

NOTHING = CommodityRow(0, "", 0, 0)


class Node(NamedTuple):
    """An account in the tree.

    Attributes:
        depth: 0 at the root.
        leaf: Nothing is below it.
        held: By commodity, with all below, the most usual one first; zeros are left out.
        trend: The last twelve months of that first commodity; see `trends`.
    """

    account: AccountRow
    depth: int
    leaf: bool
    held: tuple[Sum, ...]
    trend: tuple[int, ...] = ()


def tree(session: Session, at: date | None = None, *, lines: Condition | None = None) -> list[Node]:
    """Return all accounts, each followed by those below it, at the end of a day.

    Args:
        session: Who asks.
        at: The last day counted; by default all.
        lines: Count these alone; see `matching.lines_of`.
    """
    chart = sorted(accounts.chart(session), key=lambda row: row.path.split(":"))
    held: dict[str, dict[str, Sum]] = {row.path: {} for row in chart}
    for worth in worths(session, at, lines=lines):
        for path in _upwards(worth.account.path):
            _add(held[path], worth)
    parents = {row.path.rpartition(":")[0] for row in chart}
    usual = Counter(code for sums in held.values() for code in sums)
    return [
        Node(row, row.path.count(":"), row.path not in parents, _kept(held[row.path], usual))
        for row in chart
    ]


def _upwards(path: str) -> list[str]:
    parts = path.split(":")
    return [":".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _add(sums: dict[str, Sum], worth: Worth) -> None:
    code = worth.commodity.code
    before = sums.get(code, Sum(code, worth.commodity.precision, 0))
    sums[code] = before._replace(amount=before.amount + worth.amount)


def _kept(sums: dict[str, Sum], usual: Counter[str]) -> tuple[Sum, ...]:
    """Return the sums that are not zero, those of the commodity that most accounts hold first."""
    order = sorted(sums, key=lambda code: (-usual[code], code))
    return tuple(sums[code] for code in order if sums[code].amount)


def listed(session: Session, folded: Collection[str], query: str = "") -> list[Node]:
    """Return what a list shows of the tree: without what is folded, or what a query names.

    Of tags and links it shows what their lines add to accounts.

    Raises:
        QuerySyntaxError: The query cannot be read.
    """
    wanted, lines = matching.asked(session, query)
    nodes = tree(session, lines=lines)
    if lines is not None:
        nodes = [node for node in nodes if node.held]
    else:
        nodes = _with_trends(session, nodes)
    if query.strip():
        return [node for node in nodes if any(wanted(worth) for worth in _worths(node))]
    return shown(nodes, folded)


def _with_trends(session: Session, nodes: Sequence[Node]) -> list[Node]:
    """Add the months of what each account holds first, or else of what it moved."""
    found = trends(session, [node.account for node in nodes])
    ids = {row.code: row.id for row in charts.select_commodities()}
    told = []
    for node in nodes:
        by_commodity = found.get(node.account.path, {})
        first = ids.get(node.held[0].commodity) if node.held else next(iter(by_commodity), None)
        told.append(node._replace(trend=tuple(by_commodity.get(first or 0, ()))))
    return told


def shown(nodes: Sequence[Node], folded: Collection[str]) -> list[Node]:
    """Return the tree without what is folded."""
    hidden = tuple(f"{path}:" for path in folded)
    return [node for node in nodes if not node.account.path.startswith(hidden)]


def check(query: str) -> None:
    """Raise QuerySyntaxError where a query cannot be read."""
    matching.matcher(query)


def _worths(node: Node) -> list[Worth]:
    """Return what a query is asked of: the account with each commodity, or with none."""
    found = [CommodityRow(0, each.commodity, each.precision, 0) for each in node.held]
    return [Worth(node.account, each, 0, each, 0) for each in found or [NOTHING]]
