"""The budgets of a fiscal year as a grid: an account on each row, a month in each column.

Rows are read by pages, in order of path. Income and expenses are there always, other accounts
once they are planned, or where a query names them. Amounts are growth positive.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.errors import InvalidChangeError
from boconsole.language import _
from boconsole.ledger import accounts, matching, planning
from boconsole.ledger.balances import Worth
from boconsole.ledger.budgets import later, months_between, natural
from boconsole.ledger.entering import commonest
from boconsole.ledger.periods import FISCAL_START
from boconsole.session import Session
from db.ledger import balances, calendar, charts
from db.ledger import budgets as stored
from db.ledger.rows import AccountRow, CommodityRow

MONTHS = 12
RESULT = ("income", "expense")
ROWS = 100_000
"""Commodities that a row's number has room for."""


class Year(NamedTuple):
    """A fiscal year: its first month, such as 202604."""

    first: int

    @property
    def months(self) -> list[int]:
        """Its months in order."""
        return months_between(self.first, later(self.first, MONTHS - 1))

    @property
    def name(self) -> str:
        """`2026`, or `2026/27` where it ends in another calendar year."""
        starts, ends = self.first // 100, later(self.first, MONTHS - 1) // 100
        return f"{starts:04}" if starts == ends else f"{starts:04}/{ends % 100:02}"

    def stepped(self, by: int) -> "Year":
        """Return the year that comes so many after it (before, if negative)."""
        first = later(self.first, by * MONTHS)
        return Year(first) if 1 < first // 100 < 9_999 else self


class GridRow(NamedTuple):
    """The plan of an account for a year, and what came of it.

    Attributes:
        planned: By month; 0 where nothing is.
        actual: By month, closing entries left out.
        mode: What happens where it is passed.
    """

    account: AccountRow
    commodity: CommodityRow
    planned: tuple[int, ...]
    actual: tuple[int, ...]
    mode: str

    @property
    def key(self) -> int:
        """The number of the row, the same in every year."""
        return self.account.id * ROWS + self.commodity.id

    @property
    def cursor(self) -> str:
        """Its place in the order."""
        return f"{self.account.path}\\n{self.commodity.code}"


Head = tuple[AccountRow, CommodityRow]
"""What a row is about."""


class Page(NamedTuple):
    """Some rows; `more` follow in the direction that was read."""

    rows: Sequence[GridRow]
    more: bool


def year_of(session: Session, day: date | None = None) -> Year:
    """Return the fiscal year of a day, by default of today."""
    day = day or session.now().astimezone(session.zone).date()
    first = int(calendar.select_settings().get(FISCAL_START, "1"))
    year = day.year if day.month >= first else day.year - 1
    return Year(year * 100 + first)


def read_year(session: Session, text: str) -> Year:
    """Return the fiscal year that begins in a calendar year, `2026` or `2026/27`.

    Raises:
        InvalidChangeError: It is none.
    """
    word = text.strip().partition("/")[0]
    if len(word) != 4 or not word.isdecimal() or not 1 < int(word) < 9_999:
        raise InvalidChangeError(
            "year", _("{text!r} is no year such as 2026").format(text=text[:20])
        )
    return Year(int(word) * 100 + year_of(session).first % 100)


# Reading


def page(
    session: Session,
    year: Year,
    query: str = "",
    after: str = "",
    limit: int = 100,
    *,
    backwards: bool = False,
) -> Page:
    """Return at most `limit` rows next to a place.

    Raises:
        NotAllowedError: The reader may not see the books.
        QuerySyntaxError: The query cannot be read.
    """
    heads = _heads(session, year, query)
    keys = [_place(account, commodity) for account, commodity in heads]
    here = _split(after)
    if backwards:
        stop = bisect_left(keys, here) if after else len(keys)
        start = max(0, stop - limit)
        return Page(_filled(year, heads[start:stop]), start > 0)
    start = bisect_right(keys, here) if after else 0
    return Page(_filled(year, heads[start : start + limit]), start + limit < len(keys))


def count(session: Session, year: Year, query: str = "") -> int:
    """Return how many rows there are."""
    return len(_heads(session, year, query))


def around(
    session: Session, year: Year, query: str, record: int, limit: int
) -> tuple[Sequence[GridRow], bool, bool] | None:
    """Return rows with one amidst them, and whether more lie before and after; or None."""
    heads = _heads(session, year, query)
    places = [place for place, (account, commodity) in enumerate(heads)
              if account.id * ROWS + commodity.id == record]  # fmt: skip
    if not places:
        return None
    start = max(0, places[0] - limit // 2)
    found = heads[start : start + limit]
    return _filled(year, found), start > 0, start + limit < len(heads)


def every(session: Session, year: Year, query: str = "") -> list[GridRow]:
    """Return all rows, for files and the command line."""
    return _filled(year, _heads(session, year, query))


def _place(account: AccountRow, commodity: CommodityRow) -> tuple[list[str], str]:
    return account.path.split(":"), commodity.code


def _split(cursor: str) -> tuple[list[str], str]:
    path, _line, code = cursor.partition("\\n")
    return path.split(":"), code


def _heads(session: Session, year: Year, query: str) -> list[Head]:
    """Return the account and commodity of every row, in order."""
    chart = accounts.chart(session)
    codes = {row.code: row for row in charts.select_commodities()}
    by_id = {row.id: row for row in codes.values()}
    planned: dict[int, list[CommodityRow]] = {}
    for account_id, commodity_id in stored.select_planned(year.months[0], year.months[-1]):
        planned.setdefault(account_id, []).append(by_id[commodity_id])
    habits = dict(balances.select_habits())
    usual = codes.get(commonest(habits.values())) or next(iter(codes.values()), None)
    wanted = matching.matcher(query)
    above = {row.parent_id for row in chart}
    found: list[Head] = []
    for account in chart:
        habit = codes.get(habits.get(account.id, "")) or usual
        leads = account.id in habits or account.id not in above
        shows = account.id in planned or query.strip() or (account.kind in RESULT and leads)
        if shows and habit is not None:
            found += [(account, commodity) for commodity in planned.get(account.id) or [habit]
                      if wanted(Worth(account, commodity, 0, commodity, 0))]  # fmt: skip
    return sorted(found, key=lambda head: _place(*head))


def _filled(year: Year, heads: Sequence[Head]) -> list[GridRow]:
    months = year.months
    ids = sorted({account.id for account, _commodity in heads})
    first, last = months[0], months[-1]
    planned = _by_month(stored.select_plans(first, last, ids))
    actual = _by_month(stored.select_actuals(first, last, ids))
    rules = stored.select_rules()

    def cells(found: Mapping[tuple[int, int, int], int], head: Head) -> tuple[int, ...]:
        account, commodity = head
        return tuple(natural(account, found.get((account.id, commodity.id, month), 0))
                     for month in months)  # fmt: skip

    return [
        GridRow(*head, cells(planned, head), cells(actual, head),
                rules.get(head[0].id, planning.MODES[0]))
        for head in heads
    ]  # fmt: skip


def _by_month(rows: Sequence[stored.PlanLine]) -> dict[tuple[int, int, int], int]:
    return {(row.account_id, row.commodity_id, row.month): row.amount for row in rows}
