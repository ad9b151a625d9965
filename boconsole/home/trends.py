"""How the figures of a role went: a few steps in time for each, for a line of bars beside it.

Tickets are counted along their indexes and no further than a bound for each day; money comes
from the maintained balances of months.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from boconsole.home.blocks import Asked
from boconsole.language import N_
from boconsole.session import Session
from boconsole.staff import privacy
from db.ledger.pages import Sum
from db.staff import facts
from db.tickets import volume

DAYS, MONTHS = 14, 12
FIRST_DAY = -(DAYS - 1)
CREATED = Asked("created", N_("New in 14 days"), "tickets", "any created:>={day}")
RESOLVED = Asked("resolved", N_("Resolved in 14 days"), "tickets", "any resolved:>={day}")
CASH = Asked("cash", N_("Cash"), "accounts", "role:cash")
EMPLOYED = Asked("employed", N_("Employed"), "people", "state:employed")


class Trend(NamedTuple):
    """Steps in time, the latest last; an amount stands for the count where it is money."""

    values: tuple[int, ...]
    amount: Sum | None = None


def of(session: Session) -> Iterator[tuple[Asked, Trend]]:
    """Yield the trends that somebody may see."""
    if session.may("ticket.read"):
        edges = _edges(session)
        for asked, column in ((CREATED, "created_at"), (RESOLVED, "resolved_at")):
            query = asked.query.format(day=edges[0].date())
            yield asked._replace(query=query), Trend(tuple(volume.between(column, edges)))
    if session.may("account.read"):
        yield CASH, cash(session)
    if session.may("staff.read"):
        yield EMPLOYED, Trend(tuple(_heads(session)))


def _edges(session: Session) -> list[datetime]:
    """Return the midnights around each of the last days, where the reader is."""
    today = session.now().astimezone(session.zone).date()
    days = [today + timedelta(days=step) for step in range(FIRST_DAY, 2)]
    return [datetime.combine(day, time(), session.zone) for day in days]


def cash(session: Session) -> Trend:
    """Return what all accounts of money hold in the commodity that most of them hold."""
    from boconsole.ledger import tree

    nodes = [node for node in tree.listed(session, (), "role:cash") if node.leaf and node.held]
    usual = Counter(node.held[0].commodity for node in nodes).most_common(1)
    if not usual:
        return Trend((), None)
    code = usual[0][0]
    held = [each for node in nodes for each in node.held if each.commodity == code]
    total = Sum(code, held[0].precision, sum(each.amount for each in held))
    rows = [node.trend for node in nodes if node.held[0].commodity == code and node.trend]
    return Trend(tuple(sum(values) for values in zip(*rows, strict=True)), total)


def _heads(session: Session) -> list[int]:
    """Return how many people who are seen were employed at the end of each month, and today."""
    today = session.now().astimezone(session.zone).date()
    spells = [(one.head.employee_id, one.head.starts_on, one.head.ends_on or date.max)
              for one in facts.select_all("employment", privacy.scope(session).ids())]  # fmt: skip
    return [len({person for person, first, last in spells if first <= day <= last})
            for day in _ends(today)]  # fmt: skip


def _ends(today: date) -> list[date]:
    """Return the last days of the months before, and today."""
    months = [today.year * 12 + today.month - 1 - back for back in range(MONTHS - 1)]
    firsts = [date(month // 12, month % 12 + 1, 1) for month in reversed(months)]
    return [*(first - timedelta(days=1) for first in firsts), today]
