"""What an entry would take from the budgets of expenses: told before, refused where they say so.

Looked up by account and month alone, so that it costs the same in books of any size.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from boconsole.errors import BoconsoleError
from boconsole.language import _, decimal
from boconsole.ledger.budgets import later, month_name
from boconsole.money import from_minor
from boconsole.session import Session
from db.ledger import budgets as stored
from db.ledger import calendar, charts
from db.ledger.rows import EntryRow, PostingRow

MEMO = 2
"""The kind of lines that count nowhere."""
EXEMPT = ("closing", "reversal")
"""Entries that are booked whatever the budgets say."""
WARN, BLOCK = "warn", "block"


class Spending(NamedTuple):
    """What an entry takes from an account, in smallest units."""

    account_id: int
    commodity_id: int
    amount: int


class Over(NamedTuple):
    """A budget that an entry passes, in smallest units.

    Attributes:
        account: Path.
        span: The month, or first and last month of the fiscal year.
        budget: What is planned.
        used: What was spent without this entry.
        entry: What this entry spends.
        mode: `warn` or `block`.
    """

    account: str
    commodity: str
    precision: int
    span: str
    budget: int
    used: int
    entry: int
    mode: str

    @property
    def over(self) -> int:
        """By how much the budget is passed."""
        return self.used + self.entry - self.budget

    def amount(self, minor: int) -> str:
        """Return an amount as the language writes it, with all its digits."""
        return decimal(from_minor(minor, self.precision), self.precision)

    @property
    def sentence(self) -> str:
        """What people read."""
        return _(
            "{account} is over its budget for {span} by {over} {commodity}: "
            "budget {budget}, used {used}, this entry {entry}."
        ).format(
            account=self.account, span=self.span, commodity=self.commodity,
            over=self.amount(self.over), budget=self.amount(self.budget),
            used=self.amount(self.used), entry=self.amount(self.entry),
        )  # fmt: skip


class OverBudgetError(BoconsoleError):
    """An entry would pass a budget that refuses it.

    Attributes:
        over: What would be passed.
    """

    def __init__(self, over: Over) -> None:
        super().__init__(
            _(
                "{account} would be over its budget for {span} by {over} {commodity} "
                "(budget {budget}, used {used}, this entry {entry}); book less, or have the "
                "budget raised."
            ).format(
                account=over.account, span=over.span, commodity=over.commodity,
                over=over.amount(over.over), budget=over.amount(over.budget),
                used=over.amount(over.used), entry=over.amount(over.entry),
            )
        )  # fmt: skip
        self.over = over


def of_lines(day: date, lines: Iterable[Spending], *, booked: bool = False) -> list[Over]:
    """Return the budgets of expenses that lines pass, by account, the month before the year.

    Args:
        day: Of the entry.
        lines: What it has; what gives back is set off in its account.
        booked: The balances have these lines already.
    """
    spent = _taken(lines)
    month = day.year * 100 + day.month
    ids = sorted({account_id for account_id, _commodity_id in spent})
    limits = stored.select_limits(ids, later(month, -11), later(month, 11)) if ids else []
    if not limits:
        return []
    first = _first_month(month)
    spans = ((month, month), (first, later(first, 11)))
    actual = stored.select_actuals(*spans[1], ids)
    found: list[tuple[Spending, tuple[int, int], int, int]] = []
    for (account_id, commodity_id), amount in sorted(spent.items()):
        for span in spans:
            planned = _within(limits, (account_id, commodity_id), span)
            before = sum(_within(actual, (account_id, commodity_id), span))
            before -= amount if booked else 0
            if planned and before + amount > sum(planned):
                line = Spending(account_id, commodity_id, amount)
                found.append((line, span, sum(planned), before))
    return _told(found) if found else []


def _taken(lines: Iterable[Spending]) -> dict[tuple[int, int], int]:
    """Return what lines take from each account and commodity, where they take anything."""
    spent: dict[tuple[int, int], int] = {}
    for line in lines:
        key = (line.account_id, line.commodity_id)
        spent[key] = spent.get(key, 0) + line.amount
    return {key: amount for key, amount in spent.items() if amount > 0}


def _within(
    rows: Iterable[stored.PlanLine], key: tuple[int, int], span: tuple[int, int]
) -> list[int]:
    return [row.amount for row in rows
            if (row.account_id, row.commodity_id) == key
            and span[0] <= row.month <= span[1]]  # fmt: skip


def _told(found: Sequence[tuple[Spending, tuple[int, int], int, int]]) -> list[Over]:
    ids = [line.account_id for line, _span, _planned, _before in found]
    paths = {row.id: row.path for row in charts.select_accounts_of(ids)}
    codes = {row.id: row for row in charts.select_commodities()}
    rules = stored.select_rules()
    told = []
    for line, (first, last), planned, before in found:
        commodity = codes[line.commodity_id]
        span = month_name(first) if first == last else f"{month_name(first)}..{month_name(last)}"
        told.append(
            Over(paths[line.account_id], commodity.code, commodity.precision, span, planned,
                 before, line.amount, rules.get(line.account_id, WARN))
        )  # fmt: skip
    return told


def _first_month(month: int) -> int:
    """Return the first month of the fiscal year of a month."""
    first = int(calendar.select_settings().get("fiscal_start", "1"))
    year = month // 100 if month % 100 >= first else month // 100 - 1
    return year * 100 + first


def of_entry(session: Session, head: EntryRow, postings: Sequence[PostingRow]) -> list[Over]:
    """Return the budgets that an entry passes: a draft would, a posted one has."""
    session.require("ledger.read")
    if head.kind in EXEMPT:
        return []
    return of_lines(head.dated, _spent(postings), booked=head.state == "posted")


def sentences(session: Session, head: EntryRow, postings: Sequence[PostingRow]) -> tuple[str, ...]:
    """Return a sentence for each budget that an entry passes."""
    return tuple(over.sentence for over in of_entry(session, head, postings))


def require_within(head: EntryRow, postings: Sequence[PostingRow]) -> None:
    """Refuse an entry that passes a budget which says so, inside the caller's transaction.

    Raises:
        OverBudgetError: It does.
    """
    if head.kind in EXEMPT:
        return
    for over in of_lines(head.dated, _spent(postings)):
        if over.mode == BLOCK:
            raise OverBudgetError(over)


def _spent(postings: Iterable[PostingRow]) -> Iterable[Spending]:
    return (
        Spending(row.account_id, row.commodity_id, row.amount)
        for row in postings
        if row.kind != MEMO
    )
